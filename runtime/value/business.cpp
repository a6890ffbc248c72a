// Business days on a calendar's table.

#include <algorithm>
#include <cassert>

#include "value/in_table.h"
#include "value/pause.h"

namespace writ::value {

namespace {

MaybeDate date_of_row(const CalendarTable& table, int64_t row) { return {static_cast<Date>(table.first + row), true}; }

// The date of the k-th business day of the table.
MaybeDate business_date(const CalendarTable& table, int64_t k) {
  if (k < 0 || k >= static_cast<int64_t>(table.business.size())) return {};
  return date_of_row(table, table.business[static_cast<size_t>(k)]);
}

// When a business day ends: at its close, or at a local time of day, moved into the day's own hours.
struct DayEnd {
  bool same_time = false;
  int64_t time_us = 0;  // since the day's midnight; 24 h and more in an overnight interval
};

Instant end_of(const CalendarTable& table, size_t row, const DayEnd& end) {
  if (!end.same_time) return table.days[row].close;
  Instant t = to_utc(table.zone, local_of(static_cast<Date>(table.first + static_cast<int64_t>(row)), end.time_us));
  size_t from = table.days[row].first_own, until = table.days[row + 1].first_own;
  for (size_t i = from; i < until; ++i) {
    if (t <= table.own[i].until) return std::max(t, table.own[i].from);
  }
  return from == until ? t : table.own[until - 1].until;
}

// Moves t into the opening hours of a business day: t itself where they hold it, else their next opening. Gives the row of the
// day to which that interval belongs; -1 when the table ends before.
int64_t move_into_hours(const CalendarTable& table, Instant& t) {
  int64_t row = row_of(table, t);
  if (row < 0 || t < table.known_from) return -1;
  int64_t found = -1;
  Instant best = forever;
  auto consider = [&](int64_t r) {
    if (!table.days[static_cast<size_t>(r)].is_business) return;
    for (size_t i = table.days[static_cast<size_t>(r)].first_own; i < table.days[static_cast<size_t>(r + 1)].first_own; ++i) {
      Instant start = std::max(t, table.own[i].from);
      if (table.own[i].until <= t || start >= best) continue;
      best = start;
      found = r;
    }
  };
  // t's own day first: where its hours and those of the night before both hold t, t belongs to its own day.
  consider(row);
  if (row > 0) consider(row - 1);
  for (int64_t r = row + 1; r + 1 < static_cast<int64_t>(table.days.size()) && table.days[static_cast<size_t>(r)].start < best; ++r) consider(r);
  t = best;
  return found;
}

}  // namespace

namespace in_table {

namespace {

Answer is_business_day(const CalendarTable& table, Date date) {
  int64_t row = row_of_date(table, date);
  if (row < 0) return {};
  return {table.days[static_cast<size_t>(row)].is_business, true};
}

MaybeDate shift_business_days(const CalendarTable& table, Date date, int64_t n) {
  int64_t row = row_of_date(table, date);
  if (row < 0) return {};
  const DayRow& day = table.days[static_cast<size_t>(row)];
  auto count = static_cast<int64_t>(table.business.size());
  if (n > count || n < -count) return {};
  int64_t k = day.business_before + n;
  if (n > 0 && !day.is_business) --k;  // the first after a closed day is the one that business_before would give
  return business_date(table, k);
}

MaybeDate next_business_day(const CalendarTable& table, Date date) { return in_table::shift_business_days(table, date, 1); }
MaybeDate previous_business_day(const CalendarTable& table, Date date) { return in_table::shift_business_days(table, date, -1); }

Amount business_days_between(const CalendarTable& table, Date a, Date b) {
  auto before = [&](Date date, int64_t& out) {
    if (date < table.first || date > table.last + 1) return false;
    out = table.days[static_cast<size_t>(date - table.first)].business_before;
    return true;
  };
  int64_t from = 0, until = 0;
  if (!before(a, from) || !before(b, until)) return {};
  return {until - from, true};
}

MaybeDate roll(const CalendarTable& table, Date date, Roll rule) {
  Answer business = in_table::is_business_day(table, date);
  if (!business.known) return {};
  if (business.value || rule == Roll::none) return {date, true};
  if (rule == Roll::preceding) return in_table::previous_business_day(table, date);
  MaybeDate after = in_table::next_business_day(table, date);
  if (rule == Roll::following) return after;
  // The next business day may lie beyond the table; when even the month ends inside, it is surely in another month.
  bool left_month = after.known ? last_of_month(after.date) != last_of_month(date) : last_of_month(date) <= table.last;
  if (left_month) return in_table::previous_business_day(table, date);
  return after;
}

Moment add_business_days_paused(const CalendarTable& table, Instant t, int64_t n, std::span<const Interval> pauses) {
  assert(n >= 0);
  Instant start = t;
  int64_t row = 0;
  DayEnd end;
  if (table.day_ends_same_time) {
    row = move_into_hours(table, start);
    if (row < 0) return {};
    end.same_time = true;
    end.time_us = to_local(table.zone, start) - local_of(static_cast<Date>(table.first + row), 0);
  } else {
    row = row_of(table, t);
    if (row < 0) return {};
  }
  const DayRow& day = table.days[static_cast<size_t>(row)];
  // n = 0 begins with the day itself; otherwise the day of t does not count.
  size_t k = day.business_before + (n > 0 && day.is_business ? 1u : 0u);
  if (pauses.empty() && n > 0 && !end.same_time) {  // all of them end after t
    if (n > static_cast<int64_t>(table.business.size())) return {};
    k += static_cast<size_t>(n - 1);
    if (k >= table.business.size()) return {};
    return {end_of(table, table.business[k], end), true};
  }
  for (int64_t left = std::max<int64_t>(n, 1); k < table.business.size(); ++k) {
    Instant ends = end_of(table, table.business[k], end);
    if (ends < start || is_paused(pauses, ends)) continue;
    if (--left == 0) return {ends, true};
  }
  return {};
}

}  // namespace

}  // namespace in_table

Answer is_business_day(const CalendarTable& table, Date date) { return ask(in_table::is_business_day, table, date); }
MaybeDate shift_business_days(const CalendarTable& table, Date date, int64_t n) { return ask(in_table::shift_business_days, table, date, n); }
MaybeDate next_business_day(const CalendarTable& table, Date date) { return shift_business_days(table, date, 1); }
MaybeDate previous_business_day(const CalendarTable& table, Date date) { return shift_business_days(table, date, -1); }
Amount business_days_between(const CalendarTable& table, Date a, Date b) { return ask(in_table::business_days_between, table, a, b); }
MaybeDate roll(const CalendarTable& table, Date date, Roll rule) { return ask(in_table::roll, table, date, rule); }
Moment add_business_days(const CalendarTable& table, Instant t, int64_t n) { return add_business_days_paused(table, t, n, {}); }
Moment add_business_days_paused(const CalendarTable& table, Instant t, int64_t n, std::span<const Interval> pauses) {
  return ask(in_table::add_business_days_paused, table, t, n, pauses);
}

}  // namespace writ::value
