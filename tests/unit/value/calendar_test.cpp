// Calendars and clocks by example: each rule of docs/language/reference/time.md has its case here.

#include "unit/value/support.h"

using namespace writ::value;
using namespace writ::value::test;

namespace {

LocalInterval hours(const char* open, const char* close) {
  auto seconds = [](const char* text) { return static_cast<int32_t>(parse_time_of_day(text).value / us_per_second); };
  int32_t from = seconds(open), until = seconds(close);
  return {from, until <= from ? until + 86400 : until};
}

// Monday to Friday, in UTC.
CalendarRules office(const char* first, const char* last) {
  CalendarRules rules;
  rules.zone = utc_zone();
  for (size_t i = 0; i < 5; ++i) rules.week[i] = {hours("09:00", "17:30")};
  rules.first = day(first);
  rules.last = day(last);
  return rules;
}

CalendarTable build(const CalendarRules& rules) {
  CalendarTable table;
  REQUIRE(build_calendar(rules, table) == CalendarError::none);
  return table;
}

std::string after(const CalendarTable& table, const char* t, const char* amount) { return show(add_open(table, utc(t), parse_time_of_day(amount).value)); }

}  // namespace

TEST_CASE("business hours: Friday evening and two hours is Monday eleven") {
  CalendarTable table = build(office("2026-01-01", "2027-12-31"));
  CHECK(after(table, "2026-02-27T23:55", "02:00") == "2026-03-02T11:00");
  CHECK(after(table, "2026-02-27T16:30", "02:00") == "2026-03-02T10:00");
  CHECK(after(table, "2026-03-02T09:00", "02:00") == "2026-03-02T11:00");
  CHECK(after(table, "2026-03-02T08:00", "02:00") == "2026-03-02T11:00");
  CHECK(after(table, "2026-03-02T17:30", "00:30") == "2026-03-03T09:30");
}

TEST_CASE("an allowance that runs out exactly at a close") {
  CalendarRules rules = office("2026-01-01", "2027-12-31");
  CHECK(after(build(rules), "2026-02-27T15:30", "02:00") == "2026-02-27T17:30");
  rules.runs_out_at_next_opening = true;
  CHECK(after(build(rules), "2026-02-27T15:30", "02:00") == "2026-03-02T09:00");
  CHECK(after(build(rules), "2026-02-27T15:30", "01:59") == "2026-02-27T17:29");
}

TEST_CASE("an allowance of nothing ends where open time begins") {
  CalendarTable table = build(office("2026-01-01", "2027-12-31"));
  CHECK(after(table, "2026-02-27T12:00", "00:00") == "2026-02-27T12:00");
  CHECK(after(table, "2026-02-27T17:30", "00:00") == "2026-03-02T09:00");
  CHECK(after(table, "2026-02-28T12:00", "00:00") == "2026-03-02T09:00");
  CHECK(show(subtract_open(table, utc("2026-02-28T12:00"), 0)) == "2026-02-27T17:30");
  CHECK(show(subtract_open(table, utc("2026-03-02T09:00"), 0)) == "2026-02-27T17:30");
  CHECK(show(subtract_open(table, utc("2026-03-02T17:30"), 0)) == "2026-03-02T17:30");
  CHECK(show(subtract_open(table, utc("2026-03-01T12:00"), 2 * us_per_hour)) == "2026-02-27T15:30");
  CHECK(show(subtract_open(table, utc("2026-03-02T11:00"), 2 * us_per_hour)) == "2026-03-02T09:00");
}

