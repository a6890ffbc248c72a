// No text of the repository has two readings.
#include <doctest/doctest.h>

#include <sstream>

#include "parse/ambiguity.h"
#include "support/golden.h"
#include "unit/parse/reading.h"

namespace writ::parse_test {

static parse::Readings readings(const std::string& text) {
  source::SourceMap sources;
  return parse::find_ambiguities(sources, source::add_file(sources, "agreement.writ", text));
}

TEST_CASE("no source of the repository is ambiguous") {
  int files = 0;
  std::vector<std::string> problems;
  for (const std::string& path : support::files_with("", ".writ")) {
    // Golden files hold their expectation behind the source.
    const std::string text = support::read_golden(path, support::read_file(path)).sources.front().text;
    if (read(text).codes().find("P0044") != std::string::npos) continue;  // refused because it has two readings
    for (const std::string& place : readings(text).ambiguous) problems.push_back(path + ": " + place);
    ++files;
  }
  CHECK_MESSAGE(problems.empty(), support::joined(problems));
  CHECK(files > 20);
}

TEST_CASE("no block of the documentation is ambiguous") {
  int blocks = 0;
  std::vector<std::string> problems;
  for (const std::string& path : support::files_with("docs", ".md")) {
    std::string block;
    bool inside = false;
    std::istringstream page(support::read_file(path));
    for (std::string line; std::getline(page, line);) {
      const bool fence = line.starts_with("```");
      if (inside && fence) {
        ++blocks;
        if (read(block).codes().find("P0044") != std::string::npos) block.clear();
        for (const std::string& place : readings(block).ambiguous) problems.push_back(path + ": " + place);
      }
      if (inside && !fence) block += line + "\n";
      if (fence) {
        inside = !inside && line.starts_with("```writ");
        block.clear();
      }
    }
  }
  CHECK_MESSAGE(problems.empty(), support::joined(problems));
  CHECK(blocks > 0);
}

TEST_CASE("an ambiguity would be found") {
  // The one list that has two readings; the reader refuses it (P0044).
  CHECK(!readings("rule x = max(misses of A, b)\n").ambiguous.empty());
  CHECK(read("rule x = max(misses of A, b)\n").codes() == "P0044");
  CHECK(readings("rule x = max(misses of (A, b), c)\n").ambiguous.empty());
}

TEST_CASE("sentences that come close to a second reading have one") {
  for (const std::string text :
       {"rule x = status at least - 3\n",
        "rule x = a of the month of b of c\n",
        "rule x = met of of y\n",
        "rule x = - a of b\n",
        "rule x = not a = b and c or d\n",
        "rule x = a between b and c and d\n",
        "rule x = if a then b else if c then d else e or f\n",
        "rule x = count(T where a = b of c)\n",
        "rule x = count(T where a is given of b)\n",
        "rule x = sum(v over T where a in {b, c} of d of the month of e)\n",
        "rule x = sum(v over T where not a is not yet of b and c is none of of)\n",
        "rule x = a in {b of c} of the of the month of of\n",
        "rule x = first(a) + first(b = c)\n",
        "rule x = a otherwise b + c * d of e\n",
        "rule x per per month = a\n",
        "rule x : money per month = a\n",
        "clause 1 \"c\" {\n remedy R for missed A {\n credit sum of (5% of sum of (a) for each missed A)\n }\n}\n",
        "clause 1 \"c\" {\n remedy R for missed A {\n credit sum of (a)\n cap misses of A, in full\n }\n}\n",
        "clause 1 \"c\" {\n right R of C {\n when any 2 consecutive months have at least 3 misses of A, with, with at least 1 in each\n }\n}\n",
        "clause 1 \"c\" {\n metric m = share(a) over S where misses of A, per month of b\n}\n",
        "record R {\n key : text, key, key : int\n}\n",
        "rule x = 2 business hours on on\n",
        "rule x = f(a) on K + g(b on)\n"}) {
    CAPTURE(text);
    CHECK(support::joined(readings(text).ambiguous) == "");
  }
}

}  // namespace writ::parse_test
