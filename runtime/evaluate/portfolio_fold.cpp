// From slots of a block in a clean form into dense counts by period and agreement.
#include <cassert>
#include <limits>

#include "evaluate/kernels.h"
#include "evaluate/marked_rows.h"
#include "evaluate/portfolio.h"
#include "evaluate/protocols.h"
#include "evaluate/run_block.h"

namespace writ::evaluate {

namespace {

using value::AggregateFold;

struct Adding {
  const Program& program;
  const BlockView& block;
  const uint32_t* agreement;
  Portfolio& portfolio;
  FoldMemory& memory;
  Mark marked;                      // whose rows memory.marked holds
  uint32_t placed_slot = no_index;  // of which `placed` is the range over all rows of the block
  Range placed;
};

// Rows of one period.
struct Group {
  int64_t period = 0;  // -1: outside the term
  const uint16_t* rows = nullptr;
  uint32_t count = 0;
};

// --- Which rows -------------------------------------------------------------------------------------------------------

const RowList& find_rows(Adding& adding, const Mark& mark) {
  RowList& marked = adding.memory.marked;
  if (adding.marked.count != no_index && adding.marked.slot == mark.slot && adding.marked.equals == mark.equals) return marked;
  adding.marked = mark;
  if (mark.slot == no_index) {
    marked.count = adding.block.rows;
    for (uint32_t row = 0; row < adding.block.rows; ++row) marked.rows[row] = static_cast<uint16_t>(row);
  } else {
    const SlotView slot = slot_view(*adding.block.stage, *adding.block.memory, mark.slot);
    assert(lane_bytes(slot.lane) == 1);
    marked.count = find_equal(static_cast<const uint8_t*>(slot.values), static_cast<uint8_t>(mark.equals), adding.block.rows, marked.rows);
  }
  return marked;
}

template <class T>
void find_amounts(const RowList& rows, const T* amounts, RowList& out) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < rows.count; ++i) {
    out.rows[count] = rows.rows[i];
    count += amounts[rows.rows[i]] != 0 ? 1 : 0;
  }
  out.count = count;
}

// `use` with the numbers of a slot.
template <class Use>
void with_slot(const SlotView& slot, Use use) {
  switch (slot.lane) {
    case Lane::truth:
    case Lane::i8: return use(static_cast<const int8_t*>(slot.values));
    case Lane::i16: return use(static_cast<const int16_t*>(slot.values));
    case Lane::i32: return use(static_cast<const int32_t*>(slot.values));
    case Lane::i64: return use(static_cast<const int64_t*>(slot.values));
    case Lane::whole: break;
  }
  assert(false);  // such rows are not added together
}

// Of marked rows, those that add something else than 0 to a sum.
const RowList& find_amounts(Adding& adding, const Mark& mark, const SlotView& value) {
  RowList& out = adding.memory.amounted;
  if (mark.slot == no_index) {
    out.count = find_nonzero(value.values, lane_bytes(value.lane), adding.block.rows, out.rows);
    return out;
  }
  const RowList& rows = find_rows(adding, mark);
  with_slot(value, [&](const auto* amounts) { find_amounts(rows, amounts, out); });
  return out;
}

// --- Their periods ----------------------------------------------------------------------------------------------------

// Rows mostly come in time order, so the period of the row before is tried first.
struct PeriodFinder {
  const value::PeriodGrid& grid;
  size_t& last;  // perhaps of another grid
  int64_t find(int64_t instant) {
    if (last + 1 < grid.bounds.size() && instant >= grid.bounds[last] && instant < grid.bounds[last + 1]) return static_cast<int64_t>(last);
    const int64_t found = value::index_of(grid, instant);
    if (found >= 0) last = static_cast<size_t>(found);
    return found;
  }
};

template <class T>
Range range_of_rows(const T* places, const RowList& rows) {
  T low = places[rows.rows[0]], high = low;
  for (uint32_t i = 1; i < rows.count; ++i) {
    const T place = places[rows.rows[i]];
    low = place < low ? place : low;
    high = place > high ? place : high;
  }
  return {low, high};
}

