// Deadlines: a start, an amount of some clock, and the pauses of that clock.
#include <cassert>

#include "interpret/place.h"
#include "value/clock.h"

namespace writ::interpret {

using ir::Op;
using value::Moment;
using value::Value;

namespace {

// Faults first, then unknown; an amount that is absent or negative is a fault.
std::optional<Value> instead_of_deadline(const Value& start, const Value& amount, const Pauses& pauses, uint32_t point) {
  Value count = amount;
  if (value::is_certain(count) && count.lo < 0) count = value::fault(value::Fault::out_of_range, point);
  const std::optional<Value> instead = instead_of({start, count}, point);
  if (!pauses.instead) return instead;
  if (!instead) return pauses.instead;
  if (!value::is_fault(*instead)) return pauses.instead;
  return value::is_fault(*pauses.instead) ? value::first_fault(*instead, *pauses.instead) : instead;
}

Moment in_months(const ir::Agreement& agreement, int64_t from, int64_t months) {
  if (months > INT32_MAX) return {};
  return value::add_months(agreement.zone, from, static_cast<int32_t>(months), agreement.month_end);
}

}  // namespace

Value deadline(const Place& place, const ir::Expr& expr) {
  const Value start = evaluate(place, expr.operands[0]);
  if (value::is_absent(start)) return value::not_yet();
  const Value amount = evaluate(place, expr.operands[1]);
  Pauses pauses;
  if (expr.pause.valid()) pauses = pauses_of(place, expr.pause);
  if (const auto instead = instead_of_deadline(start, amount, pauses, place.point)) return *instead;

  const ir::Agreement& agreement = agreement_of(place);
  const int64_t from = whole(start);
  const int64_t count = whole(amount);
  const auto table = [&]() -> const value::CalendarTable& { return place.tables->calendars[expr.calendar.index]; };
  Moment due;
  if (expr.op == Op::deadline_elapsed) due = value::add_elapsed_paused(from, count, pauses.intervals);
  if (expr.op == Op::deadline_open) due = value::add_open_paused(table(), from, count, pauses.intervals);
  if (expr.op == Op::deadline_business_days) due = value::add_business_days_paused(table(), from, count, pauses.intervals);
  if (expr.op == Op::deadline_days) due = value::add_days(agreement.zone, from, count);
  if (expr.op == Op::deadline_months) due = in_months(agreement, from, count);
  return due.known ? value::given(due.at) : value::unknown();
}

}  // namespace writ::interpret
