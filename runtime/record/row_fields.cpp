#include "record/row_fields.h"

#include <algorithm>
#include <cstring>

namespace writ::record {

uint32_t want_column(RowFields& fields, const std::string& name, uint32_t occurrence) {
  for (uint32_t i = 0; i < fields.wanted.size(); ++i) {
    if (fields.wanted[i].name == name && fields.wanted[i].occurrence == occurrence) return i;
  }
  fields.wanted.push_back({name, occurrence});
  return static_cast<uint32_t>(fields.wanted.size() - 1);
}

uint32_t add_source(RowFields& fields, const Field& field, const FieldSource& source) {
  RowFields::Source made{make_cell_reader(field, source), {}};
  if (!source.is_constant) {
    for (const std::string& column : source.columns) made.wanted.push_back(want_column(fields, column, source.occurrence));
  }
  fields.sources.push_back(std::move(made));
  fields.keep_text.push_back(0);
  fields.number_text.push_back(field.kind == FieldKind::text && field.compared);
  return static_cast<uint32_t>(fields.sources.size() - 1);
}

RowFields make_row_fields(const std::vector<Field>& fields, const std::vector<FieldSource>& sources) {
  RowFields out;
  for (size_t i = 0; i < fields.size(); ++i) add_source(out, fields[i], sources[i]);
  return out;
}

bool read_source(RowFields& fields, uint32_t index, const RowReader& reader, const TextRow& row, std::span<const value::Zone> zones, Cell& cell,
                 Finding& trouble) {
  RowFields::Source& source = fields.sources[index];
  if (source.wanted.empty()) {
    cell = constant_cell(source.reader);
    return true;
  }
  uint32_t chosen = source.wanted[0];
  // The first column that holds something; when none does, the first says what kind of nothing it is.
  if (source.wanted.size() > 1) {
    auto holds = std::find_if(source.wanted.begin(), source.wanted.end(), [&](uint32_t w) { return !is_absent_cell(source.reader, row.cells[w]); });
    if (holds != source.wanted.end()) chosen = *holds;
  }
  if (read_cell(source.reader, zones, row.cells[chosen], cell, trouble)) return true;
  trouble.column = reader.columns[chosen];
  trouble.column_name = fields.wanted[chosen].name;
  return false;
}

std::vector<Column> make_columns(const RowFields& fields, size_t fields_of_row, size_t rows) {
  std::vector<Column> columns(fields_of_row);
  for (size_t i = 0; i < fields_of_row; ++i) {
    columns[i].values.resize(rows);
    if (fields.keep_text[i]) columns[i].texts.resize(rows);
  }
  return columns;
}

void put_cell(Column& column, size_t row, const Cell& cell, size_t room, bool keep_text, Texts* codes) {
  int64_t number = cell.value;
  if (codes && cell.state == value::State::given) number = number_of(*codes, cell.text);
  column.values[row] = number;
  if (cell.state != value::State::given && column.states.empty()) column.states.assign(room, value::State::given);
  if (!column.states.empty()) column.states[row] = cell.state;
  if (keep_text) column.texts[row] = cell.text;
}

void cut_columns(std::vector<Column>& columns, size_t rows) {
  for (Column& column : columns) {
    column.values.resize(rows);
    if (!column.texts.empty()) column.texts.resize(rows);
    if (column.states.empty()) continue;
    column.states.resize(rows);
    // A row that was set aside may have left its mark; a column without absences has no states.
    bool all_given = std::all_of(column.states.begin(), column.states.end(), [](value::State s) { return s == value::State::given; });
    if (all_given) column.states.clear();
  }
}

std::string_view key_bytes(const Field& field, const Cell& cell, std::string& storage) {
  if (field.kind == FieldKind::text) return cell.text;
  storage.resize(sizeof cell.value);
  std::memcpy(storage.data(), &cell.value, sizeof cell.value);
  return storage;
}

std::string shown_key(const Field& field, std::string_view bytes) {
  if (field.kind == FieldKind::text) return std::string(bytes);
  int64_t number = 0;
  std::memcpy(&number, bytes.data(), std::min(bytes.size(), sizeof number));
  if (field.kind == FieldKind::enumeration && number >= 0 && static_cast<size_t>(number) < field.members.size()) {
    return field.members[static_cast<size_t>(number)];
  }
  if (field.kind == FieldKind::date) return value::format_date(static_cast<value::Date>(number));
  if (field.kind == FieldKind::instant) return value::format_utc(number);
  return value::to_text(number, field.scale);
}

}  // namespace writ::record
