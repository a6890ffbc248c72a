// From slots of a finished block into cells and notables. Only rows that have something to add are touched: eight that have nothing
// cost one comparison.
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

// Rows that come in time order mostly lie in one period: then the block is added as a whole. False, and nothing added, where not.
bool add_block(const Target& target, const BlockView& block, const AggregateIn& in, const SlotView* value) {
  const AggregateFold fold = target.table.rule.fold;
  const bool sums = fold == AggregateFold::sum || fold == AggregateFold::mean;
  if (target.placed == nullptr || (fold != AggregateFold::count && !sums)) return false;
  if (sums && (value == nullptr || lane_bytes(value->lane) > 4)) return false;
  const uint32_t placed_bytes = lane_bytes(target.placed->lane);
  if (placed_bytes != 4 && placed_bytes != 8) return false;
  const Range placed = range_of(target.placed->values, placed_bytes, block.rows);
  if (placed.low < INT64_MIN / target.placed_unit || placed.high > INT64_MAX / target.placed_unit) return false;
  const int64_t period = target.finder->find(placed.low * target.placed_unit);
  if (period < 0 || placed.high * target.placed_unit >= target.finder->grid->bounds[static_cast<size_t>(period) + 1]) return false;
  AggregateCell& cell = target.state.cells[target.table.first + static_cast<uint32_t>(period) * target.table.stride];
  if (sums) {
    const uint8_t* marks = static_cast<const uint8_t*>(slot_view(*block.stage, *block.memory, in.plain.slot).values);
    const int64_t sum = sum_marked(value->values, lane_bytes(value->lane), marks, block.rows);
    cell.lo += sum;
    cell.hi += sum;
  }
  cell.n += count_of(block, in.plain);
  return true;
}

void add_plain(const Target& target, const BlockView& block, const AggregateIn& in, const SlotView* value) {
  const AggregateFold fold = target.table.rule.fold;
  if (in.plain.slot == no_index) {  // a count over the term: no row need be looked at
    target.state.cells[target.table.first].n += count_of(block, in.plain);
    return;
  }
  if (count_of(block, in.plain) == 0 || add_block(target, block, in, value)) return;
  for_each_marked(block, in.plain, [&](uint32_t row) {
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
  for (const AggregateIn& in : block.stage->aggregates) {
    const AggregateTable& table = tables.aggregates[in.aggregate];
    SlotView value, placed;
    if (in.value != no_index) value = slot_view(*block.stage, *block.memory, in.value);
    if (in.placed != no_index) placed = slot_view(*block.stage, *block.memory, in.placed);
    PeriodFinder finder{table.grid == no_index ? nullptr : &tables.grids[table.grid]};
    const Target target{table, state, in.aggregate, in.placed == no_index ? nullptr : &placed, in.placed_unit, &finder};
    const SlotView* amount = in.value == no_index ? nullptr : &value;
    add_plain(target, block, in, amount);
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
