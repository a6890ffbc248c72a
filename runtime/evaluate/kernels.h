// Small loops over one column of a block, compiled for several levels of processor and chosen when the program starts.
// Private to this folder.
#pragma once
#include <cstdint>

#include "evaluate/narrow.h"
#include "evaluate/wide.h"

namespace writ::evaluate {

// Converts integers of `from_bytes` (1, 2, 4, 8) to integers of `to_bytes`, times `unit`; false when a given one (state 0) is out of range,
// or does not fit 64 bits.
bool convert_numbers(const void* from, uint32_t from_bytes, int64_t unit, Range range, const uint8_t* states, uint32_t rows, void* to, uint32_t to_bytes);
// The least and the largest of numbers of `bytes` (4 or 8); rows > 0.
Range range_of(const void* numbers, uint32_t bytes, uint32_t rows);
// The sum of numbers of `bytes` (1, 2 or 4) where a mark is 1; marks null: of all.
int64_t sum_marked(const void* numbers, uint32_t bytes, const uint8_t* marks, uint32_t rows);
// to[i] = from[index[i]], numbers of `bytes` (1, 2, 4 or 8).
void gather_numbers(const void* from, uint32_t bytes, const uint32_t* index, uint32_t rows, void* to);
// The rows whose number is `equals`, ascending, into `out`, which has room for 64 more than there are rows; how many there are. rows <= 65536.
uint32_t find_equal(const uint8_t* numbers, uint8_t equals, uint32_t rows, uint16_t* out);
// The same for numbers of `bytes` (1, 2, 4 or 8) that are not 0.
uint32_t find_nonzero(const void* numbers, uint32_t bytes, uint32_t rows, uint16_t* out);
// total[i] += counts[i], and enough[i] stays 1 where counts[i] >= each. Counts of `bytes` (2 or 4), none below 0.
void add_window(const void* counts, uint32_t bytes, uint32_t each, uint32_t rows, uint32_t* total, uint8_t* enough);
// Where first[i] is `nowhere`, enough[i] is 1 and total[i] >= at_least: notes `window` and the total.
void note_windows(const uint32_t* total, const uint8_t* enough, uint32_t at_least, uint32_t window, uint32_t nowhere, uint32_t rows, uint32_t* first,
                  uint32_t* found);
// Bits from `first_bit` on as bytes: `one` where the bit is set, else `zero`.
void expand_bits(const uint8_t* bits, uint64_t first_bit, uint32_t rows, uint8_t zero, uint8_t one, uint8_t* out);
// Whether every state is among those of a bit set.
bool states_within(const uint8_t* states, uint32_t allowed, uint32_t rows);
// Bits from `first_bit` on, moved to the start of `out`; bits of out behind `rows` are 0.
void copy_bits(const uint8_t* bits, uint64_t first_bit, uint32_t rows, uint8_t* out);
// A bit for each state that is given (0); bits behind `rows` in the last byte are 0.
void pack_given(const uint8_t* states, uint32_t rows, uint8_t* out);

}  // namespace writ::evaluate
