// Deadlines in open time, where only the verdict is asked for: whether an end lies behind the deadline shows in the open time before
// both, which is one look-up by day each. The deadline itself is never made.
#include <algorithm>
#include <optional>

#include "plan/build_stage.h"
#include "value/civil.h"

namespace writ::plan {

namespace {

constexpr int64_t day_seconds = 86400;

struct Stretch {
  int32_t opening = day_seconds, length = 0;
};

bool whole_second(int64_t instant) { return instant % value::us_per_second == 0; }

// The years around the term are enough: rows that reach beyond them go another way. A small table stays in the first cache.
constexpr int64_t days_before = 366, days_behind = 2 * 366;

value::Interval years_around(const evaluate::Tables& tables, const value::CalendarTable& calendar) {
  const int64_t least = static_cast<int64_t>(-usual_second) * value::us_per_second, most = static_cast<int64_t>(usual_second) * value::us_per_second;
  const int64_t from = std::max({calendar.known_from, tables.term_start - days_before * value::us_per_day, least});
  const int64_t until = std::min({calendar.known_until, tables.term_end + days_behind * value::us_per_day, most});
  return {from, until};
}

// Days need not begin at midnight in UTC: where it is day at that hour, they begin some hours later.
constexpr int64_t beginnings[] = {0, 12 * value::us_per_hour, 6 * value::us_per_hour, 18 * value::us_per_hour};

// Per day from an instant on; nothing where a day has two, or one that does not begin and end with a second.
std::optional<std::vector<Stretch>> stretches_of(const value::CalendarTable& calendar, value::Interval years, int64_t first) {
  const int64_t last_day = value::floor_div(years.until - 1 - first, value::us_per_day);
  std::vector<Stretch> days(static_cast<size_t>(last_day) + 2);  // one more, which is closed
  for (value::Interval interval : calendar.intervals) {
    interval = {std::max(interval.from, years.from), std::min(interval.until, years.until)};
    if (interval.from >= interval.until) continue;
    if (!whole_second(interval.from) || !whole_second(interval.until)) return std::nullopt;
    for (int64_t day = (interval.from - first) / value::us_per_day; first + day * value::us_per_day < interval.until; ++day) {
      const int64_t start = first + day * value::us_per_day;
      const int64_t from = std::max(interval.from - start, int64_t{0}) / value::us_per_second;
      const int64_t until = std::min(interval.until - start, value::us_per_day) / value::us_per_second;
      Stretch& stretch = days[static_cast<size_t>(day)];
      if (stretch.length != 0) return std::nullopt;
      stretch = {static_cast<int32_t>(from), static_cast<int32_t>(until - from)};
    }
  }
  return days;
}

int32_t word_of(int32_t above, const Stretch& day) {
  return static_cast<int32_t>(static_cast<uint32_t>(above) << DayTable::opening_bits | static_cast<uint32_t>(day.opening));
}

constexpr int32_t most_above = (1 << (31 - DayTable::opening_bits)) - 1;

bool fill_words(const std::vector<Stretch>& days, DayTable& table) {
  int32_t common = 0;
  bool alike = true;
  for (const Stretch& day : days) {
    if (day.length == 0) continue;
    alike &= common == 0 || day.length == common;
    common = day.length;
  }
  table.length = alike ? static_cast<uint32_t>(common) : 0;
  int64_t before = 0;
  int32_t stretches = 0;
  for (const Stretch& day : days) {
    if (!alike) {
      if (day.length % 60 != 0) return false;
      table.before.push_back(static_cast<int32_t>(before));
    }
    if (stretches > most_above || before > INT32_MAX / 2) return false;
    table.words.push_back(word_of(alike ? stretches : day.length / 60, day));
    before += day.length;
    stretches += day.length != 0 ? 1 : 0;
  }
  table.total = static_cast<uint32_t>(before);
  return before > 0;
}

// The day table of a calendar in this stage; no_index where it has none.
uint32_t day_table(StageBuilder& builder, uint32_t index) {
  std::vector<DayTable>& tables = builder.stage.day_tables;
  for (uint32_t i = 0; i < tables.size(); ++i) {
    if (tables[i].calendar == index) return i;
  }
  const value::CalendarTable& calendar = builder.context->plan.tables.calendars[index];
  const value::Interval years = years_around(builder.context->plan.tables, calendar);
  if (years.from >= years.until || !whole_second(years.from) || !whole_second(years.until)) return evaluate::no_index;
  DayTable table;
  std::optional<std::vector<Stretch>> days;
  for (int64_t beginning : beginnings) {
    const int64_t first = value::floor_div(years.from - beginning, value::us_per_day) * value::us_per_day + beginning;
    table.first_second = first / value::us_per_second;
    days = stretches_of(calendar, years, first);
    if (days) break;
  }
  table.calendar = index;
  table.known_from = years.from / value::us_per_second;
  table.known_until = years.until / value::us_per_second;
  table.runs_out_at_next_opening = calendar.runs_out_at_next_opening;
  if (!days || !fill_words(*days, table)) return evaluate::no_index;
  tables.push_back(std::move(table));
  return static_cast<uint32_t>(tables.size() - 1);
}

// The second that a slot in microseconds was made from.
SlotId second_behind(const StageBuilder& builder, SlotId slot) {
  const Step& step = builder.stage.steps[slot.index];
  if (step.op != Op::rescale || step.number != 6 || !builder.in_seconds[step.operands[0].index]) return {};
  return step.operands[0];
}

}  // namespace

void judge_by_open_time(StageBuilder& builder, Step& judge) {
  if (!builder.stage.table.clean) return;
  const Step due = builder.stage.steps[judge.operands[4].index];
  if (due.op != Op::deadline_open || due.predicate != evaluate::no_index) return;
  const SlotId start = second_behind(builder, due.operands[0]);
  const Facts& amount = builder.stage.steps[due.operands[1].index].facts;
  const bool seconds = is_point(amount) && amount.given && !may_be_absent(amount) && amount.multiple_of != 0 && amount.multiple_of % value::us_per_second == 0;
  if (!start.valid() || !seconds || amount.low <= 0 || amount.high > int64_t{INT32_MAX} / 2 * value::us_per_second) return;
  for (size_t i = 0; i < 4; ++i) {
    if (builder.stage.steps[judge.operands[i].index].lane == Lane::whole) return;
  }
  for (size_t i : {size_t{2}, size_t{3}}) {
    const SlotId instant = judge.operands[i];
    const bool absent = builder.stage.steps[instant.index].op == Op::wide_constant;
    if (!builder.in_seconds[instant.index] && !absent) return;
  }
  const uint32_t table = day_table(builder, due.index);
  if (table == evaluate::no_index) return;
  Step position;
  position.op = Op::open_position;
  position.operands = {start};
  position.index = table;
  position.point = judge.point;
  judge.operands[4] = add_step(builder, std::move(position));
  judge.operands.push_back(divided(builder, due.operands[1], value::us_per_second));
  judge.op = Op::judge_open;
  judge.index = table;
}

}  // namespace writ::plan
