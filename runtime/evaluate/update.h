// Folding a batch into a state.
#pragma once
#include "evaluate/compiled_engine.h"
#include "evaluate/state.h"

namespace writ::evaluate {

// What a caller takes back of the rows, besides what the state holds.
struct Taken {
  RecordOutputs* everything = nullptr;
  std::span<const OutputColumn> columns;
  std::vector<ClockPauses>* clocks = nullptr;  // with `everything`, of a batch of one row
  bool counted = true;                         // false: nothing is added to the state, and no fault is reported
};

// Evaluates the rows of a batch in one pass and adds them to the state. False, with nothing added to the
// state for the block at fault and those after it, when a column holds a number that no 64 bits can hold in the field's unit.
bool update_state(const Program& program, State& state, const BatchView& batch, const Taken& taken);

// --- The parts --------------------------------------------------------------------------------------------------------
struct BlockView {
  const RecordProgram* program = nullptr;
  Form form = Form::lean;
  const StageTable* stage = nullptr;
  const BlockMemory* memory = nullptr;
  uint32_t rows = 0;
};
// 0 or 1 a row, of code that keeps them (any Wanted but totals); null: all rows take part.
inline const uint8_t* admitted_rows(const BlockView& block) {
  if (block.stage->clean) return nullptr;
  return static_cast<const uint8_t*>(slot_view(*block.stage, *block.memory, block.stage->admitted).values);
}
void fold_aggregates(const Tables& tables, const BlockView& block, State& state);
// Columns for the host, from slots that are not already its own memory.
void copy_columns(const BlockView& block, std::span<const OutputColumn> columns, uint64_t first);
void fold_notables(const Tables& tables, const BlockView& block, State& state);

}  // namespace writ::evaluate
