// Civil and business time over lanes: the states are worked out here, a runtime function answers for the rows that ask.
#include "emit/function.h"

namespace writ::emit {

namespace {

llvm::Value* number(Function& f, SlotId id) {
  const Lanes& v = lanes_of(f, id);
  return v.number == nullptr ? splat_bits(f, 64, 0) : as_integers(f, v.number, 64);
}

// Calls the runtime function for the rows whose states say nothing yet, and adds its answers to them.
Lanes ask(Function& f, const Step& step, Lanes out) {
  llvm::Value* active = step.uniform ? all(f, true) : taking_part(f);
  active = but_not(f, active, not_given(f, out));
  llvm::Value* numbers = spill(f, splat_bits(f, 64, 0));
  llvm::Value* states = spill(f, splat_bits(f, 8, 0));
  llvm::Value* faults = spill(f, splat_bits(f, 32, 0));
  llvm::Value* a = spill(f, number(f, step.operands[0]));
  llvm::Value* b = step.operands.size() > 1 ? spill(f, number(f, step.operands[1])) : llvm::ConstantPointerNull::get(f.ir.getPtrTy());
  llvm::Value* mask = spill(f, as_integers(f, active, 8));
  llvm::Type* pointer = f.ir.getPtrTy();
  llvm::Type* count = f.ir.getInt64Ty();
  llvm::FunctionType* type =
      llvm::FunctionType::get(f.ir.getVoidTy(), {pointer, pointer, pointer, pointer, pointer, pointer, pointer, pointer, count, count}, false);
  f.ir.CreateCall(declare(f, "writ_rt_lanes_" + whole_name(step.op), type),
                  {f.frame, operation_constant(f, step), numbers, states, faults, a, b, mask, row_of(f, step), f.ir.getInt64(f.width)});
  out.number = as_lane(f, reload(f, numbers, 64), step.lane);
  llvm::Value* told = reload(f, states, 8);
  const auto is = [&](State s) { return f.ir.CreateICmpEQ(told, splat_bits(f, 8, static_cast<int>(s))); };
  out.mask(State::unknown) = either(f, out.mask(State::unknown), is(State::unknown));
  if (step.can_fault) add_fault(f, out, is(State::fault), reload(f, faults, 32));
  return out;
}

bool is_deadline(Op op) {
  return op == Op::deadline_elapsed || op == Op::deadline_open || op == Op::deadline_business_days || op == Op::deadline_days || op == Op::deadline_months;
}

std::optional<Lanes> emit_deadline(Function& f, const Step& step) {
  const plan::Facts& start_facts = f.step(step.operands[0]).facts;
  const plan::Facts& amount_facts = f.step(step.operands[1]).facts;
  // What is faulty or unknown about a start, an amount and a pause at once is left to the runtime function to weigh.
  const bool sure_amount = amount_facts.given && !amount_facts.not_yet && !amount_facts.none && !amount_facts.unknown && !amount_facts.fault;
  if (!sure_amount || amount_facts.low < 0 || !start_facts.given || start_facts.unknown || start_facts.fault) return std::nullopt;
  const Lanes& start = lanes_of(f, step.operands[0]);
  Lanes out;
  out.mask(State::not_yet) = absent(f, start);
  const bool plain = step.op == Op::deadline_elapsed && step.predicate == evaluate::no_index;
  if (plain && !step.can_be_unknown) {
    out.number = as_lane(f, f.ir.CreateAdd(number(f, step.operands[0]), number(f, step.operands[1])), step.lane);
    return out;
  }
  return ask(f, step, out);
}

}  // namespace

std::optional<Lanes> emit_time_lanes(Function& f, SlotId id) {
  const Step& step = f.step(id);
  if (is_deadline(step.op)) return emit_deadline(f, step);
  return ask(f, step, strict_states(f, step));
}

}  // namespace writ::emit
