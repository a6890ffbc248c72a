// Columns of a host, and how a block of them becomes what emitted code reads.
#pragma once
#include <cstdint>
#include <vector>

#include "evaluate/tables.h"
#include "record/batch.h"

namespace writ::evaluate {

// One column as a host holds it. Nothing is copied when its width is that of the stage.
struct ColumnView {
  const void* values = nullptr;       // signed integers of `width` bytes, or bits
  uint32_t width = 8;                 // 1, 2, 4, 8; 0: one bit a row, least significant first
  const uint8_t* validity = nullptr;  // bits, 1: given; null: all given
  const uint8_t* states = nullptr;    // value::State a row; null: by validity
  int64_t offset = 0;                 // rows to skip in all of the above
  int64_t unit = 1;                   // what one of the column's steps is in the field's (1000000: seconds as microseconds); 32 bits where width < 8
};

// Whether a field can be counted in steps of `unit` where every given number of the column is a multiple of it: see FieldTable::unit.
inline bool can_count(const ColumnView& view, int64_t unit) {
  return view.unit % unit == 0 || (view.width == sizeof(int64_t) && view.unit > 0 && unit % view.unit == 0);
}

struct HistoryColumns {
  const uint32_t* offsets = nullptr;  // rows + 1; null: no record has rows
  const uint8_t* tied = nullptr;      // one a record; null: none
  uint32_t rows = 0;
  std::vector<ColumnView> columns;  // by field of the history
};

// The rows of a batch, whoever holds them.
struct BatchView {
  uint32_t record = 0;
  uint64_t first_row = 0;
  uint32_t rows = 0;
  const uint32_t* places = nullptr;  // of each row in the input, counted from first_row; null: as they stand here
  std::vector<ColumnView> columns;   // by field of the record
  HistoryColumns history;
};
BatchView view_of(const record::Batch& batch);

// Where a host takes one definition, a row each: integers of `width` bytes, and states. Rows that are not admitted are none.
// What is no whole number of that width (a fraction, an interval, too large) has the state `does_not_fit`.
struct OutputColumn {
  uint32_t definition = 0;
  uint32_t width = 8;         // 1, 2, 4, 8
  void* values = nullptr;     // numbers of rows that are not given mean nothing
  uint8_t* states = nullptr;  // value::State; null: nobody asks
  void* reasons = nullptr;    // integers of `reason_width` bytes: the case that decided, or value::no_case; null: nobody asks
  uint32_t reason_width = 1;  // 1, 2, 4; at least reason_bytes(cases)
};
inline constexpr uint8_t does_not_fit = 255;

// A bit for each row of a block, all 1.
extern const uint8_t all_rows[most_block_rows / 8];

// One field of a block, ready for emitted code: `rows` values padded to a multiple of 64 with the last one.
struct BlockColumn {
  const void* values = nullptr;
  const uint8_t* states = nullptr;  // bits of the given rows, or state bytes: see absences(FieldTable). Null where nothing may be absent
  std::vector<std::byte> memory;
  std::vector<uint8_t> state_memory, bit_memory, given_memory, wide_bits;
};
// Brings rows [first, first + rows) to the lane of the field. False when one of them does not fit it, or has a state that the field
// does not promise. Numbers of a host's own memory are not looked at: code does that (Frame::counters).
bool load_column(const ColumnView& view, const FieldTable& field, uint64_t first, uint32_t rows, BlockColumn& out);

// Single rows, for what happens once a row or seldom.
value::State state_at(const ColumnView& view, uint64_t row, value::State missing);
// False when it does not fit 64 bits in its unit.
bool number_at(const ColumnView& view, uint64_t row, int64_t& out);

inline constexpr uint32_t padded_rows(uint32_t rows) { return (rows + 63) / 64 * 64; }

}  // namespace writ::evaluate
