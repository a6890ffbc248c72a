// tests/golden/parse: a source, its outline, its messages. Run alone with `parse_test -tc='golden*'`; `--update` rewrites.
#include <doctest/doctest.h>

#include "ast/print.h"
#include "support/diagnostics_text.h"
#include "support/golden.h"
#include "unit/parse/reading.h"

namespace writ::parse_test {

TEST_CASE("golden files of the reader") {
  const support::GoldenReport report = support::run_golden(
      "tests/golden/parse",
      [](const support::GoldenFile& file) {
        const Read result = read(file.sources.front().text);
        const auto section = [=](std::string_view name) -> std::string {
          if (name == "ast") return ast::tree(result.file);
          if (name == "source") return ast::print(result.file);
          if (name == "diagnostics") return result.diagnostics();
          return "there is no section of this name\n";
        };
        return support::GoldenResult{section, result.sink.errors > 0};
      },
      update());
  CHECK_MESSAGE(report.problems.empty(), support::joined(report.problems));
  CHECK(report.files >= 30);
}

TEST_CASE("a golden file is read as it is written") {
  const std::string text = "rule x = 1\n==== source b.writ ====\nmodule b\n==== ast ====\nrule x\n==== diagnostics ====\nnone\n";
  const support::GoldenFile file = support::read_golden("tests/golden/a.writ", text);
  REQUIRE(file.sources.size() == 2);
  CHECK(file.sources[0].name == "a.writ");
  CHECK(file.sources[1].name == "b.writ");
  REQUIRE(file.sections.size() == 2);
  CHECK(file.sections[0].name == "ast");
  CHECK(file.sections[0].text == "rule x\n");
  CHECK(support::golden_text(file) == text);
}

}  // namespace writ::parse_test
