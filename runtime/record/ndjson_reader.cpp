#include "record/ndjson_reader.h"

#include <cstring>

#include "record/csv_reader.h"
#include "record/json_scan.h"
#include "record/window.h"

namespace writ::record {

namespace {

struct JsonReader : RowReader {
  std::string name;
  std::vector<WantedColumn> wanted;
  Window window;
  JsonRow scanned;
  std::vector<uint8_t> ever_seen;
  uint64_t line = 0;  // the one read last
  uint64_t rows = 0;
  bool started = false;

  Step next(TextRow& row) override;
  Step fail(Problem problem, std::string detail);
  Step end();
  enum class Line : uint8_t { whole, too_long, none };
  Line take_line(std::string_view& text);
};

Step JsonReader::fail(Problem problem, std::string detail) {
  failure.problem = problem;
  failure.text = name;
  failure.detail = std::move(detail);
  failure.line = line;
  return Step::failed;
}

// A misspelt member would otherwise be an absent value in every row, and nobody would know.
Step JsonReader::end() {
  for (size_t i = 0; i < wanted.size() && rows > 0; ++i) {
    if (ever_seen[i]) continue;
    Finding note;
    note.problem = Problem::member_never_seen;
    note.text = name;
    note.field = wanted[i].name;
    notes.push_back(std::move(note));
    ever_seen[i] = 1;
  }
  return Step::end;
}

JsonReader::Line JsonReader::take_line(std::string_view& text) {
  bool too_long = false;
  size_t looked = 0;
  for (;;) {
    const char* from = window.bytes.data() + window.begin;
    size_t size = window.end - window.begin;
    const void* found = std::memchr(from + looked, '\n', size - looked);
    if (found || (window.ended && (size > 0 || too_long))) {
      size_t length = found ? static_cast<size_t>(static_cast<const char*>(found) - from) : size;
      text = {from, length};
      window.begin += length + (found ? 1 : 0);
      ++line;
      return too_long || length > most_row_bytes ? Line::too_long : Line::whole;
    }
    if (window.ended) return Line::none;
    if (size > most_row_bytes) {
      too_long = true;
      window.begin = window.end;
    }
    looked = window.end - window.begin;
    fill(window);
  }
}

Step JsonReader::next(TextRow& row) {
  if (failure.problem != Problem::none) return Step::failed;
  if (!started) {
    started = true;
    fill(window);
    std::string_view start(window.bytes.data(), window.end);
    if (start.substr(0, 2) == "\xFF\xFE" || start.substr(0, 2) == "\xFE\xFF") return fail(Problem::not_utf8_file, {});
    if (start.substr(0, 3) == "\xEF\xBB\xBF") window.begin = 3;
  }
  std::string_view text;
  Line taken;
  do {
    taken = take_line(text);
    if (taken == Line::none) return window.source->failure != Problem::none ? fail(window.source->failure, window.source->detail) : end();
  } while (taken == Line::whole && text.find_first_not_of(" \t\r") == std::string_view::npos);
  // What a damaged file ends with is no row.
  if (window.ended && window.begin == window.end && window.source->failure != Problem::none) {
    return fail(window.source->failure, window.source->detail);
  }
  ++rows;
  row.line = line;
  row.column = 0;
  row.column_name.clear();
  if (taken == Line::too_long) {
    row.problem = Problem::row_too_long;
    row.text.clear();
    row.detail = std::to_string(most_row_bytes);
    row.cells.assign(wanted.size(), {});
    return Step::row;
  }
  scan_json(text, wanted, scanned);
  row.cells = scanned.values;
  row.problem = scanned.problem;
  row.text = scanned.text;
  row.detail = scanned.detail;
  for (size_t i = 0; i < wanted.size(); ++i) ever_seen[i] |= scanned.seen[i];
  return Step::row;
}

}  // namespace

std::unique_ptr<RowReader> open_json_lines(const FactFile& file, std::vector<WantedColumn> wanted) {
  auto reader = std::make_unique<JsonReader>();
  reader->name = file.name;
  reader->ever_seen.assign(wanted.size(), 0);
  reader->columns.assign(wanted.size(), 0);
  reader->wanted = std::move(wanted);
  reader->window = open_window(file);
  return reader;
}

std::unique_ptr<RowReader> open_rows(const FactFile& file, std::vector<WantedColumn> wanted, char separator) {
  switch (file.format) {
    case FileFormat::csv: return open_csv(file, std::move(wanted), separator);
    case FileFormat::json_lines: return open_json_lines(file, std::move(wanted));
  }
  return nullptr;
}

}  // namespace writ::record
