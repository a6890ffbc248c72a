#include <ctime>

#include "unit/value/support.h"

using namespace writ::value;
using namespace writ::value::test;

TEST_CASE("dates agree with a walk through the calendar") {
  Date date = first_date;
  int wd = 0;  // 0001-01-01 was a Monday
  for (int32_t year = 1; year <= 2500; ++year) {
    bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
    CHECK(is_leap(year) == leap);
    for (int32_t month = 1; month <= 12; ++month) {
      int days = month == 2 ? (leap ? 29 : 28) : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
      REQUIRE(days_in_month(year, month) == days);
      for (int32_t d = 1; d <= days; ++d, ++date, wd = (wd + 1) % 7) {
        Civil c = civil_from_days(date);
        bool right = c.year == year && c.month == month && c.day == d && days_from_civil(year, month, d) == date && weekday(date) == wd;
        if (!right) FAIL(year << " " << month << " " << d);
      }
      CHECK(!is_valid(year, month, days + 1));
    }
  }
  CHECK(days_from_civil(1970, 1, 1) == 0);
  CHECK(days_from_civil(9999, 12, 31) == last_date);
  CHECK(format_date(first_date) == "0001-01-01");
  CHECK(format_date(last_date) == "9999-12-31");
}

TEST_CASE("months are added from the first date in one step") {
  auto after = [](std::string_view from, int32_t months, MonthEnd rule) {
    std::optional<Date> d = add_months(day(from), months, rule);
    return d ? format_date(*d) : std::string("no answer");
  };
  // The cases of Catala's dates-calc (ambiguous computations): rounding up is next_first, rounding down is last_day.
  struct Row {
    const char* from;
    int months;
    const char* up;
    const char* down;
  };
  const Row ambiguous[] = {
      {"2012-03-31", 1, "2012-05-01", "2012-04-30"},  {"2012-03-31", 3, "2012-07-01", "2012-06-30"},    {"2012-01-31", 1, "2012-03-01", "2012-02-29"},
      {"2012-01-31", 3, "2012-05-01", "2012-04-30"},  {"2013-01-31", 1, "2013-03-01", "2013-02-28"},    {"2013-01-31", 3, "2013-05-01", "2013-04-30"},
      {"2012-10-31", 4, "2013-03-01", "2013-02-28"},  {"2012-10-31", 6, "2013-05-01", "2013-04-30"},    {"2012-10-29", 4, "2013-03-01", "2013-02-28"},
      {"2012-02-29", 12, "2013-03-01", "2013-02-28"}, {"2012-02-29", 1056, "2100-03-01", "2100-02-28"},
  };
  for (const Row& row : ambiguous) {
    CHECK(after(row.from, row.months, MonthEnd::next_first) == row.up);
    CHECK(after(row.from, row.months, MonthEnd::last_day) == row.down);
    CHECK(after(row.from, row.months, MonthEnd::none) == "no answer");
  }
  CHECK(after("2012-02-29", 48, MonthEnd::none) == "2016-02-29");
  CHECK(after("2012-01-31", 2, MonthEnd::none) == "2012-03-31");
  CHECK(after("2012-03-31", -1, MonthEnd::last_day) == "2012-02-29");
  CHECK(after("2012-01-15", -1, MonthEnd::none) == "2011-12-15");
  CHECK(after("2012-01-15", 0, MonthEnd::none) == "2012-01-15");
  CHECK(after("9999-12-01", 1, MonthEnd::last_day) == "no answer");
  CHECK(after("0001-01-01", -1, MonthEnd::last_day) == "no answer");
  CHECK(after("2012-01-15", INT32_MAX, MonthEnd::last_day) == "no answer");
  CHECK(format_date(first_of_month(day("2024-02-17"))) == "2024-02-01");
  CHECK(format_date(last_of_month(day("2024-02-17"))) == "2024-02-29");
}

TEST_CASE("Easter") {
  // Dates of the United States Naval Observatory's table, and the extremes of the cycle.
  for (std::string_view date : {"1818-03-22", "1886-04-25", "1943-04-25", "1961-04-02", "2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31", "2025-04-20",
                                "2026-04-05", "2027-03-28", "2038-04-25", "2049-04-18", "2285-03-22"}) {
    CHECK(format_date(easter_sunday(civil_from_days(day(date)).year)) == date);
  }
  for (int32_t year = 1583; year <= 4099; ++year) {
    Date easter = easter_sunday(year);
    CHECK(weekday(easter) == 6);
    CHECK((easter >= days_from_civil(year, 3, 22) && easter <= days_from_civil(year, 4, 25)));
  }
}

TEST_CASE("weekdays of a month agree with counting them") {
  for (int32_t year = 1999; year <= 2030; ++year)
    for (int32_t month = 1; month <= 12; ++month)
      for (int wd = 0; wd < 7; ++wd) {
        int n = 0;
        Date last = 0;
        for (int d = 1; d <= days_in_month(year, month); ++d) {
          Date date = days_from_civil(year, month, d);
          if (weekday(date) != wd) continue;
          ++n;
          last = date;
          std::optional<Date> found = nth_weekday_of_month(year, month, wd, n);
          CHECK((found && *found == date));
        }
        CHECK(!nth_weekday_of_month(year, month, wd, n + 1));
        CHECK(last_weekday_of_month(year, month, wd) == last);
      }
  CHECK(!nth_weekday_of_month(2026, 1, 0, 0));
  CHECK(!nth_weekday_of_month(2026, 1, 7, 1));
}

TEST_CASE("local times before 1970") {
  CHECK(format_date(date_of_local(-1)) == "1969-12-31");
  CHECK(time_of_local(-1) == us_per_day - 1);
  CHECK(date_of_local(-us_per_day) == -1);
  CHECK(time_of_local(-us_per_day) == 0);
  CHECK(local_of(-1, us_per_day - 1) == -1);
}
