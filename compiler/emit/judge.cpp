// The outcome of a commitment over lanes. Questions are weighed from the last to the first, so that the first open one decides.
#include "emit/function.h"
#include "evaluate/codes.h"

namespace writ::emit {

namespace {

using evaluate::CommitmentCode;

struct Verdict {
  Function& f;
  const Step& step;
  Lanes out;

  Lanes code(CommitmentCode c) const {
    Lanes v;
    v.number = splat(f, step.lane, static_cast<int>(c));
    return v;
  }
  void decide(llvm::Value* rows, const Lanes& outcome) { out = merge(f, rows, outcome, out, step.lane); }
  void decide(llvm::Value* rows, CommitmentCode c) { decide(rows, code(c)); }
  void fault(llvm::Value* rows, Fault what) {
    Lanes broken;
    add_fault(f, broken, rows, key_of(f, step.point, what));
    decide(rows, broken);
  }
  // Unknown and faulty answers are passed on.
  void pass_on(const Lanes& v) {
    Lanes same;
    same.mask(State::unknown) = v.mask(State::unknown);
    same.mask(State::fault) = v.mask(State::fault);
    same.fault = v.fault;
    decide(either(f, v.mask(State::unknown), v.mask(State::fault)), same);
  }
};

llvm::Value* truth(Function& f, const Lanes& v) { return v.number == nullptr ? all(f, false) : as_truth(f, v.number); }

// Of a single row: both questions are answered, and there is a deadline.
bool plain_row(Function& f, const Lanes& applies, const Lanes& excused, const Lanes& due) {
  return f.numbers != nullptr && not_given(f, applies) == nullptr && not_given(f, excused) == nullptr && due.mask(State::none) == nullptr;
}

// Whether an end lies behind the instant at which `allowed` open seconds after a position have run out. With time that runs out at a
// closing, that instant is the first at which so much has been open; with the next opening, the last at which no more has.
llvm::Value* behind_open_time(Function& f, const Step& step, llvm::Value* end, llvm::Value* runs_out) {
  const plan::DayTable& table = f.stage.day_tables[step.index];
  const bool at_opening = table.runs_out_at_next_opening;
  if (!step.strict && !at_opening) end = f.ir.CreateSub(end, splat_bits(f, 32, 1));
  if (step.strict && at_opening) end = f.ir.CreateAdd(end, splat_bits(f, 32, 1));
  llvm::Value* open = open_seconds_before(f, table, end);
  return at_opening ? f.ir.CreateICmpUGT(open, runs_out) : f.ir.CreateICmpUGE(open, runs_out);
}

// A column of which no given instant lies after now.
bool is_seen(const Function& f, SlotId slot) {
  const Step& step = f.step(slot);
  return step.op == Op::field && f.stage.table.fields[step.index].seen != evaluate::Horizon::none;
}

}  // namespace

Lanes emit_judge_lanes(Function& f, SlotId id) {
  const Step& step = f.step(id);
  const Lanes applies = lanes_of(f, step.operands[0]);
  const Lanes excused = lanes_of(f, step.operands[1]);
  const Lanes from = lanes_of(f, step.operands[2]);
  const Lanes until = lanes_of(f, step.operands[3]);
  Lanes due = lanes_of(f, step.operands[4]);  // judge_open: the position of the start
  unsigned bits = 32;                         // of instants: all of them in one lane
  for (size_t i = 2; i < 5; ++i) bits = std::max(bits, bits_of(f.step(step.operands[i]).lane));
  const bool by_open_time = step.op == Op::judge_open;
  if (!step.seconds) bits = 64;
  const auto instant = [&](const Lanes& v) { return v.number == nullptr ? splat_bits(f, bits, 0) : as_integers(f, v.number, bits); };
  const llvm::CmpInst::Predicate late = step.strict ? llvm::CmpInst::ICMP_SGE : llvm::CmpInst::ICMP_SGT;

  // What is not done is late as soon as now is: one comparison answers for both.
  llvm::Value* not_done = absent(f, until);
  llvm::Value* end = until.number == nullptr ? nullptr : instant(until);
  if (not_done != nullptr) {
    // Deadlines are whole seconds there: `now > due` is asked of the second behind now, `now >= due` of the one before it.
    const size_t offset = !step.seconds ? offsetof(evaluate::Frame, as_of)
                          : step.strict ? offsetof(evaluate::Frame, as_of_second)
                                        : offsetof(evaluate::Frame, as_of_second_up);
    llvm::Value* now = as_integers(f, spread(f, frame_field(f, offset, f.ir.getInt64Ty())), bits);
    end = end == nullptr ? now : choose(f, not_done, now, end);
  }
  if (end == nullptr) end = instant(until);
  llvm::Value* is_late = nullptr;
  if (by_open_time) {
    llvm::Value* runs_out = f.ir.CreateAdd(instant(due), instant(lanes_of(f, step.operands[5])));
    is_late = behind_open_time(f, step, end, runs_out);
    // What runs out beyond the calendar cannot be told.
    due.mask(State::unknown) = either(f, due.mask(State::unknown), f.ir.CreateICmpUGE(runs_out, splat_bits(f, 32, f.stage.day_tables[step.index].total)));
  } else {
    is_late = f.ir.CreateICmp(late, end, instant(due));
  }
  Verdict v{f, step, {}};
  v.out = v.code(CommitmentCode::met);
  v.decide(not_done, CommitmentCode::pending);
  v.decide(is_late, CommitmentCode::missed);
  v.pass_on(until);
  v.pass_on(due);
  v.fault(due.mask(State::not_yet), Fault::absent);
  if (until.number != nullptr && f.numbers != nullptr) {
    // A single row is refused whatever else is so: `end` is the end where there is one, else now, which is seldom before the start.
    refuse(f, but_not(f, f.ir.CreateICmpSLT(end, instant(from)), absent(f, from)));
  } else if (until.number != nullptr) {
    // What is not done ends now, and no start lies after now that was compared with it; so none lies after a whole second around now.
    const bool ends_now = f.stage.table.clean && not_done != nullptr && is_seen(f, step.operands[2]);
    llvm::Value* reversed = f.ir.CreateICmpSLT(ends_now ? end : instant(until), instant(from));
    if (!ends_now) reversed = but_not(f, reversed, not_given(f, until));
    if (f.stage.table.clean) {
      // Such a row is unusual, excused or not.
      f.unusual.push_back(but_not(f, reversed, not_given(f, from)));
    } else {
      v.fault(reversed, Fault::order);
    }
  }
  v.pass_on(from);
  v.decide(absent(f, from), CommitmentCode::pending);
  if (plain_row(f, applies, excused, due)) {
    // One answer for every commitment with the same two questions.
    llvm::Value* apart = f.ir.CreateSelect(truth(f, applies), f.ir.getInt8(static_cast<uint8_t>(CommitmentCode::excused)),
                                           f.ir.getInt8(static_cast<uint8_t>(CommitmentCode::out_of_scope)));
    Lanes code;
    code.number = as_lane(f, apart, step.lane);
    v.decide(f.ir.CreateOr(f.ir.CreateNot(truth(f, applies)), truth(f, excused)), code);
    return v.out;
  }
  v.decide(truth(f, excused), CommitmentCode::excused);
  v.fault(absent(f, excused), Fault::absent);
  v.pass_on(excused);
  v.decide(due.mask(State::none), CommitmentCode::out_of_scope);
  v.decide(f.ir.CreateNot(truth(f, applies)), CommitmentCode::out_of_scope);
  v.fault(absent(f, applies), Fault::absent);
  v.pass_on(applies);
  return v.out;
}

Lanes emit_outcome_is_lanes(Function& f, SlotId id) {
  const Step& step = f.step(id);
  const Lanes a = lanes_of(f, step.operands[0]);
  const Lane lane = f.step(step.operands[0]).lane == Lane::truth ? Lane::i8 : f.step(step.operands[0]).lane;
  const auto is = [&](i128 code) -> llvm::Value* { return f.ir.CreateICmpEQ(as_lane(f, a.number, lane), splat(f, lane, code)); };
  Lanes out = strict_states(f, step);
  if (a.number == nullptr) {
    out.number = all(f, false);
    return out;
  }
  out.number = is(step.number);
  const i128 met = static_cast<int>(CommitmentCode::met);
  const i128 missed = static_cast<int>(CommitmentCode::missed);
  if (step.number == met || step.number == missed) {
    // A pending one may still become this.
    llvm::Value* pending = but_not(f, is(static_cast<int>(CommitmentCode::pending)), not_given(f, a));
    out.mask(State::unknown) = either(f, out.mask(State::unknown), pending);
    if (f.stage.table.clean) f.never.push_back({step.operands[0], static_cast<i128>(CommitmentCode::pending)});
  }
  return out;
}

}  // namespace writ::emit
