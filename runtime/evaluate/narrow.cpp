// One multiplication a number tells whether it is a multiple, what its quotient is, and whether that is in range.
//
// step = odd * 2^twos, and `inverse` is that of `odd` modulo 2^64. x -> (x * inverse) rotated right by `twos` maps the words of 64 bits one to one
// onto themselves, and q * step to q as long as that is no more than 64 bits. So what it maps x to is at most `span` exactly when x is q * step for
// a q of at most `span`; whatever is no multiple comes out larger. With x = number - low * step modulo 2^64, q is the quotient above `low`. Nothing
// else gives this x: a number that is 2^64 less than (low + q) * step, which fits 64 bits with its sign, would not fit them.
//
// q <= span < 2^63 when neither q nor span - q has its highest bit: no comparison, so that every level of processor has it in vectors.
#include "evaluate/kernels.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace writ::evaluate {

namespace {

struct Quotients {
  uint64_t first = 0;  // low * step
  uint64_t inverse = 1;
  unsigned twos = 0;
  uint64_t low = 0, span = 0;
};

uint64_t inverse_of(uint64_t odd) {
  uint64_t inverse = odd;  // right in the three lowest bits; each step doubles them
  for (int i = 0; i < 5; ++i) inverse *= 2 - odd * inverse;
  return inverse;
}

Quotients quotients_by(int64_t step, Range range) {
  const uint64_t positive = static_cast<uint64_t>(step), low = static_cast<uint64_t>(range.low);
  const unsigned twos = static_cast<unsigned>(__builtin_ctzll(positive));
  return {low * positive, inverse_of(positive >> twos), twos, low, static_cast<uint64_t>(range.high) - low};
}

// Rows in words of 64, each with its word of `given`. What is left behind the last whole word is brought to 64 rows, of which those that fill up
// are not given: one loop is less code than two.
constexpr uint64_t word_rows = 64;

template <class From, class Body>
[[gnu::always_inline]] inline bool for_each_word(const void* numbers, const uint8_t* given, uint64_t rows, Body body) {
  const From* from = static_cast<const From*>(numbers);
  uint64_t outside = 0, word = ~uint64_t{0};
  From rest[word_rows] = {};
  for (uint64_t row = 0; row < rows; row += word_rows) {
    const uint64_t left = rows - row;
    if (given != nullptr) std::memcpy(&word, given + row / 8, 8);
    const From* at = from + row;
    if (left < word_rows) {
      std::memcpy(rest, at, left * sizeof(From));
      word &= (uint64_t{1} << left) - 1;
      at = rest;
    }
    outside |= body(at, word, row);
  }
  return outside >> 63 == 0;
}

// `to` has room for whole words.
template <class To, bool divides>
[[gnu::always_inline]] inline bool narrow_all(const Quotients& quotients, const int64_t* numbers, const uint8_t* given, uint64_t rows, void* memory) {
  const Quotients by = quotients;
  To* to = static_cast<To*>(memory);
  return for_each_word<int64_t>(numbers, given, rows, [&](const int64_t* __restrict from, uint64_t word, uint64_t row) __attribute__((always_inline)) {
    To* __restrict out = to + row;
    uint64_t outside = 0;
    for (uint64_t i = 0; i < word_rows; ++i) {
      const uint64_t above = static_cast<uint64_t>(from[i]) - by.first;
      const uint64_t turned = above * by.inverse;
      const uint64_t q = divides ? turned >> by.twos | turned << ((64 - by.twos) & 63) : above;
      outside |= (q | (by.span - q)) & (word << (63 - i));
      out[i] = static_cast<To>(by.low + q);
    }
    return outside;
  });
}

#define WRIT_NARROW(name, To, divides)                                                                              \
  WRIT_WIDE bool name(const Quotients& by, const int64_t* numbers, const uint8_t* given, uint64_t rows, void* to) { \
    return narrow_all<To, divides>(by, numbers, given, rows, to);                                                   \
  }
WRIT_NARROW(narrow_8, int8_t, false)
WRIT_NARROW(narrow_16, int16_t, false)
WRIT_NARROW(narrow_32, int32_t, false)
WRIT_NARROW(divide_32, int32_t, true)
WRIT_NARROW(divide_64, int64_t, true)

// Quotients of less than 32 bits are rare.
template <class To>
bool divide_slowly(const Quotients& by, const int64_t* numbers, const uint8_t* given, uint64_t rows, void* to) {
  return narrow_all<To, true>(by, numbers, given, rows, to);
}

using Narrow = bool (*)(const Quotients&, const int64_t*, const uint8_t*, uint64_t, void*);

Narrow choose_narrow(bool divides, uint32_t to_bytes) {
  if (to_bytes == 1) return divides ? divide_slowly<int8_t> : narrow_8;
  if (to_bytes == 2) return divides ? divide_slowly<int16_t> : narrow_16;
  assert(to_bytes == 4);
  return divides ? divide_32 : narrow_32;
}

// The same of numbers that stay where they are.
template <class T>
[[gnu::always_inline]] inline bool look_at_all(Range range, const void* numbers, const uint8_t* given, uint64_t rows) {
  const uint64_t low = static_cast<uint64_t>(range.low), span = static_cast<uint64_t>(range.high) - low;
  return for_each_word<T>(numbers, given, rows, [&](const T* __restrict from, uint64_t word, uint64_t) __attribute__((always_inline)) {
    uint64_t outside = 0;
    for (uint64_t i = 0; i < word_rows; ++i) {
      const uint64_t above = static_cast<uint64_t>(static_cast<int64_t>(from[i])) - low;
      outside |= (above | (span - above)) & (word << (63 - i));
    }
    return outside;
  });
}

#define WRIT_WITHIN(wide, n, T) \
  wide bool within_##n(Range range, const void* numbers, const uint8_t* given, uint64_t rows) { return look_at_all<T>(range, numbers, given, rows); }
WRIT_WITHIN(, 8, int8_t)
WRIT_WITHIN(, 16, int16_t)
WRIT_WITHIN(, 32, int32_t)
WRIT_WITHIN(WRIT_WIDE, 64, int64_t)

// A range that is wider than half of all numbers of 64 bits, one by one.
bool within_wide_range(Range range, const int64_t* numbers, const uint8_t* given, uint64_t rows) {
  for (uint64_t i = 0; i < rows; ++i) {
    const bool counts = given == nullptr || (given[i / 8] >> (i % 8) & 1) != 0;
    if (counts && (numbers[i] < range.low || numbers[i] > range.high)) return false;
  }
  return true;
}

bool none_given(const uint8_t* given, uint64_t rows) {
  for (uint64_t i = 0; i < rows; ++i) {
    if (given == nullptr || (given[i / 8] >> (i % 8) & 1) != 0) return false;
  }
  return true;
}

}  // namespace

