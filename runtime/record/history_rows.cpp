// Reading the history of a record type, and what is left of it when no record asks for it.
#include <algorithm>

#include "record/passes.h"

namespace writ::record {

namespace {

struct HistoryReader {
  Facts& facts;
  const RecordInput& input;
  HistoryStore& store;
  RowFields fields;
  uint32_t parent = 0;
  size_t rows = 0, room = 0;
  std::vector<uint32_t> key_of_row;
  std::vector<std::string> order_texts;
  bool order_is_text = false;
  std::string storage;

  Go take(PassRow& row);
  void set_row_aside(Finding finding, uint32_t key);
  void make_room();
};

// What is said of a record whose history has a row that cannot be read.
void HistoryReader::set_row_aside(Finding finding, uint32_t key) {
  if (key != nothing && store.unreadable[key].empty()) {
    store.unreadable[key] = "line " + std::to_string(finding.line) + " of " + facts.files[finding.file].name;
  }
  set_aside(facts.report, std::move(finding));
}

void HistoryReader::make_room() {
  if (rows < room) return;
  room = room == 0 ? 1024 : room * 2;
  for (Column& column : store.columns) {
    column.values.resize(room);
    if (!column.states.empty()) column.states.resize(room, value::State::given);
  }
}

Go HistoryReader::take(PassRow& row) {
  RowCounts& counts = facts.report.histories[input.record];
  ++counts.read;
  if (row.text.problem != Problem::none) {
    set_row_aside(broken_row(row, input.record, true), nothing);
    return Go::on;
  }
  const Field& key_field = input.schema.fields[*input.schema.key];
  Cell cell;
  Finding trouble = at_row(row, input.record, true);
  bool read = read_source(fields, parent, *row.reader, row.text, facts.zones, cell, trouble);
  if (read && cell.state != value::State::given) {
    trouble.problem = Problem::must_be_given;
    trouble.field = key_field.name;
    read = false;
  }
  if (!read) {
    set_row_aside(std::move(trouble), nothing);
    return Go::on;
  }
  uint32_t key = number_of(store.keys, key_bytes(key_field, cell, storage));
  if (key == store.unreadable.size()) store.unreadable.emplace_back();
  make_room();
  for (uint32_t i = 0; i < input.schema.history.size(); ++i) {
    read = read_source(fields, i, *row.reader, row.text, facts.zones, cell, trouble);
    if (read && i == input.schema.history_at && cell.state != value::State::given) {
      trouble.problem = Problem::must_be_given;
      trouble.field = input.schema.history[i].name;
      read = false;
    }
    if (!read) {
      set_row_aside(std::move(trouble), key);
      return Go::on;
    }
    put_cell(store.columns[i], rows, cell, room, false, fields.number_text[i] ? &facts.texts : nullptr);
    if (order_is_text && i == *input.schema.history_order_by) {
      order_texts.resize(rows + 1);
      order_texts[rows] = cell.text;
    }
  }
  key_of_row.push_back(key);
  store.origins.push_back({row.file, row.text.line});
  ++rows;
  ++counts.kept;
  return Go::on;
}

}  // namespace

bool read_history(Facts& facts, const RecordInput& input, Prepared& prepared) {
  HistoryReader reader{facts, input, prepared.history, make_row_fields(input.schema.history, input.history_mapping.fields)};
  reader.parent = add_source(reader.fields, input.schema.fields[*input.schema.key], input.history_mapping.parent_key);
  const std::optional<uint32_t>& order_by = input.schema.history_order_by;
  reader.order_is_text = order_by && input.schema.history[*order_by].kind == FieldKind::text;
  reader.store.columns = make_columns(reader.fields, input.schema.history.size(), 0);
  bool all = go_through(facts, input.history_files, reader.fields.wanted, input.history_mapping.separator, input.record, true,
                        [&](PassRow& row) { return reader.take(row); });
  cut_columns(reader.store.columns, reader.rows);
  reader.order_texts.resize(reader.order_is_text ? reader.rows : 0);
  arrange(reader.store, reader.key_of_row, input.schema.history_at, order_by ? &*order_by : nullptr, reader.order_texts);
  return all;
}

void report_orphans(Facts& facts, const RecordInput& input, Prepared& prepared) {
  const HistoryStore& store = prepared.history;
  struct Orphan {
    Origin origin;
    uint32_t key;
  };
  std::vector<Orphan> orphans;
  for (uint32_t key = 0; key < count(store.keys); ++key) {
    if (store.wanted[key]) continue;
    for (uint32_t row = store.starts[key]; row < store.starts[key + 1]; ++row) orphans.push_back({store.origins[row], key});
  }
  std::sort(orphans.begin(), orphans.end(),
            [](const Orphan& a, const Orphan& b) { return a.origin.file != b.origin.file ? a.origin.file < b.origin.file : a.origin.line < b.origin.line; });
  facts.report.orphans[input.record] = orphans.size();
  facts.report.histories[input.record].kept -= orphans.size();
  const Field& key_field = input.schema.fields[*input.schema.key];
  for (const Orphan& orphan : orphans) {
    Finding finding;
    finding.problem = Problem::orphan_history;
    finding.record = input.record;
    finding.of_history = true;
    finding.file = orphan.origin.file;
    finding.line = orphan.origin.line;
    finding.field = key_field.name;
    finding.text = shown_key(key_field, text_of(store.keys, orphan.key));
    set_aside(facts.report, std::move(finding));
  }
}

}  // namespace writ::record
