// Dates, instants, calendars, deadlines and histories.
#include <algorithm>
#include <cassert>

#include "ir/build_parts.h"

namespace writ::ir {
namespace {

Type time_type(const Agreement& agreement, Kind kind, const std::vector<ExprId>& operands) {
  Type type = plain_type(kind);
  type.may_be_unknown = any_unknown(agreement, operands);
  return type;
}

ExprId make_moment(Agreement& agreement, Op op, Kind result, std::vector<ExprId> operands, Span span) {
  if (any_error(agreement, operands)) return make_error(agreement, span);
  const Type type = time_type(agreement, result, operands);
  return add_node(agreement, node(op, type, std::move(operands), span));
}

// The first or the last of several events: absent only when all of them are, and then in the manner of the first.
ExprId make_event(Agreement& agreement, Op op, std::vector<ExprId> operands, Span span) {
  assert(!operands.empty());
  if (any_error(agreement, operands)) return make_error(agreement, span);
  if (operands.size() == 1) return operands[0];
  Type type = time_type(agreement, type_of(agreement, operands[0]).kind, operands);
  type.absence = type_of(agreement, operands[0]).absence;
  for (const ExprId id : operands)
    if (type_of(agreement, id).absence == Absence::never) type.absence = Absence::never;
  return add_node(agreement, node(op, type, std::move(operands), span));
}

Kind business_result(Op op) {
  if (op == Op::open_between) return Kind::open_time;
  if (op == Op::is_open || op == Op::is_business_day) return Kind::boolean;
  if (op == Op::business_days_between) return Kind::number;
  if (op == Op::add_business_days) return Kind::date;
  assert(op == Op::next_opening || op == Op::next_closing || op == Op::subtract_open);
  return Kind::instant;
}

}  // namespace

ExprId make_earliest(Agreement& agreement, std::vector<ExprId> operands, Span span) { return make_event(agreement, Op::earliest, std::move(operands), span); }
ExprId make_latest(Agreement& agreement, std::vector<ExprId> operands, Span span) { return make_event(agreement, Op::latest, std::move(operands), span); }

ExprId make_add_duration(Agreement& agreement, ExprId instant, ExprId duration, Span span) {
  return make_moment(agreement, Op::add_duration, Kind::instant, {instant, duration}, span);
}
ExprId make_between(Agreement& agreement, ExprId from, ExprId to, Span span) { return make_moment(agreement, Op::between, Kind::duration, {from, to}, span); }
ExprId make_date_of(Agreement& agreement, ExprId instant, Span span) { return make_moment(agreement, Op::date_of, Kind::date, {instant}, span); }
ExprId make_start_of_day(Agreement& agreement, ExprId date, Span span) { return make_moment(agreement, Op::start_of_day, Kind::instant, {date}, span); }
ExprId make_end_of_day(Agreement& agreement, ExprId date, Span span) { return make_moment(agreement, Op::end_of_day, Kind::instant, {date}, span); }
ExprId make_add_days(Agreement& agreement, ExprId date, ExprId count, Span span) {
  return make_moment(agreement, Op::add_days, Kind::date, {date, count}, span);
}
ExprId make_add_months(Agreement& agreement, ExprId date, ExprId count, Span span) {
  return make_moment(agreement, Op::add_months, Kind::date, {date, count}, span);
}
ExprId make_first_of_month(Agreement& agreement, ExprId date, Span span) { return make_moment(agreement, Op::first_of_month, Kind::date, {date}, span); }
ExprId make_last_of_month(Agreement& agreement, ExprId date, Span span) { return make_moment(agreement, Op::last_of_month, Kind::date, {date}, span); }

ExprId make_business(Agreement& agreement, Op op, std::vector<ExprId> operands, CalendarId calendar, Span span) {
  if (any_error(agreement, operands)) return make_error(agreement, span);
  Type type = plain_type(business_result(op));
  if (type.kind == Kind::open_time) type.calendar = calendar;
  type.may_be_unknown = true;  // outside the years of the calendar
  Expr expr = node(op, type, std::move(operands), span);
  expr.calendar = calendar;
  return agreement.exprs.add(std::move(expr));
}

ExprId make_deadline(Agreement& agreement, Op op, ExprId start, ExprId count, CalendarId calendar, ExprId pause, Span span) {
  assert(op == Op::deadline_elapsed || op == Op::deadline_open || op == Op::deadline_business_days || op == Op::deadline_days || op == Op::deadline_months);
  if (any_error(agreement, {start, count}) || (pause.valid() && is_error(agreement, pause))) return make_error(agreement, span);
  Type type = time_type(agreement, Kind::instant, {start, count});
  const bool on_calendar = op == Op::deadline_open || op == Op::deadline_business_days;
  assert(on_calendar == calendar.valid());
  if (on_calendar || pause.valid()) type.may_be_unknown = true;
  if (type_of(agreement, start).absence != Absence::never) type.absence = Absence::not_yet;
  Expr expr = node(op, type, {start, count}, span);
  expr.calendar = calendar;
  expr.pause = pause;
  return agreement.exprs.add(std::move(expr));
}

ExprId make_history_at(Agreement& agreement, RecordId record, FieldIndex field, ExprId instant, Span span) {
  if (is_error(agreement, instant)) return make_error(agreement, span);
  assert(agreement.records[record].history && field < agreement.records[record].history->fields.size());
  Type type = with_absence(agreement.records[record].history->fields[field].type, Absence::none);
  type.may_be_unknown = type.may_be_unknown || type_of(agreement, instant).may_be_unknown;
  Expr expr = node(Op::history_at, type, {instant}, span);
  expr.field = field;
  return agreement.exprs.add(std::move(expr));
}

ExprId make_history_first(Agreement& agreement, RecordId record, ExprId condition, Span span) {
  assert(agreement.records[record].history);
  (void)record;
  if (is_error(agreement, condition)) return make_error(agreement, span);
  Type type = with_absence(plain_type(Kind::instant), Absence::not_yet);
  type.may_be_unknown = type_of(agreement, condition).may_be_unknown;
  Expr expr = node(Op::history_first, type, {}, span);
  expr.pause = condition;
  return agreement.exprs.add(std::move(expr));
}

}  // namespace writ::ir
