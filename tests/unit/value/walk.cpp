#include "unit/value/walk.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>

namespace writ::value::test {

namespace {

bool holds(const std::vector<Date>& dates, Date date) { return std::find(dates.begin(), dates.end(), date) != dates.end(); }

const DateHours* special_of(const CalendarRules& rules, Date date) {
  for (const DateHours& h : rules.special) {
    if (h.date == date) return &h;
  }
  return nullptr;
}

std::vector<LocalInterval> hours_of(const CalendarRules& rules, Date date) {
  if (const DateHours* h = special_of(rules, date)) return h->hours;
  if (holds(rules.holidays, date)) return {};
  return rules.week[static_cast<size_t>(weekday(date))];
}

// First minute at which the clock has reached a local time.
int first_reached(const Walk& w, Date date, int64_t seconds) {
  Local local = local_of(date, seconds * us_per_second);
  return static_cast<int>(std::lower_bound(w.reached.begin(), w.reached.end(), local) - w.reached.begin());
}

int day_start(const Walk& w, Date date) { return first_reached(w, date, 0); }

const WalkDay* day_of(const Walk& w, Date date) {
  if (w.days.empty() || date < w.days.front().date || date > w.days.back().date) return nullptr;
  return &w.days[static_cast<size_t>(date - w.days.front().date)];
}

bool opens_at(const WalkDay& day, int minute) { return minute >= 0 && day.open[static_cast<size_t>(minute)] != 0; }

bool known(const Walk& w, int minute) { return minute >= w.known_from && minute < w.known_until; }

void fill_days(Walk& w, const CalendarRules& rules) {
  for (Date date = rules.first; date <= rules.last; ++date) {
    WalkDay day;
    day.date = date;
    day.open.assign(w.shown.size(), 0);
    for (const LocalInterval& i : hours_of(rules, date)) {
      for (int m = first_reached(w, date, i.open); m < first_reached(w, date, i.close); ++m) day.open[static_cast<size_t>(m)] = 1;
    }
    for (const DateBreak& b : rules.breaks) {
      for (int m = first_reached(w, b.date, b.closed.open); m < first_reached(w, b.date, b.closed.close); ++m) day.open[static_cast<size_t>(m)] = 0;
    }
    bool opens = false;
    day.close = w.at(day_start(w, date + 1)) - 1;
    for (int m = 0; m < w.minutes(); ++m) {
      if (!opens_at(day, m)) continue;
      opens = true;
      day.close = w.at(m + 1);
      w.open[static_cast<size_t>(m)] = 1;
    }
    bool stated_day = rules.business_days_stated && (rules.business_weekdays & (1 << weekday(date))) != 0;
    const DateHours* special = special_of(rules, date);
    if (special != nullptr && special->kind != DayKind::by_rule) {
      day.business = special->kind == DayKind::business;
    } else if (special != nullptr && special->hours.empty()) {
      day.business = false;
    } else if (rules.business_days_stated) {
      day.business = stated_day && (special != nullptr || !holds(rules.holidays, date));
    } else {
      day.business = opens;
    }
    if (day_start(w, date) == day_start(w, date + 1)) day.business = false;
    day.closed_by_holiday = special == nullptr && holds(rules.holidays, date) && (stated_day || !rules.week[static_cast<size_t>(weekday(date))].empty());
    w.days.push_back(day);
  }
}

// First minute from `m` on at which the clock runs; minutes() when none.
int next_running(const Walk& w, int m, const std::vector<char>& paused) {
  while (m < w.known_until && (w.open[static_cast<size_t>(m)] == 0 || paused[static_cast<size_t>(m)] != 0)) ++m;
  return m;
}

Instant day_end(const Walk& w, const WalkDay& day, int64_t time_us) {
  if (!w.same_time) return day.close;
  int m = first_reached(w, day.date, time_us / us_per_second);
  if (opens_at(day, m) || opens_at(day, m - 1)) return w.at(m);
  for (int k = m; k < w.minutes(); ++k) {
    if (opens_at(day, k)) return w.at(k);
  }
  bool opens = std::find(day.open.begin(), day.open.end(), 1) != day.open.end();
  return opens ? day.close : w.at(m);
}

}  // namespace

Walk walk(const CalendarRules& rules, const std::string& zone_name) {
  setenv("TZ", (":" + zone_name).c_str(), 1);
  tzset();
  Walk w;
  w.same_time = rules.day_ends_same_time;
  w.carried_on = rules.runs_out_at_next_opening;
  w.origin = local_of(rules.first - 5, 0);
  for (Instant t = w.origin; t < local_of(rules.last + 6, 0); t += us_per_minute) {
    auto seconds = static_cast<time_t>(t / us_per_second);
    tm shown{};
    localtime_r(&seconds, &shown);
    w.shown.push_back(local_of(days_from_civil(shown.tm_year + 1900, shown.tm_mon + 1, shown.tm_mday),
                               (shown.tm_hour * 3600 + shown.tm_min * 60 + shown.tm_sec) * us_per_second));
    w.reached.push_back(w.reached.empty() ? w.shown.back() : std::max(w.reached.back(), w.shown.back()));
  }
  setenv("TZ", ":UTC", 1);
  tzset();
  w.open.assign(w.shown.size(), 0);
  fill_days(w, rules);
  w.known_until = day_start(w, rules.last + 1);
  w.known_from = day_start(w, rules.first);
  for (const LocalInterval& i : hours_of(rules, rules.first - 1)) {
    w.known_from = std::max(w.known_from, first_reached(w, rules.first - 1, i.close));
  }
  w.known_from = std::min(w.known_from, w.known_until);
  return w;
}

std::vector<char> paused_minutes(const Walk& w, const std::vector<Interval>& pauses) {
  std::vector<char> marks(w.shown.size(), 0);
  for (int m = 0; m < w.minutes(); ++m) {
    for (const Interval& p : pauses) {
      if (p.from <= w.at(m) && w.at(m) < p.until) marks[static_cast<size_t>(m)] = 1;
    }
  }
  return marks;
}

Moment walk_add_open(const Walk& w, int from, int amount, const std::vector<char>& paused) {
  if (!known(w, from)) return {};
  int m = next_running(w, from, paused);
  for (int used = 0; m < w.known_until; m = next_running(w, m + 1, paused)) {
    if (used == amount) return {w.at(m), true};
    if (++used == amount && !w.carried_on) return {w.at(m + 1), true};
  }
  return {};
}

Moment walk_subtract_open(const Walk& w, int from, int amount) {
  if (from < w.known_from || from > w.known_until) return {};
  int used = 0;
  for (int m = from - 1; m >= w.known_from; --m) {
    if (w.open[static_cast<size_t>(m)] == 0) continue;
    if (amount == 0) return {w.at(m + 1), true};
    if (++used == amount) return {w.at(m), true};
  }
  return {};
}

Moment walk_business_days(const Walk& w, int from, int n, const std::vector<char>& paused) {
  const WalkDay* first = day_of(w, w.date_at(from));
  if (first == nullptr) return {};
  int64_t time_us = 0;
  if (w.same_time) {
    if (from < w.known_from) return {};
    const WalkDay* home = nullptr;
    const WalkDay* before = day_of(w, first->date - 1);
    for (; home == nullptr && from < w.minutes(); ++from) {
      if (first->business && opens_at(*first, from)) {
        home = first;
      } else if (before != nullptr && before->business && opens_at(*before, from)) {
        home = before;
      }
      for (const WalkDay& day : w.days) {
        if (home == nullptr && day.date > first->date && day.business && opens_at(day, from)) home = &day;
      }
      if (home != nullptr) break;
    }
    if (home == nullptr) return {};
    time_us = w.shown[static_cast<size_t>(from)] - local_of(home->date, 0);
    first = home;
  }
  int count = 0;
  for (const WalkDay& day : w.days) {
    if (day.date < first->date || (day.date == first->date && n > 0) || !day.business) continue;
    Instant end = day_end(w, day, time_us);
    if (end < w.at(from) || paused[static_cast<size_t>(w.minute_of(end))] != 0) continue;
    if (++count == std::max(n, 1)) return {end, true};
  }
  return {};
}

LedgerKind walk_kind(const Walk& w, int minute, const std::vector<char>& paused) {
  auto m = static_cast<size_t>(minute);
  if (!known(w, minute)) return LedgerKind::outside;
  if (w.open[m] != 0) return paused[m] != 0 ? LedgerKind::paused : LedgerKind::open;
  return day_of(w, w.date_at(minute))->closed_by_holiday ? LedgerKind::holiday : LedgerKind::closed;
}

}  // namespace writ::value::test
