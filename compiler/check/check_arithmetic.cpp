// + - * / of numbers, percentages, ratios and money; `15% of fee`.
#include "check/expression_parts.h"
#include "check/literal_numbers.h"

namespace writ::check {
namespace {

using ir::ExprId;
using ir::Kind;
using ir::Type;

std::string_view verb_of(ast::BinaryOp op) {
  switch (op) {
    case ast::BinaryOp::add: return "added";
    case ast::BinaryOp::subtract: return "subtracted";
    case ast::BinaryOp::multiply: return "multiplied";
    case ast::BinaryOp::divide: return "divided";
    case ast::BinaryOp::of: return "joined by `of`";
    case ast::BinaryOp::eq:
    case ast::BinaryOp::ne:
    case ast::BinaryOp::lt:
    case ast::BinaryOp::le:
    case ast::BinaryOp::gt:
    case ast::BinaryOp::ge:
    case ast::BinaryOp::and_:
    case ast::BinaryOp::or_:
    case ast::BinaryOp::otherwise:
    case ast::BinaryOp::at_least:
    case ast::BinaryOp::at_most: break;
  }
  return "computed";
}

bool is_timed(Kind kind) { return kind == Kind::duration || kind == Kind::open_time; }

ExprId refuse(const Place& at, const diag::Kind& kind, ast::BinaryOp op, const Type& a, const Type& b, std::string help) {
  diag::Diagnostic& found =
      diag::report(at.context.sink, kind, at.span, {{"left", describe(at.context, a)}, {"right", describe(at.context, b)}, {"verb", std::string(verb_of(op))}});
  if (!help.empty()) found.helps.push_back(std::move(help));
  return failed(at);
}

std::string code_of(const Place& at, const Type& type) { return at.context.agreement.currencies[type.currency].code; }

bool is_zero(const Place& at, ExprId id) {
  const auto number = ir::constant_of(at.context.agreement, id);
  return number && *number == 0;
}

// Sums need one unit on both sides; nothing else is ever converted.
ExprId sum(const Place& at, ast::BinaryOp op, ExprId left, ExprId right) {
  const Type a = type_of(at.context, left);
  const Type b = type_of(at.context, right);
  if (!ir::is_numeric(a) || !ir::is_numeric(b)) return refuse(at, code::units_differ, op, a, b, "");
  if (a.currency != b.currency) {
    if (a.currency.valid() && b.currency.valid()) return refuse(at, code::currencies_differ, op, a, b, conversion_help(at.context, b.currency, a.currency));
    const Type& plain = a.currency.valid() ? b : a;
    const Type& money = a.currency.valid() ? a : b;
    const Span span = at.context.agreement.exprs[a.currency.valid() ? right : left].span;
    const std::string text = shown(at.context, span);
    return refuse(
        at, code::units_differ, op, a, b,
        plain.percent ? "a percentage is not money: write `" + text + " of` an amount" : "write `" + code_of(at, money) + " " + text + "` if it is an amount");
  }
  // 15% + 1 has two readings: 1.15 and 16%.
  const bool constant_mixed = a.percent != b.percent && a.kind != Kind::ratio && b.kind != Kind::ratio &&
                              ((!a.percent && ir::constant_of(at.context.agreement, left) && !is_zero(at, left)) ||
                               (!b.percent && ir::constant_of(at.context.agreement, right) && !is_zero(at, right)));
  if (constant_mixed) {
    const ExprId number = a.percent ? right : left;
    const Type& type = a.percent ? b : a;
    const ir::i128 scaled = *ir::constant_of(at.context.agreement, number);
    return refuse(at, code::units_differ, op, a, b,
                  "write it as a percentage: `" + number_text(at.context, ir::percent_type(type.scale + 2), scaled) + "` or `" +
                      number_text(at.context, ir::percent_type(type.scale), scaled) + "`");
  }
  if (a.kind == Kind::number && b.kind == Kind::number && mixes_percent(at.context, left, right))
    return refuse(at, code::units_differ, op, a, b, "write both sides in one unit, as in `100% + rate`");
  ir::Agreement& agreement = at.context.agreement;
  return op == ast::BinaryOp::add ? ir::make_add(agreement, left, right, at.span) : ir::make_sub(agreement, left, right, at.span);
}

bool fits_scale(const Place& at, int scale) {
  if (scale <= most_digits) return true;
  diag::report(at.context.sink, code::too_many_digits, at.span, {{"digits", std::to_string(scale)}})
      .helps.push_back("round a part of it first, as in `rounded(x, 4)`");
  return false;
}

ExprId product(const Place& at, ast::BinaryOp op, ExprId left, ExprId right) {
  const Type a = type_of(at.context, left);
  const Type b = type_of(at.context, right);
  const bool share = op == ast::BinaryOp::of;
  if (share && !(a.percent || a.kind == Kind::ratio))
    return refuse(at, code::share_expected, op, a, b, "write a percentage in front of `of`, as in `15% of fee`, or use `*`");
  if (is_timed(a.kind) || is_timed(b.kind)) {
    const Type& other = is_timed(a.kind) ? b : a;
    if (other.kind == Kind::number && other.scale == 0 && !other.percent) return without_fault(at, ir::make_mul(at.context.agreement, left, right, at.span));
    return refuse(at, code::units_differ, op, a, b, "a span of time can be multiplied by a whole number only");
  }
  if (!ir::is_numeric(a) || !ir::is_numeric(b)) return refuse(at, code::units_differ, op, a, b, "");
  if (a.currency.valid() && b.currency.valid()) return refuse(at, code::units_differ, op, a, b, "one of them must be a number, a percentage or a ratio");
  if (!fits_scale(at, a.scale + b.scale)) return failed(at);
  ir::Agreement& agreement = at.context.agreement;
  return without_fault(at, share ? ir::make_of(agreement, left, right, at.span) : ir::make_mul(agreement, left, right, at.span));
}

ExprId quotient(const Place& at, ExprId left, ExprId right) {
  const Type a = type_of(at.context, left);
  const Type b = type_of(at.context, right);
  ir::Agreement& agreement = at.context.agreement;
  if (is_timed(a.kind) && a.kind == b.kind && a.calendar == b.calendar) return without_fault(at, ir::make_div(agreement, left, right, at.span));
  if (!ir::is_numeric(a) || !ir::is_numeric(b))
    return refuse(at, code::units_differ, ast::BinaryOp::divide, a, b,
                  is_timed(a.kind) && b.kind == Kind::number ? "divide by a span of time, as in `/ 1 hours`, for a number" : "");
  if (b.currency.valid() && a.currency != b.currency)
    return refuse(at, a.currency.valid() ? code::currencies_differ : code::units_differ, ast::BinaryOp::divide, a, b,
                  a.currency.valid() ? conversion_help(at.context, b.currency, a.currency) : "");
  return without_fault(at, ir::make_div(agreement, left, right, at.span));
}

}  // namespace

ir::ExprId check_arithmetic(const Place& at, const ast::BinaryExpr& binary) {
  const bool sums = binary.op == ast::BinaryOp::add || binary.op == ast::BinaryOp::subtract;
  const bool back = binary.op == ast::BinaryOp::subtract;
  if (sums)
    if (const ast::AmountExpr* amount = calendar_amount(at.context, at.scope, binary.right)) return check_anchored(at, binary.left, *amount, back);
  const ExprId left = check_expression(at.context, binary.left, at.scope);
  const ExprId right = check_expression(at.context, binary.right, at.scope);
  const bool left_given = require_given(at.context, left, "computed with");
  const bool right_given = require_given(at.context, right, "computed with");
  if (!left_given || !right_given) return failed(at);
  if (sums)
    if (const auto moment = time_arithmetic(at, left, right, back)) return *moment;
  if (sums) return without_fault(at, sum(at, binary.op, left, right));
  return binary.op == ast::BinaryOp::divide ? quotient(at, left, right) : product(at, binary.op, left, right);
}

ir::ExprId check_negation(const Place& at, ast::ExprId operand) {
  const ExprId value = check_expression(at.context, operand, at.scope);
  if (!require_given(at.context, value, "computed with")) return failed(at);
  const Type type = type_of(at.context, value);
  if (ir::is_numeric(type) || is_timed(type.kind)) return without_fault(at, ir::make_neg(at.context.agreement, value, at.span));
  diag::report(at.context.sink, code::type_mismatch, at.span,
               {{"what", "what stands behind `-`"}, {"wanted", "a number"}, {"found", describe(at.context, type)}});
  return failed(at);
}

}  // namespace writ::check
