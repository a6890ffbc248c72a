// Deadlines in civil time, pauses, rolling, ledgers and periods by example.

#include <algorithm>

#include "unit/value/support.h"

using namespace writ::value;
using namespace writ::value::test;

namespace {

CalendarTable office() {
  CalendarRules rules;
  rules.zone = utc_zone();
  for (size_t i = 0; i < 5; ++i) rules.week[i] = {{9 * 3600, 17 * 3600 + 1800}};
  rules.holidays = {day("2026-04-03"), day("2026-04-06"), day("2026-04-11")};
  rules.first = day("2026-01-01");
  rules.last = day("2026-12-31");
  CalendarTable table;
  REQUIRE(build_calendar(rules, table) == CalendarError::none);
  return table;
}

std::string text(const std::vector<LedgerRow>& rows) {
  std::string out;
  for (const LedgerRow& row : rows) out += std::string(name(row.kind)) + " until " + format_local(row.until).substr(5) + "; ";
  return out;
}

}  // namespace

TEST_CASE("days: due by the end of the N-th day") {
  Zone london;
  if (!load_zone("Europe/London", london)) return;
  CHECK(show(add_days(london, utc("2026-01-05T12:00"), 30)) == "2026-02-04T23:59:59.999999");
  CHECK(show(add_days(london, utc("2026-01-05T12:00"), 0)) == "2026-01-05T23:59:59.999999");
  CHECK(show(add_days(london, utc("2026-03-28T12:00"), 1)) == "2026-03-29T22:59:59.999999");  // a day of 23 hours
  CHECK(show(add_days(london, utc("2026-06-30T23:30"), 1)) == "2026-07-02T22:59:59.999999");  // already 1 July there
  CHECK(show(add_days(london, utc("2026-01-05T12:00"), -5)) == "2025-12-31T23:59:59.999999");
  CHECK(!add_days(london, utc("2026-01-05T12:00"), 4'000'000).known);
  CHECK(!add_days(london, utc("2026-01-05T12:00"), INT64_MAX).known);
  CHECK(show(add_months(london, utc("2026-01-31T12:00"), 1, MonthEnd::last_day)) == "2026-02-28T23:59:59.999999");
  CHECK(show(add_months(london, utc("2026-01-31T12:00"), 1, MonthEnd::next_first)) == "2026-03-01T23:59:59.999999");
  CHECK(!add_months(london, utc("2026-01-31T12:00"), 1, MonthEnd::none).known);
  CHECK(show(add_months(london, utc("2026-01-30T12:00"), 12, MonthEnd::none)) == "2027-01-30T23:59:59.999999");
}

TEST_CASE("elapsed time") {
  CHECK(show(add_elapsed(utc("2026-03-29T00:30"), us_per_hour)) == "2026-03-29T01:30");
  CHECK(!add_elapsed(INT64_MAX - 5, 10).known);
  CHECK(!add_elapsed(INT64_MAX - 5, 5).known);
}

TEST_CASE("pauses take away only time that was running") {
  CalendarTable table = office();
  auto due = [&](const char* t, int64_t hours, std::vector<Interval> pauses) { return show(add_open_paused(table, utc(t), hours * us_per_hour, pauses)); };
  CHECK(due("2026-03-02T09:00", 4, {}) == "2026-03-02T13:00");
  CHECK(due("2026-03-02T09:00", 4, {{utc("2026-03-02T10:00"), utc("2026-03-02T11:00")}}) == "2026-03-02T14:00");
  CHECK(due("2026-03-02T09:00", 4, {{utc("2026-03-01T10:00"), utc("2026-03-02T08:00")}}) == "2026-03-02T13:00");  // while closed
  CHECK(due("2026-03-02T16:30", 2, {{utc("2026-03-02T17:00"), utc("2026-03-03T10:00")}}) == "2026-03-03T11:30");
  // Overlapping, touching and empty pauses count once.
  CHECK(due("2026-03-02T09:00", 4,
            {{utc("2026-03-02T10:00"), utc("2026-03-02T11:00")},
             {utc("2026-03-02T10:30"), utc("2026-03-02T10:45")},
             {utc("2026-03-02T11:00"), utc("2026-03-02T11:30")},
             {utc("2026-03-02T12:00"), utc("2026-03-02T12:00")}}) == "2026-03-02T14:30");
  // Time that runs out exactly where a pause begins has run out.
  CHECK(due("2026-03-02T09:00", 4, {{utc("2026-03-02T13:00"), utc("2026-03-02T15:00")}}) == "2026-03-02T13:00");
  CHECK(due("2026-03-02T09:00", 0, {{utc("2026-03-02T08:00"), utc("2026-03-02T15:00")}}) == "2026-03-02T15:00");
  // A pause without an end: known only where the time runs out before it.
  CHECK(due("2026-03-02T09:00", 4, {{utc("2026-03-02T14:00"), forever}}) == "2026-03-02T13:00");
  CHECK(due("2026-03-02T09:00", 4, {{utc("2026-03-02T10:00"), forever}}) == "not known");

  table.runs_out_at_next_opening = true;
  CHECK(due("2026-03-02T09:00", 4, {{utc("2026-03-02T13:00"), utc("2026-03-02T15:00")}}) == "2026-03-02T15:00");
}

