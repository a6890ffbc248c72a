// Open time on a calendar's table.

#include "value/in_table.h"

#include <algorithm>
#include <cassert>

namespace writ::value {

namespace {

constexpr Moment not_known{};
Moment at(Instant t) { return {t, true}; }

// First interval that ends after t; t in [known_from, known_until].
size_t interval_after(const CalendarTable& table, Instant t) {
  auto day = static_cast<size_t>(static_cast<int64_t>(date_of_local(t)) - table.utc_day0);
  size_t i = table.interval_at[day];
  while (i < table.intervals.size() && table.intervals[i].until <= t) ++i;
  return i;
}

// Open microseconds of the table before t.
int64_t open_until(const CalendarTable& table, Instant t) {
  size_t i = interval_after(table, t);
  int64_t before = table.open_before[i];
  if (i < table.intervals.size() && t > table.intervals[i].from) before += t - table.intervals[i].from;
  return before;
}

// The interval i with open_before[i] <= x < open_before[i + 1]; 0 <= x < total.
size_t interval_of_open(const CalendarTable& table, int64_t x) {
  auto bucket = static_cast<size_t>(x / table.bucket);
  auto begin = table.open_before.begin();
  auto from = begin + table.interval_of_bucket[bucket];
  auto until = begin + table.interval_of_bucket[bucket + 1] + 1;
  if (until > table.open_before.end()) until = table.open_before.end();
  return static_cast<size_t>(std::upper_bound(from, until, x) - begin) - 1;
}

bool knows(const CalendarTable& table, Instant t) { return t >= table.known_from && t < table.known_until; }
bool knows_bound(const CalendarTable& table, Instant t) { return t >= table.known_from && t <= table.known_until; }

}  // namespace

namespace in_table {

Answer is_open(const CalendarTable& table, Instant t) {
  if (!knows(table, t)) return {};
  size_t i = interval_after(table, t);
  return {i < table.intervals.size() && table.intervals[i].from <= t, true};
}

Amount open_between(const CalendarTable& table, Instant a, Instant b) {
  if (!knows_bound(table, a) || !knows_bound(table, b)) return {};
  return {open_until(table, b) - open_until(table, a), true};
}

Moment add_open(const CalendarTable& table, Instant t, int64_t amount) {
  assert(amount >= 0);
  if (!knows(table, t)) return not_known;
  int64_t total = table.open_before.back(), sum = open_until(table, t);
  if (amount > total - sum) return not_known;
  sum += amount;
  if (amount > 0 && !table.runs_out_at_next_opening) {
    // The last microsecond of the allowance lies in that interval; the deadline is its end, at the close at the latest.
    size_t i = interval_of_open(table, sum - 1);
    return at(table.intervals[i].from + (sum - table.open_before[i]));
  }
  if (sum >= total) return not_known;  // the next opening lies beyond the table
  size_t i = interval_of_open(table, sum);
  return at(table.intervals[i].from + (sum - table.open_before[i]));
}

namespace {

Moment previous_close(const CalendarTable& table, Instant t) {
  if (!knows_bound(table, t)) return not_known;
  size_t i = interval_after(table, t);
  if (i == 0 || table.intervals[i - 1].until == table.known_until) return not_known;
  return at(table.intervals[i - 1].until);
}

Moment subtract_open(const CalendarTable& table, Instant t, int64_t amount) {
  assert(amount >= 0);
  if (!knows_bound(table, t)) return not_known;
  int64_t sum = open_until(table, t);
  if (amount > sum) return not_known;
  if (amount == 0) {
    // The mirror of "open time starts at t": time that ends at t ends there when the calendar was open just before.
    size_t i = interval_after(table, t);
    if (i < table.intervals.size() && table.intervals[i].from < t) return at(t);
    return in_table::previous_close(table, t);
  }
  size_t i = interval_of_open(table, sum - amount);
  return at(table.intervals[i].from + (sum - amount - table.open_before[i]));
}

Moment next_opening(const CalendarTable& table, Instant t) {
  if (!knows(table, t)) return not_known;
  size_t i = interval_after(table, t);
  if (i == table.intervals.size()) return not_known;
  return at(std::max(t, table.intervals[i].from));
}

Moment next_close(const CalendarTable& table, Instant t) {
  if (!knows(table, t)) return not_known;
  size_t i = interval_after(table, t);
  // An interval cut by the end of the table has no known close.
  if (i == table.intervals.size() || table.intervals[i].until == table.known_until) return not_known;
  return at(table.intervals[i].until);
}

Moment previous_opening(const CalendarTable& table, Instant t) {
  if (!knows(table, t)) return not_known;
  size_t i = interval_after(table, t);
  if (i < table.intervals.size() && table.intervals[i].from <= t) ++i;
  if (i == 0 || table.intervals[i - 1].from == table.known_from) return not_known;
  return at(table.intervals[i - 1].from);
}

}  // namespace

}  // namespace in_table

Answer is_open(const CalendarTable& table, Instant t) { return ask(in_table::is_open, table, t); }
Amount open_between(const CalendarTable& table, Instant a, Instant b) { return ask(in_table::open_between, table, a, b); }
Moment add_open(const CalendarTable& table, Instant t, int64_t amount) { return ask(in_table::add_open, table, t, amount); }
Moment subtract_open(const CalendarTable& table, Instant t, int64_t amount) { return ask(in_table::subtract_open, table, t, amount); }
Moment next_opening(const CalendarTable& table, Instant t) { return ask(in_table::next_opening, table, t); }
Moment next_close(const CalendarTable& table, Instant t) { return ask(in_table::next_close, table, t); }
Moment previous_opening(const CalendarTable& table, Instant t) { return ask(in_table::previous_opening, table, t); }
Moment previous_close(const CalendarTable& table, Instant t) { return ask(in_table::previous_close, table, t); }

}  // namespace writ::value
