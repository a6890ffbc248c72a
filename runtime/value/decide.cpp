#include "value/decide.h"

#include <array>
#include <cassert>

namespace writ::value {

namespace {

enum class Guard : uint8_t { no, maybe, yes, broken };

Guard read(const Value& guard) {
  switch (guard.state) {
    case State::given: return is_true(guard) ? Guard::yes : Guard::no;
    case State::unknown: return Guard::maybe;
    case State::not_yet:
    case State::none:
    case State::fault: return Guard::broken;
  }
  return Guard::broken;
}

bool is_set(std::span<const uint64_t> bits, size_t i) { return (bits[i / 64] >> (i % 64) & 1) != 0; }

bool meet(std::span<const uint64_t> a, std::span<const uint64_t> b) {
  for (size_t w = 0; w < a.size(); ++w) {
    if ((a[w] & b[w]) != 0) return true;
  }
  return false;
}

// The results of the possible winners, in one pass without a list.
struct Winners {
  const Value* first = nullptr;
  bool differ = false;
  bool unsure_guard = false;
  bool unknown_result = false;
  bool gap = false;
  Value fault_result;  // state fault when one of the results is
};

void take(Winners& winners, const Value& result) {
  if (winners.first == nullptr) {
    winners.first = &result;
  } else if (!same(*winners.first, result)) {
    winners.differ = true;
  }
  winners.unknown_result |= is_unknown(result);
  if (is_fault(result)) {
    winners.fault_result = is_fault(winners.fault_result) ? first_fault(winners.fault_result, result) : result;
  }
}

}  // namespace

Value decide_many(std::span<const CaseState> cases, std::span<const uint64_t> overridden_by, size_t words, const Value* base, uint32_t point,
                  std::span<uint64_t> held) {
  assert(words * 64 >= cases.size() && (overridden_by.empty() || overridden_by.size() >= cases.size() * words) && held.size() == words);
  for (uint64_t& word : held) word = 0;
  bool any_true = false;
  for (size_t i = 0; i < cases.size(); ++i) {
    if (read(cases[i].guard) != Guard::yes) continue;
    held[i / 64] |= uint64_t{1} << (i % 64);
    any_true = true;
  }
  auto defeated = [&](size_t i) { return any_true && !overridden_by.empty() && meet(overridden_by.subspan(i * words, words), held); };

  Winners winners;
  Value guard_fault;
  for (size_t i = 0; i < cases.size(); ++i) {
    Guard guard = read(cases[i].guard);
    if (guard == Guard::no || defeated(i)) continue;
    if (guard == Guard::broken) {
      Value broken = is_fault(cases[i].guard) ? cases[i].guard : fault(Fault::absent, point);
      guard_fault = is_fault(guard_fault) ? first_fault(guard_fault, broken) : broken;
      continue;
    }
    winners.unsure_guard |= guard == Guard::maybe;
    take(winners, cases[i].result);
  }
  if (is_fault(guard_fault)) return guard_fault;
  if (!any_true) {
    if (base != nullptr) {
      take(winners, *base);
    } else {
      winners.gap = true;
    }
  }
  if (winners.first == nullptr) return fault(Fault::gap, point);
  if (!winners.differ && !winners.gap) return *winners.first;
  if (winners.unsure_guard) return unknown();
  if (is_fault(winners.fault_result)) return winners.fault_result;
  if (winners.unknown_result) return unknown();
  for (size_t i = 0; i < cases.size(); ++i) {
    if (!is_set(held, i) || defeated(i)) continue;
    for (size_t k = i + 1; k < cases.size(); ++k) {
      if (!is_set(held, k) || defeated(k)) continue;
      if (is_false(eq(cases[i].result, cases[k].result, point))) return fault(Fault::conflict, point);
    }
  }
  return unknown();
}

uint64_t held_word(size_t cases, std::span<const uint64_t> overridden_by, std::span<const uint64_t> held, const uint32_t* places) {
  const size_t words = held.size();
  std::array<uint32_t, 2> numbers{};
  size_t found = 0;
  for (size_t i = 0; i < cases && found < 2; ++i) {
    if (!is_set(held, i) || (!overridden_by.empty() && meet(overridden_by.subspan(i * words, words), held))) continue;
    numbers[found++] = (places == nullptr ? static_cast<uint32_t>(i) : places[i]) + 1;
  }
  return held_pair(numbers[0], numbers[1]);
}

Value decide(std::span<const CaseState> cases, std::span<const uint64_t> overridden_by, const Value* base, uint32_t point, uint64_t& held) {
  assert(cases.size() <= 64);
  return decide_many(cases, overridden_by, 1, base, point, std::span<uint64_t>(&held, 1));
}

}  // namespace writ::value
