// Literals as constants.
#include "check/expression_parts.h"
#include "check/literal_numbers.h"
#include "check/suggest.h"

namespace writ::check {
namespace {

ir::ExprId constant(const Place& at, const std::optional<Literal>& literal) {
  return literal ? ir::make_constant(at.context.agreement, literal->type, literal->number, at.span) : failed(at);
}

ir::ExprId constant(const Place& at, ir::Kind kind, const std::optional<ir::i128>& number) {
  return number ? ir::make_constant(at.context.agreement, ir::plain_type(kind), *number, at.span) : failed(at);
}

}  // namespace

ir::ExprId check_literal(const Place& at, const ast::NumberExpr& literal) { return constant(at, literal_number(at.context, literal.digits, at.span)); }
ir::ExprId check_literal(const Place& at, const ast::PercentExpr& literal) { return constant(at, literal_percent(at.context, literal.digits, at.span)); }
ir::ExprId check_literal(const Place& at, const ast::MoneyExpr& literal) { return constant(at, literal_money(at.context, literal, at.span)); }
ir::ExprId check_literal(const Place& at, const ast::DateExpr& literal) { return constant(at, ir::Kind::date, literal_day(at.context, literal.text, at.span)); }
ir::ExprId check_literal(const Place& at, const ast::InstantExpr& literal) {
  return constant(at, ir::Kind::instant, literal_instant(at.context, literal.text, at.span));
}
ir::ExprId check_literal(const Place& at, const ast::TimeExpr& literal) {
  return constant(at, ir::Kind::time, literal_time(at.context, literal.text, at.span));
}
ir::ExprId check_literal(const Place& at, const ast::TruthExpr& literal) { return ir::make_truth(at.context.agreement, literal.value, at.span); }

ir::ExprId check_literal(const Place& at, const ast::MonthExpr& literal) {
  diag::report(at.context.sink, code::month_alone, at.span, {{"text", literal.text}}).helps.push_back("write a date, as in `" + literal.text + "-01`");
  return failed(at);
}

ir::ExprId check_literal(const Place& at, const ast::TextExpr& literal) {
  const Expected& expected = at.expected;
  if (expected.type && expected.type->kind == ir::Kind::enumeration && expected.type->enumeration.valid()) {
    diag::Diagnostic& found = diag::report(at.context.sink, code::quoted_member, at.span,
                                           {{"text", literal.text}, {"enum", with_article(enum_noun(at.context, expected.type->enumeration))}});
    found.helps.push_back("write one of " + members_text(at.context, expected.type->enumeration) + ", without quotation marks");
    return failed(at);
  }
  return ir::make_text(at.context.agreement, literal.text, at.span);
}

ir::ExprId check_literal(const Place& at, const ast::AbsenceExpr& literal) {
  const std::optional<ir::Type>& type = at.expected.type;
  if (type && type->kind == ir::Kind::error) return failed(at);
  switch (literal.which) {
    case ast::Absence::unknown:
      diag::report(at.context.sink, code::unknown_in_rule, at.span, {})
          .notes.push_back("what is not known makes everything that reads it not known: no rule chooses by it");
      return failed(at);
    case ast::Absence::not_yet:
    case ast::Absence::none: break;
  }
  const value::State state = literal.which == ast::Absence::not_yet ? value::State::not_yet : value::State::none;
  if (type) return ir::make_absence(at.context.agreement, *type, state, at.span);
  diag::report(at.context.sink, code::absence_alone, at.span, {{"word", literal.which == ast::Absence::not_yet ? "not yet" : "none"}})
      .helps.push_back("say of what kind the value is: `rule name : money or none per ...`, or begin with a case that has a value");
  return failed(at);
}

}  // namespace writ::check
