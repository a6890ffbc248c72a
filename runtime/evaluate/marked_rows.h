// The rows of a block that have something to add: eight that have nothing cost one comparison.
#pragma once
#include <cstring>

#include "evaluate/update.h"

namespace writ::evaluate {

inline int64_t count_of(const BlockView& block, const Mark& mark) { return mark.count == no_index ? 0 : block.memory->counters[mark.count]; }

template <class Body>
void for_each_marked(const BlockView& block, const Mark& mark, Body body) {
  if (count_of(block, mark) == 0) return;
  const uint8_t* marks = static_cast<const uint8_t*>(slot_view(*block.stage, *block.memory, mark.slot).values);
  const uint32_t rows = block.rows;
  uint32_t row = 0;
  for (; row + 8 <= rows; row += 8) {
    uint64_t eight = 0;
    std::memcpy(&eight, marks + row, 8);
    while (eight != 0) {
      const uint32_t bit = static_cast<uint32_t>(__builtin_ctzll(eight));
      body(row + bit / 8);
      eight &= ~(0xffull << (bit / 8 * 8));
    }
  }
  for (; row < rows; ++row) {
    if (marks[row] != 0) body(row);
  }
}

}  // namespace writ::evaluate
