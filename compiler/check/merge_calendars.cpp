// Two calendars in one: open where both are open, a business day where both have one.
// Both are worked out as tables over their common years, met in UTC, and written down again date by date in the first one's zone: the one
// way that is right for overnight hours, closures of one of them, and different zones alike. The result is checked against the meeting.
#include <algorithm>

#include "check/calendars.h"

namespace writ::check {
namespace {

std::vector<value::Interval> meet(const std::vector<value::Interval>& a, const std::vector<value::Interval>& b) {
  std::vector<value::Interval> both;
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const value::Instant from = std::max(a[i].from, b[j].from), until = std::min(a[i].until, b[j].until);
    if (from < until) both.push_back({from, until});
    (a[i].until < b[j].until ? i : j)++;
  }
  return both;
}

// Seconds since the local midnight of the date; nothing when the instant is no whole second of it.
std::optional<int32_t> seconds_of(const value::Zone& zone, value::Date date, value::Instant t) {
  const int64_t time = value::to_local(zone, t) - value::local_of(date, 0);
  if (time % value::us_per_second != 0 || time < 0 || time > 2 * value::us_per_day) return std::nullopt;
  return static_cast<int32_t>(time / value::us_per_second);
}

// Touching neighbours become one.
std::vector<value::Interval> joined(const std::vector<value::Interval>& own) {
  std::vector<value::Interval> out;
  for (const value::Interval& i : own) {
    if (!out.empty() && i.from <= out.back().until) {
      out.back().until = std::max(out.back().until, i.until);
    } else {
      out.push_back(i);
    }
  }
  return out;
}

bool is_business(const value::CalendarTable& table, value::Date date) {
  const int64_t row = value::row_of_date(table, date);
  return row >= 0 && table.days[static_cast<size_t>(row)].is_business;
}

// The hours of every day of the common years: `open` has them in order, each within one opening of the first calendar, so that overnight
// hours still belong to the day on which they start.
bool add_days(const value::CalendarTable& first, const value::CalendarTable& second, const std::vector<value::Interval>& open, value::CalendarRules& rules) {
  size_t next = 0;
  while (next < open.size() && open[next].from < value::start_of_day(rules.zone, rules.first)) ++next;
  for (value::Date date = rules.first; date <= rules.last; ++date) {
    const value::Instant day_end = value::start_of_day(rules.zone, date + 1);
    value::DateHours day{date, {}, is_business(first, date) && is_business(second, date) ? value::DayKind::business : value::DayKind::not_business};
    for (; next < open.size() && open[next].from < day_end; ++next) {
      const std::optional<int32_t> from = seconds_of(rules.zone, date, open[next].from), until = seconds_of(rules.zone, date, open[next].until);
      if (!from || !until) return false;
      day.hours.push_back({*from, *until});
    }
    rules.special.push_back(std::move(day));
  }
  return true;
}

// What was open before the common years may reach into them: there the merged calendar knows nothing, as its parts do.
bool add_day_before(const value::CalendarTable& first, const value::CalendarTable& second, const std::vector<value::Interval>& open,
                    value::CalendarRules& rules) {
  const value::Instant start = value::start_of_day(rules.zone, rules.first);
  value::Instant known_from = std::max({start, first.known_from, second.known_from});
  for (const value::Interval& i : open)
    if (i.from < start) known_from = std::max(known_from, i.until);
  if (known_from == start) return true;
  const std::optional<int32_t> until = seconds_of(rules.zone, rules.first - 1, known_from);
  if (until) rules.special.push_back({rules.first - 1, {{0, *until}}, value::DayKind::by_rule});
  return until.has_value();
}

bool same_where_known(const value::CalendarTable& merged, std::vector<value::Interval> open) {
  for (value::Interval& i : open) i = {std::max(i.from, merged.known_from), std::min(i.until, merged.known_until)};
  std::erase_if(open, [](const value::Interval& i) { return i.until <= i.from; });
  return std::equal(open.begin(), open.end(), merged.intervals.begin(), merged.intervals.end(),
                    [](const auto& a, const auto& b) { return a.from == b.from && a.until == b.until; });
}

}  // namespace

std::optional<value::CalendarRules> merge_rules(const value::CalendarRules& first, const value::CalendarRules& second) {
  value::CalendarTable first_table, second_table, merged_table;
  if (value::build_calendar(first, first_table) != value::CalendarError::none) return std::nullopt;
  if (value::build_calendar(second, second_table) != value::CalendarError::none) return std::nullopt;
  value::CalendarRules rules;
  rules.zone = first.zone;
  rules.first = std::max(first.first, second.first);
  rules.last = std::min(first.last, second.last);
  if (rules.last < rules.first) return std::nullopt;
  rules.day_ends_same_time = first.day_ends_same_time;
  rules.runs_out_at_next_opening = first.runs_out_at_next_opening;
  const std::vector<value::Interval> second_open = joined(second_table.own);
  const std::vector<value::Interval> open = meet(first_table.own, second_open);
  if (!add_day_before(first_table, second_table, open, rules) || !add_days(first_table, second_table, open, rules)) return std::nullopt;
  if (value::build_calendar(rules, merged_table) != value::CalendarError::none) return std::nullopt;
  if (!same_where_known(merged_table, meet(joined(first_table.own), second_open))) return std::nullopt;
  return rules;
}

}  // namespace writ::check
