// From slots of a finished block into cells and notables. Only rows that have something to add are touched: eight that have nothing
// cost one comparison.
#include <algorithm>
#include <cassert>

#include "evaluate/kernels.h"
#include "evaluate/marked_rows.h"
#include "evaluate/update.h"

namespace writ::evaluate {

namespace {

using value::AggregateCell;
using value::AggregateFold;

// Rows mostly come in time order, so the period of the row before is tried first.
struct PeriodFinder {
  const value::PeriodGrid* grid;
  int64_t last = 0;
  int64_t find(int64_t instant) {
    const size_t p = static_cast<size_t>(last);
    if (instant >= grid->bounds[p] && instant < grid->bounds[p + 1]) return last;
    const int64_t found = value::index_of(*grid, instant);
    if (found >= 0) last = found;
    return found;
  }
};

void add_number(AggregateCell& cell, AggregateFold fold, int64_t number) {
  switch (fold) {
    case AggregateFold::count: break;
    case AggregateFold::sum:
    case AggregateFold::mean:
      cell.lo += number;
      cell.hi += number;
      break;
    case AggregateFold::minimum:
      if (cell.n == 0 || number < cell.lo) cell.lo = cell.hi = number;
      break;
    case AggregateFold::maximum:
      if (cell.n == 0 || number > cell.lo) cell.lo = cell.hi = number;
      break;
  }
  cell.n += 1;
}

struct Target {
  const AggregateTable& table;
  State& state;
  uint32_t aggregate;
  const SlotView* placed;  // null: over the term
  int64_t placed_unit;
  PeriodFinder* finder;

