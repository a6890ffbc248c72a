// Steps that are looked up instead of being worked out: what a step makes of a few operands with few values fits a table of 16, and a processor
// that has an instruction for such tables answers in one what takes a comparison and a selection for every case. Private to this folder.
#pragma once
#include <optional>
#include <vector>

#include "emit/levels.h"
#include "plan/plan_types.h"

namespace writ::emit {

struct Function;
struct Lanes;

constexpr uint32_t table_entries = 16;

// Slots that settle a step, whatever stands between: `entries` of their values, taken together.
struct Cut {
  std::vector<plan::SlotId> leaves;
  uint32_t entries = 1;
};

// By step: the ways in which a table can be indexed for it. Nothing for stages that are not clean: only there every row has its values in range.
using Cuts = std::vector<std::vector<Cut>>;
Cuts find_cuts(const plan::Stage& stage, uint32_t width, const Vectors& vectors);

// The leaves of the table that step `i` is looked up in; none where working it out is as quick. `live`: steps that are needed anyway.
std::vector<plan::SlotId> choose_table(const plan::Stage& stage, const Cuts& cuts, const std::vector<bool>& live, const Vectors& vectors, uint32_t i);

// The step as a look-up by these leaves. Nothing when it cannot be told beforehand.
std::optional<Lanes> emit_table(Function& f, plan::SlotId id, const std::vector<plan::SlotId>& leaves);

}  // namespace writ::emit
