#include "parse/build.h"
#include "parse/diagnostics.h"

namespace writ::parse {

namespace {

using Row = ast::HolidayRow;

int month_of(Grammar::MonthNameContext* context) { return static_cast<int>(context->start->getType() - Lexer::JANUARY) + 1; }

int nth_of(Grammar::NthDayContext* day) {
  if (day->LAST() != nullptr) return -1;
  return static_cast<int>(day->FIRST() != nullptr ? 1 : day->SECOND() != nullptr ? 2 : day->THIRD() != nullptr ? 3 : day->FOURTH() != nullptr ? 4 : 5);
}

Row day_of(Build& build, Grammar::HolidayDayContext* context) {
  constexpr int days_in_month = 31, most_days_from_easter = 366;
  Row row{};
  if (auto* fixed = dynamic_cast<Grammar::FixedDayContext*>(context)) {
    row.kind = Row::Kind::fixed;
    row.day = whole_number(build, fixed->NUMBER(), 1, days_in_month);
    row.month = month_of(fixed->monthName());
  } else if (auto* nth = dynamic_cast<Grammar::NthDayContext*>(context)) {
    row.kind = Row::Kind::nth_weekday;
    row.nth = nth_of(nth);
    row.weekday = weekday_of(nth->weekday());
    row.month = month_of(nth->monthName());
  } else if (auto* easter = dynamic_cast<Grammar::EasterDayContext*>(context)) {
    row.kind = Row::Kind::easter;
    if (easter->NUMBER() != nullptr) row.offset = whole_number(build, easter->NUMBER(), 0, most_days_from_easter);
    if (easter->MINUS() != nullptr) row.offset = -row.offset;
  } else if (auto* dated = dynamic_cast<Grammar::DatedDayContext*>(context)) {
    row.kind = Row::Kind::dates;
    for (Node* date : dated->dates()->DATE()) row.dates.push_back(literal(build, date));
  }
  return row;
}

void add_tail(Build& build, Row& row, Grammar::HolidayTailContext* tail, Once& once) {
  const source::Span span = span_of(build, tail);
  if (tail->MOVED() != nullptr) {
    if (once.first(build, "`moved to`", span)) row.move = tail->NEXT() != nullptr ? Row::Move::next_weekday : Row::Move::nearest_weekday;
  } else if (tail->FROM() != nullptr) {
    if (once.first(build, "`from`", span)) row.from_year = literal(build, tail->NUMBER(0));
  } else if (tail->UNTIL() != nullptr) {
    if (once.first(build, "`until`", span)) row.to_year = literal(build, tail->NUMBER(0));
  } else if (once.first(build, "`except`", span)) {
    for (Node* year : tail->NUMBER()) row.except.push_back(literal(build, year));
  }
}

}  // namespace

ast::Holidays holidays_of(Build& build, Grammar::HolidaysContext* context) {
  ast::Holidays result;
  result.name = declared_name(build, context->name());
  result.printed = text_of(build, context->STRING());
  result.span = span_of(build, context);
  Once once;
  for (Grammar::HolidayLineContext* line : lines_of(build, context, context->holidayLine())) {
    if (broken(line)) continue;
    if (line->SOURCE() != nullptr) {
      result.sources.push_back(text_of(build, line->STRING()));
    } else if (line->YEARS() != nullptr) {
      if (!once.first(build, "`years`", span_of(build, line))) continue;
      result.year_first = literal(build, line->NUMBER(0));
      result.year_last = literal(build, line->NUMBER(1));
    } else {
      Row row = day_of(build, line->holidayDay());
      row.printed = text_of(build, line->STRING());
      row.span = span_of(build, line);
      Once once_a_row;
      for (Grammar::HolidayTailContext* tail : line->holidayTail()) add_tail(build, row, tail, once_a_row);
      result.rows.push_back(std::move(row));
    }
  }
  return result;
}

}  // namespace writ::parse
