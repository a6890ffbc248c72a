// What look-ups take for granted about a table.
#include <algorithm>

#include "evaluate/look_up.h"

namespace writ::evaluate {

namespace {

bool guards_are_sound(const LookUpTable& table) {
  for (const LookUpCase& one : table.cases) {
    if (one.first_test > table.tests.size() || one.tests > table.tests.size() - one.first_test || one.result >= table.results.size()) return false;
    size_t depth = 0;
    for (const LookUpTest& test : std::span(table.tests).subspan(one.first_test, one.tests)) {
      const bool joins = test.op == LookUpTest::Op::and_ || test.op == LookUpTest::Op::or_;
      const bool operates = joins || test.op == LookUpTest::Op::not_;
      if (depth < (joins ? 2u : operates ? 1u : 0u) || test.rescale > 18) return false;
      if (!operates && test.op != LookUpTest::Op::constant && test.subject >= table.subjects) return false;
      if (joins) --depth;
      if (!operates) ++depth;
    }
    if (depth != 1) return false;
  }
  return true;
}

// Follows every way from the root, level by level.
bool tree_is_sound(const LookUpTable& table) {
  std::vector<uint32_t> at{table.root};
  for (const LookUpLevel& level : table.levels) {
    if (level.subject >= table.subjects || level.rounds == 0 || level.rounds > 64) return false;
    for (uint32_t round = 0; round < (level.direct ? 1 : level.rounds); ++round) {
      std::vector<uint32_t> next;
      for (uint32_t node : at) {
        if (node >= table.nodes.size()) return false;
        const LookUpNode& one = table.nodes[node];
        if (!level.direct) {
          next.push_back(one.a), next.push_back(one.b);
          continue;
        }
        if (one.a >= table.children.size() || one.b >= table.children.size() - one.a) return false;
        next.insert(next.end(), table.children.begin() + one.a, table.children.begin() + one.a + one.b + 1);
      }
      std::sort(next.begin(), next.end());
      next.erase(std::unique(next.begin(), next.end()), next.end());
      at = std::move(next);
    }
  }
  return std::all_of(at.begin(), at.end(), [&](uint32_t leaf) { return leaf < table.leaves.size(); });
}

bool candidates_are_sound(const LookUpTable& table) {
  if (table.first_candidate.empty()) return true;
  bool sound = table.narrowing < table.subjects && table.first_candidate.size() == table.cuts.size() + 3;
  sound &= std::is_sorted(table.first_candidate.begin(), table.first_candidate.end()) && table.first_candidate.back() == table.candidates.size();
  return sound && std::all_of(table.candidates.begin(), table.candidates.end(), [&](uint32_t one) { return one < table.cases.size(); });
}

}  // namespace

bool is_sound(const LookUpTable& table) {
  bool sound = table.subjects <= table.operands && table.held.size() == table.leaves.size() && (table.base == no_index || table.base < table.results.size());
  for (const LookUpResult& result : table.results) {
    sound &= result.denominator > 0 && (result.operand == no_index || (result.operand >= table.subjects && result.operand < table.operands));
  }
  for (const LookUpLeaf& leaf : table.leaves) sound &= leaf.kind != LookUpLeaf::Kind::result || leaf.result < table.results.size();
  for (const LookUpOverride& one : table.overrides) sound &= one.loser < table.cases.size() && one.winner < table.cases.size();
  return sound && guards_are_sound(table) && tree_is_sound(table) && candidates_are_sound(table);
}

}  // namespace writ::evaluate
