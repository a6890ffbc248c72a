// The forms in which files of cases describe a calendar.
#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "real/calendar_words.h"

namespace writ::real {
namespace {

const std::vector<std::string> weekday_names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
const std::vector<std::string> month_names{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};

// The place of a name that begins with three letters of the list; -1 when it is none of them.
int place_in(const std::vector<std::string>& names, std::string word) {
  std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
  for (size_t i = 0; i < names.size(); ++i)
    if (word.size() >= 3 && word.compare(0, 3, names[i]) == 0) return static_cast<int>(i);
  return -1;
}

// "9:00", "09:00:00" -> "09:00"; "07:45:30" stays. "" for anything else.
std::string clock_time(const std::string& text) {
  static const std::regex form(R"((\d{1,2}):(\d\d)(?::(\d\d))?)");
  std::smatch parts;
  if (!std::regex_match(text, parts, form)) return {};
  std::string time = (parts[1].length() == 1 ? "0" : "") + parts[1].str() + ":" + parts[2].str();
  if (parts[3].matched && parts[3].str() != "00") time += ":" + parts[3].str();
  return time;
}

bool read_hours(const Json& list, std::vector<Hours>& out) {
  if (!list.is_array()) return false;
  for (const Json& pair : list) {
    if (!pair.is_array() || pair.size() != 2) return false;
    const Hours hours{clock_time(text_of(pair[0])), clock_time(text_of(pair[1]))};
    if (hours.open.empty() || hours.close.empty()) return false;
    out.push_back(hours);
  }
  return true;
}

bool read_hours_by_date(const Json& node, std::map<std::string, std::vector<Hours>>& out) {
  if (node.is_null()) return true;
  if (!node.is_object()) return false;
  for (const auto& [date, hours] : node.items())
    if (!read_hours(hours, out[date])) return false;
  return true;
}

bool read_table(const Json& node, CalendarWords& words) {
  for (const auto& [name, hours] : node.items()) {
    const int day = place_in(weekday_names, name);
    if (day < 0 || !read_hours(hours, words.week[static_cast<size_t>(day)])) return false;
  }
  return true;
}

// "Mon-Fri", "Mon..Fri", "Mon, Wed-Fri", "every day"
bool read_days(const std::string& text, std::array<bool, 7>& days) {
  if (text == "every day" || text == "daily") {
    days.fill(true);
    return true;
  }
  static const std::regex form(R"(([A-Za-z]+)(?:\s*(?:-|\.\.)\s*([A-Za-z]+))?)");
  static const std::regex comma(R"(\s*,\s*)");
  for (std::sregex_token_iterator it(text.begin(), text.end(), comma, -1), end; it != end; ++it) {
    const std::string part = *it;
    std::smatch names;
    if (!std::regex_match(part, names, form)) return false;
    const int from = place_in(weekday_names, names[1]);
    const int to = names[2].matched ? place_in(weekday_names, names[2]) : from;
    if (from < 0 || to < 0) return false;
    for (int day = from;; day = (day + 1) % 7) {
      days[static_cast<size_t>(day)] = true;
      if (day == to) break;
    }
  }
  return true;
}

// "09:00-17:00", "09:00-12:00, 13:00-17:00"; nothing: the whole day
bool read_ranges(const std::string& text, std::vector<Hours>& out) {
  if (text.empty()) {
    out.push_back({"00:00", "24:00"});
    return true;
  }
  static const std::regex form(R"(([\d:]+)\s*(?:-|\.\.)\s*([\d:]+))");
  static const std::regex comma(R"(\s*(?:,|and)\s*)");
  for (std::sregex_token_iterator it(text.begin(), text.end(), comma, -1), end; it != end; ++it) {
    const std::string part = *it;
    std::smatch times;
    if (!std::regex_match(part, times, form)) return false;
    const Hours hours{clock_time(times[1]), clock_time(times[2])};
    if (hours.open.empty() || hours.close.empty()) return false;
    out.push_back(hours);
  }
  return true;
}

// "July 4; observed Fri if Sat, Mon if Sun", "Jul 4 (Sat->Fri, Sun->Mon observed)", "December 25"
bool read_yearly(const std::string& text, CalendarWords& words) {
  static const std::regex form(R"(([A-Z][a-z]+) (\d{1,2})\s*(.*))");
  static const std::regex moved(R"(;? *\(?(?:observed Fri if Sat, Mon if Sun|Sat->Fri, Sun->Mon observed)\)?)");
  std::smatch parts;
  if (!std::regex_match(text, parts, form)) return false;
  const int month = place_in(month_names, parts[1]);
  const std::string rest = parts[3];
  if (month < 0 || (!rest.empty() && !std::regex_match(rest, moved))) return false;
  words.yearly.push_back({month + 1, std::stoi(parts[2]), !rest.empty()});
  return true;
}

bool read_holidays(const Json& node, CalendarWords& words) {
  if (node.is_null()) return true;
  if (node.is_string()) {
    const std::string text = node.get<std::string>();
    if (text.rfind("US federal", 0) == 0) return words.holiday_module = "us_federal", true;
    if (text.rfind("England and Wales", 0) == 0 || text.rfind("GB_ENG", 0) == 0) return words.holiday_module = "england_and_wales", true;
    return text.empty() || text == "none" || read_yearly(text, words);
  }
  if (!node.is_array()) return false;
  static const std::regex date(R"((\d{4}|\*)-(\d\d)-(\d\d))");
  for (const Json& day : node) {
    const std::string text = text_of(day);
    std::smatch parts;
    if (!std::regex_match(text, parts, date)) return false;
    if (parts[1] == "*")
      words.yearly.push_back({std::stoi(parts[2]), std::stoi(parts[3]), false});
    else
      words.holidays.push_back(text);
  }
  return true;
}

// "Mon-Fri 09:00-17:00 UTC", "Mon-Fri (+Thu,Fri) 06:00-24:00", "Mon-Thu 09:00-17:00; Fri 09:00-16:00", "Mon-Fri"
bool read_weekly_words(const std::string& text, CalendarWords& words) {
  static const std::regex semicolon(R"(\s*;\s*)");
  static const std::regex form(R"(([A-Za-z][A-Za-z ,.\-]*?)\s*(?:\(\+([A-Za-z ,.\-]+)\))?\s*(\d[\d:\-., and]*)?)");
  for (std::sregex_token_iterator it(text.begin(), text.end(), semicolon, -1), end; it != end; ++it) {
    const std::string part = *it;
    std::smatch found;
    std::array<bool, 7> days{};
    std::vector<Hours> hours;
    if (!std::regex_match(part, found, form) || !read_days(found[1], days) || !read_ranges(found[3], hours)) return false;
    if (found[2].matched && !read_days(found[2], days)) return false;
    for (size_t day = 0; day < 7; ++day)
      if (days[day]) words.week[day].insert(words.week[day].end(), hours.begin(), hours.end());
  }
  return true;
}

// "per-date window: start=(day%12):30, end=(day%12+6):45, Mon-Fri". A business week without named days is Monday to Friday.
bool read_window(const std::string& text, CalendarWords& words) {
  static const std::regex form(R"(per-date window: start=\(day%(\d+)\):(\d\d(?::\d\d)?), end=\(day%(\d+)\+(\d+)\):(\d\d(?::\d\d)?)(?:, (.+))?)");
  std::smatch parts;
  if (!std::regex_match(text, parts, form) || parts[1] != parts[3]) return false;
  words.window = Window{std::stoi(parts[1]), std::stoi(parts[4]), parts[2], parts[5]};
  std::array<bool, 7> days{};
  if (words.window->modulus < 1 || !read_days(parts[6].matched ? parts[6].str() : "Mon-Fri", days)) return false;
  for (size_t day = 0; day < 7; ++day)
    if (days[day]) words.week[day].push_back({"00:00", "24:00"});
  return true;
}

// "days 1..15 of month are workdays; holiday Jul 4 (Sat->Fri, Sun->Mon observed)"
bool read_month_days(const std::string& text, CalendarWords& words) {
  static const std::regex form(R"(days (\d+)\.\.(\d+) of month are workdays(?:; holiday (.+))?)");
  std::smatch parts;
  if (!std::regex_match(text, parts, form)) return false;
  words.first_day = std::stoi(parts[1]);
  words.last_day = std::stoi(parts[2]);
  for (std::vector<Hours>& day : words.week) day.push_back({"00:00", "24:00"});
  return !parts[3].matched || read_yearly(parts[3], words);
}

bool read_words(std::string text, CalendarWords& words) {
  static const std::regex zone(R"((.*?),? *\b(UTC|naive|[A-Z][A-Za-z]+/[A-Za-z_/]+))");
  std::smatch parts;
  const std::string whole = text;
  if (std::regex_match(whole, parts, zone)) {
    text = parts[1];
    if (parts[2] != "UTC" && parts[2] != "naive") words.zone = parts[2];
  }
  return read_window(text, words) || read_month_days(text, words) || read_weekly_words(text, words);
}

}  // namespace

std::string calendar_key(const Case& one) {
  std::string key;
  for (const char* name : {"calendar", "holidays", "breaks", "shifts", "extra_working_dates", "zone"}) key += field(one, name).dump() + "\n";
  return key;
}

CalendarRead read_calendar(const Case& one) {
  CalendarWords words;
  const Json& calendar = field(one, "calendar");
  if (calendar.is_object() ? !read_table(calendar, words) : !calendar.is_string() || !read_words(calendar.get<std::string>(), words))
    return {std::nullopt, fmt::format("a calendar described as {}", calendar.dump())};
  if (field(one, "zone").is_string()) words.zone = text_of(field(one, "zone"));
  if (!read_holidays(field(one, "holidays"), words)) return {std::nullopt, fmt::format("holidays described as {}", field(one, "holidays").dump())};
  if (words.window && (!words.yearly.empty() || !words.holiday_module.empty()))
    return {std::nullopt, "hours by the day of the month together with yearly holidays"};
  if (!read_hours_by_date(field(one, "shifts"), words.special) || !read_hours_by_date(field(one, "breaks"), words.breaks))
    return {std::nullopt, "shifts or breaks that are no hours by date"};
  for (const std::string& holiday : words.holidays)
    words.special.erase(holiday);  // in these files a holiday beats a shift; in Writ special hours beat a holiday
  const Json& extra = field(one, "extra_working_dates");
  if (extra.is_array())
    for (const Json& date : extra) words.special[text_of(date)].push_back({"00:00", "24:00"});
  return {std::move(words), {}};
}

}  // namespace writ::real
