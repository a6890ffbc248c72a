#include <fmt/format.h>

#include "ast/printing.h"

namespace writ::ast {

namespace {

using Kind = HeaderItem::Kind;

std::string header_line(const File& file, const HeaderItem& item) {
  switch (item.kind) {
    case Kind::signed_: return "signed " + sum_text(file, item.value);
    case Kind::effective: return "effective " + sum_text(file, item.value);
    case Kind::term: return (item.term_until ? "term until " : "term ") + sum_text(file, item.value);
    case Kind::currency: return "currency " + item.word.text;
    case Kind::time_zone: return "time zone " + texts(item.texts, ", ");
    case Kind::law: return "law " + texts(item.texts, ", ");
    case Kind::delivered: return "delivered in " + texts(item.texts, ", ");
    case Kind::round: return "round " + rounding_words(item.word) + (item.to_minor_unit ? ", to the minor unit" : "");
    case Kind::month_end:
      return item.word.text == "last_day" ? "a month after the 31st ends on the last day of a shorter month"
                                          : "a month after the 31st ends on the first day of the next month";
  }
  return "";
}

std::string days_text(const std::vector<Weekday>& days) {
  std::string text;
  for (const Weekday day : days) text += (text.empty() ? "" : ", ") + std::string(word(day));
  return text;
}

std::string hours_text(const std::vector<TimeRange>& ranges) {
  std::string text;
  for (const TimeRange& range : ranges) text += (text.empty() ? " " : ", ") + range.from + ".." + range.to;
  return text;
}

std::string list_text(const File& file, const std::vector<ExprId>& values) {
  std::string text;
  for (const ExprId value : values) text += (text.empty() ? "" : ", ") + sum_text(file, value);
  return text;
}

std::string holiday_text(const File& file, const HolidayRow& row) {
  static constexpr std::string_view places[] = {"last", "", "first", "second", "third", "fourth", "fifth"};
  std::string text;
  switch (row.kind) {
    case HolidayRow::Kind::fixed: text = fmt::format("fixed {} {}", row.day, month_name(row.month)); break;
    case HolidayRow::Kind::nth_weekday: {
      static constexpr std::string_view days[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
      text = fmt::format("{} {} of {}", places[row.nth + 1], days[static_cast<int>(row.weekday)], month_name(row.month));
      break;
    }
    case HolidayRow::Kind::easter:
      text = "easter";
      if (row.offset != 0) {
        const int days = row.offset < 0 ? -row.offset : row.offset;
        text += fmt::format(" {} {} {}", row.offset < 0 ? "-" : "+", days, days == 1 ? "day" : "days");
      }
      break;
    case HolidayRow::Kind::dates: text = "on " + list_text(file, row.dates); break;
  }
  text += " " + quoted(row.printed.text);
  switch (row.move) {
    case HolidayRow::Move::none: break;
    case HolidayRow::Move::next_weekday: text += ", moved to the next weekday"; break;
    case HolidayRow::Move::nearest_weekday: text += ", moved to the nearest weekday"; break;
  }
  if (row.from_year.valid()) text += " from " + sum_text(file, row.from_year);
  if (row.to_year.valid()) text += " until " + sum_text(file, row.to_year);
  if (!row.except.empty()) text += " except in " + list_text(file, row.except);
  return text;
}

std::string absent_text(const std::vector<Text>& spellings, Absence absence) {
  return spellings.empty() ? "" : fmt::format(", {} means {}", texts(spellings, " or "), word(absence));
}

std::string fact_text(const File& file, const FactField& field) {
  std::string text = field.field.text + " = ";
  if (field.columns.empty()) return text + (field.constant.valid() ? expr_text(file, field.constant) : "");
  for (size_t i = 0; i < field.columns.size(); ++i) text += (i == 0 ? "column " : " or column ") + quoted(field.columns[i].text);
  if (field.occurrence != 1) text += fmt::format(" number {}", field.occurrence);
  if (field.pattern.written()) text += " as " + quoted(field.pattern.text);
  if (field.zone.written()) text += " in " + quoted(field.zone.text);
  std::string codes;
  for (const FactField::Code& code : field.codes) codes += (codes.empty() ? "" : ", ") + quoted(code.text.text) + " = " + sum_text(file, code.value);
  if (!codes.empty()) text += " { " + codes + " }";
  return text + absent_text(field.not_yet, Absence::not_yet) + absent_text(field.none, Absence::none) + absent_text(field.unknown, Absence::unknown);
}

}  // namespace

void print_item(Printer& printer, const Header& header) {
  line(printer, "agreement " + quoted(header.title.text));
  for (size_t i = 0; i < header.parties.size(); ++i) {
    const Party& party = header.parties[i];
    line(printer, fmt::format("{} {} as {} {}", i == 0 ? "between" : "and", party.name.text, party.role.text, quoted(party.printed.text)));
  }
  for (const HeaderItem& item : header.items) line(printer, header_line(printer.file, item));
}

void print_item(Printer& printer, const Calendar& calendar) {
  const File& file = printer.file;
  open(printer, "calendar " + calendar.name.text + (calendar.is_default ? " default" : ""));
  if (calendar.zone.written()) line(printer, "zone " + quoted(calendar.zone.text));
  for (const OpenRow& row : calendar.open) line(printer, "open " + days_text(row.days) + hours_text(row.ranges));
  for (const DateHours& row : calendar.open_on) line(printer, "open on " + list_text(file, row.dates) + hours_text(row.ranges));
  if (!calendar.closed.empty()) line(printer, "closed " + joined(calendar.closed));
  if (calendar.no_holidays) line(printer, "closed never");
  for (const DateHours& row : calendar.closed_on) line(printer, "closed on " + list_text(file, row.dates) + hours_text(row.ranges));
  if (!calendar.business_days.empty()) line(printer, "business days " + days_text(calendar.business_days));
  if (calendar.year_first.valid()) line(printer, "years " + sum_text(file, calendar.year_first) + ".." + sum_text(file, calendar.year_last));
  if (calendar.merged_with.written()) line(printer, "merged with " + calendar.merged_with.text);
  switch (calendar.day_end) {
    case Calendar::DayEnd::unstated: break;
    case Calendar::DayEnd::at_close: line(printer, "business day ends at close"); break;
    case Calendar::DayEnd::same_time: line(printer, "a business day ends at the same time"); break;
  }
  if (calendar.runs_out_at_next_opening) line(printer, "time that runs out at closing ends at the next opening");
  close(printer);
}

void print_item(Printer& printer, const Holidays& holidays) {
  open(printer, "holidays " + holidays.name.text + (holidays.printed.written() ? " " + quoted(holidays.printed.text) : ""));
  for (const Text& source : holidays.sources) line(printer, "source " + quoted(source.text));
  if (holidays.year_first.valid()) {
    line(printer, "years " + sum_text(printer.file, holidays.year_first) + ".." + sum_text(printer.file, holidays.year_last));
  }
  for (const HolidayRow& row : holidays.rows) line(printer, holiday_text(printer.file, row));
  close(printer);
}

void print_item(Printer& printer, const Facts& facts) {
  open(printer, fmt::format("facts {}{} from {}", facts.of_history ? "history of " : "", facts.of.text, quoted(facts.file.text)));
  if (facts.separator.written()) line(printer, "separator " + quoted(facts.separator.text));
  if (facts.parent_key_column.written()) line(printer, "key = column " + quoted(facts.parent_key_column.text));
  for (const FactField& field : facts.fields) line(printer, fact_text(printer.file, field));
  const std::string by = facts.repeats_by.written() ? " by largest " + facts.repeats_by.text : "";
  switch (facts.repeats) {
    case Facts::Repeats::refused: break;
    case Facts::Repeats::last_decides: line(printer, "rows with the same id: the last decides" + by); break;
    case Facts::Repeats::first_decides: line(printer, "rows with the same id: the first decides" + by); break;
  }
  close(printer);
}

}  // namespace writ::ast
