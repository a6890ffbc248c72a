// Cells as nearly every file writes them, read without a loop over their letters. Private to this folder.
// Promises: what a function here reads, read_cell reads to the same value; what it does not read is not wrong, and read_cell must be asked.
// A cell must be readable for 16 bytes behind its first. Words are little endian: elsewhere nothing is usual.
#pragma once
#include <bit>
#include <cstring>
#include <span>

#include "record/cells.h"

namespace writ::record {

inline constexpr bool usual_cells_can_be_read = std::endian::native == std::endian::little;
inline constexpr size_t most_usual_bytes = 16;  // of a spelling or a number

// Spellings of up to 16 bytes, each at the slot that one multiplication gives.
struct UsualSpellings {
  struct Entry {
    uint64_t low = 0, high = 0;  // its bytes, zeros behind them
    uint32_t size = UINT32_MAX;  // UINT32_MAX: no spelling
    value::State state = value::State::given;
    int64_t value = 0;
  };
  uint64_t factor = 0;
  uint32_t shift = 0;
  bool complete = true;        // no spelling was too long
  std::vector<Entry> entries;  // a power of two; empty: there is no spelling, or no factor tells them apart
};
UsualSpellings make_usual_spellings(const CellReader& reader);

inline uint64_t word_at(const char* at) {
  uint64_t word;
  std::memcpy(&word, at, 8);
  return word;
}

inline uint64_t slot_word(uint64_t low, uint64_t high, uint64_t size) { return (low + size) ^ (high * 0x9E3779B97F4A7C15); }

// The spelling of these bytes, or null.
inline const UsualSpellings::Entry* find_usual(const UsualSpellings& spellings, const char* at, size_t size) {
  if (size > most_usual_bytes) return nullptr;
  // By number of bytes from the 17th place backwards: so many of a word's bytes belong to the text.
  constexpr uint64_t all = ~uint64_t{0};
  static constexpr uint64_t masks[9 + 8] = {0,   all >> 56, all >> 48, all >> 40, all >> 32, all >> 24, all >> 16, all >> 8, all,
                                            all, all,       all,       all,       all,       all,       all,       all};
  static constexpr uint64_t high_masks[9 + 8] = {0, 0, 0, 0, 0, 0, 0, 0, 0, all >> 56, all >> 48, all >> 40, all >> 32, all >> 24, all >> 16, all >> 8, all};
  const uint64_t low = word_at(at) & masks[size], high = word_at(at + 8) & high_masks[size];
  const auto& entry = spellings.entries[slot_word(low, high, size) * spellings.factor >> spellings.shift];
  const bool same = ((entry.low ^ low) | (entry.high ^ high) | (entry.size ^ size)) == 0;
  return same ? &entry : nullptr;
}

// Bytes that are more than their limit allows have their highest bit set; `limits`: 0x7F less the largest value.
inline uint64_t beyond(uint64_t bytes, uint64_t limits) { return ((bytes + limits) | bytes) & 0x8080808080808080; }
inline constexpr uint64_t ten_digits = 0x7676767676767676;

// The last `digits` bytes of a word are digits: their number, the first byte counting most. False: they are not.
inline bool digits_of(uint64_t word, size_t digits, uint64_t& out) {
  const uint64_t zeros = digits == 0 ? 0 : uint64_t{0x3030303030303030} << (64 - 8 * digits);
  word ^= zeros;
  if (beyond(word, ten_digits) != 0) return false;
  word = word * 10 + (word >> 8);
  constexpr uint64_t pairs = 0x000000FF000000FF;
  out = ((word & pairs) * 0x000F424000000064 + ((word >> 16) & pairs) * 0x0000271000000001) >> 32;
  return true;
}

// Digits, perhaps a minus in front, perhaps a point before exactly `scale` digits; scale 0 to 6.
inline bool usual_number(const char* at, size_t size, int scale, int64_t& out) {
  constexpr int64_t powers[] = {1, 10, 100, 1000, 10'000, 100'000, 1'000'000};
  const bool negative = *at == '-';
  at += negative;
  size -= negative;
  if (size - 1 >= most_usual_bytes) return false;
  const size_t behind = static_cast<size_t>(scale);
  size_t digits = size < 8 ? size : 8;  // in the last word
  uint64_t last = size == 0 ? 0 : word_at(at + (size - digits)) << (64 - 8 * digits);
  size_t before = size - digits;  // bytes before the last word
  int64_t unit = powers[behind];
  if (scale > 0 && size > behind + 1 && (last >> (56 - 8 * behind) & 0xFF) == '.') {
    const uint64_t fraction = ~uint64_t{0} << (64 - 8 * behind);
    last = (last & ~fraction & ~(fraction >> 8)) << 8 | (last & fraction);
    if (before > 0) {
      last |= static_cast<unsigned char>(at[--before]);
    } else {
      --digits;
    }
    unit = 1;
  } else if (scale > 0 && size > 12) {
    return false;
  }
  uint64_t number = 0;
  if (!digits_of(last, digits, number)) return false;
  if (before > 0) {
    uint64_t first = 0;
    if (!digits_of(word_at(at) << (64 - 8 * before), before, first)) return false;
    number += first * 100'000'000;
  }
  const int64_t value = static_cast<int64_t>(number) * unit;
  out = negative ? -value : value;
  return true;
}

// The date of ten letters "2026-03-02": their first eight as a word and the last two in the low half of a word, both without '0' and '-'.
inline bool usual_date_of(uint64_t year_month, uint64_t day_word, value::Date& out) {
  const uint64_t pairs = year_month * 10 + (year_month >> 8);
  const uint64_t century = pairs & 0xFF, year_of_century = pairs >> 16 & 0xFF, month = pairs >> 40 & 0xFF;
  const uint64_t day = (day_word & 0xFF) * 10 + (day_word >> 8 & 0xFF);
  const bool leap = ((year_of_century != 0 ? year_of_century : century) & 3) == 0;
  // Days before each month, the months of a leap year from the sixteenth place on; no day is in a month that is none.
  static constexpr uint16_t before[32] = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365, 365, 365,
                                          0, 0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366, 366, 366};
  const uint64_t year = century * 100 + year_of_century;
  if (month - 1 >= 12 || year == 0) return false;
  const uint16_t* of_month = before + (leap ? 16 : 0) + month;
  if (day - 1 >= static_cast<uint64_t>(of_month[1] - of_month[0])) return false;
  const int64_t past = static_cast<int64_t>(year) - 1;
  out = static_cast<value::Date>(past * 365 + past / 4 - past / 100 + past / 400 + of_month[0] + static_cast<int64_t>(day) - 1) + value::first_date;
  return true;
}