TEST_CASE("pauses of an elapsed clock agree with a walk over its minutes") {
  auto due = [](const char* t, int64_t hours, std::vector<Interval> pauses) { return show(add_elapsed_paused(utc(t), hours * us_per_hour, pauses)); };
  CHECK(due("2026-03-02T22:00", 4, {}) == "2026-03-03T02:00");
  CHECK(due("2026-03-02T22:00", 4, {{utc("2026-03-02T23:00"), utc("2026-03-03T23:00")}}) == "2026-03-04T02:00");
  CHECK(due("2026-03-02T22:00", 4, {{utc("2026-03-03T02:00"), utc("2026-03-03T23:00")}}) == "2026-03-03T02:00");
  CHECK(due("2026-03-02T22:00", 0, {{utc("2026-03-02T21:00"), utc("2026-03-03T23:00")}}) == "2026-03-03T23:00");
  CHECK(due("2026-03-02T22:00", 4, {{utc("2026-03-02T23:00"), forever}}) == "not known");

  Random random{61};
  for (int round = 0; round < 500; ++round) {
    std::vector<Interval> pauses;
    for (int64_t i = random.within(0, 5); i > 0; --i) {
      int64_t from = random.within(0, 300);
      pauses.push_back({from * us_per_minute, (from + random.within(0, 60)) * us_per_minute});
    }
    std::sort(pauses.begin(), pauses.end(), [](const Interval& a, const Interval& b) { return a.from < b.from; });
    auto paused = [&](int64_t m) {
      return std::any_of(pauses.begin(), pauses.end(), [&](const Interval& p) { return p.from <= m * us_per_minute && m * us_per_minute < p.until; });
    };
    int64_t t = random.within(0, 300), amount = random.within(0, 200), m = t, used = 0;
    while (amount == 0 ? paused(m) : used < amount) used += paused(m++) ? 0 : 1;
    CHECK(show(add_elapsed_paused(t * us_per_minute, amount * us_per_minute, pauses)) == show(Moment{m * us_per_minute, true}));
    int64_t until = random.within(0, 500), running = 0;
    for (int64_t k = std::min(t, until); k < std::max(t, until); ++k) running += !paused(k);
    CHECK(elapsed_between_paused(t * us_per_minute, until * us_per_minute, pauses) == (until < t ? -running : running) * us_per_minute);
    int64_t sum = 0;
    for (const LedgerRow& row : ledger_elapsed(t * us_per_minute, until * us_per_minute, pauses)) {
      if (row.kind == LedgerKind::open) sum += row.until - row.from;
    }
    CHECK(sum == (until < t ? 0 : running * us_per_minute));
  }
}

TEST_CASE("a business day on whose close the clock is paused does not count") {
  CalendarTable table = office();
  auto due = [&](int64_t n, std::vector<Interval> pauses) { return show(add_business_days_paused(table, utc("2026-03-02T12:00"), n, pauses)); };
  CHECK(due(2, {}) == "2026-03-04T17:30");
  CHECK(due(2, {{utc("2026-03-03T10:00"), utc("2026-03-03T17:00")}}) == "2026-03-04T17:30");
  CHECK(due(2, {{utc("2026-03-03T10:00"), utc("2026-03-03T17:30")}}) == "2026-03-04T17:30");  // over at the close itself
  CHECK(due(2, {{utc("2026-03-03T17:30"), utc("2026-03-03T18:00")}}) == "2026-03-05T17:30");  // begins at the close
  CHECK(due(2, {{utc("2026-03-03T10:00"), utc("2026-03-04T10:00")}}) == "2026-03-05T17:30");
  CHECK(due(2, {{utc("2026-03-02T10:00"), utc("2026-03-02T20:00")}}) == "2026-03-04T17:30");  // the day of t counts in no case
  CHECK(due(2, {{utc("2026-03-03T10:00"), forever}}) == "not known");
  CHECK(due(1, {{utc("2026-03-04T10:00"), forever}}) == "2026-03-03T17:30");
  CHECK(due(0, {{utc("2026-03-02T10:00"), utc("2026-03-02T20:00")}}) == "2026-03-03T17:30");
  table.day_ends_same_time = true;
  CHECK(due(2, {{utc("2026-03-03T11:00"), utc("2026-03-03T13:00")}}) == "2026-03-05T12:00");
  CHECK(due(2, {{utc("2026-03-03T13:00"), utc("2026-03-03T18:00")}}) == "2026-03-04T12:00");
}

