// The frame, slots in memory, scratch space, and the two forms of a slot.
#include <cstddef>

#include "emit/row_tables.h"
#include "emit/tables.h"

namespace writ::emit {

namespace {

using evaluate::Frame;

// Code before the loop, whatever is being emitted at the moment.
struct InEntry {
  Function& f;
  llvm::IRBuilderBase::InsertPointGuard guard;
  explicit InEntry(Function& function) : f(function), guard(function.ir) { f.ir.SetInsertPoint(f.entry_end); }
};

}  // namespace

llvm::AllocaInst* scratch(Function& f, llvm::Type* type, uint64_t count) {
  llvm::IRBuilderBase::InsertPointGuard guard(f.ir);
  llvm::BasicBlock& entry = f.function->getEntryBlock();
  f.ir.SetInsertPoint(&entry, entry.getFirstInsertionPt());
  llvm::AllocaInst* memory = f.ir.CreateAlloca(llvm::ArrayType::get(type, count));
  memory->setAlignment(llvm::Align(64));
  return memory;
}

llvm::Value* frame_field(Function& f, size_t offset, llvm::Type* type) {
  InEntry in(f);
  return f.ir.CreateLoad(type, f.ir.CreateConstInBoundsGEP1_64(f.ir.getInt8Ty(), f.frame, offset));
}

llvm::Value* frame_pointer(Function& f, size_t array_offset, uint32_t index) {
  llvm::Value* array = frame_field(f, array_offset, f.ir.getPtrTy());
  InEntry in(f);
  return f.ir.CreateLoad(f.ir.getPtrTy(), f.ir.CreateConstInBoundsGEP1_64(f.ir.getPtrTy(), array, index));
}

namespace {

// A mask of the bits of a word where there are no mask registers: each row compares the byte that its bit is in. (Code generation takes a word
// that is a mask apart bit by bit.)
llvm::Value* spread_bits(Function& f, llvm::Value* word) {
  llvm::Value* bytes = f.ir.CreateBitCast(word, llvm::FixedVectorType::get(f.ir.getInt8Ty(), f.width / 8));
  std::vector<int> byte_of;
  std::vector<uint8_t> bit_of;
  for (uint32_t row = 0; row < f.width; ++row) {
    byte_of.push_back(static_cast<int>(row / 8));
    bit_of.push_back(static_cast<uint8_t>(1 << row % 8));
  }
  llvm::Value* bit = llvm::ConstantDataVector::get(f.module.getContext(), bit_of);
  return f.ir.CreateICmpEQ(f.ir.CreateAnd(f.ir.CreateShuffleVector(bytes, byte_of), bit), bit);
}

}  // namespace

llvm::Value* load_bits(Function& f, llvm::Value* bits) {
  llvm::Value* at = f.ir.CreateInBoundsGEP(f.ir.getInt8Ty(), bits, f.ir.CreateLShr(f.row, f.ir.getInt64(3)));
  if (f.width >= 8 && !f.vectors.mask_registers) return spread_bits(f, f.ir.CreateAlignedLoad(f.ir.getIntNTy(f.width), at, llvm::Align(1)));
  if (f.width >= 8) {
    return f.ir.CreateBitCast(f.ir.CreateAlignedLoad(f.ir.getIntNTy(f.width), at, llvm::Align(1)), mask_type(f));
  }
  assert(f.width == 1);
  llvm::Value* byte = f.ir.CreateAlignedLoad(f.ir.getInt8Ty(), at, llvm::Align(1));
  llvm::Value* shift = f.ir.CreateTrunc(f.ir.CreateAnd(f.row, f.ir.getInt64(7)), f.ir.getInt8Ty());
  return f.ir.CreateTrunc(f.ir.CreateLShr(byte, shift), f.ir.getInt1Ty());
}

llvm::Value* spill(Function& f, llvm::Value* vector) {
  const unsigned bits = vector->getType()->getScalarSizeInBits();
  llvm::Value* memory = scratch(f, f.ir.getIntNTy(bits), f.width);
  f.ir.CreateAlignedStore(vector, memory, llvm::Align(bits / 8));
  return memory;
}

llvm::Value* reload(Function& f, llvm::Value* memory, unsigned bits) { return f.ir.CreateAlignedLoad(integers(f, bits), memory, llvm::Align(bits / 8)); }

llvm::Value* taking_part(Function& f) {
  const SlotId admitted = f.stage.admitted;
  if (!admitted.valid() || f.stage.table.clean) return all(f, true);
  const bool known = admitted.index < f.first_step || f.slots[admitted.index].lanes;
  return known ? as_truth(f, lanes_of(f, admitted).number) : load_bits(f, frame_field(f, offsetof(evaluate::Frame, live), f.ir.getPtrTy()));
}

llvm::Value* row_of(Function& f, const Step& step) { return step.uniform ? f.ir.getInt64(0) : f.row; }

llvm::Value* slot_memory(Function& f, uint32_t stored, uint32_t bytes) {
  llvm::Value* base = frame_pointer(f, offsetof(Frame, slots), stored);
  return f.ir.CreateInBoundsGEP(f.ir.getInt8Ty(), base, f.ir.CreateMul(f.row, f.ir.getInt64(bytes)));
}

namespace {

llvm::Value* at_row(Function& f, llvm::Value* base, uint32_t bytes) {
  return f.ir.CreateInBoundsGEP(f.ir.getInt8Ty(), base, f.ir.CreateMul(f.row, f.ir.getInt64(bytes)));
}

llvm::Value* load_vector(Function& f, llvm::Value* pointer, unsigned bits) { return f.ir.CreateAlignedLoad(integers(f, bits), pointer, llvm::Align(bits / 8)); }
void store_vector(Function& f, llvm::Value* vector, llvm::Value* pointer) {
  f.ir.CreateAlignedStore(vector, pointer, llvm::Align(vector->getType()->getScalarSizeInBits() / 8));
}

unsigned memory_bits(Lane lane) { return lane == Lane::truth ? 8 : bits_of(lane); }

}  // namespace

void states_from_bytes(Function& f, const plan::Facts& facts, llvm::Value* bytes, Lanes& out) {
  const auto is = [&](State s) { return f.ir.CreateICmpEQ(bytes, splat_bits(f, 8, static_cast<int>(s))); };
  if (facts.not_yet) out.mask(State::not_yet) = is(State::not_yet);
  if (facts.none) out.mask(State::none) = is(State::none);
  if (facts.unknown) out.mask(State::unknown) = is(State::unknown);
  if (facts.fault) out.mask(State::fault) = is(State::fault);
}

llvm::Value* bytes_from_states(Function& f, const Lanes& v) {
  llvm::Value* bytes = splat_bits(f, 8, 0);
  for (size_t s = 1; s < v.masks.size(); ++s) bytes = choose(f, v.masks[s], splat_bits(f, 8, static_cast<int>(s)), bytes);
  return bytes;
}

Lanes load_slot(Function& f, const Step& step) {
  const evaluate::SlotTable& table = f.stage.table.slots[step.stored];
  Lanes out;
  const unsigned bits = memory_bits(step.lane);
  out.number = load_vector(f, slot_memory(f, step.stored, bits / 8), bits);
  if (step.lane == Lane::truth) out.number = as_truth(f, out.number);
  if (table.states) {
    llvm::Value* states = load_vector(f, at_row(f, frame_pointer(f, offsetof(Frame, slot_states), step.stored), 1), 8);
    states_from_bytes(f, step.facts, states, out);
  }
  if (table.faults) out.fault = load_vector(f, at_row(f, frame_pointer(f, offsetof(Frame, slot_faults), step.stored), 4), 32);
  return out;
}

void store_slot(Function& f, SlotId id) {
  const Step& step = f.step(id);
  if (step.lane == Lane::whole) {
    llvm::Value* to = slot_memory(f, step.stored, sizeof(value::Value));
    llvm::Value* from = whole_of(f, id);
    f.ir.CreateMemCpy(to, llvm::Align(16), from, llvm::Align(16), f.width * sizeof(value::Value));
    return;
  }
  const evaluate::SlotTable& table = f.stage.table.slots[step.stored];
  const Lanes& v = lanes_of(f, id);
  const unsigned bits = memory_bits(step.lane);
  llvm::Value* number = v.number == nullptr ? splat_bits(f, bits, 0) : as_integers(f, v.number, bits);
  store_vector(f, number, slot_memory(f, step.stored, bits / 8));
  if (table.states) store_vector(f, bytes_from_states(f, v), at_row(f, frame_pointer(f, offsetof(Frame, slot_states), step.stored), 1));
  if (table.faults && v.fault != nullptr) {
    store_vector(f, v.fault, at_row(f, frame_pointer(f, offsetof(Frame, slot_faults), step.stored), 4));
  }
}

namespace {

llvm::FunctionType* box_type(Function& f) {
  llvm::Type* pointer = f.ir.getPtrTy();
  return llvm::FunctionType::get(f.ir.getVoidTy(), {pointer, pointer, pointer, pointer, f.ir.getInt64Ty()}, false);
}

// Where lanes lie while they become whole values or are made of them: the same place every time.
const Passage& passage_of(Function& f) {
  if (f.passage.numbers == nullptr) {
    f.passage = {scratch(f, f.ir.getInt64Ty(), f.width), scratch(f, f.ir.getInt8Ty(), f.width), scratch(f, f.ir.getInt32Ty(), f.width)};
  }
  return f.passage;
}

llvm::Value* box(Function& f, const Lanes& v) {
  llvm::Value* out = scratch(f, f.ir.getInt8Ty(), f.width * sizeof(value::Value));
  const auto [numbers, states, faults] = passage_of(f);
  store_vector(f, v.number == nullptr ? splat_bits(f, 64, 0) : as_integers(f, v.number, 64), numbers);
  store_vector(f, bytes_from_states(f, v), states);
  if (v.fault != nullptr) store_vector(f, v.fault, faults);
  f.ir.CreateCall(declare(f, "writ_rt_box", box_type(f)), {out, numbers, states, faults, f.ir.getInt64(f.width)});
  return out;
}

Lanes unbox(Function& f, const Step& step, llvm::Value* whole) {
  const auto [numbers, states, faults] = passage_of(f);
  f.ir.CreateCall(declare(f, "writ_rt_unbox", box_type(f)), {whole, numbers, states, faults, f.ir.getInt64(f.width)});
  Lanes out;
  out.number = as_lane(f, load_vector(f, numbers, 64), step.lane);
  plan::Facts facts = step.facts;
  facts.unknown = step.can_be_unknown;
  facts.fault = step.can_fault;
  states_from_bytes(f, facts, load_vector(f, states, 8), out);
  if (facts.fault) out.fault = load_vector(f, faults, 32);
  return out;
}

}  // namespace

// Where code for a step stands: before the loop when it is the same for every row.
struct AtStep {
  llvm::IRBuilderBase::InsertPointGuard guard;
  AtStep(Function& f, SlotId id) : guard(f.ir) {
    if (f.step(id).uniform || f.body == nullptr) {
      f.ir.SetInsertPoint(f.entry_end);
    } else {
      f.ir.SetInsertPoint(f.body);
    }
    // What is made before the loop is of no row, and nobody stops there.
    if (!f.step(id).uniform || f.body == nullptr) at_step(f, id);
  }
};

namespace {

// A clean stage is not for rows that cannot be told or are at fault: from here on there are none.
void refuse_doubt(Function& f, Lanes& v) {
  if (!f.stage.table.clean) return;
  for (State s : {State::unknown, State::fault}) {
    if (s == State::unknown && f.stage.tells_unknown) continue;
    if (v.mask(s) != nullptr) refuse(f, v.mask(s));
    v.mask(s) = nullptr;
  }
  v.fault = nullptr;
}

// The same of whole values, whose states lie in memory. Intervals may stay unknown: what reads them asks.
void refuse_doubt(Function& f, const Step& step, llvm::Value* whole) {
  if (!f.stage.table.clean || !(step.can_fault || step.can_be_unknown)) return;
  llvm::Value* states = splat_bits(f, 8, 0);
  for (uint32_t row = 0; row < f.width; ++row) {
    llvm::Value* at = f.ir.CreateConstInBoundsGEP1_64(f.ir.getInt8Ty(), whole, row * sizeof(value::Value) + offsetof(value::Value, state));
    llvm::Value* state = f.ir.CreateLoad(f.ir.getInt8Ty(), at);
    states = f.width == 1 ? state : f.ir.CreateInsertElement(states, state, row);
  }
  const auto is = [&](State s) { return f.ir.CreateICmpEQ(states, splat_bits(f, 8, static_cast<int>(s))); };
  if (step.can_fault) f.unusual.push_back(is(State::fault));
  if (step.can_be_unknown && !step.facts.unknown) f.unusual.push_back(is(State::unknown));
}

}  // namespace

void emit_step(Function& f, SlotId id) {
  Slot& slot = f.slots[id.index];
  if (slot.lanes || slot.whole != nullptr) return;
  const Step& step = f.step(id);
  if (id.index < f.first_step && !step.uniform) {
    AtStep at(f, id);
    if (step.lane == Lane::whole) {
      slot.whole = slot_memory(f, step.stored, sizeof(value::Value));
    } else {
      slot.lanes = load_slot(f, step);
    }
    return;
  }
  if (f.row_tables != nullptr && !(*f.row_tables)[id.index].leaves.empty()) {
    for (uint32_t leaf : (*f.row_tables)[id.index].leaves) emit_step(f, SlotId{leaf});
    AtStep at(f, id);
    slot.lanes = emit_row_table(f, id);
    if (slot.lanes) return;
  }
  const bool by_table = f.tables != nullptr && !(*f.tables)[id.index].empty();
  if (by_table) {
    for (SlotId leaf : (*f.tables)[id.index]) emit_step(f, leaf);
    AtStep at(f, id);
    slot.lanes = emit_table(f, id, (*f.tables)[id.index]);
    if (slot.lanes) return;
  }
  for (SlotId operand : step.operands) emit_step(f, operand);
  AtStep at(f, id);
  if (step.lane != Lane::whole) slot.lanes = emit_lanes(f, id);
  if (slot.lanes) refuse_doubt(f, *slot.lanes);
  if (slot.lanes) return;
  emit_whole(f, id);
  if (f.numbers != nullptr) {
    // No step behind this one expects doubt about it, so it is looked at here.
    if (step.lane != Lane::whole && ((step.can_be_unknown && !f.stage.tells_unknown) || step.can_fault)) lanes_of(f, id);
  } else {
    refuse_doubt(f, step, slot.whole);
  }
}

const Lanes& lanes_of(Function& f, SlotId id) {
  emit_step(f, id);
  Slot& slot = f.slots[id.index];
  if (!slot.lanes) {
    const Step& step = f.step(id);
    assert(step.lane != Lane::whole);
    AtStep at(f, id);
    slot.lanes = unbox(f, step, slot.whole);
    refuse_doubt(f, *slot.lanes);
  }
  return *slot.lanes;
}

llvm::Value* whole_of(Function& f, SlotId id) {
  emit_step(f, id);
  Slot& slot = f.slots[id.index];
  if (slot.whole == nullptr) {
    AtStep at(f, id);
    slot.whole = box(f, *slot.lanes);
  }
  return slot.whole;
}

}  // namespace writ::emit
