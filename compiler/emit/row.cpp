// Code for one row by itself: a function without a loop over plain integers. It reads the row where a host has it, tells at once whether
// everything about it is usual, and writes the definitions that are wanted.
#include "emit/emit_stage.h"
#include "emit/row_tables.h"

#include <llvm/IR/MDBuilder.h>

namespace writ::emit {

namespace {

using evaluate::FieldTable;

llvm::Value* byte_at(Function& f, uint32_t field) {
  return f.ir.CreateAlignedLoad(f.ir.getInt8Ty(), f.ir.CreateConstInBoundsGEP1_64(f.ir.getInt8Ty(), f.states, field), llvm::Align(1));
}

llvm::Value* is_state(Function& f, llvm::Value* byte, State s) { return f.ir.CreateICmpEQ(byte, f.ir.getInt8(static_cast<uint8_t>(s))); }

bool promises(const FieldTable& field, State s) { return s == State::given || (s == State::not_yet && field.not_yet) || (s == State::none && field.none); }

// What is unknown is unusual, too.
bool may_be_absent(const FieldTable& field) { return field.not_yet || field.none; }

void guard_state(Function& f, const FieldTable& field, llvm::Value* state) {
  llvm::Value* promised = nullptr;
  for (State s : {State::given, State::not_yet, State::none}) {
    if (promises(field, s)) promised = either(f, promised, is_state(f, state, s));
  }
  refuse_here(f, f.ir.CreateNot(promised));
}

// What lies outside its range is unusual. Whoever calls this code has seen to it that the horizon is not below the range of what must be
// seen (RecordProgram::row_from), so that the horizon itself can stand for what is absent, as it does where a verdict compares it with now.
void guard_number(Function& f, const FieldTable& field, llvm::Value* number, llvm::Value* given) {
  const auto limit = [&](int64_t n) { return f.ir.getInt64(static_cast<uint64_t>(n)); };
  if (field.seen == evaluate::Horizon::none) {
    if (field.low == INT64_MIN && field.high == INT64_MAX) return;
    llvm::Value* outside =
        f.ir.CreateICmpUGT(f.ir.CreateSub(number, limit(field.low)), f.ir.getInt64(static_cast<uint64_t>(field.high) - static_cast<uint64_t>(field.low)));
    return refuse_here(f, given == nullptr ? outside : f.ir.CreateAnd(outside, given));
  }
  const bool date = field.seen == evaluate::Horizon::date;
  llvm::Value* horizon = frame_field(f, date ? offsetof(evaluate::Frame, as_of_date) : offsetof(evaluate::Frame, as_of), f.ir.getInt64Ty());
  if (given != nullptr) number = f.ir.CreateSelect(given, number, horizon);
  refuse_here(f, f.ir.CreateICmpSGT(number, horizon));
  refuse_here(f, f.ir.CreateICmpSLT(number, limit(field.low)));
  if (field.high < evaluate::last_row_instant) refuse_here(f, f.ir.CreateICmpSGT(number, limit(field.high)));
}

// Fields that are always given, as a rule, lie side by side: their states are all 0, which is asked of up to eight at once.
void guard_given(Function& f, const std::vector<bool>& always_given) {
  llvm::Value* some = nullptr;
  for (uint32_t field = 0; field < always_given.size();) {
    uint32_t count = 0;
    while (field + count < always_given.size() && count < 8 && always_given[field + count]) ++count;
    while ((count & (count - 1)) != 0) count &= count - 1;  // whole words
    if (count == 0) {
      ++field;
      continue;
    }
    llvm::Value* at = f.ir.CreateConstInBoundsGEP1_64(f.ir.getInt8Ty(), f.states, field);
    llvm::Value* word = f.ir.CreateZExt(f.ir.CreateAlignedLoad(f.ir.getIntNTy(count * 8), at, llvm::Align(1)), f.ir.getInt64Ty());
    some = some == nullptr ? word : f.ir.CreateOr(some, word);
    field += count;
  }
  if (some != nullptr) refuse_here(f, f.ir.CreateICmpNE(some, f.ir.getInt64(0)));
}

// Steps that the wanted slots are made of, and those that say whether the row is usual.
std::vector<bool> needed_steps(const plan::Stage& stage, const std::vector<SlotId>& wanted) {
  std::vector<bool> needed(stage.steps.size(), false);
  for (SlotId slot : wanted) needed[slot.index] = true;
  for (SlotId refused : stage.refused) needed[refused.index] = true;
  if (stage.since.valid()) needed[stage.since.index] = true;
  for (size_t i = stage.steps.size(); i-- > 0;) {
    if (!needed[i]) continue;
    for (SlotId operand : stage.steps[i].operands) needed[operand.index] = true;
  }
  return needed;
}

// The step that makes a definition.
SlotId slot_of(const plan::Stage& stage, uint32_t definition) {
  for (const evaluate::DefinitionOut& out : stage.table.definitions) {
    if (out.definition != definition) continue;
    for (uint32_t i = 0; i < stage.steps.size(); ++i) {
      if (stage.steps[i].stored == out.slot) return SlotId{i};
    }
  }
  return {};
}

void begin(Function& f, const std::string& name) {
  f.slots.resize(f.stage.steps.size());
  llvm::Type* pointer = f.ir.getPtrTy();
  llvm::FunctionType* type = llvm::FunctionType::get(f.ir.getInt32Ty(), {pointer, pointer, pointer, pointer, pointer, pointer}, false);
  f.function = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, name, f.module);
  f.function->addFnAttr(llvm::Attribute::NoUnwind);
  for (unsigned i : {3u, 4u}) f.function->addParamAttr(i, llvm::Attribute::NoAlias);
  f.frame = f.function->getArg(0);
  f.numbers = f.function->getArg(1);
  f.states = f.function->getArg(2);
  f.row = f.ir.getInt64(0);
  f.ir.SetInsertPoint(llvm::BasicBlock::Create(f.module.getContext(), "entry", f.function));
  f.body = llvm::BasicBlock::Create(f.module.getContext(), "row", f.function);
  f.entry_end = f.ir.CreateBr(f.body);
  f.ir.SetInsertPoint(f.body);
}

// What rows choose by cannot be foreseen: no branch is made of it.
void choose_without_branches(Function& f) {
  llvm::MDNode* nothing = llvm::MDNode::get(f.module.getContext(), {});
  for (llvm::BasicBlock& block : *f.function) {
    for (llvm::Instruction& instruction : block) {
      if (llvm::isa<llvm::SelectInst>(instruction)) instruction.setMetadata(llvm::LLVMContext::MD_unpredictable, nothing);
    }
  }
}

void guard_given_states(Function& f, const std::vector<bool>& needed) {
  std::vector<bool> always_given;
  for (uint32_t i = 0; i < f.stage.steps.size(); ++i) {
    const Step& step = f.stage.steps[i];
    if (!needed[i] || step.op != Op::field) continue;
    const FieldTable& field = f.stage.table.fields[step.index];
    if (may_be_absent(field)) continue;
    if (always_given.size() <= field.field) always_given.resize(field.field + 1);
    always_given[field.field] = true;
  }
  guard_given(f, always_given);
}

// The caller's caller gets what another way comes to; nothing of this one is left on the stack.
void go_another_way(Function& f) {
  llvm::Type* pointer = f.ir.getPtrTy();
  llvm::FunctionType* type = llvm::FunctionType::get(f.ir.getInt32Ty(), {pointer, pointer, pointer, pointer}, false);
  llvm::Value* otherwise = f.ir.CreateLoad(pointer, f.ir.CreateConstInBoundsGEP1_64(f.ir.getInt8Ty(), f.frame, offsetof(evaluate::Frame, otherwise)));
  llvm::CallInst* call = f.ir.CreateCall(type, otherwise, {f.frame, f.function->getArg(5), f.function->getArg(3), f.function->getArg(4)});
  call->setTailCall();
  f.ir.CreateRet(call);
}

}  // namespace