  // Null when the row falls outside the term; that is counted.
  AggregateCell* cell_of(uint32_t row) const {
    if (placed == nullptr) return &state.cells[table.first];
    const int64_t period = finder->find(number_at(*placed, row) * placed_unit);
    if (period < 0) {
      state.outside[aggregate] += 1;
      return nullptr;
    }
    return &state.cells[table.first + static_cast<uint32_t>(period) * table.stride];
  }
};

// The places of all rows of a block, which several aggregates mostly share.
struct PlacedRange {
  uint32_t slot = no_index;
  Range range;
};

// Whether rows of one period can be added without looking at each.
bool adds_together(const Target& target, const SlotView* value) {
  const AggregateFold fold = target.table.rule.fold;
  const bool sums = fold == AggregateFold::sum || fold == AggregateFold::mean;
  if (target.placed == nullptr || (fold != AggregateFold::count && !sums)) return false;
  if (sums && (value == nullptr || lane_bytes(value->lane) > 4)) return false;
  const uint32_t placed_bytes = lane_bytes(target.placed->lane);
  return placed_bytes == 4 || placed_bytes == 8;
}

Range range_of_places(const Target& target, Rows rows) {
  const uint32_t bytes = lane_bytes(target.placed->lane);
  return range_of(static_cast<const std::byte*>(target.placed->values) + size_t{rows.first} * bytes, bytes, rows.count);
}

// Rows that come in time order mostly lie in one period: then they are added as a whole. False, and nothing added, where not.
bool add_together(const Target& target, const BlockView& block, const AggregateIn& in, const SlotView* value, Rows rows, Range placed) {
  if (placed.low < INT64_MIN / target.placed_unit || placed.high > INT64_MAX / target.placed_unit) return false;
  const int64_t period = target.finder->find(placed.low * target.placed_unit);
  if (period < 0 || placed.high * target.placed_unit >= target.finder->grid->bounds[static_cast<size_t>(period) + 1]) return false;
  AggregateCell& cell = target.state.cells[target.table.first + static_cast<uint32_t>(period) * target.table.stride];
  const uint8_t* marks = in.plain.slot == no_index ? nullptr : marks_of(block, in.plain) + rows.first;
  if (target.table.rule.fold != AggregateFold::count) {
    const uint32_t bytes = lane_bytes(value->lane);
    const int64_t sum = sum_marked(static_cast<const std::byte*>(value->values) + size_t{rows.first} * bytes, bytes, marks, rows.count);
    cell.lo += sum;
    cell.hi += sum;
  }
  if (marks == nullptr) {
    cell.n += rows.count;
  } else {
    cell.n += rows.count == block.rows ? count_of(block, in.plain) : sum_marked(marks, 1, marks, rows.count);
  }
  return true;
}

void add_one_by_one(const Target& target, const BlockView& block, const AggregateIn& in, const SlotView* value, Rows rows) {
  const AggregateFold fold = target.table.rule.fold;
  for_each_marked(block, in.plain, rows, [&](uint32_t row) {
    AggregateCell* cell = target.cell_of(row);
    if (cell == nullptr) return;
    if (value == nullptr) {
      cell->n += 1;
    } else if (value->lane == Lane::whole) {
      value::add_to_cell(*cell, target.table.rule, value::truth(true), value_at(*value, row));
    } else {
      add_number(*cell, fold, number_at(*value, row));
    }
  });
}

// Where a period ends within a block, only a few rows around its end are looked at.
constexpr uint32_t part_rows = 256, least_rows = 32;
static_assert(part_rows % least_rows == 0);

void add_parts(const Target& target, const BlockView& block, const AggregateIn& in, const SlotView* value, Rows rows, uint32_t size) {
  for (Rows part{rows.first, 0}; part.first < rows.first + rows.count; part.first += size) {
    part.count = std::min(size, rows.first + rows.count - part.first);
    if (add_together(target, block, in, value, part, range_of_places(target, part))) continue;
    if (size == least_rows) {
      add_one_by_one(target, block, in, value, part);
    } else {
      add_parts(target, block, in, value, part, least_rows);
    }
  }
}

void add_plain(const Target& target, const BlockView& block, const AggregateIn& in, const SlotView* value, PlacedRange& places) {
  if (in.plain.slot == no_index && value == nullptr && in.placed == no_index) {  // a count over the term: no row need be looked at
    target.state.cells[target.table.first].n += count_of(block, in.plain);
    return;
  }
  if (count_of(block, in.plain) == 0) return;
  const Rows all{0, block.rows};
  if (!adds_together(target, value)) return add_one_by_one(target, block, in, value, all);
  if (places.slot != in.placed) places = {in.placed, range_of_places(target, all)};
  if (add_together(target, block, in, value, all, places.range)) return;
  add_parts(target, block, in, value, all, part_rows);
}

void add_odd(const Target& target, const BlockView& block, const AggregateIn& in, const SlotView* value) {
  const SlotView filter = slot_view(*block.stage, *block.memory, in.filter);
  for_each_marked(block, in.odd, [&](uint32_t row) {
    const value::Value holds = value_at(filter, row);
    const value::Value amount = value == nullptr ? value::given(0) : value_at(*value, row);
    value::Value where;
    int64_t period = 0;
    if (target.placed != nullptr) {
      where = value_at(*target.placed, row);
      if (value::is_certain(where)) period = target.finder->find(static_cast<int64_t>(where.lo) * target.placed_unit);
    }
    switch (value::contribution(target.table.rule, holds, amount, target.placed == nullptr ? nullptr : &where, period >= 0)) {
      case value::Contribution::nothing: break;
      case value::Contribution::cell:
        value::add_to_cell(target.state.cells[target.table.first + static_cast<uint32_t>(period) * target.table.stride], target.table.rule, holds, amount);
        break;
      case value::Contribution::outside: target.state.outside[target.aggregate] += 1; break;
      case value::Contribution::unplaced: target.state.unplaced[target.aggregate] += 1; break;
    }
  });
}

}  // namespace

void fold_aggregates(const Tables& tables, const BlockView& block, State& state) {
  PlacedRange places;
  for (const AggregateIn& in : block.stage->aggregates) {
    const AggregateTable& table = tables.aggregates[in.aggregate];
    SlotView value, placed;
    if (in.value != no_index) value = slot_view(*block.stage, *block.memory, in.value);
    if (in.placed != no_index) placed = slot_view(*block.stage, *block.memory, in.placed);
    PeriodFinder finder{table.grid == no_index ? nullptr : &tables.grids[table.grid]};
    const Target target{table, state, in.aggregate, in.placed == no_index ? nullptr : &placed, in.placed_unit, &finder};
    const SlotView* amount = in.value == no_index ? nullptr : &value;
    add_plain(target, block, in, amount, places);
    if (count_of(block, in.odd) != 0) add_odd(target, block, in, amount);
  }
}

void fold_notables(const Tables& tables, const BlockView& block, State& state) {
  for (const NotableIn& in : block.stage->notables) {
    const RightTable& right = tables.rights[in.right];
    Notables& notables = state.notables[in.right];
    const SlotView due = slot_view(*block.stage, *block.memory, in.due);
    const auto add = [&](const Mark& mark, bool certain) {
      for_each_marked(block, mark, [&](uint32_t row) {
        const value::Value at = value_at(due, row);
        if (at.state != value::State::given) {
          notables.unplaced += 1;  // absent ones are not marked
          return;
        }
        const int64_t instant = static_cast<int64_t>(at.lo) * in.due_unit;
        if (instant >= state.inputs.as_of || value::index_of(tables.grids[right.grid], instant) < 0) return;
        add_notable(notables, right, {instant, in.commitment, certain}, 1);
      });
    };
    add(in.certain, true);
    add(in.possible, false);
  }
}

}  // namespace writ::evaluate
