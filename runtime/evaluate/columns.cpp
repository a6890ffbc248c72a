#include "evaluate/columns.h"

#include <cassert>
#include <cstring>

#include "evaluate/kernels.h"
#include "evaluate/narrow.h"

namespace writ::evaluate {

static_assert(most_block_rows % 64 == 0);
#define WRIT_ROWS_64 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff
#define WRIT_ROWS_256 WRIT_ROWS_64, WRIT_ROWS_64, WRIT_ROWS_64, WRIT_ROWS_64
#define WRIT_ROWS_1024 WRIT_ROWS_256, WRIT_ROWS_256, WRIT_ROWS_256, WRIT_ROWS_256
alignas(64) constexpr uint8_t all_rows[most_block_rows / 8] = {WRIT_ROWS_1024, WRIT_ROWS_1024, WRIT_ROWS_1024, WRIT_ROWS_1024};

namespace {

using value::State;

// What is there already is kept for the next block; nothing of it is read before it is written.
template <class T>
void room_for(std::vector<T>& memory, size_t count) {
  if (memory.size() < count) memory.resize(count);
}

bool bit_at(const uint8_t* bits, uint64_t i) { return (bits[i / 8] >> (i % 8) & 1) != 0; }

// The bit set of states that the field promises.
uint32_t promised_states(const FieldTable& field) {
  return 1u << static_cast<uint32_t>(State::given) | uint32_t{field.not_yet} << static_cast<uint32_t>(State::not_yet) |
         uint32_t{field.none} << static_cast<uint32_t>(State::none) | uint32_t{field.unknown} << static_cast<uint32_t>(State::unknown);
}

// State bytes of the block, padded with the last one; null where the host says that all are given.
const uint8_t* state_bytes(const ColumnView& view, const FieldTable& field, uint64_t first, uint32_t rows, BlockColumn& out) {
  if (view.states == nullptr && view.validity == nullptr) return nullptr;
  if (view.states != nullptr && padded_rows(rows) == rows) return view.states + first;
  room_for(out.state_memory, padded_rows(rows));
  uint8_t* to = out.state_memory.data();
  if (view.states != nullptr) {
    std::memcpy(to, view.states + first, rows);
  } else {
    expand_bits(view.validity, first, rows, static_cast<uint8_t>(field.missing), 0, to);
  }
  std::memset(to + rows, to[rows - 1], padded_rows(rows) - rows);
  return to;
}

// Rows that fill up a block are like its last one.
void pad_bits(uint8_t* bits, uint32_t rows) {
  const bool last = bit_at(bits, rows - 1);
  for (uint32_t i = rows; i < padded_rows(rows); ++i) bits[i / 8] |= static_cast<uint8_t>(unsigned{last} << (i % 8));
}

// Bits of the given rows where what is not given can only be absent in the one way that the field promises.
bool load_given_bits(const ColumnView& view, const FieldTable& field, uint64_t first, uint32_t rows, BlockColumn& out) {
  out.states = all_rows;
  if (view.states == nullptr && view.validity == nullptr) return true;
  const bool direct = view.states == nullptr && first % 8 == 0 && padded_rows(rows) == rows;
  if (direct) {
    out.states = view.validity + first / 8;
    return true;
  }
  out.bit_memory.assign(padded_rows(rows) / 8, 0);
  out.states = out.bit_memory.data();
  if (view.states == nullptr) {
    copy_bits(view.validity, first, rows, out.bit_memory.data());
    pad_bits(out.bit_memory.data(), rows);
    return true;
  }
  pack_given(view.states + first, rows, out.bit_memory.data());
  pad_bits(out.bit_memory.data(), rows);
  return states_within(view.states + first, promised_states(field), rows);
}

// The states of the block, and whether they are among the promised ones.
bool load_states(const ColumnView& view, const FieldTable& field, uint64_t first, uint32_t rows, BlockColumn& out) {
  static constexpr uint8_t all_given[most_block_rows] = {};
  static_assert(static_cast<uint8_t>(State::given) == 0);
  const bool promised = (promised_states(field) >> static_cast<uint32_t>(field.missing) & 1) != 0;
  if (absences(field) == 1 && (view.validity == nullptr || promised)) return load_given_bits(view, field, first, rows, out);
  const uint8_t* bytes = state_bytes(view, field, first, rows, out);
  out.states = absences(field) == 0 ? nullptr : absences(field) == 1 ? all_rows : bytes == nullptr ? all_given : bytes;
  if (bytes == nullptr) return true;
  if (absences(field) == 1) return states_within(bytes, 1u << static_cast<uint32_t>(State::given), rows);
  return states_within(bytes, promised_states(field), rows);
}

template <class T>
void pad(std::byte* memory, uint32_t rows) {
  T* to = reinterpret_cast<T*>(memory);
  for (uint32_t i = rows; i < padded_rows(rows); ++i) to[i] = to[rows - 1];
}

void pad(std::byte* memory, uint32_t bytes, uint32_t rows) {
  if (bytes == 1) pad<int8_t>(memory, rows);
  if (bytes == 2) pad<int16_t>(memory, rows);
  if (bytes == 4) pad<int32_t>(memory, rows);
  if (bytes == 8) pad<int64_t>(memory, rows);
}

// A bit a given row, in whole words; null: all are, or are to be.
const uint8_t* given_bits(const FieldTable& field, uint32_t rows, BlockColumn& out) {
  if (absences(field) == 0 || out.states == all_rows) return nullptr;
  if (absences(field) == 1) return out.states;
  room_for(out.given_memory, padded_rows(rows) / 8);
  pack_given(out.states, rows, out.given_memory.data());
  return out.given_memory.data();
}

// Columns of 64 bits in the field's steps, or in smaller ones.
bool load_wide_values(const ColumnView& view, const FieldTable& field, uint64_t first, uint32_t rows, BlockColumn& out) {
  const uint32_t bytes = lane_bytes(field.lane);
  const int64_t step = field.unit / view.unit;
  const int64_t* from = static_cast<const int64_t*>(view.values) + first;
  room_for(out.memory, padded_rows(rows) * sizeof(int64_t));
  out.values = out.memory.data();
  const Range range{field.low, field.high};
  bool fits = true;
  if (bytes < sizeof(int64_t)) {
    fits = narrow_numbers(from, step, range, given_bits(field, rows, out), rows, out.memory.data(), bytes);
  } else if (step > 1) {
    fits = divide_numbers(from, step, range, given_bits(field, rows, out), rows, reinterpret_cast<int64_t*>(out.memory.data()));
  } else {
    std::memcpy(out.memory.data(), from, rows * sizeof(int64_t));
  }
  pad(out.memory.data(), bytes, rows);
  return fits;
}

bool load_values(const ColumnView& view, const FieldTable& field, uint64_t first, uint32_t rows, BlockColumn& out) {
  const uint32_t bytes = lane_bytes(field.lane);
  if (!can_count(view, field.unit)) return false;
  const int64_t unit = view.unit / field.unit;
  const std::byte* from = static_cast<const std::byte*>(view.values) + first * view.width;
  if (view.width == bytes && unit == 1 && rows % 64 == 0) {
    out.values = from;
    return true;
  }
  if (view.width == sizeof(int64_t) && view.unit > 0 && field.unit % view.unit == 0) return load_wide_values(view, field, first, rows, out);
  static constexpr uint8_t all_given[most_block_rows] = {};
  const uint8_t* given = all_given;
  if (absences(field) == 1 && out.states != all_rows) {
    room_for(out.given_memory, padded_rows(rows));
    expand_bits(out.states, 0, rows, 1, 0, out.given_memory.data());
    given = out.given_memory.data();
  }
  if (absences(field) > 1) given = out.states;
  const Range range{field.low, field.high};
  room_for(out.memory, padded_rows(rows) * sizeof(int64_t));
  out.values = out.memory.data();
  bool fits = false;
  if (view.width == 0) {
    room_for(out.wide_bits, padded_rows(rows));
    expand_bits(static_cast<const uint8_t*>(view.values), first, rows, 0, 1, out.wide_bits.data());
    fits = convert_numbers(out.wide_bits.data(), 1, unit, range, given, rows, out.memory.data(), bytes);
  } else {
    fits = convert_numbers(from, view.width, unit, range, given, rows, out.memory.data(), bytes);
  }
  pad(out.memory.data(), bytes, rows);
  return fits;
}

}  // namespace

bool load_column(const ColumnView& view, const FieldTable& field, uint64_t first, uint32_t rows, BlockColumn& out) {
  assert(rows > 0 && rows <= most_block_rows);
  const uint64_t at = first + static_cast<uint64_t>(view.offset);
  assert(field.lane != Lane::whole);  // facts are integers of at most 64 bits
  return load_states(view, field, at, rows, out) && load_values(view, field, at, rows, out);
}

State state_at(const ColumnView& view, uint64_t row, State missing) {
  const uint64_t at = row + static_cast<uint64_t>(view.offset);
  if (view.states != nullptr) return static_cast<State>(view.states[at]);
  if (view.validity != nullptr && !bit_at(view.validity, at)) return missing;
  return State::given;
}

namespace {

int64_t raw_number(const ColumnView& view, uint64_t at) {
  switch (view.width) {
    case 0: return bit_at(static_cast<const uint8_t*>(view.values), at) ? 1 : 0;
    case 1: return static_cast<const int8_t*>(view.values)[at];
    case 2: return static_cast<const int16_t*>(view.values)[at];
    case 4: return static_cast<const int32_t*>(view.values)[at];
    case 8: return static_cast<const int64_t*>(view.values)[at];
    default: break;
  }
  assert(false);
  return 0;
}

}  // namespace

bool number_at(const ColumnView& view, uint64_t row, int64_t& out) {
  return !__builtin_mul_overflow(raw_number(view, row + static_cast<uint64_t>(view.offset)), view.unit, &out);
}

namespace {

ColumnView view_of(const record::Column& column) {
  ColumnView view;
  view.values = column.values.data();
  // A state is one byte by definition, so the host's memory can be read as bytes.
  static_assert(sizeof(value::State) == 1);
  if (!column.states.empty()) view.states = reinterpret_cast<const uint8_t*>(column.states.data());
  return view;
}

}  // namespace

BatchView view_of(const record::Batch& batch) {
  BatchView view;
  view.record = batch.record;
  view.first_row = batch.first_row;
  view.rows = batch.rows;
  for (const record::Column& column : batch.columns) view.columns.push_back(view_of(column));
  const record::HistoryRows& history = batch.history;
  if (!history.offsets.empty()) {
    view.history.offsets = history.offsets.data();
    view.history.rows = history.offsets.back();
    if (!history.tied.empty()) view.history.tied = history.tied.data();
  }
  for (const record::Column& column : history.columns) view.history.columns.push_back(view_of(column));
  return view;
}

}  // namespace writ::evaluate
