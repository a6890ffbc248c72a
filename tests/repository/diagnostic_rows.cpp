#include "repository/diagnostic_rows.h"

#include <algorithm>
#include <cctype>

#include "repository/tree.h"

namespace writ::repository {

// The text of adjacent string literals from `at` on; moves `at` behind them.
static std::string literal_at(std::string_view text, size_t& at) {
  std::string value;
  while (at < text.size()) {
    if (std::isspace(static_cast<unsigned char>(text[at])) != 0) {
      ++at;
    } else if (text[at] == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\' && at + 1 < text.size()) {
          ++at;
          value += text[at] == 'n' ? '\n' : text[at];
        } else {
          value += text[at];
        }
      }
      ++at;
    } else {
      break;
    }
  }
  return value;
}

std::vector<DiagnosticRow> read_rows(std::string_view file, std::string_view text, std::vector<std::string>& mistakes) {
  std::vector<DiagnosticRow> rows;
  const std::string_view opening = "WRIT_DIAGNOSTIC(";
  for (size_t at = text.find(opening); at != std::string_view::npos; at = text.find(opening, at)) {
    const size_t line_start = text.rfind('\n', at) + 1;
    at += opening.size();
    const std::string_view before = trimmed(text.substr(line_start, at - opening.size() - line_start));
    if (before.starts_with("//") || before.starts_with('#')) continue;
    DiagnosticRow row;
    row.file = file;
    for (std::string* part : {&row.code, &row.name, &row.severity}) {
      const size_t comma = text.find(',', at);
      if (comma == std::string_view::npos) break;
      *part = trimmed(text.substr(at, comma - at));
      at = comma + 1;
    }
    row.message = literal_at(text, at);
    if (row.message.empty() || at >= text.size() || (text[at] != ')' && text[at] != ',')) {
      mistakes.push_back(std::string(file) + ": cannot read the row of " + row.code);
      continue;
    }
    rows.push_back(row);
  }
  return rows;
}

std::vector<DiagnosticRow> all_rows(std::vector<std::string>& mistakes) {
  std::vector<DiagnosticRow> rows;
  for (const char* place : {"compiler", "runtime"}) {
    for (const std::string& file : files_below(place, {"diagnostics.def"})) {
      std::vector<DiagnosticRow> more = read_rows(file, read(file), mistakes);
      if (more.empty()) mistakes.push_back(file + " has no rows");
      rows.insert(rows.end(), more.begin(), more.end());
    }
  }
  return rows;
}

std::map<std::string, std::string> read_codes(std::string_view file, std::string_view text, std::vector<std::string>& mistakes) {
  std::map<std::string, std::string> codes;
  for (const std::string& line : lines_of(text)) {
    const std::string_view row = trimmed(line);
    if (row.empty() || row.starts_with('#')) continue;
    const size_t blank = row.find(' ');
    if (blank == std::string_view::npos)
      mistakes.push_back(std::string(file) + ": " + std::string(row) + " has no reason");
    else
      codes.emplace(row.substr(0, blank), trimmed(row.substr(blank)));
  }
  return codes;
}

char letter_of(std::string_view folder) {
  struct Entry {
    std::string_view folder;
    char letter;
  };
  static constexpr Entry entries[] = {{"compiler/parse", 'P'}, {"compiler/check", 'C'}, {"compiler/lint", 'L'},
                                      {"compiler/prove", 'V'}, {"runtime/record", 'R'}, {"compiler/driver", 'D'}};
  for (const Entry& entry : entries)
    if (folder == entry.folder) return entry.letter;
  return 0;
}

std::vector<std::string> form_problems(const DiagnosticRow& row) {
  std::vector<std::string> problems;
  auto complain = [&](const std::string& what) { problems.push_back(row.file + ": " + row.code + " " + what); };
  const std::string folder = row.file.substr(0, row.file.rfind('/'));
  const bool digits = row.code.size() == 5 && std::all_of(row.code.begin() + 1, row.code.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  if (!digits) complain("is not a letter and four digits");
  if (letter_of(folder) == 0) complain("stands in a folder that has no letter");
  if (letter_of(folder) != 0 && row.code[0] != letter_of(folder)) complain(std::string("should begin with ") + letter_of(folder));
  if (row.severity != "error" && row.severity != "warning" && row.severity != "note") complain("has the severity `" + row.severity + "`");
  const bool snake = std::all_of(row.name.begin(), row.name.end(), [](unsigned char c) { return std::islower(c) != 0 || std::isdigit(c) != 0 || c == '_'; });
  if (row.name.empty() || !snake) complain("has a name that is not snake_case");
  const std::string& text = row.message;
  if (std::isupper(static_cast<unsigned char>(text[0])) != 0) complain("has a message with a capital at its start");
  if (text.ends_with('.')) complain("has a message with a full stop at its end");
  if (text.find('\n') != std::string::npos) complain("has a message of several lines");
  if (std::count(text.begin(), text.end(), '`') % 2 != 0) complain("has a message with an odd backtick");
  if (std::count(text.begin(), text.end(), '{') != std::count(text.begin(), text.end(), '}')) complain("has a message with an open hole");
  for (const char* word : {"ANTLR", "antlr", "token", "EOF", "nullptr", "AST"})
    if (text.find(word) != std::string::npos) complain(std::string("says `") + word + "`, which is no word of an agreement");
  return problems;
}

}  // namespace writ::repository
