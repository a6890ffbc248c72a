// What rules read of parameters, of the period, of totals and of other periods.
#include <cassert>

#include "evaluate/codes.h"
#include "evaluate/rt_values.h"
#include "value/aggregate.h"

namespace writ::evaluate {

using value::State;
using value::Value;

namespace {

void fill(Value* out, const Value& v, uint64_t n) {
  for (uint64_t i = 0; i < n; ++i) out[i] = v;
}

const Value& closed_value(const Frame& frame, uint32_t definition) {
  const DefinitionTable& table = frame.tables->definitions[definition];
  return frame.closed[table.first + (table.grain == GrainOf::period ? frame.period : 0)];
}

Value period_value(const Frame& frame, const Operation& operation, const Value& instant) {
  if (value::is_absent(instant)) return value::none();
  Problem problem;
  weigh(problem, instant, operation.point);
  if (problem.any) return problem.instead;
  const DefinitionTable& table = frame.tables->definitions[operation.index];
  const value::PeriodGrid& grid = frame.tables->grids[table.of];
  const int64_t period = value::index_of(grid, static_cast<int64_t>(instant.lo));
  if (period < 0) return value::none();
  // Further records may still come into a period that is not over.
  if (operation.index2 != 0 && grid.bounds[static_cast<size_t>(period) + 1] > frame.as_of) return value::unknown();
  const Value& found = frame.closed[table.first + static_cast<uint64_t>(period)];
  // A total between two numbers decides nothing for one record.
  return found.state == State::given && !value::is_certain(found) ? value::unknown() : found;
}

Value folded(std::span<const Value> values, PeriodFold fold, uint32_t point) {
  Value all;
  bool any = false;
  for (const Value& v : values) {
    if (value::is_absent(v)) continue;
    if (!any) {
      all = v;
    } else if (fold == PeriodFold::sum) {
      all = value::add(all, v, point);
    } else {
      all = fold == PeriodFold::minimum ? value::minimum(all, v, point) : value::maximum(all, v, point);
    }
    any = true;
  }
  if (any) return all;
  return fold == PeriodFold::sum ? value::given(0) : value::none();
}

Value count_true(std::span<const Value> values) {
  int64_t sure = 0, possible = 0;
  Value broken = value::unknown();
  for (const Value& v : values) {
    if (value::is_fault(v)) broken = value::is_fault(broken) ? value::first_fault(broken, v) : v;
    if (value::is_true(v)) sure += 1;
    if (value::is_unknown(v)) possible += 1;
  }
  return value::is_fault(broken) ? broken : value::interval(sure, sure + possible);
}

}  // namespace

}  // namespace writ::evaluate

using namespace writ::evaluate;

WRIT_RT_WHOLE(param) { fill(out, frame->params[operation->index], n); }
WRIT_RT_WHOLE(closed) { fill(out, closed_value(*frame, operation->index), n); }
WRIT_RT_WHOLE(as_of) { fill(out, writ::value::given(frame->as_of), n); }
WRIT_RT_WHOLE(period_start) { fill(out, writ::value::given(frame->tables->grids[operation->index].bounds[frame->period]), n); }
WRIT_RT_WHOLE(period_end) { fill(out, writ::value::given(frame->tables->grids[operation->index].bounds[frame->period + 1]), n); }

WRIT_RT_WHOLE(aggregate) {
  const AggregateTable& table = frame->tables->aggregates[operation->index];
  const uint64_t period = table.grid == no_index ? 0 : frame->period;
  const writ::value::AggregateCell& cell = frame->cells[table.first + period * table.stride];
  fill(out, writ::value::finish_cell(cell, table.rule, frame->unplaced[operation->index], operation->point), n);
}

WRIT_RT_WHOLE(at_period) {
  for (uint64_t i = 0; i < n; ++i) out[i] = period_value(*frame, *operation, operands[0][i]);
}

WRIT_RT_WHOLE(over_periods) {
  const DefinitionTable& table = frame->tables->definitions[operation->index];
  assert(table.grain == GrainOf::period);
  const std::span<const writ::value::Value> values(frame->closed + table.first, static_cast<size_t>(writ::value::period_count(frame->tables->grids[table.of])));
  const PeriodFold fold = static_cast<PeriodFold>(operation->index2);
  fill(out, fold == PeriodFold::count_true ? count_true(values) : folded(values, fold, operation->point), n);
}

WRIT_RT_WHOLE(prorate) {
  const writ::value::PeriodGrid& grid = frame->tables->grids[operation->index];
  const int32_t days = grid.days_in_term[frame->period];
  const int32_t total = grid.days_total[frame->period];
  for (uint64_t i = 0; i < n; ++i) out[i] = writ::value::scale_by(operands[0][i], days, total, operation->point);
}
