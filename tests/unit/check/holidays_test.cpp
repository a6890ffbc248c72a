// Rules become dates. The dates expected are those that were published.
#include <doctest/doctest.h>

#include "checked.h"

namespace writ::check_test {
namespace {

// The days of a set in one year, as a calendar that closes on them has them.
std::string days_in(const Checked& out, int year) {
  std::string days;
  for (const value::Date day : out.agreement.calendars.items.back().rules.holidays) {
    const std::string text = value::format_date(day);
    if (text.starts_with(std::to_string(year))) days += (days.empty() ? "" : " ") + text.substr(5);
  }
  return days;
}

Checked set(std::string_view rows, std::string_view years = "2000..2030") {
  return checked(agreement("holidays own \"Own\" {\n source \"made for a test\"\n years " + std::string(years) + "\n" + std::string(rows) +
                           "\n}\ncalendar Other { open Mon..Sun 09:00..17:00\n closed own }\n"));
}

Checked closed_by(std::string_view module, std::string_view name) {
  return checked(agreement("use " + std::string(module) + "\ncalendar Other { open Mon..Fri 09:00..17:00\n closed " + std::string(name) + " }\n"));
}

}  // namespace

TEST_CASE("bank holidays in England and Wales, as published by GOV.UK") {
  const Checked out = closed_by("std.holidays.england_and_wales", "england_and_wales");
  CHECK_MESSAGE(codes(out).empty(), messages(out));
  CHECK(days_in(out, 2020) == "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28");
  CHECK(days_in(out, 2021) == "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28");  // both moved, one over the other
  CHECK(days_in(out, 2022) == "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27");
  CHECK(days_in(out, 2023) == "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26");
  CHECK(days_in(out, 2026) == "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28");
  CHECK(value::format_date(out.agreement.calendars.items.back().rules.first) == "1978-01-01");
  CHECK(value::format_date(out.agreement.calendars.items.back().rules.last) == "2100-12-31");
  CHECK(out.agreement.calendars.items.back().sources.size() == 4);
}

TEST_CASE("US federal holidays, as published by the Office of Personnel Management") {
  const Checked out = closed_by("std.holidays.us_federal", "us_federal");
  CHECK_MESSAGE(codes(out).empty(), messages(out));
  CHECK(days_in(out, 2020) == "01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25");
  CHECK(days_in(out, 2021) == "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31");  // New Year's Day of 2022 on the Friday before
  CHECK(days_in(out, 2023) == "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25");
  CHECK(days_in(out, 2100).ends_with("12-31"));  // of 2101, the year after the last
}

TEST_CASE("fixed days, and where they move") {
  CHECK(days_in(set("fixed 1 May \"May Day\""), 2021) == "05-01");  // a Saturday: stays
  CHECK(days_in(set("fixed 1 May \"May Day\", moved to the next weekday"), 2021) == "05-03");
  CHECK(days_in(set("fixed 1 May \"May Day\", moved to the nearest weekday"), 2021) == "04-30");
  CHECK(days_in(set("fixed 2 May \"Day\", moved to the nearest weekday"), 2021) == "05-03");  // a Sunday
  CHECK(days_in(set("fixed 29 February \"Leap day\""), 2024) == "02-29");
  CHECK(days_in(set("fixed 29 February \"Leap day\""), 2023) == "");
  // The next weekday that is no other holiday, whichever row comes first in the text.
  CHECK(days_in(set("fixed 1 May \"A\", moved to the next weekday\nfixed 3 May \"B\""), 2021) == "05-03 05-04");
  CHECK(days_in(set("fixed 3 May \"B\"\nfixed 1 May \"A\", moved to the next weekday"), 2021) == "05-03 05-04");
  CHECK(days_in(set("fixed 2 May \"B\", moved to the next weekday\nfixed 1 May \"A\", moved to the next weekday"), 2021) == "05-03 05-04");
}

TEST_CASE("weekdays of a month, and Easter") {
  CHECK(days_in(set("first Monday of May \"A\"\nlast Monday of May \"B\"\nfourth Thursday of November \"C\""), 2026) == "05-04 05-25 11-26");
  CHECK(days_in(set("easter \"E\"\neaster - 2 days \"F\"\neaster + 1 day \"M\""), 2024) == "03-29 03-31 04-01");
}

TEST_CASE("years of a row") {
  const Checked out = set("first Monday of May \"A\" from 2010 except in 2015\nfixed 2 January \"B\" until 2012");
  CHECK(days_in(out, 2009) == "01-02");
  CHECK(days_in(out, 2010) == "01-02 05-03");
  CHECK(days_in(out, 2012) == "01-02 05-07");
  CHECK(days_in(out, 2013) == "05-06");
  CHECK(days_in(out, 2015) == "");
}

TEST_CASE("sets that cannot be relied on") {
  const auto codes_of = [](std::string_view rows, std::string_view years = "2000..2030") { return codes(set(rows, years)); };
  CHECK(codes_of("fixed 31 April \"A\"") == "C0492");
  CHECK(codes_of("fifth Monday of May \"A\"") == "C0493");
  CHECK(codes_of("on 2031-01-01 \"A\"") == "C0495");
  CHECK(codes_of("on 2023-02-29 \"A\"") == "C0452");
  CHECK(codes_of("fixed 1 May \"A\" except in 2031") == "C0496");
  CHECK(codes_of("fixed 1 May \"A\" from 2012 until 2011") == "C0454");
  CHECK(codes_of("fixed 1 May \"A\"", "2030..2000") == "C0454");
  CHECK(codes_of("fixed 1 May \"A\"", "1000..2000") == "C0450");
  CHECK(codes(checked("module m\nholidays own \"Own\" {\n years 2000..2001\n fixed 1 May \"A\"\n}\n")) == "C0491");
  CHECK(codes(checked("module m\nholidays own \"Own\" {\n source \"a test\"\n fixed 1 May \"A\"\n}\n")) == "C0490");
}

}  // namespace writ::check_test
