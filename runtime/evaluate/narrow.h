// Whole columns of numbers, looked at and made narrower: of 64 bits to those that emitted code reads.
#pragma once
#include <cstdint>

namespace writ::evaluate {

struct Range {
  int64_t low = INT64_MIN, high = INT64_MAX;
};

// Whether every given number of `bytes` (1, 2, 4, 8) is in the range. `given`: a bit a row, with room for whole words of 64; null: all are.
bool numbers_within(const void* numbers, uint32_t bytes, Range range, const uint8_t* given, uint32_t rows);

// to[i] = from[i] / step, as integers of `to_bytes` (1, 2, 4). False when a given one is no multiple of `step`, or its quotient is out of range;
// numbers that are not given mean nothing. `to` has room for whole words of 64 rows, too. step > 0. The range is one that integers of `to_bytes` hold.
bool narrow_numbers(const int64_t* from, int64_t step, Range range, const uint8_t* given, uint32_t rows, void* to, uint32_t to_bytes);
// The same of 64 bits. step > 1.
bool divide_numbers(const int64_t* from, int64_t step, Range range, const uint8_t* given, uint32_t rows, int64_t* to);

}  // namespace writ::evaluate
