// Operations over whole values: one call of a runtime function each.
#include <algorithm>

#include "emit/function.h"

namespace writ::emit {

std::string whole_name(Op op) {
  switch (op) {
    case Op::param: return "param";
    case Op::closed: return "closed";
    case Op::as_of: return "as_of";
    case Op::period_start: return "period_start";
    case Op::period_end: return "period_end";
    case Op::not_: return "not";
    case Op::and_: return "and";
    case Op::or_: return "or";
    case Op::eq: return "eq";
    case Op::ne: return "ne";
    case Op::lt: return "lt";
    case Op::le: return "le";
    case Op::gt: return "gt";
    case Op::ge: return "ge";
    case Op::is_given: return "is_given";
    case Op::state_is: return "state_is";
    case Op::certainly: return "certainly";
    case Op::add: return "add";
    case Op::sub: return "sub";
    case Op::mul: return "mul";
    case Op::neg: return "neg";
    case Op::div: return "div";
    case Op::min: return "min";
    case Op::max: return "max";
    case Op::rescale: return "rescale";
    case Op::round: return "round";
    case Op::otherwise: return "otherwise";
    case Op::select: return "select";
    case Op::earliest: return "earliest";
    case Op::latest: return "latest";
    case Op::add_duration: return "add_duration";
    case Op::between: return "between";
    case Op::date_of: return "date_of";
    case Op::start_of_day: return "start_of_day";
    case Op::end_of_day: return "end_of_day";
    case Op::add_days: return "add_days";
    case Op::add_months: return "add_months";
    case Op::first_of_month: return "first_of_month";
    case Op::last_of_month: return "last_of_month";
    case Op::open_between: return "open_between";
    case Op::is_open: return "is_open";
    case Op::is_business_day: return "is_business_day";
    case Op::business_days_between: return "business_days_between";
    case Op::next_opening: return "next_opening";
    case Op::next_closing: return "next_closing";
    case Op::subtract_open: return "subtract_open";
    case Op::add_business_days: return "add_business_days";
    case Op::deadline_elapsed: return "deadline_elapsed";
    case Op::deadline_open: return "deadline_open";
    case Op::deadline_business_days: return "deadline_business_days";
    case Op::deadline_days: return "deadline_days";
    case Op::deadline_months: return "deadline_months";
    case Op::history_at: return "history_at";
    case Op::history_first: return "history_first";
    case Op::judge: return "judge";
    case Op::outcome_is: return "outcome_is";
    case Op::judge_benchmark: return "judge_benchmark";
    case Op::aggregate: return "aggregate";
    case Op::at_period: return "at_period";
    case Op::over_periods: return "over_periods";
    case Op::prorate: return "prorate";
    case Op::constant:  // constants of the module
    case Op::wide_constant:
    case Op::field:  // always lanes
    case Op::live:
    case Op::open_position:
    case Op::judge_open:
    case Op::exact_quotient:
    case Op::decide:
    case Op::look_up:
    case Op::deciding_case: break;  // a function of its own kind
  }
  assert(false);
  return {};
}

llvm::Function* declare(Function& f, const std::string& name, llvm::FunctionType* type) {
  return llvm::cast<llvm::Function>(f.module.getOrInsertFunction(name, type).getCallee());
}

namespace {

llvm::Constant* bytes_constant(Function& f, const void* data, size_t size, unsigned alignment) {
  llvm::Constant* bytes = llvm::ConstantDataArray::getRaw(llvm::StringRef(static_cast<const char*>(data), size), size, f.ir.getInt8Ty());
  auto* global = new llvm::GlobalVariable(f.module, bytes->getType(), true, llvm::GlobalValue::PrivateLinkage, bytes);
  global->setAlignment(llvm::Align(alignment));
  global->setUnnamedAddr(llvm::GlobalValue::UnnamedAddr::Global);
  return global;
}

value::Value constant_value(const Step& step) {
  switch (step.op == Op::constant ? State::given : step.state) {
    case State::given: return value::given(step.number);
    case State::not_yet: return value::not_yet();
    case State::none: return value::none();
    case State::unknown: return value::unknown();
    case State::fault: break;
  }
  assert(false);
  return value::unknown();
}

llvm::Value* emit_constant(Function& f, const Step& step) {
  const std::vector<value::Value> copies(f.width, constant_value(step));
  return bytes_constant(f, copies.data(), copies.size() * sizeof(value::Value), 16);
}

llvm::Value* pointer_array(Function& f, const Step& step) {
  llvm::Value* array = scratch(f, f.ir.getPtrTy(), std::max<size_t>(step.operands.size(), 1));
  for (size_t i = 0; i < step.operands.size(); ++i) {
    llvm::Value* operand = whole_of(f, step.operands[i]);
    f.ir.CreateStore(operand, f.ir.CreateConstInBoundsGEP1_64(f.ir.getPtrTy(), array, i));
  }
  return array;
}

llvm::Value* emit_decide(Function& f, SlotId id, llvm::Value* out, llvm::Value* held) {
  llvm::Type* pointer = f.ir.getPtrTy();
  llvm::FunctionType* type = llvm::FunctionType::get(f.ir.getVoidTy(), {pointer, pointer, pointer, pointer, pointer, f.ir.getInt64Ty()}, false);
  const Step& step = f.step(id);
  llvm::Value* operands = pointer_array(f, step);
  const char* name = step.op == Op::decide ? "writ_rt_decide" : "writ_rt_look_up";
  return f.ir.CreateCall(declare(f, name, type), {f.frame, operation_constant(f, step), out, operands, held, f.ir.getInt64(f.width)});
}

llvm::Value* emit_whole_held(Function& f, SlotId id) {
  llvm::Value* out = scratch(f, f.ir.getInt8Ty(), f.width * sizeof(value::Value));
  llvm::Value* held = scratch(f, f.ir.getInt64Ty(), f.width);
  emit_decide(f, id, out, held);
  return reload(f, held, 64);
}

}  // namespace

// The layout of evaluate::Operation; the pointer at its end makes it a structure and not only bytes.
llvm::Constant* operation_constant(Function& f, const Step& step) {
  evaluate::Operation operation;
  operation.number_low = static_cast<int64_t>(step.number);
  operation.number_high = static_cast<int64_t>(step.number >> 64);
  operation.index = step.index;
  operation.index2 = step.index2;
  operation.predicate = step.predicate;
  operation.point = step.point;
  operation.rounding = static_cast<uint32_t>(step.rounding);
  operation.strict = step.strict ? 1 : 0;
  llvm::Constant* overridden = llvm::ConstantPointerNull::get(f.ir.getPtrTy());
  if (step.op == Op::decide) {
    const plan::Choice& choice = f.stage.choices[step.index];
    operation.cases = choice.cases;
    operation.words = choice.words;
    operation.has_base = choice.has_base ? 1 : 0;
    if (!choice.overridden_by.empty()) {
      overridden = bytes_constant(f, choice.overridden_by.data(), choice.overridden_by.size() * sizeof(uint64_t), 8);
    }
  }
  constexpr size_t plain = offsetof(evaluate::Operation, overridden_by);
  llvm::Constant* bytes = llvm::ConstantDataArray::getRaw(llvm::StringRef(reinterpret_cast<const char*>(&operation), plain), plain, f.ir.getInt8Ty());
  // The pointer has room for 64 bits, whatever the machine.
  const size_t room = sizeof(evaluate::Operation) - plain - f.module.getDataLayout().getPointerSize();
  llvm::Constant* rest = llvm::ConstantAggregateZero::get(llvm::ArrayType::get(f.ir.getInt8Ty(), room));
  llvm::Constant* whole = llvm::ConstantStruct::getAnon({bytes, overridden, rest});
  auto* global = new llvm::GlobalVariable(f.module, whole->getType(), true, llvm::GlobalValue::PrivateLinkage, whole);
  global->setAlignment(llvm::Align(8));
  return global;
}

void emit_whole(Function& f, SlotId id) {
  const Step& step = f.step(id);
  Slot& slot = f.slots[id.index];
  if (step.op == Op::constant || step.op == Op::wide_constant) {
    slot.whole = emit_constant(f, step);
    return;
  }
  llvm::Value* out = scratch(f, f.ir.getInt8Ty(), f.width * sizeof(value::Value));
  if (step.op == Op::decide || step.op == Op::look_up) {
    emit_decide(f, id, out, llvm::ConstantPointerNull::get(f.ir.getPtrTy()));
  } else {
    llvm::Type* pointer = f.ir.getPtrTy();
    llvm::Type* number = f.ir.getInt64Ty();
    llvm::FunctionType* type = llvm::FunctionType::get(f.ir.getVoidTy(), {pointer, pointer, pointer, pointer, number, number}, false);
    llvm::Value* operands = pointer_array(f, step);
    f.ir.CreateCall(declare(f, "writ_rt_" + whole_name(step.op), type),
                    {f.frame, operation_constant(f, step), out, operands, row_of(f, step), f.ir.getInt64(f.width)});
  }
  slot.whole = out;
}

llvm::Value* emit_held(Function& f, SlotId id) {
  const Step& step = f.step(id);
  if (step.op != Op::decide) {
    const bool lanes = step.lane != Lane::whole &&
                       std::all_of(step.operands.begin(), step.operands.end(), [&](SlotId operand) { return f.step(operand).lane != Lane::whole; });
    return lanes ? emit_look_up_held(f, id) : emit_whole_held(f, id);
  }
  const plan::Choice& choice = f.stage.choices[step.index];
  const uint32_t cases = choice.cases;
  bool lanes = cases <= value::most_held_bits;
  for (uint32_t i = 0; lanes && i < cases; ++i) lanes = f.step(step.operands[2 * i]).lane != Lane::whole;
  if (!lanes) return emit_whole_held(f, id);  // the decision itself says which held
  llvm::Value* word = splat_bits(f, 64, 0);
  for (uint32_t i = 0; i < cases; ++i) {
    const Lanes& guard = lanes_of(f, step.operands[2 * i]);
    llvm::Value* holds = guard.number == nullptr ? nullptr : but_not(f, as_truth(f, guard.number), not_given(f, guard));
    word = f.ir.CreateOr(word, choose(f, holds, splat_bits(f, 64, static_cast<i128>(uint64_t{1} << i)), splat_bits(f, 64, 0)));
  }
  return word;
}

}  // namespace writ::emit
