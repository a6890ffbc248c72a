// What can come of a look-up: which leaves of its tree can be reached by subjects of known ranges.
#include <algorithm>

#include "plan/look_up.h"

namespace writ::plan {

namespace {

using evaluate::LookUpLeaf;
using evaluate::LookUpLevel;
using evaluate::LookUpNode;
using evaluate::LookUpTable;
using evaluate::LookUpTest;
using TestOp = LookUpTest::Op;

struct Walk {
  const LookUpTable& table;
  std::vector<bool> seen;  // nodes at which the next level begins; leaves behind the last level
  std::vector<uint32_t> reached;
};

void reach(Walk& walk, uint32_t target) {
  if (walk.seen[target]) return;
  walk.seen[target] = true;
  walk.reached.push_back(target);
}

void search(Walk& walk, uint32_t at, uint32_t rounds, i128 low, i128 high) {
  if (low > high) return;
  if (rounds == 0) return reach(walk, at);
  const LookUpNode& node = walk.table.nodes[at];
  if (node.a == node.b) return search(walk, node.a, rounds - 1, low, high);
  search(walk, node.a, rounds - 1, low, std::min<i128>(high, i128{node.number} - 1));
  search(walk, node.b, rounds - 1, std::max<i128>(low, node.number), high);
}

void look_directly(Walk& walk, uint32_t at, i128 low, i128 high) {
  const LookUpNode& node = walk.table.nodes[at];
  const i128 last = node.b;
  const i128 from = std::clamp<i128>(low - node.number, 0, last), to = std::clamp<i128>(high - node.number, 0, last);
  for (i128 entry = from; entry <= to; ++entry) reach(walk, walk.table.children[node.a + static_cast<size_t>(entry)]);
}

std::vector<uint32_t> reachable_leaves(const LookUpTable& table, const std::vector<Facts>& subjects) {
  std::vector<uint32_t> at{table.root};
  for (size_t i = 0; i < table.levels.size(); ++i) {
    const LookUpLevel& level = table.levels[i];
    const Facts& f = subjects[level.subject];
    if (!f.given) return {};
    const i128 low = std::max<i128>(f.low, INT64_MIN), high = std::min<i128>(f.high, INT64_MAX);
    Walk walk{table, std::vector<bool>(i + 1 < table.levels.size() ? table.nodes.size() : table.leaves.size(), false), {}};
    for (uint32_t node : at) {
      if (level.direct)
        look_directly(walk, node, low, high);
      else
        search(walk, node, level.rounds, low, high);
    }
    at = std::move(walk.reached);
  }
  return at;
}

// Are there rows of which the tree cannot be asked?
bool may_be_odd(const Facts& f) { return !is_point(f) || may_be_absent(f) || f.unknown || f.fault || !fits(f, INT64_MIN, INT64_MAX); }

void count_leaf(const LookUpTable& table, const LookUpLeaf& leaf, LookUpFacts& facts) {
  const bool open = leaf.kind == LookUpLeaf::Kind::open;
  facts.gap |= leaf.kind == LookUpLeaf::Kind::fault && leaf.fault == value::Fault::gap;
  facts.clash |= leaf.kind == LookUpLeaf::Kind::fault && leaf.fault == value::Fault::conflict;
  facts.gap |= open && table.base == evaluate::no_index;
  facts.clash |= open && table.results.size() > 1;
  facts.open |= open && table.operands > table.subjects;
}

Facts facts_of_constant(const evaluate::LookUpResult& result) {
  Facts f = within(value::floor_div(result.number, result.denominator), value::ceil_div(result.number, result.denominator));
  f.whole = result.denominator == 1;
  f.given = result.state == value::State::given;
  f.not_yet = result.state == value::State::not_yet;
  f.none = result.state == value::State::none;
  f.unknown = result.state == value::State::unknown;
  const bool narrow = result.number > INT64_MIN && result.number <= INT64_MAX;
  if (f.given && f.whole && narrow) f.multiple_of = result.number < 0 ? -result.number : result.number;
  return f;
}

}  // namespace

LookUpFacts look_up_facts(const LookUpTable& table, const std::vector<Facts>& subjects) {
  LookUpFacts facts;
  bool first = true;
  for (const evaluate::LookUpResult& result : table.results) {
    if (result.operand != evaluate::no_index) continue;
    facts.constants = first ? facts_of_constant(result) : join(facts.constants, facts_of_constant(result));
    first = false;
  }
  facts.ordered.resize(table.subjects);
  facts.rescaled.resize(table.subjects);
  for (const LookUpTest& test : table.tests) {
    if (test.op == TestOp::constant || test.op == TestOp::not_ || test.op == TestOp::and_ || test.op == TestOp::or_) continue;
    if (test.op != TestOp::eq && test.op != TestOp::ne && test.op != TestOp::is_given) facts.ordered[test.subject] = true;
    if (test.rescale != 0) facts.rescaled[test.subject] = true;
    facts.is_given |= test.op == TestOp::is_given;
  }
  const bool odd = std::any_of(subjects.begin(), subjects.end(), may_be_odd);
  for (uint32_t leaf : reachable_leaves(table, subjects)) count_leaf(table, table.leaves[leaf], facts);
  if (!odd) return facts;
  // Guards that are true though a subject is in doubt are true for all numbers that it can be; those that ask whether it is there
  // can be true together only where it is absent.
  for (const LookUpLeaf& leaf : table.leaves) count_leaf(table, leaf, facts);
  facts.gap |= table.base == evaluate::no_index;
  facts.clash |= facts.is_given;
  return facts;
}

}  // namespace writ::plan
