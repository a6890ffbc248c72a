#include "evaluate/run_block.h"

#include <algorithm>
#include <cassert>

#include "evaluate/kernels.h"

namespace writ::evaluate {

namespace {

BlockMemory& memory_of(const Program& program, std::vector<BlockMemory>& memories, uint32_t record_program, const StageTable& stage, uint32_t rows) {
  memories.resize(program.records.size());
  make_memory(stage, rows, memories[record_program]);
  return memories[record_program];
}

bool load_columns(const StageTable& stage, const std::vector<ColumnView>& views, uint64_t first, uint32_t rows, BlockMemory& memory) {
  for (size_t i = 0; i < stage.fields.size(); ++i) {
    BlockColumn& column = memory.columns[i];
    if (!load_column(views[stage.fields[i].field], stage.fields[i], first, rows, column)) return false;
    memory.column_values[i] = column.values;
    memory.column_states[i] = column.states;
  }
  return true;
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

void show_columns(const StageTable& stage, BlockMemory& memory) {
  for (size_t slot = 0; slot < stage.slots.size(); ++slot) {
    if (stage.slots[slot].column != no_index) memory.slots[slot] = const_cast<void*>(memory.column_values[stage.slots[slot].column]);
  }
}

// Where a host's column has the width of the slot, code writes into it directly.
void lend_columns(Run& run, const StageTable& stage, BlockMemory& memory, uint64_t first) {
  for (const OutputColumn& column : run.taken.columns) {
    const uint32_t slot = slot_of(stage, memory, column.definition);
    if (column.values == nullptr || slot == no_index || stage.slots[slot].lane == Lane::whole || lane_bytes(stage.slots[slot].lane) != column.width) continue;
    memory.slots[slot] = static_cast<std::byte*>(column.values) + first * column.width;
  }
  for (const OutputColumn& column : run.taken.columns) {
    const uint32_t slot = column.reasons == nullptr ? no_index : reason_of(stage, memory, column.definition);
    if (slot == no_index || lane_bytes(stage.slots[slot].lane) != column.reason_width) continue;
    memory.slots[slot] = static_cast<std::byte*>(column.reasons) + first * column.reason_width;
  }
}

// The code that leaves behind what the caller takes, and no more.
Wanted wanted_for(const Program& program, const Taken& taken) {
  if (taken.everything != nullptr) return Wanted::everything;
  if (taken.columns.empty()) return Wanted::totals;
  for (const OutputColumn& column : taken.columns) {
    if (column.definition >= program.columns.size()) return Wanted::everything;
    if (column.values != nullptr && !program.columns[column.definition]) return Wanted::everything;
    if (column.reasons != nullptr && !program.reasons[column.definition]) return Wanted::everything;
  }
  const auto has_reasons = [](const OutputColumn& column) { return column.reasons != nullptr; };
  return std::any_of(taken.columns.begin(), taken.columns.end(), has_reasons) ? Wanted::reasons : Wanted::columns;
}

}  // namespace

Run make_run(const Program& program, State& state, const BatchView& batch, const Taken& taken) {
  const uint32_t index = state.pass * static_cast<uint32_t>(program.tables.records.size()) + batch.record;
  const RecordProgram& record = program.records[index];
  assert(record.record == batch.record && record.pass == state.pass);
  return {program, state, batch, record, index, taken, wanted_for(program, taken), state.pass + 1 == program.tables.passes};
}

bool suits_clean(const Run& run, Form form) {
  if ((form == Form::seconds ? !run.record.has_seconds : !run.record.has_portfolio) || run.state.general || run.wanted == Wanted::everything) return false;
  const int64_t before = second_before(run.state.inputs.as_of), behind = second_behind(run.state.inputs.as_of);
  if (before <= INT32_MIN || behind >= INT32_MAX) return false;
  for (const FieldTable& field : run.record.facts_of(form).fields) {
    if (!can_count(run.batch.columns[field.field], field.unit) || (field.seen != Horizon::none && before < field.low)) return false;
  }
  return true;
}

bool begin_batch(Run& run) {
  for (Predicates& predicates : run.state.scratch.predicates) predicates.made = predicates.refused = false;
  return make_history_fields(run);
}

bool evaluate_block(Run& run, Form form, uint64_t first, uint32_t rows, BlockView& out) {
  const StageTable& stage = run.record.facts_of(form);
  assert(!stage.clean || run.wanted != Wanted::everything);
  BlockMemory& memory = memory_of(run.program, run.state.scratch.facts[static_cast<size_t>(form)], run.record_program, stage, rows);
  if (!make_predicates(run, form) || !load_columns(stage, run.batch.columns, first, rows, memory)) return false;
  Frame frame = frame_over(run, memory, rows, first);
  show_history(run, form, frame);
  memory.slots = memory.own_slots;
  show_columns(stage, memory);
  std::fill(memory.counters.begin(), memory.counters.end(), 0);
  if (!run.taken.columns.empty()) index_outs(stage, memory);
  if (rows % 64 == 0) lend_columns(run, stage, memory, first);
  for (StageFunction code : run.program.code->facts(run.record_program, form, run.wanted)) code(&frame);
  if (memory.counters[stage.counters] != 0) return false;
  out = {&run.record, form, &stage, &memory, rows};
  return true;
}

Frame frame_over(Run& run, const BlockView& block, uint64_t first) {
  BlockMemory& memory = run.state.scratch.facts[static_cast<size_t>(block.form)][run.record_program];
  Frame frame = frame_over(run, memory, block.rows, first);
  show_history(run, block.form, frame);
  return frame;
}

void evaluate_everything(Run& run, const BlockView& block, uint64_t first) {
  const Frame frame = frame_over(run, block, first);
  for (StageFunction code : run.program.code->facts(run.record_program, block.form, Wanted::everything)) code(&frame);
}

}  // namespace writ::evaluate
