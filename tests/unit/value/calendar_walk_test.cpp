// Random calendars around the clock changes of several zones, against the walk over every minute.

#include <algorithm>
#include <thread>

#include "unit/value/support.h"
#include "unit/value/walk.h"

using namespace writ::value;
using namespace writ::value::test;

namespace {

struct Place {
  const char* zone;
  const char* around;
};
const Place places[] = {
    {"Europe/London", "2026-03-29"},       {"Europe/London", "2026-10-25"},     {"America/New_York", "2026-03-08"}, {"America/New_York", "2026-11-01"},
    {"America/Sao_Paulo", "2017-10-15"},   {"America/Sao_Paulo", "2018-02-18"}, {"America/St_Johns", "1990-10-28"}, {"Pacific/Apia", "2011-12-30"},
    {"Australia/Lord_Howe", "2026-04-05"}, {"America/Havana", "2025-11-02"},    {"Asia/Kolkata", "2026-02-11"},
};

std::vector<LocalInterval> random_hours(Random& random) {
  std::vector<LocalInterval> hours;
  int64_t kind = random.within(0, 9);
  if (kind == 0) return {{0, 86400}};
  if (kind == 1) return {};
  if (kind <= 4) return {{9 * 3600, 17 * 3600 + 1800}};
  for (int64_t i = random.within(1, 3); i > 0; --i) {
    auto open = static_cast<int32_t>(random.within(0, 1439)) * 60;
    int64_t longest = random.chance(15) ? 2 * 1440 - open / 60 : std::min<int64_t>(600, 2 * 1440 - open / 60);
    hours.push_back({open, open + static_cast<int32_t>(random.within(1, longest)) * 60});
  }
  return hours;
}

CalendarRules random_rules(Random& random, const Zone& zone, Date around) {
  CalendarRules rules;
  rules.zone = zone;
  rules.first = around - static_cast<Date>(random.within(2, 9));
  rules.last = around + static_cast<Date>(random.within(2, 9));
  auto date = [&] { return static_cast<Date>(random.within(rules.first - 2, rules.last + 1)); };
  bool plain_week = random.chance(30);
  for (size_t i = 0; i < 7; ++i) {
    rules.week[i] = !plain_week ? random_hours(random) : i < 5 ? std::vector<LocalInterval>{{9 * 3600, 17 * 3600}} : std::vector<LocalInterval>{};
  }
  for (int64_t i = random.within(0, 3); i > 0; --i) rules.holidays.push_back(date());
  for (int64_t i = random.within(0, 2); i > 0; --i) {
    DateHours hours{date(), random_hours(random), static_cast<DayKind>(random.within(0, 2))};
    bool repeated = std::any_of(rules.special.begin(), rules.special.end(), [&](const DateHours& h) { return h.date == hours.date; });
    if (!repeated) rules.special.push_back(hours);
  }
  for (int64_t i = random.within(0, 2); i > 0; --i) {
    auto from = static_cast<int32_t>(random.within(0, 1439)) * 60;
    rules.breaks.push_back({date(), {from, from + static_cast<int32_t>(random.within(1, 600)) * 60}});
  }
  rules.business_days_stated = random.chance(40);
  rules.business_weekdays = static_cast<uint8_t>(random.within(0, 127));
  rules.day_ends_same_time = random.chance(40);
  rules.runs_out_at_next_opening = random.chance(40);
  return rules;
}

// A minute that is interesting: an edge of open time, or any.
int random_minute(Random& random, const Walk& w) {
  int m = static_cast<int>(random.within(std::max(0, w.known_from - 30), std::min(w.minutes() - 1, w.known_until + 30)));
  if (random.chance(50)) return m;
  while (m > 0 && w.open[static_cast<size_t>(m)] == w.open[static_cast<size_t>(m - 1)]) --m;
  return m;
}

std::vector<Interval> random_pauses(Random& random, const Walk& w) {
  std::vector<Interval> pauses;
  for (int64_t i = random.within(0, 5); i > 0; --i) {
    int from = random_minute(random, w);
    int until = random.chance(40) ? std::max(from, random_minute(random, w)) : from + static_cast<int>(random.within(0, 2500));
    pauses.push_back({w.at(from), w.at(until)});
  }
  std::sort(pauses.begin(), pauses.end(), [](const Interval& a, const Interval& b) { return a.from < b.from; });
  if (!pauses.empty() && random.chance(10)) pauses.back().until = forever;
  return pauses;
}

void check_clock(Random& random, const CalendarTable& table, const Walk& w) {
  const std::vector<char> never(w.shown.size(), 0);
  int m = random_minute(random, w);
  Instant t = w.at(m);
  CAPTURE(format_utc(t));
  bool known = m >= w.known_from && m < w.known_until;
  Answer open = is_open(table, t);
  CHECK(open.known == known);
  if (known) CHECK(open.value == (w.open[static_cast<size_t>(m)] != 0));

  int amount = random.chance(15) ? 0 : static_cast<int>(random.within(0, random.chance(50) ? 700 : 5000));
  if (random.chance(40)) {  // an amount that runs out exactly at an edge
    int edge = random_minute(random, w);
    Amount between = open_between(table, t, w.at(edge));
    if (between.known && between.value >= 0) amount = static_cast<int>(between.value / us_per_minute);
  }
  CAPTURE(amount);
  CHECK(show(add_open(table, t, amount * us_per_minute)) == show(walk_add_open(w, m, amount, never)));
  CHECK(show(subtract_open(table, t, amount * us_per_minute)) == show(walk_subtract_open(w, m, amount)));
  Moment opening = next_opening(table, t);
  CHECK(show(opening) == show(walk_add_open(w, m, 0, never)));

  std::vector<Interval> pauses = random_pauses(random, w);
  std::vector<char> paused = paused_minutes(w, pauses);
  std::string pause_text = table.runs_out_at_next_opening ? "carried on; paused" : "paused";
  for (const Interval& p : pauses) pause_text += " " + format_utc(p.from) + " to " + (p.until == forever ? "forever" : format_utc(p.until));
  pause_text += "; known until " + format_utc(all_years(table).known_until) + ", rows from " + format_date(table.first) + " to " + format_date(table.last);
  CAPTURE(pause_text);
  CHECK(show(add_open_paused(table, t, amount * us_per_minute, pauses)) == show(walk_add_open(w, m, amount, paused)));
  int n = static_cast<int>(random.within(0, 6));
  CAPTURE(n);
  CHECK(show(add_business_days(table, t, n)) == show(walk_business_days(w, m, n, never)));
  CHECK(show(add_business_days_paused(table, t, n, pauses)) == show(walk_business_days(w, m, n, paused)));
}

void check_ledger(Random& random, const CalendarTable& table, const Walk& w) {
  int a = random_minute(random, w), b = random_minute(random, w);
  std::vector<Interval> pauses = random_pauses(random, w);
  std::vector<char> paused = paused_minutes(w, pauses);
  std::vector<LedgerRow> rows = ledger(table, w.at(a), w.at(b), pauses);
  int at = a, wrong = 0;
  int64_t open = 0, all_open = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].from != w.at(at) || (i > 0 && rows[i].kind == rows[i - 1].kind)) ++wrong;
    for (; w.at(at) < rows[i].until; ++at) wrong += walk_kind(w, at, paused) != rows[i].kind;
    if (rows[i].kind == LedgerKind::open) open += rows[i].until - rows[i].from;
    if (rows[i].kind == LedgerKind::open || rows[i].kind == LedgerKind::paused) all_open += rows[i].until - rows[i].from;
  }
  CHECK(at == std::max(a, b));
  CHECK(wrong == 0);
  Amount running = open_between_paused(table, w.at(a), w.at(b), pauses), total = open_between(table, w.at(a), w.at(b));
  bool known = std::min(a, b) >= w.known_from && std::max(a, b) <= w.known_until;
  CHECK(running.known == known);
  CHECK(total.known == known);
  if (known && a <= b) {
    CHECK(running.value == open);
    CHECK(total.value == all_open);
    Amount backward = open_between_paused(table, w.at(b), w.at(a), pauses);
    CHECK(backward.value == -open);
    CHECK(open_between(table, w.at(b), w.at(a)).value == -all_open);
  }
}

