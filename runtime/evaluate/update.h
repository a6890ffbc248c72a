// Folding a batch into a state.
#pragma once
#include "evaluate/state.h"

namespace writ::evaluate {

// What a caller takes back of the rows, besides what the state holds.
struct Taken {
  RecordOutputs* everything = nullptr;
  std::span<const OutputColumn> columns;
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
  const uint8_t* admitted = nullptr;
  uint32_t rows = 0;
  uint64_t first_row = 0;  // in the input
};
void fold_aggregates(const Tables& tables, const BlockView& block, State& state);
// Columns for the host, from slots that are not already its own memory.
void copy_columns(const BlockView& block, std::span<const OutputColumn> columns, uint64_t first);
void fold_notables(const Tables& tables, const BlockView& block, State& state);

}  // namespace writ::evaluate
