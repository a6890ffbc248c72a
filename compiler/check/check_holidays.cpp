// Holidays by rule become dates. The numbers in brackets are the rules of docs/language/reference/calendars.md.
#include "check/holidays.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "check/literals.h"

namespace writ::check {
namespace {

constexpr int most_years = 400;  // a table of days has a bound, value::CalendarError::bad_range

bool is_weekend(value::Date date) { return value::weekday(date) >= 5; }

// A row with its years read: the years in which it holds, as nominal years of the day before it is moved.
struct Row {
  const ast::HolidayRow* written = nullptr;
  int from = 0, until = 0;
  std::vector<int> except;
  bool in(int year) const { return year >= from && year <= until && std::find(except.begin(), except.end(), year) == except.end(); }
};

struct Reader {
  Context& context;
  uint32_t file;
  const ast::Holidays& node;
  HolidaySet& set;
  bool sound = true;
};

void mistake(Reader& reader, const diag::Kind& kind, Span span, std::vector<diag::Argument> arguments, std::string help) {
  diag::report(reader.context.sink, kind, span, std::move(arguments)).helps.push_back(std::move(help));
  reader.sound = false;
}

void read_years(Reader& reader) {
  const ast::Holidays& node = reader.node;
  if (!node.year_first.valid() || !node.year_last.valid()) {
    mistake(reader, code::holidays_without_years, node.name.span, {{"name", node.name.text}},
            "write the years for which the rows are right, `years 1978..2100`; outside them nothing is known, and nothing is taken for a working day");
    return;
  }
  const std::optional<int> first = literal_year(reader.context, reader.file, node.year_first, "the first year of the set");
  const std::optional<int> last = literal_year(reader.context, reader.file, node.year_last, "the last year of the set");
  if (!first || !last) {
    reader.sound = false;
    return;
  }
  reader.set.first_year = *first;
  reader.set.last_year = *last;
  const Span span = source::cover(span_of(reader.context, reader.file, node.year_first), span_of(reader.context, reader.file, node.year_last));
  if (*last < *first || *last - *first >= most_years)
    mistake(reader, code::bad_years, span, {{"first", std::to_string(*first)}, {"last", std::to_string(*last)}},
            fmt::format("write the earlier year first, and at most {} years", most_years));
}

// `from 1978`, `until 2019`, `except in 2020`. A row without bounds holds just outside the set's years, too: a New Year's Day that is
// observed on 31 December before belongs to the year in which it is observed [CA13].
Row read_row(Reader& reader, const ast::HolidayRow& written) {
  Row row{&written, 1583, 9999, {}};
  const auto year = [&](ast::ExprId id, std::string_view what, int otherwise) {
    if (!id.valid()) return otherwise;
    const std::optional<int> read = literal_year(reader.context, reader.file, id, what);
    if (!read) reader.sound = false;
    return read.value_or(otherwise);
  };
  row.from = year(written.from_year, "the year behind `from`", row.from);
  row.until = year(written.to_year, "the year behind `until`", row.until);
  if (row.until < row.from)
    mistake(reader, code::bad_years, written.span, {{"first", std::to_string(row.from)}, {"last", std::to_string(row.until)}},
            "write the earlier year behind `from`");
  for (const ast::ExprId id : written.except) {
    const int except = year(id, "an exception", reader.set.first_year);
    row.except.push_back(except);
    if (reader.sound && (except < reader.set.first_year || except > reader.set.last_year || except < row.from || except > row.until))
      mistake(reader, code::idle_exception, span_of(reader.context, reader.file, id), {{"year", std::to_string(except)}},
              "take the year away, or correct it: the row does not hold in it anyway");
  }
  return row;
}

// The day of a rule in a year, before it is moved; nothing on 29 February of a common year [CA11].
std::optional<value::Date> day_in(const ast::HolidayRow& row, int year) {
  switch (row.kind) {
    case ast::HolidayRow::Kind::fixed:
      if (!value::is_valid(year, row.month, row.day)) return std::nullopt;
      return value::days_from_civil(year, row.month, row.day);
    case ast::HolidayRow::Kind::nth_weekday:
      if (row.nth < 0) return value::last_weekday_of_month(year, row.month, static_cast<int>(row.weekday));
      return value::nth_weekday_of_month(year, row.month, static_cast<int>(row.weekday), row.nth);
    case ast::HolidayRow::Kind::easter: return value::easter_sunday(year) + row.offset;
    case ast::HolidayRow::Kind::dates: return std::nullopt;
  }
  return std::nullopt;
}

void check_row(Reader& reader, const ast::HolidayRow& row) {
  switch (row.kind) {
    case ast::HolidayRow::Kind::fixed:
      if (!value::is_valid(2000, row.month, row.day))  // a leap year: 29 February is a day of some years
        mistake(reader, code::impossible_fixed_day, row.span, {}, "write a day that the month has, `fixed 25 December`");
      return;
    case ast::HolidayRow::Kind::nth_weekday:
      if (row.nth == 0 || row.nth > 4)
        mistake(reader, code::fifth_weekday, row.span, {}, "write `first` to `fourth`, or `last`: not every year's month has a fifth");
      return;
    case ast::HolidayRow::Kind::easter: return;
    case ast::HolidayRow::Kind::dates:
      if (row.move != ast::HolidayRow::Move::none || row.from_year.valid() || row.to_year.valid() || !row.except.empty())
        mistake(reader, code::moved_dates, row.span, {}, "write the dates on which the days are taken, and nothing behind them");
      return;
  }
}

void add_dates(Reader& reader, const ast::HolidayRow& row, std::set<value::Date>& days) {
  for (const ast::ExprId id : row.dates) {
    const std::optional<value::Date> date = literal_date(reader.context, reader.file, id, "a day of the set");
    if (!date) {
      reader.sound = false;
      continue;
    }
    const int year = value::civil_from_days(*date).year;
    if (reader.sound && (year < reader.set.first_year || year > reader.set.last_year))
      mistake(reader, code::day_outside_years, span_of(reader.context, reader.file, id),
              {{"date", value::format_date(*date)}, {"years", fmt::format("{}..{}", reader.set.first_year, reader.set.last_year)}},
              "widen the set's `years`, or take the date away");
    days.insert(*date);
  }
}

value::Date nearest_weekday(value::Date date) {
  const int day = value::weekday(date);
  return day == 5 ? date - 1 : day == 6 ? date + 1 : date;
}

value::Date next_free_weekday(value::Date date, const std::set<value::Date>& taken) {
  while (is_weekend(date) || taken.contains(date)) ++date;
  return date;
}

// Days that stay come first, so that a moved one passes over them; then those that move, in the order of their dates [CA12].
void add_days(const std::vector<Row>& rows, int first, int last, std::set<value::Date>& days) {
  std::vector<value::Date> moving;
  for (int year = first - 1; year <= last + 1; ++year) {  // a neighbour's day may move into the set's years
    for (const Row& row : rows) {
      if (!row.in(year)) continue;
      const std::optional<value::Date> day = day_in(*row.written, year);
      if (!day) continue;
      if (row.written->move == ast::HolidayRow::Move::next_weekday && is_weekend(*day)) {
        moving.push_back(*day);
      } else {
        days.insert(row.written->move == ast::HolidayRow::Move::nearest_weekday ? nearest_weekday(*day) : *day);
      }
    }
  }
  std::sort(moving.begin(), moving.end());
  for (const value::Date day : moving) days.insert(next_free_weekday(day, days));
}

}  // namespace

HolidaySet check_holidays(Context& context, uint32_t file, const ast::Holidays& node) {
  HolidaySet set;
  Reader reader{context, file, node, set};
  if (node.sources.empty())
    mistake(reader, code::holidays_without_source, node.name.span, {{"name", node.name.text}}, "write where the days are stated, `source \"...\"`");
  for (const ast::Text& source : node.sources) set.sources.push_back(source.text);
  read_years(reader);
  std::vector<Row> rows;
  std::set<value::Date> days;
  for (const ast::HolidayRow& row : node.rows) {
    check_row(reader, row);
    if (row.kind == ast::HolidayRow::Kind::dates) {
      add_dates(reader, row, days);
    } else {
      rows.push_back(read_row(reader, row));
    }
  }
  if (!reader.sound) return set;
  add_days(rows, set.first_year, set.last_year, days);
  for (const value::Date day : days) {
    const int year = value::civil_from_days(day).year;
    if (year >= set.first_year && year <= set.last_year) set.days.push_back(day);
  }
  set.whole = true;
  return set;
}

}  // namespace writ::check
