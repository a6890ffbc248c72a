#pragma once
// Opening hours and business days: the rules as written, and the table in UTC that every computation reads.

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "value/civil.h"
#include "value/zone.h"

namespace writ::value {

// [open, close) in seconds since local midnight of the day on which it starts. 0 <= open < 24 h, open < close <= 48 h: a close
// beyond 24 h is an overnight interval, and belongs to the day on which it starts.
struct LocalInterval {
  int32_t open = 0;
  int32_t close = 0;
};

// [from, until) in UTC. until = forever: has not ended.
struct Interval {
  Instant from = 0;
  Instant until = 0;
};
inline constexpr Instant forever = INT64_MAX;

enum class DayKind : uint8_t { by_rule, business, not_business };

// Hours of one date in place of those of its weekday: a special opening, an extra working date, or (with no hours) a closure.
// They beat a holiday on the same date: the special statement is the later word.
struct DateHours {
  Date date = 0;
  std::vector<LocalInterval> hours;
  DayKind kind = DayKind::by_rule;
};

// A closed part of a date. It cuts whatever is open then, also the end of the interval of the day before.
struct DateBreak {
  Date date = 0;
  LocalInterval closed;
};

struct CalendarRules {
  Zone zone;
  std::array<std::vector<LocalInterval>, 7> week;  // Monday first; intervals of a day may touch or overlap
  std::vector<Date> holidays;                      // intervals that start on one vanish; not a business day
  std::vector<DateHours> special;                  // at most one a date
  std::vector<DateBreak> breaks;
  bool business_days_stated = false;      // else a business day is a day on which some open interval starts
  uint8_t business_weekdays = 0;          // bit 0 Monday, read when stated
  bool day_ends_same_time = false;        // "a business day ends at the same time"
  bool runs_out_at_next_opening = false;  // "time that runs out at closing ends at the next opening"
  Date first = 0;                         // first and last date about which the calendar knows; outside them nothing is known
  Date last = 0;
};

struct DayRow {
  Instant start = 0;             // first instant of the local day; the next row's start ends it
  Instant close = 0;             // close of the last interval that starts on the day; last microsecond of the day if none does
  uint32_t first_interval = 0;   // first of CalendarTable::intervals that ends after start
  uint32_t first_own = 0;        // first of CalendarTable::own that starts on this day; the next row's ends them
  uint32_t business_before = 0;  // business days before this one in the table
  bool is_business = false;
  bool closed_by_holiday = false;  // a holiday took away hours or a business day
};

struct AllYears;

struct CalendarTable {
  Zone zone;
  Date first = 0;
  Date last = 0;
  Instant known_from = 0;   // later than the first day's start only where an interval of the day before could reach in
  Instant known_until = 0;  // start of the day after the last
  bool day_ends_same_time = false;
  bool runs_out_at_next_opening = false;

  std::vector<DayRow> days;          // last - first + 1, and one more that only ends the last
  std::vector<uint32_t> business;    // row numbers of the business days, ascending
  std::vector<Interval> intervals;   // open time: ascending, disjoint, not touching, within [known_from, known_until]
  std::vector<int64_t> open_before;  // intervals + 1: microseconds open before interval i; the last is the total
  std::vector<Interval> own;         // open intervals by the day on which they start, neither joined over days nor clipped

  // Indexes that make look-ups constant time in practice.
  int64_t utc_day0 = 0;                      // UTC day number of known_from's day
  std::vector<uint32_t> interval_at;         // per UTC day: first interval that ends after its start
  std::vector<uint32_t> row_at;              // per UTC day: the row in which its start lies (0 before the first)
  int64_t bucket = 1;                        // microseconds of open time a bucket
  std::vector<uint32_t> interval_of_bucket;  // per bucket of open time: first interval with open_before[i + 1] > its start

  std::shared_ptr<AllYears> others;  // a table of some years: what is asked where it does not know; null: there are no others
};

// The years of a calendar of which a table was made of some, as rules until somebody asks for them.
struct AllYears {
  CalendarRules rules;
  std::atomic<const CalendarTable*> made{nullptr};
  explicit AllYears(const CalendarRules& r) : rules(r) {}
  AllYears(const AllYears&) = delete;
  AllYears& operator=(const AllYears&) = delete;
  ~AllYears() { delete made.load(); }
};

enum class CalendarError : uint8_t {
  none,
  bad_interval,      // not 0 <= open < 24 h, open < close <= 48 h
  bad_range,         // last before first, or more than 400 years
  repeated_special,  // two statements of special hours for one date
};
std::string_view describe(CalendarError error);

// Builds the table. Local times become instants by the zone's rules of that day; a time that happens twice is the first, a
// skipped one the first instant after it; an interval that is empty after that vanishes. Order of statements does not matter.
[[nodiscard]] CalendarError build_calendar(const CalendarRules& rules, CalendarTable& out);

// The same with the years around [first, last] alone, as far as they are the calendar's: a table that is made in a fraction of the time. All functions
// of value/clock.h answer as if it were whole. Those that read its rows take `table_of` first.
[[nodiscard]] CalendarError build_calendar_around(const CalendarRules& rules, Date first, Date last, CalendarTable& out);
// A table whose rows cover [from, until], or else that of all years, made when it is first asked for; any thread may ask.
const CalendarTable& table_of(const CalendarTable& table, Instant from, Instant until);
const CalendarTable& all_years(const CalendarTable& table);

// Row of the local day in which an instant lies; -1 outside the table's days.
int64_t row_of(const CalendarTable& table, Instant t);
// Row of a date; -1 outside.
int64_t row_of_date(const CalendarTable& table, Date date);

}  // namespace writ::value
