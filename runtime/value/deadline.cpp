// Elapsed time, civil days and months, and clocks with pauses.

#include <algorithm>
#include <cassert>

#include "value/in_table.h"
#include "value/pause.h"

namespace writ::value {

namespace {

Moment end_of_known_day(const Zone& zone, int64_t date) {
  if (date < first_date || date >= last_date) return {};
  return {end_of_day(zone, static_cast<Date>(date)), true};
}

// Does an allowance run out within `available`? Where it uses all of it, the end of what is available is the deadline, unless
// the calendar carries it on to where time runs next; an allowance of nothing always needs a moment at which time runs.
bool runs_out(int64_t amount, int64_t available, bool carried_on) { return amount < available || (amount == available && amount > 0 && !carried_on); }

int64_t overlap(Instant a, Instant b, const Interval& pause) { return std::max<int64_t>(0, std::min(b, pause.until) - std::max(a, pause.from)); }

}  // namespace

Moment add_elapsed(Instant t, int64_t amount) {
  Moment m;
  m.known = !__builtin_add_overflow(t, amount, &m.at) && m.at != forever;
  return m.known ? m : Moment{};
}

Moment add_days(const Zone& zone, Instant t, int64_t n) {
  int64_t date = 0;
  if (__builtin_add_overflow(static_cast<int64_t>(date_of(zone, t)), n, &date)) return {};
  return end_of_known_day(zone, date);
}

Moment add_months(const Zone& zone, Instant t, int32_t months, MonthEnd rule) {
  std::optional<Date> date = add_months(date_of(zone, t), months, rule);
  return date ? end_of_known_day(zone, *date) : Moment{};
}

namespace in_table {

namespace {

Moment add_open_paused(const CalendarTable& table, Instant t, int64_t amount, std::span<const Interval> pauses) {
  assert(amount >= 0);
  if (!in_table::is_open(table, t).known) return {};
  PauseWalk walk{pauses};
  Interval pause;
  while (walk.next(pause)) {
    if (pause.until <= t) continue;
    if (pause.from > t) {
      if (pause.from >= table.known_until) break;
      Amount available = in_table::open_between(table, t, pause.from);
      if (!available.known) return {};
      if (runs_out(amount, available.value, table.runs_out_at_next_opening)) break;
      amount -= available.value;
    }
    if (pause.until == forever) return {};
    t = pause.until;
  }
  return in_table::add_open(table, t, amount);
}

Amount open_between_paused(const CalendarTable& table, Instant a, Instant b, std::span<const Interval> pauses) {
  if (b < a) {
    Amount backward = in_table::open_between_paused(table, b, a, pauses);
    return {-backward.value, backward.known};
  }
  Amount sum = in_table::open_between(table, a, b);
  if (!sum.known) return {};
  PauseWalk walk{pauses};
  Interval pause;
  while (walk.next(pause) && pause.from < b) {
    if (overlap(a, b, pause) == 0) continue;
    sum.value -= in_table::open_between(table, std::max(a, pause.from), std::min(b, pause.until)).value;
  }
  return sum;
}

}  // namespace

}  // namespace in_table

Moment add_open_paused(const CalendarTable& table, Instant t, int64_t amount, std::span<const Interval> pauses) {
  return ask(in_table::add_open_paused, table, t, amount, pauses);
}

Amount open_between_paused(const CalendarTable& table, Instant a, Instant b, std::span<const Interval> pauses) {
  return ask(in_table::open_between_paused, table, a, b, pauses);
}

Moment add_elapsed_paused(Instant t, int64_t amount, std::span<const Interval> pauses) {
  assert(amount >= 0);
  PauseWalk walk{pauses};
  Interval pause;
  while (walk.next(pause)) {
    if (pause.until <= t) continue;
    if (pause.from > t) {
      int64_t available = 0;
      if (__builtin_sub_overflow(pause.from, t, &available) || runs_out(amount, available, false)) break;
      amount -= available;
    }
    if (pause.until == forever) return {};
    t = pause.until;
  }
  return add_elapsed(t, amount);
}

int64_t elapsed_between_paused(Instant a, Instant b, std::span<const Interval> pauses) {
  if (b < a) return -elapsed_between_paused(b, a, pauses);
  int64_t sum = b - a;
  PauseWalk walk{pauses};
  Interval pause;
  while (walk.next(pause) && pause.from < b) sum -= overlap(a, b, pause);
  return sum;
}

}  // namespace writ::value
