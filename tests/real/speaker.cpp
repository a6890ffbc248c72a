#include "real/speaker.h"

#include <fmt/format.h>

namespace writ::real {
namespace {

// "2015-02-26 09:00:00.000" and a date alone as instants of Writ.
std::string instant_text(std::string written) {
  if (written.size() == 10) return written + "T00:00";
  if (written.size() > 10 && written[10] == ' ') written[10] = 'T';
  return written;
}

std::string named(Speaker& speaker, const std::string& kind, const std::string& value) {
  const std::string name = fmt::format("{}_{}", speaker.prefix, speaker.made.params.size());
  speaker.made.params.emplace_back(name, kind + " = " + value);
  return name;
}

}  // namespace

std::string Speaker::instant_param(const std::string& written) { return named(*this, "instant", instant_text(written)); }
std::string Speaker::date_param(const std::string& written) { return named(*this, "date", written.substr(0, 10)); }

std::string Speaker::instant(std::initializer_list<const char*> names) {
  const std::string written = text_of(any_field(one, names));
  if (written.size() < 10) {
    refuse(fmt::format("`{}` without an instant", one.op));
    return "missing";
  }
  return instant_param(written);
}

std::string Speaker::date(std::initializer_list<const char*> names) {
  const std::string written = text_of(any_field(one, names));
  if (written.size() < 10) {
    refuse(fmt::format("`{}` without a date", one.op));
    return "missing";
  }
  return date_param(written);
}

int64_t Speaker::whole(std::initializer_list<const char*> names) {
  const Json& number = any_field(one, names);
  if (is_whole(number)) return number.get<int64_t>();
  refuse(fmt::format("`{}` without a whole number", one.op));
  return 0;
}

void Speaker::answer_body(Answer kind, const std::string& body) {
  made.answer = kind;
  made.rules.push_back({prefix, body});
}

void Speaker::answer_open_time(const std::string& expression, int64_t unit) {
  answer(Answer::open_time, expression);
  made.unit = unit;
}

std::string Speaker::days_from(const std::string& date, int64_t n) const {
  if (n == 0) return date;
  return fmt::format("({} {} {} business days{})", date, n > 0 ? '+' : '-', n > 0 ? n : -n, on());
}

std::string Speaker::same_time(const std::string& date, const std::string& at) const {
  return fmt::format("(start_of_day({}) + elapsed(start_of_day(date({})), {}))", date, at, at);
}

std::string Speaker::open_or_close(const std::string& at) const {
  const std::string before = at + " - 1 microsecond";
  return fmt::format("({} or ({} and date({}) = date({})))", is_open(at), is_open(before), before, at);
}

std::string unit_of(const std::string& written) {
  std::string unit = written;
  if (unit == "ms") return "millisecond";
  if (unit.size() > 1 && unit.back() == 's') unit.pop_back();
  for (const char* known : {"day", "hour", "minute", "second", "millisecond"})
    if (unit == known || (unit.size() == 1 && unit[0] == known[0] && unit != "M")) return known;
  return {};
}

int64_t microseconds_of(const std::string& unit) {
  if (unit == "hour") return 3600 * microseconds_of_second;
  if (unit == "minute") return 60 * microseconds_of_second;
  if (unit == "second") return microseconds_of_second;
  return unit == "millisecond" ? 1000 : 0;
}

Said say(const Case& one, const CalendarWords& words, const std::string& prefix, const std::string& calendar) {
  Speaker speaker{one, words, prefix, calendar, {}, {}};
  if (!say_of_days(speaker) && !say_of_hours(speaker) && !say_of_sums(speaker)) return {std::nullopt, fmt::format("the operation `{}`", one.op)};
  if (!speaker.why_not.empty()) return {std::nullopt, speaker.why_not};
  return {std::move(speaker.made), {}};
}

}  // namespace writ::real