void refuse_here(Function& f, llvm::Value* misfit) {
  llvm::BasicBlock* next = llvm::BasicBlock::Create(f.module.getContext(), "", f.function);
  f.ir.CreateCondBr(misfit, f.refused_end, next, llvm::MDBuilder(f.module.getContext()).createBranchWeights(1, 1 << 20));
  f.ir.SetInsertPoint(next);
  f.body = next;
}

void refuse(Function& f, llvm::Value* rows) {
  // What is the same for every row stands before the place at which a row can be refused.
  if (f.refused_end != nullptr && f.ir.GetInsertBlock() == f.body) return refuse_here(f, rows);
  f.unusual.push_back(rows);
}

Lanes emit_row_field(Function& f, const Step& step) {
  const FieldTable& field = f.stage.table.fields[step.index];
  Lanes out;
  llvm::Value* number = f.ir.CreateAlignedLoad(f.ir.getInt64Ty(), f.ir.CreateConstInBoundsGEP1_64(f.ir.getInt64Ty(), f.numbers, field.field), llvm::Align(8));
  llvm::Value* given = nullptr;
  if (may_be_absent(field)) {
    llvm::Value* state = byte_at(f, field.field);
    guard_state(f, field, state);
    given = f.ir.CreateICmpEQ(state, f.ir.getInt8(0));
    if (field.not_yet) out.mask(State::not_yet) = field.none ? is_state(f, state, State::not_yet) : f.ir.CreateNot(given);
    if (field.none) out.mask(State::none) = field.not_yet ? is_state(f, state, State::none) : f.ir.CreateNot(given);
  }
  guard_number(f, field, number, given);
  f.row_numbers[field.field] = number;
  out.number = as_lane(f, number, step.lane);
  if (step.horizon != evaluate::Horizon::none) hide_later(f, step, out);
  return out;
}

