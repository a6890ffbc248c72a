// What may not stand in the sources.
#include "repository/source_rules.h"

#include <doctest/doctest.h>

#include "repository/code.h"
#include "repository/tree.h"

namespace writ::repository {

static bool is_binary(std::string_view path) {
  for (const char* ending : {".gz", ".arrow", ".parquet", ".png", ".zst"})
    if (path.ends_with(ending)) return true;
  return false;
}

TEST_CASE("the sources keep the rules of source_rules.txt") {
  std::vector<std::string> mistakes;
  const std::vector<SourceRule> rules = read_source_rules(read("tests/repository/source_rules.txt"), mistakes);
  CHECK_MESSAGE(mistakes.empty(), joined(mistakes));
  std::vector<std::string> problems;
  for (const std::string& path : files_below("")) {
    if (is_binary(path)) continue;
    for (std::string& problem : source_problems(rules, path, read(path))) problems.push_back(std::move(problem));
  }
  CHECK_MESSAGE(problems.empty(), joined(problems));
  for (const SourceRule& rule : rules)
    for (const std::string& place : rule.but) CHECK_MESSAGE(exists(place), rule.name << " lets off " << place << ", which is gone");
}

TEST_CASE("what the rules find") {
  std::vector<std::string> mistakes;
  const std::vector<SourceRule> rules = read_source_rules(
      "rule a\nwords double\nlabel default\nin compiler\nbut compiler/driver: reason\n"
      "rule b\ntext TODO\ncomponent work\nin .\n",
      mistakes);
  REQUIRE(mistakes.empty());
  auto problems = [&](const char* path, const char* text) { return source_problems(rules, path, text).size(); };
  CHECK(problems("compiler/ir/a.h", "double x;") == 1);
  CHECK(problems("compiler/ir/a.h", "// a double x\nint doubled = 'double'; /* double */ const char* t = \"double\";") == 0);
  CHECK(problems("compiler/ir/a.h", "auto t = R\"(double \" double)\"; double y;") == 1);
  CHECK(problems("compiler/driver/a.h", "double x;") == 0);
  CHECK(problems("compiler/driverless/a.h", "double x;") == 1);
  CHECK(problems("runtime/value/a.h", "double x;") == 0);
  CHECK(problems("compiler/ir/a.cpp", "switch (x) { default: return 1; }") == 1);
  CHECK(problems("compiler/ir/a.cpp", "switch (c) { default : return 1; }  // open: a character") == 0);
  CHECK(problems("compiler/ir/a.cpp", "A() = default;") == 0);
  CHECK(problems("docs/a.md", "TODO later") == 1);
  CHECK(problems("docs/a.md", "see /work/x") == 1);
  CHECK(problems("docs/a.md", "see field/work/x") == 0);
  read_source_rules("words x\n", mistakes);
  CHECK(mistakes.size() == 1);
}

TEST_CASE("code without comments and literals") {
  CHECK(code_only("a // b\nc") == "a     \nc");
  CHECK(code_only("x = \"a\\\"b\"; y") == "x =       ; y");
  CHECK(code_only("n = 1'000'000; z") == "n = 1'000'000; z");
  CHECK(code_only("/* a\n b */ c") == "    \n      c");
  CHECK(identifiers_of("a1 : b\nc").size() == 3);
  CHECK(identifiers_of("a1 : b\nc")[0].next == ':');
  CHECK(identifiers_of("a1 : b\nc")[2].line == 2);
}

}  // namespace writ::repository
