// Numbers by period and agreement against the same numbers with room for all: however small they begin, nothing is lost where they grow.
#include "evaluate/dense.h"

#include <doctest/doctest.h>

#include <map>

#include "properties/dice.h"

namespace writ::evaluate {
namespace {

constexpr size_t periods = 3;
constexpr uint32_t agreements = 5;

struct Both {
  DenseCells cells = make_cells(periods, agreements);
  std::map<std::pair<size_t, uint32_t>, value::i128> exact;
};

void add(Both& both, size_t period, uint32_t agreement, int64_t amount) {
  both.exact[{period, agreement}] += amount;
  if (amount == 0) return;
  make_room(both.cells, period, without_sign(amount));
  with_numbers(both.cells, period, [&](auto* numbers) {
    using T = std::remove_pointer_t<decltype(numbers)>;
    numbers[agreement] = static_cast<T>(numbers[agreement] + static_cast<T>(amount));
  });
}

void compare(Both& both) {
  for (size_t period = 0; period < periods; ++period) {
    for (uint32_t a = 0; a < agreements; ++a) REQUIRE(number_of(both.cells, period, a) == both.exact[{period, a}]);
  }
}

TEST_CASE("dense numbers are exact however large they grow, also brought together") {
  properties::Dice dice{7};
  uint32_t widest = 0;
  for (int bits = 1; bits <= 63; ++bits) {
    Both parts[2];
    for (Both& part : parts) {
      for (int i = 0; i < 200; ++i) {
        const int64_t most = static_cast<int64_t>((uint64_t{1} << bits) - 1);
        const int64_t amount = dice.one_in(50) ? (dice.one_in(2) ? most : -most - 1) : dice.between(-most, most);
        // One period gets nothing.
        add(part, static_cast<size_t>(dice.below(periods - 1)), static_cast<uint32_t>(dice.below(agreements)), amount);
      }
      compare(part);
      CHECK(part.cells.most[periods - 1] == 0);
    }
    add_cells(parts[0].cells, parts[1].cells);
    for (const auto& [place, number] : parts[1].exact) parts[0].exact[place] += number;
    compare(parts[0]);
    widest = std::max(widest, parts[0].cells.bytes);
  }
  CHECK(widest == 16);
}

TEST_CASE("dense numbers are as narrow as all that was added to a period allows") {
  Both both;
  add(both, 0, 0, 32767);
  CHECK(both.cells.bytes == 2);
  add(both, 1, 0, 32767);
  CHECK(both.cells.bytes == 2);
  add(both, 0, 1, -1);
  CHECK(both.cells.bytes == 4);
  add(both, 2, 0, INT32_MAX);
  CHECK(both.cells.bytes == 4);
  add(both, 2, 1, 1);
  CHECK(both.cells.bytes == 8);
  add(both, 2, 1, INT64_MIN);
  CHECK(both.cells.bytes == 16);
  compare(both);
}

}  // namespace
}  // namespace writ::evaluate
