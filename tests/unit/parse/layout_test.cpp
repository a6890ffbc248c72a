// Where statements end; docs/language/reference/layout.md is the rule for people, number by number.
#include <doctest/doctest.h>

#include "unit/parse/reading.h"

namespace writ::parse_test {

// The value of rule x, read from a source of several lines.
static std::string value(const std::string& source) {
  const Read result = read(source);
  if (!result.sink.diagnostics.empty()) return result.codes();
  const std::string tree = result.tree();
  const std::string before = "  base: ";
  const size_t at = tree.find(before) + before.size();
  return tree.substr(at, tree.find('\n', at) - at);
}

TEST_CASE("1: a statement ends with its line") {
  CHECK(read("rule x = a\nrule y = b\n").tree() == "rule x\n  base: a\nrule y\n  base: b\n");
  CHECK(read("rule x = a rule y = b\n").codes() == "P0033");
  CHECK(value("rule x = a\n  - b\n") == "P0032");       // the second line is no part of the first
  CHECK(value("rule x = a\n\n\nrule y = b\n") == "a");  // empty lines are nothing
  CHECK(value("rule x = a // b\nrule y = c\n") == "a");
  CHECK(value("rule x = a /* over\nlines */ + b\n") == "(+ a b)");  // a line end inside a comment is none
}

TEST_CASE("2: it goes on after a comma and after an operator") {
  for (const char* sign : {"+", "-", "*", "/", "=", "!=", "<", "<=", ">", ">="}) {
    const std::string operation = std::string("rule x = a ") + sign;
    CHECK(value(operation + "\n  b\n") == "(" + std::string(sign) + " a b)");
    CHECK(value(operation + "   // remark\n\n  b\n") == "(" + std::string(sign) + " a b)");
  }
  for (const char* word : {"and", "or"}) CHECK(value(std::string("rule x = a ") + word + "\n  b\n") == "(" + std::string(word) + " a b)");
  CHECK(value("rule x = not\n  b\n") == "(not b)");
  CHECK(value("rule x =\n  b\n") == "b");
  CHECK(value("rule x : \n int = b\n") == "b");
  CHECK(value("rule x = a in\n {b}\n") == "(in a b)");
  CHECK(value("rule x = if\n a then b else c\n") == "(if a b c)");
  CHECK(value("rule x = count(T where\n a)\n") == "(aggregate count - over T where a placed-by -)");
  // Words that may be names end a statement.
  CHECK(value("rule x = a of\n  b\n") == "P0031");
  CHECK(value("rule x = a otherwise\n  b\n") == "P0031");
  // So does `missed`: it can be the last word of a sentence.
  CHECK(read("scenario \"s\", as of 2026-01-01 {\n  expect A = missed\n  expect B = met\n}\n").codes().empty());
}

TEST_CASE("3: it goes on inside brackets") {
  CHECK(value("rule x = (a\n  + b\n  - c)\n") == "(- (+ a b) c)");
  CHECK(value("rule x = max(\n  a,\n  b\n)\n") == "(call max a b)");
  CHECK(value("rule x = a in {\n  b\n  , c\n}\n") == "(in a b c)");
  CHECK(read("enum E {\n  a,\n  b,\n}\n").tree() == "enum E\n  member a\n  member b\n");
  CHECK(read("scenario \"s\", as of 2026-01-01 {\n  T { id: \"1\",\n      at: a\n      + b }\n  expect A = met\n}\n").codes().empty());
}

TEST_CASE("4: it goes on where the next line starts with `{`, `and`, `or`, `then`, `else` or `means`") {
  CHECK(value("rule x = a\n  and b\n  or c\n") == "(or (and a b) c)");
  CHECK(value("rule x = if a\n  then b\n  else c\n") == "(if a b c)");
  CHECK(read("clause 1 \"c\"\n{\n  define A as B\n    means \"text\"\n}\n").codes().empty());
  CHECK(read("agreement \"a\"\nbetween A as p \"A\"\n and B as c \"B\"\n").tree() ==
        "agreement\n  title: \"a\"\n  party A\n    role: p\n    printed: \"A\"\n  party B\n    role: c\n    printed: \"B\"\n");
  // These words can still be names at the start of a line: no sentence goes on with `then :`.
  CHECK(read("record R {\n  id : text, key\n  then : int\n  else : int\n  means : int\n}\n").codes().empty());
}

TEST_CASE("5: the braces of a block hold statements, the braces of a list hold elements") {
  const std::string one_line = "record R { id : text, key, at : instant }\nhistory of R { at : instant, s : S }\ncalendar C { closed never }\n";
  CHECK(read(one_line).codes().empty());
  CHECK(read("clause 1 \"c\" { tier of T { A when x\n B otherwise } }\n").codes().empty());
  CHECK(read("clause 1 \"c\" { rule x = a rule y = b }\n").codes() == "P0033");
  // A set behind `in` is a list even in the first line of a block.
  CHECK(read("clause 1 \"c\" {\n commitment R for T where x in {a,\n b} by C {\n from a until b\n within 3 days\n }\n}\n").codes().empty());
  // A record may be called by a word that begins blocks.
  CHECK(read("scenario \"s\", as of 2026-01-01 {\n  right { id: \"1\",\n at: a }\n  expect A = met\n}\n").codes().empty());
}

TEST_CASE("6: indentation means nothing while the brackets match") {
  const std::string flat = "clause 1 \"c\" {\ntier of T {\nA when x\nB otherwise\n}\nrule y = (a +\nb)\n}\n";
  const std::string deep = "   clause 1 \"c\" {\n tier of T {\n          A when x\nB otherwise\n      }\n  rule y = (a +\nb)\n        }\n";
  CHECK(read(flat).codes().empty());
  CHECK(read(flat).tree() == read(deep).tree());
}

TEST_CASE("7: digits are grouped only behind a currency") {
  CHECK(value("rule x = GBP 12,000.50\n") == "(money GBP 12000.50)");
  CHECK(value("rule x = GBP 1200\n") == "(money GBP 1200)");
  CHECK(value("rule x = max(GBP 1,200, GBP 5)\n") == "(call max (money GBP 1200) (money GBP 5))");
  CHECK(value("rule x = max(1,200)\n") == "(call max 1 200)");
  CHECK(value("rule x = a in {100,200}\n") == "(in a 100 200)");
  CHECK(value("rule x = max(1, (2,000))\n") == "P0016");
  for (const std::string wrong : {"100,200", "2,000 days", "1,000,000", "1,500%", "(2,000)", "a + 2,000", "2,000.50"}) {
    CAPTURE(wrong);
    CHECK(value("rule x = " + wrong + "\n") == "P0016");
  }
  CHECK(value("rule x = GBP 12,00\n") == "P0017");
  CHECK(value("rule x = max(GBP 1,2)\n") == "P0017");
}

}  // namespace writ::parse_test
