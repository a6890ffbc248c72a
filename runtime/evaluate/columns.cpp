#include "evaluate/columns.h"

#include <cassert>
#include <cstring>

#include "evaluate/kernels.h"

namespace writ::evaluate {

namespace {

using value::State;

constexpr uint32_t most_rows = 1024;          // of a block
constexpr uint8_t all_given[most_rows] = {};  // State::given is 0
static_assert(static_cast<uint8_t>(State::given) == 0);

bool bit_at(const uint8_t* bits, uint64_t i) { return (bits[i / 8] >> (i % 8) & 1) != 0; }

// The bit set of states that the field promises.
uint32_t promised_states(const FieldTable& field) {
  return 1u << static_cast<uint32_t>(State::given) | uint32_t{field.not_yet} << static_cast<uint32_t>(State::not_yet) |
         uint32_t{field.none} << static_cast<uint32_t>(State::none) | uint32_t{field.unknown} << static_cast<uint32_t>(State::unknown);
}

// What a missing value of a host that only knows `missing` means.
State missing_state(const FieldTable& field) {
  if (field.not_yet) return State::not_yet;
  if (field.none || !field.unknown) return State::none;
  return State::unknown;
}

// The states of the block, and whether they are among the promised ones.
bool load_states(const ColumnView& view, const FieldTable& field, uint64_t first, uint32_t rows, BlockColumn& out) {
  out.states = all_given;
  if (view.states == nullptr && view.validity == nullptr) return true;
  const uint32_t promised = promised_states(field);
  const bool whole = padded_rows(rows) == rows;
  if (view.states != nullptr && whole) {
    out.states = view.states + first;
    return states_within(out.states, promised, rows);
  }
  out.state_memory.resize(most_rows);
  uint8_t* to = out.state_memory.data();
  const uint8_t missing = static_cast<uint8_t>(missing_state(field));
  if (view.states != nullptr) {
    std::memcpy(to, view.states + first, rows);
  } else {
    expand_bits(view.validity, first, rows, missing, 0, to);
  }
  std::memset(to + rows, to[rows - 1], padded_rows(rows) - rows);
  out.states = to;
  if (view.states == nullptr && (promised >> missing & 1) != 0) return true;
  return states_within(to, promised, rows);
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

bool load_values(const ColumnView& view, const FieldTable& field, uint64_t first, uint32_t rows, BlockColumn& out) {
  const uint32_t bytes = lane_bytes(field.lane);
  const Range range{field.low, field.high};
  const uint8_t* states = out.states == all_given ? nullptr : out.states;
  const std::byte* from = static_cast<const std::byte*>(view.values) + first * view.width;
  if (view.width == bytes && view.unit == 1 && rows % 64 == 0) {
    out.values = from;
    return numbers_within(from, bytes, range, states, rows);
  }
  out.memory.resize(most_rows * sizeof(int64_t));
  out.values = out.memory.data();
  bool fits = false;
  if (view.width == 0) {
    out.bit_memory.resize(most_rows);
    expand_bits(static_cast<const uint8_t*>(view.values), first, rows, 0, 1, out.bit_memory.data());
    fits = convert_numbers(out.bit_memory.data(), 1, view.unit, range, out.states, rows, out.memory.data(), bytes);
  } else {
    fits = convert_numbers(from, view.width, view.unit, range, out.states, rows, out.memory.data(), bytes);
  }
  pad(out.memory.data(), bytes, rows);
  return fits;
}

}  // namespace

bool load_column(const ColumnView& view, const FieldTable& field, uint64_t first, uint32_t rows, BlockColumn& out) {
  assert(rows > 0 && rows <= most_rows);
  const uint64_t at = first + static_cast<uint64_t>(view.offset);
  const bool states_fit = load_states(view, field, at, rows, out);
  assert(field.lane != Lane::whole);  // facts are integers of at most 64 bits
  const bool values_fit = load_values(view, field, at, rows, out);
  return states_fit && values_fit;
}

State state_at(const ColumnView& view, uint64_t row) {
  const uint64_t at = row + static_cast<uint64_t>(view.offset);
  if (view.states != nullptr) return static_cast<State>(view.states[at]);
  if (view.validity != nullptr && !bit_at(view.validity, at)) return State::none;
  return State::given;
}

int64_t number_at(const ColumnView& view, uint64_t row) {
  const uint64_t at = row + static_cast<uint64_t>(view.offset);
  switch (view.width) {
    case 0: return bit_at(static_cast<const uint8_t*>(view.values), at) ? view.unit : 0;
    case 1: return static_cast<const int8_t*>(view.values)[at] * view.unit;
    case 2: return static_cast<const int16_t*>(view.values)[at] * view.unit;
    case 4: return static_cast<const int32_t*>(view.values)[at] * view.unit;
    case 8: return static_cast<const int64_t*>(view.values)[at] * view.unit;
    default: break;
  }
  assert(false);
  return 0;
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
