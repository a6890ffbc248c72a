// Values per period and of the agreement for many agreements at once: lanes in which each row is an agreement. What cannot be said with
// numbers that are surely known (fractions, other periods, what may fail) has no such stage and is made agreement by agreement.
#include <algorithm>

#include "ir/reads.h"
#include "plan/make_parts.h"
#include "plan/operations.h"

namespace writ::plan {

namespace {

using evaluate::no_index;

constexpr uint32_t room_of_function = 256;
constexpr size_t most_steps = 2000;

// Operations that need nothing but the operands of their row.
bool stands_alone(Op op) { return reads_only_operands(op) || op == Op::constant || op == Op::field || op == Op::look_up || op == Op::deciding_case; }

// Surely one number, in a lane.
bool is_usual(const Step& step) {
  const Facts& f = step.facts;
  return stands_alone(step.op) && step.lane != Lane::whole && f.given && !f.not_yet && !f.none && !f.unknown && !f.fault && f.certain && f.whole &&
         !step.can_fault;
}

bool is_usual(const Stage& stage, SlotId slot) {
  std::vector<SlotId> waiting{slot};
  std::vector<bool> seen(stage.steps.size(), false);
  while (!waiting.empty()) {
    const SlotId at = waiting.back();
    waiting.pop_back();
    if (seen[at.index]) continue;
    seen[at.index] = true;
    const Step& step = stage.steps[at.index];
    if (!is_usual(step)) return false;
    waiting.insert(waiting.end(), step.operands.begin(), step.operands.end());
  }
  return true;
}

bool all_whole(const value::PeriodGrid& grid) { return grid.days_in_term == grid.days_total; }

// Means and extremes of nothing do not exist, and means are fractions.
bool adds_up(const PlanContext& context, const ir::Definition& definition) {
  const ir::Reads reads = ir::reads_of(context.agreement, definition);
  return std::all_of(reads.aggregates.begin(), reads.aggregates.end(), [&](ir::AggregateId id) {
    const value::AggregateFold fold = context.plan.tables.aggregates[id.index].rule.fold;
    return fold == value::AggregateFold::count || fold == value::AggregateFold::sum;
  });
}

// Its total and all totals that it reads are of the stage's grid.
bool reads_only_here(const PlanContext& context, const ir::Definition& definition, uint32_t grid) {
  const ir::Reads reads = ir::reads_of(context.agreement, definition);
  return reads.periods.empty() && std::all_of(reads.aggregates.begin(), reads.aggregates.end(),
                                              [&](ir::AggregateId id) { return context.plan.tables.aggregates[id.index].grid == grid; });
}

void make_stage(PlanContext& context, uint32_t grid, bool narrow) {
  const ir::Agreement& agreement = context.agreement;
  StageBuilder builder = make_builder(context, StageGrain::portfolio, grid, Form::portfolio);
  builder.stage.table.clean = true;
  builder.stage.narrow = narrow;
  std::vector<bool> usual(agreement.definitions.size(), false);
  for (ir::DefinitionId id : agreement.order) {
    const ir::Definition& definition = agreement.definitions[id];
    const evaluate::DefinitionTable& table = context.plan.tables.definitions[id.index];
    const bool here = table.grain == (grid == no_index ? evaluate::GrainOf::agreement : evaluate::GrainOf::period) && table.of == grid && table.pass == 0;
    if (!here || builder.stage.steps.size() > most_steps || !adds_up(context, definition) || !reads_only_here(context, definition, grid)) continue;
    const std::vector<ir::DefinitionId> values = ir::reads_of(agreement, definition).values;
    const auto made_here = [&](ir::DefinitionId read) { return usual[read.index] || context.plan.tables.definitions[read.index].pass == -1; };
    if (!std::all_of(values.begin(), values.end(), made_here)) continue;
    const SlotId slot = add_definition(builder, id);
    if (builder.in_seconds[slot.index] || !is_usual(builder.stage, slot)) continue;
    usual[id.index] = true;
    evaluate::DefinitionOut out;
    out.definition = id.index;
    out.slot = store(builder, slot);
    builder.stage.table.definitions.push_back(out);
  }
  if (builder.stage.table.definitions.empty()) return;
  const std::vector<evaluate::FieldTable>& fields = builder.stage.table.fields;
  if (narrow && std::none_of(fields.begin(), fields.end(), [](const evaluate::FieldTable& field) { return field.aggregate != no_index; })) return;
  builder.stage.admitted = add_constant(builder, 1);
  builder.stage.table.block_rows = evaluate::most_block_rows;
  cut_stage(builder, room_of_function);
  context.plan.portfolio.push_back(std::move(builder.stage));
}

}  // namespace

void make_portfolio(PlanContext& context) {
  const std::vector<value::PeriodGrid>& grids = context.plan.tables.grids;
  for (const bool narrow : {true, false}) make_stage(context, no_index, narrow);
  for (uint32_t grid = 0; grid < grids.size(); ++grid) {
    for (const bool narrow : {true, false}) {
      if (all_whole(grids[grid])) make_stage(context, grid, narrow);
    }
  }
}

}  // namespace writ::plan
