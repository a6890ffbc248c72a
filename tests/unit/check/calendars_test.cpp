// Calendars as written, and the meeting of two.
#include <doctest/doctest.h>

#include "checked.h"
#include "value/clock.h"

namespace writ::check_test {
namespace {

const value::CalendarRules& last_rules(const Checked& out) { return out.agreement.calendars.items.back().rules; }

value::CalendarTable table(const value::CalendarRules& rules) {
  value::CalendarTable made;
  REQUIRE(value::build_calendar(rules, made) == value::CalendarError::none);
  return made;
}

Checked calendar(std::string_view lines) { return checked(agreement("calendar Own {\n" + std::string(lines) + "\n}\n")); }

value::Instant at(std::string_view text) { return value::parse_instant(text).value; }

bool open(const value::CalendarTable& made, std::string_view text) {
  const value::Answer answer = value::is_open(made, at(text));
  CHECK(answer.known);
  return answer.value;
}

}  // namespace

TEST_CASE("several intervals a day, overnight hours, whole days") {
  const Checked out = calendar("open Mon..Fri 09:00..12:00, 13:00..17:30\nopen Sat 22:00..06:00\nopen Sun 20:00..24:00\nclosed never");
  CHECK_MESSAGE(codes(out).empty(), messages(out));
  const value::CalendarTable made = table(last_rules(out));
  CHECK(open(made, "2026-03-02T09:00Z"));
  CHECK(!open(made, "2026-03-02T12:30Z"));
  CHECK(open(made, "2026-03-07T23:00Z"));
  CHECK(open(made, "2026-03-08T05:59Z"));  // the Saturday night
  CHECK(!open(made, "2026-03-08T06:00Z"));
  CHECK(open(made, "2026-03-08T23:59Z"));
  CHECK(!open(made, "2026-03-09T00:00Z"));
}

TEST_CASE("special days, closures and breaks") {
  const Checked out = calendar(
      "open Mon..Fri 09:00..17:30\nopen on 2026-12-26, 2026-12-27 10:00..14:00\nclosed on 2026-12-24\nclosed on 2026-12-23 12:00..13:00\nclosed never");
  CHECK_MESSAGE(codes(out).empty(), messages(out));
  const value::CalendarTable made = table(last_rules(out));
  CHECK(open(made, "2026-12-26T10:00Z"));
  CHECK(value::is_business_day(made, value::parse_date("2026-12-26").value).value);
  CHECK(!open(made, "2026-12-24T10:00Z"));
  CHECK(!value::is_business_day(made, value::parse_date("2026-12-24").value).value);
  CHECK(open(made, "2026-12-23T11:59Z"));
  CHECK(!open(made, "2026-12-23T12:00Z"));
  CHECK(open(made, "2026-12-23T13:00Z"));
}

TEST_CASE("business days apart from opening hours, and the rules for their ends") {
  const Checked out = calendar(
      "open Mon..Sat 09:00..13:00\nbusiness days Mon..Fri\na business day ends at the same time\ntime that runs out at closing ends at the next "
      "opening\nclosed on 2026-05-04");
  CHECK_MESSAGE(codes(out).empty(), messages(out));
  const value::CalendarRules& rules = last_rules(out);
  CHECK(rules.business_days_stated);
  CHECK(rules.business_weekdays == 0b0011111);
  CHECK(rules.day_ends_same_time);
  CHECK(rules.runs_out_at_next_opening);
  const value::CalendarTable made = table(rules);
  CHECK(!value::is_business_day(made, value::parse_date("2026-05-02").value).value);  // a Saturday
  CHECK(!value::is_business_day(made, value::parse_date("2026-05-04").value).value);  // closed
}

TEST_CASE("the years of a calendar") {
  const auto years = [](std::string_view lines) {
    const Checked out = checked(agreement("use std.holidays.england_and_wales\nuse std.holidays.us_federal\ncalendar Own {\nopen Mon..Fri 09:00..17:00\n" +
                                          std::string(lines) + "\n}\n"));
    if (!codes(out).empty()) return codes(out);
    return value::format_date(last_rules(out).first) + ".." + value::format_date(last_rules(out).last);
  };
  CHECK(years("closed never") == "2021-01-01..2031-12-31");  // five years around the term
  CHECK(years("closed england_and_wales") == "1978-01-01..2100-12-31");
  CHECK(years("closed england_and_wales, us_federal") == "1978-01-01..2100-12-31");
  CHECK(years("closed england_and_wales\nyears 2010..2040") == "2010-01-01..2040-12-31");
  CHECK(years("closed england_and_wales\nyears 1970..2040") == "C0467");
  CHECK(years("closed never\nyears 2040..2010") == "C0454");
  CHECK(years("closed never\nyears 1970..2040") == "1970-01-01..2040-12-31");
  CHECK(years("closed on 2015-12-25") == "C0468");  // outside the years, and so without effect
}

TEST_CASE("a zone of its own") {
  const Checked out = calendar("open Mon..Fri 09:00..17:00\nclosed never\nzone \"America/New_York\"");
  CHECK_MESSAGE(codes(out).empty(), messages(out));
  const value::CalendarTable made = table(last_rules(out));
  CHECK(!open(made, "2026-01-05T13:59Z"));
  CHECK(open(made, "2026-01-05T14:00Z"));
  CHECK(open(made, "2026-07-06T13:00Z"));
  CHECK(codes(calendar("open Mon..Fri 09:00..17:00\nclosed never\nzone \"America/Boston\"")) == "C0435");
}

TEST_CASE("calendars with a mistake") {
  const auto codes_of = [](std::string_view lines) { return codes(calendar(lines)); };
  CHECK(codes_of("open Mon..Fri 09:00..13:00, 12:00..17:00\nclosed never") == "C0461");
  CHECK(codes_of("open Mon 22:00..06:00\nopen Tue 05:00..17:00\nclosed never") == "C0461");
  CHECK(codes_of("open Sun 22:00..06:00\nopen Mon 05:00..17:00\nclosed never") == "C0461");
  CHECK(codes_of("open Mon 22:00..06:00\nopen Tue 06:00..17:00\nclosed never") == "");
  CHECK(codes_of("open Mon 09:00..09:00\nclosed never") == "C0460");
  CHECK(codes_of("open Mon 09:00..25:00\nclosed never") == "C0453");
  CHECK(codes_of("open on 2026-05-04 09:00..12:00\nclosed on 2026-05-04\nclosed never") == "C0462");
  CHECK(codes_of("closed never") == "C0463");
  CHECK(codes_of("open Mon 09:00..10:00") == "C0464");
  CHECK(codes_of("open Mon 09:00..10:00\nclosed bank_holidays") == "C0001");
  CHECK(codes(checked(agreement("calendar Two default { open Mon 09:00..10:00\n closed never }\n"))) == "C0471");
  CHECK(codes(checked(agreement("calendar Own { open Mon 09:00..10:00\n merged with Own }\n"))) == "C0469");
  CHECK(codes(checked(agreement("calendar A { open Mon 09:00..10:00\n merged with B }\ncalendar B { open Mon 09:00..10:00\n merged with A }\n"))) == "C0469");
}

// The merged calendar against its two parts, minute by minute.
TEST_CASE("two calendars in one: open where both are, a business day where both have one") {
  struct Pair {
    std::string a, b;
  };
  const Pair pairs[] = {
      {"open Mon..Fri 09:00..17:30\nclosed england_and_wales", "open Mon..Sat 08:00..12:00, 13:00..20:00\nclosed us_federal"},
      {"open Mon..Fri 09:00..17:30\nclosed england_and_wales", "open Mon..Fri 09:00..17:00\nzone \"America/New_York\"\nclosed us_federal"},
      {"open Mon..Sun 22:00..06:00\nclosed england_and_wales", "open Mon..Sun 00:00..24:00\nclosed on 2026-03-10"},
      {"open Mon..Sun 00:00..24:00\nclosed never", "open Mon..Sun 22:00..06:00\nclosed england_and_wales"},
      {"open Mon..Fri 09:00..17:00\nbusiness days Mon..Sat\nclosed never", "open Mon..Fri 20:00..22:00\nzone \"Asia/Tokyo\"\nclosed never"},
      {"open Mon..Fri 09:00..17:00\nopen on 2026-12-26 10:00..12:00\nclosed england_and_wales",
       "open Mon..Sun 08:00..11:00\nclosed on 2026-12-28 09:00..10:00\nclosed never"},
  };
  for (const Pair& pair : pairs) {
    const Checked out =
        checked(agreement("use std.holidays.england_and_wales\nuse std.holidays.us_federal\ncalendar B {\nyears 2024..2028\n" + pair.b +
                          "\n}\ncalendar A {\nyears 2024..2028\n" + pair.a + "\n}\ncalendar Both {\nyears 2024..2028\n" + pair.a + "\nmerged with B\n}\n"));
    CHECK_MESSAGE(codes(out).empty(), messages(out));
    if (!codes(out).empty()) continue;
    const auto& calendars = out.agreement.calendars.items;
    const value::CalendarTable b = table(calendars[calendars.size() - 3].rules), a = table(calendars[calendars.size() - 2].rules),
                               both = table(calendars.back().rules);
    REQUIRE(calendars.back().name == "Both");
    int wrong = 0;
    for (value::Instant t = at("2025-12-20T00:00Z"); t < at("2027-01-10T00:00Z"); t += 7 * value::us_per_minute) {
      const value::Answer one = value::is_open(a, t), other = value::is_open(b, t), merged = value::is_open(both, t);
      if (!merged.known || merged.value != (one.value && other.value)) ++wrong;
    }
    for (value::Date day = value::parse_date("2025-12-20").value; day < value::parse_date("2027-01-10").value; ++day)
      if (value::is_business_day(both, day).value != (value::is_business_day(a, day).value && value::is_business_day(b, day).value)) ++wrong;
    CHECK_MESSAGE(wrong == 0, pair.a << " / " << pair.b);
    CHECK(value::is_open(both, at("2028-12-31T12:00Z")).known);
    CHECK(!value::is_open(both, at("2029-01-02T12:00Z")).known);
  }
}

TEST_CASE("overnight hours of a merged calendar end the business day that they began on") {
  const Checked out = checked(
      agreement("calendar B { open Mon..Sun 00:00..24:00\n closed never }\ncalendar Both { open Mon..Fri 22:00..06:00\n closed never\n merged with B }\n"));
  CHECK_MESSAGE(codes(out).empty(), messages(out));
  const value::CalendarTable both = table(last_rules(out));
  const value::Moment due = value::add_business_days(both, at("2026-03-02T23:00Z"), 1);  // a Monday night
  CHECK(due.known);
  CHECK(value::format_utc(due.at) == "2026-03-04T06:00Z");
}

}  // namespace writ::check_test
