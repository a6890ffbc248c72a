// A module of WebAssembly, run in Node, gives what native code gives, to the byte: columns, saved totals, results, explanations, and refusals.
#include <doctest/doctest.h>
#include <writ/rules.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "describe/describe.h"
#include "driver/load_facts.h"
#include "driver/make_shared.h"
#include "driver/pipeline.h"
#include "driver/run_inputs.h"
#include "emit/emit.h"
#include "evaluate/abi.h"
#include "plan/plan.h"
#include "record/read_batches.h"
#include "support/artefact.h"
#include "wasm/job.h"

namespace writ {
namespace {

using nlohmann::json;

struct Folder {
  std::string path = (std::filesystem::temp_directory_path() / "writ-wasm-XXXXXX").string();
  Folder() { REQUIRE(mkdtemp(path.data()) != nullptr); }
  ~Folder() { std::filesystem::remove_all(path); }
};

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The jobs in one process of Node.
json run_in_node(const Folder& folder, const json& jobs) {
  const std::string in = folder.path + "/jobs.json", out = folder.path + "/answers.json";
  std::ofstream(in) << jobs;
  const std::string command = std::string(WRIT_NODE) + " " + WRIT_WASM_TESTS + "/run.mjs " + in + " > " + out;
  REQUIRE(std::system(command.c_str()) == 0);
  return json::parse(text_of(out));
}

std::vector<uint32_t> record_definitions(const ir::Agreement& agreement) {
  std::vector<uint32_t> list;
  for (uint32_t i = 0; i < agreement.definitions.size(); ++i) {
    if (agreement.definitions.items[i].grain.of == ir::Grain::Of::record) list.push_back(i);
  }
  return list;
}

std::string module_of(const ir::Agreement& agreement, const std::vector<std::byte>& description, int optimise) {
  emit::ArtefactOptions options;
  options.name = "tested";
  options.description = description;
  options.columns = record_definitions(agreement);
  options.optimise = optimise;
  options.wasm = true;
  std::string bytes, error;
  REQUIRE_MESSAGE(driver::make_wasm(emit::make_object(plan::make_plan(agreement), options), options.name, bytes, error), error);
  return bytes;
}

// Cut short at every kind of place, of another version, of another rule set, and bytes turned over: what storage and transport do.
std::vector<std::string> damaged(const std::vector<std::string>& states, const std::string& foreign) {
  std::vector<std::string> list{"", "Writ", foreign};
  for (const std::string& state : states) {
    for (size_t k = 1; k < 12; ++k) list.push_back(state.substr(0, state.size() * k / 12));
    list.push_back(state + '\0');
    for (const size_t at : {8, 12}) {  // the version, the hash of the rules
      list.push_back(state);
      list.back()[at] = static_cast<char>(list.back()[at] + 1);
    }
    for (size_t at = 0; at < state.size(); at += 1 + state.size() / 40) {
      list.push_back(state);
      list.back()[at] = static_cast<char>(list.back()[at] ^ 0x41);
    }
  }
  return list;
}

// What is to be asked of Node, and what it must answer.
struct Expected {
  json jobs = json::array(), answers = json::array();
  std::string foreign;  // totals of the rule set before
};

void expect(Expected& expected, const std::string& module, const writ_evaluator* evaluator, const testing::HostRun& run, bool described) {
  std::vector<std::string> states;
  json answer = testing::run_native(evaluator, run, states);
  const std::vector<std::string> hostile = damaged(states, expected.foreign);
  expected.foreign = states.front();
  json job = testing::job_for(module, run, evaluator, states, hostile);
  answer["imports"] = json::array();
  answer["states"] = testing::answers_to_states(evaluator, states);
  answer["hostile"] = testing::answers_to_hostile(evaluator, hostile);
  const std::string reasons = answer["hostile"].dump();
  for (const std::string reason : {"not a saved state", "another version", "another rule set", "cut short"}) {
    CHECK_MESSAGE((reasons.find(reason) != std::string::npos), reason);
  }
  if (described) {
    answer["words"] = testing::words_of(evaluator, run);
    answer["words"]["about"] = json::parse(answer["words"]["about"].get<std::string>());
    job["explained_rows"] = testing::explained_rows;
  }
  expected.jobs.push_back(std::move(job));
  expected.answers.push_back(std::move(answer));
}

void compare(const Folder& folder, const Expected& expected) {
  const json answers = run_in_node(folder, expected.jobs);
  REQUIRE(answers.size() == expected.answers.size());
  for (size_t i = 0; i < answers.size(); ++i) {
    CAPTURE(i);
    const json differences = json::diff(expected.answers[i], answers[i]);
    CHECK_MESSAGE(differences.empty(), (differences.empty() ? "" : differences[0].dump().substr(0, 600)));
  }
}

uint64_t from_environment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

TEST_CASE("random agreements over random facts") {
  Folder folder;
  Expected expected;
  const uint64_t first = from_environment("WRIT_FIRST_SEED", 201);
  for (uint64_t seed = first; seed < first + from_environment("WRIT_SEEDS", 6); ++seed) {
    CAPTURE(seed);
    const ir::Agreement agreement = properties::random_agreement(seed);
    // Optimising what nobody would write takes seconds.
    const int optimise = seed % 8 == 4 ? 2 : static_cast<int>(seed % 2);
    const std::string module = folder.path + "/" + std::to_string(seed) + ".wasm";
    std::ofstream(module, std::ios::binary) << module_of(agreement, explain::save_description(describe::describe(agreement, source::SourceMap{}, "test")),
                                                         optimise);
    emit::EmitOptions options;
    options.optimise = 0;
    options.columns = record_definitions(agreement);
    writ_evaluator* evaluator = evaluate::to_c(emit::make_native(plan::make_plan(agreement), options));
    const properties::Facts facts = properties::random_facts(agreement, seed);
    const properties::Facts usual = properties::repeated_in_seconds(agreement, facts, 67);
    for (const properties::Facts* each : {&facts, &usual}) {
      testing::HostRun run;
      testing::prepare(agreement, *each, run);
      expect(expected, module, evaluator, run, false);
    }
    writ_evaluator_free(evaluator);
  }
  compare(folder, expected);
}

// The facts of an example as one batch each, as its agreement names their files.
properties::Facts facts_of(const driver::Program& program, const std::string& path, const std::vector<std::string>& arguments, int64_t as_of) {
  driver::LoadedFacts loaded;
  REQUIRE(driver::load_facts(program.agreement, path, arguments, loaded));
  properties::Facts facts;
  facts.inputs = {as_of, driver::default_params(program.agreement)};
  for (size_t i = 0; i < loaded.inputs.size(); ++i) {
    const auto take = [&](record::Batch&& batch) {
      facts.batches.push_back(std::move(batch));
      return true;
    };
    REQUIRE(record::read_batches(loaded.facts, loaded.inputs[i], *loaded.prepared[i], {}, take));
  }
  facts.acts = loaded.acts;
  return facts;
}

void expect_example(Expected& expected, const Folder& folder, const std::string& name, const std::vector<std::string>& arguments, int64_t as_of) {
  const std::string of = std::string(WRIT_EXAMPLES) + "/" + name, path = of + "/agreement.writ", module = folder.path + "/" + name + ".wasm";
  driver::Program program;
  std::string error;
  REQUIRE_MESSAGE(driver::load_program(path, program, error), error);
  REQUIRE(program.sink.errors == 0);
  std::vector<std::string> places;
  for (const std::string& argument : arguments)
    places.push_back(argument.substr(0, argument.find('=') + 1) + of + "/" + argument.substr(argument.find('=') + 1));
  const properties::Facts facts = facts_of(program, path, places, as_of);
  const std::vector<std::byte> description = explain::save_description(describe::describe(program.agreement, program.sources, "test"));
  const std::string bytes = module_of(program.agreement, description, 2);
  CHECK(bytes == module_of(program.agreement, description, 2));
  std::ofstream(module, std::ios::binary) << bytes;
  const testing::Artefact artefact = testing::build_artefact(plan::make_plan(program.agreement), description, 1);
  writ_evaluator* evaluator = nullptr;
  REQUIRE(writ_open(reinterpret_cast<const writ_rules*>(artefact.rules), &evaluator) == WRIT_OK);
  testing::HostRun run;
  testing::prepare(program.agreement, facts, run);
  expect(expected, module, evaluator, run, true);
  writ_evaluator_free(evaluator);
}

TEST_CASE("the examples over their facts, and the same module twice") {
  Folder folder;
  Expected expected;
  expect_example(expected, folder, "customer-service", {}, 1777633200000000);
  expect_example(expected, folder, "incident-desk", {"Incident=sample_events.csv"}, 1514764800000000);
  expect_example(expected, folder, "city-cases", {"Case=sample_cases.csv"}, 1483228800000000);
  compare(folder, expected);
}

}  // namespace
}  // namespace writ
