// Every code has one row, one page and a place that reports it; no code is used twice.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>

#include "repository/code.h"
#include "repository/diagnostic_rows.h"
#include "repository/tree.h"

namespace writ::repository {

static const char* const headings[] = {"## What it means", "## Example", "## How to mend it", "## Why the rule exists"};

TEST_CASE("codes and messages have the right form, and no code or name is used twice") {
  std::vector<std::string> problems;
  std::map<std::string, std::string> codes;
  std::set<std::pair<std::string, std::string>> names;
  for (const DiagnosticRow& row : all_rows(problems)) {
    for (std::string& problem : form_problems(row)) problems.push_back(std::move(problem));
    if (!codes.emplace(row.code, row.file).second) problems.push_back(row.code + " has two rows");
    if (!names.emplace(row.file, row.name).second) problems.push_back(row.file + ": the name " + row.name + " has two rows");
  }
  CHECK_MESSAGE(problems.empty(), joined(problems));
}

TEST_CASE("every code has a page, and every page a code") {
  std::vector<std::string> problems;
  std::set<std::string> codes;
  const char* list = "tests/repository/codes_without_page.txt";
  const std::map<std::string, std::string> without = read_codes(list, read(list), problems);
  for (const DiagnosticRow& row : all_rows(problems)) {
    codes.insert(row.code);
    const std::string page = "docs/diagnostics/" + row.code + ".md";
    if (!exists(page)) {
      if (!without.contains(row.code)) problems.push_back(row.code + " (" + row.name + ") has no page " + page);
      continue;
    }
    if (without.contains(row.code)) problems.push_back(row.code + " has a page now, so it must not stand in " + list);
    const std::string text = read(page);
    if (!text.starts_with("# " + row.code)) problems.push_back(page + " does not begin with `# " + row.code + "`");
    for (const char* heading : headings)
      if (text.find(std::string("\n") + heading) == std::string::npos) problems.push_back(page + " lacks `" + heading + "`");
  }
  for (const std::string& page : files_below("docs/diagnostics", {".md"})) {
    if (page == "docs/diagnostics/README.md") continue;
    const std::string code = std::filesystem::path(page).stem().string();
    // A number is never given to something else: the page of a code that went stays, and says so.
    if (!codes.contains(code) && read(page).find("no longer given") == std::string::npos) problems.push_back(page + " is the page of no code");
  }
  CHECK_MESSAGE(problems.empty(), joined(problems));
}

TEST_CASE("every code is reported somewhere") {
  std::vector<std::string> problems;
  std::map<std::string, std::set<std::string>> words_of_folder;
  for (const DiagnosticRow& row : all_rows(problems)) {
    const std::string folder = row.file.substr(0, row.file.rfind('/'));
    if (!words_of_folder.contains(folder)) {
      std::set<std::string>& words = words_of_folder[folder];
      for (const std::string& path : files_below(folder, {".cpp", ".h"})) {
        const std::string code = code_only(read(path));
        for (const Word& word : identifiers_of(code)) words.emplace(word.text);
      }
    }
    if (!words_of_folder[folder].contains(row.name)) problems.push_back(row.code + " (" + row.name + ") is reported nowhere in " + folder);
  }
  CHECK_MESSAGE(problems.empty(), joined(problems));
}

// docs/diagnostics/README.md lists all codes; with WRIT_UPDATE set, this test writes it.
TEST_CASE("the index of diagnostics is up to date") {
  std::vector<std::string> problems;
  std::vector<DiagnosticRow> rows = all_rows(problems);
  std::string index =
      "# Diagnostics\n\nEvery message of Writ has a code, and every code a page: what it means, an example that gives it, how to mend it, why the rule\n"
      "exists. `writ explain CODE` prints the page. The letter names who speaks: P reading the text, C checking what it means, R reading\n"
      "facts, D the command line. A number is never used for something else.\n\n"
      "This list is written by `WRIT_UPDATE=1 build/tests/repository/test_repository` from the `diagnostics.def` files.\n";
  std::stable_sort(rows.begin(), rows.end(), [](const DiagnosticRow& a, const DiagnosticRow& b) { return a.code < b.code; });
  std::string file;
  for (const DiagnosticRow& row : rows) {
    if (row.file != file) index += "\n## `" + row.file + "`\n\n| code | | message |\n| --- | --- | --- |\n";
    file = row.file;
    std::string message = row.message;
    for (size_t at = message.find('|'); at != std::string::npos; at = message.find('|', at + 2)) message.replace(at, 1, "\\|");
    const bool has_page = exists("docs/diagnostics/" + row.code + ".md");
    index += "| " + (has_page ? "[" + row.code + "](" + row.code + ".md)" : row.code) + " | " + row.severity + " | " + message + " |\n";
  }
  const std::string page = "docs/diagnostics/README.md";
  if (std::getenv("WRIT_UPDATE") != nullptr && !rows.empty()) {
    std::filesystem::create_directories(root() / "docs/diagnostics");
    std::ofstream(root() / page, std::ios::binary) << index;
  }
  const std::string is = exists(page) ? read(page) : "";
  CHECK_MESSAGE((rows.empty() || is == index), page << " is not up to date; run this test with WRIT_UPDATE=1 and look at the difference");
}

TEST_CASE("what the reader of rows finds") {
  std::vector<std::string> mistakes;
  const auto rows = read_rows("compiler/parse/diagnostics.def",
                              "// WRIT_DIAGNOSTIC(X, x, error, \"comment\")\n"
                              "WRIT_DIAGNOSTIC(P0001, bad_utf8, error, \"byte \\\"{byte}\\\" \"\n    \"is no text\")\n"
                              "WRIT_DIAGNOSTIC(C0002, Bad, fatal, \"The end.\")\n"
                              "WRIT_DIAGNOSTIC(P0003, broken, error)\n",
                              mistakes);
  REQUIRE(rows.size() == 2);
  CHECK(mistakes.size() == 1);
  CHECK(rows[0].message == "byte \"{byte}\" is no text");
  CHECK(form_problems(rows[0]).empty());
  const size_t before = mistakes.size();
  CHECK(read_codes("list", "# a remark\nP0001 a reason\nP0002\n", mistakes).size() == 1);
  CHECK(mistakes.size() == before + 1);
  CHECK(form_problems(rows[1]).size() == 5);  // letter, severity, name, capital, full stop
}

}  // namespace writ::repository