// Between what the places of marked rows lie, or of all.
Range range_of_places(Adding& adding, const Mark& mark, uint32_t slot, const SlotView& places) {
  constexpr uint32_t few = 16;  // a row looked at by itself takes as long as so many side by side
  if (adding.placed_slot == slot) return adding.placed;
  const uint32_t bytes = lane_bytes(places.lane);
  if (bytes < 4 || count_of(adding.block, mark) * few < adding.block.rows) {
    const RowList& rows = find_rows(adding, mark);
    Range range;
    with_slot(places, [&](const auto* all) { range = range_of_rows(all, rows); });
    return range;
  }
  adding.placed_slot = slot;
  adding.placed = range_of(places.values, bytes, adding.block.rows);
  return adding.placed;
}

struct Place {
  int64_t common = 0;       // the period in which all marked rows lie, or -1
  bool all_inside = false;  // surely none of them lies outside the term
};

// Without a slot all lie in the first period.
Place find_place(Adding& adding, const Mark& mark, uint32_t grid, uint32_t slot, int64_t unit) {
  if (slot == no_index) return {0, true};
  const Range range = range_of_places(adding, mark, slot, slot_view(*adding.block.stage, *adding.block.memory, slot));
  if (range.low < INT64_MIN / unit || range.high > INT64_MAX / unit) return {-1, false};
  const value::PeriodGrid& periods = adding.program.tables.grids[grid];
  const int64_t first = PeriodFinder{periods, adding.memory.last_period}.find(range.low * unit);
  const bool common = first >= 0 && range.high * unit < periods.bounds[static_cast<size_t>(first) + 1];
  return {common ? first : -1, first >= 0 && range.high * unit < periods.bounds.back()};
}

// Rows brought into the order of their periods, and `add` for each period.
template <class Add>
void for_each_period(Adding& adding, const RowList& rows, uint32_t grid_index, uint32_t slot, int64_t unit, Add add) {
  const value::PeriodGrid& grid = adding.program.tables.grids[grid_index];
  const SlotView places = slot_view(*adding.block.stage, *adding.block.memory, slot);
  FoldMemory& memory = adding.memory;
  memory.starts.assign(static_cast<size_t>(value::period_count(grid)) + 2, 0);  // by period + 1
  PeriodFinder finder{grid, memory.last_period};
  for (uint32_t i = 0; i < rows.count; ++i) {
    memory.periods[i] = static_cast<uint32_t>(finder.find(number_at(places, rows.rows[i]) * unit) + 1);
    memory.starts[memory.periods[i]] += 1;
  }
  uint32_t start = 0;
  for (uint32_t& at : memory.starts) {
    const uint32_t count = at;
    at = start;
    start += count;
  }
  for (uint32_t i = 0; i < rows.count; ++i) memory.sorted.rows[memory.starts[memory.periods[i]]++] = rows.rows[i];
  start = 0;
  for (size_t i = 0; i < memory.starts.size(); ++i) {
    const uint32_t end = memory.starts[i];
    if (end != start) add(Group{static_cast<int64_t>(i) - 1, memory.sorted.rows + start, end - start});
    start = end;
  }
}

// --- What they add ----------------------------------------------------------------------------------------------------

void add_ones(const Adding& adding, const Group& group, DenseCells& cells) {
  const size_t period = static_cast<size_t>(group.period);
  make_room(cells, period, group.count);
  with_numbers(cells, period, [&](auto* numbers) {
    for (uint32_t i = 0; i < group.count; ++i) numbers[adding.agreement[group.rows[i]]] += 1;
  });
}

template <class T>
void add_sums(const Adding& adding, const Group& group, const T* amounts, DenseCells& cells) {
  uint64_t all = 0;
  for (uint32_t i = 0; i < group.count; ++i) {
    const uint64_t amount = without_sign(amounts[group.rows[i]]);
    all = sizeof(T) < sizeof(int64_t) ? all + amount : add_amount(all, amount);  // a block has few rows
  }
  if (all == 0) return;
  const size_t period = static_cast<size_t>(group.period);
  make_room(cells, period, all);
  with_numbers(cells, period, [&](auto* numbers) {
    using N = std::remove_pointer_t<decltype(numbers)>;
    for (uint32_t i = 0; i < group.count; ++i) {
      const uint32_t row = group.rows[i];
      N& number = numbers[adding.agreement[row]];
      number = static_cast<N>(number + static_cast<N>(amounts[row]));
    }
  });
}

