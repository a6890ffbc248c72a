#include "evaluate/state.h"

#include <algorithm>
#include <cassert>

namespace writ::evaluate {

namespace {

bool outside_declared(const Program& program, const Inputs& inputs) {
  for (size_t i = 0; i < inputs.params.size(); ++i) {
    const value::Value& v = inputs.params[i];
    const ParamTable& table = program.tables.params[i];
    if (!value::is_certain(v) || v.lo_den != 1 || v.lo < table.low || v.lo > table.high) return true;
  }
  return false;
}

void count_nothing(const Program& program, State& state) {
  state.cells.assign(program.tables.cells, {});
  state.outside.assign(program.tables.aggregates.size(), 0);
  state.unplaced.assign(program.tables.aggregates.size(), 0);
  state.records.assign(program.tables.records.size(), {});
  state.notables.assign(program.tables.rights.size(), {});
}

}  // namespace

uint32_t cells_of(const Tables& tables, const AggregateTable& aggregate) {
  return aggregate.grid == no_index ? 1 : static_cast<uint32_t>(value::period_count(tables.grids[aggregate.grid]));
}

std::unique_ptr<State> make_state(const Program& program, const Inputs& inputs) {
  assert(inputs.params.size() == program.tables.params.size());
  auto state = std::make_unique<State>();
  state->inputs = inputs;
  state->general = program.always_general || outside_declared(program, inputs);
  count_nothing(program, *state);
  state->closed.assign(program.tables.closed_values, value::none());
  state->closed_held.assign(program.tables.closed_values, 0);
  run_totals(program, *state, -1);
  return state;
}

std::unique_ptr<State> fork_state(const Program& program, const State& state) {
  auto forked = std::make_unique<State>();
  forked->inputs = state.inputs;
  forked->pass = state.pass;
  forked->general = state.general;
  count_nothing(program, *forked);
  for (size_t i = 0; i < program.tables.aggregates.size(); ++i) {
    const AggregateTable& aggregate = program.tables.aggregates[i];
    if (aggregate.pass >= state.pass) continue;
    forked->outside[i] = state.outside[i];
    forked->unplaced[i] = state.unplaced[i];
    for (uint32_t p = 0; p < cells_of(program.tables, aggregate); ++p) {
      forked->cells[aggregate.first + p * aggregate.stride] = state.cells[aggregate.first + p * aggregate.stride];
    }
  }
  forked->closed = state.closed;
  forked->closed_held = state.closed_held;
  return forked;
}

void add_notable(Notables& notables, const RightTable& right, const Notable& notable, int64_t count) {
  notables.kept += count;
  if (notables.kept > right.notable_bound) {
    notables.misses.clear();  // the right is an error from here on, whatever the list holds
  } else {
    notables.misses[notable] += count;
  }
}

void add_fault(State& state, const FaultReport& report) {
  const auto before = [](const FaultReport& a, const FaultReport& b) { return fault_order(a) < fault_order(b); };
  const auto at = std::lower_bound(state.faults.begin(), state.faults.end(), report, before);
  if (at == state.faults.end() && state.faults.size() == kept_faults) return;
  state.faults.insert(at, report);
  if (state.faults.size() > kept_faults) state.faults.pop_back();
}

void combine_states(const Program& program, State& into, const State& from) {
  assert(into.pass == from.pass && into.inputs.as_of == from.inputs.as_of);
  const Tables& tables = program.tables;
  for (size_t i = 0; i < tables.aggregates.size(); ++i) {
    const AggregateTable& aggregate = tables.aggregates[i];
    if (aggregate.pass < into.pass) continue;  // closed: the same in both
    into.outside[i] += from.outside[i];
    into.unplaced[i] += from.unplaced[i];
    for (uint32_t p = 0; p < cells_of(tables, aggregate); ++p) {
      const uint32_t cell = aggregate.first + p * aggregate.stride;
      value::combine_cells(into.cells[cell], from.cells[cell], aggregate.rule.fold);
    }
  }
  for (size_t i = 0; i < into.records.size(); ++i) {
    into.records[i].admitted += from.records[i].admitted;
    into.records[i].after_horizon += from.records[i].after_horizon;
    into.records[i].outside_term += from.records[i].outside_term;
    into.records[i].undated += from.records[i].undated;
    into.records[i].faulted += from.records[i].faulted;
  }
  for (size_t i = 0; i < into.notables.size(); ++i) {
    Notables& sum = into.notables[i];
    const Notables& part = from.notables[i];
    const int64_t kept = sum.kept + part.kept;  // a list that was given up has no entries and still counts
    for (const auto& [notable, count] : part.misses) add_notable(sum, tables.rights[i], notable, count);
    sum.kept = kept;
    if (kept > tables.rights[i].notable_bound) sum.misses.clear();
    sum.unplaced += part.unplaced;
  }
  for (const FaultReport& report : from.faults) add_fault(into, report);
}

}  // namespace writ::evaluate
