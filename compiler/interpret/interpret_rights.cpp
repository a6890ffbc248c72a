// Whether a right has arisen, and how far its notice, cure and exercise have come. docs/language/reference/outcomes.md, "Rights".
#include <algorithm>
#include <limits>

#include "interpret/protocols.h"
#include "value/clock.h"

namespace writ::interpret {

using ir::RightState;
using value::Value;

namespace {

constexpr int64_t never = std::numeric_limits<int64_t>::min();

Value state_of(RightState state) { return value::given(static_cast<int>(state)); }

struct Asked {
  const Tables& tables;
  const RunState& state;
  const ir::Right& right;
  const Notables& notables;
  const value::PeriodGrid& grid;
  int64_t as_of = 0;

  bool by_condition() const { return right.condition.valid(); }
};

// What is known of one period: misses that are certain, and those that may be. A condition counts as one miss.
struct Count {
  int64_t sure = 0, maybe = 0;
};

// `after`: misses due, or periods that ended, at or before it are used up.
Count count_in(const Asked& asked, size_t period, int64_t after) {
  Count count;
  if (asked.by_condition()) {
    if (asked.grid.bounds[period + 1] <= after) return count;
    const Value& holds = asked.state.closed.values[asked.right.condition.index][period];
    if (value::is_true(holds)) count.sure = 1;
    if (holds.state != value::State::given) count.maybe = 1;
    return count;
  }
  for (const auto& [notable, times] : asked.notables.misses) {
    const auto& [due, index, certain] = notable;
    if (due <= after || value::index_of(asked.grid, due) != static_cast<int64_t>(period)) continue;
    (certain ? count.sure : count.maybe) += times;
  }
  return count;
}

enum class Holds { no, maybe, yes };

struct Window {
  Holds holds = Holds::no;
  int64_t sure = 0;
};

// The periods [first, first + consecutive). Enough doubtful misses that could lie in any period may fill what is short.
Window look_at(const Asked& asked, size_t first, int64_t after) {
  const int64_t in_each = asked.by_condition() ? 1 : std::max<int64_t>(asked.right.each_at_least, 0);
  const int64_t in_all = asked.by_condition() ? 0 : asked.right.at_least;
  int64_t sure = 0, most = 0, short_sure = 0, short_most = 0;
  for (size_t period = first; period < first + static_cast<size_t>(asked.right.consecutive); ++period) {
    const Count count = count_in(asked, period, after);
    sure += count.sure;
    most += count.sure + count.maybe;
    short_sure += std::max<int64_t>(0, in_each - count.sure);
    short_most += std::max<int64_t>(0, in_each - count.sure - count.maybe);
  }
  Window window;
  window.sure = sure;
  if (short_sure == 0 && sure >= in_all) {
    window.holds = Holds::yes;
  } else if (std::max(short_most, in_all - most) <= asked.notables.unplaced) {
    window.holds = Holds::maybe;
  }
  return window;
}

struct Found {
  Holds holds = Holds::no;  // yes: the earliest window that surely qualifies
  size_t first = 0;
  int64_t sure = 0;
};

Found find_window(const Asked& asked, int64_t after) {
  Found found;
  const size_t periods = static_cast<size_t>(value::period_count(asked.grid));
  const size_t width = static_cast<size_t>(asked.right.consecutive);
  for (size_t first = 0; first + width <= periods; ++first) {
    if (asked.grid.bounds[first + width] > asked.as_of) break;  // not over yet
    const Window window = look_at(asked, first, after);
    if (window.holds == Holds::yes) return {Holds::yes, first, window.sure};
    if (window.holds == Holds::maybe) found.holds = Holds::maybe;
  }
  return found;
}

// Does something that the cure period must be free of fall into (from, until]?
Holds missed_again(const Asked& asked, int64_t from, int64_t until) {
  bool maybe = asked.notables.unplaced > 0;
  if (asked.by_condition()) {
    for (size_t period = 0; period + 1 < asked.grid.bounds.size(); ++period) {
      const int64_t end = asked.grid.bounds[period + 1];
      if (end <= from || end > until) continue;
      const Count count = count_in(asked, period, never);
      if (count.sure > 0) return Holds::yes;
      maybe |= count.maybe > 0;
    }
  }
  for (const auto& [notable, times] : asked.notables.misses) {
    const auto& [due, index, certain] = notable;
    if (due <= from || due > until) continue;
    if (certain) return Holds::yes;
    maybe = true;
  }
  return maybe ? Holds::maybe : Holds::no;
}

// Acts of the holder about this right that are seen, in time order.
std::vector<int64_t> acts_of(const Asked& asked, const std::vector<evaluate::Act>& acts) {
  std::vector<int64_t> times;
  for (const evaluate::Act& act : acts) {
    if (act.by == asked.right.party && act.of == asked.right.subject && act.at <= asked.as_of) times.push_back(act.at);
  }
  std::sort(times.begin(), times.end());
  return times;
}

std::optional<int64_t> first_between(const std::vector<int64_t>& times, int64_t from, int64_t until) {
  for (int64_t at : times) {
    if (at >= from && at <= until) return at;
  }
  return std::nullopt;
}

// From the moment at which the right may be exercised.
void finish_exercise(const Asked& asked, const evaluate::Acts& acts, int64_t from, evaluate::RightResult& result) {
  result.has_exercisable = true;
  result.exercisable_from = from;
  int64_t last = asked.as_of;
  if (asked.right.exercise_days > 0) {
    const value::Moment lapse = value::add_days(asked.tables.agreement->zone, from, asked.right.exercise_days);
    if (lapse.known) {
      result.has_lapse = true;
      result.lapses_at = lapse.at;
      last = std::min(last, lapse.at);
    }
  }
  if (const auto exercised = first_between(acts_of(asked, acts.exercises), from, last)) {
    result.exercised = true;
    result.exercised_at = *exercised;
    result.state = state_of(RightState::exercised);
    return;
  }
  result.state = state_of(result.has_lapse && asked.as_of > result.lapses_at ? RightState::lapsed : RightState::exercisable);
}

// One episode, from the window that made the right arise. True when it ended in a cure, so that a later one may follow.
bool run_episode(const Asked& asked, const evaluate::Acts& acts, const Found& found, int64_t last_notice, evaluate::RightResult& result) {
  const ir::Right& right = asked.right;
  const size_t last = found.first + static_cast<size_t>(right.consecutive) - 1;
  result = {};
  result.arose = true;
  result.first_period = static_cast<int32_t>(found.first);
  result.last_period = static_cast<int32_t>(last);
  result.arose_at = asked.grid.bounds[last + 1];
  result.misses = asked.by_condition() ? 0 : found.sure;
  if (!right.notice) {
    finish_exercise(asked, acts, result.arose_at, result);
    return false;
  }
  const int64_t from = last_notice == never ? result.arose_at : std::max(result.arose_at, last_notice + 1);
  const auto notice = first_between(acts_of(asked, acts.notices), from, asked.as_of);
  if (!notice) {
    result.state = state_of(RightState::arisen);
    return false;
  }
  result.noticed = true;
  result.noticed_at = *notice;
  if (right.cure_days == 0) {
    finish_exercise(asked, acts, *notice, result);
    return false;
  }
  const value::Moment cure_end = value::add_days(asked.tables.agreement->zone, *notice, right.cure_days);
  if (!cure_end.known) {
    result.state = value::unknown();
    return false;
  }
  result.has_cure_end = true;
  result.cure_end = cure_end.at;
  if (asked.as_of <= cure_end.at) {
    result.state = state_of(RightState::notice_given);
    return false;
  }
  const Holds again = right.cured_when_no_miss ? missed_again(asked, *notice, cure_end.at) : Holds::yes;
  switch (again) {
    case Holds::yes: finish_exercise(asked, acts, cure_end.at + 1, result); return false;
    case Holds::maybe: result.state = value::unknown(); return false;
    case Holds::no: result.state = state_of(RightState::cured); return true;
  }
  return false;
}

}  // namespace

evaluate::RightResult right_result(const Tables& tables, const RunState& state, ir::RightId id, const evaluate::Acts& acts) {
  const ir::Right& right = tables.agreement->rights[id];
  const Asked asked{tables, state, right, state.open.notables[id.index], grid_of(tables, right.period), state.inputs.as_of};
  evaluate::RightResult result;
  if (asked.notables.kept > right.notable_bound) {
    result.state = value::fault(value::Fault::overflow, 0);
    return result;
  }
  result.state = state_of(RightState::not_arisen);
  int64_t used_notices = 0;
  int64_t last_notice = never;
  for (;;) {
    const Found found = find_window(asked, last_notice);
    if (found.holds == Holds::maybe) {
      result = {};
      result.state = value::unknown();
    }
    if (found.holds != Holds::yes) break;
    const bool cured = run_episode(asked, acts, found, last_notice, result);
    used_notices += result.noticed ? 1 : 0;
    if (!cured) break;
    last_notice = result.noticed_at;
  }
  result.ineffective_notices = static_cast<int64_t>(acts_of(asked, acts.notices).size()) - used_notices;
  return result;
}

}  // namespace writ::interpret
