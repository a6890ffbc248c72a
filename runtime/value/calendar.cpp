#include "value/calendar.h"

#include <algorithm>
#include <cassert>

namespace writ::value {

std::string_view describe(CalendarError error) {
  switch (error) {
    case CalendarError::none: return "the calendar is right";
    case CalendarError::bad_interval: return "an interval must open before 24:00, and close after it opens and within 48 hours";
    case CalendarError::bad_range: return "the calendar must end after it begins, and span at most 400 years";
    case CalendarError::repeated_special: return "the hours of one date are stated twice";
  }
  return "";
}

namespace {

constexpr int32_t day_seconds = 86400;

bool is_right(const LocalInterval& i) { return i.open >= 0 && i.open < day_seconds && i.open < i.close && i.close <= 2 * day_seconds; }

Instant local_instant(const Zone& zone, Date date, int32_t seconds) { return to_utc(zone, local_of(date, seconds * us_per_second)); }

// Ascending, disjoint and not touching; empty intervals gone.
void join(std::vector<Interval>& intervals) {
  std::erase_if(intervals, [](const Interval& i) { return i.until <= i.from; });
  const auto earlier = [](const Interval& a, const Interval& b) { return a.from < b.from; };
  if (!std::is_sorted(intervals.begin(), intervals.end(), earlier)) std::sort(intervals.begin(), intervals.end(), earlier);
  size_t kept = 0;
  for (const Interval& i : intervals) {
    if (kept > 0 && i.from <= intervals[kept - 1].until) {
      intervals[kept - 1].until = std::max(intervals[kept - 1].until, i.until);
    } else {
      intervals[kept++] = i;
    }
  }
  intervals.resize(kept);
}

// `intervals` without `cuts`; both joined.
std::vector<Interval> without(const std::vector<Interval>& intervals, const std::vector<Interval>& cuts) {
  std::vector<Interval> out;
  for (Interval i : intervals) {
    auto cut = std::upper_bound(cuts.begin(), cuts.end(), i.from, [](Instant t, const Interval& c) { return t < c.until; });
    for (; cut != cuts.end() && cut->from < i.until; ++cut) {
      if (cut->from > i.from) out.push_back({i.from, cut->from});
      i.from = std::max(i.from, cut->until);
    }
    if (i.from < i.until) out.push_back(i);
  }
  return out;
}

// The rules with their lists sorted, for look-up by date.
struct Lists {
  std::vector<Date> holidays;
  std::vector<const DateHours*> special;
  std::vector<Interval> breaks;
  std::vector<LocalInterval> closed;  // the hours of a holiday: none