TEST_CASE("outside the table nothing is known") {
  CalendarTable table = build(office("2026-01-01", "2026-12-31"));
  CHECK(!add_open(table, utc("2025-12-31T12:00"), us_per_hour).known);
  CHECK(!add_open(table, utc("2027-01-01T00:00"), 0).known);
  CHECK(!add_open(table, utc("2026-12-31T17:00"), us_per_hour).known);
  CHECK(show(add_open(table, utc("2026-12-31T17:00"), us_per_hour / 2)) == "2026-12-31T17:30");
  CHECK(!add_open(table, utc("2026-12-31T17:00"), INT64_MAX).known);
  CHECK(!subtract_open(table, utc("2026-01-01T10:00"), 2 * us_per_hour).known);
  CHECK(!open_between(table, utc("2025-12-31T12:00"), utc("2026-02-01T00:00")).known);
  CHECK(open_between(table, utc("2026-01-01T00:00"), utc("2027-01-01T00:00")).value == 261 * 17 * us_per_hour / 2);
  CHECK(!is_open(table, utc("2027-01-01T00:00")).known);
  CHECK(!add_business_days(table, utc("2026-12-30T12:00"), 2).known);
  CHECK(show(add_business_days(table, utc("2026-12-30T12:00"), 1)) == "2026-12-31T17:30");
  CHECK(!add_business_days(table, utc("2026-12-30T12:00"), INT64_MAX).known);
  CHECK(!business_days_between(table, day("2026-01-01"), day("2027-01-02")).known);
  CHECK(business_days_between(table, day("2026-01-01"), day("2027-01-01")).value == 261);
  CHECK(!next_opening(table, utc("2026-12-31T17:30")).known);
}

TEST_CASE("a calendar that never opens, and one that never closes") {
  CalendarRules rules = office("2026-01-01", "2026-12-31");
  rules.week = {};
  CalendarTable closed = build(rules);
  CHECK(!add_open(closed, utc("2026-02-01T00:00"), 0).known);
  CHECK(!add_open(closed, utc("2026-02-01T00:00"), 1).known);
  CHECK(!add_business_days(closed, utc("2026-02-01T00:00"), 1).known);
  CHECK(open_between(closed, utc("2026-02-01T00:00"), utc("2026-03-01T00:00")).value == 0);

  for (auto& d : rules.week) d = {hours("00:00", "24:00")};
  CalendarTable open = build(rules);
  CHECK(open.intervals.size() == 1);
  CHECK(after(open, "2026-02-27T23:55", "02:00") == "2026-02-28T01:55");
  CHECK(after(open, "2026-02-27T23:00", "01:00") == "2026-02-28T00:00");
  CHECK(show(add_business_days(open, utc("2026-02-27T23:55"), 1)) == "2026-03-01T00:00");
  CHECK(!next_close(open, utc("2026-02-27T23:55")).known);
}

TEST_CASE("business days: the day of the event does not count") {
  CalendarRules rules = office("2026-01-01", "2026-12-31");
  rules.holidays = {day("2026-04-03"), day("2026-04-06")};
  CalendarTable table = build(rules);
  auto due = [&](const char* t, int64_t n) { return show(add_business_days(table, utc(t), n)); };
  CHECK(due("2026-03-02T08:00", 1) == "2026-03-03T17:30");  // before opening: still the day of the event
  CHECK(due("2026-03-02T12:00", 1) == "2026-03-03T17:30");
  CHECK(due("2026-03-02T20:00", 1) == "2026-03-03T17:30");
  CHECK(due("2026-02-28T12:00", 1) == "2026-03-02T17:30");
  CHECK(due("2026-04-02T12:00", 1) == "2026-04-07T17:30");  // over Easter
  CHECK(due("2026-04-02T12:00", 5) == "2026-04-13T17:30");
  // Within 0 business days: the same business day, or the next one when it is over.
  CHECK(due("2026-03-02T12:00", 0) == "2026-03-02T17:30");
  CHECK(due("2026-03-02T17:30", 0) == "2026-03-02T17:30");
  CHECK(due("2026-03-02T17:31", 0) == "2026-03-03T17:30");
  CHECK(due("2026-02-28T12:00", 0) == "2026-03-02T17:30");
}

