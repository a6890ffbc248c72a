#pragma once
// A time zone: how far its wall clock is from UTC at every instant. Built from the bytes of a TZif file (RFC 8536, versions 1
// to 3 with the POSIX rule of the footer); nothing here opens a file. The rule carries on for ever, so that summer time does
// not end with the last transition that the file lists.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "value/civil.h"

namespace writ::value {

// One end of summer time, as POSIX TZ writes it.
struct RuleDay {
  enum class Kind : uint8_t { julian_no_leap, day_of_year, month_week_day };
  Kind kind = Kind::month_week_day;
  int32_t day = 0;    // julian: 1..365; day_of_year: 0..365; month_week_day: 0 (Sunday) .. 6
  int32_t month = 0;  // 1..12
  int32_t week = 0;   // 1..5, 5 is the last
  int32_t seconds = 7200;
};

struct PosixRule {
  bool present = false;
  bool has_summer = false;
  int32_t standard_offset = 0;  // seconds east of UTC
  int32_t summer_offset = 0;
  RuleDay summer_starts;
  RuleDay summer_ends;
};

struct Zone {
  std::vector<Instant> transitions;  // ascending
  std::vector<int32_t> offsets;      // seconds east of UTC; offsets[0] before the first transition, offsets[i + 1] from the i-th
  PosixRule rule;                    // after the last transition
};

Zone utc_zone();
// A constant distance from UTC (|seconds| <= 26 h).
Zone fixed_zone(int32_t offset_seconds);

// False when the bytes are not TZif, are cut short, contradict themselves or count leap seconds ("right/" zones).
bool parse_tzif(std::string_view bytes, Zone& out);
// The footer alone: "GMT0BST,M3.5.0/1,M10.5.0".
bool parse_posix_rule(std::string_view text, PosixRule& out);

// The stretch of constant offset around an instant: [from, until). INT64_MIN and INT64_MAX stand for no end.
struct ZonePeriod {
  Instant from = INT64_MIN;
  Instant until = INT64_MAX;
  int32_t offset_seconds = 0;
};
ZonePeriod period_at(const Zone& zone, Instant instant);

int32_t offset_at(const Zone& zone, Instant instant);
Local to_local(const Zone& zone, Instant instant);
// The first instant at which the wall clock has reached `local`: of a time that happens twice the first, and for a time that
// is skipped the first instant after it (the transition).
Instant to_utc(const Zone& zone, Local local);
// The same for many local times in a row: `period` is where the last one was looked up, and is kept up to date.
Instant to_utc(const Zone& zone, Local local, ZonePeriod& period);
bool is_gap(const Zone& zone, Local local);   // never on the clock
bool is_fold(const Zone& zone, Local local);  // twice on the clock

// Day D runs from the first instant at which the clock has reached its midnight until that of D + 1; it may be 23 or 25 hours
// long, and empty when the zone skipped it.
Instant start_of_day(const Zone& zone, Date date);
// The day, in this sense, in which an instant lies.
Date date_of(const Zone& zone, Instant instant);
// Last microsecond of the day: what "by the end of the day" means.
Instant end_of_day(const Zone& zone, Date date);

}  // namespace writ::value
