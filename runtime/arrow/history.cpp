#include "arrow/history.h"

#include <cstring>

namespace writ::arrow {

namespace {

using record::Finding;
using record::HistoryStore;
using record::Problem;

constexpr std::string_view lists_column = "history";

uint32_t key_number(HistoryStore& store, std::string_view key) {
  const uint32_t number = record::number_of(store.keys, key);
  if (number == store.unreadable.size()) store.unreadable.emplace_back();
  return number;
}

void put(record::Column& column, size_t rows, const record::Cell& cell, int64_t number) {
  const bool given = cell.state == value::State::given;
  column.values.resize(rows);
  column.values.push_back(given ? number : 0);
  if (!given && column.states.empty()) column.states.assign(rows, value::State::given);
  if (given && column.states.empty()) return;
  column.states.resize(rows, value::State::given);
  column.states.push_back(cell.state);
}

}  // namespace

void add_history_row(HistoryRowsIn& in, std::vector<Source>& sources, uint64_t row, uint32_t key, const Finding& place, const std::string& what) {
  const record::RecordSchema& schema = in.reader.schema;
  const size_t rows = in.key_of_row.size();
  for (uint32_t i = 0; i < schema.history.size(); ++i) {
    const record::Field& field = schema.history[i];
    record::Cell cell;
    Finding trouble;
    bool read = read_at(sources[i], in.shared.zones, row, cell, trouble);
    if (read && i == schema.history_at && cell.state != value::State::given) {
      trouble.problem = Problem::must_be_given;
      trouble.field = field.name;
      read = false;
    }
    if (!read) {
      trouble.record = place.record;
      trouble.of_history = true;
      trouble.file = place.file;
      trouble.line = place.line;
      if (in.store.unreadable[key].empty()) in.store.unreadable[key] = what;
      record::set_aside(in.shared.report, std::move(trouble));
      return;
    }
    const bool coded = field.kind == record::FieldKind::text && field.compared && cell.state == value::State::given;
    put(in.store.columns[i], rows, cell, coded ? record::number_of(in.shared.texts, cell.text) : cell.value);
    if (schema.history_order_by && *schema.history_order_by == i && field.kind == record::FieldKind::text) {
      in.order_texts.resize(rows + 1);
      in.order_texts[rows] = cell.text;
    }
  }
  in.key_of_row.push_back(key);
  in.store.origins.push_back({place.file, place.line});
  ++in.shared.report.histories[in.reader.record].kept;
}

void arrange_history(HistoryRowsIn& in) {
  const size_t rows = in.key_of_row.size();
  for (record::Column& column : in.store.columns) {  // a row that was set aside has left its first fields behind
    column.values.resize(rows);
    if (!column.states.empty()) column.states.resize(rows, value::State::given);
  }
  if (!in.order_texts.empty()) in.order_texts.resize(rows);
  const record::RecordSchema& schema = in.reader.schema;
  record::arrange(in.store, in.key_of_row, schema.history_at, schema.history_order_by ? &*schema.history_order_by : nullptr, in.order_texts);
}

bool open_lists(const Shared& shared, const Reader& reader, OpenTable& out, Finding& failure) {
  uint32_t count = 0;
  const int64_t place = find_column(*out.table.schema, lists_column, 1, count);
  if (place < 0) return true;  // no record has a history
  const auto refuse = [&](std::string why) { return record::refuse_table(failure, std::string(lists_column), std::move(why)); };
  std::string reason;
  Array& list = out.lists.emplace_back();
  if (!check_column(out.table, place, list, reason)) return refuse(reason);
  if (list.layout.kind != Kind::list) return refuse("a list of structures is needed, one for each row of the history");
  Table rows;
  if (!check_table(out.table.schema->children[place]->children[0], out.table.array->children[place]->children[0], rows, reason)) return refuse(reason);
  for (size_t i = 0; i < reader.schema.history.size(); ++i) {
    Source& source = out.history.emplace_back();
    if (!make_source(rows, reader.schema.history[i], reader.history_mapping.fields[i], shared.times, source, failure)) return false;
  }
  return true;
}

HistoryOf history_of(Shared& shared, Reader& reader, OpenTable& table, uint64_t first, uint32_t rows) {
  HistoryOf history;
  history.keys.assign(reader.schema.history.empty() ? 0 : rows, record::nothing);
  if (reader.has_history_table) {
    history.store = &reader.prepared.history;
    history.by_key = true;
    return history;
  }
  if (table.lists.empty()) return history;
  HistoryStore& store = history.of_lists;
  store.columns.resize(reader.schema.history.size());
  HistoryRowsIn in{shared, reader, store, {}, {}};
  Finding place;
  place.record = reader.record;
  place.file = table.file;
  for (uint32_t row = 0; row < rows; ++row) {
    if (!is_given(table.lists[0], first + row)) continue;
    const Range range = list_at(table.lists[0], first + row);
    if (range.begin == range.end) continue;
    char name[sizeof row];
    std::memcpy(name, &row, sizeof row);
    const uint32_t key = key_number(store, {name, sizeof name});
    history.keys[row] = key;
    place.line = table.first_line + first + row;
    for (uint64_t entry = range.begin; entry < range.end; ++entry) {
      ++shared.report.histories[reader.record].read;
      add_history_row(in, table.history, entry, key, place, "entry " + std::to_string(entry - range.begin + 1));
    }
  }
  arrange_history(in);
  history.store = &store;
  return history;
}

void find_history(HistoryOf& history, uint32_t row, std::string_view key) {
  if (!history.by_key || history.store == nullptr) return;
  history.keys[row] = record::find(history.store->keys, key);
  if (history.keys[row] != record::nothing) history.store->wanted[history.keys[row]] = 1;
}

const std::string* history_unreadable(const HistoryOf& history, uint32_t row) {
  if (history.store == nullptr || history.keys[row] == record::nothing) return nullptr;
  const std::string& what = history.store->unreadable[history.keys[row]];
  return what.empty() ? nullptr : &what;
}

void append_history_of(const HistoryOf& history, uint32_t row, record::HistoryRows& out) {
  const HistoryStore none;
  const bool has = history.store != nullptr && history.keys[row] != record::nothing;
  record::append_history(out, has ? *history.store : none, has ? history.keys[row] : record::nothing);
}

}  // namespace writ::arrow
