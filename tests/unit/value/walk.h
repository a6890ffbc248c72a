#pragma once
// The naive twin of calendars and clocks: a walk over every minute of a few weeks, with the C library's clock. Everything is
// read off the rules as they are written; nothing is shared with the functions under test but the plain structs.

#include <string>
#include <vector>

#include "value/clock.h"

namespace writ::value::test {

struct WalkDay {
  Date date = 0;
  bool business = false;
  bool closed_by_holiday = false;
  std::vector<char> open;  // per minute of the walk: open by an interval that starts on this date
  Instant close = 0;
};

struct Walk {
  Instant origin = 0;  // minute 0
  std::vector<Local> shown;
  std::vector<Local> reached;  // the highest that the clock has shown so far
  std::vector<char> open;
  std::vector<WalkDay> days;  // rules.first .. rules.last
  int known_from = 0;
  int known_until = 0;
  bool same_time = false;
  bool carried_on = false;

  int minutes() const { return static_cast<int>(shown.size()); }
  int minute_of(Instant t) const { return static_cast<int>((t - origin) / us_per_minute); }
  Instant at(int minute) const { return origin + minute * us_per_minute; }
  Date date_at(int minute) const { return date_of_local(reached[static_cast<size_t>(minute)]); }
};

// The zone of the rules must be the system's zone of that name.
Walk walk(const CalendarRules& rules, const std::string& zone_name);

// Which minutes the clock is paused; marks[m] for the minute that starts at w.at(m).
std::vector<char> paused_minutes(const Walk& w, const std::vector<Interval>& pauses);

Moment walk_add_open(const Walk& w, int from, int amount, const std::vector<char>& paused);
Moment walk_subtract_open(const Walk& w, int from, int amount);
Moment walk_business_days(const Walk& w, int from, int n, const std::vector<char>& paused);
LedgerKind walk_kind(const Walk& w, int minute, const std::vector<char>& paused);

}  // namespace writ::value::test
