// A batch, block by block: columns are narrowed and checked, code runs, totals are folded, outputs are copied.
#include "evaluate/update.h"

#include <algorithm>
#include <cassert>

#include "evaluate/kernels.h"

namespace writ::evaluate {

namespace {

constexpr uint32_t least_clean_rows = 256;

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

BlockMemory& memory_of(const Program& program, std::vector<BlockMemory>& memories, uint32_t record_program, const StageTable& stage, uint32_t rows) {
  memories.resize(program.records.size());
  make_memory(stage, rows, memories[record_program]);
  return memories[record_program];
}

bool load_columns(const StageTable& stage, const std::vector<ColumnView>& views, uint64_t first, uint32_t rows, BlockMemory& memory) {
  bool fits = true;
  for (size_t i = 0; i < stage.fields.size(); ++i) {
    BlockColumn& column = memory.columns[i];
    fits &= load_column(views[stage.fields[i].field], stage.fields[i], first, rows, column);
    memory.column_values[i] = column.values;
    memory.column_states[i] = column.states;
  }
  return fits;
}

// The bits of the rows of a block, of which the last ones may only fill it up.
const uint8_t* live_rows(Scratch& scratch, uint32_t rows) {
  if (rows % 64 == 0) return all_rows;
  std::fill_n(scratch.live, sizeof scratch.live, 0);
  copy_bits(all_rows, 0, rows, scratch.live);
  return scratch.live;
}

Frame frame_over(Run& run, BlockMemory& memory, uint32_t rows, uint64_t first) {
  Frame frame = frame_of(run.program, run.state);
  frame.rows = padded_rows(rows);
  frame.given_rows = rows;
  frame.live = live_rows(run.state.scratch, rows);
  frame.first_row = first;
  frame.columns = memory.column_values.data();
  frame.column_states = memory.column_states.data();
  frame.slots = memory.slots.data();
  frame.slot_states = memory.slot_states.data();
  frame.slot_faults = memory.slot_faults.data();
  frame.helds = memory.helds.data();
  frame.counters = memory.counters.data();
  return frame;
}

// --- Histories --------------------------------------------------------------------------------------------------------

// Fields of the history as the look-ups read them: the host's own memory where it is of 64 bits, else a copy. False when a number
// does not fit 64 bits in its unit.
bool make_history_fields(Run& run) {
  const HistoryColumns& history = run.batch.history;
  const std::vector<value::State>& missing = run.program.tables.records[run.batch.record].history_missing;
  HistoryMemory& memory = run.state.scratch.history_fields;
  memory.value_pointers.clear();
  memory.state_pointers.clear();
  memory.values.resize(history.columns.size());
  memory.states.resize(history.columns.size());
  for (size_t i = 0; i < history.columns.size(); ++i) {
    const ColumnView& view = history.columns[i];
    if (view.width == 8 && view.unit == 1 && view.validity == nullptr) {
      memory.value_pointers.push_back(static_cast<const int64_t*>(view.values) + view.offset);
      memory.state_pointers.push_back(view.states == nullptr ? nullptr : view.states + view.offset);
      continue;
    }
    memory.values[i].clear();
    memory.states[i].clear();
    for (uint32_t row = 0; row < history.rows; ++row) {
      const value::State state = state_at(view, row, missing[i]);
      int64_t number = 0;
      if (!number_at(view, row, number) && state == value::State::given) return false;
      memory.values[i].push_back(number);
      memory.states[i].push_back(static_cast<uint8_t>(state));
    }
    memory.value_pointers.push_back(memory.values[i].data());
    memory.state_pointers.push_back(memory.states[i].data());
  }
  return true;
}

bool run_history_block(Run& run, Form form, BlockMemory& memory, uint32_t first, uint32_t rows, Predicates& out) {
  const StageTable& stage = run.record.history_of(form);
  if (!load_columns(stage, run.batch.history.columns, first, rows, memory)) return false;
  const Frame frame = frame_over(run, memory, rows, first);
  std::fill(memory.counters.begin(), memory.counters.end(), 0);
  for (StageFunction code : run.program.code->history(run.record_program, form)) code(&frame);
  if (memory.counters[stage.counters] != 0) return false;
  for (size_t p = 0; p < stage.predicates.size(); ++p) {
    const SlotView slot = slot_view(stage, memory, stage.predicates[p]);
    const uint8_t* truth = static_cast<const uint8_t*>(slot.values);
    std::copy_n(truth, rows, out.values[p].data() + first);
    if (slot.states != nullptr) std::copy_n(slot.states, rows, out.states[p].data() + first);
    if (slot.faults != nullptr) std::copy_n(slot.faults, rows, out.faults[p].data() + first);
  }
  return true;
}

// Truth of every condition over the history rows of the batch. False when they do not suit the form.
bool make_predicates(Run& run, Form form) {
  Predicates& out = run.state.scratch.predicates[static_cast<size_t>(form)];
  if (out.made || out.refused) return out.made;
  const StageTable& stage = run.record.history_of(form);
  const uint32_t rows = run.batch.history.rows;
  const size_t predicates = stage.predicates.size();
  out.values.resize(predicates);
  out.states.resize(predicates);
  out.faults.resize(predicates);
  for (size_t p = 0; p < predicates; ++p) {
    const SlotTable& table = stage.slots[stage.predicates[p]];
    out.values[p].resize(rows);
    out.states[p].resize(table.states ? rows : 0);
    out.faults[p].resize(table.faults ? rows : 0);
  }
  out.value_pointers.clear();
  out.state_pointers.clear();
  out.fault_pointers.clear();
  BlockMemory& memory = memory_of(run.program, run.state.scratch.history[static_cast<size_t>(form)], run.record_program, stage, rows);
  for (uint32_t first = 0; first < rows; first += stage.block_rows) {
    if (!run_history_block(run, form, memory, first, std::min(stage.block_rows, rows - first), out)) {
      out.refused = true;
      return false;
    }
  }
  for (size_t p = 0; p < stage.predicates.size(); ++p) {
    out.value_pointers.push_back(out.values[p].data());
    out.state_pointers.push_back(out.states[p].empty() ? nullptr : out.states[p].data());
    out.fault_pointers.push_back(out.faults[p].empty() ? nullptr : out.faults[p].data());
  }
  out.made = true;
  return true;
}

void show_history(Run& run, Form form, Frame& frame) {
  const Predicates& predicates = run.state.scratch.predicates[static_cast<size_t>(form)];
  const HistoryMemory& fields = run.state.scratch.history_fields;
  const uint32_t at = run.program.tables.records[run.batch.record].history_at;
  frame.history.offsets = run.batch.history.offsets;
  frame.history.tied = run.batch.history.tied;
  frame.history.predicates = predicates.value_pointers.data();
  frame.history.predicate_states = predicates.state_pointers.data();
  frame.history.predicate_faults = predicates.fault_pointers.data();
  frame.history.columns = fields.value_pointers.data();
  frame.history.column_states = fields.state_pointers.data();
  if (!fields.value_pointers.empty()) frame.history.at = fields.value_pointers[at];
}

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
void report_faults(Run& run, const BlockView& block) {
  const SlotView faulted = slot_view(*block.stage, *block.memory, block.stage->faulted.slot);
  const uint8_t* marks = static_cast<const uint8_t*>(faulted.values);
  std::vector<FaultReport>& found = run.state.scratch.faults;
  for (uint32_t row = 0; row < block.rows; ++row) {
    if (marks[row] == 0) continue;
    found.clear();
    for (const DefinitionOut& out : block.stage->definitions) {
      const value::Value v = value_at(slot_view(*block.stage, *block.memory, out.slot), row);
      if (value::is_fault(v)) found.push_back({run.batch.record, block.first_row + row, v.point, v.fault});
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

// Where a host's column has the width of the slot, code writes into it directly.
void lend_columns(Run& run, const StageTable& stage, BlockMemory& memory, uint64_t first) {
  for (const OutputColumn& column : run.taken.columns) {
    const uint32_t slot = slot_of(stage, column.definition);
    if (slot == no_index || stage.slots[slot].lane == Lane::whole || lane_bytes(stage.slots[slot].lane) != column.width) continue;
    memory.slots[slot] = static_cast<std::byte*>(column.values) + first * column.width;
  }
}

// Evaluates rows of the batch in one form. False when they do not suit it; nothing has been added then.
bool run_block(Run& run, Form form, uint64_t first, uint32_t rows) {
  const StageTable& stage = run.record.facts_of(form);
  assert(!stage.clean || run.wanted != Wanted::everything);
  BlockMemory& memory = memory_of(run.program, run.state.scratch.facts[static_cast<size_t>(form)], run.record_program, stage, rows);
  if (!make_predicates(run, form) || !load_columns(stage, run.batch.columns, first, rows, memory)) return false;
  Frame frame = frame_over(run, memory, rows, first);
  show_history(run, form, frame);
  memory.slots = memory.own_slots;
  std::fill(memory.counters.begin(), memory.counters.end(), 0);
  if (rows % 64 == 0) lend_columns(run, stage, memory, first);
  for (StageFunction code : run.program.code->facts(run.record_program, form, run.wanted)) code(&frame);
  if (memory.counters[stage.counters] != 0) return false;

  const BlockView block{&run.record, form, &stage, &memory, rows, run.batch.first_row + first};
  if (run.taken.counted) fold_aggregates(run.program.tables, block, run.state);
  if (run.taken.counted && run.last_pass) {
    count_admissions(run, stage, memory, rows);
    fold_notables(run.program.tables, block, run.state);
    if (count_of(memory, stage.faulted) != 0) {
      // Which faults they were is only asked where there are some.
      if (run.wanted != Wanted::everything) {
        for (StageFunction code : run.program.code->facts(run.record_program, form, Wanted::everything)) code(&frame);
      }
      report_faults(run, block);
    }
  }
  if (run.taken.everything != nullptr) copy_outputs(run, block, first);
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

// Rows from `first` on in the form for usual ones, as many as have lately gone well; `first` moves behind them. False when the next
// few are not all usual. An unusual row costs its neighbours little: blocks get small around it, and large again behind it.
bool run_clean(Run& run, uint64_t& first) {
  uint32_t& rows = run.state.scratch.clean_rows;
  const uint32_t most = run.record.facts_of(Form::seconds).block_rows;
  const uint64_t left = (run.batch.rows - first) / 64 * 64;
  while (left > 0) {
    const uint32_t part = static_cast<uint32_t>(std::min<uint64_t>(std::min(rows, most), left));
    if (run_block(run, Form::seconds, first, part)) {
      first += part;
      rows = std::min(rows * 2, most_block_rows);
      return true;
    }
    if (part <= least_clean_rows) return false;
    rows = std::max(part / 4 / 64 * 64, least_clean_rows);
  }
  return false;
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

uint32_t find_program(const Program& program, const State& state, uint32_t record) {
  const uint32_t records = static_cast<uint32_t>(program.tables.records.size());
  return state.pass * records + record;
}

// Every instant that the stage reads is in whole seconds, and so is the horizon.
bool suits_seconds(const Run& run) {
  if (!run.record.has_seconds || run.state.general || run.wanted == Wanted::everything) return false;
  const int64_t as_of = run.state.inputs.as_of;
  if (as_of % value::us_per_second != 0 || as_of / value::us_per_second != static_cast<int32_t>(as_of / value::us_per_second)) return false;
  for (const FieldTable& field : run.record.facts_of(Form::seconds).fields) {
    if (run.batch.columns[field.field].unit % field.unit != 0 || (field.seen != Horizon::none && as_of / value::us_per_second < field.low)) return false;
  }
  return true;
}

// The code that leaves behind what the caller takes, and no more.
Wanted wanted_for(const Program& program, const Taken& taken) {
  if (taken.everything != nullptr) return Wanted::everything;
  if (taken.columns.empty()) return Wanted::totals;
  for (const OutputColumn& column : taken.columns) {
    if (column.definition >= program.columns.size() || !program.columns[column.definition]) return Wanted::everything;
  }
  return Wanted::columns;
}

}  // namespace

bool update_state(const Program& program, State& state, const BatchView& batch, const Taken& taken) {
  const uint32_t index = find_program(program, state, batch.record);
  const RecordProgram& record = program.records[index];
  assert(record.record == batch.record && record.pass == state.pass);
  Run run{program, state, batch, record, index, taken, wanted_for(program, taken), state.pass + 1 == program.tables.passes};
  if (taken.everything != nullptr) prepare_outputs(program.tables, batch, *taken.everything);
  if (run.wanted == Wanted::totals && !run.last_pass && record.facts_of(Form::lean).aggregates.empty()) return true;
  for (Predicates& predicates : state.scratch.predicates) predicates.made = predicates.refused = false;
  if (!make_history_fields(run)) return false;
  const bool seconds = suits_seconds(run);
  uint64_t first = 0;
  while (first < batch.rows) {
    if (seconds && run_clean(run, first)) continue;
    const uint32_t rows = static_cast<uint32_t>(std::min<uint64_t>(record.facts_of(Form::lean).block_rows, batch.rows - first));
    const uint32_t part = seconds ? std::min(rows, state.scratch.clean_rows) : rows;
    if (state.general || !run_block(run, Form::lean, first, part)) {
      if (!run_general(run, first, part)) return false;
    }
    first += part;
  }
  return true;
}

}  // namespace writ::evaluate