bool numbers_within(const void* numbers, uint32_t bytes, Range range, const uint8_t* given, uint32_t rows) {
  const int64_t most = bytes < 8 ? (int64_t{1} << (8 * bytes - 1)) - 1 : INT64_MAX;
  if (range.low <= -most - 1 && range.high >= most) return true;
  const bool wide = static_cast<uint64_t>(range.high) - static_cast<uint64_t>(range.low) > static_cast<uint64_t>(INT64_MAX);
  switch (bytes) {
    case 1: return within_8(range, numbers, given, rows);
    case 2: return within_16(range, numbers, given, rows);
    case 4: return within_32(range, numbers, given, rows);
    default: break;
  }
  assert(bytes == 8);
  return wide ? within_wide_range(range, static_cast<const int64_t*>(numbers), given, rows) : within_64(range, numbers, given, rows);
}

namespace {

// Beyond these there is no number of 64 bits.
Range quotients_in(Range range, int64_t step) { return {std::max(range.low, INT64_MIN / step), std::min(range.high, INT64_MAX / step)}; }

}  // namespace

bool narrow_numbers(const int64_t* from, int64_t step, Range range, const uint8_t* given, uint32_t rows, void* to, uint32_t to_bytes) {
  assert(step > 0);
  range = quotients_in(range, step);
  if (range.low > range.high) return none_given(given, rows);
  return choose_narrow(step > 1, to_bytes)(quotients_by(step, range), from, given, rows, to);
}

bool divide_numbers(const int64_t* from, int64_t step, Range range, const uint8_t* given, uint32_t rows, int64_t* to) {
  assert(step > 1);
  range = quotients_in(range, step);
  if (range.low > range.high) return none_given(given, rows);
  return divide_64(quotients_by(step, range), from, given, rows, to);
}

}  // namespace writ::evaluate
