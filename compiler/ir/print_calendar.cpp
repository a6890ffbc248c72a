// A calendar as text: hours, business days, the rules for its ends, and every special date.
#include <fmt/format.h>

#include "ir/print_parts.h"

namespace writ::ir {
namespace {

constexpr std::string_view weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

std::string clock_text(int32_t seconds) {
  std::string out = fmt::format("{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
  if (seconds % 60 != 0) out += fmt::format(":{:02}", seconds % 60);
  return out;
}

std::string hours_text(const std::vector<value::LocalInterval>& hours) {
  std::string out;
  for (const value::LocalInterval& one : hours) out += (out.empty() ? "" : ", ") + clock_text(one.open) + ".." + clock_text(one.close);
  return out.empty() ? "closed" : out;
}

std::string_view kind_text(value::DayKind kind) {
  switch (kind) {
    case value::DayKind::by_rule: return "";
    case value::DayKind::business: return ", a business day";
    case value::DayKind::not_business: return ", no business day";
  }
  return "?";
}

}  // namespace

std::string print_calendar(const Calendar& calendar) {
  const value::CalendarRules& rules = calendar.rules;
  std::string out = fmt::format("calendar {} from {} to {}\n", calendar.name, value::format_date(rules.first), value::format_date(rules.last));
  for (size_t day = 0; day < 7; ++day)
    if (!rules.week[day].empty()) out += fmt::format("  open {} {}\n", weekdays[day], hours_text(rules.week[day]));
  if (rules.business_days_stated) {
    out += "  business days";
    for (size_t day = 0; day < 7; ++day)
      if ((rules.business_weekdays >> day & 1) != 0) out += fmt::format(" {}", weekdays[day]);
    out += "\n";
  }
  if (rules.day_ends_same_time) out += "  a business day ends at the same time\n";
  if (rules.runs_out_at_next_opening) out += "  time that runs out at closing ends at the next opening\n";
  for (const value::DateHours& special : rules.special)
    out += fmt::format("  on {} {}{}\n", value::format_date(special.date), hours_text(special.hours), kind_text(special.kind));
  for (const value::DateBreak& pause : rules.breaks) out += fmt::format("  closed on {} {}\n", value::format_date(pause.date), hours_text({pause.closed}));
  if (!rules.holidays.empty())
    out += fmt::format("  {} holidays, the first {} and the last {}\n", rules.holidays.size(), value::format_date(rules.holidays.front()),
                       value::format_date(rules.holidays.back()));
  for (const std::string& source : calendar.sources) out += fmt::format("  source \"{}\"\n", source);
  return out;
}

}  // namespace writ::ir
