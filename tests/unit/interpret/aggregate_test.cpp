// Aggregates against a twin that tries every way in which the doubtful records may turn out.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <random>
#include <vector>

#include "unit/interpret/small.h"
#include "value/aggregate.h"

namespace writ::value {
namespace {

// Around nothing, above it, below it: bounds treat the three alike only by accident.
struct Range {
  i128 low, high;
};
constexpr Range ranges[] = {{-2, 3}, {1, 4}, {-5, -1}};

struct Seen {
  Value filter, value;
};

// What one record may add: a number, or nothing.
using Ways = std::vector<std::optional<i128>>;

Ways ways_of(const Seen& seen, AggregateFold fold, bool may_be_absent, Range range) {
  Ways ways;
  if (is_false(seen.filter)) return {std::nullopt};
  if (!is_true(seen.filter)) ways.push_back(std::nullopt);
  if (fold == AggregateFold::count) {
    ways.push_back(0);
  } else if (seen.value.state == State::given) {
    ways.push_back(seen.value.lo);
  } else if (is_absent(seen.value)) {
    ways.push_back(std::nullopt);
  } else {
    for (i128 n = range.low; n <= range.high; ++n) ways.push_back(n);
    if (may_be_absent) ways.push_back(std::nullopt);
  }
  return ways;
}

// The exact result for one way: none when there is nothing to take an extreme or a mean of.
Value exact(AggregateFold fold, const std::vector<i128>& numbers) {
  i128 sum = 0;
  for (i128 n : numbers) sum += n;
  switch (fold) {
    case AggregateFold::count: return given(static_cast<i128>(numbers.size()));
    case AggregateFold::sum: return given(sum);
    case AggregateFold::minimum: return numbers.empty() ? none() : given(*std::min_element(numbers.begin(), numbers.end()));
    case AggregateFold::maximum: return numbers.empty() ? none() : given(*std::max_element(numbers.begin(), numbers.end()));
    case AggregateFold::mean: return numbers.empty() ? none() : ratio(sum, static_cast<i128>(numbers.size()), 0);
  }
  return none();
}

void all_ways(const std::vector<Ways>& ways, size_t at, std::vector<i128>& so_far, AggregateFold fold, std::vector<Value>& results) {
  if (at == ways.size()) {
    results.push_back(exact(fold, so_far));
    return;
  }
  for (const auto& way : ways[at]) {
    if (way) so_far.push_back(*way);
    all_ways(ways, at + 1, so_far, fold, results);
    if (way) so_far.pop_back();
  }
}

Value pick(std::mt19937& random, std::vector<Value> from) { return from[random() % from.size()]; }

Seen random_record(std::mt19937& random, bool may_be_absent, Range range) {
  Seen seen;
  seen.filter = pick(random, {truth(true), truth(true), truth(false), unknown(), fault(Fault::gap, 3)});
  const auto number = [&] { return given(range.low + static_cast<i128>(random() % static_cast<unsigned>(range.high - range.low + 1))); };
  std::vector<Value> values{number(), number(), unknown(), fault(Fault::overflow, 4)};
  if (may_be_absent) values.push_back(none());
  seen.value = pick(random, values);
  return seen;
}

bool holds(const Value& interval, const Value& v) {
  return !is_false(le(Value{.lo = interval.lo, .hi = interval.lo, .lo_den = interval.lo_den, .hi_den = interval.lo_den}, v, 0)) &&
         !is_false(le(v, Value{.lo = interval.hi, .hi = interval.hi, .lo_den = interval.hi_den, .hi_den = interval.hi_den}, 0));
}

void check_against_twin(AggregateFold fold, const std::vector<Seen>& records, bool may_be_absent, Range range) {
  const AggregateRule rule = make_aggregate_rule(fold, may_be_absent, true, range.low, range.high);
  AggregateCell cell;
  std::vector<Ways> ways;
  for (const Seen& seen : records) {
    ways.push_back(ways_of(seen, fold, may_be_absent, range));
    if (contribution(rule, seen.filter, seen.value, nullptr, true) == Contribution::cell) add_to_cell(cell, rule, seen.filter, seen.value);
  }
  const Value result = finish_cell(cell, rule, 0, 7);
  std::vector<Value> possible;
  std::vector<i128> none_yet;
  all_ways(ways, 0, none_yet, fold, possible);
  if (is_unknown(result)) {
    // Not told more often than needed: something must have been in doubt.
    CHECK(cell.uncertain > 0);
    return;
  }
  for (const Value& way : possible) {
    REQUIRE(is_absent(result) == is_absent(way));
    if (!is_absent(way)) CHECK(holds(result, way));
  }
  if (fold == AggregateFold::count || fold == AggregateFold::sum) {
    CHECK(std::any_of(possible.begin(), possible.end(), [&](const Value& way) { return way.lo == result.lo; }));
    CHECK(std::any_of(possible.begin(), possible.end(), [&](const Value& way) { return way.lo == result.hi; }));
  }
}

TEST_CASE("bounds hold every way in which doubtful records may turn out, and those of counts and sums are reached") {
  std::mt19937 random(1);
  for (int round = 0; round < 1500; ++round) {
    const bool may_be_absent = random() % 2 == 0;
    const Range range = ranges[round % 3];
    std::vector<Seen> records;
    for (size_t n = random() % 5; n > 0; --n) records.push_back(random_record(random, may_be_absent, range));
    for (int fold = 0; fold < 5; ++fold) check_against_twin(static_cast<AggregateFold>(fold), records, may_be_absent, range);
  }
}

TEST_CASE("cells add up to the same bytes in whatever order and grouping") {
  std::mt19937 random(2);
  for (int round = 0; round < 300; ++round) {
    for (int f = 0; f < 5; ++f) {
      const auto fold = static_cast<AggregateFold>(f);
      const AggregateRule rule = make_aggregate_rule(fold, true, round % 3 != 0, ranges[0].low, ranges[0].high);
      std::vector<Seen> records;
      for (int n = 0; n < 8; ++n) records.push_back(random_record(random, true, ranges[0]));
      AggregateCell whole;
      std::vector<AggregateCell> parts(3);
      for (const Seen& seen : records) {
        if (contribution(rule, seen.filter, seen.value, nullptr, true) != Contribution::cell) continue;
        add_to_cell(whole, rule, seen.filter, seen.value);
        add_to_cell(parts[random() % 3], rule, seen.filter, seen.value);
      }
      AggregateCell left = parts[0], right = parts[2];
      combine_cells(left, parts[1], fold);
      combine_cells(left, parts[2], fold);
      combine_cells(right, parts[1], fold);
      combine_cells(right, parts[0], fold);
      CHECK(std::memcmp(&left, &whole, sizeof whole) == 0);
      CHECK(std::memcmp(&right, &whole, sizeof whole) == 0);
    }
  }
}

TEST_CASE("where a record goes") {
  const AggregateRule rule = make_aggregate_rule(AggregateFold::sum, true, false, 0, 0);
  const Value yes = truth(true), some = given(1), when = given(5), no_time = not_yet(), no_idea = unknown(), bad = fault(Fault::gap, 1);
  CHECK(contribution(rule, truth(false), some, &no_idea, false) == Contribution::nothing);
  CHECK(contribution(rule, yes, none(), &no_idea, false) == Contribution::nothing);
  CHECK(contribution(rule, yes, some, &no_time, false) == Contribution::nothing);
  CHECK(contribution(rule, yes, some, &no_idea, false) == Contribution::unplaced);
  CHECK(contribution(rule, unknown(), some, &bad, false) == Contribution::unplaced);
  CHECK(contribution(rule, yes, some, &when, false) == Contribution::outside);
  CHECK(contribution(rule, yes, some, &when, true) == Contribution::cell);
  CHECK(contribution(rule, yes, some, nullptr, true) == Contribution::cell);
}

TEST_CASE("a value too large for any total is an error of its record, a doubtful one without a range makes the sum unknown") {
  const AggregateRule rule = make_aggregate_rule(AggregateFold::sum, false, false, 0, 0);
  AggregateCell cell;
  add_to_cell(cell, rule, truth(true), given(aggregate_limit));
  CHECK(finish_cell(cell, rule, 0, 1) == given(aggregate_limit));
  CHECK(finish_cell(cell, rule, 1, 1) == unknown());
  add_to_cell(cell, rule, truth(true), given(aggregate_limit + 1));
  CHECK(cell.faults == 1);
  CHECK(finish_cell(cell, rule, 0, 1) == unknown());
}

TEST_CASE("nothing: a count and a sum are 0, an extreme and a mean do not exist") {
  const AggregateCell empty;
  CHECK(finish_cell(empty, make_aggregate_rule(AggregateFold::count, false, false, 0, 0), 0, 1) == given(0));
  CHECK(finish_cell(empty, make_aggregate_rule(AggregateFold::sum, false, false, 0, 0), 0, 1) == given(0));
  CHECK(finish_cell(empty, make_aggregate_rule(AggregateFold::minimum, false, false, 0, 0), 0, 1) == none());
  CHECK(finish_cell(empty, make_aggregate_rule(AggregateFold::maximum, false, false, 0, 0), 0, 1) == none());
  CHECK(finish_cell(empty, make_aggregate_rule(AggregateFold::mean, false, false, 0, 0), 0, 1) == none());
}

}  // namespace
}  // namespace writ::value
