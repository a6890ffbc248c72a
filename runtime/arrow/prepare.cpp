// What must be known before the rows of a record type can be read: its history, and which row of each key decides.
#include <algorithm>
#include <cassert>

#include "arrow/history.h"
#include "record/row_fields.h"

namespace writ::arrow {

namespace {

using record::Finding;
using record::Problem;
using value::i128;

// How the rows of one key are compared; neither: the later one decides.
struct Comparer {
  const Source* by_field = nullptr;
  std::vector<Array> by_column;  // none or one
};

// Nine digits after the point: sequence numbers and versions have none.
constexpr int order_digits = 9;

bool order_of(const Array& column, uint64_t row, i128& out) {
  if (!is_given(column, row)) return false;
  if (column.layout.kind == Kind::text || column.layout.kind == Kind::text_views) {
    const value::Parsed<i128> parsed = value::parse_decimal(text_at(column, row), order_digits);
    out = parsed.value;
    return parsed.ok();
  }
  return !value::mul_overflows(number_at(column, row), value::pow10(order_digits), out);
}

bool open_comparer(const Reader& reader, const OpenTable& table, Comparer& out, Finding& failure) {
  if (reader.mapping.repeats_by_field || reader.mapping.repeats_by.empty()) return true;
  uint32_t count = 0;
  const int64_t place = find_column(*table.table.schema, reader.mapping.repeats_by, 1, count);
  failure.record = reader.record;
  failure.file = table.file;
  if (place < 0) {
    failure.problem = Problem::missing_column;
    failure.field = reader.mapping.repeats_by;
    return false;
  }
  Array& column = out.by_column.emplace_back();
  std::string reason;
  if (!check_column(table.table, place, column, reason)) return record::refuse_table(failure, reader.mapping.repeats_by, reason);
  const Kind kind = column.layout.kind;
  const bool plain = (kind == Kind::integer || kind == Kind::natural) && column.dictionary.empty();
  if (plain || (column.dictionary.empty() && (kind == Kind::text || kind == Kind::text_views))) return true;
  return record::refuse_table(failure, reader.mapping.repeats_by, "rows are ordered by integers or by texts that hold numbers");
}

struct Best {
  i128 value = 0;
  bool readable = true;
  uint64_t rows = 0;
  std::string trouble;
};

struct Deciding {
  Shared& shared;
  Reader& reader;
  std::vector<Best> best;
  uint64_t ordinal = 0;
  std::string storage;
};

bool order_in(Deciding& work, OpenTable& table, const Comparer& comparer, uint64_t row, i128& out) {
  if (!comparer.by_column.empty()) return order_of(comparer.by_column[0], row, out);
  record::Cell cell;
  Finding trouble;
  if (!read_at(table.sources[*work.reader.mapping.repeats_by_field], work.shared.zones, row, cell, trouble)) return false;
  out = cell.value;
  return cell.state == value::State::given;
}

void look_at(Deciding& work, OpenTable& table, const Comparer& comparer, uint64_t row) {
  record::Prepared& prepared = work.reader.prepared;
  const uint32_t index = *work.reader.schema.key;
  const bool compares = work.reader.mapping.repeats_by_field || !comparer.by_column.empty();
  const uint64_t ordinal = work.ordinal++;
  record::Cell key;
  Finding trouble;
  if (!read_at(table.sources[index], work.shared.zones, row, key, trouble) || key.state != value::State::given) return;
  const uint32_t number = record::number_of(prepared.keys, record::key_bytes(work.reader.schema.fields[index], key, work.storage));
  const record::Origin here{table.file, table.first_line + row};
  if (number == prepared.decides.size()) {
    prepared.decides.push_back(ordinal);
    prepared.seen_at.push_back(here);
    work.best.emplace_back();
  }
  Best& so_far = work.best[number];
  i128 order = 0;
  if (compares && !order_in(work, table, comparer, row, order) && so_far.trouble.empty()) {
    so_far.readable = false;
    so_far.trouble = "what orders row " + std::to_string(here.line) + " of " + work.shared.report.files[here.file];
  }
  if (++so_far.rows > 1 && compares && (!so_far.readable || order < so_far.value)) return;
  so_far.value = order;
  prepared.decides[number] = ordinal;
  prepared.seen_at[number] = here;
}

}  // namespace

bool find_deciding_rows(Shared& shared, Reader& reader, std::vector<OpenTable>& tables, Finding& failure) {
  if (!reader.decided_ahead) return true;
  Deciding work{shared, reader, {}, 0, {}};
  for (OpenTable& table : tables) {
    Comparer comparer;
    if (!open_comparer(reader, table, comparer, failure)) return false;
    for (uint64_t row = 0; row < table.table.rows; ++row) look_at(work, table, comparer, row);
  }
  // One row alone decides, whatever it holds; of several, one that cannot be compared might have been the one.
  for (uint32_t key = 0; key < work.best.size(); ++key) {
    if (!work.best[key].readable && work.best[key].rows > 1) reader.prepared.undecided[key] = std::move(work.best[key].trouble);
  }
  return true;
}

bool read_history_table(Shared& shared, Reader& reader, const std::vector<std::pair<const ArrowSchema*, const ArrowArray*>>& arrays, uint32_t file,
                        Finding& failure) {
  reader.has_history_table = true;
  record::HistoryStore& store = reader.prepared.history;
  store.columns.resize(reader.schema.history.size());
  HistoryRowsIn in{shared, reader, store, {}, {}};
  Finding place;
  place.record = reader.record;
  place.of_history = true;
  place.file = file;
  place.line = 0;
  failure.record = reader.record;
  failure.file = file;
  const record::Field& key_field = reader.schema.fields[*reader.schema.key];
  std::string storage;
  for (const auto& [schema, array] : arrays) {
    Table table;
    std::string reason;
    if (!check_table(schema, array, table, reason)) return record::refuse_table(failure, "history of " + reader.schema.name, reason);
    std::vector<Source> sources(reader.schema.history.size());
    Source parent;
    for (size_t i = 0; i < sources.size(); ++i) {
      if (!make_source(table, reader.schema.history[i], reader.history_mapping.fields[i], shared.times, sources[i], failure)) return false;
    }
    if (!make_source(table, key_field, reader.history_mapping.parent_key, shared.times, parent, failure)) return false;
    for (uint64_t row = 0; row < table.rows; ++row) {
      ++place.line;
      ++shared.report.histories[reader.record].read;
      record::Cell key;
      Finding trouble;
      bool read = read_at(parent, shared.zones, row, key, trouble);
      if (read && key.state != value::State::given) {
        trouble.problem = Problem::must_be_given;
        trouble.field = key_field.name;
        read = false;
      }
      if (!read) {
        trouble.record = reader.record;
        trouble.of_history = true;
        trouble.file = file;
        trouble.line = place.line;
        record::set_aside(shared.report, std::move(trouble));
        continue;
      }
      const uint32_t number = record::number_of(store.keys, record::key_bytes(key_field, key, storage));
      if (number == store.unreadable.size()) store.unreadable.emplace_back();
      add_history_row(in, sources, row, number, place, "row " + std::to_string(place.line) + " of " + shared.report.files[file]);
    }
  }
  arrange_history(in);
  return true;
}

void report_orphans(Shared& shared, Reader& reader) {
  if (!reader.has_history_table) return;
  const record::HistoryStore& store = reader.prepared.history;
  const record::Field& key_field = reader.schema.fields[*reader.schema.key];
  std::vector<std::pair<record::Origin, uint32_t>> orphans;
  for (uint32_t key = 0; key < record::count(store.keys); ++key) {
    if (store.wanted[key] != 0) continue;
    for (uint32_t row = store.starts[key]; row < store.starts[key + 1]; ++row) orphans.emplace_back(store.origins[row], key);
  }
  std::sort(orphans.begin(), orphans.end(), [](const auto& a, const auto& b) { return a.first.line < b.first.line; });
  shared.report.orphans[reader.record] = orphans.size();
  shared.report.histories[reader.record].kept -= orphans.size();
  for (const auto& [origin, key] : orphans) {
    Finding finding;
    finding.problem = Problem::orphan_history;
    finding.record = reader.record;
    finding.of_history = true;
    finding.file = origin.file;
    finding.line = origin.line;
    finding.field = key_field.name;
    finding.text = record::shown_key(key_field, record::text_of(store.keys, key));
    record::set_aside(shared.report, std::move(finding));
  }
}

int64_t given_number(const evaluate::ColumnView& view, uint64_t row, value::State state) {
  int64_t number = 0;
  const bool fits = evaluate::number_at(view, row, number);
  assert(fits || state != value::State::given);  // it was looked at when it was read
  return fits && state == value::State::given ? number : 0;
}

record::Batch to_batch(const Shared& shared, OpenTable& table, uint64_t first, const Batch& batch) {
  record::Batch out;
  out.record = batch.view.record;
  out.first_row = batch.view.first_row;
  out.rows = batch.view.rows;
  out.history = batch.history;
  for (size_t i = 0; i < batch.view.columns.size(); ++i) {
    const evaluate::ColumnView& from = batch.view.columns[i];
    record::Column& column = out.columns.emplace_back();
    const bool is_text = table.sources[i].reader.field.kind == record::FieldKind::text;
    for (uint32_t row = 0; row < out.rows; ++row) {
      const value::State state = evaluate::state_at(from, row, table.sources[i].missing.state);
      column.values.push_back(given_number(from, row, state));
      if (from.states != nullptr || from.validity != nullptr) column.states.push_back(state);
      if (!is_text) continue;
      record::Cell cell;
      Finding trouble;
      read_at(table.sources[i], shared.zones, first + batch.kept[row], cell, trouble);
      column.texts.emplace_back(state == value::State::given ? cell.text : std::string_view());
    }
  }
  for (const uint32_t row : batch.kept) out.origins.push_back({table.file, table.first_line + first + row});
  return out;
}

}  // namespace writ::arrow
