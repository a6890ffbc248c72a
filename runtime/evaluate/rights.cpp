// Rights: counts of misses by period, the earliest window that qualifies, then notice, cure and exercise; after a cure, again.
#include <algorithm>
#include <cassert>
#include <numeric>

#include "evaluate/codes.h"
#include "evaluate/protocols.h"
#include "value/clock.h"

namespace writ::evaluate {

namespace {

using value::Value;

Value code(RightCode c) { return value::given(static_cast<int>(c)); }

struct Right {
  const RightTable& table;
  const Notables& notables;
  std::span<const int64_t> undated;  // by period, or nothing
  const value::PeriodGrid& grid;
  const value::Zone& zone;
  const Value* condition = nullptr;  // form 2: by period
  int64_t as_of = 0;
  std::vector<int64_t> notices, exercises;  // of the holder, seen, ascending

  size_t periods() const { return static_cast<size_t>(value::period_count(grid)); }
};

enum class Answer { no, maybe, yes };

// By period: what surely and what possibly counts, without what an earlier notice has used up. A condition counts as one miss.
struct Counts {
  std::vector<int64_t> sure, possible;
};

Counts count_misses(const Right& right, bool noticed, int64_t last_notice) {
  Counts counts{std::vector<int64_t>(right.periods()), std::vector<int64_t>(right.periods())};
  if (right.condition != nullptr) {
    for (size_t p = 0; p < right.periods(); ++p) {
      if (noticed && right.grid.bounds[p + 1] <= last_notice) continue;
      if (value::is_true(right.condition[p])) counts.sure[p] = 1;
      if (right.condition[p].state != value::State::given) counts.possible[p] = 1;
    }
    return counts;
  }
  for (const auto& [notable, count] : right.notables.misses) {
    const auto& [due, commitment, certain] = notable;
    if (noticed && due <= last_notice) continue;
    const int64_t period = value::index_of(right.grid, due);
    (certain ? counts.sure : counts.possible)[static_cast<size_t>(period)] += count;
  }
  for (size_t p = 0; p < right.undated.size(); ++p) counts.sure[p] += right.undated[p];
  return counts;
}

struct Window {
  Answer answer = Answer::no;  // yes: `first` is the earliest that surely qualifies
  size_t first = 0;
  int64_t misses = 0;
};

Window find_window(const Right& right, const Counts& counts) {
  const size_t width = right.table.consecutive;
  const int64_t each = right.condition != nullptr ? 1 : std::max<int64_t>(right.table.each_at_least, 0);
  const int64_t total = right.condition != nullptr ? 0 : right.table.at_least;
  Window found;
  const size_t end = std::min(periods_over(right.grid, right.as_of), right.periods());
  for (size_t first = 0; first + width <= end; ++first) {
    int64_t sure = 0, all = 0, short_sure = 0, short_all = 0;
    for (size_t p = first; p < first + width; ++p) {
      const int64_t most = counts.sure[p] + counts.possible[p];
      sure += counts.sure[p];
      all += most;
      short_sure += std::max<int64_t>(each - counts.sure[p], 0);
      short_all += std::max<int64_t>(each - most, 0);
    }
    if (short_sure == 0 && sure >= total) return {Answer::yes, first, sure};
    // Misses of unknown date may stand wherever some are lacking.
    if (std::max(short_all, total - all) <= right.notables.unplaced) found.answer = Answer::maybe;
  }
  return found;
}

// Something that the cure period must be free of, in (from, until].
Answer missed_again(const Right& right, int64_t from, int64_t until) {
  bool maybe = right.notables.unplaced > 0;
  if (right.condition != nullptr) {
    for (size_t p = 0; p < right.periods(); ++p) {
      const int64_t end = right.grid.bounds[p + 1];
      if (end <= from || end > until) continue;
      if (value::is_true(right.condition[p])) return Answer::yes;
      maybe |= right.condition[p].state != value::State::given;
    }
  }
  const auto& misses = right.notables.misses;
  for (auto at = misses.upper_bound({from, UINT32_MAX, true}); at != misses.end() && std::get<0>(at->first) <= until; ++at) {
    if (std::get<2>(at->first)) return Answer::yes;
    maybe = true;
  }
  return maybe ? Answer::maybe : Answer::no;
}

std::vector<int64_t> acts_of_holder(const std::vector<Act>& acts, const RightTable& table, int64_t as_of) {
  std::vector<int64_t> times;
  for (const Act& act : acts) {
    if (act.by == table.party && act.of == table.subject && act.at <= as_of) times.push_back(act.at);
  }
  std::sort(times.begin(), times.end());
  return times;
}

// The right may be exercised from `from` on.
void judge_exercise(const Right& right, int64_t from, RightResult& result) {
  result.has_exercisable = true;
  result.exercisable_from = from;
  int64_t last = right.as_of;
  if (right.table.exercise_days > 0) {
    const value::Moment lapse = value::add_days(right.zone, from, right.table.exercise_days);
    if (lapse.known) {
      result.has_lapse = true;
      result.lapses_at = lapse.at;
      last = std::min(last, lapse.at);
    }
  }
  const auto act = std::lower_bound(right.exercises.begin(), right.exercises.end(), from);
  if (act != right.exercises.end() && *act <= last) {
    result.exercised = true;
    result.exercised_at = *act;
    result.state = code(RightCode::exercised);
  } else {
    result.state = code(result.has_lapse && right.as_of > result.lapses_at ? RightCode::lapsed : RightCode::exercisable);
  }
}

// From the window on. True when the episode ended in a cure.
bool judge_episode(const Right& right, const Window& window, bool noticed_before, int64_t last_notice, RightResult& result) {
  const RightTable& table = right.table;
  const size_t last = window.first + table.consecutive - 1;
  result = {};
  result.arose = true;
  result.first_period = static_cast<int32_t>(window.first);
  result.last_period = static_cast<int32_t>(last);
  result.arose_at = right.grid.bounds[last + 1];
  result.misses = right.condition != nullptr ? 0 : window.misses;
  if (!table.notice) {
    judge_exercise(right, result.arose_at, result);
    return false;
  }
  auto notice = std::lower_bound(right.notices.begin(), right.notices.end(), result.arose_at);
  if (noticed_before) notice = std::max(notice, std::upper_bound(right.notices.begin(), right.notices.end(), last_notice));
  if (notice == right.notices.end()) {
    result.state = code(RightCode::arisen);
    return false;
  }
  result.noticed = true;
  result.noticed_at = *notice;
  if (table.cure_days == 0) {
    judge_exercise(right, *notice, result);
    return false;
  }
  const value::Moment cure_end = value::add_days(right.zone, *notice, table.cure_days);
  if (!cure_end.known) {
    result.state = value::unknown();
    return false;
  }
  result.has_cure_end = true;
  result.cure_end = cure_end.at;
  if (right.as_of <= cure_end.at) {
    result.state = code(RightCode::notice_given);
    return false;
  }
  const Answer again = table.cured_when_no_miss ? missed_again(right, *notice, cure_end.at) : Answer::yes;
  if (again == Answer::yes) {
    judge_exercise(right, cure_end.at + 1, result);
  } else {
    result.state = again == Answer::maybe ? value::unknown() : code(RightCode::cured);
  }
  return again == Answer::no;
}

}  // namespace

size_t periods_over(const value::PeriodGrid& grid, int64_t as_of) {
  return static_cast<size_t>(std::upper_bound(grid.bounds.begin() + 1, grid.bounds.end(), as_of) - grid.bounds.begin() - 1);
}

RightResult arisen_right(const Program& program, const RightTable& table, size_t first, int64_t misses, int64_t as_of) {
  const Notables nothing;
  Right right{table, nothing, {}, program.tables.grids[table.grid], program.tables.zone};
  right.as_of = as_of;
  RightResult result;
  judge_episode(right, {Answer::yes, first, misses}, false, 0, result);
  if (table.condition != no_index) result.misses = 0;
  return result;
}

RightResult right_result(const Program& program, const State& state, uint32_t index, std::span<const int64_t> undated, const Acts& acts) {
  const RightTable& table = program.tables.rights[index];
  assert(undated.empty() || !asks_for_dates(table));
  RightResult result;
  if (std::accumulate(undated.begin(), undated.end(), state.notables[index].kept) > table.notable_bound) {
    result.state = value::fault(value::Fault::overflow, 0);
    return result;
  }
  Right right{table, state.notables[index], undated, program.tables.grids[table.grid], program.tables.zone};
  right.as_of = state.inputs.as_of;
  if (table.condition != no_index) right.condition = state.closed.data() + program.tables.definitions[table.condition].first;
  right.notices = acts_of_holder(acts.notices, table, right.as_of);
  right.exercises = acts_of_holder(acts.exercises, table, right.as_of);

  result.state = code(RightCode::not_arisen);
  int64_t effective = 0, last_notice = 0;
  bool cured = false;
  do {
    const Window window = find_window(right, count_misses(right, cured, last_notice));
    if (window.answer == Answer::no) break;
    if (window.answer == Answer::maybe) {
      result = {};
      result.state = value::unknown();
      break;
    }
    const bool cured_again = judge_episode(right, window, cured, last_notice, result);
    if (result.noticed) effective += 1;
    cured = cured_again;
    last_notice = result.noticed_at;
  } while (cured);
  result.ineffective_notices = static_cast<int64_t>(right.notices.size()) - effective;
  return result;
}

}  // namespace writ::evaluate
