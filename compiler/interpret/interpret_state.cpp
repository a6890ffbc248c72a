// Merging states. Every operation here is commutative and associative, with a fresh state as identity.
#include <algorithm>
#include <cassert>

#include "interpret/state.h"

namespace writ::interpret {

namespace {

void combine_totals(evaluate::RecordTotals& into, const evaluate::RecordTotals& from) {
  into.admitted += from.admitted;
  into.after_horizon += from.after_horizon;
  into.outside_term += from.outside_term;
  into.undated += from.undated;
  into.faulted += from.faulted;
}

void combine_folded(Folded& into, const Folded& from, value::AggregateFold fold) {
  assert(into.cells.size() == from.cells.size());
  for (size_t i = 0; i < into.cells.size(); ++i) value::combine_cells(into.cells[i], from.cells[i], fold);
  into.outside += from.outside;
  into.unplaced += from.unplaced;
}

void combine_notables(Notables& into, const Notables& from, const ir::Right& right) {
  // A list that was given up has no entries, but still counts them.
  int64_t listed = 0;
  for (const auto& [notable, count] : from.misses) {
    add_notable(into, right, notable, count);
    listed += count;
  }
  into.kept += from.kept - listed;
  if (into.kept > right.notable_bound) into.misses.clear();
  into.unplaced += from.unplaced;
}

}  // namespace

void add_notable(Notables& notables, const ir::Right& right, const Notable& notable, int64_t count) {
  notables.kept += count;
  // Beyond the bound the right is an error whatever the list holds, so that memory stays bounded.
  if (notables.kept > right.notable_bound) {
    notables.misses.clear();
  } else {
    notables.misses[notable] += count;
  }
}

void add_fault(std::vector<evaluate::FaultReport>& faults, const evaluate::FaultReport& report) {
  const auto before = [](const evaluate::FaultReport& a, const evaluate::FaultReport& b) { return fault_key(a) < fault_key(b); };
  faults.insert(std::upper_bound(faults.begin(), faults.end(), report, before), report);
  if (faults.size() > kept_faults) faults.pop_back();
}

Open fresh_open(const Tables& tables) {
  const ir::Agreement& agreement = *tables.agreement;
  Open open;
  for (const ir::Aggregate& aggregate : agreement.aggregates) {
    Folded folded;
    folded.cells.resize(count_of(tables, aggregate));
    open.aggregates.push_back(std::move(folded));
  }
  open.records.resize(agreement.records.size());
  open.notables.resize(agreement.rights.size());
  return open;
}

RunState fresh_state(const Tables& tables, const evaluate::Inputs& inputs) {
  const ir::Agreement& agreement = *tables.agreement;
  assert(inputs.params.size() == agreement.params.size());
  RunState state;
  state.inputs = inputs;
  state.open = fresh_open(tables);
  state.closed.aggregates = fresh_open(tables).aggregates;
  for (const ir::Definition& definition : agreement.definitions) {
    const size_t count = count_of(tables, definition.grain);
    state.closed.values.emplace_back(count, value::none());
    state.closed.held.emplace_back(count, 0);
  }
  return state;
}

void combine_open(const Tables& tables, Open& into, const Open& from) {
  const ir::Agreement& agreement = *tables.agreement;
  for (size_t i = 0; i < into.aggregates.size(); ++i) combine_folded(into.aggregates[i], from.aggregates[i], tables.rules[i].fold);
  for (size_t i = 0; i < into.records.size(); ++i) combine_totals(into.records[i], from.records[i]);
  for (uint32_t i = 0; i < into.notables.size(); ++i) combine_notables(into.notables[i], from.notables[i], agreement.rights[ir::RightId{i}]);
  for (const evaluate::FaultReport& report : from.faults) add_fault(into.faults, report);
}

}  // namespace writ::interpret