TEST_CASE("rolling a date off a closed day") {
  CalendarTable table = office();
  auto rolled = [&](const char* date, Roll rule) { return show_date(roll(table, day(date), rule)); };
  CHECK(rolled("2026-04-04", Roll::none) == "2026-04-04");
  CHECK(rolled("2026-04-04", Roll::following) == "2026-04-07");
  CHECK(rolled("2026-04-04", Roll::preceding) == "2026-04-02");
  CHECK(rolled("2026-04-04", Roll::modified_following) == "2026-04-07");
  CHECK(rolled("2026-05-30", Roll::modified_following) == "2026-05-29");
  CHECK(rolled("2026-05-29", Roll::modified_following) == "2026-05-29");
  CHECK(rolled("2026-05-29", Roll::preceding) == "2026-05-29");
  CHECK(rolled("2027-01-01", Roll::following) == "not known");
  CHECK(show_date(next_business_day(table, day("2026-04-02"))) == "2026-04-07");
  CHECK(show_date(previous_business_day(table, day("2026-04-07"))) == "2026-04-02");
  CHECK(show_date(next_business_day(table, day("2026-12-31"))) == "not known");
}

TEST_CASE("the ledger of a clock over Easter") {
  CalendarTable table = office();
  CHECK(text(ledger(table, utc("2026-04-02T16:00"), utc("2026-04-07T10:00"), {})) ==
        "open until 04-02T17:30; closed until 04-03T00:00; holiday until 04-04T00:00; closed until 04-06T00:00; "
        "holiday until 04-07T00:00; closed until 04-07T09:00; open until 04-07T10:00; ");
  // A holiday on a Saturday that was closed anyway takes nothing away.
  CHECK(text(ledger(table, utc("2026-04-10T17:00"), utc("2026-04-13T09:30"), {})) ==
        "open until 04-10T17:30; closed until 04-13T09:00; open until 04-13T09:30; ");
  std::vector<Interval> pauses = {{utc("2026-04-02T16:30"), utc("2026-04-07T09:15")}};
  CHECK(text(ledger(table, utc("2026-04-02T16:00"), utc("2026-04-07T10:00"), pauses)) ==
        "open until 04-02T16:30; paused until 04-02T17:30; closed until 04-03T00:00; holiday until 04-04T00:00; closed until 04-06T00:00; "
        "holiday until 04-07T00:00; closed until 04-07T09:00; paused until 04-07T09:15; open until 04-07T10:00; ");
  CHECK(text(ledger(table, utc("2025-12-31T16:00"), utc("2026-01-01T10:00"), {})) ==
        "outside the calendar until 01-01T00:00; closed until 01-01T09:00; open until 01-01T10:00; ");
  CHECK(text(ledger(table, utc("2026-12-31T17:00"), utc("2027-01-01T10:00"), {})) ==
        "open until 12-31T17:30; closed until 01-01T00:00; outside the calendar until 01-01T10:00; ");
  CHECK(text(ledger(table, utc("2028-12-31T17:00"), utc("2029-01-01T10:00"), {})) == "outside the calendar until 01-01T10:00; ");
  CHECK(ledger(table, utc("2026-04-02T16:00"), utc("2026-04-02T16:00"), {}).empty());
}

