#include "value/civil.h"

#include <cassert>

namespace writ::value {

Date days_from_civil(int32_t year, int32_t month, int32_t day) {
  int64_t y = static_cast<int64_t>(year) - (month <= 2 ? 1 : 0);
  int64_t era = (y >= 0 ? y : y - 399) / 400;
  int64_t year_of_era = y - era * 400;
  int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return static_cast<Date>(era * 146097 + day_of_era - 719468);
}

Civil civil_from_days(Date date) {
  int64_t z = static_cast<int64_t>(date) + 719468;
  int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  int64_t day_of_era = z - era * 146097;
  int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t shifted_month = (5 * day_of_year + 2) / 153;
  auto day = static_cast<int32_t>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  auto month = static_cast<int32_t>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  auto year = static_cast<int32_t>(year_of_era + era * 400 + (month <= 2 ? 1 : 0));
  return {year, month, day};
}

bool is_leap(int32_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in_month(int32_t year, int32_t month) {
  assert(month >= 1 && month <= 12);
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool is_valid(int32_t year, int32_t month, int32_t day) {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month);
}

int weekday(Date date) {
  // 1970-01-01 was a Thursday.
  int day = (date % 7 + 3) % 7;
  return day < 0 ? day + 7 : day;
}

std::optional<Date> add_months(Date date, int32_t months, MonthEnd rule) {
  if (date < first_date || date > last_date) return std::nullopt;
  Civil c = civil_from_days(date);
  int64_t count = static_cast<int64_t>(c.year) * 12 + (c.month - 1) + months;
  if (count < 12 || count >= 10000LL * 12) return std::nullopt;
  auto year = static_cast<int32_t>(count / 12);
  auto month = static_cast<int32_t>(count % 12) + 1;
  int length = days_in_month(year, month);
  if (c.day <= length) return days_from_civil(year, month, c.day);
  switch (rule) {
    case MonthEnd::none: return std::nullopt;
    case MonthEnd::last_day: return days_from_civil(year, month, length);
    // A day is never missing in December, so the next month is in the same year.
    case MonthEnd::next_first: return days_from_civil(year, month + 1, 1);
  }
  return std::nullopt;
}

Date first_of_month(Date date) { return date - civil_from_days(date).day + 1; }

Date last_of_month(Date date) {
  Civil c = civil_from_days(date);
  return date - c.day + days_in_month(c.year, c.month);
}

Date easter_sunday(int32_t year) {
  int32_t a = year % 19;
  int32_t b = year / 100, c = year % 100;
  int32_t d = b / 4, e = b % 4;
  int32_t f = (b + 8) / 25;
  int32_t g = (b - f + 1) / 3;
  int32_t h = (19 * a + b - d - g + 15) % 30;
  int32_t i = c / 4, k = c % 4;
  int32_t l = (32 + 2 * e + 2 * i - h - k) % 7;
  int32_t m = (a + 11 * h + 22 * l) / 451;
  int32_t sum = h + l - 7 * m + 114;
  return days_from_civil(year, sum / 31, sum % 31 + 1);
}

std::optional<Date> nth_weekday_of_month(int32_t year, int32_t month, int day, int n) {
  if (n < 1 || n > 5 || day < 0 || day > 6) return std::nullopt;
  Date first = days_from_civil(year, month, 1);
  int32_t offset = (day - weekday(first) + 7) % 7 + 7 * (n - 1);
  if (offset >= days_in_month(year, month)) return std::nullopt;
  return first + offset;
}

Date last_weekday_of_month(int32_t year, int32_t month, int day) {
  Date last = days_from_civil(year, month, days_in_month(year, month));
  return last - (weekday(last) - day + 7) % 7;
}

}  // namespace writ::value
