// What emitted code is called with. The emitter takes the offsets of these fields from here, so the layout is stated once. It is the same where pointers have
// 32 bits: each has room for 64.
#pragma once
#include <cstddef>
#include <cstdint>

#include "evaluate/tables.h"

namespace writ::evaluate {

// The history rows that belong to the records of a batch, as the deadline and history functions read them.
struct HistoryView {
  alignas(8) const uint32_t* offsets = nullptr;  // by record of the batch; one more
  alignas(8) const uint8_t* tied = nullptr;
  alignas(8) const int64_t* at = nullptr;
  alignas(8) const uint8_t* const* predicates = nullptr;         // by predicate: truth by history row of the batch
  alignas(8) const uint8_t* const* predicate_states = nullptr;   // null entry: all given
  alignas(8) const uint32_t* const* predicate_faults = nullptr;  // fault keys; null entry: none
  alignas(8) const int64_t* const* columns = nullptr;            // by field of the history
  alignas(8) const uint8_t* const* column_states = nullptr;      // null entry: all given
};

// The last whole second that is not after an instant, and the first one that is not before it. For a whole second t, `t <= instant` is
// `t <= second_before(instant)` and `t < instant` is `t < second_behind(instant)`.
inline constexpr int64_t second_before(int64_t instant) { return instant / value::us_per_second - (instant % value::us_per_second < 0 ? 1 : 0); }
inline constexpr int64_t second_behind(int64_t instant) { return instant / value::us_per_second + (instant % value::us_per_second > 0 ? 1 : 0); }

struct Frame;
// What code for one row gives where something about the row is unusual; `row`, `values` and `value_states` are those that the code was called with.
using RowOtherwise = uint32_t (*)(const Frame*, const void* row, int64_t* values, uint8_t* value_states);

// One block of rows of a record or history stage, or one period of a totals stage (rows = 1).
struct Frame {
  uint64_t rows = 0;        // a multiple of the lanes that the code was emitted for: the last ones may only fill up
  uint64_t given_rows = 0;  // without those
  int64_t as_of = 0;
  int64_t as_of_second = 0;                                  // the last whole second that is not after as_of
  int64_t as_of_second_up = 0;                               // the first one that is not before it: see Form::seconds
  int64_t as_of_date = 0;                                    // its local date
  uint64_t period = 0;                                       // totals: index of the period; 0 for the agreement
  uint64_t first_row = 0;                                    // of the block, in the batch
  alignas(8) const void* const* columns = nullptr;           // by StageTable::fields, at the field's lane
  alignas(8) const uint8_t* const* column_states = nullptr;  // bits or bytes, see absences(FieldTable)
  alignas(8) const uint8_t* live = nullptr;                  // bits, 1: a row, 0: fills up
  alignas(8) void* const* slots = nullptr;
  alignas(8) uint8_t* const* slot_states = nullptr;
  alignas(8) uint32_t* const* slot_faults = nullptr;
  alignas(8) uint64_t* const* helds = nullptr;
  alignas(8) int64_t* counters = nullptr;  // added to, see Mark; behind them one more, not 0 when a row is not what a FieldTable promises
  alignas(8) const value::Value* params = nullptr;
  alignas(8) value::Value* closed = nullptr;  // values of the definitions per period and of the agreement
  alignas(8) uint64_t* closed_held = nullptr;
  alignas(8) const Tables* tables = nullptr;
  alignas(8) const value::AggregateCell* cells = nullptr;
  alignas(8) const int64_t* unplaced = nullptr;  // by aggregate
  HistoryView history;
  alignas(8) RowOtherwise otherwise = nullptr;  // of code for one row
  alignas(8) void* caller = nullptr;            // for `otherwise`
};

static_assert(sizeof(HistoryView) == 64 && sizeof(Frame) == 256);

using StageFunction = void (*)(const Frame*);

}  // namespace writ::evaluate
