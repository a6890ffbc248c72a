// One block of rows: columns are narrowed and checked, code runs. What comes of it is folded and copied by others.
#pragma once
#include <algorithm>

#include "evaluate/update.h"

namespace writ::evaluate {

// A batch under way.
struct Run {
  const Program& program;
  State& state;
  const BatchView& batch;
  const RecordProgram& record;
  uint32_t record_program = 0;
  const Taken& taken;
  Wanted wanted = Wanted::totals;
  bool last_pass = false;
};
Run make_run(const Program& program, State& state, const BatchView& batch, const Taken& taken);

// Truth of the conditions over the histories of the batch is made once for all of its blocks. False when a number does not fit 64 bits
// in its unit.
bool begin_batch(Run& run);
// Evaluates rows of the batch in one form, with slots that the host's columns may stand in for. False when they do not suit the form.
bool evaluate_block(Run& run, Form form, uint64_t first, uint32_t rows, BlockView& out);
// Is every instant that a clean form reads in whole seconds, and the horizon too?
bool suits_clean(const Run& run, Form form);
// Rows from `first` on in a clean form, as many as have lately gone well; `first` moves behind them. `run_part` evaluates so many from
// `first` on, or says false and has added nothing. False when the next few are not all usual. An unusual row costs its neighbours
// little: blocks get small around it, and large again behind it. Rows of many agreements cost more the other way, so that fewer take it.
template <class RunPart>
bool run_clean(Run& run, Form form, uint64_t& first, RunPart run_part) {
  const uint32_t least_rows = form == Form::portfolio ? 64 : 256;
  uint32_t& rows = run.state.scratch.clean_rows;
  uint32_t& refusals = run.state.scratch.clean_refusals;
  const uint32_t most = run.record.facts_of(form).block_rows;
  const uint64_t left = (run.batch.rows - first) / 64 * 64;
  if (left == 0) return false;
  while (true) {
    const uint32_t part = static_cast<uint32_t>(std::min<uint64_t>(std::min(rows, most), left));
    if (run_part(part)) {
      first += part;
      rows = std::min(rows * 2, most_block_rows);
      refusals = 0;
      return true;
    }
    if (part <= least_rows) break;
    rows = std::max(part / 4 / 64 * 64, least_rows);
  }
  refusals += refusals < 4 ? 1 : 0;
  return false;
}
// How many rows to evaluate in another form where a clean one did not suit: more each time, so that facts of which all are unusual are not
// tried again and again.
inline uint32_t rows_refused(const Run& run) { return std::min(run.state.scratch.clean_rows << run.state.scratch.clean_refusals, most_block_rows); }
// What the code of a block was called with.
Frame frame_over(Run& run, const BlockView& block, uint64_t first);
// Makes every definition of a block that is evaluated.
void evaluate_everything(Run& run, const BlockView& block, uint64_t first);

}  // namespace writ::evaluate
