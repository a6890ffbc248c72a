// Folding a batch into a state.
#pragma once
#include "evaluate/state.h"

namespace writ::evaluate {

// Evaluates the rows of a batch in one pass and adds them to the state. `outputs` may be null. False, with nothing added to the
// state for the block at fault and those after it, when a column holds a number that no 64 bits can hold in the field's unit.
bool update_state(const Program& program, State& state, const BatchView& batch, RecordOutputs* outputs);

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
void fold_notables(const Tables& tables, const BlockView& block, State& state);

}  // namespace writ::evaluate