TEST_CASE("business days that end at the same time") {
  CalendarRules rules = office("2026-01-01", "2026-12-31");
  rules.day_ends_same_time = true;
  CalendarTable table = build(rules);
  auto due = [&](const char* t, int64_t n) { return show(add_business_days(table, utc(t), n)); };
  CHECK(due("2026-03-02T12:34", 2) == "2026-03-04T12:34");
  CHECK(due("2026-02-27T12:34", 1) == "2026-03-02T12:34");
  CHECK(due("2026-02-27T17:30", 1) == "2026-03-03T09:00");  // closed at its close: moved to Monday 09:00
  CHECK(due("2026-03-02T08:00", 1) == "2026-03-03T09:00");
  CHECK(due("2026-02-28T12:00", 2) == "2026-03-04T09:00");
  CHECK(due("2026-03-02T12:34", 0) == "2026-03-02T12:34");
  CHECK(due("2026-02-28T12:00", 0) == "2026-03-02T09:00");

  // Other hours on the last day: moved into them.
  rules.week[2] = {hours("10:00", "12:00"), hours("13:00", "15:00")};
  table = build(rules);
  CHECK(due("2026-03-03T09:30", 1) == "2026-03-04T10:00");
  CHECK(due("2026-03-03T12:00", 1) == "2026-03-04T12:00");  // exactly at a close stays there
  CHECK(due("2026-03-03T12:30", 1) == "2026-03-04T13:00");
  CHECK(due("2026-03-03T17:00", 1) == "2026-03-04T15:00");

  // An overnight interval belongs to the day on which it starts.
  for (size_t i = 0; i < 5; ++i) rules.week[i] = {hours("22:00", "06:00")};
  table = build(rules);
  CHECK(due("2026-03-03T03:00", 1) == "2026-03-04T03:00");  // Monday's night to Tuesday's
  CHECK(due("2026-03-07T03:00", 1) == "2026-03-10T03:00");  // Friday's night to Monday's
}

TEST_CASE("business days over a clock change keep their wall clock") {
  CalendarRules rules = office("2026-01-01", "2026-12-31");
  if (!load_zone("America/New_York", rules.zone)) return;
  for (size_t i = 0; i < 5; ++i) rules.week[i] = {hours("08:30", "17:00")};
  rules.day_ends_same_time = true;
  CalendarTable table = build(rules);
  CHECK(show(add_business_days(table, utc("2026-03-06T15:00"), 1)) == "2026-03-09T14:00");  // 10:00 both times
  CHECK(show(add_business_days(table, utc("2026-10-30T14:00"), 1)) == "2026-11-02T15:00");
}

TEST_CASE("a half-open Saturday is open, and not a business day where the calendar says so") {
  CalendarRules rules = office("2026-01-01", "2026-12-31");
  rules.week[5] = {hours("09:00", "13:00")};
  CHECK(show(add_business_days(build(rules), utc("2026-02-27T12:00"), 1)) == "2026-02-28T13:00");
  rules.business_days_stated = true;
  rules.business_weekdays = 0b0011111;
  CalendarTable table = build(rules);
  CHECK(show(add_business_days(table, utc("2026-02-27T12:00"), 1)) == "2026-03-02T17:30");
  CHECK(after(table, "2026-02-27T17:00", "01:00") == "2026-02-28T09:30");
  rules.day_ends_same_time = true;
  CHECK(show(add_business_days(build(rules), utc("2026-02-28T12:00"), 1)) == "2026-03-03T09:00");
}

TEST_CASE("holidays, special hours and breaks") {
  CalendarRules rules = office("2026-01-01", "2026-12-31");
  rules.holidays = {day("2026-05-25"), day("2026-05-04")};
  rules.special = {{day("2026-05-25"), {hours("10:00", "12:00")}, DayKind::by_rule},
                   {day("2026-05-30"), {hours("09:00", "11:00")}, DayKind::by_rule},
                   {day("2026-05-28"), {}, DayKind::by_rule},
                   {day("2026-05-31"), {hours("09:00", "11:00")}, DayKind::not_business}};
  rules.breaks = {{day("2026-05-26"), hours("12:00", "13:00")}, {day("2026-05-27"), hours("00:00", "24:00")}};
  CalendarTable table = build(rules);
  CHECK(!is_business_day(table, day("2026-05-04")).value);
  CHECK(is_business_day(table, day("2026-05-25")).value);  // the special opening is the later word
  CHECK(is_open(table, utc("2026-05-25T10:00")).value);
  CHECK(!is_open(table, utc("2026-05-25T12:00")).value);
  CHECK(is_business_day(table, day("2026-05-30")).value);
  CHECK(!is_business_day(table, day("2026-05-28")).value);
  CHECK(!is_business_day(table, day("2026-05-27")).value);  // a break over all its hours: it does not open
  CHECK(!is_business_day(table, day("2026-05-31")).value);
  CHECK(is_open(table, utc("2026-05-31T10:00")).value);
  CHECK(after(table, "2026-05-26T11:00", "02:00") == "2026-05-26T14:00");
  CHECK(after(table, "2026-05-26T11:00", "01:00") == "2026-05-26T12:00");  // a break closes like a close
}

