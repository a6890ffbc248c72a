// Operations on dates: is it a business day, which is the next one, how many lie between.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "real/speaker.h"

namespace writ::real {
namespace {

std::string two_digits(int64_t number) { return fmt::format("{:02}", number); }

// `y` and `m` of a case, a month by its English name or its number, as the first date of the month.
std::string month_of(Speaker& s) {
  static const std::vector<std::string> names{"January", "February", "March",     "April",   "May",      "June",
                                              "July",    "August",   "September", "October", "November", "December"};
  const int64_t year = s.whole({"y"});
  const Json& month = field(s.one, "m");
  const auto named = std::find(names.begin(), names.end(), text_of(month));
  const int64_t number = is_whole(month) ? month.get<int64_t>() : named == names.end() ? 0 : named - names.begin() + 1;
  if (number < 1 || number > 12) s.refuse(fmt::format("`{}` without a month", s.one.op));
  return s.date_param(fmt::format("{:04}-{}-01", year, two_digits(number)));
}

// The day of the month of its n-th business day, from the end where n is negative; 0 where it has none.
void workday_n(Speaker& s) {
  const std::string month = month_of(s);
  const int64_t n = s.whole({"n"});
  if (n == 0) return s.refuse("the 0th business day of a month");
  const std::string day = n > 0 ? s.days_from("(" + month + " - 1 days)", n) : s.days_from("(last_of_month(" + month + ") + 1 days)", n);
  s.answer(Answer::number, fmt::format("if first_of_month({}) = {} then {} - {} + 1 else 0", day, month, day, month));
}

// Both dates count; negative when they stand the other way round.
void days_in_range(Speaker& s, const std::string& from, const std::string& to, bool holidays) {
  const auto count = [&](const std::string& first, const std::string& last) {
    if (!holidays) return s.business_days(first, last + " + 1 days");
    const std::string range = fmt::format("business_days({}, {} + 1 days)", first, last);
    return fmt::format("({} on {}_every - {} on {}_days)", range, s.calendar, range, s.calendar);
  };
  s.made.counts_holidays = holidays;
  s.answer(Answer::number, fmt::format("if {} <= {} then {} else -{}", from, to, count(from, to), count(to, from)));
}

// Some library counts from the next business day (the previous one, backwards) when the date is none.
void from_rolled(Speaker& s, int64_t sign) {
  const std::string date = s.date({"date"});
  const int64_t n = s.whole({"delta"});
  if (n < 0) return s.refuse(fmt::format("`{}` with a negative number of days", s.one.op));
  const std::string back = fmt::format("(if {} then {} else previous_business_day({}){})", s.is_business_day(date), date, date, s.on());
  s.answer(Answer::date, s.days_from(sign > 0 ? "(" + date + " + 0 business days" + s.on() + ")" : back, sign * n));
}

void is_holiday(Speaker& s) {
  const std::string date = s.date({"start", "d", "date"});
  s.made.counts_holidays = true;
  s.answer(Answer::truth, fmt::format("not is_business_day({}) on {}_days", date, s.calendar));
}

// A neighbouring business day; where the case states a time, the time of day of the start.
void neighbour(Speaker& s, int64_t n) {
  if (text_of(field(s.one, "expect_precision")) == "ms") {
    const std::string at = s.instant({"start"});
    return s.answer(Answer::instant, s.same_time(s.days_from("date(" + at + ")", n), at));
  }
  s.answer(Answer::date, s.days_from(s.date({"start", "date", "d"}), n));
}

using Say = void (*)(Speaker&);

const std::map<std::string, Say>& operations() {
  static const std::map<std::string, Say> table{
      {"isWorkingDay", [](Speaker& s) { s.answer(Answer::truth, s.is_business_day(s.date({"start"}))); }},
      {"isBusinessDay", [](Speaker& s) { s.answer(Answer::truth, s.is_business_day(s.date({"start"}))); }},
      {"IsWorkday", [](Speaker& s) { s.answer(Answer::truth, s.is_business_day(s.date({"d"}))); }},
      {"business_day?", [](Speaker& s) { s.answer(Answer::truth, s.is_business_day(s.date({"date"}))); }},
      {"isHoliday", is_holiday},
      {"on_holiday", is_holiday},
      {"nextWorkingDay", [](Speaker& s) { neighbour(s, 1); }},
      {"lastWorkingDay", [](Speaker& s) { neighbour(s, -1); }},
      {"next_business_day", [](Speaker& s) { s.answer(Answer::date, fmt::format("next_business_day({}){}", s.date({"date"}), s.on())); }},
      {"previous_business_day", [](Speaker& s) { s.answer(Answer::date, fmt::format("previous_business_day({}){}", s.date({"date"}), s.on())); }},
      {"roll_forward", [](Speaker& s) { s.answer(Answer::date, fmt::format("{} + 0 business days{}", s.date({"date"}), s.on())); }},
      {"roll_backward",
       [](Speaker& s) {
         const std::string date = s.date({"date"});
         s.answer(Answer::date, fmt::format("if {} then {} else previous_business_day({}){}", s.is_business_day(date), date, date, s.on()));
       }},
      {"add_business_days", [](Speaker& s) { from_rolled(s, 1); }},
      {"subtract_business_days", [](Speaker& s) { from_rolled(s, -1); }},
      {"business_days_between",
       [](Speaker& s) {
         const std::string from = s.date({"date_1"});
         s.answer(Answer::number, s.business_days(from, s.date({"date_2"})));
       }},
      {"WorkdaysRemain",
       [](Speaker& s) {
         const std::string date = s.date({"t", "d"});
         s.answer(Answer::number, s.business_days(date + " + 1 days", "last_of_month(" + date + ") + 1 days"));
       }},
      {"WorkdaysInMonth",
       [](Speaker& s) {
         const std::string month = month_of(s);
         s.answer(Answer::number, s.business_days(month, "last_of_month(" + month + ") + 1 days"));
       }},
      {"WorkdaysInRange",
       [](Speaker& s) {
         const std::string from = s.date({"f"});
         days_in_range(s, from, s.date({"t"}), false);
       }},
      {"HolidaysInRange",
       [](Speaker& s) {
         const std::string from = s.date({"f"});
         days_in_range(s, from, s.date({"t"}), true);
       }},
      {"WorkdayN", workday_n},
      {"WorkdaysFrom",
       [](Speaker& s) {
         const std::string date = s.date({"d"});
         s.answer(Answer::date, s.days_from(date, s.whole({"o"})));
       }},
  };
  return table;
}

}  // namespace

bool say_of_days(Speaker& speaker) {
  const auto found = operations().find(speaker.one.op);
  if (found == operations().end()) return false;
  found->second(speaker);
  return true;
}

}  // namespace writ::real
