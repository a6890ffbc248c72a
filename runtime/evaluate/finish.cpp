// The results of a run, from closed values and acts.
#include <cassert>

#include "evaluate/protocols.h"

namespace writ::evaluate {

Results finish_state(const Program& program, const State& state, std::span<const std::vector<int64_t>> undated, const Acts& acts) {
  assert(state.pass == program.tables.passes);  // every pass is closed
  const Tables& tables = program.tables;
  Results results;
  for (const DefinitionTable& definition : tables.definitions) {
    size_t count = 0;
    switch (definition.grain) {
      case GrainOf::record: break;
      case GrainOf::agreement: count = 1; break;
      case GrainOf::period: count = static_cast<size_t>(value::period_count(tables.grids[definition.of])); break;
    }
    const auto first = static_cast<std::ptrdiff_t>(definition.first);
    const auto last = first + static_cast<std::ptrdiff_t>(count);
    results.values.emplace_back(state.closed.begin() + first, state.closed.begin() + last);
    results.held.emplace_back(state.closed_held.begin() + first, state.closed_held.begin() + last);
  }
  for (const CreditTable& credit : tables.credits) results.credits.push_back(credit_results(program, state, credit, acts));
  for (uint32_t right = 0; right < tables.rights.size(); ++right) {
    results.rights.push_back(right_result(program, state, right, undated.empty() ? std::span<const int64_t>{} : undated[right], acts));
  }
  results.records = state.records;
  results.outside_periods = state.outside;
  results.faults = state.faults;
  return results;
}

}  // namespace writ::evaluate
