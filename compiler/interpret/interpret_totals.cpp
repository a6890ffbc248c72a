// What rules read of totals and of periods.
#include <cassert>

#include "interpret/place.h"

namespace writ::interpret {

using value::Value;

Value aggregate_value(const Place& place, ir::AggregateId id) {
  const ir::Aggregate& aggregate = agreement_of(place).aggregates[id];
  assert(aggregate.period == place.period_kind);
  const Folded& folded = place.closed->aggregates[id.index];
  const size_t cell = aggregate.period ? place.period : 0;
  return value::finish_cell(folded.cells[cell], place.tables->rules[id.index], folded.unplaced, place.point);
}

Value at_period(const Place& place, ir::DefinitionId id, const Value& instant) {
  switch (instant.state) {
    case value::State::unknown:
    case value::State::fault: return instant;
    case value::State::not_yet:
    case value::State::none: return value::none();
    case value::State::given: break;
  }
  if (const auto instead = instead_of({instant}, place.point)) return *instead;
  const value::PeriodGrid& grid = grid_of(*place.tables, agreement_of(place).definitions[id].grain.period);
  const int64_t period = value::index_of(grid, whole(instant));
  if (period < 0) return value::none();
  // Further records may still come into a period that is not over.
  if (place.tables->counting[id.index] && grid.bounds[static_cast<size_t>(period) + 1] > place.inputs->as_of) return value::unknown();
  const Value& found = place.closed->values[id.index][static_cast<size_t>(period)];
  // A total between two numbers decides nothing for one record.
  return found.state == value::State::given && !value::is_certain(found) ? value::unknown() : found;
}

namespace {

using Binary = Value (*)(const Value&, const Value&, uint32_t);

// The fold of what is there, or nothing. Strict: faults beat unknown, and unknown beats numbers.
std::optional<Value> fold_given(const std::vector<Value>& values, Binary combine, uint32_t point) {
  std::optional<Value> result;
  for (const Value& each : values) {
    if (value::is_absent(each)) continue;
    result = result ? combine(*result, each, point) : each;
  }
  return result;
}

Value count_true(const std::vector<Value>& values) {
  std::optional<Value> fault;
  int64_t sure = 0, possible = 0;
  for (const Value& each : values) {
    if (value::is_fault(each)) fault = fault ? value::first_fault(*fault, each) : each;
    if (value::is_true(each)) ++sure;
    if (value::is_unknown(each)) ++possible;
  }
  return fault ? *fault : value::interval(sure, sure + possible);
}

}  // namespace

Value over_periods(const Place& place, ir::DefinitionId id, ir::Fold fold) {
  const std::vector<Value>& values = place.closed->values[id.index];
  switch (fold) {
    case ir::Fold::sum: return fold_given(values, value::add, place.point).value_or(value::given(0));
    case ir::Fold::minimum: return fold_given(values, value::minimum, place.point).value_or(value::none());
    case ir::Fold::maximum: return fold_given(values, value::maximum, place.point).value_or(value::none());
    case ir::Fold::count_true: return count_true(values);
  }
  assert(false);
  return value::unknown();
}

Value prorate(const Place& place, const Value& amount) {
  assert(place.period_kind);
  const value::PeriodGrid& grid = grid_of(*place.tables, *place.period_kind);
  return value::scale_by(amount, grid.days_in_term[place.period], grid.days_total[place.period], place.point);
}

}  // namespace writ::interpret
