// tests/golden/check: a source, what it means, its messages. Run alone with `check_test -tc='golden*'`; `--update` rewrites.
#include <doctest/doctest.h>

#include "checked.h"
#include "ir/print.h"
#include "support/diagnostics_text.h"
#include "support/golden.h"

namespace writ::check_test {
namespace {

// The definitions alone, in the order in which they are evaluated.
std::string definitions(const ir::Agreement& agreement) {
  std::string all;
  for (const ir::DefinitionId id : agreement.order) all += ir::print_definition(agreement, id);
  return all;
}

std::vector<ModuleText> modules_of(const support::GoldenFile& file) {
  std::vector<ModuleText> modules;
  for (size_t i = 1; i < file.sources.size(); ++i) modules.push_back({file.sources[i].name, file.sources[i].text});
  return modules;
}

}  // namespace

TEST_CASE("golden files of check") {
  const support::GoldenReport report = support::run_golden(
      "tests/golden/check",
      [](const support::GoldenFile& file) {
        const Checked result = checked(file.sources.front().text, modules_of(file));
        const auto section = [=](std::string_view name) -> std::string {
          if (name == "ir") return ir::print(result.agreement);
          if (name == "definitions") return definitions(result.agreement);
          if (name == "diagnostics") return support::diagnostics_text(result.sink, result.sources);
          return "there is no section of this name\n";
        };
        return support::GoldenResult{section, result.sink.errors > 0};
      },
      update());
  CHECK_MESSAGE(report.problems.empty(), support::joined(report.problems));
  CHECK(report.files >= 10);
}

}  // namespace writ::check_test
