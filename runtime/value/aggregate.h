#pragma once
// A fold over records that may be split anywhere: cells that add up in any order to the same bytes.
// docs/language/reference/aggregates.md states the rules; the numbers in brackets below are its.

#include <cstdint>

#include "value/value.h"

namespace writ::value {

enum class AggregateFold : uint8_t { count, sum, minimum, maximum, mean };

// Values beyond this size are an overflow of their record, not of the total: so 2^40 - 1 rows always fit 128 bits, and
// whether a sum overflows cannot depend on how the rows were split.
inline constexpr i128 aggregate_limit = static_cast<i128>(1) << 87;

// What is known about an aggregate before any record is seen. `low`..`high`: the declared range of its values, at their scale.
struct AggregateRule {
  AggregateFold fold = AggregateFold::count;
  bool has_range = false;
  bool may_be_absent = false;  // the value's type has an absence: an unknown value may turn out to be no value
  i128 low = 0;
  i128 high = 0;
};

// One (aggregate, period). All zero is the empty cell, the identity of combine_cells. No padding: equal meaning, equal bytes.
struct AggregateCell {
  int64_t n = 0;          // records that surely count
  int64_t uncertain = 0;  // records that may count, or whose value is not known
  int64_t unbounded = 0;  // uncertain ones whose value has no declared range
  int64_t faults = 0;     // uncertain ones because of a fault
  i128 lo = 0;            // sum: least and greatest total; mean: the total of the n; minimum, maximum: the extreme when n > 0
  i128 hi = 0;
};
static_assert(sizeof(AggregateCell) == 64);

// A rule whose range is wider than aggregate_limit has no range: its bounds could not be added up.
AggregateRule make_aggregate_rule(AggregateFold fold, bool may_be_absent, bool has_range, i128 low, i128 high);

// Where a record goes [A2].
enum class Contribution : uint8_t {
  nothing,   // the filter is false, there is no value, or no placing instant
  cell,      // add_to_cell of the period that holds the placing instant, or of the only cell
  outside,   // the placing instant is known and outside the term: counted, and nothing else
  unplaced,  // the placing instant is not known: no period's result can be told
};
// filter: truth, unknown or fault; given(1) without a filter. value: given(0) for count. placed: nullptr when the aggregate is
// over the whole term; `in_grid` says whether a given placing instant lies in the term.
Contribution contribution(const AggregateRule& rule, const Value& filter, const Value& value, const Value* placed, bool in_grid);

// Adds a record whose contribution is `cell`. The value, when given, is a whole number of its scale (asserted: no ratios).
void add_to_cell(AggregateCell& cell, const AggregateRule& rule, const Value& filter, const Value& value);

// Commutative and associative.
void combine_cells(AggregateCell& into, const AggregateCell& from, AggregateFold fold);

// The result [A4]. `unplaced`: records that could belong to any period; with one of them it is unknown. The mean is a ratio at
// the value's scale; `point` is that of the reading expression, for an overflow.
Value finish_cell(const AggregateCell& cell, const AggregateRule& rule, int64_t unplaced, uint32_t point);

}  // namespace writ::value
