// Operations that add an amount of business time to an instant, or state the time between two in a unit.
#include <fmt/format.h>

#include <map>
#include <optional>

#include "real/speaker.h"

namespace writ::real {
namespace {

struct Step {
  Json amount;  // a number, with its sign
  std::string unit;
};

bool is_negative(const Json& number) { return number.dump()[0] == '-'; }
bool is_zero(const Json& number) { return number == 0; }
std::string without_sign(const Json& number) { return is_negative(number) ? number.dump().substr(1) : number.dump(); }

// One step of `sign` times an amount, from an instant.
std::optional<std::string> stepped(Speaker& s, const std::string& at, const Step& step, int sign) {
  const bool back = (sign < 0) != is_negative(step.amount);
  if (step.unit != "day") return fmt::format("({} {} {} business {}s{})", at, back ? '-' : '+', without_sign(step.amount), step.unit, s.on());
  if (!is_whole(step.amount)) return std::nullopt;
  const int64_t days = sign * step.amount.get<int64_t>();
  return s.same_time(s.days_from("date(" + at + ")", days), at);
}

// [2, "hours"] or [9, "hours", 48, "minutes"]; the library takes the last pair first.
bool read_steps(Speaker& s, std::vector<Step>& steps) {
  const Json& list = s.one.node["args"];
  if (!list.is_array() || list.empty() || list.size() % 2 != 0) return s.refuse(fmt::format("`{}` with the arguments {}", s.one.op, list.dump())), false;
  for (size_t i = list.size(); i > 0; i -= 2) {
    const Step step{list[i - 2], unit_of(text_of(list[i - 1]))};
    if (!step.amount.is_number() || step.unit.empty()) return s.refuse(fmt::format("an amount in {}", list[i - 1].dump())), false;
    steps.push_back(step);
  }
  return true;
}

void add_working_time(Speaker& s, int sign) {
  std::vector<Step> steps;
  if (!read_steps(s, steps)) return;
  const std::string at = s.instant({"start"});
  const bool dated = text_of(field(s.one, "expect_precision")) == "date";
  if (dated && steps.size() == 1 && steps[0].unit == "day" && is_whole(steps[0].amount))
    return s.answer(Answer::date, s.days_from("date(" + at + ")", sign * steps[0].amount.get<int64_t>()));
  std::string moment = at;
  for (const Step& step : steps) {
    const std::optional<std::string> next = stepped(s, moment, step, sign);
    if (!next) return s.refuse("a part of a business day");
    moment = *next;
  }
  s.answer(Answer::instant, moment);
}

// Of days: whole days as they fall in the library's own counting, each as long as the calendar's business days are.
void working_diff(Speaker& s) {
  const Json& list = s.one.node["args"];
  if (!list.is_array() || list.empty()) return s.refuse("`workingDiff` without a second instant");
  const std::string written = list.size() > 1 ? text_of(list[1]) : "milliseconds";
  const bool exact = list.size() > 2 && list[2] == true;
  const std::string at = s.instant({"start"});
  const std::string from = s.instant_param(text_of(list[0]));
  if (written == "calendarDays") return s.answer(Answer::number, s.business_days("date(" + from + ") + 1 days", "date(" + at + ") + 1 days"));
  const std::string unit = unit_of(written);
  if (unit.empty()) return s.refuse(fmt::format("the time between in {}", written));
  std::string one_unit = "1 business " + unit;
  if (unit == "day") {
    const std::optional<int> minutes = minutes_of_day(s.words);
    if (!minutes) return s.refuse("the time between as days, where the days have different hours");
    one_unit = fmt::format("{} business minutes", *minutes);
  }
  const std::string ratio = fmt::format("{} / {}{}", s.open_time(from, at), one_unit, s.on());
  s.answer(Answer::number, exact ? ratio : "rounded(" + ratio + ", 0)");
}

// `after` and `before`: days keep the time of day and then go to the next opening (the last close).
void shifted(Speaker& s, int sign) {
  const std::string at = s.instant({"start"});
  const Json& amount = field(s.one, "n");
  const std::string unit = unit_of(text_of(field(s.one, "unit")));
  if (!is_whole(amount) || is_negative(amount) || unit.empty())
    return s.refuse(fmt::format("`{}` of {} {}", s.one.op, amount.dump(), field(s.one, "unit").dump()));
  const std::optional<std::string> moment = unit == "day" && is_zero(amount) ? at : stepped(s, at, {amount, unit}, sign);
  const std::string rolled = sign > 0 ? s.next_opening(*moment) : s.last_open(*moment);
  s.answer(Answer::instant, unit == "day" ? rolled : *moment);
}

void add_work_hours(Speaker& s) {
  const std::string at = s.instant({"t"});
  const int64_t minutes = s.whole({"d"});
  if (minutes < 0) return s.refuse("`AddWorkHours` of a negative amount");
  s.answer(Answer::instant, fmt::format("{} + {} business minutes{}", at, minutes, s.on()));
}

using Say = void (*)(Speaker&);

const std::map<std::string, Say>& operations() {
  static const std::map<std::string, Say> table{
      {"addWorkingTime", [](Speaker& s) { add_working_time(s, 1); }},
      {"subtractWorkingTime", [](Speaker& s) { add_working_time(s, -1); }},
      {"workingDiff", working_diff},
      {"after", [](Speaker& s) { shifted(s, 1); }},
      {"before", [](Speaker& s) { shifted(s, -1); }},
      {"AddWorkHours", add_work_hours},
  };
  return table;
}

}  // namespace

bool say_of_sums(Speaker& speaker) {
  const auto found = operations().find(speaker.one.op);
  if (found == operations().end()) return false;
  found->second(speaker);
  return true;
}

}  // namespace writ::real
