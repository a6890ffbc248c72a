#include "evaluate/look_up.h"

#include <algorithm>
#include <cassert>

#include "evaluate/wide.h"
#include "value/decide.h"

namespace writ::evaluate {

using value::i128;
using value::State;
using value::Value;

bool is_plain(const Value& v) { return value::is_certain(v) && v.lo_den == 1 && v.lo >= INT64_MIN && v.lo <= INT64_MAX; }

namespace {

// --- The tree ---------------------------------------------------------------------------------------------------------

WRIT_WIDE void search(const LookUpNode* nodes, uint32_t rounds, const int64_t* numbers, uint32_t rows, uint32_t* at) {
  for (uint32_t round = 0; round < rounds; ++round) {
    for (uint32_t i = 0; i < rows; ++i) {
      // No branch: which way a row goes cannot be foreseen.
      const LookUpNode& node = nodes[at[i]];
      const uint32_t below = 0u - static_cast<uint32_t>(numbers[i] < node.number);
      at[i] = node.b ^ ((node.a ^ node.b) & below);
    }
  }
}

// All rows stand at one node, as at the root they do.
WRIT_WIDE void look_from(LookUpNode node, const uint32_t* children, const int64_t* numbers, uint32_t rows, uint32_t* at) {
  const uint32_t* entries = children + node.a;
  for (uint32_t i = 0; i < rows; ++i) {
    const int64_t number = std::max(numbers[i], node.number);
    at[i] = entries[std::min<uint64_t>(static_cast<uint64_t>(number) - static_cast<uint64_t>(node.number), node.b)];
  }
}

WRIT_WIDE void look_directly(const LookUpNode* nodes, const uint32_t* children, const int64_t* numbers, uint32_t rows, uint32_t* at) {
  for (uint32_t i = 0; i < rows; ++i) {
    const LookUpNode& node = nodes[at[i]];
    const int64_t number = std::max(numbers[i], node.number);
    at[i] = children[node.a + std::min<uint64_t>(static_cast<uint64_t>(number) - static_cast<uint64_t>(node.number), node.b)];
  }
}

// --- The whole rule ---------------------------------------------------------------------------------------------------

using Op = LookUpTest::Op;

Value compare(const LookUpTest& test, const Value& subject, uint32_t point) {
  const Value left = test.rescale == 0 ? subject : value::rescale(subject, test.rescale, point);
  const Value right = value::given(test.number);
  switch (test.op) {
    case Op::eq: return value::eq(left, right, point);
    case Op::ne: return value::ne(left, right, point);
    case Op::lt: return value::lt(left, right, point);
    case Op::le: return value::le(left, right, point);
    case Op::gt: return value::gt(left, right, point);
    case Op::ge: return value::ge(left, right, point);
    case Op::constant:
    case Op::truth:
    case Op::is_given:
    case Op::not_:
    case Op::and_:
    case Op::or_: break;
  }
  assert(false);
  return value::unknown();
}

Value guard_of(const LookUpTable& table, const LookUpCase& one, std::span<const Value> operands, std::vector<Value>& stack) {
  stack.clear();
  const auto pop = [&] {
    const Value top = stack.back();
    stack.pop_back();
    return top;
  };
  for (const LookUpTest& test : std::span(table.tests).subspan(one.first_test, one.tests)) {
    switch (test.op) {
      case Op::constant: stack.push_back(value::given(test.number)); break;
      case Op::truth: stack.push_back(operands[test.subject]); break;
      case Op::is_given: stack.push_back(value::is_given(operands[test.subject])); break;
      case Op::eq:
      case Op::ne:
      case Op::lt:
      case Op::le:
      case Op::gt:
      case Op::ge: stack.push_back(compare(test, operands[test.subject], one.point)); break;
      case Op::not_: stack.back() = value::lnot(stack.back(), one.point); break;
      case Op::and_: {
        const Value right = pop();
        stack.back() = value::land(stack.back(), right, one.point);
        break;
      }
      case Op::or_: {
        const Value right = pop();
        stack.back() = value::lor(stack.back(), right, one.point);
        break;
      }
    }
  }
  assert(stack.size() == 1);
  return stack.back();
}

Value constant_value(const LookUpResult& result) {
  switch (result.state) {
    case State::given: return value::ratio(result.number, result.denominator, 0);
    case State::not_yet: return value::not_yet();
    case State::none: return value::none();
    case State::unknown:
    case State::fault: break;
  }
  return value::unknown();
}

bool holds(const LookUpTest& test, int64_t subject) {
  const i128 left = test.rescale == 0 ? subject : subject * value::pow10(test.rescale);
  switch (test.op) {
    case Op::truth: return subject != 0;
    case Op::is_given: return true;
    case Op::eq: return left == test.number;
    case Op::ne: return left != test.number;
    case Op::lt: return left < test.number;
    case Op::le: return left <= test.number;
    case Op::gt: return left > test.number;
    case Op::ge: return left >= test.number;
    case Op::constant:
    case Op::not_:
    case Op::and_:
    case Op::or_: break;
  }
  assert(false);
  return false;
}

// The guard of a case where all subjects are plain numbers.
bool guard_holds(const LookUpTable& table, const LookUpCase& one, std::span<const Value> operands, std::vector<bool>& stack) {
  stack.clear();
  for (const LookUpTest& test : std::span(table.tests).subspan(one.first_test, one.tests)) {
    if (test.op == Op::constant) {
      stack.push_back(test.number != 0);
    } else if (test.op == Op::not_) {
      stack.back() = !stack.back();
    } else if (test.op == Op::and_ || test.op == Op::or_) {
      const bool right = stack.back();
      stack.pop_back();
      stack.back() = test.op == Op::and_ ? stack.back() && right : stack.back() || right;
    } else {
      stack.push_back(holds(test, static_cast<int64_t>(operands[test.subject].lo)));
    }
  }
  return stack.back();
}

// The cases that may hold, in ascending order: the guards of all others are false.
std::vector<uint32_t> candidates_of(const LookUpTable& table, std::span<const Value> operands) {
  std::vector<uint32_t> cases;
  const bool narrows = !table.first_candidate.empty() && (is_plain(operands[table.narrowing]) || value::is_absent(operands[table.narrowing]));
  if (narrows) {
    const Value& subject = operands[table.narrowing];
    size_t list = table.cuts.size() + 1;
    if (is_plain(subject)) {
      list = static_cast<size_t>(std::upper_bound(table.cuts.begin(), table.cuts.end(), static_cast<int64_t>(subject.lo)) - table.cuts.begin());
    }
    cases.assign(table.candidates.begin() + table.first_candidate[list], table.candidates.begin() + table.first_candidate[list + 1]);
  } else {
    cases.resize(table.cases.size());
    for (uint32_t i = 0; i < cases.size(); ++i) cases[i] = i;
  }
  if (!std::all_of(operands.begin(), operands.begin() + table.subjects, is_plain)) return cases;
  std::vector<bool> stack;
  std::erase_if(cases, [&](uint32_t one) { return !guard_holds(table, table.cases[one], operands, stack); });
  return cases;
}

// Bit k of row i: candidate k overrides candidate i. Nothing where none does.
std::vector<uint64_t> overrides_among(const LookUpTable& table, const std::vector<uint32_t>& cases) {
  std::vector<uint64_t> bits;
  if (table.overrides.empty()) return bits;
  const size_t words = (cases.size() + 63) / 64;
  bits.resize(cases.size() * words);
  const auto by_loser = [](const LookUpOverride& a, uint32_t loser) { return a.loser < loser; };
  for (size_t i = 0; i < cases.size(); ++i) {
    auto each = std::lower_bound(table.overrides.begin(), table.overrides.end(), cases[i], by_loser);
    for (; each != table.overrides.end() && each->loser == cases[i]; ++each) {
      const auto found = std::lower_bound(cases.begin(), cases.end(), each->winner);
      if (found == cases.end() || *found != each->winner) continue;
      const size_t k = static_cast<size_t>(found - cases.begin());
      bits[i * words + k / 64] |= uint64_t{1} << (k % 64);
    }
  }
  return bits;
}

}  // namespace

Value result_of(const LookUpTable& table, uint32_t result, std::span<const Value> operands) {
  const LookUpResult& one = table.results[result];
  return one.operand == no_index ? constant_value(one) : operands[one.operand];
}

void find_leaves(const LookUpTable& table, const LookUpOperand* operands, uint64_t first, uint32_t rows, uint32_t* leaves) {
  assert(rows <= most_rows_a_look);
  std::span<const LookUpLevel> levels = table.levels;
  const LookUpNode* nodes = table.nodes.data();
  if (!levels.empty() && levels.front().direct) {
    look_from(nodes[table.root], table.children.data(), operands[levels.front().subject].numbers + first, rows, leaves);
    levels = levels.subspan(1);
  } else {
    std::fill_n(leaves, rows, table.root);
  }
  for (const LookUpLevel& level : levels) {
    const int64_t* numbers = operands[level.subject].numbers + first;
    if (level.direct) {
      look_directly(nodes, table.children.data(), numbers, rows, leaves);
    } else {
      search(nodes, level.rounds, numbers, rows, leaves);
    }
  }
}

Value decide_by_table(const LookUpTable& table, std::span<const Value> operands, uint64_t& held) {
  const std::vector<uint32_t> cases = candidates_of(table, operands);
  std::vector<Value> stack;
  std::vector<value::CaseState> states(cases.size());
  for (size_t i = 0; i < cases.size(); ++i) {
    const LookUpCase& one = table.cases[cases[i]];
    states[i] = {guard_of(table, one, operands, stack), result_of(table, one.result, operands)};
  }
  const size_t words = (cases.size() + 63) / 64;
  std::vector<uint64_t> true_guards(words);
  Value base;
  if (table.base != no_index) base = result_of(table, table.base, operands);
  const std::vector<uint64_t> overridden_by = overrides_among(table, cases);
  const Value decided = value::decide_many(states, overridden_by, words, table.base == no_index ? nullptr : &base, table.point, true_guards);
  held = value::held_word(cases.size(), overridden_by, true_guards, cases.data());
  return decided;
}

}  // namespace writ::evaluate
