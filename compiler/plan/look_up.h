// Decisions between many cases as data: which ones can be, their tables, and what can come of a look-up. Private to this folder.
#pragma once
#include <vector>

#include "plan/build_stage.h"

namespace writ::plan {

// Decisions of up to so many cases are comparisons and selections.
inline constexpr size_t most_selected_cases = 64;
inline constexpr size_t most_subjects = 6;
inline constexpr size_t most_other_results = 16;  // that are not constants

// The table of a definition whose guards only compare a few fields, parameters or definitions with constants. Made when first asked
// for; null: the definition is not of that kind.
const LookUpSource* look_up_of(PlanContext& context, ir::DefinitionId definition);

// Fills levels, nodes, children, leaves and candidates from the rest of a table.
void make_search(evaluate::LookUpTable& table);

// What can come of a look-up whose subjects are of these facts, apart from what the operands bring along.
LookUpFacts look_up_facts(const evaluate::LookUpTable& table, const std::vector<Facts>& subjects);

}  // namespace writ::plan
