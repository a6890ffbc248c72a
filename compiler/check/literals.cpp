#include "check/literals.h"

#include <charconv>

namespace writ::check {

const ast::Expr& expr_of(const Context& context, uint32_t file, ast::ExprId id) { return context.files[file].exprs[id]; }

Span span_of(const Context& context, uint32_t file, ast::ExprId id) { return id.valid() ? expr_of(context, file, id).span : Span{}; }

namespace {

bool is_bad(const Context& context, uint32_t file, ast::ExprId id) {
  return !id.valid() || std::holds_alternative<ast::BadExpr>(expr_of(context, file, id).node);
}

}  // namespace

std::optional<int> literal_year(Context& context, uint32_t file, ast::ExprId id, std::string_view what) {
  if (is_bad(context, file, id)) return std::nullopt;
  const ast::Expr& expr = expr_of(context, file, id);
  int year = 0;
  if (const auto* number = std::get_if<ast::NumberExpr>(&expr.node)) {
    const auto [end, error] = std::from_chars(number->digits.data(), number->digits.data() + number->digits.size(), year);
    if (error == std::errc() && end == number->digits.data() + number->digits.size() && year >= 1583 && year <= 9999) return year;
  }
  diag::report(context.sink, code::not_a_year, expr.span, {{"what", std::string(what)}});
  return std::nullopt;
}

std::optional<value::Date> literal_date(Context& context, uint32_t file, ast::ExprId id, std::string_view what) {
  if (is_bad(context, file, id)) return std::nullopt;
  const ast::Expr& expr = expr_of(context, file, id);
  if (const auto* date = std::get_if<ast::DateExpr>(&expr.node)) {
    const value::Parsed<value::Date> parsed = value::parse_date(date->text);
    if (parsed.ok()) return parsed.value;
    diag::report(context.sink, code::impossible_date, expr.span, {{"date", date->text}});
    return std::nullopt;
  }
  diag::report(context.sink, code::not_a_date, expr.span, {{"what", std::string(what)}});
  return std::nullopt;
}

}  // namespace writ::check
