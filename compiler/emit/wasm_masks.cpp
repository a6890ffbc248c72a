#include "emit/wasm_masks.h"

#include <llvm/ADT/MapVector.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/IntrinsicsWebAssembly.h>
#include <llvm/Transforms/Utils/Local.h>

namespace writ::emit {

namespace {

constexpr unsigned rows = 16;  // of a group; a vector has as many bytes

struct Masks {
  llvm::IRBuilder<> ir;
  llvm::MapVector<llvm::Value*, llvm::Value*> bytes;  // by mask: 0 or -1 a row

  llvm::Type* vector(unsigned bits, unsigned lanes) { return llvm::FixedVectorType::get(ir.getIntNTy(bits), lanes); }
};

bool is_vector(llvm::Type* type, unsigned lanes) {
  const auto* vector = llvm::dyn_cast<llvm::FixedVectorType>(type);
  return vector != nullptr && vector->getNumElements() == lanes && vector->getElementType()->isIntegerTy();
}
bool is_mask(llvm::Type* type) { return is_vector(type, rows) && type->getScalarSizeInBits() == 1; }
bool is_numbers(llvm::Type* type) {
  if (!is_vector(type, rows)) return false;
  const unsigned bits = type->getScalarSizeInBits();
  return bits == 8 || bits == 16 || bits == 32 || bits == 64;
}

// Rows [first, first + lanes) of a group.
llvm::Value* part_of(Masks& m, llvm::Value* group, unsigned first, unsigned lanes) {
  if (lanes == rows) return group;
  llvm::SmallVector<int> places;
  for (unsigned i = 0; i < lanes; ++i) places.push_back(static_cast<int>(first + i));
  return m.ir.CreateShuffleVector(group, places);
}

// A group from its parts, a power of two.
llvm::Value* joined(Masks& m, llvm::SmallVector<llvm::Value*> parts) {
  while (parts.size() > 1) {
    llvm::SmallVector<llvm::Value*> halves;
    for (size_t i = 0; i < parts.size(); i += 2) {
      const unsigned lanes = llvm::cast<llvm::FixedVectorType>(parts[i]->getType())->getNumElements();
      llvm::SmallVector<int> places;
      for (unsigned k = 0; k < 2 * lanes; ++k) places.push_back(static_cast<int>(k));
      halves.push_back(m.ir.CreateShuffleVector(parts[i], parts[i + 1], places));
    }
    parts = std::move(halves);
  }
  return parts.front();
}

llvm::Value* bytes_of(Masks& m, llvm::Value* mask) {
  const auto known = m.bytes.find(mask);
  return known != m.bytes.end() ? known->second : m.ir.CreateSExt(mask, m.vector(8, rows));
}

// Rows [first, first + 128 / bits) of a mask, 0 or -1 each: every byte as often as a number has bytes.
llvm::Value* wide_part(Masks& m, llvm::Value* bytes, unsigned bits, unsigned first) {
  if (bits == 8) return bytes;
  llvm::SmallVector<int> places;
  for (unsigned i = 0; i < rows; ++i) places.push_back(static_cast<int>(first + i * 8 / bits));
  return m.ir.CreateBitCast(m.ir.CreateShuffleVector(bytes, places), m.vector(bits, 128 / bits));
}

template <class Each>
llvm::Value* by_parts(Masks& m, unsigned bits, Each each) {
  const unsigned lanes = 128 / bits;
  llvm::SmallVector<llvm::Value*> parts;
  for (unsigned first = 0; first < rows; first += lanes) parts.push_back(each(first, lanes));
  return joined(m, std::move(parts));
}

llvm::Value* chosen(Masks& m, llvm::Value* mask, llvm::Value* then, llvm::Value* otherwise) {
  return m.ir.CreateOr(m.ir.CreateAnd(then, mask), m.ir.CreateAnd(otherwise, m.ir.CreateNot(mask)));
}

// Vectors of 0 and -1 as bytes: narrowing keeps both.
llvm::Value* narrowed(Masks& m, llvm::SmallVector<llvm::Value*> parts, unsigned bits) {
  for (; bits > 8; bits /= 2) {
    llvm::SmallVector<llvm::Value*> halves;
    for (size_t i = 0; i < parts.size(); i += 2) {
      if (bits == 64) {
        llvm::Type* words = m.vector(32, 4);
        halves.push_back(m.ir.CreateShuffleVector(m.ir.CreateBitCast(parts[i], words), m.ir.CreateBitCast(parts[i + 1], words), {0, 2, 4, 6}));
      } else {
        halves.push_back(
            m.ir.CreateIntrinsic(llvm::Intrinsic::wasm_narrow_signed, {m.vector(bits / 2, 256 / bits), m.vector(bits, 128 / bits)}, {parts[i], parts[i + 1]}));
      }
    }
    parts = std::move(halves);
  }
  return parts.front();
}

// WebAssembly orders numbers of 64 bits only by their sign: with it turned over, signed order is unsigned order.
llvm::Value* turned(Masks& m, llvm::Value* numbers) { return m.ir.CreateXor(numbers, llvm::ConstantInt::get(numbers->getType(), uint64_t{1} << 63)); }

llvm::Value* compared(Masks& m, llvm::ICmpInst& compare) {
  const unsigned bits = compare.getOperand(0)->getType()->getScalarSizeInBits(), lanes = 128 / bits;
  const bool turn = bits == 64 && compare.isUnsigned();
  const llvm::CmpInst::Predicate order = turn ? compare.getSignedPredicate() : compare.getPredicate();
  llvm::SmallVector<llvm::Value*> parts;
  for (unsigned first = 0; first < rows; first += lanes) {
    llvm::Value* a = part_of(m, compare.getOperand(0), first, lanes);
    llvm::Value* b = part_of(m, compare.getOperand(1), first, lanes);
    parts.push_back(m.ir.CreateSExt(m.ir.CreateICmp(order, turn ? turned(m, a) : a, turn ? turned(m, b) : b), m.vector(bits, lanes)));
  }
  return narrowed(m, std::move(parts), bits);
}

// A bit a row: each byte of the group gets the byte with its bit, and looks at that one.
llvm::Value* from_bits(Masks& m, llvm::Value* bits) {
  llvm::Value* words = m.ir.CreateInsertElement(llvm::Constant::getNullValue(m.vector(16, 8)), bits, uint64_t{0});
  llvm::SmallVector<int> places;
  llvm::SmallVector<llvm::Constant*> own;
  for (unsigned i = 0; i < rows; ++i) {
    places.push_back(static_cast<int>(i / 8));
    own.push_back(m.ir.getInt8(static_cast<uint8_t>(1u << i % 8)));
  }
  llvm::Constant* each = llvm::ConstantVector::get(own);
  llvm::Value* spread = m.ir.CreateShuffleVector(m.ir.CreateBitCast(words, m.vector(8, rows)), places);
  return m.ir.CreateSExt(m.ir.CreateICmpEQ(m.ir.CreateAnd(spread, each), each), m.vector(8, rows));
}

// What a mask is as bytes; null: of a kind that is left as it is.
llvm::Value* made_as_bytes(Masks& m, llvm::Instruction& mask) {
  if (auto* compare = llvm::dyn_cast<llvm::ICmpInst>(&mask)) return is_numbers(compare->getOperand(0)->getType()) ? compared(m, *compare) : nullptr;
  if (auto* choice = llvm::dyn_cast<llvm::SelectInst>(&mask)) {
    if (!is_mask(choice->getCondition()->getType())) return nullptr;
    return chosen(m, bytes_of(m, choice->getCondition()), bytes_of(m, choice->getTrueValue()), bytes_of(m, choice->getFalseValue()));
  }
  if (auto* binary = llvm::dyn_cast<llvm::BinaryOperator>(&mask)) {
    if (!binary->isBitwiseLogicOp()) return nullptr;
    return m.ir.CreateBinOp(binary->getOpcode(), bytes_of(m, binary->getOperand(0)), bytes_of(m, binary->getOperand(1)));
  }
  if (auto* cast = llvm::dyn_cast<llvm::BitCastInst>(&mask)) return cast->getSrcTy()->isIntegerTy(rows) ? from_bits(m, cast->getOperand(0)) : nullptr;
  if (auto* load = llvm::dyn_cast<llvm::LoadInst>(&mask)) {
    return from_bits(m, m.ir.CreateAlignedLoad(m.ir.getIntNTy(rows), load->getPointerOperand(), load->getAlign()));
  }
  if (llvm::isa<llvm::FreezeInst>(mask)) return m.ir.CreateFreeze(bytes_of(m, mask.getOperand(0)));
  return nullptr;
}

// What a user of a mask makes from its bytes; null: it takes the mask itself.
llvm::Value* used_as_bytes(Masks& m, llvm::Instruction& user) {
  if (auto* choice = llvm::dyn_cast<llvm::SelectInst>(&user)) {
    if (!is_mask(choice->getCondition()->getType()) || !is_numbers(user.getType())) return nullptr;
    llvm::Value* mask = bytes_of(m, choice->getCondition());
    const unsigned bits = user.getType()->getScalarSizeInBits();
    return by_parts(m, bits, [&](unsigned first, unsigned lanes) {
      return chosen(m, wide_part(m, mask, bits, first), part_of(m, choice->getTrueValue(), first, lanes), part_of(m, choice->getFalseValue(), first, lanes));
    });
  }
  if (llvm::isa<llvm::SExtInst, llvm::ZExtInst>(user) && is_mask(user.getOperand(0)->getType()) && is_numbers(user.getType())) {
    llvm::Value* mask = bytes_of(m, user.getOperand(0));
    const unsigned bits = user.getType()->getScalarSizeInBits();
    return by_parts(m, bits, [&](unsigned first, unsigned lanes) -> llvm::Value* {
      llvm::Value* part = wide_part(m, mask, bits, first);
      return llvm::isa<llvm::SExtInst>(user) ? part : m.ir.CreateAnd(part, llvm::ConstantInt::get(m.vector(bits, lanes), 1));
    });
  }
  if (llvm::isa<llvm::BitCastInst>(user) && is_mask(user.getOperand(0)->getType()) && user.getType()->isIntegerTy(rows)) {
    llvm::Value* bits = m.ir.CreateIntrinsic(llvm::Intrinsic::wasm_bitmask, {m.vector(8, rows)}, {bytes_of(m, user.getOperand(0))});
    return m.ir.CreateTrunc(bits, user.getType());
  }
  return nullptr;
}

// The larger or the smaller of unsigned numbers of 64 bits; null: the user is none.
llvm::Value* extreme(Masks& m, llvm::Instruction& user) {
  auto* call = llvm::dyn_cast<llvm::IntrinsicInst>(&user);
  if (call == nullptr || !user.getType()->isVectorTy() || user.getType()->getScalarSizeInBits() != 64) return nullptr;
  const bool largest = call->getIntrinsicID() == llvm::Intrinsic::umax;
  if (!largest && call->getIntrinsicID() != llvm::Intrinsic::umin) return nullptr;
  llvm::Value *a = call->getArgOperand(0), *b = call->getArgOperand(1);
  llvm::Value* above = m.ir.CreateSExt(m.ir.CreateICmpSGT(turned(m, a), turned(m, b)), user.getType());
  return largest ? chosen(m, above, a, b) : chosen(m, above, b, a);
}

void widen_masks(llvm::Function& function) {
  Masks m{llvm::IRBuilder<>(function.getContext()), {}};
  llvm::SmallVector<llvm::Instruction*> all;
  for (llvm::Instruction& each : llvm::instructions(function)) all.push_back(&each);
  for (llvm::Instruction* each : all) {
    if (llvm::isa<llvm::PHINode>(each)) continue;
    m.ir.SetInsertPoint(each);
    if (is_mask(each->getType())) {
      if (llvm::Value* bytes = made_as_bytes(m, *each)) m.bytes[each] = bytes;
    } else if (llvm::Value* instead = used_as_bytes(m, *each)) {
      each->replaceAllUsesWith(instead);
    } else if (llvm::Value* other = extreme(m, *each)) {
      each->replaceAllUsesWith(other);
    }
  }
  // Whoever still takes a mask itself gets it from its bytes, so that it is not computed twice.
  for (llvm::Instruction* each : llvm::reverse(all)) {
    if (llvm::isInstructionTriviallyDead(each)) {
      m.bytes.erase(each);
      each->eraseFromParent();
    }
  }
  for (const auto& [mask, bytes] : m.bytes) {
    auto* made = llvm::cast<llvm::Instruction>(mask);
    m.ir.SetInsertPoint(made);
    made->replaceAllUsesWith(m.ir.CreateICmpSLT(bytes, llvm::Constant::getNullValue(m.vector(8, rows))));
    made->eraseFromParent();
  }
}

}  // namespace

void widen_masks(llvm::Module& module) {
  for (llvm::Function& function : module) {
    if (!function.isDeclaration()) widen_masks(function);
  }
}

}  // namespace writ::emit
