// What one evaluated record adds to the open part of a state.
#include <algorithm>

#include "interpret/records.h"

namespace writ::interpret {

using value::Value;

namespace {

void add_to_aggregate(const Place& place, const ir::Aggregate& aggregate, const value::AggregateRule& rule, Folded& folded) {
  const Value filter = aggregate.filter.valid() ? evaluate(place, aggregate.filter) : value::truth(true);
  const Value amount = aggregate.value.valid() ? evaluate(place, aggregate.value) : value::given(0);
  std::optional<Value> placed;
  int64_t period = 0;
  if (aggregate.period) {
    placed = evaluate(place, aggregate.placed_by);
    if (value::is_certain(*placed)) period = value::index_of(grid_of(*place.tables, *aggregate.period), whole(*placed));
  }
  switch (value::contribution(rule, filter, amount, placed ? &*placed : nullptr, period >= 0)) {
    case value::Contribution::nothing: break;
    case value::Contribution::cell: value::add_to_cell(folded.cells[static_cast<size_t>(period)], rule, filter, amount); break;
    case value::Contribution::outside: folded.outside += 1; break;
    case value::Contribution::unplaced: folded.unplaced += 1; break;
  }
}

// The misses that a right can name: certain ones, and those that cannot be told.
void note_miss(const Place& place, const EvaluatedRecord& record, const ir::Right& right, uint32_t index, Notables& notables) {
  const ir::Commitment& commitment = agreement_of(place).commitments[right.misses[index]];
  const Value& outcome = record.values[place.tables->slots[commitment.outcome.index]];
  const Value& due = record.values[place.tables->slots[commitment.due.index]];
  const bool certain = outcome.state == value::State::given && outcome.lo == static_cast<int>(ir::CommitmentOutcome::missed);
  const bool pending = outcome.state == value::State::given && outcome.lo == static_cast<int>(ir::CommitmentOutcome::pending);
  const bool possible = pending || value::is_unknown(outcome) || value::is_fault(outcome);
  if (!certain && !possible) return;
  switch (due.state) {
    case value::State::not_yet:
    case value::State::none: return;
    case value::State::unknown:
    case value::State::fault: notables.unplaced += 1; return;
    case value::State::given: break;
  }
  // What falls due from now on lies in no period that is over and in no cure period that has ended.
  const int64_t instant = whole(due);
  if (instant >= place.inputs->as_of || value::index_of(grid_of(*place.tables, right.period), instant) < 0) return;
  add_notable(notables, right, {instant, index, certain}, 1);
}

void note_misses(const Place& place, const EvaluatedRecord& record, Open& open) {
  for (uint32_t id = 0; id < agreement_of(place).rights.size(); ++id) {
    const ir::Right& right = agreement_of(place).rights[ir::RightId{id}];
    for (uint32_t index = 0; index < right.misses.size(); ++index) {
      const ir::Commitment& commitment = agreement_of(place).commitments[right.misses[index]];
      if (commitment.record.index == place.batch->record) note_miss(place, record, right, index, open.notables[id]);
    }
  }
}

// Each distinct fault once, however many definitions it spread to.
void note_faults(const Place& place, const EvaluatedRecord& record, Open& open) {
  std::vector<evaluate::FaultReport> found;
  for (const Value& each : record.values) {
    if (!value::is_fault(each)) continue;
    const evaluate::FaultReport report{place.batch->record, place.batch->first_row + place.row, each.point, each.fault};
    const bool known = std::any_of(found.begin(), found.end(), [&](const auto& other) { return fault_key(other) == fault_key(report); });
    if (!known) found.push_back(report);
  }
  for (const evaluate::FaultReport& report : found) add_fault(open.faults, report);
  if (!found.empty()) open.records[place.batch->record].faulted += 1;
}

void count_admission(evaluate::RecordTotals& totals, evaluate::Admission admission) {
  switch (admission) {
    case evaluate::Admission::admitted: totals.admitted += 1; break;
    case evaluate::Admission::after_horizon: totals.after_horizon += 1; break;
    case evaluate::Admission::outside_term: totals.outside_term += 1; break;
    case evaluate::Admission::undated: totals.undated += 1; break;
  }
}

}  // namespace

void count_record(const Place& place, const EvaluatedRecord& record, int pass, Open& open) {
  const ir::Agreement& agreement = agreement_of(place);
  const bool last_pass = pass + 1 == std::max(agreement.passes, 1);
  if (last_pass) count_admission(open.records[place.batch->record], record.admission);
  if (record.admission != evaluate::Admission::admitted) return;
  for (uint32_t id = 0; id < agreement.aggregates.size(); ++id) {
    const ir::Aggregate& aggregate = agreement.aggregates[ir::AggregateId{id}];
    if (aggregate.pass != pass || aggregate.record.index != place.batch->record) continue;
    add_to_aggregate(place, aggregate, place.tables->rules[id], open.aggregates[id]);
  }
  if (!last_pass) return;
  note_misses(place, record, open);
  note_faults(place, record, open);
}

}  // namespace writ::interpret
