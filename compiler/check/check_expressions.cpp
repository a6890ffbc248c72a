// The table of contents of expressions: one line a kind.
#include <algorithm>

#include "check/expression_parts.h"
#include "check/literals.h"

namespace writ::check {
namespace {

struct Check {
  const Place& at;

  ir::ExprId operator()(const ast::BadExpr&) const { return failed(at); }
  ir::ExprId operator()(const ast::NameExpr& name) const { return check_name(at, name.name); }
  ir::ExprId operator()(const ast::MemberExpr& member) const { return check_member(at, member); }
  ir::ExprId operator()(const ast::NumberExpr& literal) const { return check_literal(at, literal); }
  ir::ExprId operator()(const ast::PercentExpr& literal) const { return check_literal(at, literal); }
  ir::ExprId operator()(const ast::MoneyExpr& literal) const { return check_literal(at, literal); }
  ir::ExprId operator()(const ast::DateExpr& literal) const { return check_literal(at, literal); }
  ir::ExprId operator()(const ast::MonthExpr& literal) const { return check_literal(at, literal); }
  ir::ExprId operator()(const ast::InstantExpr& literal) const { return check_literal(at, literal); }
  ir::ExprId operator()(const ast::TimeExpr& literal) const { return check_literal(at, literal); }
  ir::ExprId operator()(const ast::TextExpr& literal) const { return check_literal(at, literal); }
  ir::ExprId operator()(const ast::TruthExpr& literal) const { return check_literal(at, literal); }
  ir::ExprId operator()(const ast::AbsenceExpr& literal) const { return check_literal(at, literal); }
  ir::ExprId operator()(const ast::AmountExpr& amount) const { return check_amount_value(at, amount); }
  ir::ExprId operator()(const ast::UnaryExpr& unary) const { return unary_expression(unary); }
  ir::ExprId operator()(const ast::BinaryExpr& binary) const { return binary_expression(binary); }
  ir::ExprId operator()(const ast::GivenExpr& question) const { return check_given(at, question); }
  ir::ExprId operator()(const ast::AbsentExpr& question) const { return check_absent(at, question); }
  ir::ExprId operator()(const ast::InExpr& question) const { return check_in(at, question); }
  ir::ExprId operator()(const ast::BetweenExpr& question) const { return check_between(at, question); }
  ir::ExprId operator()(const ast::IfExpr& choice) const { return check_if(at, choice); }
  ir::ExprId operator()(const ast::CallExpr& call) const { return check_call(at, call); }
  ir::ExprId operator()(const ast::OutcomeExpr& outcome) const { return check_outcome(at, outcome); }
  ir::ExprId operator()(const ast::AggregateExpr& aggregate) const { return check_aggregate(at, aggregate); }
  ir::ExprId operator()(const ast::MissesExpr& misses) const { return check_misses(at, misses); }
  ir::ExprId operator()(const ast::AtPeriodExpr& at_period) const { return check_at_period(at, at_period); }
  ir::ExprId operator()(const ast::StatusAtExpr& status) const { return check_status_at(at, status); }
  ir::ExprId operator()(const ast::FirstExpr& first) const { return check_first(at, first); }

  ir::ExprId unary_expression(const ast::UnaryExpr& unary) const {
    switch (unary.op) {
      case ast::UnaryOp::negate: return check_negation(at, unary.operand);
      case ast::UnaryOp::not_:
        return ir::make_not(at.context.agreement, check_condition(at.context, unary.operand, at.scope, "what stands behind `not`"), at.span);
    }
    return failed(at);
  }

