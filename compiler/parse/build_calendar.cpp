#include "parse/build.h"
#include "parse/diagnostics.h"

namespace writ::parse {

namespace {

std::vector<ast::ExprId> dates_of(Build& build, Grammar::DatesContext* context) {
  std::vector<ast::ExprId> dates;
  for (Node* date : context->DATE()) dates.push_back(literal(build, date));
  return dates;
}

// Mon..Fri, Sun: the days in the order of the week; a span may run over Sunday (Sat..Mon).
std::vector<ast::Weekday> weekdays_of(Grammar::WeekdaysContext* context) {
  constexpr int days_in_week = 7;
  bool chosen[days_in_week] = {};
  for (bool& day : chosen) day = context->EVERY() != nullptr;
  for (Grammar::WeekdaySpanContext* span : context->weekdaySpan()) {
    const int first = static_cast<int>(weekday_of(span->weekday(0)));
    const int last = span->RANGE() != nullptr ? static_cast<int>(weekday_of(span->weekday(1))) : first;
    for (int day = first;; day = (day + 1) % days_in_week) {
      chosen[day] = true;
      if (day == last) break;
    }
  }
  std::vector<ast::Weekday> days;
  for (int day = 0; day < days_in_week; ++day) {
    if (chosen[day]) days.push_back(static_cast<ast::Weekday>(day));
  }
  return days;
}

void closed_names(Build& build, ast::Calendar& calendar, const std::vector<Grammar::NameContext*>& names) {
  for (Grammar::NameContext* context : names) {
    const ast::Name name = name_of(build, context);
    if (name.text == "never" && names.size() == 1) {
      calendar.no_holidays = true;
    } else {
      calendar.closed.push_back(name);
    }
  }
}

void calendar_line(Build& build, ast::Calendar& calendar, Grammar::CalendarLineContext* line, Once& once) {
  const source::Span span = span_of(build, line);
  if (line->OPEN() != nullptr && line->ON() == nullptr) {
    calendar.open.push_back({weekdays_of(line->weekdays()), time_ranges(build, line->timeRanges()), span});
  } else if (line->OPEN() != nullptr) {
    calendar.open_on.push_back({dates_of(build, line->dates()), time_ranges(build, line->timeRanges()), span});
  } else if (line->CLOSED() != nullptr && line->ON() != nullptr) {
    calendar.closed_on.push_back({dates_of(build, line->dates()), time_ranges(build, line->timeRanges()), span});
  } else if (line->CLOSED() != nullptr) {
    closed_names(build, calendar, line->name());
  } else if (line->ZONE() != nullptr) {
    if (once.first(build, "`zone`", span)) calendar.zone = text_of(build, line->STRING());
  } else if (line->DAYS() != nullptr) {
    if (once.first(build, "`business days`", span)) calendar.business_days = weekdays_of(line->weekdays());
  } else if (line->OPENING() != nullptr) {
    if (once.first(build, "what happens to time that runs out at closing", span)) calendar.runs_out_at_next_opening = true;
  } else if (line->BUSINESS() != nullptr) {
    const bool at_close = line->CLOSE() != nullptr;
    if (once.first(build, "when a business day ends", span)) {
      calendar.day_end = at_close ? ast::Calendar::DayEnd::at_close : ast::Calendar::DayEnd::same_time;
    }
  } else if (line->YEARS() != nullptr) {
    if (!once.first(build, "`years`", span)) return;
    calendar.year_first = literal(build, line->NUMBER(0));
    calendar.year_last = literal(build, line->NUMBER(1));
  } else if (once.first(build, "`merged with`", span)) {
    calendar.merged_with = name_of(build, line->name(0));
  }
}

}  // namespace

ast::Weekday weekday_of(Grammar::WeekdayContext* context) { return static_cast<ast::Weekday>(context->start->getType() - Lexer::MONDAY); }

std::vector<ast::TimeRange> time_ranges(Build& build, Grammar::TimeRangesContext* context) {
  std::vector<ast::TimeRange> ranges;
  if (context == nullptr) return ranges;
  for (Grammar::TimeRangeContext* range : context->timeRange()) {
    const bool readable = !token_of(build, range->start).troubled && !token_of(build, range->stop).troubled;
    if (readable) ranges.push_back({spelling(build, range->TIME_LITERAL(0)), spelling(build, range->TIME_LITERAL(1)), span_of(build, range)});
  }
  return ranges;
}

ast::Calendar calendar_of(Build& build, Grammar::CalendarContext* context) {
  ast::Calendar calendar;
  calendar.name = declared_name(build, context->name());
  calendar.is_default = context->DEFAULT() != nullptr;
  calendar.span = span_of(build, context);
  calendar.damaged = lost_a_line(build, context, Grammar::RuleCalendarLine);
  Once once;
  for (Grammar::CalendarLineContext* line : lines_of(build, context, context->calendarLine())) {
    calendar.damaged = calendar.damaged || broken(line);
    if (!broken(line)) calendar_line(build, calendar, line, once);
  }
  return calendar;
}

}  // namespace writ::parse
