// Definitions of a block into a host's columns.
#include <algorithm>
#include <cassert>
#include <cstring>
#include <limits>

#include "evaluate/update.h"
#include "value/decide.h"

namespace writ::evaluate {

namespace {

template <class T>
void put(void* values, uint64_t row, int64_t number) {
  static_cast<T*>(values)[row] = static_cast<T>(number);
}

void put_number(const OutputColumn& column, uint64_t row, int64_t number) {
  switch (column.width) {
    case 1: return put<int8_t>(column.values, row, number);
    case 2: return put<int16_t>(column.values, row, number);
    case 4: return put<int32_t>(column.values, row, number);
    case 8: return put<int64_t>(column.values, row, number);
    default: break;
  }
  assert(false);
}

bool fits_width(value::i128 number, uint32_t width) {
  const int64_t most = width == 8 ? INT64_MAX : (int64_t{1} << (8 * width - 1)) - 1;
  return number >= -most - 1 && number <= most;
}

void put_value(const OutputColumn& column, uint64_t row, const value::Value& v) {
  const bool number = value::is_certain(v) && v.lo_den == 1 && fits_width(v.lo, column.width);
  put_number(column, row, number ? static_cast<int64_t>(v.lo) : 0);
  if (column.states == nullptr) return;
  column.states[row] = v.state == value::State::given && !number ? does_not_fit : static_cast<uint8_t>(v.state);
}

void copy_states(const BlockView& block, const SlotView& slot, uint8_t* to) {
  constexpr uint8_t none = static_cast<uint8_t>(value::State::none);
  const uint8_t* admitted = admitted_rows(block);
  for (uint32_t i = 0; i < block.rows; ++i) {
    const uint8_t state = slot.states == nullptr ? 0 : slot.states[i];
    to[i] = admitted == nullptr || admitted[i] != 0 ? state : none;
  }
}

template <class From, class To>
void widen(const BlockView& block, const SlotView& slot, To* to) {
  const From* from = static_cast<const From*>(slot.values);
  const uint8_t* admitted = admitted_rows(block);
  if (admitted == nullptr && slot.states == nullptr) {
    for (uint32_t i = 0; i < block.rows; ++i) to[i] = static_cast<To>(from[i]);
    return;
  }
  for (uint32_t i = 0; i < block.rows; ++i) {
    const bool given = (admitted == nullptr || admitted[i] != 0) && (slot.states == nullptr || slot.states[i] == 0);
    to[i] = given ? static_cast<To>(from[i]) : To{0};
  }
}

template <class From>
void widen_to(const BlockView& block, const SlotView& slot, void* to, uint32_t width) {
  switch (width) {
    case 2: return widen<From>(block, slot, static_cast<int16_t*>(to));
    case 4: return widen<From>(block, slot, static_cast<int32_t*>(to));
    case 8: return widen<From>(block, slot, static_cast<int64_t*>(to));
    default: break;
  }
  assert(false);
}

// A slot that is narrower than the host's column.
void copy_wider(const BlockView& block, const SlotView& slot, void* to, uint32_t width) {
  switch (slot.lane) {
    case Lane::truth:
    case Lane::i8: return widen_to<int8_t>(block, slot, to, width);
    case Lane::i16: return widen_to<int16_t>(block, slot, to, width);
    case Lane::i32: return widen_to<int32_t>(block, slot, to, width);
    case Lane::i64:
    case Lane::whole: break;
  }
  assert(false);
}

template <class From, class To>
void copy_cases(const BlockView& block, const void* values, To* to) {
  const From* from = static_cast<const From*>(values);
  if (values != to) {
    for (uint32_t i = 0; i < block.rows; ++i) to[i] = static_cast<To>(from[i]);
  }
  const uint8_t* admitted = admitted_rows(block);
  if (admitted == nullptr) return;
  for (uint32_t i = 0; i < block.rows; ++i) to[i] = admitted[i] != 0 ? to[i] : To{value::no_case};
}

// Where the host's own memory was lent to the code, only rows that take no part are left to do.
template <class To>
void copy_reasons_to(const BlockView& block, uint32_t slot, To* to) {
  if (slot == no_index) {
    std::fill_n(to, block.rows, To{value::no_case});
    return;
  }
  const SlotView view = slot_view(*block.stage, *block.memory, slot);
  assert(lane_bytes(view.lane) <= sizeof(To));
  switch (view.lane) {
    case Lane::truth:
    case Lane::i8: return copy_cases<int8_t>(block, view.values, to);
    case Lane::i16: return copy_cases<int16_t>(block, view.values, to);
    case Lane::i32: return copy_cases<int32_t>(block, view.values, to);
    case Lane::i64:
    case Lane::whole: break;
  }
  assert(false);
}

void copy_reasons(const BlockView& block, const OutputColumn& column, uint64_t first) {
  const uint32_t slot = reason_of(*block.stage, *block.memory, column.definition);
  switch (column.reason_width) {
    case 1: return copy_reasons_to(block, slot, static_cast<int8_t*>(column.reasons) + first);
    case 2: return copy_reasons_to(block, slot, static_cast<int16_t*>(column.reasons) + first);
    case 4: return copy_reasons_to(block, slot, static_cast<int32_t*>(column.reasons) + first);
    default: break;
  }
  assert(false);
}

}  // namespace

void copy_columns(const BlockView& block, std::span<const OutputColumn> columns, uint64_t first) {
  for (const OutputColumn& column : columns) {
    if (column.reasons != nullptr) copy_reasons(block, column, first);
    if (column.values == nullptr) continue;
    const uint32_t slot = slot_of(*block.stage, *block.memory, column.definition);
    if (slot == no_index) {  // of a later pass
      for (uint32_t i = 0; i < block.rows; ++i) put_value(column, first + i, value::none());
      continue;
    }
    const SlotView view = slot_view(*block.stage, *block.memory, slot);
    const bool in_place = view.values == static_cast<std::byte*>(column.values) + first * column.width;
    if (view.lane != Lane::whole && lane_bytes(view.lane) == column.width) {
      if (!in_place) std::memcpy(static_cast<std::byte*>(column.values) + first * column.width, view.values, size_t{block.rows} * column.width);
      if (column.states != nullptr) copy_states(block, view, column.states + first);
      continue;
    }
    if (view.lane != Lane::whole && lane_bytes(view.lane) < column.width) {
      copy_wider(block, view, static_cast<std::byte*>(column.values) + first * column.width, column.width);
      if (column.states != nullptr) copy_states(block, view, column.states + first);
      continue;
    }
    const uint8_t* admitted = admitted_rows(block);
    for (uint32_t i = 0; i < block.rows; ++i) put_value(column, first + i, admitted == nullptr || admitted[i] != 0 ? value_at(view, i) : value::none());
  }
}

}  // namespace writ::evaluate