void emit_row(llvm::Module& module, const plan::Stage& stage, std::span<const uint32_t> definitions, const std::string& name) {
  Function f{module, llvm::IRBuilder<>(module.getContext()), stage, {}};
  std::vector<SlotId> wanted;
  for (uint32_t definition : definitions) wanted.push_back(slot_of(stage, definition));
  const std::vector<bool> needed = needed_steps(stage, wanted);
  begin(f, name);
  f.refused_end = llvm::BasicBlock::Create(module.getContext(), "refused", f.function);
  guard_given_states(f, needed);
  std::vector<bool> roots(stage.steps.size(), false);
  for (SlotId slot : wanted) roots[slot.index] = true;
  for (SlotId slot : stage.refused) roots[slot.index] = true;
  const std::vector<RowTable> tables = choose_tables(stage, needed, roots);
  f.row_tables = &tables;
  if (stage.since.valid()) emit_step(f, stage.since);
  for (SlotId slot : wanted) lanes_of(f, slot);
  for (SlotId slot : stage.refused) lanes_of(f, slot);
  f.ir.SetInsertPoint(f.body);
  llvm::Value* unusual = nullptr;
  for (llvm::Value* noted : f.unusual) unusual = either(f, unusual, as_truth(f, noted));
  for (SlotId slot : stage.refused) unusual = either(f, unusual, lanes_of(f, slot).number);
  if (unusual != nullptr) refuse_here(f, unusual);
  for (size_t i = 0; i < wanted.size(); ++i) {
    const Lanes& v = lanes_of(f, wanted[i]);
    llvm::Value* number = v.number == nullptr ? f.ir.getInt64(0) : as_integers(f, v.number, 64);
    f.ir.CreateAlignedStore(number, f.ir.CreateConstInBoundsGEP1_64(f.ir.getInt64Ty(), f.function->getArg(3), i), llvm::Align(8));
  }
  for (size_t i = 0; i < wanted.size(); ++i) {
    llvm::Value* state = bytes_from_states(f, lanes_of(f, wanted[i]));
    f.ir.CreateAlignedStore(state, f.ir.CreateConstInBoundsGEP1_64(f.ir.getInt8Ty(), f.function->getArg(4), i), llvm::Align(1));
  }
  f.ir.CreateRet(f.ir.getInt32(0));
  f.ir.SetInsertPoint(f.refused_end);
  go_another_way(f);
  choose_without_branches(f);
}

}  // namespace writ::emit
