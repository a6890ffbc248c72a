// Numbers as they are written in the source. Private to this folder.
#pragma once
#include <optional>

#include "check/context.h"

namespace writ::check {

// A scaled number and its type: `3.0` is 30 at scale 1, `15%` is 15 at scale 2, `GBP 12,000.00` is 1200000 at scale 2.
struct Literal {
  ir::Type type;
  ir::i128 number = 0;
};

// Most digits after the point that a number may have: products of a few such numbers still fit 128 bits.
inline constexpr int most_digits = 18;

std::optional<Literal> literal_number(Context&, const std::string& digits, Span);
std::optional<Literal> literal_percent(Context&, const std::string& digits, Span);
std::optional<Literal> literal_money(Context&, const ast::MoneyExpr&, Span);
// A literal of any of these kinds, with a sign in front or not, a date, or a time; for bounds of ranges.
std::optional<Literal> literal_bound(Context&, uint32_t file, ast::ExprId);
std::optional<ir::i128> literal_instant(Context&, const std::string& text, Span);  // local times are those of the agreement's zone
std::optional<ir::i128> literal_time(Context&, const std::string& text, Span);     // minutes since midnight
std::optional<ir::i128> literal_day(Context&, const std::string& text, Span);      // days since 1970-01-01

// How an amount is stated in another currency: there is no rate but one that the agreement states.
std::string conversion_help(const Context&, ir::CurrencyId from, ir::CurrencyId to);

// "0.15" of 15 at scale 2; "15%" when it is a percentage; "GBP 5.00".
std::string number_text(const Context&, const ir::Type&, ir::i128 number);

}  // namespace writ::check
