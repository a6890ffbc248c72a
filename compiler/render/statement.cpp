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

uint64_t set_aside_for(const Statement& statement, ir::DefinitionId definition) {
  const std::vector<bool> read = records_read_by(*statement.agreement, definition);
  uint64_t count = 0;
  for (const FactsRead& facts : statement.facts) {
    if (facts.record < read.size() && read[facts.record]) count += facts.set_aside;
  }
  return count;
}

}  // namespace writ::render
