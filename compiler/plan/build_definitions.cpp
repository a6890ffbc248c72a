// Definitions as steps: a base, or a decision between cases.
#include <algorithm>
#include <cassert>

#include "plan/debug.h"
#include "plan/look_up.h"
#include "plan/operations.h"

namespace writ::plan {

namespace {

const Step& step_of(const StageBuilder& builder, SlotId slot) { return builder.stage.steps[slot.index]; }

bool is_equality(const Step& step) { return step.op == Op::eq; }

// x = c and x = d, of which never both are true.
bool different_constants(const StageBuilder& builder, const Step& a, const Step& b) {
  if (!is_equality(a) || !is_equality(b)) return false;
  for (int i = 0; i < 2; ++i) {
    for (int k = 0; k < 2; ++k) {
      if (a.operands[i] != b.operands[k]) continue;
      const Step& one = step_of(builder, a.operands[1 - i]);
      const Step& other = step_of(builder, b.operands[1 - k]);
      if (one.op == Op::constant && other.op == Op::constant && one.number != other.number) return true;
    }
  }
  return false;
}

// Proved never both true. `depth` bounds the search: a no answer only costs a comparison of results.
bool never_both(const StageBuilder& builder, SlotId a, SlotId b, int depth) {
  const Step& one = step_of(builder, a);
  const Step& other = step_of(builder, b);
  if (one.op == Op::constant && one.number == 0) return true;
  if (other.op == Op::constant && other.number == 0) return true;
  if (different_constants(builder, one, other)) return true;
  if (one.op == Op::not_ && one.operands[0] == b) return true;
  if (other.op == Op::not_ && other.operands[0] == a) return true;
  if (depth == 0) return false;
  if (one.op == Op::and_) return never_both(builder, one.operands[0], b, depth - 1) || never_both(builder, one.operands[1], b, depth - 1);
  if (other.op == Op::and_) return never_both(builder, a, other.operands[0], depth - 1) || never_both(builder, a, other.operands[1], depth - 1);
  if (one.op == Op::or_) return never_both(builder, one.operands[0], b, depth - 1) && never_both(builder, one.operands[1], b, depth - 1);
  if (other.op == Op::or_) return never_both(builder, a, other.operands[0], depth - 1) && never_both(builder, a, other.operands[1], depth - 1);
  return false;
}

constexpr uint32_t most_compared_cases = 256;

void find_exclusive(const StageBuilder& builder, const std::vector<SlotId>& operands, Choice& choice) {
  if (choice.cases > most_compared_cases) return;
  choice.exclusive.assign(static_cast<size_t>(choice.cases) * choice.cases, false);
  for (uint32_t i = 0; i < choice.cases; ++i) {
    for (uint32_t k = 0; k < i; ++k) {
      const bool apart = never_both(builder, operands[2 * i], operands[2 * k], 10);
      choice.exclusive[i * choice.cases + k] = choice.exclusive[k * choice.cases + i] = apart;
    }
  }
}

constexpr int64_t most_values = 64;

// Do the guards compare one slot, which is always given, with every value that it can have?
bool is_exhaustive(const StageBuilder& builder, const std::vector<SlotId>& operands, uint32_t cases) {
  SlotId subject;
  std::vector<bool> seen;
  for (uint32_t i = 0; i < cases; ++i) {
    i128 number = 0;
    const SlotId compared = compared_with_constant(builder, operands[2 * i], number);
    if (!compared.valid() || (subject.valid() && subject != compared)) continue;
    const Facts& f = step_of(builder, compared).facts;
    if (!subject.valid()) {
      if (!is_point(f) || f.not_yet || f.none || f.unknown || f.fault || !spans_at_most(f, most_values - 1)) continue;
      subject = compared;
      seen.assign(static_cast<size_t>(f.high - f.low) + 1, false);
    }
    if (number >= f.low && number <= f.high) seen[static_cast<size_t>(number - f.low)] = true;
  }
  return subject.valid() && std::find(seen.begin(), seen.end(), false) == seen.end();
}

// The operands of a decision that are results: behind each guard, and the base.
bool is_result(const Choice& choice, size_t operand) { return operand % 2 == 1 || operand == 2 * size_t{choice.cases}; }

// Deadlines of one start by different constants: one deadline, of the constant that is decided. Only where nothing but a constant can win.
SlotId add_decided_deadline(StageBuilder& builder, const Step& decision, const Choice& choice) {
  Step amounts = decision;
  Step deadline;
  for (size_t i = 0; i < decision.operands.size(); ++i) {
    if (!is_result(choice, i)) continue;
    const Step& result = step_of(builder, decision.operands[i]);
    const bool fits = result.op == Op::deadline_elapsed || result.op == Op::deadline_open || result.op == Op::deadline_business_days;
    if (!fits || result.predicate != evaluate::no_index || (!deadline.operands.empty() && result.op != deadline.op)) return {};
    if (deadline.operands.empty()) deadline = result;
    if (deadline.operands[0] != result.operands[0] || deadline.index != result.index || step_of(builder, result.operands[1]).op != Op::constant) return {};
    amounts.operands[i] = result.operands[1];
  }
  if (deadline.operands.empty()) return {};
  const Derived derived = derive(builder.stage, amounts);
  const Facts& f = derived.facts;
  if (f.not_yet || f.none || f.unknown || f.fault || f.low < 0) return {};
  // The constants are in seconds where the deadlines are, so both come to stand as they are.
  const SlotId amount = add_as_it_stands(builder, std::move(amounts), builder.in_seconds[deadline.operands[1].index]);
  deadline.operands[1] = amount;
  deadline.stored = evaluate::no_index;
  const bool in_seconds = builder.in_seconds[deadline.operands[0].index];
  return add_as_it_stands(builder, std::move(deadline), in_seconds);
}

bool some_override(const ir::Definition& definition) {
  return std::any_of(definition.cases.begin(), definition.cases.end(), [](const ir::Case& one) {
    return std::any_of(one.overridden_by.begin(), one.overridden_by.end(), [](uint64_t word) { return word != 0; });
  });
}

// Many cases that only compare a few values with constants are data.
SlotId add_look_up(StageBuilder& builder, ir::DefinitionId id, const LookUpSource& source) {
  Step step;
  step.op = Op::look_up;
  step.point = builder.context->agreement.definitions[id].point;
  step.index2 = source.table;
  for (const auto& [operand, point] : source.operands) step.operands.push_back(add_expression(builder, operand, point));
  const evaluate::LookUpTable& table = builder.context->plan.tables.look_ups[source.table];
  std::vector<Facts> subjects;
  for (uint32_t i = 0; i < table.subjects; ++i) {
    step.operands[i] = in_microseconds(builder, step.operands[i]);
    subjects.push_back(step_of(builder, step.operands[i]).facts);
  }
  Choice choice;
  choice.look_up = look_up_facts(table, subjects);
  step.index = static_cast<uint32_t>(builder.stage.choices.size());
  builder.choices[id.index] = step.index;
  builder.stage.choices.push_back(std::move(choice));
  return add_step(builder, std::move(step));
}

SlotId add_decision(StageBuilder& builder, ir::DefinitionId id) {
  const ir::Definition& definition = builder.context->agreement.definitions[id];
  if (const LookUpSource* source = look_up_of(*builder.context, id)) return add_look_up(builder, id, *source);
  Choice choice;
  choice.cases = static_cast<uint32_t>(definition.cases.size());
  choice.words = (choice.cases + 63) / 64;
  choice.has_base = definition.base.has_value();
  Step step;
  step.op = Op::decide;
  step.point = definition.point;
  for (const ir::Case& one : definition.cases) {
    const At at(builder, one.span);
    step.operands.push_back(add_expression(builder, one.guard, one.point));
    step.operands.push_back(add_expression(builder, one.result, one.point));
  }
  if (some_override(definition)) {
    for (const ir::Case& one : definition.cases) {
      for (uint32_t word = 0; word < choice.words; ++word) choice.overridden_by.push_back(word < one.overridden_by.size() ? one.overridden_by[word] : 0);
    }
  }
  if (definition.base) step.operands.push_back(add_expression(builder, *definition.base, definition.point));
  find_exclusive(builder, step.operands, choice);
  choice.exhaustive = is_exhaustive(builder, step.operands, choice.cases);
  step.index = static_cast<uint32_t>(builder.stage.choices.size());
  builder.choices[id.index] = step.index;
  builder.stage.choices.push_back(std::move(choice));
  const SlotId deadline = add_decided_deadline(builder, step, builder.stage.choices.back());
  return deadline.valid() ? deadline : add_step(builder, std::move(step));
}

}  // namespace

SlotId add_definition(StageBuilder& builder, ir::DefinitionId id) {
  SlotId& slot = builder.definitions[id.index];
  if (slot.valid()) return slot;
  const ir::Definition& definition = builder.context->agreement.definitions[id];
  assert(definition.base || !definition.cases.empty());
  const At at(builder, definition.span);
  // The vector of slots is never resized here, but the recursion may add definitions: write the slot last.
  const SlotId made = definition.cases.empty() ? add_expression(builder, *definition.base, definition.point) : add_decision(builder, id);
  builder.definitions[id.index] = made;
  name_definition(builder, made, id);
  return made;
}

}  // namespace writ::plan
