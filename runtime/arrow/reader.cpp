#include "arrow/reader.h"

#include <algorithm>
#include <numeric>

#include "arrow/columns.h"
#include "arrow/history.h"
#include "record/row_fields.h"

namespace writ::arrow {

namespace {

using record::Finding;
using record::Problem;
using record::RowCounts;

struct Work {
  Shared& shared;
  Reader& reader;
  OpenTable& table;
  uint64_t first = 0;
  uint32_t rows = 0;
  Batch& batch;
  Troubles troubles;
  Troubles of_key;  // a row without a key belongs to no other row

  RowCounts& counts() { return shared.report.records[reader.record]; }
};

Finding at_row(const Work& work, uint32_t row, Finding finding) {
  finding.record = work.reader.record;
  finding.file = work.table.file;
  finding.line = work.table.first_line + work.first + row;
  return finding;
}

void put_aside(Work& work, uint32_t row, Finding finding) { record::set_aside(work.shared.report, at_row(work, row, std::move(finding))); }

// A text that no rule compares is nothing but the key, which is read row by row when rows are told apart.
evaluate::ColumnView column_of_zeros(uint32_t rows, ColumnMemory& memory) {
  memory.states.assign(rows, 0);
  evaluate::ColumnView view;
  view.values = memory.states.data();
  view.width = 1;
  return view;
}

void read_columns(Work& work) {
  const record::RecordSchema& schema = work.reader.schema;
  work.batch.memory.resize(schema.fields.size());
  work.batch.view.columns.resize(schema.fields.size());
  for (uint32_t i = 0; i < schema.fields.size(); ++i) {
    const record::Field& field = schema.fields[i];
    record::Texts* texts = field.kind == record::FieldKind::text && field.compared ? &work.shared.texts : nullptr;
    Troubles& troubles = schema.key == i ? work.of_key : work.troubles;
    if (schema.key == i && field.kind == record::FieldKind::text && texts == nullptr) {
      work.batch.view.columns[i] = column_of_zeros(work.rows, work.batch.memory[i]);
      continue;
    }
    work.batch.view.columns[i] = read_column(work.table.sources[i], work.shared.zones, texts, work.first, work.rows, work.batch.memory[i], troubles);
  }
}

// Keys are read some rows ahead: the table of all keys is large and far away in memory, and is fetched meanwhile.
constexpr uint32_t rows_ahead = 16;

struct Key {
  bool read = false;
  std::string_view bytes;
  std::string storage;
  Finding trouble;  // why there is none
};

void read_key(Work& work, uint32_t row, Key& key) {
  const uint32_t index = *work.reader.schema.key;
  const record::Field& field = work.reader.schema.fields[index];
  Source& source = work.table.sources[index];
  record::Cell cell;
  key.read = false;
  if (!work.of_key.has.empty() && work.of_key.has[row] != 0) {
    key.trouble = work.of_key.findings[work.of_key.place[row]];
    return;
  }
  key.trouble.problem = Problem::none;
  if (!read_at(source, work.shared.zones, work.first + row, cell, key.trouble)) return;
  if (cell.state != value::State::given) {
    key.trouble = {};
    key.trouble.problem = Problem::must_be_given;
    key.trouble.field = field.name;
    return;
  }
  key.read = true;
  key.bytes = record::key_bytes(field, cell, key.storage);
  if (key.bytes.data() == source.storage.data()) {  // it is overwritten with the next one
    key.storage = key.bytes;
    key.bytes = key.storage;
  }
  record::expect(work.reader.prepared.keys, key.bytes);
}

// Whether this row speaks for its key; if not, it has been counted.
bool key_decides(Work& work, uint32_t row, std::string_view key) {
  record::Prepared& prepared = work.reader.prepared;
  const uint64_t ordinal = work.reader.ordinal + row;
  const uint32_t number = record::number_of(prepared.keys, key);
  if (number == prepared.decides.size()) {
    prepared.decides.push_back(ordinal);
    prepared.seen_at.push_back({work.table.file, work.table.first_line + work.first + row});
  }
  const auto undecided = prepared.undecided.find(number);
  const bool first_of_undecided = undecided != prepared.undecided.end() && prepared.decides[number] == ordinal;
  if (prepared.decides[number] == ordinal && !first_of_undecided) return true;
  if (!first_of_undecided && work.reader.mapping.repeats != record::Repeats::refused) {
    ++work.counts().superseded;
    work.batch.replaced.push_back(row);
    return false;
  }
  const record::Field& field = work.reader.schema.fields[*work.reader.schema.key];
  const record::Origin& seen = prepared.seen_at[number];
  Finding finding;
  finding.problem = first_of_undecided ? Problem::undecided_key : Problem::repeated_key;
  finding.field = field.name;
  finding.text = record::shown_key(field, key);
  finding.detail = first_of_undecided ? undecided->second : "row " + std::to_string(seen.line) + " of " + work.shared.report.files[seen.file];
  put_aside(work, row, std::move(finding));
  return false;
}

// The history of a row's record has a row that could not be read.
Finding history_trouble(const Work& work, const std::string& unreadable, uint32_t row, const Key* key) {
  Finding trouble;
  trouble.problem = Problem::history_not_readable;
  trouble.text = key != nullptr ? record::shown_key(work.reader.schema.fields[*work.reader.schema.key], key->bytes)
                                : std::to_string(work.table.first_line + work.first + row);
  trouble.detail = unreadable;
  return trouble;
}

// `key`: null where the record type has none.
bool is_kept(Work& work, HistoryOf& history, uint32_t row, Key* key) {
  if (key != nullptr && !key->read) {
    put_aside(work, row, std::move(key->trouble));
    key->trouble = {};
    return false;
  }
  if (key != nullptr) find_history(history, row, key->bytes);
  if (key != nullptr && !key_decides(work, row, key->bytes)) return false;
  if (!work.troubles.has.empty() && work.troubles.has[row] != 0) {
    put_aside(work, row, work.troubles.findings[work.troubles.place[row]]);
    return false;
  }
  const std::string* unreadable = history_unreadable(history, row);
  if (unreadable == nullptr) return true;
  put_aside(work, row, history_trouble(work, *unreadable, row, key));
  return false;
}

void find_kept_rows(Work& work, HistoryOf& history) {
  const bool keyed = work.reader.schema.key.has_value();
  Key keys[rows_ahead];
  for (uint32_t row = 0; keyed && row < std::min(rows_ahead, work.rows); ++row) read_key(work, row, keys[row]);
  for (uint32_t row = 0; row < work.rows; ++row) {
    Key& key = keys[row % rows_ahead];
    if (is_kept(work, history, row, keyed ? &key : nullptr)) work.batch.kept.push_back(row);
    if (keyed && row + rows_ahead < work.rows) read_key(work, row + rows_ahead, key);
  }
}

// Columns of the rows that are kept alone.
void gather(const OpenTable& table, Batch& batch) {
  for (size_t i = 0; i < batch.view.columns.size(); ++i) {
    const evaluate::ColumnView from = batch.view.columns[i];
    ColumnMemory gathered;
    const bool has_states = from.states != nullptr || from.validity != nullptr;
    const value::State missing = table.sources[i].missing.state;
    for (const uint32_t row : batch.kept) {
      const value::State state = evaluate::state_at(from, row, missing);
      gathered.values.push_back(given_number(from, row, state));
      if (has_states) gathered.states.push_back(static_cast<uint8_t>(state));
    }
    if (gathered.values.empty()) gathered.values.push_back(0);  // a view points somewhere
    batch.memory[i] = std::move(gathered);
    evaluate::ColumnView view;
    view.values = batch.memory[i].values.data();
    if (has_states) view.states = batch.memory[i].states.data();
    batch.view.columns[i] = view;
  }
}

void show_history(Batch& batch) {
  const record::HistoryRows& history = batch.history;
  if (history.offsets.empty()) return;
  batch.view.history.offsets = history.offsets.data();
  batch.view.history.rows = history.offsets.back();
  if (!history.tied.empty()) batch.view.history.tied = history.tied.data();
  for (const record::Column& column : history.columns) {
    evaluate::ColumnView view;
    view.values = column.values.data();
    if (!column.states.empty()) view.states = reinterpret_cast<const uint8_t*>(column.states.data());
    batch.view.history.columns.push_back(view);
  }
}

}  // namespace

Reader make_reader(Shared& shared, uint32_t record, record::RecordSchema schema, record::Mapping mapping, record::Mapping history_mapping) {
  record::Report& report = shared.report;
  const size_t records = std::max<size_t>(record + 1, report.records.size());
  report.records.resize(records);
  report.histories.resize(records);
  report.orphans.resize(records);
  Reader reader;
  reader.record = record;
  reader.decided_ahead = schema.key && mapping.repeats == record::Repeats::last_decides;
  reader.schema = std::move(schema);
  reader.mapping = std::move(mapping);
  reader.history_mapping = std::move(history_mapping);
  return reader;
}

bool has_columns(const Reader& reader, const ArrowSchema* schema, Finding& failure) {
  std::string reason;
  if (!check_table_schema(schema, reason)) return record::refuse_table(failure, reader.schema.name, reason);
  for (const record::FieldSource& source : reader.mapping.fields) {
    if (source.is_constant) continue;
    for (const std::string& name : source.columns) {
      uint32_t count = 0;
      if (find_column(*schema, name, source.occurrence, count) >= 0) continue;
      failure.problem = Problem::missing_column;
      failure.field = name;
      for (int64_t i = 0; i < schema->n_children; ++i) {
        if (schema->children[i]->name != nullptr) failure.candidates.emplace_back(schema->children[i]->name);
      }
      return false;
    }
  }
  return true;
}

bool open_table(const Shared& shared, const Reader& reader, const ArrowSchema* schema, const ArrowArray* array, OpenTable& out, Finding& failure) {
  std::string reason;
  failure.record = reader.record;
  failure.file = out.file;
  if (!check_table(schema, array, out.table, reason)) return record::refuse_table(failure, reader.schema.name, reason);
  for (size_t i = 0; i < reader.schema.fields.size(); ++i) {
    Source& source = out.sources.emplace_back();
    if (!make_source(out.table, reader.schema.fields[i], reader.mapping.fields[i], shared.times, source, failure)) return false;
  }
  if (reader.schema.history.empty() || reader.has_history_table) return true;
  return open_lists(shared, reader, out, failure);
}

void read_rows(Shared& shared, Reader& reader, OpenTable& table, uint64_t first, uint32_t rows, Batch& out) {
  Work work{shared, reader, table, first, rows, out, {}, {}};
  out.view.record = reader.record;
  out.view.first_row = reader.rows_before;
  out.rows_read = rows;
  read_columns(work);
  HistoryOf history = history_of(shared, reader, table, first, rows);
  find_kept_rows(work, history);
  if (out.kept.size() < rows) gather(table, out);
  if (!reader.schema.history.empty()) {
    for (const uint32_t row : out.kept) append_history_of(history, row, out.history);
    if (out.history.columns.empty()) out.history.columns.resize(reader.schema.history.size());
    show_history(out);
  }
  out.view.rows = static_cast<uint32_t>(out.kept.size());
  RowCounts& counts = work.counts();
  counts.read += rows;
  counts.kept += out.view.rows;
  reader.rows_before += out.view.rows;
  reader.ordinal += rows;
}

}  // namespace writ::arrow
