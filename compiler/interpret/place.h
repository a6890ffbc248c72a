// Where an expression is evaluated, and the evaluation itself. `evaluate` is one switch over the operations; what is more
// than a line stands in the file of its group and takes its operands as values.
#pragma once
#include <initializer_list>
#include <optional>
#include <vector>

#include "interpret/state.h"
#include "record/batch.h"

namespace writ::interpret {

struct Place {
  const Tables* tables = nullptr;
  const evaluate::Inputs* inputs = nullptr;
  const Closed* closed = nullptr;
  uint32_t point = 0;  // trace point that a fault made here carries: of the case, or of the definition

  // Record grain.
  const record::Batch* batch = nullptr;
  uint32_t row = 0;
  const std::vector<value::Value>* slots = nullptr;  // values of the record's definitions so far

  // History grain: a row of the batch's history.
  std::optional<uint32_t> history_row;

  // Period grain.
  std::optional<ir::PeriodKind> period_kind;
  size_t period = 0;
};

value::Value evaluate(const Place&, ir::ExprId);

struct Decided {
  value::Value value;
  uint64_t held = 0;
};
// The value of a definition at a place of its grain; sets the point of the place as it goes.
Decided decide_definition(Place, const ir::Definition&);

inline const ir::Agreement& agreement_of(const Place& place) { return *place.tables->agreement; }
inline const ir::Expr& expr_of(const Place& place, ir::ExprId id) { return agreement_of(place).exprs[id]; }

// --- Records and histories --------------------------------------------------------------------------------------------
value::Value field_value(const Place&, ir::FieldIndex);
// The rows of the current record's history that are seen, by index into HistoryRows: [first, last).
struct HistorySpan {
  uint32_t first = 0, last = 0;
  bool tied = false;
};
HistorySpan seen_history(const Place&);
value::Value history_at(const Place&, ir::FieldIndex, const value::Value& instant);
value::Value history_first(const Place&, ir::ExprId condition);
// The stretches of the history in which a condition holds, or why they cannot be told.
struct Pauses {
  std::optional<value::Value> instead;
  std::vector<value::Interval> intervals;
};
Pauses pauses_of(const Place&, ir::ExprId condition);

// --- Time -------------------------------------------------------------------------------------------------------------
value::Value earliest(const std::vector<value::Value>& instants, uint32_t point);
value::Value latest(const std::vector<value::Value>& instants, uint32_t point);
value::Value add_duration(const Place&, const value::Value& instant, const value::Value& duration);
value::Value date_of(const Place&, const value::Value& instant);
value::Value start_of_day(const Place&, const value::Value& date);
value::Value end_of_day(const Place&, const value::Value& date);
value::Value add_days(const Place&, const value::Value& date, const value::Value& days);
value::Value add_months(const Place&, const value::Value& date, const value::Value& months);
value::Value open_between(const Place&, ir::CalendarId, const value::Value& from, const value::Value& until);
value::Value is_open(const Place&, ir::CalendarId, const value::Value& instant);
value::Value is_business_day(const Place&, ir::CalendarId, const value::Value& date);
value::Value business_days_between(const Place&, ir::CalendarId, const value::Value& from, const value::Value& until);
value::Value next_opening(const Place&, ir::CalendarId, const value::Value& instant);
value::Value next_closing(const Place&, ir::CalendarId, const value::Value& instant);
value::Value subtract_open(const Place&, ir::CalendarId, const value::Value& instant, const value::Value& amount);
value::Value add_business_days(const Place&, ir::CalendarId, const value::Value& date, const value::Value& count);
value::Value first_of_month(const Place&, const value::Value& date);
value::Value last_of_month(const Place&, const value::Value& date);
value::Value deadline(const Place&, const ir::Expr&);

// The rule of strict operations, for operations that look at more than the value: what they answer instead of a result
// (a fault, unknown) when an operand is not one certain whole number that fits an instant or a count.
std::optional<value::Value> instead_of(std::initializer_list<value::Value> operands, uint32_t point);
inline int64_t whole(const value::Value& v) { return static_cast<int64_t>(v.lo); }

// --- Verdicts ---------------------------------------------------------------------------------------------------------
value::Value judge(const Place&, const ir::Expr&);
value::Value outcome_is(const Place&, const value::Value& outcome, value::i128 code);
value::Value judge_benchmark(const Place&, const ir::Expr&);

// --- Totals -----------------------------------------------------------------------------------------------------------
value::Value aggregate_value(const Place&, ir::AggregateId);
value::Value at_period(const Place&, ir::DefinitionId, const value::Value& instant);
value::Value over_periods(const Place&, ir::DefinitionId, ir::Fold);
value::Value prorate(const Place&, const value::Value& amount);

}  // namespace writ::interpret
