// Civil and business time: one look-up each, over whole values and over lanes.
#include <cassert>
#include <span>

#include "evaluate/rt_values.h"
#include "value/clock.h"

namespace writ::evaluate {

using value::Fault;
using value::State;
using value::Value;

void weigh(Problem& problem, const Value& operand, uint32_t point) {
  Value v = operand;
  if (value::is_absent(v)) v = value::fault(Fault::absent, point);
  if (value::is_certain(v) && (v.lo < INT64_MIN || v.lo > INT64_MAX)) v = value::fault(Fault::overflow, point);
  if (value::is_certain(v)) {
    assert(v.lo_den == 1);
    return;
  }
  if (value::is_fault(v)) {
    problem.instead = problem.any && value::is_fault(problem.instead) ? value::first_fault(problem.instead, v) : v;
  } else if (!problem.any) {
    problem.instead = value::unknown();
  }
  problem.any = true;
}

Value value_of(const Told& told) {
  switch (told.state) {
    case State::given: return value::given(told.number);
    case State::not_yet: return value::not_yet();
    case State::none: return value::none();
    case State::unknown: return value::unknown();
    case State::fault: return value::fault(told.fault, told.point);
  }
  return value::unknown();
}

Told told_of(const Value& v) {
  assert(v.state != State::given || value::is_certain(v));
  return {static_cast<int64_t>(v.lo), v.state, v.fault, v.point};
}

namespace {

using Look = Told (*)(const Frame&, const Operation&, int64_t a, int64_t b);

void each_whole(Look look, int arity, const Frame* frame, const Operation* operation, Value* out, const Value* const* operands, uint64_t n) {
  for (uint64_t i = 0; i < n; ++i) {
    Problem problem;
    for (int k = 0; k < arity; ++k) weigh(problem, operands[k][i], operation->point);
    if (problem.any) {
      out[i] = problem.instead;
      continue;
    }
    const int64_t b = arity > 1 ? static_cast<int64_t>(operands[1][i].lo) : 0;
    out[i] = value_of(look(*frame, *operation, static_cast<int64_t>(operands[0][i].lo), b));
  }
}

void put(const Told& told, uint64_t i, int64_t* out, uint8_t* states, uint32_t* faults) {
  out[i] = told.number;
  states[i] = static_cast<uint8_t>(told.state);
  if (told.state == State::fault) faults[i] = fault_key(told.point, told.fault);
}

void each_lane(Look look, const Frame* frame, const Operation* operation, int64_t* out, uint8_t* states, uint32_t* faults, const int64_t* a, const int64_t* b,
               const uint8_t* active, uint64_t n) {
  for (uint64_t i = 0; i < n; ++i) {
    if (active[i] != 0) put(look(*frame, *operation, a[i], b == nullptr ? 0 : b[i]), i, out, states, faults);
  }
}

const value::CalendarTable& calendar(const Frame& frame, const Operation& operation) { return frame.tables->calendars[operation.index]; }
value::Date as_date(int64_t number) { return static_cast<value::Date>(number); }
bool is_date(value::i128 number) { return number >= value::first_date && number <= value::last_date; }

Told date_of(const Frame& frame, const Operation& operation, int64_t a, int64_t) {
  const value::Date date = value::date_of(frame.tables->zone, a);
  return is_date(date) ? told(date) : told_fault(Fault::out_of_range, operation.point);
}
Told start_of_day(const Frame& frame, const Operation&, int64_t a, int64_t) { return told(value::start_of_day(frame.tables->zone, as_date(a))); }
Told end_of_day(const Frame& frame, const Operation&, int64_t a, int64_t) { return told(value::end_of_day(frame.tables->zone, as_date(a))); }
Told add_days(const Frame&, const Operation& operation, int64_t a, int64_t b) {
  const value::i128 sum = static_cast<value::i128>(a) + b;
  return is_date(sum) ? told(static_cast<int64_t>(sum)) : told_fault(Fault::out_of_range, operation.point);
}
Told add_months(const Frame& frame, const Operation& operation, int64_t a, int64_t b) {
  if (b < INT32_MIN || b > INT32_MAX) return told_fault(Fault::out_of_range, operation.point);
  const auto date = value::add_months(as_date(a), static_cast<int32_t>(b), frame.tables->month_end);
  return date ? told(*date) : told_fault(Fault::out_of_range, operation.point);
}
Told first_of_month(const Frame&, const Operation&, int64_t a, int64_t) { return told(value::first_of_month(as_date(a))); }
Told last_of_month(const Frame&, const Operation&, int64_t a, int64_t) { return told(value::last_of_month(as_date(a))); }
Told open_between(const Frame& frame, const Operation& operation, int64_t a, int64_t b) {
  const value::Amount amount = value::open_between(calendar(frame, operation), a, b);
  return amount.known ? told(amount.value) : not_told();
}
Told is_open(const Frame& frame, const Operation& operation, int64_t a, int64_t) {
  const value::Answer open = value::is_open(calendar(frame, operation), a);
  return open.known ? told(open.value ? 1 : 0) : not_told();
}
Told is_business_day(const Frame& frame, const Operation& operation, int64_t a, int64_t) {
  const value::Answer day = value::is_business_day(calendar(frame, operation), as_date(a));
  return day.known ? told(day.value ? 1 : 0) : not_told();
}
Told business_days_between(const Frame& frame, const Operation& operation, int64_t a, int64_t b) {
  const value::Amount days = value::business_days_between(calendar(frame, operation), as_date(a), as_date(b));
  return days.known ? told(days.value) : not_told();
}
Told told_moment(value::Moment moment) { return moment.known ? told(moment.at) : not_told(); }
Told next_opening(const Frame& frame, const Operation& operation, int64_t a, int64_t) {
  return told_moment(value::next_opening(calendar(frame, operation), a));
}
Told next_closing(const Frame& frame, const Operation& operation, int64_t a, int64_t) { return told_moment(value::next_close(calendar(frame, operation), a)); }
Told subtract_open(const Frame& frame, const Operation& operation, int64_t a, int64_t b) {
  if (b < 0) return told_fault(Fault::out_of_range, operation.point);
  return told_moment(value::subtract_open(calendar(frame, operation), a, b));
}
Told add_business_days(const Frame& frame, const Operation& operation, int64_t a, int64_t b) {
  const value::MaybeDate date = value::shift_business_days(calendar(frame, operation), as_date(a), b);
  return date.known ? told(date.date) : not_told();
}

}  // namespace

}  // namespace writ::evaluate

#define LOOK(name, arity)                                                                                                          \
  WRIT_RT_WHOLE(name) { writ::evaluate::each_whole(writ::evaluate::name, arity, frame, operation, out, operands, n); }             \
  WRIT_RT_LANES(name) {                                                                                                            \
    (void)row;                                                                                                                     \
    writ::evaluate::each_lane(writ::evaluate::name, frame, operation, out, states, faults, a, arity > 1 ? b : nullptr, active, n); \
  }
LOOK(date_of, 1)
LOOK(start_of_day, 1)
LOOK(end_of_day, 1)
LOOK(add_days, 2)
LOOK(add_months, 2)
LOOK(first_of_month, 1)
LOOK(last_of_month, 1)
LOOK(open_between, 2)
LOOK(is_open, 1)
LOOK(is_business_day, 1)
LOOK(business_days_between, 2)
LOOK(next_opening, 1)
LOOK(next_closing, 1)
LOOK(subtract_open, 2)
LOOK(add_business_days, 2)
