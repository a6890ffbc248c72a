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

// The rows of a block that have something to add.
struct Marked {
  uint32_t count = 0;
  uint16_t rows[most_block_rows + 64];
};

// Of marked rows, those that add something else than 0 to a sum.
template <class T>
void find_amounts(const T* amounts, uint32_t block_rows, Marked& rows) {
  if (rows.count == block_rows) {
    rows.count = find_nonzero(amounts, sizeof(T), block_rows, rows.rows);
    return;
  }
  uint32_t count = 0;
  for (uint32_t i = 0; i < rows.count; ++i) {
    const uint16_t row = rows.rows[i];
    rows.rows[count] = row;
    count += amounts[row] != 0 ? 1 : 0;
  }
  rows.count = count;
}

// `add(cell, row)` for every marked row, with where its period and agreement stand; `outside(row)` for those without a period.
template <class Add, class Outside>
void for_each_placed(const Marked& marked, const Places& places, const uint32_t* agreement, size_t agreements, Add add, Outside outside) {
  if (places.common >= 0) {
    const size_t first = static_cast<size_t>(places.common) * agreements;
    for (uint32_t i = 0; i < marked.count; ++i) add(first + agreement[marked.rows[i]], marked.rows[i]);
    return;
  }
  for (uint32_t i = 0; i < marked.count; ++i) {
    const int64_t period = place_of(places, marked.rows[i]);
    if (period < 0) {
      outside(marked.rows[i]);
    } else {
      add(static_cast<size_t>(period) * agreements + agreement[marked.rows[i]], marked.rows[i]);
    }
  }
}

template <class T, class N, class Visit>
void add_numbers(const T* amounts, AggregateFold fold, uint32_t* counts, N* numbers, Visit visit) {
  switch (fold) {
    case AggregateFold::count: visit([=](size_t cell, uint32_t) { counts[cell] += 1; }); return;
    case AggregateFold::sum: visit([=](size_t cell, uint32_t row) { numbers[cell] += amounts[row]; }); return;
    case AggregateFold::mean:
      visit([=](size_t cell, uint32_t row) {
        counts[cell] += 1;
        numbers[cell] += amounts[row];
      });
      return;
    case AggregateFold::minimum:
      visit([=](size_t cell, uint32_t row) {
        if (counts[cell] == 0 || amounts[row] < numbers[cell]) numbers[cell] = amounts[row];
        counts[cell] += 1;
      });
      return;
    case AggregateFold::maximum:
      visit([=](size_t cell, uint32_t row) {
        if (counts[cell] == 0 || amounts[row] > numbers[cell]) numbers[cell] = amounts[row];
        counts[cell] += 1;
      });
      return;
  }
}

struct Adding {
  const Program& program;
  const BlockView& block;
  const uint32_t* agreement;
  Portfolio& portfolio;
  Marked marked;
  uint32_t marked_slot = no_index;  // whose rows `marked` holds
};

template <class T>
void add_amounts(Adding& adding, const AggregateIn& in, const void* values) {
  const AggregateTable& table = adding.program.tables.aggregates[in.aggregate];
  const Places places = find_places(adding.program.tables, adding.block, table.grid, in.placed, in.placed_unit);
  DenseTotals& dense = adding.portfolio.totals[in.aggregate];
  const T* amounts = static_cast<const T*>(values);
  const auto outside = [&](uint32_t row) { own_state(adding.program, adding.portfolio, adding.agreement[row]).outside[in.aggregate] += 1; };
  const AggregateFold fold = in.value == no_index ? AggregateFold::count : table.rule.fold;
  if (fold == AggregateFold::sum && places.common >= 0) {
    find_amounts(amounts, adding.block.rows, adding.marked);
    adding.marked_slot = no_index;
  }
  const auto visit = [&](auto add) { for_each_placed(adding.marked, places, adding.agreement, adding.portfolio.inputs.agreements, add, outside); };
  if (!dense.wide_numbers.empty()) return add_numbers(amounts, fold, dense.counts.data(), dense.wide_numbers.data(), visit);
  add_numbers(amounts, fold, dense.counts.data(), dense.numbers.data(), visit);
}

void find_rows(Adding& adding, const Mark& mark) {
  if (adding.marked_slot == mark.slot) return;
  const SlotView marks = slot_view(*adding.block.stage, *adding.block.memory, mark.slot);
  adding.marked.count = find_marked(static_cast<const uint8_t*>(marks.values), adding.block.rows, adding.marked.rows);
  adding.marked_slot = mark.slot;
}

void add_aggregate(Adding& adding, const AggregateIn& in) {
  if (!is_asked_for(adding.portfolio.totals[in.aggregate]) || count_of(adding.block, in.plain) == 0) return;
  find_rows(adding, in.plain);
  if (in.value == no_index) return add_amounts<int8_t>(adding, in, nullptr);
  const SlotView value = slot_view(*adding.block.stage, *adding.block.memory, in.value);
  switch (value.lane) {
    case Lane::truth:
    case Lane::i8: return add_amounts<int8_t>(adding, in, value.values);
    case Lane::i16: return add_amounts<int16_t>(adding, in, value.values);
    case Lane::i32: return add_amounts<int32_t>(adding, in, value.values);
    case Lane::i64: return add_amounts<int64_t>(adding, in, value.values);
    case Lane::whole: break;
  }
  assert(false);  // such rows are not added together
}

// What falls due after the horizon is not marked.
void add_misses(Adding& adding, const NotableIn& in) {
  if (count_of(adding.block, in.certain) == 0) return;
  const RightTable& right = adding.program.tables.rights[in.right];
  DenseMisses& misses = adding.portfolio.misses[in.right];
  const Places places = find_places(adding.program.tables, adding.block, right.grid, in.due, in.due_unit);
  find_rows(adding, in.certain);
  uint32_t* counts = misses.counts.data();
  const auto count = [=](size_t cell, uint32_t) { counts[cell] += 1; };
  for_each_placed(adding.marked, places, adding.agreement, adding.portfolio.inputs.agreements, count, [](uint32_t) {});
  if (!asks_for_dates(right)) return;
  for (uint32_t i = 0; i < adding.marked.count; ++i) {
    const uint32_t row = adding.marked.rows[i];
    if (place_of(places, row) >= 0) misses.dated.push_back({adding.agreement[row], in.commitment, number_at(places.at, row) * places.unit});
  }
}

}  // namespace

void fold_dense(const Program& program, const BlockView& block, const uint32_t* agreement, Portfolio& portfolio) {
  uint32_t* admitted = portfolio.admitted[block.program->record].data();
  for (uint32_t row = 0; portfolio.inputs.only.empty() && row < block.rows; ++row) admitted[agreement[row]] += 1;
  Adding adding{program, block, agreement, portfolio, {}};
  for (const AggregateIn& in : block.stage->aggregates) add_aggregate(adding, in);
  for (const NotableIn& in : block.stage->notables) add_misses(adding, in);
  portfolio.dense_rows += block.rows;
}

}  // namespace writ::evaluate
