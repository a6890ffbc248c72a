// Look-ups in tables of 16 for all rows of a group. The entries are what the step's own code makes of the leaves' values.
#include "emit/tables.h"

#include <llvm/Analysis/ConstantFolding.h>
#include <llvm/IR/IntrinsicsX86.h>

#include <algorithm>

#include "emit/function.h"

namespace writ::emit {

namespace {

// A leaf with its place in the index: value * stride.
struct Digit {
  SlotId slot;
  bool truth = false;
  int64_t low = 0;
  uint32_t values = 2, stride = 1;
};

// Numbers first: the first one needs no multiplication.
std::vector<Digit> digits_of(const Function& f, const std::vector<SlotId>& leaves) {
  std::vector<Digit> digits;
  for (const bool truth : {false, true}) {
    for (SlotId leaf : leaves) {
      const Step& step = f.step(leaf);
      if ((step.lane == Lane::truth) != truth) continue;
      const uint32_t stride = digits.empty() ? 1 : digits.back().stride * digits.back().values;
      const int64_t low = truth ? 0 : static_cast<int64_t>(step.facts.low);
      digits.push_back({leaf, truth, low, truth ? 2 : static_cast<uint32_t>(step.facts.high - step.facts.low) + 1, stride});
    }
  }
  return digits;
}

int64_t lowest_index(const std::vector<Digit>& digits) {
  int64_t lowest = 0;
  for (const Digit& digit : digits) lowest += digit.low * digit.stride;
  return lowest;
}

// Entries can be anywhere in the table as long as no index is negative: so small numbers need not be brought to 0.
bool needs_offset(const std::vector<Digit>& digits) {
  const int64_t lowest = lowest_index(digits);
  const bool negative = std::any_of(digits.begin(), digits.end(), [](const Digit& digit) { return digit.low < 0; });
  return negative || lowest + table_entries > 127;
}

using Entries = std::array<uint64_t, table_entries>;

// What the step is for each of the 16 indices; nothing if something in it is not known before the run.
std::optional<Entries> entries_of(Function& f, SlotId id, const std::vector<Digit>& digits) {
  Function g{f.module, llvm::IRBuilder<>(f.module.getContext()), f.stage, f.vectors, table_entries};
  g.slots.resize(f.stage.steps.size());
  g.function = llvm::Function::Create(llvm::FunctionType::get(g.ir.getVoidTy(), {g.ir.getPtrTy()}, false), llvm::GlobalValue::InternalLinkage, "", f.module);
  g.frame = g.function->getArg(0);
  g.ir.SetInsertPoint(llvm::BasicBlock::Create(f.module.getContext(), "", g.function));
  g.entry_end = g.ir.CreateRetVoid();
  for (const Digit& digit : digits) {
    std::vector<llvm::Constant*> values;
    llvm::Type* type = digit.truth ? g.ir.getInt1Ty() : g.ir.getInt8Ty();
    for (uint32_t i = 0; i < table_entries; ++i) {
      values.push_back(llvm::ConstantInt::get(type, static_cast<uint64_t>(digit.low + i / digit.stride % digit.values), true));
    }
    Lanes leaf;
    leaf.number = llvm::ConstantVector::get(values);
    g.slots[digit.slot.index].lanes = leaf;
  }
  const Lanes result = lanes_of(g, id);
  bool plain = g.unusual.empty() && not_given(g, result) == nullptr && result.number != nullptr;
  llvm::Value* number = result.number;
  for (llvm::Instruction& instruction : llvm::make_early_inc_range(g.function->getEntryBlock())) {
    if (&instruction == g.entry_end) break;
    llvm::Constant* folded = llvm::ConstantFoldInstruction(&instruction, f.module.getDataLayout());
    plain &= folded != nullptr;
    if (!plain) break;
    if (number == &instruction) number = folded;
    instruction.replaceAllUsesWith(folded);
  }
  Entries entries{};
  for (uint32_t i = 0; plain && i < table_entries; ++i) {
    const auto* constant = llvm::dyn_cast<llvm::Constant>(number);
    const auto* entry = constant == nullptr ? nullptr : llvm::dyn_cast_or_null<llvm::ConstantInt>(constant->getAggregateElement(i));
    plain &= entry != nullptr;
    if (plain) entries[i] = entry->getZExtValue();
  }
  g.function->eraseFromParent();
  return plain ? std::optional(entries) : std::nullopt;
}

// Bytes times a small number, as pairs of them: no product leaves its byte.
llvm::Value* times(Function& f, llvm::Value* bytes, uint32_t factor) {
  if (factor == 1) return bytes;
  llvm::Type* pairs = llvm::FixedVectorType::get(f.ir.getInt16Ty(), f.width / 2);
  llvm::Value* product = f.ir.CreateMul(f.ir.CreateBitCast(bytes, pairs), llvm::ConstantInt::get(pairs, factor));
  return f.ir.CreateBitCast(product, integers(f, 8));
}

llvm::Value* index_of(Function& f, const std::vector<Digit>& digits, bool offset) {
  llvm::Value* index = nullptr;
  for (const Digit& digit : digits) {
    llvm::Value* number = lanes_of(f, digit.slot).number;
    llvm::Value* part = nullptr;
    if (digit.truth) {
      part = f.ir.CreateSelect(as_truth(f, number), splat_bits(f, 8, digit.stride), splat_bits(f, 8, 0));
    } else {
      number = as_integers(f, number, 8);
      part = times(f, offset ? f.ir.CreateSub(number, splat_bits(f, 8, digit.low)) : number, digit.stride);
    }
    index = index == nullptr ? part : f.ir.CreateAdd(index, part);
  }
  return index;
}

// Parts of a group one after the other through `work`, and the results put together.
template <class Work>
llvm::Value* by_parts(Function& f, llvm::Value* vector, unsigned part, const Work& work) {
  const unsigned lanes = llvm::cast<llvm::FixedVectorType>(vector->getType())->getNumElements();
  if (part >= lanes) return work(vector);
  std::vector<llvm::Value*> parts;
  for (unsigned first = 0; first < lanes; first += part) parts.push_back(work(part_of(f, vector, first, part)));
  while (parts.size() > 1) {
    std::vector<llvm::Value*> pairs;
    for (size_t i = 0; i < parts.size(); i += 2) {
      const unsigned n = 2 * llvm::cast<llvm::FixedVectorType>(parts[i]->getType())->getNumElements();
      std::vector<int> order(n);
      for (unsigned k = 0; k < n; ++k) order[k] = static_cast<int>(k);
      pairs.push_back(f.ir.CreateShuffleVector(parts[i], parts[i + 1], order));
    }
    parts = std::move(pairs);
  }
  return parts.front();
}

// Each byte of the index chooses one of 16.
llvm::Value* choose_byte(Function& f, llvm::Value* index, const std::array<uint8_t, table_entries>& bytes) {
  const unsigned part = std::min(f.width, f.vectors.bytes);
  std::vector<uint8_t> table;
  while (table.size() < part) table.insert(table.end(), bytes.begin(), bytes.end());
  llvm::Value* constant = llvm::ConstantDataVector::get(f.module.getContext(), table);
  const llvm::Intrinsic::ID id = part == 64   ? llvm::Intrinsic::x86_avx512_pshuf_b_512
                                 : part == 32 ? llvm::Intrinsic::x86_avx2_pshuf_b
                                              : llvm::Intrinsic::x86_ssse3_pshuf_b_128;
  return by_parts(f, index, part, [&](llvm::Value* some) { return f.ir.CreateIntrinsic(id, {}, {constant, some}); });
}

// Each number of 32 bits, of a vector full of them.
llvm::Value* choose_word(Function& f, llvm::Value* index, const Entries& entries, unsigned words) {
  std::vector<uint32_t> table;
  for (unsigned i = 0; i < words; ++i) table.push_back(static_cast<uint32_t>(entries[i]));
  llvm::Value* constant = llvm::ConstantDataVector::get(f.module.getContext(), table);
  const llvm::Intrinsic::ID id = words == 16 ? llvm::Intrinsic::x86_avx512_permvar_si_512 : llvm::Intrinsic::x86_avx2_permd;
  return by_parts(f, f.ir.CreateZExt(index, integers(f, 32)), words, [&](llvm::Value* some) { return f.ir.CreateIntrinsic(id, {}, {constant, some}); });
}

// Lanes of twice the bits; null is 0.
llvm::Value* interleaved(Function& f, llvm::Value* low, llvm::Value* high, unsigned bits) {
  if (low == nullptr && high == nullptr) return nullptr;
  if (high == nullptr) return f.ir.CreateZExt(low, integers(f, 2 * bits));
  if (low == nullptr) low = splat_bits(f, bits, 0);
  std::vector<int> order;
  for (uint32_t i = 0; i < f.width; ++i) {
    order.push_back(static_cast<int>(i));
    order.push_back(static_cast<int>(i + f.width));
  }
  return f.ir.CreateBitCast(f.ir.CreateShuffleVector(low, high, order), integers(f, 2 * bits));
}

// Byte by byte of a wider number.
llvm::Value* choose_bytes(Function& f, llvm::Value* index, const Entries& entries, unsigned bits) {
  llvm::Value* planes[4] = {};
  for (unsigned plane = 0; plane < bits / 8; ++plane) {
    std::array<uint8_t, table_entries> bytes{};
    for (uint32_t i = 0; i < table_entries; ++i) bytes[i] = static_cast<uint8_t>(entries[i] >> (8 * plane));
    if (std::any_of(bytes.begin(), bytes.end(), [](uint8_t byte) { return byte != 0; })) planes[plane] = choose_byte(f, index, bytes);
  }
  llvm::Value* number = planes[0];
  if (bits >= 16) number = interleaved(f, planes[0], planes[1], 8);
  if (bits == 32) number = interleaved(f, number, interleaved(f, planes[2], planes[3], 8), 16);
  return number == nullptr ? splat_bits(f, bits, 0) : number;
}

// Words of a vector that the processor can choose from.
unsigned words_of_choice(const Function& f) {
  if (f.vectors.mask_registers) return 16;
  return f.vectors.bytes >= 32 ? 8 : 0;
}

}  // namespace

std::optional<Lanes> emit_table(Function& f, SlotId id, const std::vector<SlotId>& leaves) {
  const Step& step = f.step(id);
  const std::vector<Digit> digits = digits_of(f, leaves);
  std::optional<Entries> values = entries_of(f, id, digits);
  if (!values) return std::nullopt;
  const uint32_t count = digits.back().stride * digits.back().values;
  const bool offset = needs_offset(digits);
  const uint32_t turn = offset ? 0 : static_cast<uint32_t>(lowest_index(digits));
  const bool truth = step.lane == Lane::truth;
  const unsigned words = words_of_choice(f);
  const bool by_words = step.lane == Lane::i32 && count <= words && f.width >= words;
  Entries entries{};
  for (uint32_t i = 0; i < count; ++i) entries[(i + turn) % (by_words ? words : table_entries)] = truth ? 0xff * (*values)[i] : (*values)[i];
  llvm::Value* index = index_of(f, digits, offset);
  Lanes out;
  if (truth) {
    out.number = f.ir.CreateICmpSLT(choose_bytes(f, index, entries, 8), splat_bits(f, 8, 0));
  } else if (by_words) {
    out.number = choose_word(f, index, entries, words);
  } else {
    out.number = choose_bytes(f, index, entries, bits_of(step.lane));
  }
  return out;
}

}  // namespace writ::emit
