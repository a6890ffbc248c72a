// In code for one row, what follows from a few small values is a table: one load in the place of a chain of comparisons. Nothing is worked
// out twice here: the entries are what the emitters of the steps fold to when their leaves are constants.
#include "emit/row_tables.h"

#include <llvm/Analysis/ConstantFolding.h>
#include <llvm/IR/Constants.h>

#include <algorithm>
#include <set>

#include "plan/operations.h"

namespace writ::emit {

namespace {

constexpr int64_t most_entries = 128;
constexpr int64_t most_values = 64;  // of a leaf
constexpr size_t most_all_entries = 4096;

// One number that is always given (or the row is refused), of few values.
bool is_small(const Step& step) {
  const plan::Facts& f = step.facts;
  const bool plain = f.given && !f.not_yet && !f.none && !f.unknown && !f.fault && f.certain && f.whole;
  return plain && step.lane != Lane::whole && f.low >= INT32_MIN && f.high <= INT32_MAX && f.high - f.low < most_values;
}

int64_t values_of(const Step& step) { return static_cast<int64_t>(step.facts.high - step.facts.low) + 1; }

bool is_constant(const Step& step) { return step.op == Op::constant || step.op == Op::wide_constant; }

int64_t entries_of(const plan::Stage& stage, const std::vector<uint32_t>& leaves) {
  int64_t entries = 1;
  for (uint32_t leaf : leaves) {
    entries *= values_of(stage.steps[leaf]);
    if (entries > most_entries) break;
  }
  return entries;
}

struct Chooser {
  const plan::Stage& stage;
  std::vector<uint32_t> uses;                 // by step, among the needed ones
  std::vector<bool> follows;                  // from `leaves` alone
  std::vector<bool> leaf;                     // stands for itself in what follows from it
  std::vector<std::vector<uint32_t>> leaves;  // by step
};

void choose_leaves(Chooser& c, uint32_t i) {
  const Step& step = c.stage.steps[i];
  if (is_constant(step)) {
    c.follows[i] = step.lane != Lane::whole;
    return;
  }
  bool follows = plan::reads_only_operands(step.op) && step.lane != Lane::whole;
  std::set<uint32_t> all;
  for (SlotId operand : step.operands) {
    if (c.leaf[operand.index]) {
      all.insert(operand.index);
    } else if (c.follows[operand.index]) {
      all.insert(c.leaves[operand.index].begin(), c.leaves[operand.index].end());
    } else {
      follows = false;
    }
  }
  std::vector<uint32_t> leaves(all.begin(), all.end());
  follows = follows && entries_of(c.stage, leaves) <= most_entries;
  c.follows[i] = follows;
  if (follows) c.leaves[i] = std::move(leaves);
  if (!is_small(step)) return;
  // What many small values come to a few of is a leaf for whatever is made of it.
  c.leaf[i] = !follows || (c.uses[i] >= 2 && 4 * values_of(step) <= entries_of(c.stage, c.leaves[i]));
}

// The steps between a step and its leaves, operands first, with itself.
void add_cone(const Chooser& c, uint32_t i, bool top, std::set<uint32_t>& cone) {
  if (cone.contains(i)) return;
  if (top || !c.leaf[i]) {
    for (SlotId operand : c.stage.steps[i].operands) add_cone(c, operand.index, false, cone);
  }
  cone.insert(i);
}

// About as many instructions as it takes to work it out.
uint64_t cost_of(const Chooser& c, uint32_t top, const std::set<uint32_t>& cone) {
  uint64_t cost = 0;
  for (uint32_t i : cone) {
    const Step& step = c.stage.steps[i];
    if (is_constant(step) || (i != top && c.leaf[i])) continue;
    cost += step.op == Op::decide ? step.operands.size() : 1;
  }
  return cost;
}

}  // namespace

std::vector<RowTable> choose_tables(const plan::Stage& stage, const std::vector<bool>& needed, const std::vector<bool>& roots) {
  const size_t count = stage.steps.size();
  Chooser c{stage, std::vector<uint32_t>(count), std::vector<bool>(count), std::vector<bool>(count), std::vector<std::vector<uint32_t>>(count)};
  for (uint32_t i = 0; i < count; ++i) {
    if (!needed[i]) continue;
    for (SlotId operand : stage.steps[i].operands) c.uses[operand.index] += 1;
  }
  for (uint32_t i = 0; i < count; ++i) {
    if (needed[i]) choose_leaves(c, i);
  }
  std::vector<bool> asked = roots;  // by something that is no table
  for (uint32_t i = 0; i < count; ++i) {
    if (!needed[i] || c.follows[i]) continue;
    for (SlotId operand : stage.steps[i].operands) asked[operand.index] = true;
  }
  std::vector<RowTable> tables(count);
  size_t all_entries = 0;
  for (uint32_t i = 0; i < count; ++i) {
    const bool made = needed[i] && c.follows[i] && !c.leaves[i].empty() && (asked[i] || c.leaf[i]);
    const plan::Facts& f = stage.steps[i].facts;
    if (!made || !f.given || f.not_yet || f.none) continue;
    std::set<uint32_t> cone;
    add_cone(c, i, true, cone);
    if (cost_of(c, i, cone) <= 2 * c.leaves[i].size() + 2) continue;
    all_entries += static_cast<size_t>(entries_of(stage, c.leaves[i]));
    if (all_entries > most_all_entries) break;
    tables[i].leaves = c.leaves[i];
    tables[i].cone.assign(cone.begin(), cone.end());
  }
  return tables;
}

namespace {

// What stands in these blocks, folded as far as it goes.
llvm::Value* folded(llvm::Value* value, std::initializer_list<llvm::BasicBlock*> blocks) {
  const llvm::DataLayout& layout = (*blocks.begin())->getModule()->getDataLayout();
  for (llvm::BasicBlock* block : blocks) {
    for (llvm::Instruction& instruction : *block) {
      llvm::Constant* constant = llvm::ConstantFoldInstruction(&instruction, layout);
      if (constant == nullptr) continue;
      instruction.replaceAllUsesWith(constant);
      if (value == &instruction) value = constant;
    }
  }
  return value;
}

struct Entry {
  bool known = false, refused = false, unknown = false;
  int64_t number = 0;
};

// A place for what the emitters make of constants, which is thrown away.
struct Aside {
  Function& f;
  llvm::IRBuilderBase::InsertPointGuard guard;
  llvm::BasicBlock* body;
  llvm::Instruction* entry_end;
  llvm::BasicBlock *first, *second;
  std::vector<Slot> slots;
  std::vector<llvm::Value*> refused;
  const std::vector<RowTable>* tables;
  llvm::BasicBlock* refused_end;

