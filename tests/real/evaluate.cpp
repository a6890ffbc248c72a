#include "real/evaluate.h"

#include <fmt/format.h>

#include <algorithm>

#include "diag/diagnostic.h"
#include "driver/run_inputs.h"
#include "interpret/interpret.h"

namespace writ::real {
namespace {

constexpr int64_t horizon = 4'102'444'800'000'000;  // 2100-01-01: nothing here depends on it

struct Run {
  std::vector<evaluate::RecordOutputs> outputs;
  evaluate::Results results;
};

bool run_engine(Evaluation& evaluation, driver::EngineChoice choice, Run& out) {
  std::string error;
  const std::unique_ptr<evaluate::Engine> engine = driver::make_engine(evaluation.program.agreement, choice, error);
  if (engine == nullptr) {
    evaluation.trouble = error;
    return false;
  }
  const evaluate::Inputs inputs{horizon, driver::default_params(evaluation.program.agreement)};
  const auto totals = engine->init(inputs);
  out.outputs.resize(evaluation.batches.size());
  for (int pass = 0; pass < engine->passes(); ++pass) {
    for (size_t i = 0; i < evaluation.batches.size(); ++i) engine->update(*totals, pass, evaluation.batches[i], &out.outputs[i]);
    engine->close_pass(*totals, pass);
  }
  out.results = engine->finish(*totals, {});
  return true;
}

bool same_value(const value::Value& a, const value::Value& b) {
  return a.state == b.state && a.fault == b.fault && a.point == b.point && a.lo == b.lo && a.hi == b.hi && a.lo_den == b.lo_den && a.hi_den == b.hi_den;
}

using Rows = std::vector<std::vector<value::Value>>;
bool same_rows(const Rows& a, const Rows& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return std::equal(x.begin(), x.end(), y.begin(), y.end(), same_value); });
}

bool same_run(const Run& a, const Run& b) {
  return same_rows(a.results.values, b.results.values) && std::equal(a.outputs.begin(), a.outputs.end(), b.outputs.begin(), b.outputs.end(),
                                                                     [](const auto& x, const auto& y) { return same_rows(x.values, y.values); });
}

}  // namespace

bool read_text(const std::string& name, const std::string& text, Evaluation& evaluation) {
  driver::load_program_text(name, text, evaluation.program);
  return evaluation.program.sink.errors == 0;
}

void run(Evaluation& evaluation) {
  Run interpreted;
  if (!run_engine(evaluation, driver::EngineChoice::interpreter, interpreted)) return;
  if (driver::native_available()) {
    Run native;
    if (!run_engine(evaluation, driver::EngineChoice::native, native)) return;
    if (!same_run(interpreted, native)) evaluation.trouble = "native code and the interpreter differ";
  }
  evaluation.outputs = std::move(interpreted.outputs);
  evaluation.results = std::move(interpreted.results);
}

Found value_of(const Evaluation& evaluation, const std::string& rule) {
  const ir::Agreement& agreement = evaluation.program.agreement;
  for (uint32_t i = 0; i < agreement.definitions.size(); ++i) {
    const ir::Definition& definition = agreement.definitions.items[i];
    if (definition.name == rule && i < evaluation.results.values.size() && !evaluation.results.values[i].empty())
      return {definition.type, evaluation.results.values[i][0]};
  }
  return {{}, value::unknown()};
}

const std::vector<value::Value>& column_of(const Evaluation& evaluation, const std::string& rule) {
  static const std::vector<value::Value> nothing;
  if (evaluation.batches.empty() || evaluation.outputs.empty()) return nothing;
  const ir::Agreement& agreement = evaluation.program.agreement;
  const std::vector<ir::DefinitionId> list = interpret::definitions_of(agreement, ir::RecordId{evaluation.batches[0].record});
  for (size_t slot = 0; slot < list.size(); ++slot)
    if (agreement.definitions[list[slot]].name == rule) return evaluation.outputs[0].values[slot];
  return nothing;
}

std::string header(const std::string& zone, bool months_round_up, Years term) {
  return fmt::format(
      "agreement \"Cases of business time\"\n"
      "between Desk as provider \"Desk\"\n"
      "and     User as customer \"User\"\n"
      "effective {}-01-01\n"
      "term until {}-12-31\n"
      "currency EUR\n"
      "time zone \"{}\"\n"
      "round down\n"
      "a month after the 31st ends on the {}\n",
      term.first, term.last, zone, months_round_up ? "first day of the next month" : "last day of a shorter month");
}

std::string first_error(const Evaluation& evaluation) {
  for (const diag::Diagnostic& found : evaluation.program.sink.diagnostics)
    if (found.kind->severity == diag::Severity::error) return fmt::format("{} {}", found.kind->code, diag::message_of(found));
  return {};
}

}  // namespace writ::real
