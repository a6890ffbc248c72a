// Operations over integer lanes, without a branch. Each gives what the value function of the same name gives for numbers of this size.
#include "emit/function.h"

namespace writ::emit {

namespace {

const Lanes& operand(Function& f, const Step& step, size_t i) { return lanes_of(f, step.operands[i]); }

bool all_in_lanes(const Function& f, const Step& step) {
  for (SlotId id : step.operands) {
    if (f.step(id).lane == Lane::whole) return false;
  }
  return true;
}

// A lane wide enough for both operands.
unsigned common_bits(const Function& f, const Step& step) {
  unsigned bits = 8;
  for (SlotId id : step.operands) bits = std::max(bits, bits_of(f.step(id).lane));
  return bits;
}

llvm::Value* number_as(Function& f, const Lanes& v, unsigned bits) { return v.number == nullptr ? splat_bits(f, bits, 0) : as_integers(f, v.number, bits); }

llvm::Value* truth_of(Function& f, const Lanes& v) { return v.number == nullptr ? all(f, false) : as_truth(f, v.number); }

// The states of a constant that has no number.
Lanes stateful(Function& f, State state) {
  Lanes out;
  out.mask(state) = all(f, true);
  return out;
}

Lanes emit_param(Function& f, const Step& step) {
  llvm::Value* params = frame_field(f, offsetof(evaluate::Frame, params), f.ir.getPtrTy());
  llvm::Value* at = f.ir.CreateConstInBoundsGEP1_64(f.ir.getInt8Ty(), params, step.index * sizeof(value::Value) + offsetof(value::Value, lo));
  Lanes out;
  out.number = as_lane(f, spread(f, f.ir.CreateLoad(f.ir.getInt64Ty(), at)), step.lane);
  return out;
}

// --- Truth ------------------------------------------------------------------------------------------------------------

// A false operand settles `and`, a true one `or`; then faults beat unknown. An absent operand is a fault, but settles nothing.
Lanes emit_logic(Function& f, const Step& step) {
  const bool is_and = step.op == Op::and_;
  const Lanes a = operand(f, step, 0);
  const Lanes b = operand(f, step, 1);
  if (not_given(f, a) == nullptr && not_given(f, b) == nullptr) {
    Lanes plain;
    plain.number = is_and ? f.ir.CreateAnd(truth_of(f, a), truth_of(f, b)) : f.ir.CreateOr(truth_of(f, a), truth_of(f, b));
    return plain;
  }
  const auto settles = [&](const Lanes& v) {
    llvm::Value* truth = truth_of(f, v);
    return but_not(f, is_and ? f.ir.CreateNot(truth) : truth, not_given(f, v));
  };
  llvm::Value* settled = either(f, settles(a), settles(b));
  Lanes out = strict_states(f, step, {&a, &b});
  for (size_t s = 1; s < out.masks.size(); ++s) out.masks[s] = but_not(f, out.masks[s], settled);
  out.number = is_and ? f.ir.CreateNot(settled) : settled;
  return out;
}

llvm::CmpInst::Predicate predicate_of(Op op) {
  if (op == Op::lt) return llvm::CmpInst::ICMP_SLT;
  if (op == Op::le) return llvm::CmpInst::ICMP_SLE;
  if (op == Op::gt) return llvm::CmpInst::ICMP_SGT;
  if (op == Op::ge) return llvm::CmpInst::ICMP_SGE;
  return op == Op::ne ? llvm::CmpInst::ICMP_NE : llvm::CmpInst::ICMP_EQ;
}

Lanes emit_order(Function& f, const Step& step) {
  Lanes out = strict_states(f, step);
  const unsigned bits = common_bits(f, step);
  out.number = f.ir.CreateICmp(predicate_of(step.op), number_as(f, operand(f, step, 0), bits), number_as(f, operand(f, step, 1), bits));
  return out;
}

// An absent operand equals only the same kind of absence.
Lanes emit_equality(Function& f, const Step& step) {
  const Lanes a = operand(f, step, 0);
  const Lanes b = operand(f, step, 1);
  Lanes out;
  out.mask(State::unknown) = either(f, a.mask(State::unknown), b.mask(State::unknown));
  add_fault(f, out, a.mask(State::fault), a.fault);
  add_fault(f, out, b.mask(State::fault), b.fault);
  const unsigned bits = common_bits(f, step);
  llvm::Value* equal = f.ir.CreateICmpEQ(number_as(f, a, bits), number_as(f, b, bits));
  if (llvm::Value* some_absent = either(f, absent(f, a), absent(f, b))) {
    llvm::Value* alike = either(f, both(f, a.mask(State::not_yet), b.mask(State::not_yet)), both(f, a.mask(State::none), b.mask(State::none)));
    equal = choose(f, some_absent, alike == nullptr ? all(f, false) : alike, equal);
  }
  out.number = step.op == Op::ne ? f.ir.CreateNot(equal) : equal;
  return out;
}

Lanes emit_not(Function& f, const Step& step) {
  Lanes out = strict_states(f, step);
  out.number = f.ir.CreateNot(truth_of(f, operand(f, step, 0)));
  return out;
}

Lanes emit_is_given(Function& f, const Step& step) {
  const Lanes& a = operand(f, step, 0);
  Lanes out;
  llvm::Value* gone = absent(f, a);
  out.number = gone == nullptr ? all(f, true) : f.ir.CreateNot(gone);
  out.mask(State::unknown) = a.mask(State::unknown);
  out.mask(State::fault) = a.mask(State::fault);
  out.fault = a.fault;
  return out;
}

Lanes emit_state_is(Function& f, const Step& step) {
  const Lanes& a = operand(f, step, 0);
  const auto asked = [&](State s) { return (step.number >> static_cast<int>(s) & 1) != 0; };
  llvm::Value* found = nullptr;
  for (State s : {State::not_yet, State::none, State::unknown, State::fault}) {
    if (asked(s)) found = either(f, found, a.mask(s));
  }
  if (asked(State::given)) {
    llvm::Value* not_there = not_given(f, a);
    found = either(f, found, not_there == nullptr ? all(f, true) : f.ir.CreateNot(not_there));
  }
  Lanes out;
  out.number = found == nullptr ? all(f, false) : found;
  return out;
}

Lanes emit_certainly(Function& f, const Step& step) {
  const Lanes& a = operand(f, step, 0);
  const Lane lane = f.step(step.operands[0]).lane;
  Lanes out;
  llvm::Value* equal = all(f, false);
  if (a.number != nullptr && lane == Lane::truth) {
    equal = step.number == 0 ? f.ir.CreateNot(a.number) : step.number == 1 ? a.number : equal;
  } else if (a.number != nullptr) {
    equal = f.ir.CreateICmpEQ(as_lane(f, a.number, lane), splat(f, lane, step.number));
  }
  out.number = but_not(f, equal, not_given(f, a));
  return out;
}

// --- Numbers ----------------------------------------------------------------------------------------------------------

// The plan has proved that the result fits its lane, so arithmetic modulo the lane is exact.
Lanes emit_arithmetic(Function& f, const Step& step) {
  Lanes out = strict_states(f, step);
  const unsigned bits = bits_of(step.lane == Lane::truth ? Lane::i8 : step.lane);
  const auto number = [&](size_t i) { return number_as(f, operand(f, step, i), bits); };
  llvm::Value* result = nullptr;
  if (step.op == Op::add || step.op == Op::add_duration) result = f.ir.CreateAdd(number(0), number(1));
  if (step.op == Op::sub) result = f.ir.CreateSub(number(0), number(1));
  if (step.op == Op::between) result = f.ir.CreateSub(number(1), number(0));
  if (step.op == Op::mul) result = f.ir.CreateMul(number(0), number(1));
  if (step.op == Op::neg) result = f.ir.CreateNeg(number(0));
  out.number = as_lane(f, result, step.lane);
  return out;
}

// An absent value stays absent at another scale.
Lanes emit_rescale(Function& f, const Step& step) {
  Lanes out = operand(f, step, 0);
  const unsigned bits = bits_of(step.lane == Lane::truth ? Lane::i8 : step.lane);
  const i128 factor = value::pow10(static_cast<int>(step.number));
  out.number = as_lane(f, f.ir.CreateMul(number_as(f, out, bits), splat_bits(f, bits, factor)), step.lane);
  return out;
}

Lanes emit_extreme(Function& f, const Step& step) {
  Lanes out = strict_states(f, step);
  const unsigned bits = common_bits(f, step);
  const llvm::Intrinsic::ID id = step.op == Op::min ? llvm::Intrinsic::smin : llvm::Intrinsic::smax;
  llvm::Value* result = f.ir.CreateBinaryIntrinsic(id, number_as(f, operand(f, step, 0), bits), number_as(f, operand(f, step, 1), bits));
  out.number = as_lane(f, result, step.lane);
  return out;
}

// Absent ones are passed over, doubt about one is doubt about the result.
Lanes emit_earliest(Function& f, const Step& step) {
  const Lanes a = operand(f, step, 0);
  const Lanes b = operand(f, step, 1);
  const unsigned bits = common_bits(f, step);
  llvm::Value* x = number_as(f, a, bits);
  llvm::Value* y = number_as(f, b, bits);
  const llvm::Intrinsic::ID id = step.op == Op::earliest ? llvm::Intrinsic::smin : llvm::Intrinsic::smax;
  llvm::Value* result = f.ir.CreateBinaryIntrinsic(id, x, y);
  llvm::Value* no_a = absent(f, a);
  llvm::Value* no_b = absent(f, b);
  result = choose(f, no_a, y, result);
  result = choose(f, no_b, x, result);
  Lanes out;
  out.number = as_lane(f, result, step.lane);
  // All absent: the absence of the first.
  out.mask(State::not_yet) = both(f, a.mask(State::not_yet), no_b);
  out.mask(State::none) = both(f, a.mask(State::none), no_b);
  out.mask(State::unknown) = either(f, a.mask(State::unknown), b.mask(State::unknown));
  add_fault(f, out, a.mask(State::fault), a.fault);
  add_fault(f, out, b.mask(State::fault), b.fault);
  return out;
}

// |x| divided by 10^drop and rounded, with the sign put back where there can be one. `bits` are enough for |x| + 10^drop.
llvm::Value* divide_rounded(Function& f, llvm::Value* x, i128 divisor, unsigned bits, value::Rounding rounding, bool signless) {
  llvm::Value* zero = splat_bits(f, bits, 0);
  llvm::Value* negative = signless ? all(f, false) : f.ir.CreateICmpSLT(x, zero);
  llvm::Value* size = f.ir.CreateSelect(negative, f.ir.CreateNeg(x), x);
  llvm::Value* d = splat_bits(f, bits, divisor);
  const auto with_bias = [&](llvm::Value* bias) { return f.ir.CreateUDiv(f.ir.CreateAdd(size, bias), d); };
  const auto constant_bias = [&](i128 bias) { return splat_bits(f, bits, bias); };
  llvm::Value* quotient = nullptr;
  switch (rounding) {
    case value::Rounding::half_up: quotient = with_bias(constant_bias(divisor / 2)); break;
    case value::Rounding::half_down: quotient = with_bias(constant_bias((divisor - 1) / 2)); break;
    case value::Rounding::up: quotient = with_bias(constant_bias(divisor - 1)); break;
    case value::Rounding::down: quotient = f.ir.CreateUDiv(size, d); break;
    case value::Rounding::floor: quotient = with_bias(f.ir.CreateSelect(negative, constant_bias(divisor - 1), zero)); break;
    case value::Rounding::ceiling: quotient = with_bias(f.ir.CreateSelect(negative, zero, constant_bias(divisor - 1))); break;
    case value::Rounding::half_even: {
      llvm::Value* down = f.ir.CreateUDiv(size, d);
      // Of an odd divisor nothing is half.
      llvm::Value* odd = divisor % 2 == 0 ? f.ir.CreateAnd(down, constant_bias(1)) : zero;
      quotient = with_bias(f.ir.CreateAdd(constant_bias((divisor - 1) / 2), odd));
      break;
    }
  }
  return f.ir.CreateSelect(negative, f.ir.CreateNeg(quotient), quotient);
}

std::optional<Lanes> emit_round(Function& f, const Step& step) {
  const int drop = static_cast<int>(step.index) - static_cast<int>(step.index2);
  const plan::Facts& facts = f.step(step.operands[0]).facts;
  if (drop > 18) return std::nullopt;
  const i128 divisor = step.number != 0 ? step.number : value::pow10(drop < 0 ? -drop : drop);
  unsigned bits = common_bits(f, step);
  if (drop > 0) {
    const i128 most = std::max(facts.high, -facts.low) + divisor;
    while (bits < 64 && most >= (i128{1} << (bits - 1))) bits *= 2;
    if (most >= (i128{1} << 63)) return std::nullopt;
  } else {
    bits = bits_of(step.lane == Lane::truth ? Lane::i8 : step.lane);
  }
  Lanes out = strict_states(f, step);
  llvm::Value* x = number_as(f, operand(f, step, 0), bits);
  if (drop > 0) x = divide_rounded(f, x, divisor, bits, step.rounding, facts.low >= 0);
  if (drop < 0) x = f.ir.CreateMul(x, splat_bits(f, bits, divisor));
  out.number = as_lane(f, x, step.lane);
  return out;
}

// A product with the inverse of the odd part, modulo the lane, is the quotient wherever that is exact (Warren, Hacker's Delight, 10-16).
Lanes emit_exact_quotient(Function& f, const Step& step) {
  const unsigned bits = bits_of(f.step(step.operands[0]).lane == Lane::truth ? Lane::i8 : f.step(step.operands[0]).lane);
  uint64_t odd = static_cast<uint64_t>(step.number);
  unsigned twos = 0;
  for (; odd % 2 == 0; odd /= 2) ++twos;
  Lanes out = strict_states(f, step);
  if (twos >= bits) {  // of what the lane holds it divides 0 alone
    out.number = splat(f, step.lane, 0);
    return out;
  }
  uint64_t inverse = odd;  // right in 3 bits; each round doubles them
  for (int i = 0; i < 5; ++i) inverse *= 2 - odd * inverse;
  llvm::Value* x = number_as(f, operand(f, step, 0), bits);
  x = f.ir.CreateAShr(x, splat_bits(f, bits, twos));
  out.number = as_lane(f, f.ir.CreateMul(x, splat_bits(f, bits, static_cast<i128>(inverse))), step.lane);
  return out;
}

// --- Choice -----------------------------------------------------------------------------------------------------------

Lanes emit_otherwise(Function& f, const Step& step) {
  const Lanes a = operand(f, step, 0);
  llvm::Value* gone = absent(f, a);
  Lanes out = merge(f, gone, operand(f, step, 1), a, step.lane);
  return out;
}

Lanes emit_select(Function& f, const Step& step) {
  const Lanes condition = operand(f, step, 0);
  const Lanes then = operand(f, step, 1);
  const Lanes otherwise = operand(f, step, 2);
  Lanes out = merge(f, truth_of(f, condition), then, otherwise, step.lane);
  if (llvm::Value* unsure = condition.mask(State::unknown)) {
    // Both branches the same given value: the condition does not matter.
    const auto number = [&](const Lanes& v) { return v.number == nullptr ? splat(f, step.lane, 0) : as_lane(f, v.number, step.lane); };
    llvm::Value* same = f.ir.CreateICmpEQ(number(then), number(otherwise));
    same = but_not(f, but_not(f, same, not_given(f, then)), not_given(f, otherwise));
    llvm::Value* lost = but_not(f, unsure, same);
    for (size_t s = 1; s < out.masks.size(); ++s) out.masks[s] = but_not(f, out.masks[s], unsure);
    out.number = choose(f, unsure, number(then), out.number);
    out.mask(State::unknown) = either(f, out.mask(State::unknown), lost);
  }
  Lanes broken;
  add_fault(f, broken, condition.mask(State::fault), condition.fault);
  add_fault(f, broken, absent(f, condition), key_of(f, step.point, Fault::absent));
  return merge(f, broken.mask(State::fault), broken, out, step.lane);
}

}  // namespace

std::optional<Lanes> emit_lanes(Function& f, SlotId id) {
  const Step& step = f.step(id);
  if (step.op == Op::constant) {
    Lanes out;
    out.number = splat(f, step.lane, step.number);
    return out;
  }
  if (step.op == Op::wide_constant) return step.state == State::given ? std::nullopt : std::optional(stateful(f, step.state));
  if (step.op == Op::deciding_case) return emit_deciding_case(f, id);
  if (!all_in_lanes(f, step)) return std::nullopt;
  switch (step.op) {
    case Op::field: return emit_field(f, step);
    case Op::live: return emit_live(f);
    case Op::param: return emit_param(f, step);
    case Op::as_of: {
      const size_t offset = !step.seconds                               ? offsetof(evaluate::Frame, as_of)
                            : step.rounding == value::Rounding::ceiling ? offsetof(evaluate::Frame, as_of_second_up)
                                                                        : offsetof(evaluate::Frame, as_of_second);
      Lanes out;
      out.number = as_lane(f, spread(f, frame_field(f, offset, f.ir.getInt64Ty())), step.lane);
      return out;
    }
    case Op::and_:
    case Op::or_: return emit_logic(f, step);
    case Op::not_: return emit_not(f, step);
    case Op::eq:
    case Op::ne: return emit_equality(f, step);
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge: return emit_order(f, step);
    case Op::is_given: return emit_is_given(f, step);
    case Op::state_is: return emit_state_is(f, step);
    case Op::certainly: return emit_certainly(f, step);
    case Op::add:
    case Op::sub:
    case Op::mul:
    case Op::neg:
    case Op::between: return emit_arithmetic(f, step);
    case Op::rescale: return emit_rescale(f, step);
    case Op::add_duration: {
      // Where the sum may leave 64 bits it is a fault, which the runtime function tells.
      const plan::Facts& a = f.step(step.operands[0]).facts;
      const plan::Facts& b = f.step(step.operands[1]).facts;
      if (a.low + b.low < INT64_MIN || a.high + b.high > INT64_MAX) return std::nullopt;
      return emit_arithmetic(f, step);
    }
    case Op::min:
    case Op::max: return emit_extreme(f, step);
    case Op::exact_quotient: return emit_exact_quotient(f, step);
    case Op::round: return emit_round(f, step);
    case Op::otherwise: return emit_otherwise(f, step);
    case Op::select: return emit_select(f, step);
    case Op::earliest:
    case Op::latest: return emit_earliest(f, step);
    case Op::decide: return emit_decide_lanes(f, id);
    case Op::look_up: return emit_look_up_lanes(f, id);
    case Op::open_position: return emit_open_position(f, step);
    case Op::judge:
    case Op::judge_open: return emit_judge_lanes(f, id);
    case Op::outcome_is: return emit_outcome_is_lanes(f, id);
    case Op::date_of:
    case Op::start_of_day:
    case Op::end_of_day:
    case Op::add_days:
    case Op::add_months:
    case Op::first_of_month:
    case Op::last_of_month:
    case Op::open_between:
    case Op::is_open:
    case Op::is_business_day:
    case Op::business_days_between:
    case Op::next_opening:
    case Op::next_closing:
    case Op::subtract_open:
    case Op::add_business_days:
    case Op::deadline_elapsed:
    case Op::deadline_open:
    case Op::deadline_business_days:
    case Op::deadline_days:
    case Op::deadline_months: return emit_time_lanes(f, id);
    case Op::constant:
    case Op::wide_constant:
    case Op::deciding_case:
    case Op::closed:
    case Op::period_start:
    case Op::period_end:
    case Op::div:
    case Op::history_at:
    case Op::history_first:
    case Op::judge_benchmark:
    case Op::aggregate:
    case Op::at_period:
    case Op::over_periods:
    case Op::prorate: return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace writ::emit
