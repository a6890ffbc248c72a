// Fifty common mistakes in one agreement: each gets exactly one message, and everything else is still read.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "unit/parse/reading.h"

namespace writ::parse_test {

namespace {

const std::string agreement = R"writ(clause 2 "Commitments" {
  tier of Ticket {
    Critical when severity = P1
    Standard otherwise
  }
  commitment Resolution for Ticket by Company {
    from opened until resolved
    Critical : within 1 business day
    Standard : within 5 business days
    excused when caused_by = Client
  }
  remedy ServiceCredit for missed Resolution {
    credit 5% of monthly_fee for each missed Resolution
    cap 15% of monthly_fee per month
  }
}
scenario "one", as of 2026-03-02T12:00 {
  Ticket { id: "T1", severity: P1, opened: 2026-02-27T23:55 }
  expect Resolution = missed
}
param fee : money = GBP 12,000.00
)writ";

struct Change {
  std::string name;
  const char* from;
  const char* to;
  const char* code;
};

const Change changes[] = {
    {"brace close commitment", "    excused when caused_by = Client\n  }\n", "    excused when caused_by = Client\n", "P0022"},
    {"brace close clause", "    cap 15% of monthly_fee per month\n  }\n}\n", "    cap 15% of monthly_fee per month\n  }\n", "P0022"},
    {"brace open commitment", "by Company {", "by Company", "P0024"},
    {"brace open clause", "\"Commitments\" {", "\"Commitments\"", "P0024"},
    {"brace extra", "    Standard otherwise\n  }\n", "    Standard otherwise\n  }\n  }\n", "P0023"},
    {"missing when", "excused when", "excused", "P0034"},
    {"eqeq", "severity = P1\n", "severity == P1\n", "P0020"},
    {"misspelt commitment", "commitment Res", "comitment Res", "P0032"},
    {"misspelt excused", "excused when", "exused when", "P0032"},
    {"misspelt until", "until resolved", "untill resolved", "P0030"},
    {"misspelt scenario", "scenario", "scenaro", "P0032"},
    {"misspelt within", "Critical : within", "Critical : wihtin", "P0030"},
    {"cont by mistake", "credit 5% of monthly_fee for each", "credit 5% of monthly_fee\n      for each", "P0032"},
    {"cont by mistake2", "for Ticket by Company {", "for Ticket\n    by Company {", "P0031"},
    {"grouped days", "within 5 business days", "within 2,000 business days", "P0016"},
    {"grouped param", "GBP 12,000.00", "12,000", "P0016"},
    {"bad money group", "GBP 12,000.00", "GBP 12,00.00", "P0017"},
    {"pound", "GBP 12,000.00", "£12,000.00", "P0010"},
    {"dollar", "GBP 12,000.00", "$ 12000", "P0010"},
    {"smart", "\"one\"", "“one”", "P0011"},
    {"unclosed string", "\"T1\"", "\"T1", "P0012"},
    {"unclosed string2", "\"Commitments\" {", "\"Commitments {", "P0012"},
    {"paren open", "credit 5% of monthly_fee for", "credit (5% of monthly_fee for", "P0022"},
    {"paren close", "cap 15% of monthly_fee per", "cap 15% of monthly_fee) per", "P0023"},
    {"list open", "opened: 2026-02-27T23:55 }", "opened: 2026-02-27T23:55", "P0022"},
    {"missing comma", "severity: P1, opened", "severity: P1 opened", "P0030"},
    {"colon for eq", "expect Resolution = missed", "expect Resolution: missed", "P0030"},
    {"eq for colon", "id: \"T1\"", "id = \"T1\"", "P0030"},
    {"semicolon", "from opened until resolved", "from opened until resolved;", "P0021"},
    {"two on line", "from opened until resolved\n", "from opened until resolved ", "P0033"},
    {"time9", "2026-03-02T12:00", "2026-03-02 12:00", "P0030"},
    {"date slash", "2026-03-02T12:00", "02/03/2026", "P0018"},
    {"reserved name", "param fee", "param when", "P0035"},
    {"wrong place", "param fee : money = GBP 12,000.00", "within 3 days", "P0036"},
    {"wrong place2", "    cap 15%", "    param x : int = 3\n    cap 15%", "P0036"},
    {"commitment top", "param fee : money = GBP 12,000.00", "commitment R for Ticket by Company {\n  from a until b\n  within 3 days\n}", "P0036"},
    {"missing value", "param fee : money = GBP 12,000.00", "param fee : money =", "P0031"},
    {"missing type", "param fee : money", "param fee", "P0030"},
    {"missing name", "param fee", "param", "P0030"},
    {"ampersand", "severity = P1\n", "severity = P1 && x\n", "P0020"},
    {"chain", "severity = P1\n", "1 < severity < 3\n", "P0033"},
    {"is value", "caused_by = Client", "caused_by is Client", "P0030"},
    {"no until", "from opened until resolved\n", "from opened\n", "P0031"},
    {"no from", "    from opened until resolved\n", "", "P0042"},
    {"twice", "    cap 15% of monthly_fee per month\n", "    cap 15% of monthly_fee per month\n    cap 10% of monthly_fee per month\n", "P0041"},
    {"hash", "    cap 15%", "    # a comment\n    cap 15%", "P0010"},
    {"single quotes", "\"T1\"", "'T1'", "P0010"},
    {"percent space", "15% of", "15 % of", "P0021"},
    {"trailing comma", "excused when caused_by = Client", "excused when caused_by = Client,", "P0033"},
    {"unknown line", "    cap 15%", "    limit 15%", "P0032"},
    {"wrong in", "severity = P1\n", "severity in P1, P2\n", "P0030"},
    {"escape", "\"T1\"", "\"T\\q1\"", "P0015"},
    {"else missing", "GBP 12,000.00", "if a then 3", "P0031"},
    {"operator missing", "severity = P1\n", "severity P1\n", "P0033"},
    {"operand missing", "severity = P1\n", "severity = and x\n", "P0030"},
    {"not equal", "severity = P1\n", "severity <> P1\n", "P0020"},
    {"header after", "param fee : money = GBP 12,000.00", "currency GBP", "P0043"},
    {"duplicate otherwise kw", "Standard otherwise", "Standard othrwise", "P0030"},
    {"missing end quote title", "scenario \"one\", as", "scenario \"one, as", "P0012"},
    {"enum missing comma", "param fee : money = GBP 12,000.00", "enum S { a b }", "P0030"},
    {"bad time", "param fee : money = GBP 12,000.00", "calendar C {\n  open Mon..Fri 9:00..17:30\n}", "P0019"},
    {"cal bad day", "param fee : money = GBP 12,000.00", "calendar C {\n  open Mon..Fri 09:00-17:30\n}", "P0030"},
    {"cal bad line", "param fee : money = GBP 12,000.00", "calendar C {\n  opens Mon..Fri 09:00..17:30\n  closed never\n}", "P0032"},
    {"months grouped cap", "cap 15% of monthly_fee", "cap 1,500", "P0016"},
    {"misses list", "GBP 12,000.00", "max(misses of A, b)", "P0044"},
    {"hole", "clause 2 \"Commitments\" {", "clause 2 \"Commitments\" {\n  \"\"\"\n  a {5 days} b\n  \"\"\"", "P0045"},
    {"nameless remedy", "remedy ServiceCredit", "remedy", "P0034"},
};

