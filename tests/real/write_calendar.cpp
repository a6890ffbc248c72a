// A calendar of a case as a declaration in Writ.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "real/calendar_words.h"
#include "value/civil.h"
#include "value/civil_text.h"

namespace writ::real {
namespace {

constexpr const char* days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr const char* months[] = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};

bool is_within(const std::string& date, int first, int last) {
  const int year = date.size() >= 4 ? std::stoi(date.substr(0, 4)) : 0;
  return year >= first && year <= last;
}

std::string ranges(const std::vector<Hours>& hours) {
  std::string text;
  for (const Hours& one : hours) text += (text.empty() ? "" : ", ") + one.open + ".." + one.close;
  return text;
}

// Hours that a text states twice for a day are stated once: "Mon-Fri (+Thu,Fri)".
std::vector<Hours> distinct(const std::vector<Hours>& hours) {
  std::vector<Hours> result;
  for (const Hours& one : hours)
    if (std::none_of(result.begin(), result.end(), [&](const Hours& other) { return other.open == one.open && other.close == one.close; }))
      result.push_back(one);
  return result;
}

bool has_set(const CalendarWords& words) { return !words.holidays.empty() || !words.yearly.empty(); }

std::string write_set(const CalendarWords& words, const std::string& name, int first, int last) {
  std::string text = fmt::format("holidays {}_holidays \"Holidays of the case\" {{\n  source \"the case\"\n  years {}..{}\n", name, first, last);
  for (const Yearly& day : words.yearly)
    text += fmt::format("  fixed {} {} \"every year\"{}\n", day.day, months[day.month - 1], day.nearest_weekday ? ", moved to the nearest weekday" : "");
  for (const std::string& date : std::set<std::string>(words.holidays.begin(), words.holidays.end()))
    if (is_within(date, first, last)) text += fmt::format("  on {} \"listed\"\n", date);
  return text + "}\n";
}

std::string closed_sets(const CalendarWords& words, const std::string& name) {
  std::string text;
  if (has_set(words)) text += fmt::format("  closed {}_holidays\n", name);
  if (!words.holiday_module.empty()) text += fmt::format("  closed {}\n", words.holiday_module);
  return text;
}

template <typename Visit>
void each_date(int first, int last, Visit visit) {
  for (value::Date date = value::days_from_civil(first, 1, 1); date <= value::days_from_civil(last, 12, 31); ++date) visit(date, value::civil_from_days(date));
}

std::string listed(const std::vector<std::string>& dates) {
  std::string text;
  for (const std::string& date : dates) text += (text.empty() ? "" : ", ") + date;
  return text;
}

// The days of the month that are no business days, as closed dates.
std::string closed_month_days(const CalendarWords& words, int first, int last) {
  std::vector<std::string> dates;
  each_date(first, last, [&](value::Date date, const value::Civil& civil) {
    if (civil.day < words.first_day || civil.day > words.last_day) dates.push_back(value::format_date(date));
  });
  return dates.empty() ? "" : fmt::format("  closed on {}\n", listed(dates));
}

// One line for each day of the month: all its dates on which the calendar is open.
std::string window_hours(const CalendarWords& words, int first, int last) {
  std::string text;
  for (int day = 1; day <= 31; ++day) {
    std::vector<std::string> dates;
    each_date(first, last, [&](value::Date date, const value::Civil& civil) {
      const std::string written = value::format_date(date);
      const bool listed_elsewhere = words.special.contains(written) || std::find(words.holidays.begin(), words.holidays.end(), written) != words.holidays.end();
      if (civil.day == day && !words.week[static_cast<size_t>(value::weekday(date))].empty() && !listed_elsewhere) dates.push_back(written);
    });
    const int start = day % words.window->modulus;
    if (!dates.empty())
      text += fmt::format("  open on {} {:02}:{}..{:02}:{}\n", listed(dates), start, words.window->open, start + words.window->shift, words.window->close);
  }
  return text;
}

}  // namespace

std::string write_calendar(const CalendarWords& words, const std::string& name, int first, int last) {
  std::string text = has_set(words) ? write_set(words, name, first, last) : "";
  text += fmt::format("calendar {} {{\n", name);
  if (words.window)
    text += window_hours(words, first, last);
  else
    for (size_t day = 0; day < 7; ++day)
      if (!words.week[day].empty()) text += fmt::format("  open {} {}\n", days[day], ranges(distinct(words.week[day])));
  text += closed_sets(words, name) + closed_month_days(words, first, last);
  for (const auto& [date, hours] : words.special)
    if (is_within(date, first, last)) text += hours.empty() ? fmt::format("  closed on {}\n", date) : fmt::format("  open on {} {}\n", date, ranges(hours));
  for (const auto& [date, hours] : words.breaks)
    if (is_within(date, first, last) && !hours.empty()) text += fmt::format("  closed on {} {}\n", date, ranges(hours));
  return text + fmt::format("  years {}..{}\n}}\n", first, last);
}

std::string write_holiday_counters(const CalendarWords& words, const std::string& name, int first, int last) {
  return fmt::format("calendar {}_days {{\n  open every day 00:00..24:00\n{}  years {}..{}\n}}\n", name, closed_sets(words, name), first, last) +
         fmt::format("calendar {}_every {{\n  open every day 00:00..24:00\n  years {}..{}\n}}\n", name, first, last);
}

std::optional<int> minutes_of_day(const CalendarWords& words) {
  if (words.window || !words.special.empty() || !words.breaks.empty()) return std::nullopt;
  const auto minutes = [](const std::string& time) { return std::stoi(time.substr(0, 2)) * 60 + std::stoi(time.substr(3, 2)); };
  std::optional<int> result;
  for (const std::vector<Hours>& hours : words.week) {
    int total = 0;
    for (const Hours& one : hours) {
      if (one.open.size() > 5 || one.close.size() > 5) return std::nullopt;
      total += minutes(one.close) - minutes(one.open) + (one.close < one.open ? 24 * 60 : 0);
    }
    if (total == 0) continue;
    if (result && *result != total) return std::nullopt;
    result = total;
  }
  return result;
}

}  // namespace writ::real
