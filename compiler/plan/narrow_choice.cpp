// A credit that is forfeited is 0 or a rounded product. The choice between them can be made of a factor of the product, which takes fewer bits
// and so fewer instructions than the product: 0 times anything, rounded, is 0.
#include "plan/build_stage.h"

namespace writ::plan {

namespace {

bool plain(const Step& step) { return step.lane != Lane::whole && !step.can_be_unknown && !step.can_fault && !may_be_absent(step.facts) && step.facts.given; }

// Gives 0 for 0.
bool keeps_zero(Op op) { return op == Op::round || op == Op::rescale || op == Op::exact_quotient || op == Op::neg; }

std::vector<size_t> results_of(const StageBuilder& builder, const Step& choice) {
  if (choice.op == Op::select) return {1, 2};
  std::vector<size_t> results;
  const size_t cases = builder.stage.choices[choice.index].cases;
  for (size_t i = 0; i < cases; ++i) results.push_back(2 * i + 1);
  if (choice.operands.size() > 2 * cases) results.push_back(2 * cases);
  return results;
}

// The one result that is not 0; invalid where there is none or another one.
SlotId one_result(const StageBuilder& builder, const Step& choice) {
  SlotId one;
  bool zero = false;
  for (size_t i : results_of(builder, choice)) {
    const SlotId slot = choice.operands[i];
    const Step& result = builder.stage.steps[slot.index];
    if (result.op == Op::constant && result.number == 0) {
      zero = true;
    } else if (one.valid() && one != slot) {
      return {};
    } else {
      one = slot;
    }
  }
  return zero ? one : SlotId{};
}

// Which factor of a product to choose: one of fewer bits; 2: neither.
size_t narrow_factor(const StageBuilder& builder, const Step& product) {
  const auto lane = [&](size_t i) { return builder.stage.steps[product.operands[i].index].lane; };
  const size_t narrow = lane(0) < lane(1) ? 0 : 1;
  const Step& factor = builder.stage.steps[product.operands[narrow].index];
  return plain(factor) && factor.op != Op::constant && factor.lane < product.lane ? narrow : 2;
}

bool can_be_narrowed(const StageBuilder& builder, SlotId slot) {
  const Step& step = builder.stage.steps[slot.index];
  if (!plain(step)) return false;
  if (step.op == Op::mul) return narrow_factor(builder, step) < 2;
  return keeps_zero(step.op) && can_be_narrowed(builder, step.operands[0]);
}

SlotId narrowed(StageBuilder& builder, const Step& choice, SlotId slot) {
  Step step = builder.stage.steps[slot.index];
  step.stored = evaluate::no_index;
  if (step.op != Op::mul) {
    step.operands[0] = narrowed(builder, choice, step.operands[0]);
    return add_step(builder, std::move(step));
  }
  const SlotId result = one_result(builder, choice);
  const size_t factor = narrow_factor(builder, step);
  Step of_factor = choice;
  for (size_t i : results_of(builder, choice)) {
    if (of_factor.operands[i] == result) of_factor.operands[i] = step.operands[factor];
  }
  if (choice.op == Op::decide) {
    Choice cases = builder.stage.choices[choice.index];
    cases.held = evaluate::no_index;
    of_factor.index = static_cast<uint32_t>(builder.stage.choices.size());
    builder.stage.choices.push_back(std::move(cases));
  }
  step.operands[factor] = add_step(builder, std::move(of_factor));
  return add_step(builder, std::move(step));
}

}  // namespace

SlotId narrow_choice(StageBuilder& builder, const Step& choice) {
  // Elsewhere a case that holds keeps the faults of the others away.
  if (!builder.stage.table.clean || (choice.op != Op::select && choice.op != Op::decide)) return {};
  const Derived derived = derive(builder.stage, choice);
  if (derived.can_be_unknown || derived.can_fault || may_be_absent(derived.facts)) return {};
  const SlotId result = one_result(builder, choice);
  if (!result.valid() || !can_be_narrowed(builder, result)) return {};
  return narrowed(builder, choice, result);
}

}  // namespace writ::plan
