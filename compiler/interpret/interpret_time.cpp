// Instants, dates and business time. Outside what a calendar or the range of dates knows, the answer is unknown or a fault,
// never a guess.
#include <cassert>

#include "interpret/place.h"
#include "value/clock.h"
#include "value/zone.h"

namespace writ::interpret {

using value::Value;

namespace {

bool fits_int64(value::i128 number) { return number >= INT64_MIN && number <= INT64_MAX; }

// Absent operands are passed over; a doubt about any operand is a doubt about the whole.
Value extreme(const std::vector<Value>& instants, Value (*pick)(const Value&, const Value&, uint32_t), uint32_t point) {
  std::optional<Value> fault, unknown, best;
  for (const Value& each : instants) {
    switch (each.state) {
      case value::State::given:
        if (!value::is_certain(each)) {
          unknown = value::unknown();
        } else {
          best = best ? pick(*best, each, point) : each;
        }
        break;
      case value::State::unknown: unknown = each; break;
      case value::State::fault: fault = fault ? value::first_fault(*fault, each) : each; break;
      case value::State::not_yet:
      case value::State::none: break;
    }
  }
  if (fault) return *fault;
  if (unknown) return *unknown;
  return best ? *best : instants[0];
}

const value::CalendarTable& table_of(const Place& place, ir::CalendarId calendar) { return place.tables->calendars[calendar.index]; }

bool is_date(int64_t number) { return number >= value::first_date && number <= value::last_date; }

// A date operand beyond the years 1 to 9999 cannot come from a field, only from arithmetic, which answers with a fault.
value::Date date_in(const Value& v) {
  assert(is_date(whole(v)));
  return static_cast<value::Date>(whole(v));
}

}  // namespace

std::optional<Value> instead_of(std::initializer_list<Value> operands, uint32_t point) {
  std::optional<Value> fault;
  bool unknown = false;
  for (const Value& each : operands) {
    Value problem = each;
    if (value::is_absent(each)) problem = value::fault(value::Fault::absent, point);
    if (value::is_certain(each) && !fits_int64(each.lo)) problem = value::fault(value::Fault::overflow, point);
    if (value::is_fault(problem)) {
      fault = fault ? value::first_fault(*fault, problem) : problem;
    } else if (!value::is_certain(each)) {
      unknown = true;
    } else {
      assert(each.lo_den == 1);
    }
  }
  if (fault) return fault;
  if (unknown) return value::unknown();
  return std::nullopt;
}

Value earliest(const std::vector<Value>& instants, uint32_t point) { return extreme(instants, value::minimum, point); }
Value latest(const std::vector<Value>& instants, uint32_t point) { return extreme(instants, value::maximum, point); }

Value add_duration(const Place& place, const Value& instant, const Value& duration) {
  const Value sum = value::add(instant, duration, place.point);
  if (!value::is_certain(sum)) return value::is_fault(sum) ? sum : value::unknown();
  return fits_int64(sum.lo) ? sum : value::fault(value::Fault::overflow, place.point);
}

Value date_of(const Place& place, const Value& instant) {
  if (const auto instead = instead_of({instant}, place.point)) return *instead;
  const value::Date date = value::date_of(agreement_of(place).zone, whole(instant));
  return is_date(date) ? value::given(date) : value::fault(value::Fault::out_of_range, place.point);
}

Value start_of_day(const Place& place, const Value& date) {
  if (const auto instead = instead_of({date}, place.point)) return *instead;
  return value::given(value::start_of_day(agreement_of(place).zone, date_in(date)));
}

Value end_of_day(const Place& place, const Value& date) {
  if (const auto instead = instead_of({date}, place.point)) return *instead;
  return value::given(value::end_of_day(agreement_of(place).zone, date_in(date)));
}

Value add_days(const Place& place, const Value& date, const Value& days) {
  if (const auto instead = instead_of({date, days}, place.point)) return *instead;
  const value::i128 sum = date.lo + days.lo;
  if (!fits_int64(sum) || !is_date(static_cast<int64_t>(sum))) return value::fault(value::Fault::out_of_range, place.point);
  return value::given(sum);
}

Value add_months(const Place& place, const Value& date, const Value& months) {
  if (const auto instead = instead_of({date, months}, place.point)) return *instead;
  const int64_t count = whole(months);
  if (count < INT32_MIN || count > INT32_MAX) return value::fault(value::Fault::out_of_range, place.point);
  const auto result = value::add_months(date_in(date), static_cast<int32_t>(count), agreement_of(place).month_end);
  return result ? value::given(*result) : value::fault(value::Fault::out_of_range, place.point);
}

Value open_between(const Place& place, ir::CalendarId calendar, const Value& from, const Value& until) {
  if (const auto instead = instead_of({from, until}, place.point)) return *instead;
  const value::Amount open = value::open_between(table_of(place, calendar), whole(from), whole(until));
  return open.known ? value::given(open.value) : value::unknown();
}

Value is_open(const Place& place, ir::CalendarId calendar, const Value& instant) {
  if (const auto instead = instead_of({instant}, place.point)) return *instead;
  const value::Answer open = value::is_open(table_of(place, calendar), whole(instant));
  return open.known ? value::truth(open.value) : value::unknown();
}

Value is_business_day(const Place& place, ir::CalendarId calendar, const Value& date) {
  if (const auto instead = instead_of({date}, place.point)) return *instead;
  const value::Answer business = value::is_business_day(table_of(place, calendar), date_in(date));
  return business.known ? value::truth(business.value) : value::unknown();
}

Value business_days_between(const Place& place, ir::CalendarId calendar, const Value& from, const Value& until) {
  if (const auto instead = instead_of({from, until}, place.point)) return *instead;
  const value::Amount days = value::business_days_between(table_of(place, calendar), date_in(from), date_in(until));
  return days.known ? value::given(days.value) : value::unknown();
}

Value next_opening(const Place& place, ir::CalendarId calendar, const Value& instant) {
  if (const auto instead = instead_of({instant}, place.point)) return *instead;
  const value::Moment opening = value::next_opening(table_of(place, calendar), whole(instant));
  return opening.known ? value::given(opening.at) : value::unknown();
}

Value next_closing(const Place& place, ir::CalendarId calendar, const Value& instant) {
  if (const auto instead = instead_of({instant}, place.point)) return *instead;
  const value::Moment close = value::next_close(table_of(place, calendar), whole(instant));
  return close.known ? value::given(close.at) : value::unknown();
}

Value subtract_open(const Place& place, ir::CalendarId calendar, const Value& instant, const Value& amount) {
  if (const auto instead = instead_of({instant, amount}, place.point)) return *instead;
  if (whole(amount) < 0) return value::fault(value::Fault::out_of_range, place.point);
  const value::Moment start = value::subtract_open(table_of(place, calendar), whole(instant), whole(amount));
  return start.known ? value::given(start.at) : value::unknown();
}

Value add_business_days(const Place& place, ir::CalendarId calendar, const Value& date, const Value& count) {
  if (const auto instead = instead_of({date, count}, place.point)) return *instead;
  const value::MaybeDate shifted = value::shift_business_days(table_of(place, calendar), date_in(date), whole(count));
  return shifted.known ? value::given(shifted.date) : value::unknown();
}

Value first_of_month(const Place& place, const Value& date) {
  if (const auto instead = instead_of({date}, place.point)) return *instead;
  return value::given(value::first_of_month(date_in(date)));
}

Value last_of_month(const Place& place, const Value& date) {
  if (const auto instead = instead_of({date}, place.point)) return *instead;
  return value::given(value::last_of_month(date_in(date)));
}

}  // namespace writ::interpret
