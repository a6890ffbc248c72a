#include "evaluate/look_up.h"

#include <algorithm>
#include <cassert>

#include "value/decide.h"

namespace writ::evaluate {

using value::State;
using value::Value;

namespace {

// --- The tree ---------------------------------------------------------------------------------------------------------

void search(const LookUpNode* nodes, uint32_t rounds, const int64_t* numbers, uint32_t rows, uint32_t* at) {
  for (uint32_t round = 0; round < rounds; ++round) {
    for (uint32_t i = 0; i < rows; ++i) {
      const LookUpNode node = nodes[at[i]];
      at[i] = numbers[i] < node.number ? node.a : node.b;
    }
  }
}

void look_directly(const LookUpTable& table, const int64_t* numbers, uint32_t rows, uint32_t* at) {
  const LookUpNode* nodes = table.nodes.data();
  const uint32_t* children = table.children.data();
  for (uint32_t i = 0; i < rows; ++i) {
    const LookUpNode node = nodes[at[i]];
    const uint64_t distance = static_cast<uint64_t>(numbers[i]) - static_cast<uint64_t>(node.number);
    const uint64_t entry = numbers[i] < node.number ? 0 : std::min<uint64_t>(distance, node.b);
    at[i] = children[node.a + entry];
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
    case State::given: return value::given(result.number);
    case State::not_yet: return value::not_yet();
    case State::none: return value::none();
    case State::unknown:
    case State::fault: break;
  }
  return value::unknown();
}

// The cases that may hold; null: any of them.
const uint32_t* candidates_of(const LookUpTable& table, const Value& subject, uint32_t& count) {
  if (table.first_candidate.empty() || !(is_plain(subject) || value::is_absent(subject))) return nullptr;
  size_t list = table.cuts.size() + 1;
  if (is_plain(subject))
    list = static_cast<size_t>(std::upper_bound(table.cuts.begin(), table.cuts.end(), static_cast<int64_t>(subject.lo)) - table.cuts.begin());
  count = table.first_candidate[list + 1] - table.first_candidate[list];
  return table.candidates.data() + table.first_candidate[list];
}

// Bit k of row i: candidate k overrides candidate i. Nothing where none does.
std::vector<uint64_t> overrides_among(const LookUpTable& table, const uint32_t* cases, uint32_t count) {
  std::vector<uint64_t> bits;
  if (table.overrides.empty()) return bits;
  const size_t words = (count + 63) / 64;
  bits.resize(count * words);
  const auto by_loser = [](const LookUpOverride& a, uint32_t loser) { return a.loser < loser; };
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t loser = cases == nullptr ? i : cases[i];
    auto each = std::lower_bound(table.overrides.begin(), table.overrides.end(), loser, by_loser);
    for (; each != table.overrides.end() && each->loser == loser; ++each) {
      const uint32_t* found = cases == nullptr ? nullptr : std::lower_bound(cases, cases + count, each->winner);
      if (cases != nullptr && (found == cases + count || *found != each->winner)) continue;
      const size_t k = cases == nullptr ? each->winner : static_cast<size_t>(found - cases);
      bits[i * words + k / 64] |= uint64_t{1} << (k % 64);
    }
  }
  return bits;
}

}  // namespace

bool is_plain(const Value& v) { return value::is_certain(v) && v.lo_den == 1 && v.lo >= INT64_MIN && v.lo <= INT64_MAX; }

Value result_of(const LookUpTable& table, uint32_t result, std::span<const Value> operands) {
  const LookUpResult& one = table.results[result];
  return one.operand == no_index ? constant_value(one) : operands[one.operand];
}

void find_leaves(const LookUpTable& table, const LookUpOperand* operands, uint64_t first, uint32_t rows, uint32_t* leaves) {
  assert(rows <= most_rows_a_look);
  std::fill_n(leaves, rows, table.root);
  for (const LookUpLevel& level : table.levels) {
    const int64_t* numbers = operands[level.subject].numbers + first;
    if (level.direct) {
      look_directly(table, numbers, rows, leaves);
    } else {
      search(table.nodes.data(), level.rounds, numbers, rows, leaves);
    }
  }
}

Value decide_by_table(const LookUpTable& table, std::span<const Value> operands, uint64_t& held) {
  uint32_t count = static_cast<uint32_t>(table.cases.size());
  const uint32_t* cases = table.levels.empty() ? nullptr : candidates_of(table, operands[table.levels.front().subject], count);
  std::vector<Value> stack;
  std::vector<value::CaseState> states(count);
  for (uint32_t i = 0; i < count; ++i) {
    const LookUpCase& one = table.cases[cases == nullptr ? i : cases[i]];
    states[i] = {guard_of(table, one, operands, stack), result_of(table, one.result, operands)};
  }
  const size_t words = (count + 63) / 64;
  std::vector<uint64_t> holds(words);
  Value base;
  if (table.base != no_index) base = result_of(table, table.base, operands);
  const Value decided = value::decide_many(states, overrides_among(table, cases, count), words, table.base == no_index ? nullptr : &base, table.point, holds);
  held = 0;
  for (uint32_t i = 0; i < std::min(count, 64u); ++i) {
    const uint32_t one = cases == nullptr ? i : cases[i];
    if (one < 64 && (holds[0] >> i & 1) != 0) held |= uint64_t{1} << one;
  }
  return decided;
}

}  // namespace writ::evaluate
