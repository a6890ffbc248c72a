#pragma once
// Civil dates of the proleptic Gregorian calendar: arithmetic without zones and without a clock.
// A date is a count of days since 1970-01-01; an instant is microseconds since 1970-01-01T00:00Z; a *local* time is
// microseconds since 1970-01-01T00:00 as a wall clock shows it, of whatever zone.

#include <cstdint>
#include <optional>

namespace writ::value {

using Date = int32_t;
using Instant = int64_t;
using Local = int64_t;

inline constexpr int64_t us_per_second = 1'000'000;
inline constexpr int64_t us_per_minute = 60 * us_per_second;
inline constexpr int64_t us_per_hour = 60 * us_per_minute;
inline constexpr int64_t us_per_day = 24 * us_per_hour;

// Dates that have a text: 0001-01-01 to 9999-12-31. Arithmetic that would leave them has no answer.
inline constexpr Date first_date = -719162;
inline constexpr Date last_date = 2932896;

struct Civil {
  int32_t year = 1970;
  int32_t month = 1;  // 1..12
  int32_t day = 1;    // 1..31
};

// month 1..12; a day beyond the month simply runs on. Algorithm: Howard Hinnant, "chrono-compatible low-level date algorithms".
Date days_from_civil(int32_t year, int32_t month, int32_t day);
Civil civil_from_days(Date date);
bool is_leap(int32_t year);
int days_in_month(int32_t year, int32_t month);
bool is_valid(int32_t year, int32_t month, int32_t day);
// Monday 0 .. Sunday 6.
int weekday(Date date);

// Where 31 January + 1 month lands.
enum class MonthEnd : uint8_t {
  none,        // no rule: there is no answer
  last_day,    // 28 or 29 February
  next_first,  // 1 March
};

// The same day `months` later (or earlier, when negative), computed in one step. No answer when the day is missing and the
// rule is MonthEnd::none, or outside the years 1..9999. A year is 12 months.
std::optional<Date> add_months(Date date, int32_t months, MonthEnd rule);

Date first_of_month(Date date);
// Last day of the date's month.
Date last_of_month(Date date);

// Easter Sunday of the Gregorian calendar (year >= 1583). The anonymous algorithm of Meeus, Jones and Butcher
// (J. Meeus, Astronomical Algorithms, 2nd ed., chapter 8).
Date easter_sunday(int32_t year);
// n = 1: the first such weekday of the month. No answer when the month has no n-th one. weekday Monday 0 .. Sunday 6.
std::optional<Date> nth_weekday_of_month(int32_t year, int32_t month, int weekday, int n);
Date last_weekday_of_month(int32_t year, int32_t month, int weekday);

// Date of a local time, and microseconds since its midnight (0 .. us_per_day - 1); right for times before 1970 too.
inline Date date_of_local(Local local) {
  int64_t day = local / us_per_day;
  if (local % us_per_day < 0) --day;
  return static_cast<Date>(day);
}
inline int64_t time_of_local(Local local) {
  int64_t rest = local % us_per_day;
  return rest < 0 ? rest + us_per_day : rest;
}
inline Local local_of(Date date, int64_t time_us) { return static_cast<int64_t>(date) * us_per_day + time_us; }

}  // namespace writ::value

#include "value/civil_text.h"
