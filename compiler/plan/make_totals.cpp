// Values per period and of the agreement: stages in the order of evaluation, one definition's periods all before the next that asks
// for another period.
#include "ir/reads.h"
#include "plan/make_parts.h"

namespace writ::plan {

namespace {

using evaluate::no_index;

constexpr size_t most_steps = 160;  // of one function

struct Totals {
  PlanContext& context;
  std::vector<Stage>& stages;
  StageBuilder builder;
  bool open = false;
};

void close_stage(Totals& totals) {
  if (!totals.open) return;
  totals.builder.stage.cuts = {0};
  totals.stages.push_back(std::move(totals.builder.stage));
  totals.open = false;
}

// Does it read, of other periods, something that the open stage makes?
bool looks_across(const Totals& totals, const ir::Definition& definition) {
  const ir::Reads reads = ir::reads_of(totals.context.agreement, definition);
  for (const ClosedOut& made : totals.builder.stage.closed) {
    for (ir::DefinitionId other : reads.periods) {
      if (made.definition == other.index) return true;
    }
  }
  return false;
}

void add_total(Totals& totals, ir::DefinitionId id) {
  const ir::Definition& definition = totals.context.agreement.definitions[id];
  const evaluate::DefinitionTable& table = totals.context.plan.tables.definitions[id.index];
  const uint32_t of = table.grain == evaluate::GrainOf::period ? table.of : no_index;
  if (totals.open) {
    const Stage& stage = totals.builder.stage;
    if (stage.of != of || stage.steps.size() > most_steps || looks_across(totals, definition)) close_stage(totals);
  }
  if (!totals.open) {
    totals.builder = make_builder(totals.context, StageGrain::totals, of, Form::general);
    totals.open = true;
  }
  const SlotId slot = add_definition(totals.builder, id);
  const Step& step = totals.builder.stage.steps[slot.index];
  const ClosedOut out{id.index, table.first, slot, !definition.cases.empty()};
  totals.context.closed[id.index] = step.facts;
  totals.builder.stage.closed.push_back(out);
}

}  // namespace

void make_totals(PlanContext& context) {
  const ir::Agreement& agreement = context.agreement;
  context.plan.totals.resize(context.plan.tables.passes + 1);
  for (uint32_t stage = 0; stage < context.plan.totals.size(); ++stage) {
    Totals totals{context, context.plan.totals[stage], make_builder(context, StageGrain::totals, no_index, Form::general)};
    for (ir::DefinitionId id : agreement.order) {
      const ir::Definition& definition = agreement.definitions[id];
      if (definition.grain.of != ir::Grain::Of::record && definition.pass + 1 == static_cast<int>(stage)) add_total(totals, id);
    }
    close_stage(totals);
  }
}

}  // namespace writ::plan
