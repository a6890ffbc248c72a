// Looking at one row of a batch.
#include "record/read_batches.h"
#include "record/row_fields.h"

namespace writ::record {

namespace {

Column part(const Column& from, size_t begin, size_t end) {
  auto cut = [&](const auto& items) { return items.empty() ? items : std::decay_t<decltype(items)>(items.begin() + begin, items.begin() + end); };
  return {cut(from.values), cut(from.states), cut(from.texts)};
}

}  // namespace

std::string key_of_row(const RecordInput& input, const Batch& batch, uint32_t row) {
  if (!input.schema.key) return {};
  const Field& field = input.schema.fields[*input.schema.key];
  const Column& column = batch.columns[*input.schema.key];
  Cell cell{value::State::given, column.values[row], {}};
  if (field.kind == FieldKind::text) cell.text = column.texts[row];
  std::string storage;
  return shown_key(field, key_bytes(field, cell, storage));
}

Batch row_alone(const Batch& batch, uint32_t row) {
  Batch alone;
  alone.record = batch.record;
  alone.first_row = batch.first_row + row;
  alone.rows = 1;
  for (const Column& column : batch.columns) alone.columns.push_back(part(column, row, row + 1));
  if (!batch.origins.empty()) alone.origins.push_back(batch.origins[row]);
  const HistoryRows& history = batch.history;
  if (history.offsets.empty()) return alone;
  alone.history.offsets = {0, history.offsets[row + 1] - history.offsets[row]};
  alone.history.tied = {history.tied[row]};
  for (const Column& column : history.columns) alone.history.columns.push_back(part(column, history.offsets[row], history.offsets[row + 1]));
  return alone;
}

}  // namespace writ::record
