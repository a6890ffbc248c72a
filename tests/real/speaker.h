// Parts of sentences: the parameters of a case, and the phrases that several operations share.
#pragma once
#include <initializer_list>
#include <string>

#include "real/operations.h"

namespace writ::real {

struct Speaker {
  const Case& one;
  const CalendarWords& words;
  std::string prefix, calendar;
  Sentence made;
  std::string why_not;

  // A parameter for a field of the case; its name. "" when the field is missing: then `why_not` says so.
  std::string instant(std::initializer_list<const char*> names);
  std::string date(std::initializer_list<const char*> names);
  std::string instant_param(const std::string& written);
  std::string date_param(const std::string& written);
  // A whole number of the case. `why_not` says when there is none.
  int64_t whole(std::initializer_list<const char*> names);

  void answer(Answer kind, const std::string& expression) { answer_body(kind, "= " + expression); }
  void answer_body(Answer kind, const std::string& body);
  void answer_open_time(const std::string& expression, int64_t unit);
  void refuse(const std::string& reason) { why_not = reason; }

  std::string on() const { return " on " + calendar; }
  std::string is_open(const std::string& at) const { return "is_open(" + at + ")" + on(); }
  std::string is_business_day(const std::string& date) const { return "is_business_day(" + date + ")" + on(); }
  std::string open_time(const std::string& from, const std::string& to) const { return "open_time(" + from + ", " + to + ")" + on(); }
  std::string next_opening(const std::string& at) const { return "next_opening(" + at + ")" + on(); }
  std::string next_closing(const std::string& at) const { return "next_closing(" + at + ")" + on(); }
  // The last close at or before an instant that is closed; an open instant itself [T6 with nothing to count].
  std::string last_open(const std::string& at) const { return "((" + at + ") - 0 business hours" + on() + ")"; }
  // Business days counted from a date that does not count itself; none: the date.
  std::string days_from(const std::string& date, int64_t n) const;
  // The time of day of `at` on another date.
  std::string same_time(const std::string& date, const std::string& at) const;
  // Open, the instant of a close with it: some libraries count that as working time, on the same day.
  std::string open_or_close(const std::string& at) const;
  std::string business_days(const std::string& from, const std::string& to) const { return "business_days(" + from + ", " + to + ")" + on(); }
};

constexpr int64_t microseconds_of_second = 1'000'000;

// "days", "hour", "ms" -> "day", "hour", "millisecond"; "" for units that are none of these five.
std::string unit_of(const std::string& written);
// Microseconds of a unit of clock time; 0 for days.
int64_t microseconds_of(const std::string& unit);

// Each says a group of operations; false when the operation is none of theirs.
bool say_of_days(Speaker& speaker);
bool say_of_hours(Speaker& speaker);
bool say_of_sums(Speaker& speaker);

}  // namespace writ::real