// Counts too, because the first one is taken whatever it is.
void add_extremes(const Adding& adding, const Group& group, const SlotView& value, bool least, DenseTotals& dense) {
  const size_t period = static_cast<size_t>(group.period);
  make_room(dense.counts, period, group.count);
  int64_t* extremes = dense.extremes.data() + period * dense.counts.agreements;
  with_numbers(dense.counts, period, [&](auto* counts) {
    for (uint32_t i = 0; i < group.count; ++i) {
      const uint32_t agreement = adding.agreement[group.rows[i]];
      const int64_t number = number_at(value, group.rows[i]);
      if (counts[agreement] == 0 || (least ? number < extremes[agreement] : number > extremes[agreement])) extremes[agreement] = number;
      counts[agreement] += 1;
    }
  });
}

void add_outside(Adding& adding, const Group& group, uint32_t aggregate) {
  for (uint32_t i = 0; i < group.count; ++i) {
    own_state(adding.program, adding.portfolio, adding.agreement[group.rows[i]]).outside[aggregate] += 1;
  }
}

void add_group(Adding& adding, const Group& group, const AggregateIn& in) {
  if (group.period < 0) return add_outside(adding, group, in.aggregate);
  DenseTotals& dense = adding.portfolio.totals[in.aggregate];
  SlotView value;
  if (in.value != no_index) value = slot_view(*adding.block.stage, *adding.block.memory, in.value);
  switch (in.value == no_index ? AggregateFold::count : adding.program.tables.aggregates[in.aggregate].rule.fold) {
    case AggregateFold::count: return add_ones(adding, group, dense.counts);
    case AggregateFold::mean: add_ones(adding, group, dense.counts); [[fallthrough]];
    case AggregateFold::sum: return with_slot(value, [&](const auto* amounts) { add_sums(adding, group, amounts, dense.sums); });
    case AggregateFold::minimum: return add_extremes(adding, group, value, true, dense);
    case AggregateFold::maximum: return add_extremes(adding, group, value, false, dense);
  }
}

void add_aggregate(Adding& adding, const AggregateIn& in) {
  if (!is_asked_for(adding.portfolio.totals[in.aggregate]) || count_of(adding.block, in.plain) == 0) return;
  const AggregateTable& table = adding.program.tables.aggregates[in.aggregate];
  const auto add = [&](const Group& group) { add_group(adding, group, in); };
  const Place place = find_place(adding, in.plain, table.grid, in.placed, in.placed_unit);
  const bool sums = in.value != no_index && table.rule.fold == AggregateFold::sum && place.all_inside;
  const RowList& rows = sums ? find_amounts(adding, in.plain, slot_view(*adding.block.stage, *adding.block.memory, in.value)) : find_rows(adding, in.plain);
  if (place.common < 0) return for_each_period(adding, rows, table.grid, in.placed, in.placed_unit, add);
  if (rows.count != 0) add({place.common, rows.rows, rows.count});
}

// What falls due after the horizon is not marked.
void add_misses(Adding& adding, const NotableIn& in) {
  if (count_of(adding.block, in.certain) == 0) return;
  const RightTable& right = adding.program.tables.rights[in.right];
  DenseMisses& misses = adding.portfolio.misses[in.right];
  const SlotView due = slot_view(*adding.block.stage, *adding.block.memory, in.due);
  const auto add = [&](const Group& group) {
    if (group.period < 0) return;
    add_ones(adding, group, misses.counts);
    for (uint32_t i = 0; asks_for_dates(right) && i < group.count; ++i) {
      misses.dated.push_back({adding.agreement[group.rows[i]], in.commitment, number_at(due, group.rows[i]) * in.due_unit});
    }
  };
  const Place place = find_place(adding, in.certain, right.grid, in.due, in.due_unit);
  const RowList& rows = find_rows(adding, in.certain);
  if (place.common < 0) return for_each_period(adding, rows, right.grid, in.due, in.due_unit, add);
  add({place.common, rows.rows, rows.count});
}

}  // namespace

void fold_dense(const Program& program, const BlockView& block, const uint32_t* agreement, Portfolio& portfolio) {
  if (!portfolio.fold) portfolio.fold = std::make_unique<FoldMemory>();
  Adding adding{program, block, agreement, portfolio, *portfolio.fold, {}, no_index, {}};
  if (portfolio.inputs.only.empty()) {
    add_ones(adding, {0, find_rows(adding, {0, no_index}).rows, block.rows}, portfolio.admitted[block.program->record]);
  }
  for (const AggregateIn& in : block.stage->aggregates) add_aggregate(adding, in);
  for (const NotableIn& in : block.stage->notables) add_misses(adding, in);
  portfolio.dense_rows += block.rows;
}

}  // namespace writ::evaluate
