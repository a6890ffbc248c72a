// The facts of a host in C: every number that it says about its memory is held against the rule set before any of it is read.
#include "evaluate/abi_handles.h"

namespace writ::evaluate {

namespace {

bool is_width(uint32_t width) { return width == 1 || width == 2 || width == 4 || width == 8; }

// `of`: "field" or "field of the history".
bool read_columns(const writ_column* columns, uint32_t count, uint32_t wanted, const char* of, std::vector<ColumnView>& out, std::string& why) {
  const auto wrong = [&](uint32_t i, const char* what) {
    why = std::string("column ") + std::to_string(i) + ", " + of + ": " + what;
    return false;
  };
  if (count != wanted) {
    why = "there are " + std::to_string(count) + " columns; the rule set has a " + of + " for " + std::to_string(wanted);
    return false;
  }
  if (count > 0 && columns == nullptr) return wrong(0, "there are no columns");
  for (uint32_t i = 0; i < count; ++i) {
    const writ_column& c = columns[i];
    if (c.size != sizeof(writ_column)) return wrong(i, "`size` is not that of writ_column");
    if (c.width != 0 && !is_width(c.width)) return wrong(i, "`width` is none of 0, 1, 2, 4, 8");
    if (c.values == nullptr) return wrong(i, "`values` is null");
    if (c.offset < 0) return wrong(i, "`offset` is negative");
    if (c.width < 8 && (c.unit < INT32_MIN || c.unit > INT32_MAX)) return wrong(i, "`unit` is too large for this width");
    out.push_back({c.values, c.width, c.validity, c.states, c.offset, c.unit});
  }
  return true;
}

// Offsets lead into the history's rows, and never back.
bool are_offsets(const writ_histories& histories, uint32_t rows, std::string& why) {
  for (uint32_t i = 0; i < rows; ++i) {
    if (histories.offsets[i] > histories.offsets[i + 1]) {
      why = "the offsets of the histories go back at record " + std::to_string(i);
      return false;
    }
  }
  if (histories.offsets[rows] <= histories.rows) return true;
  why = "the offsets of the histories lead behind their last row";
  return false;
}

}  // namespace

bool read_batch(const Tables& tables, const writ_batch& batch, BatchView& out, std::string& why) {
  if (batch.size != sizeof(writ_batch)) {
    why = "`size` of the batch is not that of writ_batch";
    return false;
  }
  if (batch.record >= tables.records.size()) {
    why = "the rule set has no record type " + std::to_string(batch.record);
    return false;
  }
  const RecordTable& record = tables.records[batch.record];
  out.columns.clear();
  out.history.columns.clear();
  out.history.offsets = nullptr;
  out.history.tied = nullptr;
  out.history.rows = 0;
  out.record = batch.record;
  out.first_row = batch.first_row;
  out.rows = batch.rows;
  if (!read_columns(batch.columns, batch.column_count, record.fields, "field", out.columns, why)) return false;
  if (batch.histories == nullptr) return true;
  if (!record.has_history) {
    why = "records of this type have no history";
    return false;
  }
  const writ_histories& histories = *batch.histories;
  if (histories.size != sizeof(writ_histories)) {
    why = "`size` of the histories is not that of writ_histories";
    return false;
  }
  out.history.offsets = histories.offsets;
  out.history.tied = histories.tied;
  out.history.rows = histories.offsets == nullptr ? 0 : histories.rows;
  if (histories.offsets != nullptr && !are_offsets(histories, batch.rows, why)) return false;
  return read_columns(histories.columns, histories.column_count, record.history_fields, "field of the history", out.history.columns, why);
}

}  // namespace writ::evaluate
