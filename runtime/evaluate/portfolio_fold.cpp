// From slots of a block in a clean form into dense counts by period and agreement.
#include <cassert>

#include "evaluate/kernels.h"
#include "evaluate/marked_rows.h"
#include "evaluate/portfolio.h"
#include "evaluate/protocols.h"
#include "evaluate/run_block.h"

namespace writ::evaluate {

namespace {

using value::AggregateFold;

// Where the rows of a block fall: all into one period, or each into its own.
struct Places {
  const value::PeriodGrid* grid = nullptr;  // null: one place for all
  SlotView at;
  int64_t unit = 1;
  int64_t common = -1;  // the period of all rows; -1: they differ
};

Places find_places(const Tables& tables, const BlockView& block, uint32_t grid, uint32_t slot, int64_t unit) {
  Places places;
  places.common = 0;
  if (slot == no_index) return places;
  places = {&tables.grids[grid], slot_view(*block.stage, *block.memory, slot), unit, -1};
  const uint32_t bytes = lane_bytes(places.at.lane);
  if (bytes != 4 && bytes != 8) return places;
  const Range range = range_of(places.at.values, bytes, block.rows);
  if (range.low < INT64_MIN / unit || range.high > INT64_MAX / unit) return places;
  const int64_t first = value::index_of(*places.grid, range.low * unit);
  if (first >= 0 && range.high * unit < places.grid->bounds[static_cast<size_t>(first) + 1]) places.common = first;
  return places;
}

int64_t place_of(const Places& places, uint32_t row) {
  return places.common >= 0 ? places.common : value::index_of(*places.grid, number_at(places.at, row) * places.unit);
}

// `add(cell, row)` for every marked row, with where its period and agreement stand; `outside(row)` for those without a period.
template <class Add, class Outside>
void for_each_placed(const BlockView& block, const Mark& mark, const Places& places, const uint32_t* agreement, size_t agreements, Add add, Outside outside) {
  if (places.common >= 0) {
    const size_t first = static_cast<size_t>(places.common) * agreements;
    for_each_marked(block, mark, [&](uint32_t row) { add(first + agreement[row], row); });
    return;
  }
  for_each_marked(block, mark, [&](uint32_t row) {
    const int64_t period = place_of(places, row);
    if (period < 0) return outside(row);
    add(static_cast<size_t>(period) * agreements + agreement[row], row);
  });
}

template <class T, class Visit>
void add_numbers(const SlotView& value, uint32_t* counts, AggregateFold fold, T* numbers, Visit visit) {
  switch (fold) {
    case AggregateFold::count: visit([=](size_t cell, uint32_t) { counts[cell] += 1; }); return;
    case AggregateFold::sum:
    case AggregateFold::mean:
      visit([=](size_t cell, uint32_t row) {
        counts[cell] += 1;
        numbers[cell] += number_at(value, row);
      });
      return;
    case AggregateFold::minimum:
      visit([=](size_t cell, uint32_t row) {
        const T number = number_at(value, row);
        if (counts[cell] == 0 || number < numbers[cell]) numbers[cell] = number;
        counts[cell] += 1;
      });
      return;
    case AggregateFold::maximum:
      visit([=](size_t cell, uint32_t row) {
        const T number = number_at(value, row);
        if (counts[cell] == 0 || number > numbers[cell]) numbers[cell] = number;
        counts[cell] += 1;
      });
      return;
  }
}

void add_aggregate(const Program& program, const BlockView& block, const AggregateIn& in, const uint32_t* agreement, Portfolio& portfolio) {
  if (count_of(block, in.plain) == 0) return;
  const AggregateTable& table = program.tables.aggregates[in.aggregate];
  const Places places = find_places(program.tables, block, table.grid, in.placed, in.placed_unit);
  DenseTotals& dense = portfolio.totals[in.aggregate];
  SlotView value;
  if (in.value != no_index) value = slot_view(*block.stage, *block.memory, in.value);
  const auto outside = [&](uint32_t row) { own_state(program, portfolio, agreement[row]).outside[in.aggregate] += 1; };
  const auto visit = [&](auto add) { for_each_placed(block, in.plain, places, agreement, portfolio.inputs.agreements, add, outside); };
  const AggregateFold fold = in.value == no_index ? AggregateFold::count : table.rule.fold;
  if (!dense.wide_numbers.empty()) return add_numbers(value, dense.counts.data(), fold, dense.wide_numbers.data(), visit);
  add_numbers(value, dense.counts.data(), fold, dense.numbers.data(), visit);
}

// What falls due after the horizon is not marked.
void add_misses(const Program& program, const BlockView& block, const NotableIn& in, const uint32_t* agreement, Portfolio& portfolio) {
  if (count_of(block, in.certain) == 0) return;
  const RightTable& right = program.tables.rights[in.right];
  DenseMisses& misses = portfolio.misses[in.right];
  const Places places = find_places(program.tables, block, right.grid, in.due, 1);
  if (asks_for_dates(right)) {
    for_each_marked(block, in.certain, [&](uint32_t row) {
      if (place_of(places, row) >= 0) misses.dated.push_back({agreement[row], in.commitment, number_at(places.at, row)});
    });
    return;
  }
  uint32_t* counts = misses.counts.data();
  for_each_placed(block, in.certain, places, agreement, portfolio.inputs.agreements, [=](size_t cell, uint32_t) { counts[cell] += 1; }, [](uint32_t) {});
}

}  // namespace

void fold_dense(const Program& program, const BlockView& block, const uint32_t* agreement, Portfolio& portfolio) {
  uint32_t* admitted = portfolio.admitted[block.program->record].data();
  for (uint32_t row = 0; row < block.rows; ++row) admitted[agreement[row]] += 1;
  for (const AggregateIn& in : block.stage->aggregates) add_aggregate(program, block, in, agreement, portfolio);
  for (const NotableIn& in : block.stage->notables) add_misses(program, block, in, agreement, portfolio);
  portfolio.dense_rows += block.rows;
}

}  // namespace writ::evaluate
