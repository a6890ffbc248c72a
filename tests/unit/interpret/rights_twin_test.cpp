// Rights and credits against twins that think differently: they live through the term event by event.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "unit/interpret/protocol_small.h"
#include "value/zone.h"

namespace writ::interpret::testing {
namespace {

using value::Value;

struct History {
  std::vector<int64_t> misses;
  evaluate::Acts acts;
  int64_t as_of = 0;
};

int64_t end_of_day_after(int64_t instant, int64_t days) {
  return (instant / value::us_per_day + days + 1) * value::us_per_day - 1;  // UTC, after 1970
}

// Month ends of 2026 as instants.
std::vector<int64_t> month_starts() {
  std::vector<int64_t> starts;
  for (int month = 1; month <= 12; ++month) starts.push_back(static_cast<int64_t>(value::days_from_civil(2026, month, 1)) * value::us_per_day);
  starts.push_back(at("2027-01-01T00:00"));
  return starts;
}

struct Twin {
  ir::RightState state = ir::RightState::not_arisen;
  int64_t arose_at = 0, noticed_at = 0, cure_end = 0, exercisable_from = 0;
  int64_t misses = 0;
};

int64_t count_between(const std::vector<int64_t>& misses, int64_t from, int64_t until, int64_t after) {
  return std::count_if(misses.begin(), misses.end(), [&](int64_t due) { return due >= from && due < until && due > after; });
}

// Walks from month end to month end, then from notice to cure to exercise; begins again after a cure.
Twin live(const ir::Right& right, const History& history) {
  const std::vector<int64_t> months = month_starts();
  Twin twin;
  int64_t used = INT64_MIN;
  bool was_cured = false;
  Twin cured;
  for (size_t last = static_cast<size_t>(right.consecutive) - 1; last < 12; ++last) {
    if (months[last + 1] > history.as_of) break;
    int64_t total = 0;
    bool each = true;
    for (size_t month = last + 1 - static_cast<size_t>(right.consecutive); month <= last; ++month) {
      const int64_t here = count_between(history.misses, months[month], months[month + 1], used);
      total += here;
      each &= here >= right.each_at_least;
    }
    if (!each || total < right.at_least) continue;
    twin = {};
    twin.state = ir::RightState::arisen;
    twin.arose_at = months[last + 1];
    twin.misses = total;
    std::vector<int64_t> notices;
    for (const evaluate::Act& act : history.acts.notices) {
      if (act.by == right.party && act.of == right.subject && act.at >= twin.arose_at && act.at > used && act.at <= history.as_of) notices.push_back(act.at);
    }
    if (notices.empty()) return twin;
    twin.noticed_at = *std::min_element(notices.begin(), notices.end());
    twin.cure_end = end_of_day_after(twin.noticed_at, right.cure_days);
    twin.state = ir::RightState::notice_given;
    if (history.as_of <= twin.cure_end) return twin;
    if (count_between(history.misses, twin.noticed_at + 1, twin.cure_end + 1, INT64_MIN) == 0) {
      twin.state = ir::RightState::cured;
      was_cured = true;
      cured = twin;
      used = twin.noticed_at;
      last = static_cast<size_t>(right.consecutive) - 2;  // look at every window again
      continue;
    }
    twin.exercisable_from = twin.cure_end + 1;
    const int64_t lapses = end_of_day_after(twin.exercisable_from, right.exercise_days);
    twin.state = history.as_of > lapses ? ir::RightState::lapsed : ir::RightState::exercisable;
    for (const evaluate::Act& act : history.acts.exercises) {
      if (act.by != right.party || act.of != right.subject) continue;
      if (act.at >= twin.exercisable_from && act.at <= std::min(lapses, history.as_of)) twin.state = ir::RightState::exercised;
    }
    return twin;
  }
  return was_cured ? cured : Twin{};
}

int64_t random_instant(std::mt19937& random, int days) {
  const auto day_of_year = static_cast<int64_t>(random() % static_cast<unsigned>(days));
  // Often on a boundary: midnight, or the last microsecond before it.
  const int64_t within = random() % 3 == 0 ? 0 : random() % 2 == 0 ? value::us_per_day - 1 : static_cast<int64_t>(random() % 86'400) * 1'000'000;
  return at("2026-01-01T00:00") + day_of_year * value::us_per_day + within;
}

TEST_CASE("a right lives as its twin does") {
  std::mt19937 random(7);
  std::vector<int> seen(7, 0);
  for (int round = 0; round < 2500; ++round) {
    Protocol made = make_protocol();
    ir::Right& right = made.small.agreement.rights[made.right];
    right.consecutive = 1 + static_cast<int>(random() % 3);
    right.at_least = 1 + static_cast<int64_t>(random() % 3);
    right.each_at_least = static_cast<int64_t>(random() % 2);
    right.cure_days = 1 + static_cast<int64_t>(random() % 40);
    right.exercise_days = 1 + static_cast<int64_t>(random() % 60);
    History history;
    history.as_of = random_instant(random, 420);
    std::vector<Row> rows;
    for (size_t n = random() % 9; n > 0; --n) {
      const int64_t due = random_instant(random, 365);
      if (due >= history.as_of) continue;
      history.misses.push_back(due);
      rows.push_back(fact(value::given(due), code(ir::CommitmentOutcome::missed)));
    }
    for (size_t n = random() % 5; n > 0; --n)
      history.acts.notices.push_back(
          {random_instant(random, 400), static_cast<uint32_t>(random() % 8 != 0), static_cast<uint32_t>(random() % 8 != 0), false, 0});
    for (size_t n = random() % 4; n > 0; --n) history.acts.exercises.push_back({random_instant(random, 420), 1, 1, false, 0});
    for (size_t n = 0; n < rows.size(); ++n) rows[n].values[1] = value::given(at("2026-01-01T00:00"));
    if (history.as_of < at("2026-01-01T00:00")) continue;

    const evaluate::RightResult result = run(made.small, history.as_of, rows, history.acts).results.rights[0];
    const Twin twin = live(right, history);
    CAPTURE(round);
    REQUIRE(result.state == value::given(static_cast<int>(twin.state)));
    ++seen[static_cast<size_t>(twin.state)];
    if (twin.arose_at != 0) {
      CHECK(result.arose_at == twin.arose_at);
      CHECK(result.misses == twin.misses);
      CHECK(result.noticed_at == twin.noticed_at);
      CHECK(result.cure_end == twin.cure_end);
      CHECK(result.exercisable_from == twin.exercisable_from);
    }
  }
  for (int times : seen) CHECK(times > 0);  // every state was reached
}

// The state of one month's credit on each day, by asking what had happened by then.
ir::CreditState credit_twin(int64_t as_of, int64_t amount, int month, const evaluate::Acts& acts) {
  const std::vector<int64_t> months = month_starts();
  const int64_t end = months[static_cast<size_t>(month)];
  const int64_t deadline = end_of_day_after(end - 1, 30);
  const auto concerns = [&](const evaluate::Act& act) {
    return act.of == 0 && act.has_period && value::civil_from_days(act.period_date).year == 2026 && value::civil_from_days(act.period_date).month == month;
  };
  bool claimed = false;
  for (const evaluate::Act& act : acts.payments) {
    if (concerns(act) && act.at <= as_of) return ir::CreditState::settled;
  }
  for (const evaluate::Act& act : acts.claims) claimed |= concerns(act) && act.by == 1 && act.at <= as_of && act.at <= deadline;
  if (amount == 0) return ir::CreditState::none;
  if (as_of < end) return ir::CreditState::accrued;
  if (claimed) return ir::CreditState::claimed;
  return as_of > deadline ? ir::CreditState::forfeited : ir::CreditState::claimable;
}

TEST_CASE("a credit lives as its twin does") {
  std::mt19937 random(8);
  std::vector<int> seen(6, 0);
  for (int round = 0; round < 1500; ++round) {
    const Protocol made = make_protocol();
    const int64_t as_of = random_instant(random, 420);
    std::vector<Row> rows;
    std::vector<int64_t> amounts(13, 0);
    for (size_t n = random() % 6; n > 0; --n) {
      const int64_t due = random_instant(random, 365);
      const int64_t amount = static_cast<int64_t>(random() % 5);
      amounts[static_cast<size_t>(value::civil_from_days(static_cast<int32_t>(due / value::us_per_day)).month)] += amount;
      rows.push_back(fact(value::given(due), code(ir::CommitmentOutcome::missed), value::given(amount)));
      rows.back().values[1] = value::given(at("2026-01-01T00:00"));
    }
    evaluate::Acts acts;
    const auto random_act = [&] {
      const auto period = static_cast<int32_t>(random_instant(random, 365) / value::us_per_day);
      return evaluate::Act{random_instant(random, 420), static_cast<uint32_t>(random() % 4 != 0), static_cast<uint32_t>(random() % 5 == 0), random() % 6 != 0,
                           period};
    };
    for (size_t n = random() % 12; n > 0; --n) acts.claims.push_back(random_act());
    for (size_t n = random() % 3; n > 0; --n) acts.payments.push_back(random_act());
    if (as_of < at("2026-01-01T00:00")) continue;
    const auto credits = run(made.small, as_of, rows, acts).results.credits[0];
    for (int month = 1; month <= 12; ++month) {
      CAPTURE(round);
      CAPTURE(month);
      const ir::CreditState expected = credit_twin(as_of, amounts[static_cast<size_t>(month)], month, acts);
      REQUIRE(credits[static_cast<size_t>(month - 1)].state == value::given(static_cast<int>(expected)));
      ++seen[static_cast<size_t>(expected)];
    }
  }
  for (int times : seen) CHECK(times > 0);
}

}  // namespace
}  // namespace writ::interpret::testing
