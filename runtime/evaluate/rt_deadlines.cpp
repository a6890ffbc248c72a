// Deadlines, and what histories say: pauses, the value of a field at an instant, the first row of a kind.
#include <cassert>

#include "evaluate/rt_values.h"
#include "value/clock.h"

namespace writ::evaluate {

using value::Fault;
using value::Interval;
using value::State;
using value::Value;

namespace {

// The rows of a record's history that are seen, by row of the batch's histories: [first, last).
struct HistoryRows {
  uint32_t first = 0, last = 0;
  bool tied = false;
};

HistoryRows seen_rows(const Frame& frame, uint64_t row) {
  HistoryRows rows;
  const HistoryView& history = frame.history;
  const uint64_t record = frame.first_row + row;
  if (history.offsets == nullptr) return rows;
  rows.first = rows.last = history.offsets[record];
  while (rows.last < history.offsets[record + 1] && history.at[rows.last] <= frame.as_of) ++rows.last;
  rows.tied = history.tied != nullptr && history.tied[record] != 0;
  return rows;
}

Value predicate_at(const Frame& frame, const Operation& operation, uint32_t row) {
  const HistoryView& history = frame.history;
  const uint32_t p = operation.predicate;
  const State state = history.predicate_states[p] == nullptr ? State::given : static_cast<State>(history.predicate_states[p][row]);
  switch (state) {
    case State::given: return value::truth(history.predicates[p][row] != 0);
    case State::unknown: return value::unknown();
    case State::fault: {
      const uint32_t key = history.predicate_faults[p][row];
      return value::fault(static_cast<Fault>(key & 0xff), key >> 8);
    }
    case State::not_yet:
    case State::none: break;
  }
  assert(false);  // a condition is never absent
  return value::unknown();
}

// Rows that only fill a block up have no history to look at.
bool is_filler(const Frame& frame, uint64_t row) { return row >= frame.given_rows; }

}  // namespace

void find_pauses(const Frame& frame, const Operation& operation, uint64_t row, PauseList& out) {
  out.problem = {};
  out.intervals.clear();
  if (operation.predicate == no_index || is_filler(frame, row)) return;
  const HistoryRows rows = seen_rows(frame, row);
  if (rows.tied) weigh(out.problem, value::fault(Fault::order, operation.point), operation.point);
  for (uint32_t i = rows.first; i < rows.last; ++i) {
    const Value holds = predicate_at(frame, operation, i);
    weigh(out.problem, holds, operation.point);
    if (!value::is_true(holds)) continue;
    // The state of the last row lasts, as far as anybody can see, until the horizon.
    const Interval stretch{frame.history.at[i], i + 1 < rows.last ? frame.history.at[i + 1] : frame.as_of};
    if (stretch.from >= stretch.until) continue;
    if (!out.intervals.empty() && out.intervals.back().until == stretch.from) {
      out.intervals.back().until = stretch.until;
    } else {
      out.intervals.push_back(stretch);
    }
  }
}

namespace {

using Run = value::Moment (*)(const Frame&, const Operation&, int64_t start, int64_t amount, std::span<const Interval> pauses);

value::Moment run_elapsed(const Frame&, const Operation&, int64_t start, int64_t amount, std::span<const Interval> pauses) {
  return value::add_elapsed_paused(start, amount, pauses);
}
value::Moment run_open(const Frame& frame, const Operation& operation, int64_t start, int64_t amount, std::span<const Interval> pauses) {
  return value::add_open_paused(frame.tables->calendars[operation.index], start, amount, pauses);
}
value::Moment run_business_days(const Frame& frame, const Operation& operation, int64_t start, int64_t amount, std::span<const Interval> pauses) {
  return value::add_business_days_paused(frame.tables->calendars[operation.index], start, amount, pauses);
}
value::Moment run_days(const Frame& frame, const Operation&, int64_t start, int64_t amount, std::span<const Interval>) {
  return value::add_days(frame.tables->zone, start, amount);
}
value::Moment run_months(const Frame& frame, const Operation&, int64_t start, int64_t amount, std::span<const Interval>) {
  if (amount > INT32_MAX) return {};
  return value::add_months(frame.tables->zone, start, static_cast<int32_t>(amount), frame.tables->month_end);
}

Told told_deadline(value::Moment due) { return due.known ? told(due.at) : not_told(); }

void deadline_whole(Run run, const Frame& frame, const Operation& operation, Value* out, const Value* const* operands, uint64_t row, uint64_t n) {
  PauseList pauses;
  for (uint64_t i = 0; i < n; ++i) {
    const Value& start = operands[0][i];
    if (value::is_absent(start)) {
      out[i] = value::not_yet();
      continue;
    }
    Value amount = operands[1][i];
    if (value::is_certain(amount) && amount.lo < 0) amount = value::fault(Fault::out_of_range, operation.point);
    Problem problem;
    weigh(problem, start, operation.point);
    weigh(problem, amount, operation.point);
    find_pauses(frame, operation, row + i, pauses);
    if (pauses.problem.any) weigh(problem, pauses.problem.instead, operation.point);
    out[i] = problem.any ? problem.instead
                         : value_of(told_deadline(run(frame, operation, static_cast<int64_t>(start.lo), static_cast<int64_t>(amount.lo), pauses.intervals)));
  }
}

// Starts and amounts are given and no amount is negative where a row is active.
void deadline_lanes(Run run, const Frame& frame, const Operation& operation, int64_t* out, uint8_t* states, uint32_t* faults, const int64_t* a,
                    const int64_t* b, const uint8_t* active, uint64_t row, uint64_t n) {
  PauseList pauses;
  for (uint64_t i = 0; i < n; ++i) {
    if (active[i] == 0) continue;
    find_pauses(frame, operation, row + i, pauses);
    const Told due = pauses.problem.any ? told_of(pauses.problem.instead) : told_deadline(run(frame, operation, a[i], b[i], pauses.intervals));
    out[i] = due.number;
    states[i] = static_cast<uint8_t>(due.state);
    if (due.state == State::fault) faults[i] = fault_key(due.point, due.fault);
  }
}

Value field_at(const Frame& frame, const Operation& operation, uint32_t row) {
  const uint8_t* states = frame.history.column_states[operation.index];
  const int64_t number = frame.history.columns[operation.index][row];
  switch (states == nullptr ? State::given : static_cast<State>(states[row])) {
    case State::given: break;
    case State::not_yet: return value::not_yet();
    case State::none: return value::none();
    case State::unknown: return value::unknown();
    case State::fault: assert(false); return value::unknown();  // no column holds a fault
  }
  const Horizon horizon = static_cast<Horizon>(operation.index2);
  const bool later = (horizon == Horizon::instant && number > frame.as_of) || (horizon == Horizon::date && number > frame.as_of_date);
  return later ? value::not_yet() : value::given(number);
}

Value history_value(const Frame& frame, const Operation& operation, const Value& instant, uint64_t row) {
  const HistoryRows rows = seen_rows(frame, row);
  Problem problem;
  if (rows.tied) {
    // Without an order of its rows a history answers nothing, whatever the instant.
    const Value tie = value::fault(Fault::order, operation.point);
    return value::is_fault(instant) ? value::first_fault(instant, tie) : tie;
  }
  weigh(problem, instant, operation.point);
  if (problem.any) return problem.instead;
  uint32_t last = rows.first;
  while (last < rows.last && frame.history.at[last] <= static_cast<int64_t>(instant.lo)) ++last;
  return last == rows.first ? value::none() : field_at(frame, operation, last - 1);
}

Value first_row(const Frame& frame, const Operation& operation, uint64_t row) {
  const HistoryRows rows = seen_rows(frame, row);
  Problem problem;
  if (rows.tied) weigh(problem, value::fault(Fault::order, operation.point), operation.point);
  Value found = value::not_yet();
  for (uint32_t i = rows.first; i < rows.last && found.state != State::given; ++i) {
    const Value holds = predicate_at(frame, operation, i);
    weigh(problem, holds, operation.point);
    if (value::is_true(holds)) found = value::given(frame.history.at[i]);
  }
  return problem.any ? problem.instead : found;
}

}  // namespace

}  // namespace writ::evaluate

#define DEADLINE(name)                                                                                                                      \
  WRIT_RT_WHOLE(deadline_##name) { writ::evaluate::deadline_whole(writ::evaluate::run_##name, *frame, *operation, out, operands, row, n); } \
  WRIT_RT_LANES(deadline_##name) { writ::evaluate::deadline_lanes(writ::evaluate::run_##name, *frame, *operation, out, states, faults, a, b, active, row, n); }
DEADLINE(elapsed)
DEADLINE(open)
DEADLINE(business_days)
DEADLINE(days)
DEADLINE(months)

WRIT_RT_WHOLE(history_at) {
  for (uint64_t i = 0; i < n; ++i) {
    out[i] = writ::evaluate::is_filler(*frame, row + i) ? writ::value::none() : writ::evaluate::history_value(*frame, *operation, operands[0][i], row + i);
  }
}
WRIT_RT_WHOLE(history_first) {
  for (uint64_t i = 0; i < n; ++i) {
    out[i] = writ::evaluate::is_filler(*frame, row + i) ? writ::value::none() : writ::evaluate::first_row(*frame, *operation, row + i);
  }
}