  Aside(Function& function, const RowTable& table) : f(function), guard(f.ir), body(f.body), entry_end(f.entry_end) {
    first = llvm::BasicBlock::Create(f.module.getContext(), "", f.function);
    second = llvm::BasicBlock::Create(f.module.getContext(), "", f.function);
    f.ir.SetInsertPoint(first);
    f.entry_end = f.ir.CreateBr(second);
    f.body = second;
    f.ir.SetInsertPoint(second);
    for (uint32_t i : table.cone) slots.push_back(std::exchange(f.slots[i], {}));
    refused = std::exchange(f.unusual, {});
    tables = std::exchange(f.row_tables, nullptr);
    refused_end = std::exchange(f.refused_end, nullptr);
  }
  void end(const RowTable& table) {
    for (size_t i = 0; i < table.cone.size(); ++i) f.slots[table.cone[i]] = slots[i];
    f.unusual = std::move(refused);
    f.row_tables = tables;
    f.refused_end = refused_end;
    f.body = body;
    f.entry_end = entry_end;
    second->dropAllReferences();
    first->dropAllReferences();
    second->eraseFromParent();
    first->eraseFromParent();
  }
};

Entry entry_at(Function& f, SlotId id, const RowTable& table, int64_t index) {
  Aside aside(f, table);
  for (size_t i = table.leaves.size(); i-- > 0;) {
    const Step& leaf = f.stage.steps[table.leaves[i]];
    Lanes v;
    v.number = splat(f, leaf.lane, leaf.facts.low + index % values_of(leaf));
    f.slots[table.leaves[i]].lanes = v;
    index /= values_of(leaf);
  }
  Entry entry;
  const Lanes& v = lanes_of(f, id);
  llvm::Value* number = v.number;
  if (number != nullptr) number = folded(f.ir.CreateSExtOrTrunc(as_integers(f, number, 64), f.ir.getInt64Ty()), {aside.first, aside.second});
  const auto* known = llvm::dyn_cast_or_null<llvm::ConstantInt>(number);
  entry.known = known != nullptr;
  if (known != nullptr) entry.number = known->getSExtValue();
  for (llvm::Value* truth : f.unusual) {
    const auto* constant = llvm::dyn_cast<llvm::ConstantInt>(truth);
    if (constant == nullptr) entry.known = false;
    if (constant != nullptr && !constant->isZero()) entry.refused = true;
  }
  if (v.mask(State::unknown) != nullptr) {
    const auto* constant = llvm::dyn_cast<llvm::ConstantInt>(folded(v.mask(State::unknown), {aside.first, aside.second}));
    if (constant == nullptr) entry.known = false;
    if (constant != nullptr && !constant->isZero()) entry.unknown = true;
  }
  if (entry.refused || entry.unknown) entry.known = true;
  aside.end(table);
  return entry;
}

llvm::Constant* array_of(Function& f, unsigned bits, const std::vector<int64_t>& numbers) {
  llvm::Type* type = f.ir.getIntNTy(bits);
  std::vector<llvm::Constant*> all;
  for (int64_t number : numbers) all.push_back(llvm::ConstantInt::get(type, static_cast<uint64_t>(number), true));
  llvm::Constant* data = llvm::ConstantArray::get(llvm::ArrayType::get(type, all.size()), all);
  auto* global = new llvm::GlobalVariable(f.module, data->getType(), true, llvm::GlobalValue::PrivateLinkage, data);
  global->setAlignment(llvm::Align(std::min<uint64_t>(64, llvm::PowerOf2Ceil(all.size() * bits / 8))));
  global->setUnnamedAddr(llvm::GlobalValue::UnnamedAddr::Global);
  return global;
}

}  // namespace

std::optional<Lanes> emit_row_table(Function& f, SlotId id) {
  const RowTable& table = (*f.row_tables)[id.index];
  const Step& step = f.step(id);
  int64_t entries = 1;
  for (uint32_t leaf : table.leaves) entries *= values_of(f.stage.steps[leaf]);
  std::vector<int64_t> numbers;
  bool some_refused = false, some_unknown = false;
  // No values of the step: they stand for rows that are refused, and that cannot be told.
  const bool above = step.facts.high <= INT64_MAX - 2;
  const i128 refused = above ? step.facts.high + 1 : step.facts.low - 1;
  const i128 unknown = above ? step.facts.high + 2 : step.facts.low - 2;
  for (int64_t index = 0; index < entries; ++index) {
    const Entry entry = entry_at(f, id, table, index);
    const bool number = !entry.refused && !entry.unknown;
    if (!entry.known || (number && (entry.number < step.facts.low || entry.number > step.facts.high))) return std::nullopt;
    some_refused |= entry.refused;
    some_unknown |= !entry.refused && entry.unknown;
    numbers.push_back(entry.refused ? static_cast<int64_t>(refused) : entry.unknown ? static_cast<int64_t>(unknown) : entry.number);
  }
  unsigned bits = 8;
  for (int64_t number : numbers) {
    while (bits < 64 && (number < -(int64_t{1} << (bits - 1)) || number >= int64_t{1} << (bits - 1))) bits *= 2;
  }
  llvm::Value* at = f.ir.getInt64(0);
  for (uint32_t i : table.leaves) {
    const Step& leaf = f.stage.steps[i];
    llvm::Value* value = lanes_of(f, SlotId{i}).number;
    // What was checked there need not be extended again.
    value = leaf.op == Op::field ? f.row_numbers.at(f.stage.table.fields[leaf.index].field) : as_integers(f, value, 64);
    llvm::Value* number = f.ir.CreateSub(value, f.ir.getInt64(static_cast<uint64_t>(leaf.facts.low)));
    at = f.ir.CreateAdd(f.ir.CreateMul(at, f.ir.getInt64(static_cast<uint64_t>(values_of(leaf)))), number);
  }
  llvm::Type* type = f.ir.getIntNTy(bits);
  llvm::Value* found = f.ir.CreateAlignedLoad(type, f.ir.CreateInBoundsGEP(type, array_of(f, bits, numbers), at), llvm::Align(bits / 8));
  const auto is = [&](i128 number) { return f.ir.CreateICmpEQ(found, llvm::ConstantInt::get(type, static_cast<uint64_t>(number), true)); };
  if (some_refused) refuse(f, is(refused));
  Lanes out;
  if (some_unknown) out.mask(State::unknown) = is(unknown);
  out.number = as_lane(f, found, step.lane);
  return out;
}

}  // namespace writ::emit
