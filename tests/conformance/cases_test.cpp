// Every case: read, checked, and run by every engine. The scenarios of a case say what must come out; all engines must agree to
// the byte on everything else as well.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>

#include "conformance/case_files.h"
#include "conformance/engines.h"
#include "driver/pipeline.h"
#include "driver/scenarios.h"
#include "ir/verify.h"
#include "properties/generator.h"

namespace writ::conformance {
namespace {

properties::Observed observed(const driver::ScenarioRun& run) { return {run.results, run.outputs}; }

void run_scenario(const ir::Agreement& agreement, const ir::Scenario& scenario, const std::vector<NamedEngine>& engines) {
  const driver::ScenarioRun expected = driver::evaluate_scenario(agreement, *engines.front().engine, scenario);
  for (const driver::ExpectationResult& result : driver::compare(agreement, scenario, expected).expectations) {
    CHECK_MESSAGE(result.holds, fmt::format("{}: expected {} = {}, but it is {}", scenario.name, result.what, result.expected, result.got));
  }
  for (size_t i = 1; i < engines.size(); ++i) {
    const driver::ScenarioRun run = driver::evaluate_scenario(agreement, *engines[i].engine, scenario);
    const std::string difference = properties::difference(agreement, observed(expected), observed(run));
    CHECK_MESSAGE(difference.empty(), fmt::format("{}: interpreter against {}: {}", scenario.name, engines[i].name, difference));
  }
}

TEST_CASE("every case holds on every engine") {
  const std::vector<std::filesystem::path> files = case_files().scenarios;
  CHECK(files.size() > 60);
  for (const std::filesystem::path& file : files) {
    CAPTURE(file.filename().string());
    driver::Program program;
    std::string error;
    REQUIRE_MESSAGE(driver::load_program(file.string(), program, error), error);
    for (const diag::Diagnostic& diagnostic : program.sink.diagnostics) FAIL_CHECK(diagnostic.kind->code << ": " << diag::message_of(diagnostic));
    if (program.sink.errors > 0) continue;
    for (const std::string& broken : ir::verify(program.agreement)) FAIL_CHECK(broken);
    CHECK(!program.agreement.scenarios.empty());
    const std::vector<NamedEngine> engines = all_engines(program.agreement);
    for (const ir::Scenario& scenario : program.agreement.scenarios) run_scenario(program.agreement, scenario, engines);
  }
}

// The runner itself: what does not hold is said, with both values.
TEST_CASE("an expectation that does not hold, of a record or a period that does not exist, is reported") {
  std::string source = R"(agreement "Runner"

between A as provider "A Ltd"
and     B as customer "B plc"

effective 2026-01-01
term      12 months
currency  GBP
time zone "Europe/London"
round     half up, to the minor unit

record Ticket since opened {
  id     : text, key
  opened : instant
}

clause 1 "Rules" {
  rule n per month = count(Ticket of opened)
  rule one per Ticket = 1
}

scenario "wrong in every way", as of 2026-06-01 {
  Ticket { id: "a", opened: 2026-03-02T10:00 }
  Ticket { id: "b", opened: 2026-07-02T10:00 }
  expect n in 2026-03 = 2
  expect one of "b" = 1
  expect one of "a" = 1
}
)";
  driver::Program program;
  driver::load_program_text("runner.writ", source, program);
  REQUIRE(program.sink.errors == 0);
  const std::vector<NamedEngine> engines = all_engines(program.agreement);
  for (const NamedEngine& each : engines) {
    const std::vector<driver::ScenarioResult> results = driver::run_scenarios(program.agreement, *each.engine);
    REQUIRE(results.size() == 1);
    CHECK(!results[0].holds());
    REQUIRE(results[0].expectations.size() == 3);
    CHECK(!results[0].expectations[0].holds);
    CHECK(results[0].expectations[0].what == "n in 2026-03");
    CHECK(results[0].expectations[0].expected == "2");
    CHECK(results[0].expectations[0].got == "1");
    CHECK(!results[0].expectations[1].holds);
    CHECK(results[0].expectations[1].got == "the record lies after the as-of time");
    CHECK(results[0].expectations[2].holds);
  }
}

}  // namespace
}  // namespace writ::conformance
