// Positions in open time over lanes: a word a day, looked up for all rows of a group.
#include "emit/function.h"

namespace writ::emit {

namespace {

llvm::Value* table_of(Function& f, const std::vector<int32_t>& words) {
  llvm::Constant* data =
      llvm::ConstantDataArray::get(f.module.getContext(), llvm::ArrayRef<uint32_t>(reinterpret_cast<const uint32_t*>(words.data()), words.size()));
  for (llvm::GlobalVariable& global : f.module.globals()) {
    if (global.hasInitializer() && global.getInitializer() == data) return &global;
  }
  auto* global = new llvm::GlobalVariable(f.module, data->getType(), true, llvm::GlobalValue::PrivateLinkage, data);
  global->setAlignment(llvm::Align(64));
  return global;
}

llvm::Value* look_up(Function& f, const std::vector<int32_t>& words, llvm::Value* index) {
  llvm::Value* at = f.ir.CreateInBoundsGEP(f.ir.getInt32Ty(), table_of(f, words), index);
  if (f.width == 1) return f.ir.CreateAlignedLoad(f.ir.getInt32Ty(), at, llvm::Align(4));
  return f.ir.CreateMaskedGather(integers(f, 32), at, llvm::Align(4));
}

llvm::Value* within(Function& f, llvm::Value* number, llvm::Value* low, llvm::Value* high) {
  return f.ir.CreateBinaryIntrinsic(llvm::Intrinsic::smin, f.ir.CreateBinaryIntrinsic(llvm::Intrinsic::smax, number, low), high);
}

}  // namespace

llvm::Value* open_seconds_before(Function& f, const plan::DayTable& table, llvm::Value* seconds) {
  const auto number = [&](int64_t n) { return splat_bits(f, 32, n); };
  llvm::Value* known = within(f, seconds, number(table.known_from), number(table.known_until));
  llvm::Value* since = f.ir.CreateSub(known, number(table.first_second));
  llvm::Value* day = f.ir.CreateUDiv(since, number(86400));
  llvm::Value* of_day = f.ir.CreateSub(since, f.ir.CreateMul(day, number(86400)));
  llvm::Value* word = look_up(f, table.words, day);
  llvm::Value* opening = f.ir.CreateAnd(word, number((1 << plan::DayTable::opening_bits) - 1));
  llvm::Value* above = f.ir.CreateLShr(word, number(plan::DayTable::opening_bits));
  const bool alike = table.length != 0;
  llvm::Value* length = alike ? number(table.length) : f.ir.CreateMul(above, number(60));
  llvm::Value* before = alike ? f.ir.CreateMul(above, length) : look_up(f, table.before, day);
  return f.ir.CreateAdd(before, within(f, f.ir.CreateSub(of_day, opening), number(0), length));
}

Lanes emit_open_position(Function& f, const Step& step) {
  const plan::DayTable& table = f.stage.day_tables[step.index];
  Lanes out = strict_states(f, step);
  const Lanes& operand = lanes_of(f, step.operands[0]);
  llvm::Value* second = operand.number == nullptr ? splat_bits(f, 32, 0) : as_integers(f, operand.number, 32);
  llvm::Value* above = f.ir.CreateSub(second, splat_bits(f, 32, table.known_from));
  llvm::Value* beyond = f.ir.CreateICmpUGE(above, splat_bits(f, 32, table.known_until - table.known_from));
  out.mask(State::unknown) = either(f, out.mask(State::unknown), but_not(f, beyond, not_given(f, out)));
  out.number = as_lane(f, open_seconds_before(f, table, second), step.lane);
  return out;
}

}  // namespace writ::emit
