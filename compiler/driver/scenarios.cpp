// From the facts of a scenario to an engine and back to what it expects.
#include "driver/scenarios.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "driver/run_inputs.h"
#include "interpret/interpret.h"
#include "render/value_text.h"
#include "value/period.h"

namespace writ::driver {

namespace {

using value::Value;

std::string subject_text(const ir::Agreement& agreement, const ir::Expectation& expect) {
  switch (expect.of) {
    case ir::Expectation::Of::definition: return agreement.definitions[expect.definition].name;
    case ir::Expectation::Of::credit_state: return agreement.credits[expect.credit].name + ".state";
    case ir::Expectation::Of::right_state: return agreement.rights[expect.right].name;
  }
  return {};
}

std::string what_text(const ir::Agreement& agreement, const ir::Expectation& expect) {
  std::string text = subject_text(agreement, expect);
  if (!expect.key.empty()) text += fmt::format(" of \"{}\"", expect.key);
  if (expect.period_date) text += fmt::format(" in {}", value::format_date(*expect.period_date).substr(0, 7));
  return text;
}

// What is found where the expectation points: a value, or words for why there is none.
struct Found {
  Value value;
  std::string instead;
};

Found found(Value value) { return {value, {}}; }
Found missing(std::string why) { return {{}, std::move(why)}; }

Found admitted_value(evaluate::Admission admission, const Value& value) {
  switch (admission) {
    case evaluate::Admission::admitted: return found(value);
    case evaluate::Admission::after_horizon: return missing("the record lies after the as-of time");
    case evaluate::Admission::outside_term: return missing("the record lies outside the term");
    case evaluate::Admission::undated: return missing("the record has no date that places it in the term");
  }
  return found(value);
}

Found record_value(const ir::Agreement& agreement, const ir::Expectation& expect, const ScenarioRun& run) {
  const ir::RecordId type = agreement.definitions[expect.definition].grain.record;
  const ir::Record& record = agreement.records[type];
  const std::vector<ir::DefinitionId> list = interpret::definitions_of(agreement, type);
  const size_t slot = static_cast<size_t>(std::find(list.begin(), list.end(), expect.definition) - list.begin());
  for (size_t i = 0; i < run.facts.batches.size(); ++i) {
    const record::Batch& batch = run.facts.batches[i];
    if (batch.record != type.index) continue;
    std::vector<uint32_t> rows;
    for (uint32_t row = 0; row < batch.rows; ++row) {
      if (expect.key.empty() || (record.key && batch.columns[*record.key].texts[row] == expect.key)) rows.push_back(row);
    }
    if (rows.size() > 1) return missing(fmt::format("there are {} of {}: say of which", rows.size(), record.name));
    if (rows.size() == 1) return admitted_value(run.outputs[i].admission[rows[0]], run.outputs[i].values[slot][rows[0]]);
  }
  return missing(expect.key.empty() ? fmt::format("there is no {}", record.name) : fmt::format("there is no {} \"{}\"", record.name, expect.key));
}

// The period that the date names, or the only one.
int64_t period_of(const ir::Agreement& agreement, ir::PeriodKind kind, const std::optional<int32_t>& date) {
  value::PeriodGrid grid;
  if (!value::build_periods(agreement.zone, kind, agreement.effective, agreement.end, agreement.month_end, grid)) return -1;
  if (!date) return value::period_count(grid) == 1 ? 0 : -1;
  return value::index_of_date(grid, *date);
}

Found find_value(const ir::Agreement& agreement, const ir::Expectation& expect, const ScenarioRun& run) {
  const auto in_period = [&](ir::PeriodKind kind, auto pick) {
    const int64_t period = period_of(agreement, kind, expect.period_date);
    return period < 0 ? missing("the term has no such period") : found(pick(static_cast<size_t>(period)));
  };
  switch (expect.of) {
    case ir::Expectation::Of::credit_state:
      return in_period(agreement.credits[expect.credit].period, [&](size_t period) { return run.results.credits[expect.credit.index][period].state; });
    case ir::Expectation::Of::right_state: return found(run.results.rights[expect.right.index].state);
    case ir::Expectation::Of::definition: break;
  }
  const ir::Grain& grain = agreement.definitions[expect.definition].grain;
  switch (grain.of) {
    case ir::Grain::Of::agreement: return found(run.results.values[expect.definition.index][0]);
    case ir::Grain::Of::period: return in_period(grain.period, [&](size_t period) { return run.results.values[expect.definition.index][period]; });
    case ir::Grain::Of::record: return record_value(agreement, expect, run);
    case ir::Grain::Of::history: break;
  }
  return missing("there is no such value");
}

bool is_expected(const ir::Type& type, const ir::Expectation& expect, Value got) {
  Value wanted = expect.value;
  if (value::is_unknown(wanted)) return value::is_unknown(got) || (got.state == value::State::given && !value::is_certain(got));
  if (wanted.state != value::State::given || got.state != value::State::given) return wanted.state == got.state;
  const int finer = expect.type.scale - type.scale;
  if (finer > 0) got = value::rescale(got, finer, 0);
  if (finer < 0) wanted = value::rescale(wanted, -finer, 0);
  return value::is_true(value::eq(wanted, got, 0));
}

// The type by which the found value reads: a state's enum, or the definition's type.
ir::Type found_type(const ir::Agreement& agreement, const ir::Expectation& expect) {
  switch (expect.of) {
    case ir::Expectation::Of::definition: return agreement.definitions[expect.definition].type;
    case ir::Expectation::Of::credit_state: return render::enum_type(agreement.credit_state_enum);
    case ir::Expectation::Of::right_state: return render::enum_type(agreement.right_state_enum);
  }
  return expect.type;
}

ExpectationResult compare_one(const ir::Agreement& agreement, const ir::Expectation& expect, const ScenarioRun& run) {
  ExpectationResult result;
  result.span = expect.span;
  result.what = what_text(agreement, expect);
  result.expected = render::value_text(agreement, expect.type, expect.value);
  const ir::Type type = found_type(agreement, expect);
  const Found there = find_value(agreement, expect, run);
  if (!there.instead.empty()) {
    result.got = there.instead;
    return result;
  }
  result.got = render::value_text(agreement, type, there.value);
  result.holds = is_expected(type, expect, there.value);
  return result;
}

}  // namespace

bool ScenarioResult::holds() const {
  return !expectations.empty() && std::all_of(expectations.begin(), expectations.end(), [](const ExpectationResult& each) { return each.holds; });
}

evaluate::Inputs scenario_inputs(const ir::Agreement& agreement, const ir::Scenario& scenario) {
  evaluate::Inputs inputs;
  inputs.as_of = scenario.as_of;
  inputs.params = default_params(agreement);
  for (const auto& [param, number] : scenario.with) inputs.params[param.index] = value::given(number);
  return inputs;
}

ScenarioRun evaluate_scenario(const ir::Agreement& agreement, const evaluate::Engine& engine, const ir::Scenario& scenario) {
  ScenarioRun run;
  run.facts = scenario_facts(agreement, scenario);
  run.outputs.resize(run.facts.batches.size());
  const auto totals = engine.init(scenario_inputs(agreement, scenario));
  for (int pass = 0; pass < engine.passes(); ++pass) {
    for (size_t i = 0; i < run.facts.batches.size(); ++i) engine.update(*totals, pass, run.facts.batches[i], &run.outputs[i]);
    engine.close_pass(*totals, pass);
  }
  run.results = engine.finish(*totals, run.facts.acts);
  return run;
}

ScenarioResult compare(const ir::Agreement& agreement, const ir::Scenario& scenario, const ScenarioRun& run) {
  ScenarioResult result;
  result.name = scenario.name;
  result.span = scenario.span;
  for (const ir::Expectation& expect : scenario.expects) result.expectations.push_back(compare_one(agreement, expect, run));
  return result;
}

std::vector<ScenarioResult> run_scenarios(const ir::Agreement& agreement, const evaluate::Engine& engine) {
  std::vector<ScenarioResult> results;
  for (const ir::Scenario& scenario : agreement.scenarios) results.push_back(compare(agreement, scenario, evaluate_scenario(agreement, engine, scenario)));
  return results;
}

}  // namespace writ::driver
