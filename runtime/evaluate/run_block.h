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
// little: blocks get small around it, and large again behind it.
template <class RunPart>
bool run_clean(Run& run, Form form, uint64_t& first, RunPart run_part) {
  constexpr uint32_t least_rows = 256;
  uint32_t& rows = run.state.scratch.clean_rows;
  const uint32_t most = run.record.facts_of(form).block_rows;
  const uint64_t left = (run.batch.rows - first) / 64 * 64;
  while (left > 0) {
    const uint32_t part = static_cast<uint32_t>(std::min<uint64_t>(std::min(rows, most), left));
    if (run_part(part)) {
      first += part;
      rows = std::min(rows * 2, most_block_rows);
      return true;
    }
    if (part <= least_rows) return false;
    rows = std::max(part / 4 / 64 * 64, least_rows);
  }
  return false;
}
// What the code of a block was called with.
Frame frame_over(Run& run, const BlockView& block, uint64_t first);
// Makes every definition of a block that is evaluated.
void evaluate_everything(Run& run, const BlockView& block, uint64_t first);

}  // namespace writ::evaluate
