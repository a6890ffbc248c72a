// Looking at some rows of a batch.
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

Batch part_of(const Batch& batch, uint32_t first, uint32_t rows) {
  const uint32_t end = first + rows;
  Batch some;
  some.record = batch.record;
  some.first_row = batch.first_row + first;
  some.rows = rows;
  for (const Column& column : batch.columns) some.columns.push_back(part(column, first, end));
  if (!batch.origins.empty()) some.origins.assign(batch.origins.begin() + first, batch.origins.begin() + end);
  const HistoryRows& history = batch.history;
  for (const Column& column : history.columns) {
    some.history.columns.push_back(history.offsets.empty() ? Column{} : part(column, history.offsets[first], history.offsets[end]));
  }
  if (history.offsets.empty()) return some;
  for (uint32_t row = first; row <= end; ++row) some.history.offsets.push_back(history.offsets[row] - history.offsets[first]);
  if (!history.tied.empty()) some.history.tied.assign(history.tied.begin() + first, history.tied.begin() + end);
  return some;
}

}  // namespace writ::record
