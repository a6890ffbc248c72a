#include "record/csv_reader.h"

#include <algorithm>
#include <cstring>

#include "record/csv_scan.h"
#include "record/window.h"

namespace writ::record {

namespace {

struct CsvReader : RowReader {
  std::string name;
  std::vector<WantedColumn> wanted;
  char separator = ',';
  Window window;
  CsvRow scanned;
  size_t header_count = 0;         // 0: the header has not been read
  std::vector<uint32_t> field_of;  // by wanted column: its field
  size_t keep = most_columns;
  uint64_t line = 1;
  std::string scratch;  // cells that held doubled quotes, without them

  Step next(TextRow& row) override;
  Ahead ahead() const override { return {window.bytes.data() + window.begin, window.end - window.begin, window.offset + window.begin, line}; }
  void pass(size_t bytes, uint64_t line_ends) override {
    window.begin += bytes;
    line += line_ends;
  }
  bool read_header();
  bool find_columns();
  Step fail(Problem problem, std::string detail, std::string field = {});
  Step source_failed();
  Scan scan();
  void skip_broken();
  std::string_view cell(const CsvField& field);
  bool is_empty_line() const { return scanned.count == 1 && scanned.fields[0].end == 0 && scanned.problem == Problem::none; }
};

Step CsvReader::fail(Problem problem, std::string detail, std::string field) {
  failure.problem = problem;
  failure.text = name;
  failure.detail = std::move(detail);
  failure.field = std::move(field);
  return Step::failed;
}

Step CsvReader::source_failed() {
  failure.line = line;
  return fail(window.source->failure, window.source->detail);
}

Scan CsvReader::scan() {
  for (;;) {
    size_t size = window.end - window.begin;
    if (size > 0) {
      // What a damaged file ends with is no row.
      bool last = window.ended && window.source->failure == Problem::none;
      Scan result = scan_row(window.bytes.data() + window.begin, size, last, separator, keep, scanned);
      if (result != Scan::incomplete) return result;
    }
    if (window.ended) return Scan::incomplete;
    fill(window);
  }
}

// Goes on behind the line in which the broken field begins, however far away its end is.
void CsvReader::skip_broken() {
  window.begin += scanned.resume;
  line += scanned.line_ends;
  for (;;) {
    const char* from = window.bytes.data() + window.begin;
    if (const void* found = std::memchr(from, '\n', window.end - window.begin)) {
      window.begin += static_cast<size_t>(static_cast<const char*>(found) - from) + 1;
      ++line;
      return;
    }
    window.begin = window.end;
    if (window.ended) return;
    fill(window);
  }
}

std::string_view CsvReader::cell(const CsvField& field) {
  std::string_view text(window.bytes.data() + window.begin + field.begin, field.end - field.begin);
  if (!field.doubled) return text;
  size_t start = scratch.size();
  for (size_t i = 0; i < text.size(); ++i) {
    scratch += text[i];
    if (text[i] == '"') ++i;
  }
  return std::string_view(scratch).substr(start);
}

bool CsvReader::read_header() {
  fill(window);
  std::string_view start(window.bytes.data(), window.end);
  if (start.substr(0, 2) == "\xFF\xFE" || start.substr(0, 2) == "\xFE\xFF") return fail(Problem::not_utf8_file, {}), false;
  if (start.substr(0, 3) == "\xEF\xBB\xBF") window.begin = 3;
  for (;;) {
    Scan result = scan();
    if (window.source->failure != Problem::none && result == Scan::incomplete) return source_failed(), false;
    if (result == Scan::incomplete) return fail(Problem::no_header, {}), false;
    failure.line = line;
    if (result == Scan::broken || scanned.problem != Problem::none) {
      Finding reason;
      reason.problem = scanned.problem;
      reason.detail = std::to_string(scanned.problem == Problem::row_too_long ? most_row_bytes : most_field_bytes);
      return fail(Problem::bad_header, message_of(reason)), false;
    }
    if (!is_empty_line()) break;
    line += scanned.line_ends;
    window.begin += scanned.next;
  }
  if (scanned.count > most_columns) return fail(Problem::bad_header, "it has more than " + std::to_string(most_columns) + " columns"), false;
  for (size_t i = 0; i < scanned.count; ++i) header.emplace_back(cell(scanned.fields[i]));
  header_count = keep = scanned.count;
  line += scanned.line_ends;
  window.begin += scanned.next;
  return find_columns();
}

bool CsvReader::find_columns() {
  for (const WantedColumn& want : wanted) {
    uint32_t seen = 0, place = nothing;
    for (uint32_t i = 0; i < header.size(); ++i) {
      if (header[i] == want.name && ++seen == want.occurrence) place = i;
    }
    if (seen == 0) {
      failure.candidates = header;
      return fail(Problem::missing_column, {}, want.name), false;
    }
    if (place == nothing) return fail(Problem::missing_occurrence, std::to_string(seen), want.name), false;
    bool noted = std::any_of(notes.begin(), notes.end(), [&](const Finding& n) { return n.field == want.name; });
    if (seen > 1 && want.occurrence == 1 && !noted) {
      Finding note;
      note.problem = Problem::repeated_column;
      note.text = name;
      note.field = want.name;
      note.detail = std::to_string(seen);
      notes.push_back(std::move(note));
    }
    field_of.push_back(place);
    columns.push_back(place + 1);
  }
  failure = {};
  return true;
}

Step CsvReader::next(TextRow& row) {
  if (failure.problem != Problem::none) return Step::failed;
  Scan result;
  for (;;) {
    result = scan();
    if (result == Scan::incomplete) return window.source->failure != Problem::none ? source_failed() : Step::end;
    if (result == Scan::row && header_count > 1 && is_empty_line()) {
      line += scanned.line_ends;
      window.begin += scanned.next;
      continue;
    }
    break;
  }
  row.line = line;
  row.problem = scanned.problem;
  row.column = 0;
  if (row.problem != Problem::none) {
    row.column_name.clear();
    row.text.clear();
    row.detail.clear();
  }
  row.cells.resize(wanted.size());
  if (scanned.problem != Problem::none) {
    row.column = static_cast<uint32_t>(std::min(scanned.problem_field + 1, most_columns));
    if (row.column <= header.size()) row.column_name = header[row.column - 1];
    if (scanned.problem == Problem::field_too_long) row.detail = std::to_string(most_field_bytes);
    if (scanned.problem == Problem::row_too_long) row.detail = std::to_string(most_row_bytes);
  }
  if (result == Scan::broken) {
    std::fill(row.cells.begin(), row.cells.end(), std::string_view());
    skip_broken();
    return Step::row;
  }
  if (row.problem == Problem::none && scanned.count != header_count) {
    row.problem = Problem::wrong_field_count;
    row.column_name.clear();
    row.text = std::to_string(scanned.count);
    row.detail = std::to_string(header_count);
  }
  scratch.clear();
  scratch.reserve(scanned.next);  // no cell may move another
  for (size_t i = 0; i < field_of.size(); ++i) {
    row.cells[i] = field_of[i] < scanned.count ? cell(scanned.fields[field_of[i]]) : std::string_view();
  }
  line += scanned.line_ends;
  window.begin += scanned.next;  // the bytes stay until the next fill
  return Step::row;
}

}  // namespace

std::unique_ptr<RowReader> open_csv(const FactFile& file, std::vector<WantedColumn> wanted, char separator) {
  auto reader = std::make_unique<CsvReader>();
  reader->name = file.name;
  reader->wanted = std::move(wanted);
  reader->separator = separator;
  reader->window = open_window(file);
  reader->read_header();
  return reader;
}

}  // namespace writ::record
