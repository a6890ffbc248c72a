// Hostile texts: each is refused with one message before the generated parser sees it, or read without harm.
#include <doctest/doctest.h>

#include <chrono>

#include "parse/diagnostics.h"
#include "unit/parse/reading.h"

namespace writ::parse_test {

namespace {

std::string repeated(const std::string& part, size_t times) {
  std::string text;
  for (size_t i = 0; i < times; ++i) text += part;
  return text;
}

// Milliseconds for reading a text; the fastest of a few runs, since the machine has other work.
double fastest(const std::string& text) {
  double best = 1e9;
  for (int i = 0; i < 5; ++i) {
    const auto start = std::chrono::steady_clock::now();
    read(text);
    best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

}  // namespace

TEST_CASE("brackets without end are refused at once") {
  const std::string round = repeated("(", 80 * 1024);
  const std::string unclosed = repeated("{[(", 10 * 1024 / 3);
  const std::string blocks = repeated("clause 1 \"x\" {\n", 700);
  for (const std::string& text : {round, "rule x = " + round, unclosed, blocks}) {
    const Read result = read(text);
    CHECK(result.codes() == "P0006");
    CHECK(result.tree() == "not read\n");
    CHECK(fastest(text) < 50);
  }
  CHECK(fastest(repeated(")", 80 * 1024)) < 2'000);
}

TEST_CASE("sixty-four brackets are read, sixty-five are not") {
  CHECK(read("rule x = " + repeated("(", 64) + "1" + repeated(")", 64) + "\n").codes().empty());
  CHECK(read("rule x = " + repeated("(", 65) + "1" + repeated(")", 65) + "\n").codes() == "P0006");
  CHECK(read("clause 1 \"a\" {\n rule x = " + repeated("(", 63) + "1" + repeated(")", 63) + "\n}\n").codes().empty());
  // Brackets in texts, prose and comments do not count.
  CHECK(read("// " + repeated("(", 100) + "\nrule x = \"" + repeated("(", 100) + "\" /* " + repeated("{", 100) + " */\n").codes().empty());
}

TEST_CASE("long chains are refused before they become deep trees") {
  for (const std::string link : {"a + ", "not ", "- ", "a . ", "a or ", "a and ", "a otherwise ", "a of ", "if a then b else ", "x in "}) {
    CAPTURE(link);
    const Read result = read("rule x = " + repeated(link, 100'000) + "a\n");
    CHECK(result.codes() == "P0007");
    CHECK(result.tree() == "not read\n");
  }
  // What is long but flat is read: a list, and many statements.
  CHECK(read("enum X { " + repeated("a, ", 10'000) + "b }\n").codes().empty());
  CHECK(read("rule x = max(" + repeated("a + b, ", 5'000) + "c)\n").codes().empty());
  CHECK(read(repeated("rule x = a + b\n", 2'000)).codes().empty());
  // The limit itself is no danger.
  for (const char* link : {"a + ", "not ", "- ", "a or ", "a otherwise ", "a of "}) CHECK(read("rule x = " + repeated(link, 990) + "a\n").codes().empty());
  CHECK(read("rule x = " + repeated(repeated("not ", 15) + "(", 62) + "a" + repeated(")", 62) + "\n").codes().empty());
  // Operators outside of a bracket count for what is inside.
  CHECK(read("rule x = " + repeated("not ", 600) + "(" + repeated("not ", 600) + "a)\n").codes() == "P0007");
}

TEST_CASE("size and number of words are limited") {
  parse::Limits small;
  small.bytes = 20;
  CHECK(read("rule x = 1\n// 3456789", small).codes() == "P0004");
  CHECK(read("rule x = 1\n// 345678", small).codes().empty());
  parse::Limits few;
  few.words = 5;
  CHECK(read("rule x = 1\n", few).codes().empty());
  CHECK(read("rule x = 1\n\n", few).codes() == "P0005");
}

TEST_CASE("what is no clean text is refused") {
  struct Case {
    std::string text;
    const char* code;
  };
  const Case cases[] = {
      {"rule x = 1 // \xFF\n", "P0001"},
      {"// \xC0\xAF overlong\n", "P0001"},
      {"// \xED\xA0\x80 surrogate\n", "P0001"},
      {"// \xF4\x90\x80\x80 too far\n", "P0001"},
      {"// \xE2\x82", "P0001"},
      {std::string("rule x\0= 1\n", 11), "P0002"},
      {"rule x = 1 // \x1B[31m\n", "P0002"},
      {"// \x7F\n", "P0002"},
      {"// \xC2\x85\n", "P0002"},
      {"// \u202E\n", "P0003"},
      {"rule x = \"\u2066\"\n", "P0003"},
      {"rule a\u200Bb = 1\n", "P0003"},
      {"rule a\u2060b = 1\n", "P0003"},
      {"rule x = 1\n\uFEFF", "P0003"},
      {"// \u2028\n", "P0003"},
      {"rule x = 1\rrule y = 2\n", "P0008"},
      {"rule x = 1\r", "P0008"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.text);
    const Read result = read(one.text);
    CHECK(result.codes() == one.code);
    CHECK(result.tree() == "not read\n");
  }
}

TEST_CASE("a byte order mark, carriage returns before line feeds, tabs and blanks are fine") {
  CHECK(read("\uFEFFrule x = 1\r\nrule\ty\u00A0= 2\r\n").tree() == "rule x\n  base: 1\nrule y\n  base: 2\n");
  CHECK(read("").codes().empty());
  CHECK(read("\n\n   \n// nothing\n").codes().empty());
  CHECK(read("rule x = 1").tree() == "rule x\n  base: 1\n");  // no line end at the end
}

TEST_CASE("texts that are never closed do not swallow what stands before them") {
  CHECK(read("rule x = 1\n/* never\nrule y = 2\n").codes() == "P0014");
  CHECK(read("rule x = 1\n/* never\nrule y = 2\n").tree() == "rule x\n  base: 1\n");
  CHECK(read("clause 1 \"a\" {\n  rule x = 1\n  \"\"\"\n  never\n}\n").codes() == "P0013");
  CHECK(read("clause 1 \"a {\n  rule x = 1\n}\nrule y = 2\n").codes() == "P0012");
}

TEST_CASE("any cut of a text and any foreign byte in it gives a tree and messages, nothing worse") {
  const std::string whole =
      "clause 1 \"a\" {\n  tier of T { A when x in {p, q} and not missed R\n    B otherwise }\n  commitment R for T by C {\n    from a until b or first s = d\n"
      "    A : within 2 business hours on K\n  }\n  \"\"\" {C} \"\"\"\n}\nscenario \"s\", as of 2026-03-02T12:00 {\n  T { id: \"\\u{41}\", at: not yet }\n"
      "  expect R of \"1\" = out of scope\n}\n";
  for (size_t length = 0; length <= whole.size(); ++length) read(whole.substr(0, length));
  for (size_t at = 0; at < whole.size(); ++at) {
    for (const char c : {'(', '}', '"', '\\', '\n', ',', '=', '%', '\'', '\xC3'}) {
      std::string changed = whole;
      changed[at] = c;
      read(changed);
    }
  }
  CHECK(read(whole).codes().empty());
}

}  // namespace writ::parse_test
