// The kinds of expressions, each checked in a file of its own. Private to check_expressions*.cpp and their neighbours.
#pragma once
#include "check/context.h"

namespace writ::check {

// The place of one expression: what every kind of it needs.
struct Place {
  Context& context;
  const Scope& scope;
  const Expected& expected;
  Span span;
};

// names: check_names.cpp, check_members.cpp
ir::ExprId check_name(const Place&, const ast::Name&);
ir::ExprId check_member(const Place&, const ast::MemberExpr&);
ir::ExprId read_definition(Context&, ir::DefinitionId, const ast::Name& as_written, Span, const Scope&);
ir::ExprId make_member(Context&, ir::EnumId, size_t code, Span);
// Whether a name can be read here without knowing what is expected.
bool names_value(const Context&, const ast::Name&, const Scope&);
// The record of the scope, or invalid; with or without a history.
ir::RecordId record_of(const Scope&);

// literals: check_literals.cpp
ir::ExprId check_literal(const Place&, const ast::NumberExpr&);
ir::ExprId check_literal(const Place&, const ast::PercentExpr&);
ir::ExprId check_literal(const Place&, const ast::MoneyExpr&);
ir::ExprId check_literal(const Place&, const ast::DateExpr&);
ir::ExprId check_literal(const Place&, const ast::MonthExpr&);
ir::ExprId check_literal(const Place&, const ast::InstantExpr&);
ir::ExprId check_literal(const Place&, const ast::TimeExpr&);
ir::ExprId check_literal(const Place&, const ast::TextExpr&);
ir::ExprId check_literal(const Place&, const ast::TruthExpr&);
ir::ExprId check_literal(const Place&, const ast::AbsenceExpr&);

// amounts: check_amounts.cpp
ir::ExprId check_amount_value(const Place&, const ast::AmountExpr&);                // hours and business hours; days and months need something to be added to
const ast::AmountExpr* calendar_amount(const Context&, const Scope&, ast::ExprId);  // an amount that `+` and `-` anchor: business time, days, months
ir::CalendarId calendar_in_force(Context&, uint32_t file, const ast::Name& written, ir::CalendarId other, Span);  // reports none and unknown ones

// arithmetic: check_arithmetic.cpp, check_time_arithmetic.cpp
ir::ExprId check_arithmetic(const Place&, const ast::BinaryExpr&);
ir::ExprId check_negation(const Place&, ast::ExprId operand);
ir::ExprId check_anchored(const Place&, ast::ExprId left, const ast::AmountExpr&, bool back);
std::optional<ir::ExprId> time_arithmetic(const Place&, ir::ExprId left, ir::ExprId right, bool subtract);  // nothing when neither is a moment or a duration

// conditions: check_comparisons.cpp, check_conditions.cpp
// What a value is counted in, as far as percentages are concerned: 15% and 1 have no unit in common. Nought has every unit.
enum class Measure { any, percent, units };
Measure measure_of(const Context&, ir::ExprId);
// Whether one is a percentage and the other counts in whole units.
bool mixes_percent(const Context&, ir::ExprId, ir::ExprId);
ir::ExprId check_comparison(const Place&, ir::Op, ast::ExprId left, ast::ExprId right);
ir::ExprId check_in(const Place&, const ast::InExpr&);
ir::ExprId check_between(const Place&, const ast::BetweenExpr&);
ir::ExprId compare(const Place&, ir::Op, ir::ExprId left, ir::ExprId right);
ir::ExprId check_logic(const Place&, const ast::BinaryExpr&);
ir::ExprId check_given(const Place&, const ast::GivenExpr&);
ir::ExprId check_absent(const Place&, const ast::AbsentExpr&);
ir::ExprId check_if(const Place&, const ast::IfExpr&);
ir::ExprId check_otherwise(const Place&, const ast::BinaryExpr&);
ir::ExprId check_outcome(const Place&, const ast::OutcomeExpr&);

// calls: check_calls.cpp
ir::ExprId check_call(const Place&, const ast::CallExpr&);

// totals and periods: check_totals.cpp, check_periods.cpp
ir::ExprId check_aggregate(const Place&, const ast::AggregateExpr&);
bool total_has_place(const Place&);  // per period or of the whole term; else reported
ir::ExprId check_misses(const Place&, const ast::MissesExpr&);
ir::ExprId check_at_period(const Place&, const ast::AtPeriodExpr&);
std::optional<ir::PeriodKind> period_named(std::string_view word);  // "month", "months" ...
ir::ExprId check_over_periods(const Place&, const ast::AggregateExpr&, ir::PeriodKind);

// histories: check_histories.cpp
ir::ExprId check_status_at(const Place&, const ast::StatusAtExpr&);
ir::ExprId check_first(const Place&, const ast::FirstExpr&);

// shared: check_expressions.cpp
ir::ExprId failed(const Place&);  // an error node, after a report
// True when the operand is there; else reports that it may be absent.
bool require_given(Context&, ir::ExprId, std::string_view doing);
std::string shown(const Context&, Span);  // the source text, on one line, for a message
// Reports what a constant operation certainly does wrong (divides by zero), and gives an error node then.
ir::ExprId without_fault(const Place&, ir::ExprId);

}  // namespace writ::check