void check_edges(Random& random, const CalendarTable& table, const Walk& w) {
  int m = random_minute(random, w);
  if (m < w.known_from || m >= w.known_until) return;
  auto is = [&](int k) { return k >= w.known_from && k < w.known_until && w.open[static_cast<size_t>(k)] != 0; };
  Moment close, opening, before;
  for (int k = m + 1; k < w.known_until && !close.known; ++k) close = {w.at(k), is(k - 1) && !is(k)};
  for (int k = m; k > w.known_from && !opening.known; --k) opening = {w.at(k), is(k) && !is(k - 1)};
  for (int k = m; k > w.known_from && !before.known; --k) before = {w.at(k), !is(k) && is(k - 1)};
  CAPTURE(format_utc(w.at(m)));
  CHECK(show(next_close(table, w.at(m))) == show(close));
  CHECK(show(previous_opening(table, w.at(m))) == show(opening));
  CHECK(show(previous_close(table, w.at(m))) == show(before));
}

void check_days(Random& random, const CalendarTable& table, const Walk& w) {
  const CalendarTable& all = all_years(table);
  for (const WalkDay& day : w.days) {
    Answer business = is_business_day(table, day.date);
    CHECK(business.known);
    CHECK(business.value == day.business);
    CHECK(all.days[static_cast<size_t>(day.date - all.first)].close == day.close);
  }
  CHECK(!is_business_day(table, w.days.front().date - 1).known);
  CHECK(!is_business_day(table, w.days.back().date + 1).known);
  for (int round = 0; round < 10; ++round) {
    auto count = static_cast<int64_t>(w.days.size());
    int64_t a = random.within(0, count), b = random.within(0, count), n = 0;
    for (int64_t i = std::min(a, b); i < std::max(a, b); ++i) n += w.days[static_cast<size_t>(i)].business;
    CHECK(business_days_between(table, all.first + static_cast<Date>(a), all.first + static_cast<Date>(b)).value == (a <= b ? n : -n));

    int64_t from = random.within(0, count - 1), steps = random.within(-5, 5), i = from;
    int64_t left = steps < 0 ? -steps : steps;
    if (steps == 0) {
      while (i < count && !w.days[static_cast<size_t>(i)].business) ++i;
    }
    while (left > 0) {
      i += steps < 0 ? -1 : 1;
      if (i < 0 || i >= count) break;
      left -= w.days[static_cast<size_t>(i)].business;
    }
    MaybeDate expected{static_cast<Date>(all.first + i), i >= 0 && i < count};
    CHECK(show_date(shift_business_days(table, all.first + static_cast<Date>(from), steps)) == show_date(expected));
  }
}

}  // namespace

