#include <algorithm>
#include <cassert>
#include <set>

#include "ir/hash.h"
#include "ir/reads.h"
#include "plan/make_parts.h"

namespace writ::plan {

namespace {

using evaluate::no_index;

value::AggregateFold fold_of(ir::Aggregate::Fold fold) {
  switch (fold) {
    case ir::Aggregate::Fold::count: return value::AggregateFold::count;
    case ir::Aggregate::Fold::sum: return value::AggregateFold::sum;
    case ir::Aggregate::Fold::minimum: return value::AggregateFold::minimum;
    case ir::Aggregate::Fold::maximum: return value::AggregateFold::maximum;
    case ir::Aggregate::Fold::mean: return value::AggregateFold::mean;
  }
  assert(false);
  return value::AggregateFold::count;
}

uint32_t grid_of(PlanContext& context, ir::PeriodKind kind) {
  uint32_t& index = context.grid_of[static_cast<size_t>(kind)];
  if (index != no_index) return index;
  const ir::Agreement& agreement = context.agreement;
  std::vector<value::PeriodGrid>& grids = context.plan.tables.grids;
  index = static_cast<uint32_t>(grids.size());
  const bool made = value::build_periods(agreement.zone, kind, agreement.effective, agreement.end, agreement.month_end, grids.emplace_back());
  assert(made);  // check lets no rule speak of contract months that have no answer
  (void)made;
  return index;
}

uint32_t periods(const PlanContext& context, uint32_t grid) { return static_cast<uint32_t>(value::period_count(context.plan.tables.grids[grid])); }

void add_records(PlanContext& context) {
  const ir::Agreement& agreement = context.agreement;
  for (const ir::Record& record : agreement.records) {
    evaluate::RecordTable table;
    table.fields = static_cast<uint32_t>(record.fields.size());
    if (record.since) {
      table.since = *record.since;
      table.since_is_date = record.fields[*record.since].type.kind == ir::Kind::date;
    }
    if (record.history) {
      table.has_history = true;
      table.history_fields = static_cast<uint32_t>(record.history->fields.size());
      table.history_at = record.history->at;
      for (const ir::Field& field : record.history->fields) table.history_missing.push_back(missing_state(field.type));
    }
    context.plan.tables.records.push_back(std::move(table));
  }
  for (ir::DefinitionId id : agreement.order) {
    const ir::Grain& grain = agreement.definitions[id].grain;
    if (grain.of == ir::Grain::Of::record) context.plan.tables.records[grain.record.index].definitions.push_back(id.index);
  }
}

uint32_t reasons_of(const ir::Definition& definition) { return definition.hidden ? 0 : static_cast<uint32_t>(definition.cases.size()); }

void add_definitions(PlanContext& context) {
  evaluate::Tables& tables = context.plan.tables;
  for (const ir::Definition& definition : context.agreement.definitions) {
    evaluate::DefinitionTable table;
    table.pass = definition.pass;
    table.first = tables.closed_values;
    switch (definition.grain.of) {
      case ir::Grain::Of::record:
        table.grain = evaluate::GrainOf::record;
        table.of = definition.grain.record.index;
        table.reasons = reasons_of(definition);
        break;
      case ir::Grain::Of::period:
        table.grain = evaluate::GrainOf::period;
        table.of = grid_of(context, definition.grain.period);
        tables.closed_values += periods(context, table.of);
        break;
      case ir::Grain::Of::agreement:
        table.grain = evaluate::GrainOf::agreement;
        tables.closed_values += 1;
        break;
      case ir::Grain::Of::history: assert(false); break;  // conditions over history rows are expressions
    }
    tables.definitions.push_back(table);
  }
}

// Cells of one grid lie period by period, so that a record that counts in several totals of its month touches one stretch.
void add_aggregates(PlanContext& context) {
  const ir::Agreement& agreement = context.agreement;
  evaluate::Tables& tables = context.plan.tables;
  std::vector<uint32_t> of_grid(5, 0);  // by period kind; [4]: over the term
  const auto slot_of = [](const ir::Aggregate& a) { return a.period ? static_cast<size_t>(*a.period) : size_t{4}; };
  std::vector<uint32_t> rank;
  for (const ir::Aggregate& aggregate : agreement.aggregates) rank.push_back(of_grid[slot_of(aggregate)]++);
  std::vector<uint32_t> first(5, 0);
  for (size_t kind = 0; kind < 5; ++kind) {
    first[kind] = tables.cells;
    if (of_grid[kind] == 0) continue;
    tables.cells += of_grid[kind] * (kind == 4 ? 1 : periods(context, grid_of(context, static_cast<ir::PeriodKind>(kind))));
  }
  for (uint32_t i = 0; i < agreement.aggregates.size(); ++i) {
    const ir::Aggregate& aggregate = agreement.aggregates.items[i];
    const size_t kind = slot_of(aggregate);
    evaluate::AggregateTable table;
    if (aggregate.value.valid()) {
      const ir::Type& type = agreement.exprs[aggregate.value].type;
      table.rule = value::make_aggregate_rule(fold_of(aggregate.fold), type.absence != ir::Absence::never, type.has_range, type.low, type.high);
    } else {
      table.rule = value::make_aggregate_rule(fold_of(aggregate.fold), false, false, 0, 0);
    }
    table.record = aggregate.record.index;
    table.pass = aggregate.pass;
    table.grid = aggregate.period ? grid_of(context, *aggregate.period) : no_index;
    table.first = first[kind] + rank[i];
    table.stride = of_grid[kind];
    tables.aggregates.push_back(table);
  }
}

void add_protocols(PlanContext& context) {
  evaluate::Tables& tables = context.plan.tables;
  for (const ir::Credit& credit : context.agreement.credits) {
    evaluate::CreditTable table;
    table.grid = grid_of(context, credit.period);
    table.amount = credit.amount.index;
    table.subject = credit.subject;
    if (credit.claim) table.claim = true, table.claim_party = credit.claim->party, table.claim_days = credit.claim->days;
    tables.credits.push_back(table);
  }
  for (const ir::Right& right : context.agreement.rights) {
    evaluate::RightTable table;
    table.grid = grid_of(context, right.period);
    table.party = right.party;
    table.subject = right.subject;
    table.consecutive = static_cast<uint32_t>(right.consecutive);
    table.commitments = static_cast<uint32_t>(right.misses.size());
    table.at_least = right.at_least;
    table.each_at_least = right.each_at_least;
    table.condition = right.condition.valid() ? right.condition.index : no_index;
    table.notice = right.notice;
    table.cured_when_no_miss = right.cured_when_no_miss;
    table.cure_days = right.cure_days;
    table.exercise_days = right.exercise_days;
    table.notable_bound = right.notable_bound;
    tables.rights.push_back(table);
  }
}

// The totals that a definition reads, itself or through others.
std::vector<uint32_t> aggregates_of(const ir::Agreement& agreement, ir::DefinitionId definition) {
  std::vector<ir::DefinitionId> waiting{definition};
  std::vector<bool> seen(agreement.definitions.size(), false);
  std::set<uint32_t> aggregates;
  while (!waiting.empty()) {
    const ir::DefinitionId id = waiting.back();
    waiting.pop_back();
    if (seen[id.index]) continue;
    seen[id.index] = true;
    const ir::Reads reads = ir::reads_of(agreement, agreement.definitions[id]);
    for (ir::AggregateId aggregate : reads.aggregates) aggregates.insert(aggregate.index);
    waiting.insert(waiting.end(), reads.values.begin(), reads.values.end());
    waiting.insert(waiting.end(), reads.periods.begin(), reads.periods.end());
  }
  return {aggregates.begin(), aggregates.end()};
}

void add_readings(PlanContext& context) {
  std::vector<evaluate::DefinitionTable>& tables = context.plan.tables.definitions;
  for (uint32_t i = 0; i < tables.size(); ++i) {
    if (tables[i].grain != evaluate::GrainOf::record) tables[i].aggregates = aggregates_of(context.agreement, {i});
  }
}

}  // namespace

void make_tables(PlanContext& context) {
  const ir::Agreement& agreement = context.agreement;
  evaluate::Tables& tables = context.plan.tables;
  context.grid_of.assign(4, no_index);
  const std::array<uint64_t, 2> hash = ir::hash_rules(agreement);
  std::copy(hash.begin(), hash.end(), tables.rules);
  tables.passes = static_cast<uint32_t>(std::max(agreement.passes, 1));
  tables.zone = agreement.zone;
  tables.month_end = agreement.month_end;
  tables.term_start = value::start_of_day(agreement.zone, agreement.effective);
  tables.term_end = value::start_of_day(agreement.zone, agreement.end);
  for (const ir::Calendar& calendar : agreement.calendars) {
    tables.calendar_rules.push_back(calendar.rules);
    const value::CalendarError error = value::build_calendar(calendar.rules, tables.calendars.emplace_back());
    assert(error == value::CalendarError::none);  // check reports wrong calendars
    (void)error;
  }
  tables.params.resize(agreement.params.size());
  add_records(context);
  add_definitions(context);
  add_aggregates(context);
  add_protocols(context);
  add_readings(context);
}

}  // namespace writ::plan
