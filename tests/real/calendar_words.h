// The calendar of a case: hours by weekday as a table, or described in words. What it says, and how Writ says it.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "real/case.h"

namespace writ::real {

struct Hours {
  std::string open, close;  // local times as Writ writes them: "09:00", "07:45:30", "24:00"
};

// Hours that depend on the day of the month: from (day % modulus):open to (day % modulus + shift):close.
struct Window {
  int modulus = 1, shift = 0;
  std::string open, close;  // minutes, or minutes and seconds: "30", "30:30"
};

struct Yearly {
  int month = 0, day = 0;
  bool nearest_weekday = false;  // taken on the Friday before a Saturday, on the Monday after a Sunday
};

struct CalendarWords {
  std::string zone = "Etc/UTC";            // times without a zone are read as UTC: no clock changes
  std::array<std::vector<Hours>, 7> week;  // Monday first
  std::optional<Window> window;            // on the weekdays that have hours
  int first_day = 1, last_day = 31;        // business days are these days of the month
  std::vector<std::string> holidays;       // dates
  std::vector<Yearly> yearly;
  std::string holiday_module;                         // a set of the standard library: "us_federal"
  std::map<std::string, std::vector<Hours>> special;  // by date, in place of the hours of the weekday
  std::map<std::string, std::vector<Hours>> breaks;   // by date
};

struct CalendarRead {
  std::optional<CalendarWords> words;
  std::string why_not;  // when there are none
};

// The calendar, holidays, breaks, shifts and extra dates of a case. Any form that is not known is said so, never guessed.
CalendarRead read_calendar(const Case& one);
// Calendars of cases that are written alike are one.
std::string calendar_key(const Case& one);

// The same calendar as a declaration in Writ, for the years first..last.
std::string write_calendar(const CalendarWords& words, const std::string& name, int first, int last);
// The two calendars from which holidays are counted: NAME_days is open on every day but holidays, NAME_every on every day.
std::string write_holiday_counters(const CalendarWords& words, const std::string& name, int first, int last);

// The minutes of a business day, where all business days have the same.
std::optional<int> minutes_of_day(const CalendarWords& words);

}  // namespace writ::real