  bool is_holiday(Date date) const { return std::binary_search(holidays.begin(), holidays.end(), date); }
  const DateHours* special_of(Date date) const {
    auto it = std::lower_bound(special.begin(), special.end(), date, [](const DateHours* h, Date d) { return h->date < d; });
    return it != special.end() && (*it)->date == date ? *it : nullptr;
  }
};

CalendarError check(const CalendarRules& rules) {
  if (rules.last < rules.first || rules.last - rules.first > 146097 || rules.first < first_date || rules.last >= last_date) {
    return CalendarError::bad_range;
  }
  for (const auto& day : rules.week) {
    if (!std::all_of(day.begin(), day.end(), is_right)) return CalendarError::bad_interval;
  }
  for (const DateHours& hours : rules.special) {
    if (!std::all_of(hours.hours.begin(), hours.hours.end(), is_right)) return CalendarError::bad_interval;
  }
  for (const DateBreak& b : rules.breaks) {
    if (!is_right(b.closed)) return CalendarError::bad_interval;
  }
  return CalendarError::none;
}

const std::vector<LocalInterval>& hours_of(const CalendarRules& rules, const Lists& lists, Date date) {
  if (const DateHours* special = lists.special_of(date)) return special->hours;
  return lists.is_holiday(date) ? lists.closed : rules.week[static_cast<size_t>(weekday(date))];
}

bool is_business(const CalendarRules& rules, const Lists& lists, Date date, bool opens) {
  const DateHours* special = lists.special_of(date);
  if (special != nullptr && special->kind != DayKind::by_rule) return special->kind == DayKind::business;
  if (special != nullptr && special->hours.empty()) return false;
  if (!rules.business_days_stated) return opens;
  return (special != nullptr || !lists.is_holiday(date)) && (rules.business_weekdays >> weekday(date) & 1) != 0;
}

void build_days(const CalendarRules& rules, const Lists& lists, CalendarTable& out) {
  ZonePeriod period;
  period.from = period.until = 0;
  const auto instant = [&](Date date, int32_t seconds) { return to_utc(rules.zone, local_of(date, seconds * us_per_second), period); };
  Instant start = instant(out.first, 0);
  const size_t count = static_cast<size_t>(out.last - out.first) + 2;
  out.days.reserve(count);
  out.own.reserve(count);
  out.business.reserve(count);
  std::vector<Interval> own;
  for (Date date = out.first; date <= out.last; ++date) {
    Instant next = instant(date + 1, 0);
    own.clear();
    for (const LocalInterval& i : hours_of(rules, lists, date)) {
      own.push_back({instant(date, i.open), instant(date, i.close)});
    }
    join(own);
    if (!lists.breaks.empty()) own = without(own, lists.breaks);

    DayRow row;
    row.start = start;
    row.close = own.empty() ? next - 1 : own.back().until;
    row.first_own = static_cast<uint32_t>(out.own.size());
    row.business_before = static_cast<uint32_t>(out.business.size());
    // A day that the zone skipped has no time in which anything could be done.
    row.is_business = start < next && is_business(rules, lists, date, !own.empty());
    bool would_open =
        !rules.week[static_cast<size_t>(weekday(date))].empty() || (rules.business_days_stated && (rules.business_weekdays >> weekday(date) & 1) != 0);
    row.closed_by_holiday = would_open && lists.is_holiday(date) && lists.special_of(date) == nullptr;
    if (row.is_business) out.business.push_back(static_cast<uint32_t>(out.days.size()));
    out.days.push_back(row);
    out.own.insert(out.own.end(), own.begin(), own.end());
    start = next;
  }
  DayRow end;
  end.start = end.close = start;
  end.first_own = static_cast<uint32_t>(out.own.size());
  end.business_before = static_cast<uint32_t>(out.business.size());
  out.days.push_back(end);
}

void build_intervals(const CalendarRules& rules, const Lists& lists, CalendarTable& out) {
  out.known_until = out.days.back().start;
  out.known_from = out.days.front().start;
  // The day before the first may still be open when the first begins; whether it is, its holiday list does not say.
  for (const LocalInterval& i : hours_of(rules, lists, out.first - 1)) {
    out.known_from = std::max(out.known_from, local_instant(rules.zone, out.first - 1, i.close));
  }
  out.known_from = std::min(out.known_from, out.known_until);

  out.intervals = out.own;
  join(out.intervals);
  for (Interval& i : out.intervals) {
    i.from = std::max(i.from, out.known_from);
    i.until = std::min(i.until, out.known_until);
  }
  std::erase_if(out.intervals, [](const Interval& i) { return i.until <= i.from; });
  int64_t total = 0;
  for (const Interval& i : out.intervals) {
    out.open_before.push_back(total);
    total += i.until - i.from;
  }
  out.open_before.push_back(total);
}

void build_indexes(CalendarTable& out) {
  auto utc_day = [](Instant t) { return static_cast<int64_t>(date_of_local(t)); };
  out.utc_day0 = utc_day(out.days.front().start);
  int64_t last = utc_day(out.known_until);
  uint32_t interval = 0, row = 0;
  auto intervals = static_cast<uint32_t>(out.intervals.size());
  auto rows = static_cast<uint32_t>(out.days.size() - 1);
  for (int64_t day = out.utc_day0; day <= last; ++day) {
    Instant start = day * us_per_day;
    while (interval < intervals && out.intervals[interval].until <= start) ++interval;
    while (row + 1 < rows && out.days[row + 1].start <= start) ++row;
    out.interval_at.push_back(interval);
    out.row_at.push_back(row);
  }
  interval = 0;
  for (DayRow& day : out.days) {
    while (interval < intervals && out.intervals[interval].until <= day.start) ++interval;
    day.first_interval = interval;
  }
  int64_t total = out.open_before.back();
  out.bucket = std::max<int64_t>(1, total / std::max<int64_t>(1, intervals));
  interval = 0;
  for (int64_t start = 0; start < total; start += out.bucket) {
    while (out.open_before[interval + 1] <= start) ++interval;
    out.interval_of_bucket.push_back(interval);
  }
  out.interval_of_bucket.push_back(intervals);
}

}  // namespace

CalendarError build_calendar(const CalendarRules& rules, CalendarTable& out) { return build_calendar_around(rules, rules.first, rules.last, out); }

CalendarError build_calendar_around(const CalendarRules& rules, Date first, Date last, CalendarTable& out) {
  if (CalendarError error = check(rules); error != CalendarError::none) return error;
  first = std::clamp(first, rules.first, rules.last);
  last = std::clamp(last, first, rules.last);
  Lists lists;
  lists.holidays = rules.holidays;
  std::sort(lists.holidays.begin(), lists.holidays.end());
  for (const DateHours& hours : rules.special) lists.special.push_back(&hours);
  std::sort(lists.special.begin(), lists.special.end(), [](auto* a, auto* b) { return a->date < b->date; });
  for (size_t i = 1; i < lists.special.size(); ++i) {
    if (lists.special[i]->date == lists.special[i - 1]->date) return CalendarError::repeated_special;
  }
  for (const DateBreak& b : rules.breaks) {
    if (b.date < first - 2 || b.date > last + 2) continue;
    lists.breaks.push_back({local_instant(rules.zone, b.date, b.closed.open), local_instant(rules.zone, b.date, b.closed.close)});
  }
  join(lists.breaks);

  CalendarTable table;
  table.zone = rules.zone;
  table.first = first;
  table.last = last;
  table.day_ends_same_time = rules.day_ends_same_time;
  table.runs_out_at_next_opening = rules.runs_out_at_next_opening;
  build_days(rules, lists, table);
  build_intervals(rules, lists, table);
  build_indexes(table);
  if (first != rules.first || last != rules.last) table.others = std::make_shared<AllYears>(rules);
  out = std::move(table);
  return CalendarError::none;
}

const CalendarTable& all_years(const CalendarTable& table) {
  if (!table.others) return table;
  std::atomic<const CalendarTable*>& made = table.others->made;
  if (const CalendarTable* all = made.load(std::memory_order_acquire)) return *all;
  // Two threads may both make it; they make the same, and the first one's is kept.
  auto mine = std::make_unique<CalendarTable>();
  const CalendarError error = build_calendar(table.others->rules, *mine);
  assert(error == CalendarError::none && "the rules have been checked");
  (void)error;
  const CalendarTable* first = nullptr;
  if (made.compare_exchange_strong(first, mine.get(), std::memory_order_acq_rel, std::memory_order_acquire)) return *mine.release();
  return *first;
}

const CalendarTable& table_of(const CalendarTable& table, Instant from, Instant until) {
  return from >= table.known_from && until < table.known_until ? table : all_years(table);
}

int64_t row_of(const CalendarTable& table, Instant t) {
  if (t < table.days.front().start || t >= table.days.back().start) return -1;
  int64_t row = table.row_at[static_cast<size_t>(static_cast<int64_t>(date_of_local(t)) - table.utc_day0)];
  while (table.days[static_cast<size_t>(row + 1)].start <= t) ++row;
  return row;
}

int64_t row_of_date(const CalendarTable& table, Date date) { return date < table.first || date > table.last ? -1 : static_cast<int64_t>(date) - table.first; }

}  // namespace writ::value
