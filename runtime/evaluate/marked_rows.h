// The rows of a block that have something to add: eight that have nothing cost one comparison.
#pragma once
#include <cstring>

#include "evaluate/update.h"

namespace writ::evaluate {

inline int64_t count_of(const BlockView& block, const Mark& mark) { return mark.count == no_index ? 0 : block.memory->counters[mark.count]; }

// Rows of a block, one after the other.
struct Rows {
  uint32_t first = 0, count = 0;
};

struct Marks {
  alignas(64) uint8_t of_rows[most_block_rows];
};
inline constexpr Marks all_marked = [] {
  Marks marks{};
  for (uint8_t& mark : marks.of_rows) mark = 1;
  return marks;
}();

inline const uint8_t* marks_of(const BlockView& block, const Mark& mark) {
  if (mark.slot == no_index) return all_marked.of_rows;  // of a clean stage
  return static_cast<const uint8_t*>(slot_view(*block.stage, *block.memory, mark.slot).values);
}

template <class Body>
void for_each_marked(const BlockView& block, const Mark& mark, Rows rows, Body body) {
  const uint8_t* marks = marks_of(block, mark);
  const uint32_t end = rows.first + rows.count;
  uint32_t row = rows.first;
  for (; row + 8 <= end; row += 8) {
    uint64_t eight = 0;
    std::memcpy(&eight, marks + row, 8);
    while (eight != 0) {
      const uint32_t bit = static_cast<uint32_t>(__builtin_ctzll(eight));
      body(row + bit / 8);
      eight &= ~(0xffull << (bit / 8 * 8));
    }
  }
  for (; row < end; ++row) {
    if (marks[row] != 0) body(row);
  }
}

template <class Body>
void for_each_marked(const BlockView& block, const Mark& mark, Body body) {
  if (count_of(block, mark) != 0) for_each_marked(block, mark, {0, block.rows}, body);
}

}  // namespace writ::evaluate
