#pragma once
// Walking over pauses that may touch, overlap or be empty, as disjoint ones, without allocating.

#include <algorithm>
#include <cassert>
#include <span>

#include "value/calendar.h"

namespace writ::value {

struct PauseWalk {
  std::span<const Interval> pauses;
  size_t at = 0;

  // The next joined pause; false behind the last.
  bool next(Interval& out) {
    while (at < pauses.size() && pauses[at].until <= pauses[at].from) ++at;
    if (at == pauses.size()) return false;
    out = pauses[at++];
    for (; at < pauses.size() && pauses[at].from <= out.until; ++at) {
      assert(pauses[at].from >= pauses[at - 1].from && "pauses are sorted by their start");
      out.until = std::max(out.until, pauses[at].until);
    }
    return true;
  }
};

inline bool is_paused(std::span<const Interval> pauses, Instant t) {
  for (const Interval& p : pauses) {
    if (p.from > t) return false;
    if (t < p.until) return true;
  }
  return false;
}

}  // namespace writ::value
