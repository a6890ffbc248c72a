#include "check/literal_numbers.h"

#include <cassert>

#include "check/literals.h"
#include "value/civil.h"
#include "value/zone.h"

namespace writ::check {
namespace {

int digits_behind_point(const std::string& digits) {
  const size_t point = digits.find('.');
  return point == std::string::npos ? 0 : static_cast<int>(digits.size() - point - 1);
}

std::nullopt_t bad_literal(Context& context, Span span, const std::string& text, std::string_view why) {
  diag::report(context.sink, code::bad_literal, span, {{"text", text}, {"why", std::string(why)}});
  return std::nullopt;
}

std::optional<Literal> scaled(Context& context, const std::string& digits, int least_scale, Span span) {
  const int scale = std::max(digits_behind_point(digits), least_scale);
  if (scale > most_digits) return bad_literal(context, span, digits, "more than 18 digits stand after the point");
  const value::Parsed<value::i128> parsed = value::parse_decimal(digits, scale);
  if (!parsed.ok()) return bad_literal(context, span, digits, value::describe(parsed.error));
  return Literal{ir::number_type(scale), parsed.value};
}

struct Bound {
  Context& context;
  uint32_t file;
  Span span;

  std::optional<Literal> operator()(const ast::NumberExpr& number) const { return literal_number(context, number.digits, span); }
  std::optional<Literal> operator()(const ast::PercentExpr& percent) const { return literal_percent(context, percent.digits, span); }
  std::optional<Literal> operator()(const ast::MoneyExpr& money) const { return literal_money(context, money, span); }
  std::optional<Literal> operator()(const ast::DateExpr& date) const {
    const auto day = literal_day(context, date.text, span);
    if (!day) return std::nullopt;
    return Literal{ir::plain_type(ir::Kind::date), *day};
  }
  std::optional<Literal> operator()(const ast::TimeExpr& time) const {
    const auto minutes = literal_time(context, time.text, span);
    if (!minutes) return std::nullopt;
    return Literal{ir::plain_type(ir::Kind::time), *minutes};
  }
  std::optional<Literal> operator()(const ast::UnaryExpr& unary) const {
    std::optional<Literal> literal = literal_bound(context, file, unary.operand);
    if (!literal || unary.op != ast::UnaryOp::negate) return std::nullopt;
    literal->number = -literal->number;
    return literal;
  }
  std::optional<Literal> operator()(const ast::BadExpr&) const { return std::nullopt; }
  template <class Other>
  std::optional<Literal> operator()(const Other&) const {
    assert(false && "the grammar lets nothing else stand at an end of a range");
    return std::nullopt;
  }
};

}  // namespace

std::optional<Literal> literal_number(Context& context, const std::string& digits, Span span) { return scaled(context, digits, 0, span); }

std::optional<Literal> literal_percent(Context& context, const std::string& digits, Span span) {
  std::optional<Literal> literal = scaled(context, digits, 0, span);
  if (!literal) return std::nullopt;
  if (literal->type.scale + 2 > most_digits) return bad_literal(context, span, digits + "%", "more than 16 digits stand after the point");
  literal->type = ir::percent_type(literal->type.scale + 2);
  return literal;
}

std::optional<Literal> literal_money(Context& context, const ast::MoneyExpr& money, Span span) {
  const ir::CurrencyId currency = find_or_add_currency(context, money.currency);
  if (!currency.valid()) return std::nullopt;
  std::optional<Literal> literal = scaled(context, money.digits, context.agreement.currencies[currency].minor_digits, span);
  if (literal) literal->type = ir::money_type(currency, literal->type.scale);
  return literal;
}

std::optional<Literal> literal_bound(Context& context, uint32_t file, ast::ExprId id) {
  if (!id.valid()) return std::nullopt;
  const ast::Expr& expr = expr_of(context, file, id);
  return std::visit(Bound{context, file, expr.span}, expr.node);
}

std::optional<ir::i128> literal_day(Context& context, const std::string& text, Span span) {
  const value::Parsed<value::Date> parsed = value::parse_date(text);
  if (!parsed.ok()) return bad_literal(context, span, text, value::describe(parsed.error));
  return parsed.value;
}

std::optional<ir::i128> literal_instant(Context& context, const std::string& text, Span span) {
  const value::Parsed<value::Instant> absolute = value::parse_instant(text);
  if (absolute.ok()) return absolute.value;
  const value::Parsed<value::Local> local = value::parse_local_datetime(text);
  if (!local.ok()) return bad_literal(context, span, text, value::describe(local.error));
  return value::to_utc(context.agreement.zone, local.value);
}

std::optional<ir::i128> literal_time(Context& context, const std::string& text, Span span) {
  const value::Parsed<int64_t> parsed = value::parse_time_of_day(text);
  if (!parsed.ok()) return bad_literal(context, span, text, value::describe(parsed.error));
  if (parsed.value % value::us_per_minute != 0) return bad_literal(context, span, text, "a time of day is kept in whole minutes");
  return parsed.value / value::us_per_minute;
}

std::string number_text(const Context& context, const ir::Type& type, ir::i128 number) {
  if (type.percent && type.scale >= 2) return value::to_text(number, type.scale - 2) + "%";
  if (type.percent && type.scale < 2) return value::to_text(number * value::pow10(2), type.scale) + "%";
  std::string text = value::to_text(number, type.scale);
  if (type.currency.valid()) text = context.agreement.currencies[type.currency].code + " " + text;
  if (type.kind == ir::Kind::date) text = value::format_date(static_cast<value::Date>(number));
  return text;
}

std::string conversion_help(const Context& context, ir::CurrencyId from, ir::CurrencyId to) {
  const std::string one = context.agreement.currencies[from].code + " 1";
  return "convert one of them, as in `amount / " + one + " * rate`, where `rate` is what " + one + " is worth in " + context.agreement.currencies[to].code +
         " by the agreement";
}

}  // namespace writ::check