inline constexpr uint64_t date_start = 0x2D30302D30303030;  // "0000-00-"

inline bool usual_date(const char* at, size_t size, value::Date& out) {
  if (size != 10) return false;
  const uint64_t first = word_at(at) ^ date_start, second = (word_at(at + 8) & 0xFFFF) ^ 0x3030;
  if ((beyond(first, 0x7F76767F76767676) | beyond(second, ten_digits)) != 0) return false;
  return usual_date_of(first, second, out);
}

// "2026-03-02T11:00" and "2026-03-02T11:00:00", a space for the T, a Z behind it or not. Readable for 24 bytes.
inline bool usual_local(const char* at, size_t size, value::Local& out, bool& utc) {
  utc = at[size - 1] == 'Z';
  const size_t length = size - utc;
  if (length != 19 && length != 16) return false;
  const uint64_t first = word_at(at) ^ date_start;
  uint64_t middle = word_at(at + 8) ^ 0x30303A3030543030;  // "00T00:00"
  if (at[10] == ' ') middle ^= uint64_t{' ' ^ 'T'} << 16;
  const uint64_t seconds = length == 19 ? (word_at(at + 16) & 0xFFFFFF) ^ 0x30303A : 0;
  if ((beyond(first, 0x7F76767F76767676) | beyond(middle, 0x76767F76767F7676) | beyond(seconds, 0x76767F)) != 0) return false;
  const uint64_t times = middle * 10 + (middle >> 8);
  const uint64_t hour = times >> 24 & 0xFF, minute = times >> 48 & 0xFF, second = (seconds >> 8 & 0xFF) * 10 + (seconds >> 16);
  value::Date date = 0;
  if (((23 - hour) | (59 - minute) | (59 - second)) >> 63 != 0 || !usual_date_of(first, middle, date)) return false;
  out = value::local_of(date, static_cast<int64_t>((hour * 60 + minute) * 60 + second) * value::us_per_second);
  return true;
}

}  // namespace writ::record
