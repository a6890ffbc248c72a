#pragma once
// Clocks and deadlines: business time on a calendar's table, elapsed time, civil days and months. Everything outside the
// table is "not known", never a guess. Amounts are microseconds. docs/language/reference/time.md states the rules; the
// numbers in brackets below are its.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "value/calendar.h"
#include "value/period.h"

namespace writ::value {

struct Moment {
  Instant at = 0;
  bool known = false;
};
struct Amount {
  int64_t value = 0;
  bool known = false;
};
struct Answer {
  bool value = false;
  bool known = false;
};

// --- Open time --------------------------------------------------------------------------------------------------------
Answer is_open(const CalendarTable& table, Instant t);
// Open microseconds in [a, b); negative when b < a.
Amount open_between(const CalendarTable& table, Instant a, Instant b);
// The instant at which `amount` >= 0 of open time after t has run out [T5]. Open time starts at t, or at the next opening when
// t is closed (the instant of a close is closed), so adding nothing to a closed instant gives the next opening.
Moment add_open(const CalendarTable& table, Instant t, int64_t amount);
// The latest instant from which `amount` >= 0 of open time runs until t [T6]; 0 from a closed instant: the previous close.
Moment subtract_open(const CalendarTable& table, Instant t, int64_t amount);

// t itself when it is open.
Moment next_opening(const CalendarTable& table, Instant t);
// First close after t.
Moment next_close(const CalendarTable& table, Instant t);
// Last opening at or before t.
Moment previous_opening(const CalendarTable& table, Instant t);
// Last close at or before t.
Moment previous_close(const CalendarTable& table, Instant t);

// --- Business days ----------------------------------------------------------------------------------------------------
Answer is_business_day(const CalendarTable& table, Date date);
// The n-th business day after (n > 0) or before (n < 0) a date, which itself does not count; n = 0: the date if it is a
// business day, else the next one. `at` is a date, not an instant.
struct MaybeDate {
  Date date = 0;
  bool known = false;
};
MaybeDate shift_business_days(const CalendarTable& table, Date date, int64_t n);
MaybeDate next_business_day(const CalendarTable& table, Date date);      // strictly after
MaybeDate previous_business_day(const CalendarTable& table, Date date);  // strictly before
// Business days in [a, b): a counts, b does not; negative when b < a.
Amount business_days_between(const CalendarTable& table, Date a, Date b);

// `within n business days after t` [T7]: due at the close of the n-th business day after t's local day; with
// day_ends_same_time [T8] at the same local time, after t moved into opening hours, on the n-th business day. n >= 0; n = 0 is the
// first business day from t's own on that does not end before t.
Moment add_business_days(const CalendarTable& table, Instant t, int64_t n);

enum class Roll : uint8_t {
  none,
  following,           // to the next business day
  preceding,           // to the previous business day
  modified_following,  // following, but preceding when that leaves the month
};
MaybeDate roll(const CalendarTable& table, Date date, Roll rule);

// --- Civil days and months --------------------------------------------------------------------------------------------
// `within n days after t` [T9]: last microsecond of the n-th local day after t's local day.
Moment add_days(const Zone& zone, Instant t, int64_t n);
// Likewise `months` later; not known when the day is missing and there is no rule [T10].
Moment add_months(const Zone& zone, Instant t, int32_t months, MonthEnd rule);
// t + amount, not known beyond the range of instants.
Moment add_elapsed(Instant t, int64_t amount);

// --- Pauses -----------------------------------------------------------------------------------------------------------
// Pauses are half-open, may touch or overlap and are sorted by their start (asserted); one that has not ended has
// until = forever, and what would have to run after it is not known. They take away only time that was running [T11].
Moment add_open_paused(const CalendarTable& table, Instant t, int64_t amount, std::span<const Interval> pauses);
Moment add_elapsed_paused(Instant t, int64_t amount, std::span<const Interval> pauses);
// A business day at whose end the clock is paused does not count [T12].
Moment add_business_days_paused(const CalendarTable& table, Instant t, int64_t n, std::span<const Interval> pauses);
// Time that ran in [a, b): open, or elapsed, and not paused. Negative when b < a.
Amount open_between_paused(const CalendarTable& table, Instant a, Instant b, std::span<const Interval> pauses);
int64_t elapsed_between_paused(Instant a, Instant b, std::span<const Interval> pauses);

// --- The ledger of a clock --------------------------------------------------------------------------------------------
enum class LedgerKind : uint8_t {
  open,     // the clock ran
  closed,   // outside opening hours
  holiday,  // closed on a day that a holiday took away
  paused,   // open, but paused
  outside,  // the calendar knows nothing about it
};
std::string_view name(LedgerKind kind);
struct LedgerRow {
  Instant from = 0;
  Instant until = 0;
  LedgerKind kind = LedgerKind::closed;
};
// Rows that cover [from, until) in order, without holes or overlap; neighbours differ in kind. The open rows sum to
// open_between_paused.
std::vector<LedgerRow> ledger(const CalendarTable& table, Instant from, Instant until, std::span<const Interval> pauses);
// The same for an elapsed clock: rows are open (running) or paused.
std::vector<LedgerRow> ledger_elapsed(Instant from, Instant until, std::span<const Interval> pauses);

}  // namespace writ::value
