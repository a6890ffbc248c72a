#include "record/read_batches.h"

#include <algorithm>

#include "record/passes.h"

namespace writ::record {

namespace {

struct BatchMaker {
  Facts& facts;
  const RecordInput& input;
  Prepared& prepared;
  const ReadOptions& options;
  const std::function<bool(Batch&&)>& take;
  RowFields fields;
  bool report;         // the first full pass
  bool decided_ahead;  // find_deciding_rows has been through the files
  Batch batch;
  uint64_t rows_before = 0;
  std::string storage;
  Cell key_cell;             // of the row at hand
  std::string_view key;      // what identifies its record
  Finding trouble;           // what is wrong with it
  uint32_t whose = nothing;  // of many agreements, that of the row; `nothing`: it cannot be told, or there is one agreement
  Finding whose_trouble;     // why not

  Go add(PassRow& row);
  void read_whose(PassRow& row);
  bool read_key(PassRow& row);
  bool read_fields(PassRow& row);
  void put(uint32_t field, const Cell& cell);
  bool key_decides(const PassRow& row);
  Go put_aside(Finding finding);
  void start_batch();
  bool end_batch();
  RowCounts& counts() { return facts.report.records[input.record]; }
  // Counts the row, where `report` says so: for all, and for its agreement.
  void add_count(uint64_t RowCounts::* what) {
    if (!report) return;
    ++(counts().*what);
    if (whose != nothing) ++(facts.report.of_agreements[input.record][whose].*what);
  }
  bool has_history() const { return !input.schema.history.empty(); }
};

void BatchMaker::start_batch() {
  batch = {};
  batch.record = input.record;
  batch.first_row = rows_before;
  batch.columns = make_columns(fields, input.schema.fields.size(), options.batch_rows);
  batch.origins.reserve(options.batch_rows);
}

bool BatchMaker::end_batch() {
  cut_columns(batch.columns, batch.rows);
  if (has_history() && batch.history.columns.empty()) batch.history.columns.resize(input.schema.history.size());
  rows_before += batch.rows;
  bool go_on = take(std::move(batch));
  start_batch();
  return go_on;
}

Go BatchMaker::put_aside(Finding finding) {
  finding.agreement = whose;
  if (report) set_aside(facts.report, std::move(finding));
  return Go::on;
}

// Whether this row speaks for its key; if not, it has been counted.
bool BatchMaker::key_decides(const PassRow& row) {
  const Field& key_field = input.schema.fields[*input.schema.key];
  uint32_t number = number_of(prepared.keys, key);
  if (number == prepared.decides.size()) {
    prepared.decides.push_back(row.ordinal);
    prepared.seen_at.push_back({row.file, row.text.line});
  }
  auto undecided = prepared.undecided.find(number);
  bool first_of_undecided = undecided != prepared.undecided.end() && prepared.decides[number] == row.ordinal;
  if (prepared.decides[number] == row.ordinal && !first_of_undecided) return true;
  if (first_of_undecided || input.mapping.repeats == Repeats::refused) {
    Finding finding = at_row(row, input.record, false);
    finding.problem = first_of_undecided ? Problem::undecided_key : Problem::repeated_key;
    finding.field = key_field.name;
    finding.text = shown_key(key_field, key);
    const Origin& seen = prepared.seen_at[number];
    finding.detail = first_of_undecided ? undecided->second : "line " + std::to_string(seen.line) + " of " + facts.files[seen.file].name;
    put_aside(std::move(finding));
  } else {
    add_count(&RowCounts::superseded);
  }
  return false;
}

// The row's key, into `key`. False: `trouble` says why it has none.
bool BatchMaker::read_key(PassRow& row) {
  uint32_t index = *input.schema.key;
  const Field& field = input.schema.fields[index];
  if (!read_source(fields, index, *row.reader, row.text, facts.zones, key_cell, trouble)) return false;
  if (key_cell.state != value::State::given) {
    trouble.problem = Problem::must_be_given;
    trouble.field = field.name;
    return false;
  }
  key = key_bytes(field, key_cell, storage);
  put(index, key_cell);
  return true;
}

void BatchMaker::put(uint32_t field, const Cell& cell) {
  put_cell(batch.columns[field], batch.rows, cell, options.batch_rows, fields.keep_text[field], fields.number_text[field] ? &facts.texts : nullptr);
}

// The agreement of the row, where there are many. A row without one still counts for its key.
void BatchMaker::read_whose(PassRow& row) {
  const uint32_t index = static_cast<uint32_t>(input.schema.fields.size() - 1);
  whose_trouble = {};
  Cell cell;
  if (!read_source(fields, index, *row.reader, row.text, facts.zones, cell, whose_trouble)) return;
  whose = find(*input.agreements, cell.text);
  if (whose != nothing) {
    put(index, {value::State::given, whose, {}});
    return;
  }
  whose_trouble.problem = Problem::unknown_agreement;
  whose_trouble.text = cell.text;
  whose_trouble.column = row.reader->columns[fields.sources[index].wanted.front()];
  whose_trouble.column_name = input.schema.fields[index].name;
  constexpr uint32_t few = 1000;  // among which the nearest name is soon found
  if (!report || counts().set_aside >= facts.report.keep || count(*input.agreements) > few) return;
  for (uint32_t i = 0; i < count(*input.agreements); ++i) whose_trouble.candidates.emplace_back(text_of(*input.agreements, i));
}

// All fields but the key. False: `trouble` says which could not be read.
bool BatchMaker::read_fields(PassRow& row) {
  if (input.agreements && whose == nothing) {
    trouble = std::move(whose_trouble);
    return false;
  }
  Cell cell;
  const size_t end = input.schema.fields.size() - (input.agreements ? 1 : 0);
  for (uint32_t i = 0; i < end; ++i) {
    if (input.schema.key == i) continue;
    if (!read_source(fields, i, *row.reader, row.text, facts.zones, cell, trouble)) return false;
    put(i, cell);
  }
  return true;
}

Go BatchMaker::add(PassRow& row) {
  whose = nothing;
  if (report) ++counts().read;
  if (row.text.problem != Problem::none) return put_aside(broken_row(row, input.record, false));
  if (batch.rows == options.batch_rows && !end_batch()) return Go::stop;
  if (trouble.problem != Problem::none) trouble = {};
  if (input.agreements) read_whose(row);
  if (report && whose != nothing) ++facts.report.of_agreements[input.record][whose].read;
  uint32_t history_key = nothing;
  bool read = !input.schema.key || read_key(row);
  if (input.schema.key && read) {
    if (has_history()) history_key = find(prepared.history.keys, key);
    if (history_key != nothing) prepared.history.wanted[history_key] = 1;
    // Where every row of a key but one is passed over, that is found out first; elsewhere nearly every row counts.
    if (decided_ahead && !key_decides(row)) return Go::on;
    if (!decided_ahead) expect(prepared.keys, key);
  }
  bool has_key = input.schema.key && read;
  read = read && read_fields(row);
  if (has_key && !decided_ahead && !key_decides(row)) return Go::on;
  if (read && history_key != nothing && !prepared.history.unreadable[history_key].empty()) {
    trouble.problem = Problem::history_not_readable;
    trouble.text = shown_key(input.schema.fields[*input.schema.key], key);
    trouble.detail = prepared.history.unreadable[history_key];
    read = false;
  }
  if (!read) {
    Finding place = at_row(row, input.record, false);
    trouble.record = place.record;
    trouble.file = place.file;
    trouble.line = place.line;
    return put_aside(std::move(trouble));
  }
  if (has_history()) append_history(batch.history, prepared.history, history_key);
  batch.origins.push_back({row.file, row.text.line});
  ++batch.rows;
  add_count(&RowCounts::kept);
  return Go::on;
}

}  // namespace

std::unique_ptr<Prepared> prepare(Facts& facts, const RecordInput& input) {
  Report& report = facts.report;
  size_t records = std::max<size_t>(input.record + 1, report.records.size());
  report.records.resize(records);
  report.histories.resize(records);
  report.orphans.resize(records);
  report.of_agreements.resize(records);
  if (input.agreements) report.of_agreements[input.record].resize(count(*input.agreements));
  if (!can_be_read(facts, input)) return nullptr;
  if (input.files.empty()) {
    Finding note;
    note.problem = Problem::no_facts;
    note.record = input.record;
    note.text = input.schema.name;
    report.notes.push_back(std::move(note));
  }
  auto prepared = std::make_unique<Prepared>();
  if (!input.history_files.empty() && !read_history(facts, input, *prepared)) return nullptr;
  if (decides_ahead(input) && !find_deciding_rows(facts, input, *prepared)) return nullptr;
  return prepared;
}

bool read_batches(Facts& facts, const RecordInput& input, Prepared& prepared, const ReadOptions& options, const std::function<bool(Batch&&)>& take) {
  BatchMaker maker{
      facts, input, prepared, options, take, make_row_fields(input.schema.fields, input.mapping.fields), prepared.passes_done == 0, decides_ahead(input)};
  for (uint32_t i = 0; i < input.schema.fields.size(); ++i) {
    maker.fields.keep_text[i] = input.schema.fields[i].kind == FieldKind::text && (options.keep_texts || input.schema.key == i);
  }
  maker.start_batch();
  Report& found = facts.report;
  const RowCounts counts_before = found.records[input.record];
  const std::vector<RowCounts> of_agreements_before = found.of_agreements[input.record];
  const size_t set_aside_before = found.set_aside.size();
  bool all =
      go_through(facts, input.files, maker.fields.wanted, input.mapping.separator, input.record, maker.report, [&](PassRow& row) { return maker.add(row); });
  if (all && maker.batch.rows > 0) all = maker.end_batch();
  if (!all) {
    // What a broken off pass has seen, the next one will see again.
    found.records[input.record] = counts_before;
    found.of_agreements[input.record] = of_agreements_before;
    found.set_aside.resize(set_aside_before);
    return false;
  }
  if (maker.report && !input.history_files.empty()) report_orphans(facts, input, prepared);
  ++prepared.passes_done;
  return true;
}

}  // namespace writ::record
