// = <> < <= > >=, `at least`, `at most`, `in`, `between`.
#include <cstdlib>

#include "check/expression_parts.h"
#include "check/literal_numbers.h"
#include "check/literals.h"
#include "check/suggest.h"

namespace writ::check {
namespace {

using ir::ExprId;
using ir::Kind;
using ir::Type;

bool is_equality(ir::Op op) { return op == ir::Op::eq || op == ir::Op::ne; }

ExprId refuse(const Place& at, const diag::Kind& kind, const Type& a, const Type& b, std::string help) {
  diag::Diagnostic& found =
      diag::report(at.context.sink, kind, at.span, {{"left", describe(at.context, a)}, {"right", describe(at.context, b)}, {"verb", "compared"}});
  if (!help.empty()) found.helps.push_back(std::move(help));
  return failed(at);
}

std::string text_of(const Place& at, ExprId id) { return shown(at.context, at.context.agreement.exprs[id].span); }

// A bare number beside a percentage: 95 or 0.95 is a slip for 95%. A ratio that is not a share takes both.
bool is_bare_beside_percent(const Place& at, ExprId number, const Type& other) {
  const Type& type = type_of(at.context, number);
  const auto constant = ir::constant_of(at.context.agreement, number);
  return other.percent && !type.percent && constant && *constant != 0;
}

ExprId refuse_bare(const Place& at, ExprId number, const Type& a, const Type& b) {
  const Type& type = type_of(at.context, number);
  const ir::i128 scaled = *ir::constant_of(at.context.agreement, number);
  // 95 means 95%; 0.95 means 95% as well.
  const bool whole = type.scale == 0 || scaled >= value::pow10(type.scale) || -scaled >= value::pow10(type.scale);
  return refuse(at, code::units_differ, a, b, "write `" + number_text(at.context, ir::percent_type(whole ? type.scale + 2 : type.scale), scaled) + "`");
}

// Whether what is no percentage counts in whole units, so that 40% beside it would be 0.4 of them: a number, a figure of a metric type, a
// mean of points. A quotient of two amounts takes both.
bool counts_units(const Type& type) {
  if (type.kind == Kind::number || type.metric.valid()) return true;
  const ir::i128 one = value::pow10(type.scale);
  return type.has_range && (type.low < -one || type.high > one);
}

// A constant that no value of the other side can reach: a mistake of scale, such as an NPS floor of 120.
bool outside_range(const Place& at, ExprId constant, const Type& other) {
  const auto number = ir::constant_of(at.context.agreement, constant);
  if (!number || !other.has_range || other.low == other.high) return false;
  const Type& type = type_of(at.context, constant);
  const value::Value exact = value::ratio(*number, value::pow10(type.scale), 0);
  const value::Value low = value::ratio(other.low, value::pow10(other.scale), 0);
  const value::Value high = value::ratio(other.high, value::pow10(other.scale), 0);
  return value::is_true(value::lt(exact, low, 0)) || value::is_true(value::gt(exact, high, 0));
}

ExprId refuse_range(const Place& at, ExprId constant, ExprId other) {
  const Type type = type_of(at.context, other);
  diag::report(at.context.sink, code::outside_range, at.context.agreement.exprs[constant].span,
               {{"text", text_of(at, constant)},
                {"what", "`" + text_of(at, other) + "`"},
                {"low", number_text(at.context, type, type.low)},
                {"high", number_text(at.context, type, type.high)}})
      .notes.push_back("the comparison would always come out the same");
  return failed(at);
}

ExprId compare_numbers(const Place& at, ir::Op op, ExprId left, ExprId right) {
  const Type a = type_of(at.context, left);
  const Type b = type_of(at.context, right);
  if (a.currency.valid() && b.currency.valid() && a.currency != b.currency)
    return refuse(at, code::currencies_differ, a, b, conversion_help(at.context, b.currency, a.currency));
  if (a.currency != b.currency) {
    const ExprId number = a.currency.valid() ? right : left;
    const ir::CurrencyId currency = a.currency.valid() ? a.currency : b.currency;
    const std::string code = at.context.agreement.currencies[currency].code;
    return refuse(at, code::units_differ, a, b,
                  type_of(at.context, number).percent ? "a percentage is not money: write `" + text_of(at, number) + " of` an amount"
                                                      : "write `" + code + " " + text_of(at, number) + "` if it is an amount");
  }
  if (a.metric.valid() && b.metric.valid() && a.metric != b.metric) return refuse(at, code::units_differ, a, b, "the two are measured on different scales");
  if (is_bare_beside_percent(at, left, b)) return refuse_bare(at, left, a, b);
  if (is_bare_beside_percent(at, right, a)) return refuse_bare(at, right, a, b);
  if (mixes_percent(at.context, left, right))
    return refuse(at, code::units_differ, a, b, "40 points are `40`, and a share of a whole is `40%`: write both sides in one unit");
  if (outside_range(at, left, b)) return refuse_range(at, left, right);
  if (outside_range(at, right, a)) return refuse_range(at, right, left);
  if (std::abs(a.scale - b.scale) > value::max_scale) return refuse(at, code::units_differ, a, b, "");
  return ir::make_compare(at.context.agreement, op, left, right, at.span);
}

void mark_compared(const Place& at, ExprId id) {
  ir::Agreement& agreement = at.context.agreement;
  const ir::Expr& expr = agreement.exprs[id];
  if (expr.type.kind != Kind::text || expr.op != ir::Op::field || !record_of(at.scope).valid()) return;
  ir::Record& record = agreement.records[record_of(at.scope)];
  (at.scope.grain.of == ir::Grain::Of::record ? record.fields : record.history->fields)[expr.field].compared = true;
}

ExprId refuse_kinds(const Place& at, ExprId left, ExprId right) {
  const Type a = type_of(at.context, left);
  const Type b = type_of(at.context, right);
  const auto either = [&](Kind one, Kind other) { return (a.kind == one && b.kind == other) || (a.kind == other && b.kind == one); };
  if (either(Kind::date, Kind::instant)) {
    const ExprId instant = a.kind == Kind::instant ? left : right;
    return refuse(at, code::date_with_instant, a, b,
                  "write `date(" + text_of(at, instant) + ")` for the date of the instant, or an instant such as `2026-03-02T00:00`");
  }
  if (either(Kind::duration, Kind::number) || either(Kind::open_time, Kind::number)) {
    const ExprId number = a.kind == Kind::number ? left : right;
    return refuse(at, code::units_differ, a, b, "write its unit, as in `" + text_of(at, number) + " hours`");
  }
  if (either(Kind::duration, Kind::open_time))
    return refuse(at, code::units_differ, a, b, "elapsed time and open time are two things, and no factor turns one into the other");
  return refuse(at, code::units_differ, a, b, "");
}

// The side that can be read alone tells what the other one is: `severity = P1`, `P1 = severity`.
bool needs_other_side(const Place& at, ast::ExprId id) {
  const ast::ExprNode& node = expr_of(at.context, at.scope.file, id).node;
  if (std::holds_alternative<ast::AbsenceExpr>(node)) return true;
  const auto* name = std::get_if<ast::NameExpr>(&node);
  return name != nullptr && !names_value(at.context, name->name, at.scope);
}

}  // namespace

Measure measure_of(const Context& context, ExprId id) {
  const Type& type = type_of(context, id);
  if (!ir::is_numeric(type) || !(type.percent || counts_units(type))) return Measure::any;
  const auto constant = ir::constant_of(context.agreement, id);
  if (constant && *constant == 0) return Measure::any;
  return type.percent ? Measure::percent : Measure::units;
}

bool mixes_percent(const Context& context, ExprId left, ExprId right) {
  const Measure a = measure_of(context, left), b = measure_of(context, right);
  return a != Measure::any && b != Measure::any && a != b;
}

ir::ExprId compare(const Place& at, ir::Op op, ir::ExprId left, ir::ExprId right) {
  Context& context = at.context;
  if (is_error(context, left) || is_error(context, right)) return failed(at);
  if (!is_equality(op)) {
    const bool left_given = require_given(context, left, "compared by size");
    const bool right_given = require_given(context, right, "compared by size");
    if (!left_given || !right_given) return failed(at);
  }
  const Type a = type_of(context, left);
  const Type b = type_of(context, right);
  if (ir::is_numeric(a) && ir::is_numeric(b)) return compare_numbers(at, op, left, right);
  if (a.kind != b.kind) return refuse_kinds(at, left, right);
  if (a.kind == Kind::enumeration && a.enumeration != b.enumeration) return refuse(at, code::units_differ, a, b, "");
  if (a.kind == Kind::open_time && a.calendar != b.calendar) return refuse(at, code::units_differ, a, b, "open time of two calendars cannot be compared");
  const bool ordered = a.kind != Kind::enumeration && a.kind != Kind::text && a.kind != Kind::boolean;
  if (!is_equality(op) && !ordered) return refuse(at, code::no_order, a, b, "compare it with `=` or `in { ... }`");
  mark_compared(at, left);
  mark_compared(at, right);
  return ir::make_compare(context.agreement, op, left, right, at.span);
}

ir::ExprId check_comparison(const Place& at, ir::Op op, ast::ExprId left_id, ast::ExprId right_id) {
  Context& context = at.context;
  ExprId left;
  ExprId right;
  if (needs_other_side(at, left_id) && !needs_other_side(at, right_id)) {
    right = check_expression(context, right_id, at.scope);
    left = check_expression(context, left_id, at.scope, {type_of(context, right)});
  } else {
    left = check_expression(context, left_id, at.scope);
    // Behind a mistake nothing is expected, and nothing that depends on it is reported.
    right = check_expression(context, right_id, at.scope, {type_of(context, left)});
  }
  return compare(at, op, left, right);
}

ir::ExprId check_in(const Place& at, const ast::InExpr& question) {
  Context& context = at.context;
  const ExprId operand = check_expression(context, question.operand, at.scope);
  if (is_error(context, operand)) return failed(at);
  const Type type = type_of(context, operand);
  std::vector<ExprId> tests;
  for (const ast::ExprId member : question.members) {
    const ExprId value = check_expression(context, member, at.scope, {type});
    const Place here{context, at.scope, at.expected, span_of(context, at.scope.file, member)};
    tests.push_back(compare(here, ir::Op::eq, operand, value));
  }
  const ExprId any = ir::make_or(context.agreement, std::move(tests), at.span);
  return question.negated ? ir::make_not(context.agreement, any, at.span) : any;
}

ir::ExprId check_between(const Place& at, const ast::BetweenExpr& question) {
  Context& context = at.context;
  const ExprId operand = check_expression(context, question.operand, at.scope);
  const ExprId low = check_expression(context, question.low, at.scope, {type_of(context, operand)});
  const ExprId high = check_expression(context, question.high, at.scope, {type_of(context, operand)});
  const ExprId above = compare(at, ir::Op::ge, operand, low);
  if (is_error(context, above)) return failed(at);
  return ir::make_and(context.agreement, {above, compare(at, ir::Op::le, operand, high)}, at.span);
}

}  // namespace writ::check
