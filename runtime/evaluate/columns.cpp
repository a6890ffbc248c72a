#include "evaluate/columns.h"

#include <cassert>
#include <cstring>
#include <limits>

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

// Widens, applies the unit, narrows to the lane; accumulates whether every given value lies in the field's range.
template <class From, class To>
bool convert(const From* from, int64_t unit, const FieldTable& field, const uint8_t* states, uint32_t rows, To* to) {
  bool outside = false;
  if (unit == 1) {
    for (uint32_t i = 0; i < rows; ++i) {
      const int64_t v = from[i];
      outside |= ((v < field.low) | (v > field.high)) & (states[i] == 0);
      to[i] = static_cast<To>(v);
    }
    return !outside;
  }
  for (uint32_t i = 0; i < rows; ++i) {
    int64_t v = 0;
    const bool over = __builtin_mul_overflow(static_cast<int64_t>(from[i]), unit, &v);
    outside |= (over | (v < field.low) | (v > field.high)) & (states[i] == 0);
    to[i] = static_cast<To>(v);
  }
  return !outside;
}

template <class To>
bool convert_bits(const ColumnView& view, const FieldTable& field, uint64_t first, const uint8_t* states, uint32_t rows, To* to) {
  bool outside = false;
  const uint8_t* bits = static_cast<const uint8_t*>(view.values);
  for (uint32_t i = 0; i < rows; ++i) {
    const int64_t v = bit_at(bits, first + i) ? view.unit : 0;
    outside |= ((v < field.low) | (v > field.high)) & (states[i] == 0);
    to[i] = static_cast<To>(v);
  }
  return !outside;
}

template <class To>
bool convert_to(const ColumnView& view, const FieldTable& field, uint64_t first, const uint8_t* states, uint32_t rows, To* to) {
  switch (view.width) {
    case 0: return convert_bits(view, field, first, states, rows, to);
    case 1: return convert(static_cast<const int8_t*>(view.values) + first, view.unit, field, states, rows, to);
    case 2: return convert(static_cast<const int16_t*>(view.values) + first, view.unit, field, states, rows, to);
    case 4: return convert(static_cast<const int32_t*>(view.values) + first, view.unit, field, states, rows, to);
    case 8: return convert(static_cast<const int64_t*>(view.values) + first, view.unit, field, states, rows, to);
    default: break;
  }
  assert(false);
  return false;
}

// Only looks: every given value lies in the field's range.
template <class T>
bool in_range(const T* from, const FieldTable& field, const uint8_t* states, uint32_t rows) {
  if (field.low <= std::numeric_limits<T>::min() && field.high >= std::numeric_limits<T>::max()) return true;
  const T low = field.low < std::numeric_limits<T>::min() ? std::numeric_limits<T>::min() : static_cast<T>(field.low);
  const T high = field.high > std::numeric_limits<T>::max() ? std::numeric_limits<T>::max() : static_cast<T>(field.high);
  uint8_t outside = 0;
  if (states == all_given) {
    for (uint32_t i = 0; i < rows; ++i) outside |= static_cast<uint8_t>((from[i] < low) | (from[i] > high));
    return outside == 0;
  }
  for (uint32_t i = 0; i < rows; ++i) outside |= static_cast<uint8_t>(((from[i] < low) | (from[i] > high)) & (states[i] == 0));
  return outside == 0;
}

// The states of the block, and whether they are among the promised ones.
bool load_states(const ColumnView& view, const FieldTable& field, uint64_t first, uint32_t rows, BlockColumn& out) {
  out.states = all_given;
  if (view.states == nullptr && view.validity == nullptr) return true;
  const uint32_t padded = padded_rows(rows);
  const uint32_t promised = promised_states(field);
  bool other = false;
  if (view.states != nullptr) {
    const uint8_t* from = view.states + first;
    for (uint32_t i = 0; i < rows; ++i) other |= (promised >> from[i] & 1) == 0;
    if (padded == rows) {
      out.states = from;
      return !other;
    }
  }
  out.state_memory.resize(most_rows);
  uint8_t* to = out.state_memory.data();
  if (view.states != nullptr) {
    std::memcpy(to, view.states + first, rows);
  } else {
    const uint8_t missing = static_cast<uint8_t>(missing_state(field));
    for (uint32_t i = 0; i < rows; ++i) to[i] = bit_at(view.validity, first + i) ? 0 : missing;
    other = (promised >> missing & 1) == 0 && std::memchr(to, missing, rows) != nullptr;
  }
  std::memset(to + rows, to[rows - 1], padded - rows);
  out.states = to;
  return !other;
}

template <class T>
bool load_values(const ColumnView& view, const FieldTable& field, uint64_t first, uint32_t rows, BlockColumn& out) {
  if (view.width == sizeof(T) && view.unit == 1 && rows % 64 == 0) {
    const T* from = static_cast<const T*>(view.values) + first;
    out.values = from;
    return in_range(from, field, out.states, rows);
  }
  out.memory.resize(most_rows * sizeof(int64_t));
  T* to = reinterpret_cast<T*>(out.memory.data());
  const bool fits = convert_to(view, field, first, out.states, rows, to);
  for (uint32_t i = rows; i < padded_rows(rows); ++i) to[i] = to[rows - 1];
  out.values = to;
  return fits;
}

}  // namespace

bool load_column(const ColumnView& view, const FieldTable& field, uint64_t first, uint32_t rows, BlockColumn& out) {
  assert(rows > 0 && rows <= most_rows);
  const uint64_t at = first + static_cast<uint64_t>(view.offset);
  const bool states_fit = load_states(view, field, at, rows, out);
  bool values_fit = false;
  switch (field.lane) {
    case Lane::truth:
    case Lane::i8: values_fit = load_values<int8_t>(view, field, at, rows, out); break;
    case Lane::i16: values_fit = load_values<int16_t>(view, field, at, rows, out); break;
    case Lane::i32: values_fit = load_values<int32_t>(view, field, at, rows, out); break;
    case Lane::i64: values_fit = load_values<int64_t>(view, field, at, rows, out); break;
    case Lane::whole: assert(false); break;  // facts are integers of at most 64 bits
  }
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
