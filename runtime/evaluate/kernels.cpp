#include "evaluate/kernels.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <limits>
#include <tuple>

// Rows are picked by instructions that compilers do not find; elsewhere one by one.
#if defined(__x86_64__) && defined(__GNUC__)
#define WRIT_COMPRESSES
#include <immintrin.h>
#endif

namespace writ::evaluate {

namespace {

// From at most 32 bits times a unit of at most 31 nothing overflows; from 64 bits every product must be checked.
#define WRIT_CONVERT(name, From, To)                                                                                              \
  WRIT_WIDE bool name(const From* from, int64_t unit, int64_t low, int64_t high, const uint8_t* states, uint32_t rows, To* to) {  \
    uint64_t outside = 0;                                                                                                         \
    for (uint32_t i = 0; i < rows; ++i) {                                                                                         \
      const int64_t v = static_cast<int64_t>(static_cast<uint64_t>(static_cast<int64_t>(from[i])) * static_cast<uint64_t>(unit)); \
      outside |= (static_cast<uint64_t>(v < low) | static_cast<uint64_t>(v > high)) & static_cast<uint64_t>(states[i] == 0);      \
      to[i] = static_cast<To>(v);                                                                                                 \
    }                                                                                                                             \
    return outside == 0;                                                                                                          \
  }
#define WRIT_CONVERT_FROM(n, From)              \
  WRIT_CONVERT(convert_##n##_8, From, int8_t)   \
  WRIT_CONVERT(convert_##n##_16, From, int16_t) \
  WRIT_CONVERT(convert_##n##_32, From, int32_t) \
  WRIT_CONVERT(convert_##n##_64, From, int64_t)
WRIT_CONVERT_FROM(8, int8_t)
WRIT_CONVERT_FROM(16, int16_t)
WRIT_CONVERT_FROM(32, int32_t)
WRIT_CONVERT_FROM(64, int64_t)

WRIT_WIDE bool within_64(const int64_t* numbers, int64_t low, int64_t high, const uint8_t* states, uint32_t rows) {
  uint8_t outside = 0;
  for (uint32_t i = 0; i < rows; ++i) {
    outside |= static_cast<uint8_t>(static_cast<uint8_t>((numbers[i] < low) | (numbers[i] > high)) & static_cast<uint8_t>(states[i] == 0));
  }
  return outside == 0;
}

#define WRIT_RANGE(name, T)                               \
  WRIT_WIDE Range name(const T* numbers, uint32_t rows) { \
    T low = numbers[0], high = numbers[0];                \
    for (uint32_t i = 1; i < rows; ++i) {                 \
      low = numbers[i] < low ? numbers[i] : low;          \
      high = numbers[i] > high ? numbers[i] : high;       \
    }                                                     \
    return {low, high};                                   \
  }
WRIT_RANGE(range_32, int32_t)
WRIT_RANGE(range_64, int64_t)

#define WRIT_SUM(name, T)                                                                                     \
  WRIT_WIDE int64_t name(const T* numbers, const uint8_t* marks, uint32_t rows) {                             \
    int64_t sum = 0;                                                                                          \
    if (marks == nullptr) {                                                                                   \
      for (uint32_t i = 0; i < rows; ++i) sum += numbers[i];                                                  \
      return sum;                                                                                             \
    }                                                                                                         \
    for (uint32_t i = 0; i < rows; ++i) sum += marks[i] != 0 ? static_cast<int64_t>(numbers[i]) : int64_t{0}; \
    return sum;                                                                                               \
  }
WRIT_SUM(sum_8, int8_t)
WRIT_SUM(sum_16, int16_t)
WRIT_SUM(sum_32, int32_t)

// Loads one by one are quicker than the instructions that gather. The processor does not look beyond a page, so the index is asked for ahead.
template <class T>
void gather(const T* from, const uint32_t* index, uint32_t rows, T* to) {
  constexpr uint32_t line = 16, ahead = 2048;
  uint32_t i = 0;
  for (; i + line <= rows; i += line) {
    __builtin_prefetch(index + i + ahead);
    for (uint32_t k = 0; k < line; ++k) to[i + k] = from[index[i + k]];
  }
  for (; i < rows; ++i) to[i] = from[index[i]];
}

WRIT_WIDE bool products_fit(const int64_t* from, int64_t unit, const uint8_t* states, uint32_t rows) {
  if (unit == INT64_MIN) return within_64(from, 0, 0, states, rows);
  const int64_t most = unit == 0 ? INT64_MAX : INT64_MAX / (unit < 0 ? -unit : unit);
  return within_64(from, -most, most, states, rows);
}

template <class From, class... Functions>
bool convert_by_width(const From* from, int64_t unit, Range range, const uint8_t* states, uint32_t rows, void* to, uint32_t to_bytes, Functions... f) {
  const auto [to8, to16, to32, to64] = std::tuple(f...);
  switch (to_bytes) {
    case 1: return to8(from, unit, range.low, range.high, states, rows, static_cast<int8_t*>(to));
    case 2: return to16(from, unit, range.low, range.high, states, rows, static_cast<int16_t*>(to));
    case 4: return to32(from, unit, range.low, range.high, states, rows, static_cast<int32_t*>(to));
    case 8: return to64(from, unit, range.low, range.high, states, rows, static_cast<int64_t*>(to));
    default: break;
  }
  assert(false);
  return false;
}

}  // namespace

bool convert_numbers(const void* from, uint32_t from_bytes, int64_t unit, Range range, const uint8_t* states, uint32_t rows, void* to, uint32_t to_bytes) {
  const bool small_unit = unit >= INT32_MIN && unit <= INT32_MAX;
  assert(from_bytes == 8 || small_unit);
  (void)small_unit;
  switch (from_bytes) {
    case 1:
      return convert_by_width(static_cast<const int8_t*>(from), unit, range, states, rows, to, to_bytes, convert_8_8, convert_8_16, convert_8_32, convert_8_64);
    case 2:
      return convert_by_width(static_cast<const int16_t*>(from), unit, range, states, rows, to, to_bytes, convert_16_8, convert_16_16, convert_16_32,
                              convert_16_64);
    case 4:
      return convert_by_width(static_cast<const int32_t*>(from), unit, range, states, rows, to, to_bytes, convert_32_8, convert_32_16, convert_32_32,
                              convert_32_64);
    case 8: {
      const int64_t* wide = static_cast<const int64_t*>(from);
      if (!products_fit(wide, unit, states, rows)) return false;
      return convert_by_width(wide, unit, range, states, rows, to, to_bytes, convert_64_8, convert_64_16, convert_64_32, convert_64_64);
    }
    default: break;
  }
  assert(false);
  return false;
}

Range range_of(const void* numbers, uint32_t bytes, uint32_t rows) {
  assert(bytes == 4 || bytes == 8);
  if (bytes == 4) return range_32(static_cast<const int32_t*>(numbers), rows);
  return range_64(static_cast<const int64_t*>(numbers), rows);
}

int64_t sum_marked(const void* numbers, uint32_t bytes, const uint8_t* marks, uint32_t rows) {
  assert(bytes == 1 || bytes == 2 || bytes == 4);
  if (bytes == 1) return sum_8(static_cast<const int8_t*>(numbers), marks, rows);
  if (bytes == 2) return sum_16(static_cast<const int16_t*>(numbers), marks, rows);
  return sum_32(static_cast<const int32_t*>(numbers), marks, rows);
}

namespace {

template <class T>
uint32_t find_slowly(const T* numbers, uint32_t rows, uint16_t* out) {
  uint32_t count = 0;
  for (uint32_t row = 0; row < rows; ++row) {
    out[count] = static_cast<uint16_t>(row);
    count += numbers[row] != 0 ? 1 : 0;
  }
  return count;
}

#ifdef WRIT_COMPRESSES
#define WRIT_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,popcnt")))

bool compresses() {
  static const bool has = __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
  return has;
}

struct Ascending {
  alignas(64) uint8_t numbers[64];
};
constexpr Ascending ascending = [] {
  Ascending all{};
  for (uint8_t i = 0; i < 64; ++i) all.numbers[i] = i;
  return all;
}();

// Bit i of `which` is row first + i. Most groups have few rows.
WRIT_AVX512 inline uint32_t put_rows(uint64_t which, uint32_t first, uint16_t* out) {
  const __m512i base = _mm512_set1_epi16(static_cast<short>(first));
  const __m512i rows = _mm512_maskz_compress_epi8(which, _mm512_load_si512(ascending.numbers));
  const uint32_t count = static_cast<uint32_t>(__builtin_popcountll(which));
  _mm512_storeu_si512(out, _mm512_add_epi16(_mm512_cvtepu8_epi16(_mm512_castsi512_si256(rows)), base));
  if (count > 32) _mm512_storeu_si512(out + 32, _mm512_add_epi16(_mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(rows, 1)), base));
  return count;
}

WRIT_AVX512 uint32_t find_equal_bytes(const uint8_t* numbers, uint8_t equals, uint32_t rows, uint16_t* out) {
  const __m512i wanted = _mm512_set1_epi8(static_cast<char>(equals));
  uint32_t count = 0;
  for (uint32_t row = 0; row < rows; row += 64) {
    const uint64_t which = _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(numbers + row), wanted);
    if (which != 0) count += put_rows(which, row, out + count);
  }
  return count;
}

WRIT_AVX512 uint32_t find_bytes(const uint8_t* numbers, uint32_t rows, uint16_t* out) {
  uint32_t count = 0;
  for (uint32_t row = 0; row < rows; row += 64) {
    const __m512i some = _mm512_loadu_si512(numbers + row);
    count += put_rows(_mm512_test_epi8_mask(some, some), row, out + count);
  }
  return count;
}

// Whole words of 64 rows; how many rows those are.
WRIT_AVX512 uint32_t pack_words(const uint8_t* states, uint32_t rows, uint8_t* out) {
  uint32_t row = 0;
  for (; row + 64 <= rows; row += 64) {
    const __m512i some = _mm512_loadu_si512(states + row);
    const uint64_t given = _mm512_testn_epi8_mask(some, some);
    std::memcpy(out + row / 8, &given, 8);
  }
  return row;
}

WRIT_AVX512 uint32_t find_words(const int32_t* numbers, uint32_t rows, uint16_t* out) {
  uint32_t count = 0;
  for (uint32_t row = 0; row < rows; row += 64) {
    uint64_t which = 0;
    for (uint32_t part = 0; part < 4; ++part) {
      const __m512i some = _mm512_loadu_si512(numbers + row + part * 16);
      which |= static_cast<uint64_t>(_mm512_test_epi32_mask(some, some)) << (part * 16);
    }
    count += put_rows(which, row, out + count);
  }
  return count;
}
#endif

}  // namespace

uint32_t find_equal(const uint8_t* numbers, uint8_t equals, uint32_t rows, uint16_t* out) {
#ifdef WRIT_COMPRESSES
  if (rows % 64 == 0 && compresses()) return find_equal_bytes(numbers, equals, rows, out);
#endif
  uint32_t count = 0;
  for (uint32_t row = 0; row < rows; ++row) {
    out[count] = static_cast<uint16_t>(row);
    count += numbers[row] == equals ? 1 : 0;
  }
  return count;
}

uint32_t find_nonzero(const void* numbers, uint32_t bytes, uint32_t rows, uint16_t* out) {
#ifdef WRIT_COMPRESSES
  if (rows % 64 == 0 && compresses()) {
    if (bytes == 1) return find_bytes(static_cast<const uint8_t*>(numbers), rows, out);
    if (bytes == 4) return find_words(static_cast<const int32_t*>(numbers), rows, out);
  }
#endif
  switch (bytes) {
    case 1: return find_slowly(static_cast<const int8_t*>(numbers), rows, out);
    case 2: return find_slowly(static_cast<const int16_t*>(numbers), rows, out);
    case 4: return find_slowly(static_cast<const int32_t*>(numbers), rows, out);
    case 8: return find_slowly(static_cast<const int64_t*>(numbers), rows, out);
    default: break;
  }
  assert(false);
  return 0;
}

namespace {

#define WRIT_ADD_WINDOW(name, T)                                                                         \
  WRIT_WIDE void name(const T* counts, uint32_t each, uint32_t rows, uint32_t* total, uint8_t* enough) { \
    for (uint32_t i = 0; i < rows; ++i) {                                                                \
      const uint32_t count = static_cast<uint32_t>(counts[i]);                                           \
      total[i] += count;                                                                                 \
      enough[i] = static_cast<uint8_t>(enough[i] & static_cast<uint8_t>(count >= each));                 \
    }                                                                                                    \
  }
WRIT_ADD_WINDOW(add_window_16, int16_t)
WRIT_ADD_WINDOW(add_window_32, int32_t)

}  // namespace

void add_window(const void* counts, uint32_t bytes, uint32_t each, uint32_t rows, uint32_t* total, uint8_t* enough) {
  assert(bytes == 2 || bytes == 4);
  if (bytes == 2) return add_window_16(static_cast<const int16_t*>(counts), each, rows, total, enough);
  add_window_32(static_cast<const int32_t*>(counts), each, rows, total, enough);
}

WRIT_WIDE void note_windows(const uint32_t* total, const uint8_t* enough, uint32_t at_least, uint32_t window, uint32_t nowhere, uint32_t rows, uint32_t* first,
                            uint32_t* found) {
  for (uint32_t i = 0; i < rows; ++i) {
    const bool takes = first[i] == nowhere && enough[i] != 0 && total[i] >= at_least;
    first[i] = takes ? window : first[i];
    found[i] = takes ? total[i] : found[i];
  }
}

void gather_numbers(const void* from, uint32_t bytes, const uint32_t* index, uint32_t rows, void* to) {
  switch (bytes) {
    case 1: return gather(static_cast<const int8_t*>(from), index, rows, static_cast<int8_t*>(to));
    case 2: return gather(static_cast<const int16_t*>(from), index, rows, static_cast<int16_t*>(to));
    case 4: return gather(static_cast<const int32_t*>(from), index, rows, static_cast<int32_t*>(to));
    case 8: return gather(static_cast<const int64_t*>(from), index, rows, static_cast<int64_t*>(to));
    default: break;
  }
  assert(false);
}

void expand_bits(const uint8_t* bits, uint64_t first_bit, uint32_t rows, uint8_t zero, uint8_t one, uint8_t* out) {
  const uint8_t* from = bits + first_bit / 8;
  const unsigned shift = static_cast<unsigned>(first_bit % 8);
  uint32_t i = 0;
  for (; i + 8 <= rows; i += 8, ++from) {
    unsigned eight = from[0] >> shift;
    if (shift != 0) eight |= static_cast<unsigned>(from[1]) << (8 - shift);
    // Bit k comes to stand in byte k, at its own place; adding 127 carries it to the top of the byte, whatever the place was.
    uint64_t spread = (eight & 0xff) * 0x0101010101010101ull & 0x8040201008040201ull;
    spread = (spread + 0x7f7f7f7f7f7f7f7full) >> 7 & 0x0101010101010101ull;
    const uint64_t result = spread * one + (0x0101010101010101ull - spread) * zero;
    std::memcpy(out + i, &result, 8);
  }
  for (; i < rows; ++i) {
    const uint64_t bit = first_bit + i;
    out[i] = (bits[bit / 8] >> (bit % 8) & 1) != 0 ? one : zero;
  }
}

WRIT_WIDE bool states_within(const uint8_t* states, uint32_t allowed, uint32_t rows) {
  uint8_t seen[8] = {};
  for (uint8_t state = 0; state < 5; ++state) {
    if ((allowed >> state & 1) != 0) continue;
    uint8_t found = 0;
    for (uint32_t i = 0; i < rows; ++i) found |= static_cast<uint8_t>(states[i] == state);
    seen[state] = found;
  }
  uint8_t other = 0;
  for (uint32_t i = 0; i < rows; ++i) other |= static_cast<uint8_t>(states[i] > 4);
  for (uint8_t found : seen) other |= found;
  return other == 0;
}

void copy_bits(const uint8_t* bits, uint64_t first_bit, uint32_t rows, uint8_t* out) {
  const uint8_t* from = bits + first_bit / 8;
  const unsigned shift = static_cast<unsigned>(first_bit % 8);
  const uint32_t used = (shift + rows + 7) / 8;  // bytes of `from` that hold a bit of a row
  const uint32_t bytes = (rows + 7) / 8;
  for (uint32_t i = 0; i < bytes; ++i) {
    unsigned byte = from[i] >> shift;
    if (shift != 0 && i + 1 < used) byte |= static_cast<unsigned>(from[i + 1]) << (8 - shift);
    out[i] = static_cast<uint8_t>(byte);
  }
  if (rows % 8 != 0) out[bytes - 1] &= static_cast<uint8_t>((1u << (rows % 8)) - 1);
}

void pack_given(const uint8_t* states, uint32_t rows, uint8_t* out) {
  uint32_t i = 0;
#ifdef WRIT_COMPRESSES
  if (compresses()) i = pack_words(states, rows, out);
#endif
  for (; i + 8 <= rows; i += 8) {
    uint64_t eight = 0;
    std::memcpy(&eight, states + i, 8);
    // States are small: adding 127 sets the top bit of each that is not 0; the product gathers the eight bits in the top byte.
    const uint64_t absent = ((eight & 0x7f7f7f7f7f7f7f7full) + 0x7f7f7f7f7f7f7f7full) | eight;
    const uint64_t given = ~absent >> 7 & 0x0101010101010101ull;
    out[i / 8] = static_cast<uint8_t>(given * 0x0102040810204080ull >> 56);
  }
  if (i == rows) return;
  unsigned last = 0;
  for (uint32_t k = i; k < rows; ++k) last |= unsigned{states[k] == 0} << (k - i);
  out[i / 8] = static_cast<uint8_t>(last);
}

}  // namespace writ::evaluate
