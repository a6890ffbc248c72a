// Operations on instants: is it open, when does it open or close, how much open time lies between.
#include <fmt/format.h>

#include <map>

#include "real/speaker.h"

namespace writ::real {
namespace {

// Of the day of an instant, where that is a business day; else nothing.
void of_that_day(Speaker& s, const std::string& at, const std::string& moment) {
  const std::string day = s.is_business_day("date(" + at + ")");
  s.answer_body(Answer::instant, fmt::format(": instant or none {{\n  base none\n  case working: {} when {}\n}}", moment, day));
}

void workday_start(Speaker& s) {
  const std::string at = s.instant({"d"});
  of_that_day(s, at, s.next_opening("start_of_day(date(" + at + "))"));
}

void workday_end(Speaker& s) {
  const std::string at = s.instant({"d"});
  of_that_day(s, at, s.last_open("start_of_day(date(" + at + ") + 1 days)"));
}

// The first opening that is not before the instant.
void next_start(Speaker& s) {
  const std::string at = s.instant({"d"});
  const std::string inside = fmt::format("{} and {}", s.is_open(at), s.is_open(at + " - 1 microsecond"));
  s.answer(Answer::instant, fmt::format("if {} then {} else {}", inside, s.next_opening(s.next_closing(at)), s.next_opening(at)));
}

// The first close that is not before the instant.
void next_end(Speaker& s) {
  const std::string at = s.instant({"d"});
  const std::string closing = fmt::format("not {} and {}", s.is_open(at), s.open_or_close(at));
  s.answer(Answer::instant, fmt::format("if {} then {} else {}", closing, at, s.next_closing(at)));
}

void next_working_time(Speaker& s) {
  const std::string at = s.instant({"start"});
  s.answer(Answer::instant, fmt::format("if {} then {} else {}", s.open_or_close(at), at, s.next_opening(at)));
}

void last_working_time(Speaker& s) {
  const std::string at = s.instant({"start"});
  s.answer(Answer::instant, fmt::format("if {} then {} else {}", s.open_or_close(at), at, s.last_open(at)));
}

int64_t stated_unit(const Speaker& s) {
  const std::string unit = text_of(field(s.one, "unit"));
  if (unit.find("second") != std::string::npos) return microseconds_of("second");
  if (unit.find("minute") == std::string::npos && unit.find("hour") != std::string::npos) return microseconds_of("hour");
  return microseconds_of("minute");
}

// Open time between two instants; what the libraries say when the second is the earlier one differs.
enum class Backwards { negative, zero, positive };
void open_between(Speaker& s, const std::string& from, const std::string& to, Backwards backwards, int64_t unit) {
  const std::string forwards = s.open_time(from, to);
  const std::string other = backwards == Backwards::zero ? s.open_time(from, from) : s.open_time(to, from);
  s.answer_open_time(backwards == Backwards::negative ? forwards : fmt::format("if {} <= {} then {} else {}", from, to, forwards, other), unit);
}

void within(Speaker& s, int64_t unit) {
  const std::string from = s.instant({"start"});
  open_between(s, from, s.instant({"end"}), Backwards::zero, unit);
}

void with_end(Speaker& s) {
  const std::string from = s.instant({"start"});
  open_between(s, from, s.instant({"end"}), Backwards::negative, stated_unit(s));
}

void hours_in_range(Speaker& s) {
  const std::string from = s.instant({"f"});
  open_between(s, from, s.instant({"t"}), Backwards::positive, stated_unit(s));
}

void hours_of_day(Speaker& s) {
  const std::string date = s.date({"d"});
  open_between(s, "start_of_day(" + date + ")", "start_of_day(" + date + " + 1 days)", Backwards::negative, stated_unit(s));
}

// The first stretches of open time from an instant on, as many as the case lists.
void intervals_after(Speaker& s) {
  const Json& expected = s.one.node["expect"];
  if (!expected.is_array() || expected.empty()) return s.refuse("stretches of open time that are no list");
  std::string from = s.instant({"start"});
  s.made.answer = Answer::intervals;
  for (size_t i = 0; i < expected.size(); ++i) {
    const std::string start = fmt::format("{}_from{}", s.prefix, i), end = fmt::format("{}_to{}", s.prefix, i);
    s.made.rules.push_back({start, "= " + s.next_opening(from)});
    s.made.rules.push_back({end, "= " + s.next_closing(start)});
    from = end;
  }
}

using Say = void (*)(Speaker&);

const std::map<std::string, Say>& operations() {
  static const std::map<std::string, Say> table{
      {"isWorkingTime", [](Speaker& s) { s.answer(Answer::truth, s.open_or_close(s.instant({"start"}))); }},
      {"IsWorkTime", [](Speaker& s) { s.answer(Answer::truth, s.open_or_close(s.instant({"d"}))); }},
      {"IsWorkTimeSeconds", [](Speaker& s) { s.answer(Answer::truth, s.open_or_close(s.instant({"d"}))); }},
      {"in_hours", [](Speaker& s) { s.answer(Answer::truth, s.is_open(s.instant({"start"}))); }},
      {"nextWorkingTime", next_working_time},
      {"lastWorkingTime", last_working_time},
      {"WorkdayStart", workday_start},
      {"WorkdayEnd", workday_end},
      {"NextWorkdayStart", next_start},
      {"NextWorkdayEnd", next_end},
      {"WorkHours", hours_of_day},
      {"WorkHoursInRange", hours_in_range},
      {"within_seconds", [](Speaker& s) { within(s, microseconds_of("second")); }},
      {"within_minutes", [](Speaker& s) { within(s, microseconds_of("minute")); }},
      {"within_hours", [](Speaker& s) { within(s, microseconds_of("hour")); }},
      {"businesstimedelta", with_end},
      {"businesstime_hours", with_end},
      {"periods_after", intervals_after},
      {"periods_before", [](Speaker& s) { s.refuse("the last opening before an instant"); }},
      {"local_to_utc", [](Speaker& s) { s.answer(Answer::instant, s.instant({"start"})); }},
  };
  return table;
}

}  // namespace

bool say_of_hours(Speaker& speaker) {
  const auto found = operations().find(speaker.one.op);
  if (found == operations().end()) return false;
  found->second(speaker);
  return true;
}

}  // namespace writ::real