TEST_CASE("random calendars agree with a walk over every minute") {
  Random random{56};
  for (const Place& place : places) {
    Zone zone;
    if (!load_zone(place.zone, zone)) continue;
    for (int round = 0; round < 3; ++round) {
      CalendarRules rules = random_rules(random, zone, day(place.around));
      CAPTURE(std::string(place.zone));
      CAPTURE(round);
      CalendarTable table;
      REQUIRE(build_calendar(rules, table) == CalendarError::none);
      Walk w = walk(rules, place.zone);
      REQUIRE(table.known_from == w.at(w.known_from));
      REQUIRE(table.known_until == w.at(w.known_until));
      check_days(random, table, w);
      for (int i = 0; i < 25; ++i) check_clock(random, table, w);
      for (int i = 0; i < 8; ++i) check_ledger(random, table, w);
      for (int i = 0; i < 20; ++i) check_edges(random, table, w);
    }
  }
}

// A table of some years answers like one of all years, whatever is asked, also where its own rows end.
TEST_CASE("random parts of random calendars agree with the same walk") {
  Random random{57};
  for (const Place& place : places) {
    Zone zone;
    if (!load_zone(place.zone, zone)) continue;
    for (int round = 0; round < 3; ++round) {
      const CalendarRules rules = random_rules(random, zone, day(place.around));
      CAPTURE(std::string(place.zone));
      CAPTURE(round);
      const Walk w = walk(rules, place.zone);
      CalendarTable all;
      REQUIRE(build_calendar(rules, all) == CalendarError::none);
      CHECK(all.others == nullptr);
      for (int part = 0; part < 6; ++part) {
        const Date first = static_cast<Date>(random.within(rules.first - 1, rules.last + 1));
        const Date last = part == 0 ? first : static_cast<Date>(random.within(first, rules.last + 1));
        CalendarTable table;
        REQUIRE(build_calendar_around(rules, first, last, table) == CalendarError::none);
        check_days(random, table, w);
        for (int i = 0; i < 25; ++i) check_clock(random, table, w);
        for (int i = 0; i < 8; ++i) check_ledger(random, table, w);
        for (int i = 0; i < 20; ++i) check_edges(random, table, w);
        for (Date date = rules.first - 1; date <= rules.last + 1; ++date) {
          for (const Roll rule : {Roll::none, Roll::following, Roll::preceding, Roll::modified_following}) {
            CHECK(show_date(roll(table, date, rule)) == show_date(roll(all, date, rule)));
          }
        }
      }
    }
  }
}

