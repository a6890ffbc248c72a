// The hours of a calendar: rows of the week, special openings, closures, breaks.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "check/calendars.h"
#include "check/literals.h"

namespace writ::check {
namespace {

constexpr int32_t day_seconds = 86400;
constexpr std::string_view weekday_names[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

std::string clock(int32_t seconds) { return fmt::format("{:02}:{:02}", seconds / 3600 % 24, seconds / 60 % 60); }

std::optional<int32_t> read_time(CalendarReader& reader, const std::string& text, Span span) {
  const value::Parsed<int64_t> time = value::parse_time_of_day(text);
  if (time.ok() && time.value % value::us_per_second == 0) return static_cast<int32_t>(time.value / value::us_per_second);
  calendar_mistake(reader, code::impossible_time, span, {{"time", text}}, "write hours and minutes from 00:00 to 24:00, `09:00..17:30`");
  return std::nullopt;
}

std::optional<value::LocalInterval> read_range(CalendarReader& reader, const ast::TimeRange& range) {
  const std::optional<int32_t> from = read_time(reader, range.from, range.span);
  const std::optional<int32_t> to = from ? read_time(reader, range.to, range.span) : std::nullopt;
  if (!to) return std::nullopt;
  if (*from == *to || *from == day_seconds) {
    calendar_mistake(reader, code::empty_hours, range.span, {{"hours", range.from + ".." + range.to}}, "write `00:00..24:00` for a whole day");
    return std::nullopt;
  }
  // A close before the opening is on the next day: the hours belong to the day on which they start.
  return value::LocalInterval{*from, *to < *from ? *to + day_seconds : *to};
}

// Hours of one day with the text that they come from.
struct Hours {
  value::LocalInterval at;
  Span span;
};

void report_overlap(CalendarReader& reader, const Hours& one, const Hours& other, std::string_view day) {
  calendar_mistake(reader, code::overlapping_hours, one.span, {{"day", std::string(day)}},
                   fmt::format("write the hours so that each minute is stated once: {}..{} and {}..{} overlap", clock(other.at.open), clock(other.at.close),
                               clock(one.at.open), clock(one.at.close)))
      .labels.push_back({other.span, "these hours cover a part of them"});
}

bool overlap(const value::LocalInterval& a, const value::LocalInterval& b) { return a.open < b.close && b.open < a.close; }

// Within a day, and where an overnight interval reaches into the next day's.
void check_overlaps(CalendarReader& reader, const std::vector<Hours>& day, const std::vector<Hours>& next, std::string_view name) {
  for (size_t i = 0; i < day.size(); ++i)
    for (size_t j = 0; j < i; ++j)
      if (overlap(day[i].at, day[j].at)) return report_overlap(reader, day[i], day[j], name);
  for (const Hours& night : day)
    for (const Hours& morning : next)
      if (night.at.close > morning.at.open + day_seconds) return report_overlap(reader, morning, night, name);
}

void read_week(CalendarReader& reader, value::CalendarRules& rules) {
  std::vector<std::vector<Hours>> week(7);
  for (const ast::OpenRow& row : reader.node.open)
    for (const ast::TimeRange& range : row.ranges) {
      const std::optional<value::LocalInterval> hours = read_range(reader, range);
      if (!hours) continue;
      for (const ast::Weekday day : row.days) week[static_cast<size_t>(day)].push_back({*hours, range.span});
    }
  for (size_t day = 0; day < 7 && reader.sound; ++day) check_overlaps(reader, week[day], week[(day + 1) % 7], weekday_names[day]);
  for (size_t day = 0; day < 7; ++day) {
    for (const Hours& hours : week[day]) rules.week[day].push_back(hours.at);
    std::sort(rules.week[day].begin(), rules.week[day].end(), [](const auto& a, const auto& b) { return a.open < b.open; });
  }
}

// Dates that were given hours or closed, to find a second statement about one.
using Stated = std::map<value::Date, Span>;

std::vector<std::pair<value::Date, Span>> read_dates(CalendarReader& reader, const ast::DateHours& row) {
  std::vector<std::pair<value::Date, Span>> dates;
  for (const ast::ExprId id : row.dates) {
    const std::optional<value::Date> date = literal_date(reader.context, reader.file, id, "a date of the calendar");
    if (!date) {
      reader.sound = false;
      continue;
    }
    dates.push_back({*date, span_of(reader.context, reader.file, id)});
  }
  return dates;
}

void add_special(CalendarReader& reader, value::CalendarRules& rules, Stated& stated, value::Date date, Span span, std::vector<value::LocalInterval> hours) {
  const auto [earlier, added] = stated.insert({date, span});
  if (!added) {
    calendar_mistake(reader, code::repeated_date, span, {{"date", value::format_date(date)}}, "state the hours of a date once")
        .labels.push_back({earlier->second, "the date is stated here already"});
    return;
  }
  rules.special.push_back({date, std::move(hours), value::DayKind::by_rule});
}

void read_openings(CalendarReader& reader, value::CalendarRules& rules, Stated& stated) {
  for (const ast::DateHours& row : reader.node.open_on) {
    std::vector<Hours> hours;
    for (const ast::TimeRange& range : row.ranges)
      if (const std::optional<value::LocalInterval> read = read_range(reader, range)) hours.push_back({*read, range.span});
    check_overlaps(reader, hours, {}, "the date");
    std::vector<value::LocalInterval> intervals;
    for (const Hours& one : hours) intervals.push_back(one.at);
    for (const auto& [date, span] : read_dates(reader, row)) add_special(reader, rules, stated, date, span, intervals);
  }
}

void read_closures(CalendarReader& reader, value::CalendarRules& rules, Stated& stated) {
  for (const ast::DateHours& row : reader.node.closed_on) {
    const std::vector<value::LocalInterval> breaks = read_ranges(reader, row.ranges);
    for (const auto& [date, span] : read_dates(reader, row)) {
      if (row.ranges.empty()) add_special(reader, rules, stated, date, span, {});
      for (const value::LocalInterval& closed : breaks) rules.breaks.push_back({date, closed});
    }
  }
}

}  // namespace

std::vector<value::LocalInterval> read_ranges(CalendarReader& reader, const std::vector<ast::TimeRange>& ranges) {
  std::vector<value::LocalInterval> hours;
  for (const ast::TimeRange& range : ranges)
    if (const std::optional<value::LocalInterval> read = read_range(reader, range)) hours.push_back(*read);
  return hours;
}

void read_hours(CalendarReader& reader, value::CalendarRules& rules) {
  read_week(reader, rules);
  Stated stated;
  read_openings(reader, rules, stated);
  read_closures(reader, rules, stated);
  std::sort(rules.special.begin(), rules.special.end(), [](const auto& a, const auto& b) { return a.date < b.date; });
  std::sort(rules.breaks.begin(), rules.breaks.end(),
            [](const auto& a, const auto& b) { return a.date != b.date ? a.date < b.date : a.closed.open < b.closed.open; });
}

}  // namespace writ::check
