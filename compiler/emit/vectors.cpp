// Vectors and masks.
#include "emit/function.h"

namespace writ::emit {

unsigned bits_of(Lane lane) {
  switch (lane) {
    case Lane::truth: return 1;
    case Lane::i8: return 8;
    case Lane::i16: return 16;
    case Lane::i32: return 32;
    case Lane::i64: return 64;
    case Lane::whole: break;
  }
  assert(false);
  return 64;
}

llvm::Type* integers(Function& f, unsigned bits) {
  llvm::Type* one = f.ir.getIntNTy(bits);
  return f.width == 1 ? one : llvm::FixedVectorType::get(one, f.width);
}
llvm::Value* spread(Function& f, llvm::Value* number) { return f.width == 1 ? number : f.ir.CreateVectorSplat(f.width, number); }
llvm::Type* lane_type(Function& f, Lane lane) { return integers(f, bits_of(lane)); }
llvm::Type* mask_type(Function& f) { return integers(f, 1); }

llvm::Value* part_of(Function& f, llvm::Value* vector, unsigned first, unsigned count) {
  std::vector<int> lanes;
  for (unsigned i = 0; i < count; ++i) lanes.push_back(static_cast<int>(first + i));
  return f.ir.CreateShuffleVector(vector, lanes);
}

llvm::Value* splat_bits(Function& f, unsigned bits, i128 number) {
  const uint64_t words[2] = {static_cast<uint64_t>(number), static_cast<uint64_t>(static_cast<value::u128>(number) >> 64)};
  const llvm::APInt wide(128, words);
  return llvm::ConstantInt::get(integers(f, bits), wide.trunc(bits));
}
llvm::Value* splat(Function& f, Lane lane, i128 number) { return splat_bits(f, bits_of(lane), number); }
llvm::Value* all(Function& f, bool value) { return splat_bits(f, 1, value ? 1 : 0); }

llvm::Value* as_integers(Function& f, llvm::Value* number, unsigned bits) {
  const unsigned from = number->getType()->getScalarSizeInBits();
  if (from == bits) return number;
  if (from > bits) return f.ir.CreateTrunc(number, integers(f, bits));
  return from == 1 ? f.ir.CreateZExt(number, integers(f, bits)) : f.ir.CreateSExt(number, integers(f, bits));
}

llvm::Value* as_truth(Function& f, llvm::Value* number) {
  if (number->getType()->getScalarSizeInBits() == 1) return number;
  return f.ir.CreateICmpNE(number, llvm::Constant::getNullValue(number->getType()));
}

llvm::Value* as_lane(Function& f, llvm::Value* number, Lane lane) { return lane == Lane::truth ? as_truth(f, number) : as_integers(f, number, bits_of(lane)); }

llvm::Value* both(Function& f, llvm::Value* a, llvm::Value* b) { return a == nullptr || b == nullptr ? nullptr : f.ir.CreateAnd(a, b); }

llvm::Value* either(Function& f, llvm::Value* a, llvm::Value* b) {
  if (a == nullptr || a == b) return b;
  return b == nullptr ? a : f.ir.CreateOr(a, b);
}

llvm::Value* but_not(Function& f, llvm::Value* a, llvm::Value* b) {
  if (a == nullptr || b == nullptr) return a;
  return f.ir.CreateAnd(a, f.ir.CreateNot(b));
}

llvm::Value* absent(Function& f, const Lanes& v) { return either(f, v.mask(State::not_yet), v.mask(State::none)); }

llvm::Value* not_given(Function& f, const Lanes& v) { return either(f, absent(f, v), either(f, v.mask(State::unknown), v.mask(State::fault))); }

llvm::Value* choose(Function& f, llvm::Value* mask, llvm::Value* then, llvm::Value* otherwise) {
  if (mask == nullptr || then == otherwise) return otherwise;
  return f.ir.CreateSelect(mask, then, otherwise);
}

llvm::Value* key_of(Function& f, uint32_t point, Fault fault) { return splat_bits(f, 32, evaluate::fault_key(point, fault)); }

void add_fault(Function& f, Lanes& v, llvm::Value* mask, llvm::Value* key) {
  if (mask == nullptr) return;
  // Rows without a fault hold the largest key, so that the smaller of two is the fault that counts.
  llvm::Value* here = f.ir.CreateSelect(mask, key, splat_bits(f, 32, -1));
  if (v.mask(State::fault) == nullptr) {
    v.fault = here;
  } else {
    llvm::Value* before = f.ir.CreateSelect(v.mask(State::fault), v.fault, splat_bits(f, 32, -1));
    v.fault = f.ir.CreateBinaryIntrinsic(llvm::Intrinsic::umin, before, here);
  }
  v.mask(State::fault) = either(f, v.mask(State::fault), mask);
  for (State s : {State::not_yet, State::none, State::unknown}) v.mask(s) = but_not(f, v.mask(s), mask);
}

Lanes merge(Function& f, llvm::Value* mask, const Lanes& then, const Lanes& otherwise, Lane lane) {
  const auto number = [&](const Lanes& v) { return v.number == nullptr ? llvm::Constant::getNullValue(lane_type(f, lane)) : as_lane(f, v.number, lane); };
  Lanes out;
  out.number = choose(f, mask, number(then), number(otherwise));
  for (size_t s = 1; s < out.masks.size(); ++s) out.masks[s] = either(f, both(f, then.masks[s], mask), but_not(f, otherwise.masks[s], mask));
  if (then.fault == nullptr || otherwise.fault == nullptr) {
    out.fault = then.fault != nullptr ? then.fault : otherwise.fault;
  } else {
    out.fault = choose(f, mask, then.fault, otherwise.fault);
  }
  return out;
}

Lanes strict_states(Function& f, const Step& step, std::initializer_list<const Lanes*> operands) {
  Lanes out;
  for (const Lanes* v : operands) {
    out.mask(State::unknown) = either(f, out.mask(State::unknown), v->mask(State::unknown));
  }
  for (const Lanes* v : operands) {
    add_fault(f, out, v->mask(State::fault), v->fault);
    add_fault(f, out, absent(f, *v), key_of(f, step.point, Fault::absent));
  }
  return out;
}

Lanes strict_states(Function& f, const Step& step) {
  assert(!step.operands.empty() && step.operands.size() <= 2);
  if (step.operands.size() == 1) return strict_states(f, step, {&lanes_of(f, step.operands[0])});
  const Lanes a = lanes_of(f, step.operands[0]);
  return strict_states(f, step, {&a, &lanes_of(f, step.operands[1])});
}

}  // namespace writ::emit
