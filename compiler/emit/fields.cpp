// Columns of facts, read where they lie and checked on the way.
#include "emit/function.h"

namespace writ::emit {

namespace {

constexpr uint64_t line_bytes = 64;
constexpr uint64_t rows_ahead = 512;

// The states of a column of the host, and the rows in which it is given (null: all).
llvm::Value* load_states(Function& f, const evaluate::FieldTable& field, uint32_t column, Lanes& out) {
  if (evaluate::absences(field) == 0) return nullptr;
  llvm::Value* states = frame_pointer(f, offsetof(evaluate::Frame, column_states), column);
  if (evaluate::absences(field) == 1) {
    llvm::Value* given = load_bits(f, states);
    out.mask(field.not_yet ? State::not_yet : field.none ? State::none : State::unknown) = f.ir.CreateNot(given);
    return given;
  }
  llvm::Value* bytes = f.ir.CreateAlignedLoad(integers(f, 8), f.ir.CreateInBoundsGEP(f.ir.getInt8Ty(), states, f.row), llvm::Align(1));
  const auto is = [&](State s) { return f.ir.CreateICmpEQ(bytes, splat_bits(f, 8, static_cast<int>(s))); };
  if (field.not_yet) out.mask(State::not_yet) = is(State::not_yet);
  if (field.none) out.mask(State::none) = is(State::none);
  if (field.unknown) out.mask(State::unknown) = is(State::unknown);
  return is(State::given);
}

// The largest number of a group, from halves of it that are compared as a whole.
llvm::Value* largest(Function& f, llvm::Value* numbers, unsigned vector_lanes) {
  for (unsigned n = f.width; n > vector_lanes; n /= 2) {
    numbers = f.ir.CreateBinaryIntrinsic(llvm::Intrinsic::umax, part_of(f, numbers, 0, n / 2), part_of(f, numbers, n / 2, n / 2));
  }
  return numbers;
}

// Before the loop, as the span is.
llvm::Value* one_more(Function& f, llvm::Value* span) {
  const auto before = f.ir.saveIP();
  f.ir.SetInsertPoint(f.entry_end);
  llvm::Value* more = f.ir.CreateAdd(span, llvm::ConstantInt::get(span->getType(), 1));
  f.ir.restoreIP(before);
  return more;
}

// Notes whether some number of the group is not what the plan trusts it to be.
void guard_range(Function& f, const evaluate::FieldTable& field, llvm::Value* number, llvm::Value* given) {
  const unsigned bits = bits_of(field.lane);
  const i128 most = (i128{1} << (bits - 1)) - 1;
  if (field.low <= -most - 1 && field.high >= most && field.seen == evaluate::Horizon::none) return;
  llvm::Value* above = f.ir.CreateSub(number, splat_bits(f, bits, field.low));
  if (given != nullptr) above = f.ir.CreateSelect(given, above, splat_bits(f, bits, 0));
  const unsigned vector_lanes = std::max(1u, f.width * 8 / bits);  // a group is a vector of bytes
  llvm::Value* top = largest(f, above, vector_lanes);
  const unsigned lanes = f.width == 1 ? 1 : llvm::cast<llvm::FixedVectorType>(top->getType())->getNumElements();
  llvm::Value* span = trusted_span(f, field, bits);
  const auto splat_of = [&](llvm::Value* number) { return f.width == 1 ? number : f.ir.CreateVectorSplat(lanes, number); };
  if (f.vectors.mask_registers) {
    f.unusual.push_back(f.ir.CreateICmpUGT(top, splat_of(span)));
  } else if (bits <= 16) {
    // What is left of a number above its span is quicker than a comparison where there are instructions for it.
    f.unusual.push_back(f.ir.CreateBinaryIntrinsic(llvm::Intrinsic::usub_sat, top, splat_of(span)));
  } else {
    // `At least one more` is a maximum that is the number itself; `above` would have to be turned round.
    const bool any = static_cast<uint64_t>(field.high) - static_cast<uint64_t>(field.low) >= (bits == 64 ? UINT64_MAX : (uint64_t{1} << bits) - 1);
    f.unusual.push_back(any ? f.ir.CreateICmpUGT(top, splat_of(span)) : f.ir.CreateICmpUGE(top, splat_of(one_more(f, span))));
  }
}

}  // namespace

void hide_later(Function& f, const Step& step, Lanes& out) {
  const bool instants = step.horizon == evaluate::Horizon::instant;
  const size_t offset = !instants      ? offsetof(evaluate::Frame, as_of_date)
                        : step.seconds ? offsetof(evaluate::Frame, as_of_second)
                                       : offsetof(evaluate::Frame, as_of);
  const unsigned bits = instants && !step.seconds ? 64 : std::max(32u, static_cast<unsigned>(out.number->getType()->getScalarSizeInBits()));
  llvm::Value* horizon = spread(f, f.ir.CreateTrunc(frame_field(f, offset, f.ir.getInt64Ty()), f.ir.getIntNTy(bits)));
  llvm::Value* later = f.ir.CreateICmpSGT(as_integers(f, out.number, bits), horizon);
  out.mask(State::not_yet) = either(f, out.mask(State::not_yet), but_not(f, later, not_given(f, out)));
}

namespace {

// A group does too much for the processor to see the loads of the next one in time, so they are asked for ahead.
void ask_ahead(Function& f, llvm::Value* at, unsigned bits) {
  const uint64_t bytes = uint64_t{f.width} * bits / 8;
  if (bytes < line_bytes) return;
  for (uint64_t line = 0; line < bytes; line += line_bytes) {
    llvm::Value* ahead = f.ir.CreateConstGEP1_64(f.ir.getInt8Ty(), at, rows_ahead * bits / 8 + line);
    f.ir.CreateIntrinsic(llvm::Intrinsic::prefetch, {f.ir.getPtrTy()}, {ahead, f.ir.getInt32(0), f.ir.getInt32(3), f.ir.getInt32(1)});
  }
}

}  // namespace

llvm::Value* trusted_span(Function& f, const evaluate::FieldTable& field, unsigned bits) {
  llvm::Type* type = f.ir.getIntNTy(bits);
  llvm::Value* span = llvm::ConstantInt::get(type, static_cast<uint64_t>(field.high) - static_cast<uint64_t>(field.low));
  if (field.seen == evaluate::Horizon::none) return span;
  const auto before = f.ir.saveIP();
  f.ir.SetInsertPoint(f.entry_end);
  const size_t offset = field.seen == evaluate::Horizon::date ? offsetof(evaluate::Frame, as_of_date)
                        : field.unit != 1                     ? offsetof(evaluate::Frame, as_of_second)
                                                              : offsetof(evaluate::Frame, as_of);
  llvm::Value* horizon = f.ir.CreateTrunc(frame_field(f, offset, f.ir.getInt64Ty()), type);
  span = f.ir.CreateBinaryIntrinsic(llvm::Intrinsic::umin, span, f.ir.CreateSub(horizon, llvm::ConstantInt::get(type, static_cast<uint64_t>(field.low))));
  f.ir.restoreIP(before);
  return span;
}

Lanes emit_field(Function& f, const Step& step) {
  if (f.numbers != nullptr) return emit_row_field(f, step);
  const evaluate::FieldTable& field = f.stage.table.fields[step.index];
  const unsigned bits = bits_of(field.lane);
  llvm::Value* base = frame_pointer(f, offsetof(evaluate::Frame, columns), step.index);
  llvm::Value* at = f.ir.CreateInBoundsGEP(f.ir.getInt8Ty(), base, f.ir.CreateMul(f.row, f.ir.getInt64(bits / 8)));
  Lanes out;
  out.number = f.ir.CreateAlignedLoad(integers(f, bits), at, llvm::Align(bits / 8));
  ask_ahead(f, at, bits);
  llvm::Value* given = load_states(f, field, step.index, out);
  guard_range(f, field, out.number, given);
  if (step.horizon != evaluate::Horizon::none) hide_later(f, step, out);
  return out;
}

Lanes emit_live(Function& f) {
  Lanes out;
  out.number = load_bits(f, frame_field(f, offsetof(evaluate::Frame, live), f.ir.getPtrTy()));
  return out;
}

}  // namespace writ::emit
