// What tables are indexed by, and where they pay: as technology mapping for look-up tables of programmable logic does it, with cuts that are
// put together from those of the operands (Cong and Ding, FlowMap, 1994; Mishchenko et al., priority cuts, 2007).
#include <algorithm>

#include "emit/tables.h"
#include "plan/operations.h"

namespace writ::emit {

namespace {

using evaluate::Lane;
using plan::Op;
using plan::SlotId;
using plan::Stage;
using plan::Step;

// Cuts of a step that are kept: those with the fewest leaves.
constexpr size_t most_cuts = 12;

bool always_given(const Step& step) { return !step.facts.not_yet && !step.facts.none; }

// Its values can be counted. (What is unknown or at fault in a clean stage is noted where it arises.)
bool may_be_leaf(const Step& step) {
  if (step.uniform || !always_given(step) || !plan::spans_at_most(step.facts, table_entries - 1)) return false;
  return step.lane == Lane::truth || step.lane == Lane::i8;
}

uint32_t values_of(const Step& step) { return step.lane == Lane::truth ? 2 : static_cast<uint32_t>(step.facts.high - step.facts.low) + 1; }

// It depends on nothing but the numbers of its operands.
bool may_be_folded(const Step& step) {
  if (step.uniform || !always_given(step) || step.can_be_unknown || step.can_fault) return false;
  if (step.lane == Lane::whole || step.lane == Lane::i64) return false;
  return plan::reads_only_operands(step.op);
}

bool before(SlotId a, SlotId b) { return a.index < b.index; }

// The leaves of both, unless there are too many values.
bool join(const Stage& stage, const Cut& a, const Cut& b, Cut& out) {
  out = {};
  std::set_union(a.leaves.begin(), a.leaves.end(), b.leaves.begin(), b.leaves.end(), std::back_inserter(out.leaves), before);
  for (SlotId leaf : out.leaves) {
    out.entries *= values_of(stage.steps[leaf.index]);
    if (out.entries > table_entries) return false;
  }
  return true;
}

void keep_best(std::vector<Cut>& cuts) {
  std::sort(cuts.begin(), cuts.end(), [](const Cut& a, const Cut& b) {
    if (a.leaves.size() != b.leaves.size()) return a.leaves.size() < b.leaves.size();
    if (a.entries != b.entries) return a.entries < b.entries;
    return std::lexicographical_compare(a.leaves.begin(), a.leaves.end(), b.leaves.begin(), b.leaves.end(), before);
  });
  cuts.erase(std::unique(cuts.begin(), cuts.end(), [](const Cut& a, const Cut& b) { return a.leaves == b.leaves; }), cuts.end());
  if (cuts.size() > most_cuts) cuts.resize(most_cuts);
}

std::vector<uint32_t> functions_of(const Stage& stage) {
  std::vector<uint32_t> functions(stage.steps.size(), 0);
  uint32_t function = 0;
  for (uint32_t i = 0; i < stage.steps.size(); ++i) {
    while (function + 1 < stage.cuts.size() && i >= stage.cuts[function + 1]) ++function;
    functions[i] = function;
  }
  return functions;
}

// The ways in which an operand can be told: what it is made of, or itself.
std::vector<Cut> ways_of(const Stage& stage, const Cuts& cuts, SlotId operand) {
  const Step& step = stage.steps[operand.index];
  if (step.op == Op::constant) return {Cut{}};
  std::vector<Cut> ways = cuts[operand.index];
  if (may_be_leaf(step)) ways.push_back({{operand}, values_of(step)});
  return ways;
}

std::vector<Cut> cuts_of(const Stage& stage, const Cuts& cuts, const Step& step) {
  std::vector<Cut> all{Cut{}};
  std::vector<SlotId> operands = step.operands;
  std::sort(operands.begin(), operands.end(), before);
  operands.erase(std::unique(operands.begin(), operands.end()), operands.end());
  for (SlotId operand : operands) {
    std::vector<Cut> joined;
    for (const Cut& way : ways_of(stage, cuts, operand)) {
      for (const Cut& cut : all) {
        Cut both;
        if (join(stage, cut, way, both)) joined.push_back(std::move(both));
      }
    }
    keep_best(joined);
    all = std::move(joined);
  }
  return all;
}

// --- What it costs, in instructions over a vector of bytes ----------------------------------------------------------------

struct Prices {
  uint32_t select;  // without an instruction of three operands, the mask must be brought into its place
  uint32_t widen;   // bring a mask to lanes of 32 bits
};

Prices prices_of(const Vectors& vectors) {
  if (vectors.mask_registers) return {1, 3};
  return vectors.bytes >= 32 ? Prices{1, 7} : Prices{3, 6};
}

uint32_t lane_factor(Lane lane) { return lane == Lane::i32 ? 4 : lane == Lane::i16 ? 2 : 1; }

uint32_t worked_out(const Step& step, const Prices& prices) {
  const uint32_t vectors = lane_factor(step.lane);
  const uint32_t choice = vectors * prices.select + (vectors > 1 ? prices.widen : 0);
  if (step.op == Op::decide) return static_cast<uint32_t>(step.operands.size() / 2) * choice;
  if (step.op == Op::select) return choice;
  if (step.op == Op::round) return 12 * vectors;
  const bool product = step.op == Op::mul || step.op == Op::rescale || step.op == Op::exact_quotient;
  return product ? 3 * vectors : vectors;
}

uint32_t looked_up(const Stage& stage, const Step& step, const Cut& cut, const Vectors& vectors) {
  uint32_t price = 0;
  bool number = false, truth = false;
  for (SlotId leaf : cut.leaves) {
    const bool is_truth = stage.steps[leaf.index].lane == Lane::truth;
    price += is_truth ? (truth || number ? 2 : 1) : number ? 2 : 0;
    (is_truth ? truth : number) = true;
  }
  if (step.lane == Lane::truth) return price + 2;
  if (step.lane == Lane::i8) return price + 1;
  if (step.lane == Lane::i16) return price + 4;
  return price + (vectors.mask_registers ? 8 : vectors.bytes >= 32 && cut.entries <= 8 ? 11 : 15);
}

// Steps that are weighed at most: what takes more pays anyway.
constexpr size_t most_weighed = 128;

// What need not be worked out when the step is looked up.
uint32_t saved(const Stage& stage, const Cut& cut, const std::vector<bool>& live, const Prices& prices, uint32_t i) {
  std::vector<uint32_t> open{i}, seen{i};
  uint32_t price = 0;
  while (!open.empty() && seen.size() < most_weighed) {
    const Step& step = stage.steps[open.back()];
    open.pop_back();
    price += worked_out(step, prices);
    for (SlotId operand : step.operands) {
      const Step& below = stage.steps[operand.index];
      if (below.op == Op::constant || live[operand.index] || std::find(cut.leaves.begin(), cut.leaves.end(), operand) != cut.leaves.end()) continue;
      if (std::find(seen.begin(), seen.end(), operand.index) != seen.end()) continue;
      seen.push_back(operand.index);
      open.push_back(operand.index);
    }
  }
  return price;
}

}  // namespace

Cuts find_cuts(const Stage& stage, uint32_t width, const Vectors& vectors) {
  Cuts cuts(stage.steps.size());
  if (!stage.table.clean || !vectors.byte_tables || width < table_entries) return cuts;
  const std::vector<uint32_t> functions = functions_of(stage);
  for (uint32_t i = 0; i < stage.steps.size(); ++i) {
    const Step& step = stage.steps[i];
    // What lies between must be of one function: only some slots are in memory for a later one.
    const auto here = [&](SlotId id) { return functions[id.index] == functions[i] || stage.steps[id.index].op == Op::constant; };
    if (may_be_folded(step) && std::all_of(step.operands.begin(), step.operands.end(), here)) cuts[i] = cuts_of(stage, cuts, step);
  }
  return cuts;
}

std::vector<SlotId> choose_table(const Stage& stage, const Cuts& cuts, const std::vector<bool>& live, const Vectors& vectors, uint32_t i) {
  const Prices prices = prices_of(vectors);
  const Cut* best = nullptr;
  int64_t most = 0;
  for (const Cut& cut : cuts[i]) {
    if (cut.leaves.empty()) continue;
    const int64_t gain = int64_t{saved(stage, cut, live, prices, i)} - looked_up(stage, stage.steps[i], cut, vectors);
    if (gain > most) best = &cut, most = gain;
  }
  return best == nullptr ? std::vector<SlotId>{} : best->leaves;
}

}  // namespace writ::emit
