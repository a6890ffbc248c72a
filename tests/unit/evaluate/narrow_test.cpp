// Columns of 64 bits made narrower, against division of numbers that nothing overflows.
#include "evaluate/narrow.h"

#include <doctest/doctest.h>

#include <vector>

#include "properties/dice.h"
#include "value/int128.h"

namespace writ::evaluate {
namespace {

using properties::Dice;
using value::i128;

int64_t most_of(uint32_t bytes) { return bytes < 8 ? (int64_t{1} << (8 * bytes - 1)) - 1 : INT64_MAX; }

int64_t between(Dice& dice, int64_t low, int64_t high) {
  return low == INT64_MIN && high == INT64_MAX ? static_cast<int64_t>(dice.next()) : dice.between(low, high);
}

// On both sides of what a range, a step, 64 bits, or a product modulo 2^64 could get wrong.
int64_t any_number(Dice& dice, int64_t step, Range range) {
  const auto near = [&](i128 number) { return static_cast<int64_t>(static_cast<uint64_t>(number) + static_cast<uint64_t>(dice.between(-2, 2))); };
  switch (dice.below(8)) {
    case 0: return static_cast<int64_t>(dice.next());
    case 1: return near(dice.one_in(2) ? INT64_MIN : INT64_MAX);
    case 2: return near(i128{dice.one_in(2) ? range.low : range.high} * step);
    case 3: return near(i128{between(dice, range.low, range.high)} * step);
    case 4: return near((i128{1} << dice.below(64)) * step);
    default: return static_cast<int64_t>(static_cast<uint64_t>(i128{between(dice, range.low, range.high)} * step));
  }
}

// The quotient, where there is one.
bool divides(int64_t number, int64_t step, Range range, int64_t& quotient) {
  quotient = number / step;
  return number % step == 0 && quotient >= range.low && quotient <= range.high;
}

int64_t number_at(const std::vector<std::byte>& memory, uint32_t bytes, size_t i) {
  switch (bytes) {
    case 1: return reinterpret_cast<const int8_t*>(memory.data())[i];
    case 2: return reinterpret_cast<const int16_t*>(memory.data())[i];
    case 4: return reinterpret_cast<const int32_t*>(memory.data())[i];
    default: return reinterpret_cast<const int64_t*>(memory.data())[i];
  }
}

Range any_range(Dice& dice, uint32_t bytes) {
  const int64_t most = most_of(bytes);
  if (dice.one_in(3)) return {-most - 1, most};
  Range range{between(dice, -most - 1, most), between(dice, -most - 1, most)};
  if (range.low > range.high) std::swap(range.low, range.high);
  return range;
}

std::vector<uint64_t> any_bits(Dice& dice, uint32_t rows) {
  std::vector<uint64_t> bits;
  for (uint32_t i = 0; i <= rows / 64; ++i) bits.push_back(dice.one_in(3) ? UINT64_MAX : dice.next());
  return bits;
}

bool is_given(const std::vector<uint64_t>& bits, uint32_t row) { return bits.empty() || (bits[row / 64] >> (row % 64) & 1) != 0; }
const uint8_t* bytes_of(const std::vector<uint64_t>& bits) { return bits.empty() ? nullptr : reinterpret_cast<const uint8_t*>(bits.data()); }

void compare(Dice& dice, int64_t step, uint32_t bytes, bool only_multiples) {
  const Range range = any_range(dice, bytes);
  const uint32_t rows = static_cast<uint32_t>(dice.between(1, 200));
  const std::vector<uint64_t> given = dice.one_in(2) ? std::vector<uint64_t>() : any_bits(dice, rows);
  std::vector<int64_t> from;
  bool fits = true;
  for (uint32_t row = 0; row < rows; ++row) {
    int64_t number = any_number(dice, step, range), quotient = 0;
    // One that is none of them among many that are must show.
    if (is_given(given, row) && !(only_multiples && dice.one_in(300))) {
      for (int tries = 0; only_multiples && !divides(number, step, range, quotient); ++tries) {
        number = tries < 20 ? any_number(dice, step, range) : 0;
        if (tries > 20) return;  // there may be none
      }
    }
    fits &= !is_given(given, row) || divides(number, step, range, quotient);
    from.push_back(number);
  }
  std::vector<std::byte> to((rows + 63) / 64 * 64 * bytes);
  const bool found = bytes == 8 ? divide_numbers(from.data(), step, range, bytes_of(given), rows, reinterpret_cast<int64_t*>(to.data()))
                                : narrow_numbers(from.data(), step, range, bytes_of(given), rows, to.data(), bytes);
  REQUIRE(found == fits);
  for (uint32_t row = 0; fits && row < rows; ++row) {
    if (is_given(given, row)) REQUIRE(number_at(to, bytes, row) == from[row] / step);
  }
}

TEST_CASE("narrower numbers are the exact quotients, and nothing else passes") {
  Dice dice{7};
  for (const int64_t step : {int64_t{1}, int64_t{2}, int64_t{3}, int64_t{1000}, int64_t{1'000'000}, int64_t{86'400'000'000}, int64_t{1} << 40, INT64_MAX}) {
    for (const uint32_t bytes : {1u, 2u, 4u, 8u}) {
      if (step == 1 && bytes == 8) continue;
      CAPTURE(step);
      CAPTURE(bytes);
      for (int i = 0; i < 300; ++i) compare(dice, step, bytes, i % 3 != 0);
    }
  }
}

template <class T>
void look(Dice& dice) {
  const Range range = any_range(dice, sizeof(T));
  const uint32_t rows = static_cast<uint32_t>(dice.between(1, 200));
  const std::vector<uint64_t> given = dice.one_in(2) ? std::vector<uint64_t>() : any_bits(dice, rows);
  std::vector<T> numbers;
  bool within = true;
  for (uint32_t row = 0; row < rows; ++row) {
    const bool any = !is_given(given, row) || dice.one_in(300);
    numbers.push_back(static_cast<T>(any ? between(dice, -most_of(sizeof(T)) - 1, most_of(sizeof(T))) : between(dice, range.low, range.high)));
    within &= !is_given(given, row) || (numbers.back() >= range.low && numbers.back() <= range.high);
  }
  REQUIRE(numbers_within(numbers.data(), sizeof(T), range, bytes_of(given), rows) == within);
}

TEST_CASE("numbers in a range, wherever it lies") {
  Dice dice{8};
  for (int i = 0; i < 2000; ++i) {
    look<int8_t>(dice);
    look<int16_t>(dice);
    look<int32_t>(dice);
    look<int64_t>(dice);
  }
}

}  // namespace
}  // namespace writ::evaluate
