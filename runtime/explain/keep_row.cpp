// A record of a host, checked and copied, as a batch of one row. Memory is used again, so that nothing is allocated for the next one.
#include <writ/rules.h>

#include "explain/one_case.h"

namespace writ::explain {

namespace {

using evaluate::ColumnView;
using evaluate::RecordTable;

writ_status wrong(const writ_case& one, const std::string& why) {
  one.error = why;
  return WRIT_BAD_ARGUMENT;
}

bool is_state(uint8_t state) { return state <= WRIT_UNKNOWN; }

ColumnView view_of(const int64_t* values, const uint8_t* states) {
  ColumnView view;
  view.values = values;
  view.states = states;
  return view;
}

void begin(const writ_case& one, const RecordTable& table, KeptRow& out) {
  out.numbers.resize(table.fields);
  out.states.resize(table.fields);
  out.any_text = false;
  out.history.resize(table.history_fields);
  out.history_states.resize(table.history_fields);
  for (uint32_t f = 0; f < table.history_fields; ++f) {
    out.history[f].clear();
    out.history_states[f].clear();
  }
  out.view.record = one.record;
  out.view.rows = 1;
  out.view.first_row = 0;
}

void finish(const RecordTable& table, uint32_t history_rows, bool tied, KeptRow& out) {
  out.view.columns.clear();
  for (uint32_t f = 0; f < table.fields; ++f) out.view.columns.push_back(view_of(&out.numbers[f], &out.states[f]));
  if (!table.has_history) return;
  out.offsets[1] = history_rows;
  out.tied = tied ? 1 : 0;
  out.view.history.offsets = out.offsets;
  out.view.history.tied = &out.tied;
  out.view.history.rows = history_rows;
  out.view.history.columns.clear();
  for (uint32_t f = 0; f < table.history_fields; ++f) {
    out.view.history.columns.push_back(view_of(out.history[f].data(), out.history_states[f].data()));
  }
}

void keep_texts(const writ_row& row, uint32_t fields, KeptRow& out) {
  if (row.texts == nullptr) return;
  out.any_text = true;
  out.texts.resize(fields);
  out.has_text.assign(fields, 0);
  for (uint32_t f = 0; f < fields; ++f) {
    if (row.texts[f] == nullptr) continue;
    out.texts[f] = row.texts[f];
    out.has_text[f] = 1;
  }
}

writ_status keep_history(const writ_case& one, const writ_row& row, const RecordTable& table, KeptRow& out) {
  for (uint32_t r = 0; r < row.history_rows; ++r) {
    for (uint32_t f = 0; f < table.history_fields; ++f) {
      const size_t at = size_t{r} * table.history_fields + f;
      const uint8_t state = row.history_states == nullptr ? WRIT_GIVEN : row.history_states[at];
      if (!is_state(state)) return wrong(one, "a field of the history has a state that facts do not have");
      out.history[f].push_back(state == WRIT_GIVEN ? row.history[at] : 0);
      out.history_states[f].push_back(state);
    }
  }
  return WRIT_OK;
}

bool take(const ColumnView& view, uint64_t row, value::State missing, int64_t& number, uint8_t& state) {
  const value::State known = evaluate::state_at(view, row, missing);
  state = static_cast<uint8_t>(known);
  number = 0;
  return known != value::State::given || evaluate::number_at(view, row, number);
}

// What a host that only knows `missing` means.
value::State missing(const Record* known, uint32_t field) { return known == nullptr ? value::State::none : missing_state(known->fields[field].type); }

}  // namespace

writ_status keep_row(const writ_case& one, const writ_row& row, KeptRow& out) {
  const RecordTable& table = one.evaluator->tables().records[one.record];
  if (row.size != sizeof(writ_row)) return wrong(one, "`size` is not that of writ_row");
  if (row.numbers == nullptr && table.fields > 0) return wrong(one, "`numbers` is null");
  if (row.history_rows > 0 && (!table.has_history || row.history == nullptr)) return wrong(one, "records of this type have no history, or it is null");
  begin(one, table, out);
  for (uint32_t f = 0; f < table.fields; ++f) {
    const uint8_t state = row.states == nullptr ? WRIT_GIVEN : row.states[f];
    if (!is_state(state)) return wrong(one, "field " + std::to_string(f) + " has a state that facts do not have");
    out.numbers[f] = state == WRIT_GIVEN ? row.numbers[f] : 0;
    out.states[f] = state;
  }
  keep_texts(row, table.fields, out);
  const writ_status status = keep_history(one, row, table, out);
  if (status == WRIT_OK) finish(table, row.history_rows, row.history_tied != 0, out);
  return status;
}

writ_status keep_row_of_batch(const writ_case& one, const evaluate::BatchView& batch, uint32_t row, KeptRow& out) {
  const RecordTable& table = one.evaluator->tables().records[one.record];
  const Described* described = described_of(one.evaluator);
  const Record* known = described == nullptr ? nullptr : &described->description.records[one.record];
  begin(one, table, out);
  bool fits = true;
  for (uint32_t f = 0; f < table.fields; ++f) fits &= take(batch.columns[f], row, missing(known, f), out.numbers[f], out.states[f]);
  const uint32_t* offsets = batch.history.offsets;
  const uint32_t first = offsets == nullptr ? 0 : offsets[row], last = offsets == nullptr ? 0 : offsets[row + 1];
  for (uint32_t f = 0; f < table.history_fields; ++f) {
    for (uint32_t r = first; r < last; ++r) {
      fits &= take(batch.history.columns[f], r, table.history_missing[f], out.history[f].emplace_back(), out.history_states[f].emplace_back());
    }
  }
  if (!fits) {
    one.error = "a number does not fit 64 bits in its field's unit";
    return WRIT_DOES_NOT_FIT;
  }
  finish(table, last - first, batch.history.tied != nullptr && batch.history.tied[row] != 0, out);
  return WRIT_OK;
}

}  // namespace writ::explain
