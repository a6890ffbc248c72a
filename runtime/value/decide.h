#pragma once
// Default logic: which of several cases gives the value of a definition.

#include <cstddef>
#include <span>

#include "value/value.h"

namespace writ::value {

struct CaseState {
  Value guard;   // truth, unknown or fault (an absent guard counts as Fault::absent at the point of the decision)
  Value result;  // the value of the case, computed whether or not the guard holds
};

// Decides among up to 64 cases.
//   overridden_by[i]  bit j set: case j overrides case i. Transitively closed and acyclic (the caller's promise).
//   base              the value when no case holds; nullptr: no case holds is Fault::gap.
//   held              out: bit i set when the guard of case i is true (also of a case that another overrides).
// A case is surely defeated when the guard of one that overrides it is true. Possible winners are the cases whose guard is
// true or unknown and that are not surely defeated, and the base (or the gap) as long as no guard is true.
//   1. A fault in the guard of a case that is not surely defeated: that fault (the first one).
//   2. All possible winners have the same result: that result.
//   3. A possible winner has an unknown guard: unknown.
//   4. Several true winners that differ: a fault among their results wins, then an unknown one; then, when two of them
//      surely differ, Fault::conflict; intervals that may still be equal: unknown.
Value decide(std::span<const CaseState> cases, std::span<const uint64_t> overridden_by, const Value* base, uint32_t point, uint64_t& held);

// Which cases held, in a word. Up to 64 cases have a bit each. Of more, it tells the first two that held and that no case overrides that held, too,
// each as its number counted from 1, the second in the upper half; 0: there is none. One decides, two show why there is a conflict.
inline constexpr size_t most_held_bits = 64;
inline uint64_t held_pair(uint32_t first, uint32_t second) { return uint64_t{second} << 32 | first; }

inline bool holds(size_t cases, uint64_t held, size_t c) {
  if (cases <= most_held_bits) return (held >> c & 1) != 0;
  return c + 1 == (held & UINT32_MAX) || c + 1 == held >> 32;
}

// Which case decided: the first that held and that no case overrides that held, too; no_case: none. Of cases that have their bits as `overridden_by`.
inline constexpr int no_case = -1;
template <class Cases>
int deciding_case(const Cases& cases, uint64_t held) {
  if (cases.size() > most_held_bits) return static_cast<int>(held & UINT32_MAX) - 1;
  for (size_t c = 0; c < cases.size(); ++c) {
    const auto& by = cases[c].overridden_by;
    if ((held >> c & 1) != 0 && (by.empty() || (by[0] & held) == 0)) return static_cast<int>(c);
  }
  return no_case;
}

// The same for any number of cases. words = (cases + 63) / 64; overridden_by has `words` words a case, row by row, or none at all
// where no case overrides another; held has `words` words.
Value decide_many(std::span<const CaseState> cases, std::span<const uint64_t> overridden_by, size_t words, const Value* base, uint32_t point,
                  std::span<uint64_t> held);

// The word for more than 64 cases of what decide_many left in `held`; `cases` as many as it was given. `places`: where each stands among all
// cases, counted from 0; null: they are all of them.
uint64_t held_word(size_t cases, std::span<const uint64_t> overridden_by, std::span<const uint64_t> held, const uint32_t* places = nullptr);

}  // namespace writ::value
