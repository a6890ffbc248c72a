// Decisions between cases over lanes: the rules of value::decide, with masks in the place of its branches.
#include "emit/function.h"

namespace writ::emit {

namespace {

struct Case {
  llvm::Value* holds = nullptr;   // guard true
  llvm::Value* unsure = nullptr;  // guard unknown; null: never
  Lanes broken;                   // guard faulty or absent: a fault
};

struct Decision {
  Function& f;
  const Step& step;
  const plan::Choice& choice;
  std::vector<Case> cases;
  llvm::Value* any_true = nullptr;

  Lanes result(uint32_t i) const { return lanes_of(f, step.operands[2 * i + 1]); }
};

Case read_guard(Function& f, const Step& step, uint32_t i) {
  const Lanes& guard = lanes_of(f, step.operands[2 * i]);
  Case one;
  llvm::Value* truth = guard.number == nullptr ? all(f, false) : as_truth(f, guard.number);
  one.holds = but_not(f, truth, not_given(f, guard));
  one.unsure = guard.mask(State::unknown);
  add_fault(f, one.broken, guard.mask(State::fault), guard.fault);
  add_fault(f, one.broken, absent(f, guard), key_of(f, step.point, Fault::absent));
  return one;
}

// Rows in which a case that overrides this one holds.
llvm::Value* defeated(const Decision& d, uint32_t i) {
  llvm::Value* rows = nullptr;
  if (d.choice.overridden_by.empty()) return nullptr;
  for (uint32_t k = 0; k < d.choice.cases; ++k) {
    if (overrides(d.choice, k, i)) rows = either(d.f, rows, d.cases[k].holds);
  }
  return rows;
}

// Can two winners differ? Only then must results be compared.
bool may_clash(const Decision& d) {
  for (uint32_t i = 0; i < d.choice.cases; ++i) {
    if (d.cases[i].unsure != nullptr) return true;
    for (uint32_t k = i + 1; k < d.choice.cases; ++k) {
      const bool apart = overrides(d.choice, k, i) || overrides(d.choice, i, k) || exclusive(d.choice, i, k);
      if (!apart && d.step.operands[2 * i + 1] != d.step.operands[2 * k + 1]) return true;
    }
  }
  return false;
}

// Rows in which two values are not the same: another state, another number, another fault.
llvm::Value* differ(Function& f, const Lanes& a, const Lanes& b, Lane lane) {
  const auto number = [&](const Lanes& v) { return v.number == nullptr ? splat(f, lane, 0) : as_lane(f, v.number, lane); };
  llvm::Value* rows = f.ir.CreateICmpNE(number(a), number(b));
  rows = but_not(f, rows, either(f, not_given(f, a), not_given(f, b)));  // numbers count where both are given
  for (size_t s = 1; s < a.masks.size(); ++s) {
    if (a.masks[s] != nullptr && b.masks[s] != nullptr) {
      rows = f.ir.CreateOr(rows, f.ir.CreateXor(a.masks[s], b.masks[s]));
    } else {
      rows = either(f, rows, either(f, a.masks[s], b.masks[s]));
    }
  }
  if (llvm::Value* faults = both(f, a.mask(State::fault), b.mask(State::fault))) {
    rows = f.ir.CreateOr(rows, f.ir.CreateAnd(faults, f.ir.CreateICmpNE(a.fault, b.fault)));
  }
  return rows;
}

// Without a possible clash the winner is the one case that holds and is not defeated.
Lanes only_winner(const Decision& d, Lanes base) {
  for (uint32_t i = d.choice.cases; i-- > 0;) {
    base = merge(d.f, but_not(d.f, d.cases[i].holds, defeated(d, i)), d.result(i), base, d.step.lane);
  }
  return base;
}

Lanes compared_winners(const Decision& d, const Lanes* base) {
  Function& f = d.f;
  const Lane lane = d.step.lane;
  Lanes first, results;  // the first winner; the faults and unknowns among all winners' results
  llvm::Value* have = all(f, false);
  llvm::Value* clash = all(f, false);
  llvm::Value* unsure = nullptr;
  const auto take = [&](llvm::Value* wins, const Lanes& result) {
    clash = f.ir.CreateOr(clash, both(f, f.ir.CreateAnd(wins, have), differ(f, first, result, lane)));
    first = merge(f, but_not(f, wins, have), result, first, lane);
    have = f.ir.CreateOr(have, wins);
    add_fault(f, results, both(f, wins, result.mask(State::fault)), result.fault);
    results.mask(State::unknown) = either(f, results.mask(State::unknown), both(f, wins, result.mask(State::unknown)));
  };
  for (uint32_t i = 0; i < d.choice.cases; ++i) {
    llvm::Value* beaten = defeated(d, i);
    llvm::Value* maybe = but_not(f, d.cases[i].unsure, beaten);
    take(but_not(f, either(f, d.cases[i].holds, d.cases[i].unsure), beaten), d.result(i));
    unsure = either(f, unsure, maybe);
  }
  llvm::Value* none_true = f.ir.CreateNot(d.any_true);
  if (base != nullptr) take(none_true, *base);

  // The base's place is empty: no value at all is one more thing that may win.
  llvm::Value* gap = base == nullptr && !d.choice.exhaustive ? none_true : nullptr;
  Lanes gap_fault;
  add_fault(f, gap_fault, gap != nullptr ? f.ir.CreateNot(have) : nullptr, key_of(f, d.step.point, Fault::gap));

  llvm::Value* open = either(f, clash, gap);  // not one and the same result
  Lanes conflict;
  add_fault(f, conflict, all(f, true), key_of(f, d.step.point, Fault::conflict));
  Lanes doubt;
  doubt.mask(State::unknown) = all(f, true);
  // From the weakest reason to the strongest.
  Lanes out = merge(f, open, conflict, first, lane);
  out = merge(f, both(f, open, results.mask(State::unknown)), doubt, out, lane);
  if (results.mask(State::fault) != nullptr) out = merge(f, both(f, open, results.mask(State::fault)), results, out, lane);
  out = merge(f, both(f, open, unsure), doubt, out, lane);
  return merge(f, gap_fault.mask(State::fault), gap_fault, out, lane);
}

}  // namespace

Lanes emit_decide_lanes(Function& f, SlotId id) {
  const Step& step = f.step(id);
  Decision d{f, step, f.stage.choices[step.index], {}, nullptr};
  for (uint32_t i = 0; i < d.choice.cases; ++i) {
    d.cases.push_back(read_guard(f, step, i));
    d.any_true = either(f, d.any_true, d.cases[i].holds);
  }
  Lanes base;
  const bool base_may_win = d.choice.has_base && !d.choice.exhaustive;
  if (base_may_win) base = lanes_of(f, step.operands.back());
  Lanes out;
  if (may_clash(d)) {
    out = compared_winners(d, base_may_win ? &base : nullptr);
  } else {
    if (d.choice.exhaustive) base = d.result(d.choice.cases - 1);  // wins where no other does
    if (!base_may_win && !d.choice.exhaustive) add_fault(f, base, all(f, true), key_of(f, step.point, Fault::gap));
    out = only_winner(d, base);
  }
  Lanes broken;
  for (uint32_t i = 0; i < d.choice.cases; ++i) {
    const Lanes& fault = d.cases[i].broken;
    add_fault(f, broken, but_not(f, fault.mask(State::fault), defeated(d, i)), fault.fault);
  }
  return merge(f, broken.mask(State::fault), broken, out, step.lane);
}

}  // namespace writ::emit
