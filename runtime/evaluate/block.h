// The memory of a block of rows, and what is read back from it.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "evaluate/columns.h"
#include "evaluate/engine.h"
#include "evaluate/frame.h"

namespace writ::evaluate {

// Slots, held words and columns of one stage in one form; made once and used again for every block.
struct BlockMemory {
  uint32_t rows = 0;  // for which there is room
  std::unique_ptr<std::byte[]> bytes;
  std::vector<void*> own_slots;
  std::vector<void*> slots;  // where code writes: its own, or a host's column
  std::vector<uint8_t*> slot_states;
  std::vector<uint32_t*> slot_faults;
  std::vector<uint64_t*> helds;
  std::vector<int64_t> counters;
  std::vector<BlockColumn> columns;
  std::vector<const void*> column_values;
  std::vector<const uint8_t*> column_states;
  std::vector<uint32_t> outs;  // by definition: its index among those of the stage, or no_index; made when columns are taken
};
// Room for blocks of so many rows, or of as many as the stage has at most; what was there is lost when it was too small.
void make_memory(const StageTable& stage, uint32_t most_rows, BlockMemory& memory);

// Truth of the conditions over the history rows of one batch, in one form.
struct Predicates {
  bool made = false, refused = false;                // refused: a row does not suit the form
  std::vector<std::vector<uint8_t>> values, states;  // by predicate
  std::vector<std::vector<uint32_t>> faults;
  std::vector<const uint8_t*> value_pointers, state_pointers;
  std::vector<const uint32_t*> fault_pointers;
};

// Fields of the history as 64-bit numbers, for look-ups by instant.
struct HistoryMemory {
  std::vector<std::vector<int64_t>> values;
  std::vector<std::vector<uint8_t>> states;
  std::vector<const int64_t*> value_pointers;
  std::vector<const uint8_t*> state_pointers;
};

struct Scratch {
  std::vector<BlockMemory> facts[form_count], history[form_count];  // by Form, then record program
  Predicates predicates[form_count];                                // of the batch under way, by Form
  HistoryMemory history_fields;
  std::vector<FaultReport> faults;         // of the row that is being looked at
  uint32_t clean_rows = most_block_rows;   // that a block of Form::seconds has at most, see run_clean
  uint32_t clean_refusals = 0;             // one after the other
  uint8_t live[most_block_rows / 8] = {};  // of a block that is filled up, see Frame::live
};

// A slot of a finished block.
struct SlotView {
  Lane lane = Lane::i64;
  const void* values = nullptr;
  const uint8_t* states = nullptr;   // null: all given
  const uint32_t* faults = nullptr;  // null: none
};
// So that the two below find a definition at once.
void index_outs(const StageTable& stage, BlockMemory& memory);
// The slot of a definition in a stage; no_index: the stage does not make it.
uint32_t slot_of(const StageTable& stage, const BlockMemory& memory, uint32_t definition);
// That of its reason; no_index also where it has none.
uint32_t reason_of(const StageTable& stage, const BlockMemory& memory, uint32_t definition);
SlotView slot_view(const StageTable& stage, const BlockMemory& memory, uint32_t slot);
value::Value value_at(const SlotView& slot, uint32_t row);
// Of a slot that is no whole value, and of a row that is given.
inline int64_t number_at(const SlotView& slot, uint32_t row) {
  switch (slot.lane) {
    case Lane::truth:
    case Lane::i8: return static_cast<const int8_t*>(slot.values)[row];
    case Lane::i16: return static_cast<const int16_t*>(slot.values)[row];
    case Lane::i32: return static_cast<const int32_t*>(slot.values)[row];
    case Lane::i64: return static_cast<const int64_t*>(slot.values)[row];
    case Lane::whole: break;
  }
  return static_cast<int64_t>(static_cast<const value::Value*>(slot.values)[row].lo);
}

}  // namespace writ::evaluate
