#include "evaluate/dense.h"

#include <cstring>

namespace writ::evaluate {

namespace {

uint64_t most_in(uint32_t bytes) { return bytes == 16 ? UINT64_MAX : (uint64_t{1} << (bytes * 8 - 1)) - 1; }

void widen(DenseCells& cells) {
  DenseCells wide;
  wide.agreements = cells.agreements;
  wide.bytes = cells.bytes * 2;
  wide.numbers = Bytes(cells.numbers.size * 2);
  wide.most = std::move(cells.most);
  cells.most = wide.most;
  for (size_t period = 0; period < cells.most.size(); ++period) {
    if (cells.most[period] == 0) continue;
    with_numbers(cells, period, [&](auto* from) {
      with_numbers(wide, period, [&](auto* to) {
        using To = std::remove_pointer_t<decltype(to)>;
        for (uint32_t a = 0; a < cells.agreements; ++a) to[a] = static_cast<To>(from[a]);
      });
    });
  }
  cells = std::move(wide);
}

}  // namespace

DenseCells make_cells(size_t periods, uint32_t agreements) {
  DenseCells cells;
  cells.agreements = agreements;
  cells.bytes = 2;
  cells.numbers = Bytes(periods * agreements * cells.bytes);
  cells.most.assign(periods, 0);
  return cells;
}

void make_room(DenseCells& cells, size_t period, uint64_t amount) {
  const uint64_t most = add_amount(cells.most[period], amount);
  while (most > most_in(cells.bytes)) widen(cells);
  const size_t bytes = size_t{cells.agreements} * cells.bytes;
  if (cells.most[period] == 0) std::memset(cells.numbers.data.get() + period * bytes, 0, bytes);
  cells.most[period] = most;
}

void add_cells(DenseCells& into, const DenseCells& from) {
  assert(into.agreements == from.agreements && into.most.size() == from.most.size());
  for (size_t period = 0; period < from.most.size(); ++period) {
    if (from.most[period] == 0) continue;
    make_room(into, period, from.most[period]);
    with_numbers(from, period, [&](const auto* added) {
      with_numbers(into, period, [&](auto* numbers) {
        using T = std::remove_pointer_t<decltype(numbers)>;
        for (uint32_t a = 0; a < from.agreements; ++a) numbers[a] = static_cast<T>(numbers[a] + static_cast<T>(added[a]));
      });
    });
  }
}

value::i128 number_of(const DenseCells& cells, size_t period, uint32_t agreement) {
  value::i128 number = 0;
  if (cells.most[period] != 0) with_numbers(cells, period, [&](const auto* numbers) { number = numbers[agreement]; });
  return number;
}

}  // namespace writ::evaluate