TEST_CASE("an overnight interval before a holiday stays, one that starts on it vanishes") {
  CalendarRules rules = office("2026-01-01", "2026-12-31");
  for (auto& d : rules.week) d = {hours("22:00", "06:00")};
  rules.holidays = {day("2026-04-03")};
  CalendarTable table = build(rules);
  CHECK(is_open(table, utc("2026-04-03T05:59")).value);
  CHECK(!is_open(table, utc("2026-04-03T06:00")).value);
  CHECK(!is_open(table, utc("2026-04-03T23:00")).value);
  CHECK(!is_open(table, utc("2026-04-04T05:00")).value);
  CHECK(is_open(table, utc("2026-04-04T22:00")).value);
  CHECK(show(add_business_days(table, utc("2026-04-01T12:00"), 1)) == "2026-04-03T06:00");
  // Nothing is known of the night that began before the first day.
  CHECK(table.known_from == utc("2026-01-01T06:00"));
}

TEST_CASE("a missing midnight, a skipped day, and a night with two hours of one name") {
  CalendarRules rules;
  rules.first = day("2017-10-01");
  rules.last = day("2017-10-31");
  for (auto& d : rules.week) d = {hours("00:00", "03:00")};
  if (!load_zone("America/Sao_Paulo", rules.zone)) return;
  CalendarTable table = build(rules);
  CHECK(open_between(table, utc("2017-10-15T03:00"), utc("2017-10-16T02:00")).value == 2 * us_per_hour);

  if (!load_zone("Pacific/Apia", rules.zone)) return;
  rules.first = day("2011-12-01");
  rules.last = day("2012-01-31");
  for (auto& d : rules.week) d = {hours("09:00", "17:00")};
  table = build(rules);
  CHECK(!is_business_day(table, day("2011-12-30")).value);
  CHECK(business_days_between(table, day("2011-12-29"), day("2012-01-01")).value == 2);
  CHECK(show(add_business_days(table, to_utc(rules.zone, utc("2011-12-29T12:00")), 1)) == format_local(to_utc(rules.zone, utc("2011-12-31T17:00"))));

  if (!load_zone("Europe/London", rules.zone)) return;
  rules.first = day("2026-10-01");
  rules.last = day("2026-10-31");
  for (auto& d : rules.week) d = {hours("00:30", "01:30")};
  table = build(rules);
  CHECK(is_open(table, utc("2026-10-25T00:29")).value);   // the first 01:29
  CHECK(!is_open(table, utc("2026-10-25T00:30")).value);  // 01:30 has come once
  CHECK(!is_open(table, utc("2026-10-25T01:15")).value);  // the second 01:15
  for (auto& d : rules.week) d = {hours("00:00", "24:00")};
  table = build(rules);
  CHECK(open_between(table, start_of_day(rules.zone, day("2026-10-25")), start_of_day(rules.zone, day("2026-10-26"))).value == 25 * us_per_hour);
}

TEST_CASE("calendars that cannot be") {
  CalendarRules rules = office("2026-01-01", "2026-12-31");
  CalendarTable table;
  rules.week[0] = {{3600, 3600}};
  CHECK(build_calendar(rules, table) == CalendarError::bad_interval);
  rules.week[0] = {{86400, 90000}};
  CHECK(build_calendar(rules, table) == CalendarError::bad_interval);
  rules.week[0] = {{0, 2 * 86400 + 1}};
  CHECK(build_calendar(rules, table) == CalendarError::bad_interval);
  rules.week[0] = {};
  rules.breaks = {{day("2026-02-01"), {5, 4}}};
  CHECK(build_calendar(rules, table) == CalendarError::bad_interval);
  rules.breaks = {};
  rules.special = {{day("2026-02-01"), {}, DayKind::by_rule}, {day("2026-02-01"), {}, DayKind::by_rule}};
  CHECK(build_calendar(rules, table) == CalendarError::repeated_special);
  rules.special = {};
  rules.last = rules.first - 1;
  CHECK(build_calendar(rules, table) == CalendarError::bad_range);
  rules.last = rules.first;
  CHECK(build_calendar(rules, table) == CalendarError::none);
}
