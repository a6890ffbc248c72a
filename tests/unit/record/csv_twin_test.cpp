// The CSV reader against a slow and obvious one, over every short text and many random ones.
#include <doctest/doctest.h>

#include <random>

#include "record/csv_scan.h"
#include "unit/record/support.h"

namespace writ::record::test {

namespace {

// Reads one character after the other, with no buffers: what docs/language/reference/facts_files.md says.
struct Twin {
  const std::string& text;
  size_t at = 0;
  uint64_t line = 1;

  bool ends_line(size_t i) const { return i < text.size() && (text[i] == '\n' || (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n')); }
  void pass_line_end() {
    if (at < text.size() && text[at] == '\r') ++at;
    if (at < text.size()) ++at, ++line;
  }

  struct Row {
    ReadRow read;
    bool empty = false;
  };
  Row row() {
    Row out;
    out.read.line = line;
    out.empty = ends_line(at);
    auto note = [&](Problem problem) {
      if (out.read.problem != Problem::none) return;
      out.read.problem = problem;
      out.read.column = static_cast<uint32_t>(out.read.cells.size()) + 1;
    };
    for (;;) {
      size_t begin = at;
      uint64_t begin_line = line;
      auto broken = [&](Problem problem) {
        out.read.problem = Problem::none;
        note(problem);
        out.read.cells.clear();
        at = text.find('\n', begin);
        line = begin_line + (at == std::string::npos ? 0 : 1);
        at = at == std::string::npos ? text.size() : at + 1;
        return out;
      };
      std::string cell;
      if (at < text.size() && text[at] == '"') {
        for (++at;; ++at) {
          if (at >= text.size()) return broken(Problem::open_quote);
          if (text[at] == '"') {
            if (at + 1 < text.size() && text[at + 1] == '"')
              ++at;
            else
              break;
          }
          if (text[at] == '\n') ++line;
          if (text[at] == '\0') note(Problem::zero_byte);
          cell += text[at];
        }
        ++at;
        if (at < text.size() && text[at] != ',' && !ends_line(at)) return broken(Problem::text_after_quote);
      } else {
        for (; at < text.size() && text[at] != ',' && !ends_line(at); ++at) {
          if (text[at] == '"') note(Problem::stray_quote);
          if (text[at] == '\r') note(Problem::lone_carriage_return);
          if (text[at] == '\0') note(Problem::zero_byte);
          cell += text[at];
        }
      }
      out.read.cells.push_back(cell);
      if (at < text.size() && text[at] == ',') {
        ++at;
        continue;
      }
      pass_line_end();
      return out;
    }
  }
};

std::vector<ReadRow> twin_rows(const std::string& body, size_t columns, size_t lines_before) {
  Twin twin{body, 0, 1 + lines_before};
  std::vector<ReadRow> rows;
  while (twin.at < body.size()) {
    Twin::Row row = twin.row();
    if (row.empty && columns > 1) continue;
    bool whole = row.read.problem == Problem::none;
    if (whole && row.read.cells.size() != columns) row.read.problem = Problem::wrong_field_count;
    // Cells of a row that is set aside are nobody's business.
    if (row.read.problem != Problem::none) row.read.cells.clear();
    rows.push_back(std::move(row.read));
  }
  return rows;
}

void compare(const std::string& body, int columns) {
  std::string header = columns == 1 ? "a\n" : "a,b\n";
  std::vector<WantedColumn> wanted = {{"a", 1}};
  if (columns == 2) wanted.push_back({"b", 1});
  ReadFile file = read_csv(header + body, wanted);
  for (ReadRow& row : file.rows) {
    if (row.problem != Problem::none) row.cells.clear();
  }
  std::vector<ReadRow> expected = twin_rows(body, static_cast<size_t>(columns), 1);
  if (file.rows == expected) return;
  CAPTURE(body);
  CAPTURE(columns);
  REQUIRE(file.rows.size() == expected.size());
  for (size_t i = 0; i < expected.size(); ++i) {
    CHECK(file.rows[i].line == expected[i].line);
    CHECK(static_cast<int>(file.rows[i].problem) == static_cast<int>(expected[i].problem));
    CHECK(file.rows[i].column == expected[i].column);
    CHECK(file.rows[i].cells == expected[i].cells);
  }
}

// What is known of a row must not change when more bytes come.
void check_prefixes(const std::string& text) {
  auto padded = [](const std::string& s) { return s + std::string(64, ','); };
  CsvRow whole, part;
  std::string bytes = padded(text);
  Scan result = scan_row(bytes.data(), text.size(), true, ',', 8, whole);
  for (size_t n = 0; n < text.size(); ++n) {
    std::string prefix = padded(text.substr(0, n));
    Scan early = scan_row(prefix.data(), n, false, ',', 8, part);
    if (early == Scan::incomplete) continue;
    REQUIRE(early == result);
    REQUIRE(part.count == whole.count);
    REQUIRE(part.problem == whole.problem);
    if (early == Scan::row)
      REQUIRE(part.next == whole.next);
    else
      REQUIRE(part.resume == whole.resume);
  }
}

}  // namespace

TEST_CASE("every text of up to six characters") {
  const char alphabet[] = {'x', ',', '"', '\n', '\r'};
  for (size_t length = 1; length <= 6; ++length) {
    size_t texts = 1;
    for (size_t i = 0; i < length; ++i) texts *= sizeof alphabet;
    for (size_t number = 0; number < texts; ++number) {
      std::string body;
      for (size_t i = 0, rest = number; i < length; ++i, rest /= sizeof alphabet) body += alphabet[rest % sizeof alphabet];
      compare(body, 1 + static_cast<int>(number % 2));
      check_prefixes(body);
    }
  }
}

TEST_CASE("random texts") {
  std::mt19937 random(20260302);
  const std::string pieces[] = {"x", "xyz", ",", ",", "\"", "\"", "\"\"", "\n", "\n", "\r\n", "\r", std::string(1, '\0'), std::string(70, 'w'), "\xC3\xA4"};
  for (int i = 0; i < 6000; ++i) {
    std::string body;
    for (size_t n = random() % 40; n > 0; --n) body += pieces[random() % std::size(pieces)];
    CAPTURE(i);
    compare(body, 1 + i % 2);
    check_prefixes(body);
  }
}

}  // namespace writ::record::test
