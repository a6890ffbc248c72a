// Literals that a declaration needs as they stand: years, dates, local times. Private to this folder.
#pragma once
#include <optional>
#include <string_view>

#include "check/context.h"

namespace writ::check {

const ast::Expr& expr_of(const Context&, uint32_t file, ast::ExprId);
Span span_of(const Context&, uint32_t file, ast::ExprId);  // of an expression; invalid when it was not written

// A year from 1583 (the first of the Gregorian calendar) to 9999; reports anything else. `what`: "the first year of the set".
std::optional<int> literal_year(Context&, uint32_t file, ast::ExprId, std::string_view what);
// A date as written, `2026-12-24`; reports anything else.
std::optional<value::Date> literal_date(Context&, uint32_t file, ast::ExprId, std::string_view what);

}  // namespace writ::check
