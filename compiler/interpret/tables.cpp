#include "interpret/tables.h"

#include <cassert>

#include "interpret/interpret.h"
#include "ir/hash.h"
#include "ir/reads.h"

namespace writ::interpret {

namespace {

value::AggregateFold fold_of(ir::Aggregate::Fold fold) {
  switch (fold) {
    case ir::Aggregate::Fold::count: return value::AggregateFold::count;
    case ir::Aggregate::Fold::sum: return value::AggregateFold::sum;
    case ir::Aggregate::Fold::minimum: return value::AggregateFold::minimum;
    case ir::Aggregate::Fold::maximum: return value::AggregateFold::maximum;
    case ir::Aggregate::Fold::mean: return value::AggregateFold::mean;
  }
  return value::AggregateFold::count;
}

value::AggregateRule rule_of(const ir::Agreement& agreement, const ir::Aggregate& aggregate) {
  if (!aggregate.value.valid()) return value::make_aggregate_rule(fold_of(aggregate.fold), false, false, 0, 0);
  const ir::Type& type = agreement.exprs[aggregate.value].type;
  return value::make_aggregate_rule(fold_of(aggregate.fold), type.absence != ir::Absence::never, type.has_range, type.low, type.high);
}

}  // namespace

std::vector<ir::DefinitionId> definitions_of(const ir::Agreement& agreement, ir::RecordId record) {
  std::vector<ir::DefinitionId> found;
  for (ir::DefinitionId id : agreement.order) {
    const ir::Grain& grain = agreement.definitions[id].grain;
    if (grain.of == ir::Grain::Of::record && grain.record == record) found.push_back(id);
  }
  return found;
}

const value::PeriodGrid& grid_of(const Tables& tables, ir::PeriodKind kind) { return tables.grids[static_cast<size_t>(kind)]; }

size_t count_of(const Tables& tables, const ir::Grain& grain) {
  switch (grain.of) {
    case ir::Grain::Of::agreement: return 1;
    case ir::Grain::Of::period: return static_cast<size_t>(value::period_count(grid_of(tables, grain.period)));
    case ir::Grain::Of::record:
    case ir::Grain::Of::history: return 0;
  }
  return 0;
}

size_t count_of(const Tables& tables, const ir::Aggregate& aggregate) {
  return aggregate.period ? static_cast<size_t>(value::period_count(grid_of(tables, *aggregate.period))) : 1;
}

Tables make_tables(const ir::Agreement& agreement) {
  Tables tables;
  tables.agreement = &agreement;
  for (const ir::Calendar& calendar : agreement.calendars) {
    value::CalendarTable table;
    const value::CalendarError error = value::build_calendar(calendar.rules, table);
    assert(error == value::CalendarError::none);  // check reports wrong calendars
    (void)error;
    tables.calendars.push_back(std::move(table));
  }
  for (size_t kind = 0; kind < tables.grids.size(); ++kind) {
    value::PeriodGrid grid;
    const bool exists = value::build_periods(agreement.zone, static_cast<ir::PeriodKind>(kind), agreement.effective, agreement.end, agreement.month_end, grid);
    // Contract months may have no answer; then check lets no rule speak of them.
    if (exists) tables.grids[kind] = std::move(grid);
  }
  for (const ir::Aggregate& aggregate : agreement.aggregates) tables.rules.push_back(rule_of(agreement, aggregate));
  tables.slots.assign(agreement.definitions.size(), 0);
  for (uint32_t record = 0; record < agreement.records.size(); ++record) {
    tables.of_record.push_back(definitions_of(agreement, {record}));
    const std::vector<ir::DefinitionId>& list = tables.of_record.back();
    for (uint32_t slot = 0; slot < list.size(); ++slot) tables.slots[list[slot].index] = slot;
  }
  for (uint32_t id = 0; id < agreement.definitions.size(); ++id) {
    const bool of_period = agreement.definitions.items[id].grain.of == ir::Grain::Of::period;
    tables.counting.push_back(of_period && ir::counts_records(agreement, {id}));
  }
  tables.term_start = value::start_of_day(agreement.zone, agreement.effective);
  tables.term_end = value::start_of_day(agreement.zone, agreement.end);
  tables.rule_hash = ir::hash_rules(agreement);
  return tables;
}

}  // namespace writ::interpret