TEST_CASE("periods of a term") {
  PeriodGrid grid;
  Zone london;
  if (!load_zone("Europe/London", london)) return;
  REQUIRE(build_periods(london, PeriodKind::month, day("2026-01-15"), day("2026-04-10"), MonthEnd::none, grid));
  CHECK(period_count(grid) == 4);
  CHECK(grid.days_in_term == std::vector<int32_t>{17, 28, 31, 9});
  CHECK(grid.days_total == std::vector<int32_t>{31, 28, 31, 30});
  CHECK(index_of(grid, utc("2026-01-14T23:59:59.999999")) == -1);
  CHECK(index_of(grid, utc("2026-01-15T00:00")) == 0);
  CHECK(index_of(grid, utc("2026-01-31T23:59:59.999999")) == 0);
  CHECK(index_of(grid, utc("2026-02-01T00:00")) == 1);
  CHECK(index_of(grid, utc("2026-03-31T22:59:59")) == 2);
  CHECK(index_of(grid, utc("2026-03-31T23:00")) == 3);  // 1 April in London
  CHECK(index_of(grid, utc("2026-04-09T22:59:59")) == 3);
  CHECK(index_of(grid, utc("2026-04-09T23:00")) == -1);

  REQUIRE(build_periods(london, PeriodKind::quarter, day("2026-02-15"), day("2026-12-31"), MonthEnd::none, grid));
  CHECK(grid.days_in_term == std::vector<int32_t>{45, 91, 92, 91});
  CHECK(grid.days_total == std::vector<int32_t>{90, 91, 92, 92});
  REQUIRE(build_periods(london, PeriodKind::year, day("2026-01-01"), day("2028-01-01"), MonthEnd::none, grid));
  CHECK(grid.days_in_term == std::vector<int32_t>{365, 365});
  CHECK(grid.days_total == std::vector<int32_t>{365, 365});

  // Contract months are counted from the first date, never from the month before.
  REQUIRE(build_periods(london, PeriodKind::contract_month, day("2026-01-31"), day("2026-05-31"), MonthEnd::last_day, grid));
  CHECK(grid.dates == std::vector<Date>{day("2026-01-31"), day("2026-02-28"), day("2026-03-31"), day("2026-04-30"), day("2026-05-31")});
  REQUIRE(build_periods(london, PeriodKind::contract_month, day("2026-01-31"), day("2026-04-02"), MonthEnd::next_first, grid));
  CHECK(grid.dates == std::vector<Date>{day("2026-01-31"), day("2026-03-01"), day("2026-03-31"), day("2026-04-02")});
  CHECK(grid.days_in_term == std::vector<int32_t>{29, 30, 2});
  CHECK(grid.days_total == std::vector<int32_t>{29, 30, 31});
  CHECK(!build_periods(london, PeriodKind::contract_month, day("2026-01-31"), day("2026-05-31"), MonthEnd::none, grid));
  CHECK(build_periods(london, PeriodKind::contract_month, day("2026-01-31"), day("2026-02-28"), MonthEnd::last_day, grid));
  CHECK(!build_periods(london, PeriodKind::month, day("2026-01-31"), day("2026-01-31"), MonthEnd::none, grid));
}

TEST_CASE("the period that a date names") {
  PeriodGrid grid;
  REQUIRE(build_periods(utc_zone(), PeriodKind::month, day("2026-01-15"), day("2026-04-10"), MonthEnd::none, grid));
  auto named = [&](const char* date) { return index_of_date(grid, day(date)); };
  CHECK(named("2025-12-31") == -1);
  CHECK(named("2026-01-01") == 0);  // before the term, in its first month
  CHECK(named("2026-01-31") == 0);
  CHECK(named("2026-02-01") == 1);
  CHECK(named("2026-04-30") == 3);
  CHECK(named("2026-05-01") == -1);
  REQUIRE(build_periods(utc_zone(), PeriodKind::month, day("2026-01-15"), day("2026-01-20"), MonthEnd::none, grid));
  CHECK(named("2026-01-01") == 0);
  CHECK(named("2026-01-31") == 0);
  CHECK(named("2026-02-01") == -1);
  REQUIRE(build_periods(utc_zone(), PeriodKind::contract_month, day("2026-01-15"), day("2026-03-20"), MonthEnd::none, grid));
  CHECK(named("2026-01-14") == -1);
  CHECK(named("2026-02-15") == 1);
  CHECK(named("2026-04-14") == 2);
  CHECK(named("2026-04-15") == -1);
}

TEST_CASE("periods cover the term day by day") {
  Random random{62};
  for (int round = 0; round < 60; ++round) {
    auto kind = static_cast<PeriodKind>(random.within(0, 3));
    auto effective = static_cast<Date>(random.within(day("2020-01-01"), day("2026-01-01")));
    auto end = effective + static_cast<Date>(random.within(1, 1500));
    PeriodGrid grid;
    REQUIRE(build_periods(utc_zone(), kind, effective, end, MonthEnd::last_day, grid));
    int64_t index = -1;
    int32_t days = 0;
    for (Date date = effective; date < end; ++date) {
      Civil c = civil_from_days(date);
      Civil e = civil_from_days(effective);
      bool starts = kind == PeriodKind::contract_month
                        ? c.day == std::min(e.day, days_in_month(c.year, c.month))
                        : c.day == 1 && (kind == PeriodKind::month || (kind == PeriodKind::quarter ? c.month % 3 == 1 : c.month == 1));
      if (starts || date == effective) {
        if (index >= 0) CHECK(grid.days_in_term[static_cast<size_t>(index)] == days);
        ++index;
        days = 0;
      }
      ++days;
      CHECK(index_of(grid, date * us_per_day) == index);
      CHECK(index_of(grid, (date + 1) * us_per_day - 1) == index);
    }
    CHECK(period_count(grid) == index + 1);
    CHECK(grid.days_in_term.back() == days);
    int32_t sum = 0;
    for (size_t i = 0; i < grid.days_in_term.size(); ++i) {
      sum += grid.days_in_term[i];
      CHECK(grid.days_in_term[i] <= grid.days_total[i]);
    }
    CHECK(sum == end - effective);
  }
}
