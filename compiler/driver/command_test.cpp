#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "driver/commands.h"
#include "driver/exit_codes.h"
#include "driver/report.h"
#include "driver/scenarios.h"

namespace writ::driver {

namespace {

void print_failure(const Program& program, const ExpectationResult& result) {
  const source::Place place = source::place_of(program.sources, result.span.file, result.span.begin);
  fmt::print("        {}:{}: expected {} = {}, but it is {}\n", program.sources.files[result.span.file].name, place.line, result.what, result.expected,
             result.got);
}

void print_json(const Program& program, const std::vector<ScenarioResult>& results) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const ScenarioResult& result : results) {
    nlohmann::ordered_json expectations = nlohmann::ordered_json::array();
    for (const ExpectationResult& e : result.expectations) {
      const source::Place place = source::place_of(program.sources, e.span.file, e.span.begin);
      expectations.push_back({{"of", e.what}, {"expected", e.expected}, {"got", e.got}, {"holds", e.holds}, {"line", place.line}});
    }
    list.push_back({{"scenario", result.name}, {"holds", result.holds()}, {"expectations", std::move(expectations)}});
  }
  fmt::print("{}\n", nlohmann::ordered_json{{"scenarios", std::move(list)}}.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace

int command_test(const Options& options) {
  Program program;
  int exit_code = exit_clean;
  if (!load_or_report(options, program, exit_code)) return exit_code;
  std::string error;
  const std::unique_ptr<evaluate::Engine> engine = make_engine(program.agreement, choose_engine(options.engine, 0), error, optimise_for(0));
  if (engine == nullptr) {
    print_error(error, options);
    return exit_usage;
  }
  const std::vector<ScenarioResult> results = run_scenarios(program.agreement, *engine);
  size_t failed = 0;
  for (const ScenarioResult& result : results) failed += result.holds() ? 0 : 1;
  if (options.format == Format::json) {
    print_json(program, results);
    return failed == 0 ? exit_clean : exit_findings;
  }
  for (const ScenarioResult& result : results) {
    fmt::print("{}  {}\n", result.holds() ? "ok  " : "FAIL", result.name);
    for (const ExpectationResult& expectation : result.expectations) {
      if (!expectation.holds) print_failure(program, expectation);
    }
  }
  if (results.empty()) fmt::print("{} has no scenarios; write one: docs/tutorial.md, section 4\n", options.agreement);
  fmt::print("{} passed, {} failed\n", results.size() - failed, failed);
  return failed == 0 ? exit_clean : exit_findings;
}

}  // namespace writ::driver