std::string changed(const std::string& text, const Change& change) {
  const size_t at = text.find(change.from);
  REQUIRE(at != std::string::npos);
  return std::string(text).replace(at, std::string(change.from).size(), change.to);
}

}  // namespace

TEST_CASE("the agreement is right before it is changed") { CHECK(read(agreement).diagnostics() == "none\n"); }

TEST_CASE("each mistake gets one message") {
  for (const Change& change : changes) {
    CAPTURE(change.name);
    const Read result = read(changed(agreement, change));
    CHECK(result.codes() == change.code);
    REQUIRE(!result.sink.diagnostics.empty());
    // The underlined text is on one line, and no word of the generated parser reaches a person.
    CHECK(source::text_of(result.sources, result.sink.diagnostics.front().span).find("\n\n") == std::string_view::npos);
    for (const char* word : {"token", "EOF", "NEWLINE", "IDENTIFIER", "extraneous", "mismatched", "viable"}) {
      CHECK(result.diagnostics().find(word) == std::string::npos);
    }
  }
}

TEST_CASE("two mistakes in different statements get two messages") {
  const Change& first = *std::find_if(std::begin(changes), std::end(changes), [](const Change& c) { return c.name == "misspelt until"; });
  int pairs = 0;
  for (const Change& second : changes) {
    CAPTURE(second.name);
    // Changes of the same line, and of the commitment's braces (then its lines stand elsewhere), are no pair.
    if (std::string(second.from).find("until") != std::string::npos || std::string(second.to).find("until") != std::string::npos) continue;
    const std::string& name = second.name;
    if (name == "brace open commitment" || name == "cont by mistake2" || name == "misspelt commitment" || name == "brace open clause" ||
        name == "unclosed string2")
      continue;
    const std::multiset<std::string> expected{first.code, second.code};
    const Read result = read(changed(changed(agreement, first), second));
    std::multiset<std::string> real;
    for (const diag::Diagnostic& said : result.sink.diagnostics) real.insert(std::string(said.kind->code));
    CHECK(real == expected);
    ++pairs;
  }
  CHECK(pairs > 40);
}

TEST_CASE("what stands beside a broken statement is still read, and the broken one leaves its name") {
  const Read result = read(
      "enum A { a b }\nenum B { c }\nclause 1 \"c\" {\n  commitment R fore T by C {\n    from a until b\n  }\n  rule y = 1\n}\nrecord T {\n  amount int\n  b : "
      "int\n}\n");
  CHECK(result.codes() == "P0030 P0030 P0030");
  CHECK(
      result.tree() ==
      "not read A\n  keyword: enum\nenum B\n  member c\nclause\n  number: \"1\"\n  title: \"c\"\n  not read R\n    keyword: commitment\n  rule y\n    base: 1\n"
      "record T\n  field amount\n    type: (not read)\n  field b\n    type: int\n");
}

}  // namespace writ::parse_test
