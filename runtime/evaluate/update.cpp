// A batch, block by block: blocks are evaluated, totals are folded, outputs are copied.
#include <algorithm>
#include <cassert>

#include "evaluate/rt_values.h"
#include "evaluate/run_block.h"

namespace writ::evaluate {

namespace {

// --- Admission --------------------------------------------------------------------------------------------------------

int64_t count_of(const BlockMemory& memory, const Mark& mark) { return mark.count == no_index ? 0 : memory.counters[mark.count]; }

void count_admissions(Run& run, const StageTable& stage, const BlockMemory& memory, uint32_t rows) {
  const int64_t after = count_of(memory, stage.after_horizon), outside = count_of(memory, stage.outside_term), undated = count_of(memory, stage.undated);
  RecordTotals& totals = run.state.records[run.batch.record];
  totals.admitted += int64_t{rows} - after - outside - undated;
  totals.after_horizon += after;
  totals.outside_term += outside;
  totals.undated += undated;
}

// Of a row that does not take part: why.
Admission refusal(const Run& run, uint64_t row) {
  const RecordTable& record = run.program.tables.records[run.batch.record];
  const ColumnView& view = run.batch.columns[record.since];
  if (state_at(view, row, value::State::none) != value::State::given) return Admission::undated;
  int64_t since = 0;
  const bool fits = number_at(view, row, since);
  assert(fits);  // the block was evaluated
  (void)fits;
  if (record.since_is_date) since = value::start_of_day(run.program.tables.zone, static_cast<value::Date>(since));
  return since > run.state.inputs.as_of ? Admission::after_horizon : Admission::outside_term;
}

// --- Blocks -----------------------------------------------------------------------------------------------------------

// Each distinct fault of a row once, however many definitions it spread to.
void report_faults(Run& run, const BlockView& block, uint64_t first) {
  const SlotView faulted = slot_view(*block.stage, *block.memory, block.stage->faulted.slot);
  const uint8_t* marks = static_cast<const uint8_t*>(faulted.values);
  std::vector<FaultReport>& found = run.state.scratch.faults;
  for (uint32_t row = 0; row < block.rows; ++row) {
    if (marks[row] == 0) continue;
    const uint64_t place = run.batch.first_row + (run.batch.places == nullptr ? first + row : run.batch.places[first + row]);
    found.clear();
    for (const DefinitionOut& out : block.stage->definitions) {
      const value::Value v = value_at(slot_view(*block.stage, *block.memory, out.slot), row);
      if (value::is_fault(v)) found.push_back({run.batch.record, place, v.point, v.fault});
    }
    std::sort(found.begin(), found.end(), [](const FaultReport& a, const FaultReport& b) { return fault_order(a) < fault_order(b); });
    for (size_t i = 0; i < found.size(); ++i) {
      if (i == 0 || fault_order(found[i - 1]) != fault_order(found[i])) add_fault(run.state, found[i]);
    }
    run.state.records[run.batch.record].faulted += 1;
  }
}

void copy_outputs(Run& run, const BlockView& block, uint64_t first) {
  RecordOutputs& outputs = *run.taken.everything;
  const uint8_t* admitted = admitted_rows(block);
  for (uint32_t i = 0; i < block.rows; ++i) outputs.admission[first + i] = admitted[i] != 0 ? Admission::admitted : refusal(run, first + i);
  const std::vector<uint32_t>& order = run.program.tables.records[run.batch.record].definitions;
  size_t place = 0;
  for (const DefinitionOut& out : block.stage->definitions) {
    while (order[place] != out.definition) ++place;  // those of later passes are not here and stay none
    const SlotView slot = slot_view(*block.stage, *block.memory, out.slot);
    for (uint32_t i = 0; i < block.rows; ++i) {
      if (admitted[i] == 0) continue;
      outputs.values[place][first + i] = value_at(slot, i);
      if (out.held != no_index) outputs.held[place][first + i] = block.memory->helds[out.held][i];
    }
  }
}

void copy_clocks(const StageTable& stage, const Frame& frame, std::vector<ClockPauses>& clocks) {
  clocks.clear();
  PauseList found;
  for (const ClockIn& clock : stage.clocks) {
    Operation operation;
    operation.predicate = clock.predicate;
    find_pauses(frame, operation, 0, found);
    if (found.problem.any) found.intervals.clear();
    clocks.push_back({clock.commitment, found.intervals});
  }
}

// Evaluates rows of the batch in one form. False when they do not suit it; nothing has been added then.
bool run_block(Run& run, Form form, uint64_t first, uint32_t rows) {
  BlockView block;
  if (!evaluate_block(run, form, first, rows, block)) return false;
  if (run.taken.counted) fold_aggregates(run.program.tables, block, run.state);
  if (run.taken.counted && run.last_pass) {
    count_admissions(run, *block.stage, *block.memory, rows);
    fold_notables(run.program.tables, block, run.state);
    if (count_of(*block.memory, block.stage->faulted) != 0) {
      // Which faults they were is only asked where there are some.
      if (run.wanted != Wanted::everything) evaluate_everything(run, block, first);
      report_faults(run, block, first);
    }
  }
  if (run.taken.everything != nullptr) copy_outputs(run, block, first);
  if (run.taken.clocks != nullptr) copy_clocks(*block.stage, frame_over(run, block, first), *run.taken.clocks);
  if (!run.taken.columns.empty()) copy_columns(block, run.taken.columns, first);
  return true;
}

bool run_general(Run& run, uint64_t first, uint32_t rows) {
  const uint32_t step = run.record.facts_of(Form::general).block_rows;
  for (uint32_t at = 0; at < rows; at += step) {
    if (!run_block(run, Form::general, first + at, std::min(step, rows - at))) return false;
  }
  return true;
}

void prepare_outputs(const Tables& tables, const BatchView& batch, RecordOutputs& outputs) {
  const size_t definitions = tables.records[batch.record].definitions.size();
  outputs.admission.assign(batch.rows, Admission::admitted);
  outputs.values.resize(definitions);
  outputs.held.resize(definitions);
  for (size_t i = 0; i < definitions; ++i) {
    outputs.values[i].assign(batch.rows, value::none());
    outputs.held[i].assign(batch.rows, 0);
  }
}

}  // namespace

bool update_state(const Program& program, State& state, const BatchView& batch, const Taken& taken) {
  Run run = make_run(program, state, batch, taken);
  const RecordProgram& record = run.record;
  if (taken.everything != nullptr) prepare_outputs(program.tables, batch, *taken.everything);
  if (run.wanted == Wanted::totals && !run.last_pass && record.facts_of(Form::lean).aggregates.empty()) return true;
  if (!begin_batch(run)) return false;
  const bool seconds = suits_clean(run, Form::seconds);
  uint64_t first = 0;
  while (first < batch.rows) {
    if (seconds && run_clean(run, Form::seconds, first, [&](uint32_t part) { return run_block(run, Form::seconds, first, part); })) continue;
    const uint32_t rows = static_cast<uint32_t>(std::min<uint64_t>(record.facts_of(Form::lean).block_rows, batch.rows - first));
    const uint32_t part = seconds ? std::min(rows, rows_refused(run)) : rows;
    if (state.general || !run_block(run, Form::lean, first, part)) {
      if (!run_general(run, first, part)) return false;
    }
    first += part;
  }
  return true;
}

}  // namespace writ::evaluate
