#include "real/holiday_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "real/evaluate.h"
#include "value/civil.h"
#include "value/civil_text.h"

namespace writ::real {
namespace {

// The library's set for a region; "" when there is none.
std::string module_of(const std::string& region) {
  static const std::map<std::string, std::string> modules{{"GB_ENG", "england_and_wales"}, {"us_federal", "us_federal"}, {"US", "us_federal"}};
  const auto found = modules.find(region);
  return found == modules.end() ? "" : found->second;
}

struct Days {
  value::Date first = value::last_date, last = value::first_date;      // whole years
  std::map<std::string, std::map<value::Date, std::string>> holidays;  // by region: the names of each day
  int unreadable = 0;
};

// A table without regions is of the one that its name says: us_federal_2010_2035.
std::string region_of_name(const std::string& name) { return std::regex_replace(name, std::regex(R"((_\d{4})+$)"), ""); }

Days read_days(const Table& table) {
  Days days;
  const std::optional<size_t> region = column(table, "region");
  const size_t date = *column(table, "date"), names = *column(table, "names");
  for (const std::vector<std::string>& row : table.rows) {
    const value::Parsed<value::Date> day = row.size() == table.columns.size() ? value::parse_date(row[date]) : value::parse_date("");
    if (!day.ok()) {
      days.unreadable += 1;
      continue;
    }
    const int year = value::civil_from_days(day.value).year;
    days.first = std::min(days.first, value::days_from_civil(year, 1, 1));
    days.last = std::max(days.last, value::days_from_civil(year, 12, 31));
    days.holidays[region ? row[*region] : region_of_name(table.name)][day.value] = row[names];
  }
  return days;
}

record::Batch batch_of(const Evaluation& evaluation, value::Date first, value::Date last) {
  record::Batch batch;
  const auto& records = evaluation.program.agreement.records;
  for (uint32_t i = 0; i < records.size(); ++i)
    if (records.items[i].name == "Day") batch.record = i;
  batch.columns.resize(2);
  for (value::Date date = first; date <= last; ++date) {
    batch.columns[0].values.push_back(date * value::us_per_day);
    batch.columns[1].values.push_back(date);
  }
  batch.rows = static_cast<uint32_t>(batch.columns[0].values.size());
  return batch;
}

void compare_day(Tally& tally, value::Date date, const value::Value& works, const std::map<value::Date, std::string>& holidays) {
  const auto holiday = holidays.find(date);
  const bool expected = value::weekday(date) < 5 && holiday == holidays.end();
  if (works.state == value::State::given && value::is_certain(works) && (works.lo != 0) == expected) {
    tally.hold += 1;
    return;
  }
  const std::string table_says = expected ? "a business day" : holiday == holidays.end() ? "a weekend" : holiday->second;
  tally.failures.push_back(fmt::format("{}: the table has {}, Writ {}", value::format_date(date), table_says,
                                       works.state != value::State::given ? "cannot tell"
                                       : works.lo != 0                    ? "a business day"
                                                                          : "a day that is closed"));
}

Tally compare_region(const std::string& module, const Days& days, const std::map<value::Date, std::string>& holidays) {
  Tally tally;
  const Years years{value::civil_from_days(days.first).year, value::civil_from_days(days.last).year};
  const std::string text = header("Etc/UTC", false, years) + fmt::format(
                                                                 "use std.holidays.{}\n"
                                                                 "record Day since starts {{\n  starts : instant\n  day : date\n}}\n"
                                                                 "calendar Table {{\n  open Mon..Fri 00:00..24:00\n  closed {}\n  years {}..{}\n}}\n"
                                                                 "rule works per Day = is_business_day(day) on Table\n",
                                                                 module, module, years.first, years.last);
  Evaluation evaluation;
  if (!read_text("holidays.writ", text, evaluation)) {
    tally.failures.push_back("the agreement is refused: " + first_error(evaluation));
    return tally;
  }
  evaluation.batches.push_back(batch_of(evaluation, days.first, days.last));
  run(evaluation);
  const std::vector<value::Value>& works = column_of(evaluation, "works");
  if (works.size() != evaluation.batches[0].rows || !evaluation.trouble.empty()) {
    tally.failures.push_back("the days were not evaluated " + evaluation.trouble);
    return tally;
  }
  for (size_t i = 0; i < works.size(); ++i) compare_day(tally, days.first + static_cast<value::Date>(i), works[i], holidays);
  return tally;
}

}  // namespace

bool is_holiday_table(const Table& table) { return column(table, "date") && column(table, "names"); }

bool run_holidays(const Table& table) {
  const Days days = read_days(table);
  bool well = true;
  for (const auto& [region, holidays] : days.holidays) {
    const std::string module = module_of(region);
    if (module.empty()) {
      fmt::print("holidays of {}: {} dates cannot be said: no such module in the library\n", region, holidays.size());
      continue;
    }
    const Tally tally = compare_region(module, days, holidays);
    print_tally(fmt::format("holidays of {} ({}..{}, day by day)", region, value::civil_from_days(days.first).year, value::civil_from_days(days.last).year),
                tally);
    well = well && tally.failures.empty();
  }
  if (days.unreadable > 0) fmt::print("holidays: {} rows of {} are not in the known form\n", days.unreadable, table.name);
  return well;
}

}  // namespace writ::real
