#include "record/batch_maker.h"

namespace writ::record {

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

// The history that belongs to `key`, which some record has now asked for.
uint32_t BatchMaker::ask_for_history() {
  if (!has_history()) return nothing;
  const uint32_t found = find(prepared.history.keys, key);
  if (found != nothing) prepared.history.wanted[found] = 1;
  return found;
}

// A row that speaks for its key, with its fields in place where `read` says so.
Go BatchMaker::finish(PassRow& row, bool read, uint32_t history_key) {
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
    history_key = ask_for_history();
    // Where every row of a key but one is passed over, that is found out first; elsewhere nearly every row counts.
    if (decided_ahead && !key_decides(row)) return Go::on;
    if (!decided_ahead) expect(prepared.keys, key);
  }
  bool has_key = input.schema.key && read;
  read = read && read_fields(row);
  if (has_key && !decided_ahead && !key_decides(row)) return Go::on;
  return finish(row, read, history_key);
}

// The cells of the row that was found. False: it must go the general way, and nothing has come of it.
bool BatchMaker::read_usual() {
  const auto read = [&](size_t first, size_t last) {
    return read_usual_fields(usual, first, last, fields, facts.zones, batch.columns, batch.rows, options.batch_rows);
  };
  size_t done = 0;
  if (input.schema.key) {
    done = 1;
    if (!read(0, done)) return false;
    const uint32_t index = *input.schema.key;
    const Field& field = input.schema.fields[index];
    const UsualField& read_key = usual.fields[0];
    key_cell = {read_key.states ? read_key.states[batch.rows] : value::State::given, read_key.values[batch.rows], usual.texts[index].text};
    if (key_cell.state != value::State::given) return false;
    key = key_bytes(field, key_cell, storage);
    if (!decided_ahead) expect(prepared.keys, key);
  }
  if (!read(done, usual.fields.size())) return false;
  whose = input.agreements ? find(*input.agreements, usual.texts.back().text) : nothing;
  return !input.agreements || whose != nothing;
}

// The row whose cells have been read, in the order of `add`.
Go BatchMaker::take_usual(PassRow& row) {
  add_count(&RowCounts::read);
  if (trouble.problem != Problem::none) trouble = {};
  if (whose != nothing) put(static_cast<uint32_t>(input.schema.fields.size() - 1), {value::State::given, whose, {}});
  uint32_t history_key = nothing;
  const auto put_text = [&](uint32_t index) {
    if (input.schema.fields[index].kind == FieldKind::text) put(index, usual.texts[index]);
  };
  if (input.schema.key) {
    put_text(*input.schema.key);
    history_key = ask_for_history();
    if (decided_ahead && !key_decides(row)) return Go::on;
  }
  for (uint32_t index : usual.text_fields) {
    if (input.schema.key != index && (whose == nothing || index + 1 < input.schema.fields.size())) put_text(index);
  }
  if (input.schema.key && !decided_ahead && !key_decides(row)) return Go::on;
  return finish(row, true, history_key);
}

Go BatchMaker::add_usual(PassRow& row, RowReader& reader) {
  if (usual_file != row.file) {
    usual_file = row.file;
    usual = options.cell_by_cell ? UsualRows{} : make_usual_rows(fields, input.schema, reader, input.mapping.separator);
  }
  if (usual.fields.empty()) return Go::on;
  aim_at(usual, batch.columns);
  Ahead ahead = reader.ahead();
  size_t bytes = 0;
  uint64_t line_ends = 0;
  Go go = Go::on;
  while (go == Go::on && find_usual_row(usual, ahead)) {
    if (batch.rows == options.batch_rows) {
      if (!end_batch()) {
        go = Go::stop;
        break;
      }
      aim_at(usual, batch.columns);
    }
    if (!read_usual()) break;
    row.text.line = ahead.line;
    go = take_usual(row);
    ++row.ordinal;
    bytes += usual.size;
    line_ends += usual.line_ends;
    ahead.data += usual.size;
    ahead.size -= usual.size;
    ahead.offset += usual.size;
    ahead.line += usual.line_ends;
  }
  reader.pass(bytes, line_ends);
  return go;
}

}  // namespace writ::record
