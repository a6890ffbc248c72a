#include "evaluate/block.h"

#include <algorithm>
#include <cassert>

namespace writ::evaluate {

namespace {

constexpr size_t alignment = 64;
size_t aligned(size_t bytes) { return (bytes + alignment - 1) / alignment * alignment; }

}  // namespace

void make_memory(const StageTable& stage, uint32_t most_rows, BlockMemory& memory) {
  const uint32_t rows = std::min(padded_rows(most_rows), stage.block_rows);
  if (memory.rows >= rows) return;
  memory = {};
  memory.rows = rows;
  size_t total = alignment;
  for (const SlotTable& slot : stage.slots) {
    if (slot.column != no_index) continue;
    total += aligned(lane_bytes(slot.lane) * rows) + (slot.states ? aligned(rows) : 0) + (slot.faults ? aligned(rows * sizeof(uint32_t)) : 0);
  }
  total += stage.helds * aligned(rows * sizeof(uint64_t));
  memory.bytes = std::make_unique_for_overwrite<std::byte[]>(total);

  size_t at = alignment - reinterpret_cast<uintptr_t>(memory.bytes.get()) % alignment;
  const auto take = [&](size_t bytes) {
    std::byte* p = memory.bytes.get() + at;
    at += aligned(bytes);
    return p;
  };
  for (const SlotTable& slot : stage.slots) {
    memory.own_slots.push_back(slot.column == no_index ? take(lane_bytes(slot.lane) * rows) : nullptr);
    memory.slot_states.push_back(slot.states ? reinterpret_cast<uint8_t*>(take(rows)) : nullptr);
    memory.slot_faults.push_back(slot.faults ? reinterpret_cast<uint32_t*>(take(rows * sizeof(uint32_t))) : nullptr);
  }
  for (uint32_t i = 0; i < stage.helds; ++i) memory.helds.push_back(reinterpret_cast<uint64_t*>(take(rows * sizeof(uint64_t))));
  memory.slots = memory.own_slots;
  memory.counters.resize(stage.counters + 1);
  memory.columns.resize(stage.fields.size());
  memory.column_values.resize(stage.fields.size());
  memory.column_states.resize(stage.fields.size());
}

void index_outs(const StageTable& stage, BlockMemory& memory) {
  if (!memory.outs.empty()) return;
  for (uint32_t i = 0; i < stage.definitions.size(); ++i) {
    const uint32_t definition = stage.definitions[i].definition;
    if (definition >= memory.outs.size()) memory.outs.resize(definition + 1, no_index);
    memory.outs[definition] = i;
  }
}

static const DefinitionOut* out_of(const StageTable& stage, const BlockMemory& memory, uint32_t definition) {
  if (definition >= memory.outs.size() || memory.outs[definition] == no_index) return nullptr;
  return &stage.definitions[memory.outs[definition]];
}

uint32_t slot_of(const StageTable& stage, const BlockMemory& memory, uint32_t definition) {
  const DefinitionOut* out = out_of(stage, memory, definition);
  return out == nullptr ? no_index : out->slot;
}

uint32_t reason_of(const StageTable& stage, const BlockMemory& memory, uint32_t definition) {
  const DefinitionOut* out = out_of(stage, memory, definition);
  return out == nullptr ? no_index : out->reason;
}

SlotView slot_view(const StageTable& stage, const BlockMemory& memory, uint32_t slot) {
  return {stage.slots[slot].lane, memory.slots[slot], memory.slot_states[slot], memory.slot_faults[slot]};
}

value::Value value_at(const SlotView& slot, uint32_t row) {
  if (slot.lane == Lane::whole) return static_cast<const value::Value*>(slot.values)[row];
  const value::State state = slot.states == nullptr ? value::State::given : static_cast<value::State>(slot.states[row]);
  switch (state) {
    case value::State::given: return value::given(number_at(slot, row));
    case value::State::not_yet: return value::not_yet();
    case value::State::none: return value::none();
    case value::State::unknown: return value::unknown();
    case value::State::fault: return value::fault(static_cast<value::Fault>(slot.faults[row] & 0xff), slot.faults[row] >> 8);
  }
  assert(false);
  return value::unknown();
}

}  // namespace writ::evaluate
