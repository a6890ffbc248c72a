// Values per period and of the agreement, from the cells that the facts have filled.
#include "evaluate/state.h"

namespace writ::evaluate {

Frame frame_of(const Program& program, State& state) {
  Frame frame;
  frame.as_of = state.inputs.as_of;
  frame.as_of_second = second_before(state.inputs.as_of);
  frame.as_of_second_up = second_behind(state.inputs.as_of);
  frame.as_of_date = value::date_of(program.tables.zone, state.inputs.as_of);
  frame.params = state.inputs.params.data();
  frame.closed = state.closed.data();
  frame.closed_held = state.closed_held.data();
  frame.tables = &program.tables;
  frame.cells = state.cells.data();
  frame.unplaced = state.unplaced.data();
  return frame;
}

void run_totals(const Program& program, State& state, int pass) {
  Frame frame = frame_of(program, state);
  frame.rows = 1;
  const uint32_t list = static_cast<uint32_t>(pass + 1);
  for (uint32_t stage = 0; stage < program.totals[list].size(); ++stage) {
    const uint32_t grid = program.totals[list][stage];
    const uint64_t periods = grid == no_index ? 1 : static_cast<uint64_t>(value::period_count(program.tables.grids[grid]));
    const StageFunction code = program.code->totals(list, stage);
    for (frame.period = 0; frame.period < periods; ++frame.period) code(&frame);
  }
}

}  // namespace writ::evaluate
