#include "render/statement.h"

#include "render/dependencies.h"

namespace writ::render {

std::vector<Period> periods_begun(const ir::Agreement& agreement, value::PeriodKind kind, int64_t as_of) {
  value::PeriodGrid grid;
  std::vector<Period> periods;
  if (!value::build_periods(agreement.zone, kind, agreement.effective, agreement.end, agreement.month_end, grid)) return periods;
  for (size_t i = 0; i + 1 < grid.bounds.size() && grid.bounds[i] <= as_of; ++i) {
    periods.push_back({grid.dates[i], grid.dates[i + 1], grid.bounds[i + 1] <= as_of});
  }
  return periods;
}

bool has_errors(const Statement& statement) {
  const ir::Agreement& agreement = *statement.agreement;
  const evaluate::Results& results = *statement.results;
  bool any = false;
  for (uint32_t i = 0; i < agreement.definitions.size(); ++i) {
    const ir::Definition& definition = agreement.definitions.items[i];
    if (definition.hidden || results.values[i].empty()) continue;
    const bool per_period = definition.grain.of == ir::Grain::Of::period;
    const size_t shown = per_period ? periods_begun(agreement, definition.grain.period, statement.as_of).size() : 1;
    for (size_t p = 0; p < shown && p < results.values[i].size(); ++p) any |= value::is_fault(results.values[i][p]);
  }
  for (uint32_t i = 0; i < agreement.credits.size(); ++i) {
    const size_t shown = periods_begun(agreement, agreement.credits.items[i].period, statement.as_of).size();
    for (size_t p = 0; p < shown && p < results.credits[i].size(); ++p) any |= value::is_fault(results.credits[i][p].state);
  }
  for (const evaluate::RightResult& right : results.rights) any |= value::is_fault(right.state);
  return any;
}

uint64_t set_aside_for(const Statement& statement, ir::DefinitionId definition) {
  const std::vector<bool> read = records_read_by(*statement.agreement, definition);
  uint64_t count = 0;
  for (const FactsRead& facts : statement.facts) {
    if (facts.record < read.size() && read[facts.record]) count += facts.set_aside;
  }
  return count;
}

}  // namespace writ::render