TEST_CASE("all years are made once, whoever asks, and only when some years do not tell") {
  CalendarRules rules;
  rules.zone = utc_zone();
  for (size_t i = 0; i < 5; ++i) rules.week[i] = {{9 * 3600, 17 * 3600}};
  rules.first = day("1990-01-01");
  rules.last = day("2089-12-31");
  CalendarTable table;
  REQUIRE(build_calendar_around(rules, day("2026-01-01"), day("2027-12-31"), table) == CalendarError::none);
  CHECK(table.days.size() == 2 * 365 + 1);
  REQUIRE(table.others != nullptr);
  CHECK(is_open(table, parse_instant("2026-03-02T11:00Z").value).value);
  CHECK(table.others->made.load() == nullptr);
  const CalendarTable copy = table;
  const CalendarTable* seen[8] = {};
  std::vector<std::thread> threads;
  for (auto& of_thread : seen) {
    threads.emplace_back([&] {
      if (is_open(copy, parse_instant("2060-03-02T11:00Z").value).known) of_thread = &all_years(table);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const CalendarTable* one : seen) CHECK(one == table.others->made.load());
  CHECK(seen[0] != nullptr);
  CHECK(!is_open(table, parse_instant("2090-03-02T11:00Z").value).known);
}

TEST_CASE("open time added is open time between, to the microsecond") {
  Zone zone;
  if (!load_zone("Europe/London", zone)) return;
  Random random{56};
  for (int round = 0; round < 20; ++round) {
    CalendarRules rules = random_rules(random, zone, day("2026-03-29"));
    rules.first -= 300;
    CalendarTable table;
    REQUIRE(build_calendar(rules, table) == CalendarError::none);
    for (int i = 0; i < 100; ++i) {
      Instant t = random.within(table.known_from, table.known_until - 1);
      int64_t amount = random.within(0, 40 * us_per_hour);
      Moment end = add_open(table, t, amount);
      if (!end.known) continue;
      CHECK(end.at >= t);
      CHECK(open_between(table, t, end.at).value == amount);
      if (amount > 0 && !table.runs_out_at_next_opening) CHECK(open_between(table, t, end.at - 1).value == amount - 1);
      if (table.runs_out_at_next_opening) CHECK(is_open(table, end.at).value);
      Moment start = subtract_open(table, end.at, amount);
      if (amount > 0) {
        CHECK(open_between(table, start.at, end.at).value == amount);
        CHECK(start.at >= t);
      }
      CHECK(add_open_paused(table, t, amount, {}).at == end.at);
    }
  }
}
