// Every block of Writ in the documentation is run.
#include "repository/page_blocks.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

#include "repository/diagnostic_rows.h"
#include "repository/tree.h"

namespace writ::repository {

// With WRIT_UPDATE set, `console` blocks are rewritten with what is printed; a person reads the difference.
static void check_page(const std::string& path, const Page& page, const std::string& code, std::vector<std::string>& problems) {
  std::vector<Rewrite> rewrites;
  const bool update = std::getenv("WRIT_UPDATE") != nullptr;
  for (std::string& problem : page_problems(path, page, code, update ? &rewrites : nullptr)) problems.push_back(std::move(problem));
  if (rewrites.empty()) return;
  const std::string text = rewritten(read(path), rewrites);
  std::ofstream(root() / path, std::ios::binary) << text;
}

TEST_CASE("the examples of the pages on diagnostics give their codes, and mended they do not") {
  std::vector<std::string> problems;
  // Codes whose page cannot show its example, each with the reason.
  const char* list = "tests/repository/codes_without_example.txt";
  const std::map<std::string, std::string> without = read_codes(list, read(list), problems);
  for (const DiagnosticRow& row : all_rows(problems)) {
    const std::string path = "docs/diagnostics/" + row.code + ".md";
    if (!exists(path)) continue;  // test_repository says so
    const Page page = read_page(read(path));
    bool bad = false, good = false;
    for (const Block& block : page.blocks) {
      bad = bad || kind_of(block).mark == "bad";
      good = good || kind_of(block).mark == "good";
    }
    if (without.contains(row.code)) {
      if (bad) problems.push_back(row.code + " stands in codes_without_example.txt, but its page has an example");
      continue;
    }
    if (!bad) problems.push_back(path + " has no block marked `bad`");
    if (!good) problems.push_back(path + " has no block marked `good`");
    check_page(path, page, row.code, problems);
  }
  CHECK_MESSAGE(problems.empty(), joined(problems));
}

TEST_CASE("the blocks of the other pages say what is so") {
  std::vector<std::string> problems;
  for (const std::string& path : files_below("", {".md"})) {
    if (path.starts_with("docs/diagnostics/")) continue;
    check_page(path, read_page(read(path)), "", problems);
  }
  CHECK_MESSAGE(problems.empty(), joined(problems));
}

TEST_CASE("what the reader of blocks finds") {
  CHECK(kind_of({"writ bad", "", 1}).mark == "bad");
  CHECK(kind_of({"writ first.writ", "", 1}).file == "first.writ");
  CHECK(kind_of({"writ file=first.writ", "", 1}).file == "first.writ");
  CHECK(kind_of({"csv bad tickets.csv", "", 1}).file == "tickets.csv");
  CHECK(kind_of({"csv", "", 1}).language.empty());
  CHECK(kind_of({"text", "", 1}).language.empty());
  CHECK(with_bytes("a\\xE2\\x80\\xaeb\\n") ==
        "a\xE2\x80\xAE"
        "b\\n");
  CHECK(output_matches("a\nb\n", "a\nb  \n\n"));
  CHECK(!output_matches("a\n", "a\nb\n"));
  CHECK(output_matches("a\n...\nz\n", "a\nb\nc\nz\n"));
  CHECK(output_matches("...\n", ""));
  CHECK(!output_matches("a\n...\nz\n", "a\nb\nc\n"));
  CHECK(rewritten("x\n```console\n$ writ a\nold\n```\ny\n", {{2, "$ writ a\nnew\n"}}) == "x\n```console\n$ writ a\nnew\n```\ny\n");
}

// The checks must be able to fail: each of these pages is wrong in one way.
TEST_CASE("what the runner of blocks finds") {
  auto problems = [](const char* text, const char* code) { return page_problems("page.md", read_page(text), code).size(); };
  CHECK(problems("```writ\nthis is no agreement\n```\n", "") == 1);
  CHECK(problems("```writ bad\nmodule a.b\n```\n", "") == 1);
  CHECK(problems("```writ bad\nmodule a.b\n```\n", "P0001") == 1);
  CHECK(problems("```writ\nmodule a.b\n```\n", "") == 0);
  CHECK(problems("```writ part\nparam x\n```\n```writ\nmodule a.b\n```\n", "") == 1);
  CHECK(problems("```console\n$ rm -r x\n```\n", "") == 1);
  CHECK(problems("```console\n$ writ --version\nsomething else\n```\n", "") == 1);
  CHECK(problems("```console\n$ writ --version\n...\n```\n", "") == 0);
}

}  // namespace writ::repository
