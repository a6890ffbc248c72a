// Numbers by period and then agreement, as narrow as what was added to them allows: no cell is further from 0 than all that was added in its period.
#pragma once
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "value/value.h"

namespace writ::evaluate {

// Memory that is written before it is read.
struct Bytes {
  std::unique_ptr<std::byte[]> data;
  size_t size = 0;
  Bytes() = default;
  explicit Bytes(size_t bytes) : data(std::make_unique_for_overwrite<std::byte[]>(bytes)), size(bytes) {}
};

struct DenseCells {
  uint32_t agreements = 0;
  uint32_t bytes = 0;          // of a signed number: 2, 4, 8 or 16. 0: nobody asks
  Bytes numbers;               // of periods to which something was added
  std::vector<uint64_t> most;  // by period: the sum of what was added, without signs, at most UINT64_MAX. 0: nothing, and no numbers
};

inline bool is_asked_for(const DenseCells& cells) { return cells.bytes != 0; }

DenseCells make_cells(size_t periods, uint32_t agreements);
// Before numbers are added to a period whose amounts without signs come to `amount`.
void make_room(DenseCells& cells, size_t period, uint64_t amount);
void add_cells(DenseCells& into, const DenseCells& from);
value::i128 number_of(const DenseCells& cells, size_t period, uint32_t agreement);

// What a sum of amounts without signs comes to, at most UINT64_MAX.
inline uint64_t add_amount(uint64_t sum, uint64_t amount) { return sum > UINT64_MAX - amount ? UINT64_MAX : sum + amount; }
inline uint64_t without_sign(int64_t number) { return number < 0 ? -static_cast<uint64_t>(number) : static_cast<uint64_t>(number); }

// `use` with the numbers of a period, which has some.
template <class Cells, class Use>
void with_numbers(Cells& cells, size_t period, Use use) {
  assert(cells.most[period] != 0);
  const auto of = [&](auto zero) { return reinterpret_cast<decltype(zero)*>(cells.numbers.data.get()) + period * cells.agreements; };
  switch (cells.bytes) {
    case 2: return use(of(int16_t{0}));
    case 4: return use(of(int32_t{0}));
    case 8: return use(of(int64_t{0}));
    case 16: return use(of(value::i128{0}));
    default: break;
  }
  assert(false);
}

}  // namespace writ::evaluate
