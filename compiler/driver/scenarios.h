// Scenarios: the tests that stand beside the rules. They run on whatever engine they are given.
#pragma once
#include <string>
#include <vector>

#include "evaluate/engine.h"
#include "ir/agreement.h"

namespace writ::driver {

// The facts of a scenario as an engine takes them: one batch a record type that has facts.
struct ScenarioFacts {
  std::vector<record::Batch> batches;
  evaluate::Acts acts;
};
ScenarioFacts scenario_facts(const ir::Agreement&, const ir::Scenario&);
// The as-of instant of the scenario, and the parameters of the agreement with those that the scenario sets.
evaluate::Inputs scenario_inputs(const ir::Agreement&, const ir::Scenario&);

struct ScenarioRun {
  ScenarioFacts facts;
  std::vector<evaluate::RecordOutputs> outputs;  // by batch
  evaluate::Results results;
};
ScenarioRun evaluate_scenario(const ir::Agreement&, const evaluate::Engine&, const ir::Scenario&);

struct ExpectationResult {
  bool holds = false;
  std::string what;           // `Resolution of "T1"`, `ServiceCredit in 2026-03`
  std::string expected, got;  // in words
  source::Span span;
};
struct ScenarioResult {
  std::string name;
  std::vector<ExpectationResult> expectations;
  source::Span span;
  bool holds() const;  // every expectation does, and there is one
};
// An expected number holds when it equals the value exactly, whatever the scale. `cannot tell` holds for a value that is not
// known and for one of which only bounds are known.
ScenarioResult compare(const ir::Agreement&, const ir::Scenario&, const ScenarioRun&);

// Every scenario of the agreement, as written.
std::vector<ScenarioResult> run_scenarios(const ir::Agreement&, const evaluate::Engine&);

}  // namespace writ::driver
