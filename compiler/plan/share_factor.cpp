// Percentages are mostly whole or half ones: 12.50 % of an amount, in ten-thousandths, is 1250 * amount / 10000, and so is
// 25 * amount / 200, which fits half the bits.
#include <numeric>

#include "plan/build_stage.h"

namespace writ::plan {

namespace {

// A divisor that a step can hold in lanes.
constexpr int most_digits = 18;

bool divides(const StageBuilder& builder, SlotId slot, int64_t factor) { return builder.stage.steps[slot.index].facts.multiple_of % factor == 0; }

// The operands that a quotient can be taken of instead of the result.
std::vector<size_t> divisible_operands(const Step& step, uint32_t cases) {
  if (step.op == Op::add || step.op == Op::sub || step.op == Op::min || step.op == Op::max) return {0, 1};
  if (step.op == Op::neg) return {0};
  if (step.op == Op::select) return {1, 2};
  std::vector<size_t> results;
  if (step.op != Op::decide) return results;
  for (size_t i = 0; i < cases; ++i) results.push_back(2 * i + 1);
  if (step.operands.size() > 2 * size_t{cases}) results.push_back(2 * size_t{cases});
  return results;
}

int64_t shared(const Facts& facts, int64_t divisor) {
  const i128 rest = facts.multiple_of % divisor;  // multiple_of 0: only 0, which every factor divides
  return std::gcd(static_cast<int64_t>(rest), divisor);
}

}  // namespace

SlotId divided(StageBuilder& builder, SlotId slot, int64_t factor) {
  if (factor == 1) return slot;
  Step step = builder.stage.steps[slot.index];
  if (step.op == Op::constant) return add_constant(builder, step.number / factor);
  const std::vector<size_t> operands = divisible_operands(step, step.op == Op::decide ? builder.stage.choices[step.index].cases : 0);
  bool all = !operands.empty();
  for (size_t i : operands) {
    const Step& operand = builder.stage.steps[step.operands[i].index];
    all &= operand.lane != Lane::whole && !may_be_absent(operand.facts) && divides(builder, step.operands[i], factor);
  }
  if (!all) {
    Step quotient;
    quotient.op = Op::exact_quotient;
    quotient.operands = {slot};
    quotient.number = factor;
    return add_step(builder, std::move(quotient));
  }
  for (size_t i : operands) step.operands[i] = divided(builder, step.operands[i], factor);
  if (step.op == Op::decide) {
    Choice choice = builder.stage.choices[step.index];
    choice.held = evaluate::no_index;
    step.index = static_cast<uint32_t>(builder.stage.choices.size());
    builder.stage.choices.push_back(std::move(choice));
  }
  step.stored = evaluate::no_index;
  return add_step(builder, std::move(step));
}

void share_factor(StageBuilder& builder, Step& round) {
  const int drop = static_cast<int>(round.index) - static_cast<int>(round.index2);
  if (builder.stage.grain == StageGrain::totals || round.number != 0 || drop <= 0 || drop > most_digits) return;
  const Step product = builder.stage.steps[round.operands[0].index];
  if (product.op != Op::mul) return;
  const SlotId slots[2] = {product.operands[0], product.operands[1]};
  int64_t divisor = static_cast<int64_t>(value::pow10(drop));
  int64_t factors[2] = {1, 1};
  for (size_t i = 0; i < 2; ++i) {
    const Step& operand = builder.stage.steps[slots[i].index];
    // Where an operand may be absent, the fault belongs to the product as it is written.
    if (operand.lane == Lane::whole || may_be_absent(operand.facts)) return;
    factors[i] = shared(operand.facts, divisor);
    divisor /= factors[i];
  }
  if (factors[0] * factors[1] == 1) return;
  Step narrow = product;
  for (size_t i = 0; i < 2; ++i) narrow.operands[i] = divided(builder, slots[i], factors[i]);
  const SlotId made = add_step(builder, std::move(narrow));
  const Facts& facts = builder.stage.steps[made.index].facts;
  if (!fits(facts, -(i128{1} << 62), i128{1} << 62) || divisor >= int64_t{1} << 62) return;
  round.operands[0] = made;
  round.number = divisor;
}

}  // namespace writ::plan
