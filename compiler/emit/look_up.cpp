// Look-ups in decision tables over lanes: a runtime function finds the rows of a group in the table.
#include "emit/function.h"

namespace writ::emit {

namespace {

struct Answers {
  llvm::Value* numbers = nullptr;
  llvm::Value* states = nullptr;
  llvm::Value* faults = nullptr;
  llvm::Value* held = nullptr;
};

// An array of evaluate::LookUpOperand.
llvm::Value* operand_array(Function& f, const Step& step) {
  llvm::Type* pointer = f.ir.getPtrTy();
  llvm::Value* array = scratch(f, pointer, std::max<size_t>(3 * step.operands.size(), 1));
  const auto put = [&](size_t at, llvm::Value* memory) { f.ir.CreateStore(memory, f.ir.CreateConstInBoundsGEP1_64(pointer, array, at)); };
  for (size_t i = 0; i < step.operands.size(); ++i) {
    const Lanes& v = lanes_of(f, step.operands[i]);
    llvm::Value* none = llvm::ConstantPointerNull::get(f.ir.getPtrTy());
    put(3 * i, spill(f, v.number == nullptr ? splat_bits(f, 64, 0) : as_integers(f, v.number, 64)));
    put(3 * i + 1, not_given(f, v) == nullptr ? none : spill(f, bytes_from_states(f, v)));
    put(3 * i + 2, v.mask(State::fault) == nullptr ? none : spill(f, v.fault));
  }
  return array;
}

bool has_states(const Step& step) { return step.facts.not_yet || step.facts.none || step.can_be_unknown || step.can_fault; }

Answers ask(Function& f, const Step& step, bool with_held) {
  const size_t subjects = f.stage.choices[step.index].look_up.ordered.size();
  llvm::Value* odd = nullptr;  // only the whole rule knows about these rows
  for (size_t i = 0; i < subjects; ++i) odd = either(f, odd, not_given(f, lanes_of(f, step.operands[i])));
  if (odd != nullptr && !step.uniform) odd = f.ir.CreateAnd(odd, taking_part(f));
  llvm::PointerType* pointer = f.ir.getPtrTy();
  llvm::Value* none = llvm::ConstantPointerNull::get(pointer);
  Answers answers{scratch(f, f.ir.getInt64Ty(), f.width), none, none, none};
  if (has_states(step)) {
    answers.states = scratch(f, f.ir.getInt8Ty(), f.width);
    answers.faults = scratch(f, f.ir.getInt32Ty(), f.width);
  }
  if (with_held) answers.held = scratch(f, f.ir.getInt64Ty(), f.width);
  llvm::Value* operands = operand_array(f, step);
  llvm::FunctionType* type =
      llvm::FunctionType::get(f.ir.getVoidTy(), {pointer, pointer, pointer, pointer, pointer, pointer, pointer, pointer, f.ir.getInt64Ty()}, false);
  f.ir.CreateCall(declare(f, "writ_rt_lanes_look_up", type),
                  {f.frame, operation_constant(f, step), answers.numbers, answers.states, answers.faults, answers.held, operands,
                   odd == nullptr ? none : spill(f, as_integers(f, odd, 8)), f.ir.getInt64(f.width)});
  return answers;
}

}  // namespace

Lanes emit_look_up_lanes(Function& f, SlotId id) {
  const Step& step = f.step(id);
  const Answers answers = ask(f, step, false);
  Lanes out;
  out.number = as_lane(f, reload(f, answers.numbers, 64), step.lane);
  if (!has_states(step)) return out;
  plan::Facts facts = step.facts;
  facts.unknown = step.can_be_unknown;
  facts.fault = step.can_fault;
  states_from_bytes(f, facts, reload(f, answers.states, 8), out);
  if (facts.fault) out.fault = reload(f, answers.faults, 32);
  return out;
}

llvm::Value* emit_look_up_held(Function& f, SlotId id) { return reload(f, ask(f, f.step(id), true).held, 64); }

// The lower half of the word of cases that held, which counts from 1.
Lanes emit_deciding_case(Function& f, SlotId id) {
  llvm::Value* number = f.ir.CreateAnd(emit_held(f, id), splat_bits(f, 64, UINT32_MAX));
  Lanes out;
  out.number = as_lane(f, f.ir.CreateSub(number, splat_bits(f, 64, 1)), f.step(id).lane);
  return out;
}

}  // namespace writ::emit
