// The promises of a plan, recomputed.
#include "plan/look_up.h"
#include "plan/plan.h"

namespace writ::plan {

namespace {

using evaluate::no_index;

struct Checker {
  std::vector<std::string>& broken;
  const evaluate::Tables& tables;
  const Stage& stage;
  std::string name;

  void report(uint32_t step, const std::string& what) { broken.push_back(name + ", step " + std::to_string(step) + ": " + what); }
};

bool same(const Facts& a, const Facts& b) {
  return a.given == b.given && a.not_yet == b.not_yet && a.none == b.none && a.unknown == b.unknown && a.fault == b.fault && a.certain == b.certain &&
         a.whole == b.whole && a.low == b.low && a.high == b.high && a.multiple_of == b.multiple_of;
}

void check_step(Checker& checker, uint32_t index) {
  const Step& step = checker.stage.steps[index];
  for (SlotId operand : step.operands) {
    if (operand.index >= index) return checker.report(index, "reads a slot that is made later");
  }
  if (step.facts.given && step.facts.low > step.facts.high) checker.report(index, "lies in an empty range");
  const Derived derived = derive(checker.stage, step);
  if (!same(derived.facts, step.facts)) checker.report(index, "says something else than follows from its operands");
  const Lane narrowest = checker.stage.grain == StageGrain::totals ? Lane::whole : lane_of(checker.stage, step);
  if (step.lane != narrowest) checker.report(index, "has another lane than its range needs");
  if (derived.creates_fault != (step.point != 0) && step.point != 0) checker.report(index, "has a trace point though no fault can arise");
  if (step.stored != no_index && step.stored >= checker.stage.table.slots.size()) checker.report(index, "is stored in a slot that does not exist");
  if ((step.op == Op::decide || step.op == Op::look_up || step.op == Op::deciding_case) && step.index >= checker.stage.choices.size())
    checker.report(index, "decides by a choice that does not exist");
}

// What can come of a look-up follows from its table and the facts of its subjects.
void check_look_up(Checker& checker, uint32_t index) {
  const Step& step = checker.stage.steps[index];
  if ((step.op != Op::look_up && step.op != Op::deciding_case) || step.index >= checker.stage.choices.size()) return;
  if (step.index2 >= checker.tables.look_ups.size()) return checker.report(index, "looks up in a table that does not exist");
  const evaluate::LookUpTable& table = checker.tables.look_ups[step.index2];
  if (step.operands.size() != table.operands) return checker.report(index, "has other operands than its table");
  std::vector<Facts> subjects;
  for (uint32_t i = 0; i < table.subjects; ++i) subjects.push_back(checker.stage.steps[step.operands[i].index].facts);
  const LookUpFacts derived = look_up_facts(table, subjects);
  const LookUpFacts& said = checker.stage.choices[step.index].look_up;
  const bool alike = same(derived.constants, said.constants) && derived.gap == said.gap && derived.clash == said.clash && derived.open == said.open &&
                     derived.ordered == said.ordered && derived.rescaled == said.rescaled;
  if (!alike) checker.report(index, "says something else than follows from its table");
}

// What one function makes and another reads is in memory.
void check_cuts(Checker& checker) {
  const Stage& stage = checker.stage;
  size_t function = 0;
  for (uint32_t i = 0; i < stage.steps.size(); ++i) {
    while (function + 1 < stage.cuts.size() && i >= stage.cuts[function + 1]) ++function;
    for (SlotId operand : stage.steps[i].operands) {
      const Step& read = stage.steps[operand.index];
      if (operand.index < stage.cuts[function] && !read.uniform && read.stored == no_index) checker.report(i, "reads what another function does not store");
    }
  }
}

void check_stage(std::vector<std::string>& broken, const evaluate::Tables& tables, const Stage& stage, const std::string& name) {
  Checker checker{broken, tables, stage, name};
  if (stage.cuts.empty() || stage.cuts.front() != 0) return checker.report(0, "has no first function");
  for (uint32_t i = 0; i < stage.steps.size(); ++i) check_step(checker, i), check_look_up(checker, i);
  check_cuts(checker);
  for (const evaluate::DefinitionOut& out : stage.table.definitions) {
    const uint32_t cases = tables.definitions[out.definition].reasons;
    if (out.reason != evaluate::no_index &&
        (out.reason >= stage.table.slots.size() || evaluate::lane_bytes(stage.table.slots[out.reason].lane) > evaluate::reason_bytes(cases))) {
      checker.report(0, "gives a reason a slot that does not exist, or is wider than its cases need");
    }
    if (out.slot >= stage.table.slots.size()) checker.report(0, "gives a definition a slot that does not exist");
  }
  if (stage.grain == StageGrain::record && (!stage.admitted.valid() || (!stage.table.clean && stage.table.admitted == no_index)))
    checker.report(0, "does not say who takes part");
  if (stage.table.block_rows == 0 || stage.table.block_rows % 64 != 0) checker.report(0, "has a block that is not whole groups");
}

}  // namespace

std::vector<std::string> verify(const Plan& plan) {
  std::vector<std::string> broken;
  for (const RecordStages& stages : plan.records) {
    const std::string name = "record " + std::to_string(stages.record) + ", pass " + std::to_string(stages.pass);
    constexpr const char* words[evaluate::form_count] = {", seconds", ", lean", ", general", ", portfolio"};
    for (size_t form = 0; form < evaluate::form_count; ++form) {
      if (stages.facts[form].steps.empty()) continue;  // no such form
      const std::string with_form = name + words[form];
      check_stage(broken, plan.tables, stages.history[form], with_form + ", history");
      check_stage(broken, plan.tables, stages.facts[form], with_form + ", facts");
    }
    if (!stages.row.steps.empty()) check_stage(broken, plan.tables, stages.row, name + ", one row");
  }
  for (size_t list = 0; list < plan.totals.size(); ++list) {
    for (const Stage& stage : plan.totals[list]) check_stage(broken, plan.tables, stage, "totals of list " + std::to_string(list));
  }
  for (const Stage& stage : plan.portfolio) check_stage(broken, plan.tables, stage, "totals of many agreements");
  return broken;
}

}  // namespace writ::plan