  ir::ExprId binary_expression(const ast::BinaryExpr& binary) const {
    switch (binary.op) {
      case ast::BinaryOp::add:
      case ast::BinaryOp::subtract:
      case ast::BinaryOp::multiply:
      case ast::BinaryOp::divide:
      case ast::BinaryOp::of: return check_arithmetic(at, binary);
      case ast::BinaryOp::eq: return check_comparison(at, ir::Op::eq, binary.left, binary.right);
      case ast::BinaryOp::ne: return check_comparison(at, ir::Op::ne, binary.left, binary.right);
      case ast::BinaryOp::lt: return check_comparison(at, ir::Op::lt, binary.left, binary.right);
      case ast::BinaryOp::le:
      case ast::BinaryOp::at_most: return check_comparison(at, ir::Op::le, binary.left, binary.right);
      case ast::BinaryOp::gt: return check_comparison(at, ir::Op::gt, binary.left, binary.right);
      case ast::BinaryOp::ge:
      case ast::BinaryOp::at_least: return check_comparison(at, ir::Op::ge, binary.left, binary.right);
      case ast::BinaryOp::and_:
      case ast::BinaryOp::or_: return check_logic(at, binary);
      case ast::BinaryOp::otherwise: return check_otherwise(at, binary);
    }
    return failed(at);
  }
};

}  // namespace

Scope agreement_scope(uint32_t file) { return {file, {}, {}}; }
Scope record_scope(uint32_t file, ir::RecordId record) { return {file, {ir::Grain::Of::record, record, ir::PeriodKind::month}, {}}; }
Scope history_scope(uint32_t file, ir::RecordId record) { return {file, {ir::Grain::Of::history, record, ir::PeriodKind::month}, {}}; }
Scope period_scope(uint32_t file, ir::PeriodKind period) { return {file, {ir::Grain::Of::period, {}, period}, {}}; }

ir::RecordId record_of(const Scope& scope) {
  const bool about_record = scope.grain.of == ir::Grain::Of::record || scope.grain.of == ir::Grain::Of::history;
  return about_record ? scope.grain.record : ir::RecordId{};
}

bool is_error(const Context& context, ir::ExprId id) { return ir::is_error(context.agreement, id); }
const ir::Type& type_of(const Context& context, ir::ExprId id) { return ir::type_of(context.agreement, id); }

std::string shown(const Context& context, Span span) {
  constexpr size_t most = 60;
  std::string text;
  for (const char c : source::text_of(context.sources, span)) {
    const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!space) text += c;
    if (space && !text.empty() && text.back() != ' ') text += ' ';
  }
  if (text.size() <= most) return text;
  size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // never half a character
  return text.substr(0, end) + "...";
}

ir::ExprId failed(const Place& at) { return ir::make_error(at.context.agreement, at.span); }

ir::ExprId check_expression(Context& context, ast::ExprId id, const Scope& scope, const Expected& expected) {
  if (!id.valid()) return ir::make_error(context.agreement, {});
  const ast::Expr& expr = expr_of(context, scope.file, id);
  const Place at{context, scope, expected, expr.span};
  return std::visit(Check{at}, expr.node);
}

ir::ExprId check_as(Context& context, ast::ExprId id, const Scope& scope, const ir::Type& wanted, std::string_view what) {
  const ir::ExprId checked = check_expression(context, id, scope, {wanted});
  return convert(context, checked, wanted, span_of(context, scope.file, id), what);
}

ir::ExprId check_condition(Context& context, ast::ExprId id, const Scope& scope, std::string_view what) {
  ir::Type wanted = ir::boolean_type();
  wanted.may_be_unknown = true;
  return check_as(context, id, scope, wanted, what);
}

bool require_given(Context& context, ir::ExprId id, std::string_view doing) {
  const ir::Expr& expr = context.agreement.exprs[id];
  if (expr.type.kind == ir::Kind::error) return false;
  if (expr.type.absence == ir::Absence::never) return true;
  const std::string text = shown(context, expr.span);
  const std::string absence = expr.type.absence == ir::Absence::not_yet ? "not yet" : "none";
  diag::Diagnostic& found = diag::report(context.sink, code::may_be_absent, expr.span, {{"text", text}, {"absence", absence}, {"doing", std::string(doing)}});
  // Only behind a question about a name is the value known to be there: a total or a value of another period has to be given a name first.
  const bool named = expr.op == ir::Op::field || expr.op == ir::Op::definition;
  const std::string asked = named ? "`if " + text + " is given then ... else ...`, or " : "";
  found.helps.push_back("say what holds then: " + asked + "`(" + text + " otherwise ...)`");
  return false;
}

ir::ExprId without_fault(const Place& at, ir::ExprId id) {
  if (is_error(at.context, id)) return id;
  const std::optional<value::Fault> fault = ir::constant_fault(at.context.agreement, id);
  if (!fault) return id;
  diag::report(at.context.sink, code::constant_fault, at.span, {{"text", shown(at.context, at.span)}, {"fault", std::string(value::name(*fault))}});
  return failed(at);
}

}  // namespace writ::check
