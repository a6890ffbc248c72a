#include "value/aggregate.h"

#include <algorithm>
#include <cassert>

namespace writ::value {

namespace {

bool too_large(i128 number) { return number > aggregate_limit || number < -aggregate_limit; }

bool adds_up(AggregateFold fold) { return fold == AggregateFold::sum || fold == AggregateFold::mean; }

// A value that the totals could not hold counts as a faulty one.
State state_of(const AggregateRule& rule, const Value& value) {
  if (rule.fold == AggregateFold::count) return State::given;
  if (value.state != State::given) return value.state;
  assert(value.lo_den == 1 && value.hi_den == 1);
  if (adds_up(rule.fold) && (too_large(value.lo) || too_large(value.hi))) return State::fault;
  return is_certain(value) ? State::given : State::unknown;
}

void add_certain(AggregateCell& cell, AggregateFold fold, i128 number) {
  switch (fold) {
    case AggregateFold::count: break;
    case AggregateFold::sum:
    case AggregateFold::mean:
      cell.lo += number;
      cell.hi += number;
      break;
    case AggregateFold::minimum: cell.lo = cell.hi = cell.n == 0 ? number : std::min(cell.lo, number); break;
    case AggregateFold::maximum: cell.lo = cell.hi = cell.n == 0 ? number : std::max(cell.lo, number); break;
  }
  cell.n += 1;
}

// What a sum may be more or less by because of one record that is not certain.
void add_bounds(AggregateCell& cell, const AggregateRule& rule, bool surely_in, State state, const Value& value) {
  i128 low = rule.low;
  i128 high = rule.high;
  if (state == State::given) {
    low = high = value.lo;
  } else if (!rule.has_range) {
    cell.unbounded += 1;
    return;
  } else if (surely_in && !rule.may_be_absent) {
    cell.lo += low;
    cell.hi += high;
    return;
  }
  cell.lo += std::min<i128>(low, 0);
  cell.hi += std::max<i128>(high, 0);
}

}  // namespace

AggregateRule make_aggregate_rule(AggregateFold fold, bool may_be_absent, bool has_range, i128 low, i128 high) {
  AggregateRule rule;
  rule.fold = fold;
  rule.may_be_absent = may_be_absent;
  rule.has_range = has_range && !too_large(low) && !too_large(high);
  rule.low = rule.has_range ? low : 0;
  rule.high = rule.has_range ? high : 0;
  return rule;
}

Contribution contribution(const AggregateRule& rule, const Value& filter, const Value& value, const Value* placed, bool in_grid) {
  if (is_false(filter)) return Contribution::nothing;
  if (rule.fold != AggregateFold::count && is_absent(value)) return Contribution::nothing;
  if (placed == nullptr) return Contribution::cell;
  switch (placed->state) {
    case State::not_yet:
    case State::none: return Contribution::nothing;
    case State::unknown:
    case State::fault: return Contribution::unplaced;
    case State::given: return in_grid ? Contribution::cell : Contribution::outside;
  }
  return Contribution::unplaced;
}

void add_to_cell(AggregateCell& cell, const AggregateRule& rule, const Value& filter, const Value& value) {
  const State state = state_of(rule, value);
  const bool surely_in = is_true(filter);
  if (surely_in && state == State::given) {
    add_certain(cell, rule.fold, value.lo);
    return;
  }
  cell.uncertain += 1;
  if (state == State::fault || is_fault(filter) || is_absent(filter)) cell.faults += 1;
  switch (rule.fold) {
    case AggregateFold::count:
    case AggregateFold::minimum:
    case AggregateFold::maximum: break;
    case AggregateFold::sum: add_bounds(cell, rule, surely_in, state, value); break;
    case AggregateFold::mean: cell.unbounded += rule.has_range ? 0 : 1; break;
  }
}

void combine_cells(AggregateCell& into, const AggregateCell& from, AggregateFold fold) {
  switch (fold) {
    case AggregateFold::count:
    case AggregateFold::sum:
    case AggregateFold::mean:
      into.lo += from.lo;
      into.hi += from.hi;
      break;
    case AggregateFold::minimum:
      if (from.n > 0) into.lo = into.hi = into.n == 0 ? from.lo : std::min(into.lo, from.lo);
      break;
    case AggregateFold::maximum:
      if (from.n > 0) into.lo = into.hi = into.n == 0 ? from.lo : std::max(into.lo, from.lo);
      break;
  }
  into.n += from.n;
  into.uncertain += from.uncertain;
  into.unbounded += from.unbounded;
  into.faults += from.faults;
}

namespace {

Value finish_mean(const AggregateCell& cell, const AggregateRule& rule, uint32_t point) {
  if (cell.uncertain == 0) return cell.n == 0 ? none() : ratio(cell.lo, cell.n, point);
  // Without one sure answer the mean may not exist at all.
  if (cell.unbounded > 0 || cell.n == 0) return unknown();
  // The declared range holds every mean, so all the uncertain ones at one end are the extreme case.
  const i128 u = cell.uncertain;
  const i128 all = cell.n + u;
  Value least = ratio(cell.lo + u * rule.low, all, point);
  const Value most = ratio(cell.hi + u * rule.high, all, point);
  if (is_fault(least)) return least;
  if (is_fault(most)) return most;
  least.hi = most.hi;
  least.hi_den = most.hi_den;
  return least;
}

}  // namespace

Value finish_cell(const AggregateCell& cell, const AggregateRule& rule, int64_t unplaced, uint32_t point) {
  if (unplaced > 0) return unknown();
  switch (rule.fold) {
    case AggregateFold::count: return interval(cell.n, static_cast<i128>(cell.n) + cell.uncertain);
    case AggregateFold::sum: return cell.unbounded > 0 ? unknown() : interval(cell.lo, cell.hi);
    case AggregateFold::minimum:
    case AggregateFold::maximum:
      if (cell.uncertain > 0) return unknown();
      return cell.n == 0 ? none() : given(cell.lo);
    case AggregateFold::mean: return finish_mean(cell, rule, point);
  }
  return unknown();
}

}  // namespace writ::value
