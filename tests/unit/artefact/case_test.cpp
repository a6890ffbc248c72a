// One record at a time gives what a batch gives, and an explanation says which cases held and where an error arose.
#include <doctest/doctest.h>
#include <writ/rules.h>

#include <nlohmann/json.hpp>
#include <set>

#include "describe/describe.h"
#include "driver/pipeline.h"
#include "driver/record_view.h"
#include "evaluate/abi_handles.h"
#include "interpret/interpret.h"
#include "plan/plan.h"
#include "properties/generator.h"
#include "properties/single_rows.h"
#include "support/artefact.h"
#include "support/host_batch.h"
#include "unit/plan/source.h"

namespace writ {
namespace {

testing::Artefact artefact_of(const ir::Agreement& agreement, const source::SourceMap& sources) {
  return testing::build_artefact(plan::make_plan(agreement), explain::save_description(describe::describe(agreement, sources, "test")), 0);
}

struct Evaluator {
  writ_evaluator* handle = nullptr;
  explicit Evaluator(const testing::Artefact& artefact) { REQUIRE(writ_open(reinterpret_cast<const writ_rules*>(artefact.rules), &handle) == WRIT_OK); }
  ~Evaluator() { writ_evaluator_free(handle); }
};

bool same(const writ_value& a, const value::Value& b) {
  value::Value v;
  return evaluate::from_c_value(a, v) && v == b;
}

// Every row of every batch, alone and in its batch.
void compare(uint64_t seed) {
  const ir::Agreement agreement = properties::random_agreement(seed);
  const testing::Artefact artefact = artefact_of(agreement, {});
  const Evaluator rules(artefact);
  const evaluate::CompiledEngine& engine = *rules.handle->engine;
  const properties::Facts facts = properties::random_facts(agreement, seed);
  writ_totals totals;
  totals.totals = engine.init(facts.inputs);
  std::memcpy(totals.rules, engine.program().tables.rules, sizeof totals.rules);
  const int last = engine.passes() - 1;
  for (int pass = 0; pass < last; ++pass) {
    for (const record::Batch& batch : facts.batches) engine.update(*totals.totals, pass, batch, nullptr);
    engine.close_pass(*totals.totals, pass);
  }
  const std::vector<std::byte> before = engine.save(*totals.totals);
  for (const record::Batch& batch : facts.batches) {
    evaluate::RecordOutputs outputs;
    engine.update(*engine.fork(*totals.totals), last, batch, &outputs);
    const testing::HostBatch host(batch);
    writ_case* one = nullptr;
    REQUIRE(writ_case_new(rules.handle, &totals, batch.record, &one) == WRIT_OK);
    const std::vector<uint32_t>& order = engine.program().tables.records[batch.record].definitions;
    for (uint32_t row = 0; row < batch.rows; ++row) {
      REQUIRE(writ_case_of_batch(one, &host.batch, row) == WRIT_OK);
      CHECK(writ_case_part(one) == static_cast<uint32_t>(outputs.admission[row]));
      for (size_t place = 0; place < order.size(); ++place) {
        writ_value value{};
        uint64_t held = 0;
        REQUIRE(writ_case_value(one, order[place], &value) == WRIT_OK);
        REQUIRE(writ_case_held(one, order[place], &held) == WRIT_OK);
        CHECK(same(value, outputs.values[place][row]));
        CHECK(held == outputs.held[place][row]);
      }
      size_t size = 0;
      REQUIRE(writ_case_explain(one, WRIT_JSON, nullptr, 0, &size) == WRIT_OK);
      std::string text(size, '\0');
      REQUIRE(writ_case_explain(one, WRIT_JSON, text.data(), size, &size) == WRIT_OK);
      CHECK(nlohmann::json::accept(text.substr(0, size - 1)));
    }
    CHECK(writ_case_of_batch(one, &host.batch, batch.rows) == WRIT_BAD_ARGUMENT);
    CHECK(writ_case_as_of(one, 0) == (engine.passes() == 1 ? WRIT_OK : WRIT_BAD_ARGUMENT));
    writ_case_free(one);
  }
  CHECK(engine.save(*totals.totals) == before);  // nothing of a case is in any total
}

// The code for one row, of the definitions that hosts take as columns and of all, at every level of processor.
TEST_CASE("one record alone comes out as the interpreter says") {
  size_t rows = 0, usual = 0;
  for (uint64_t seed = 301; seed < 307; ++seed) {
    CAPTURE(seed);
    driver::Program program;
    driver::load_program_text("random.writ", properties::random_source(seed), program);
    REQUIRE(program.sink.errors == 0);
    const testing::Artefact artefact = artefact_of(program.agreement, program.sources);
    const auto oracle = interpret::make_interpreter(program.agreement);
    const properties::Facts facts = properties::made_usual(program.agreement, properties::random_facts(program.agreement, seed), seed);
    const Evaluator rules(artefact);
    const properties::SingleRows seen = properties::compare_single_rows(*rules.handle, facts, properties::observe(*oracle, facts), seed);
    CHECK(seen.difference == "");
    rows += seen.rows;
    usual += seen.usual;
  }
  CAPTURE(rows);
  CHECK(usual > 50);
}

std::string outcome(writ_case* one, const writ_row& row, const std::vector<uint32_t>& wanted) {
  std::vector<int64_t> values(wanted.size());
  std::vector<uint8_t> states(wanted.size());
  std::string text = std::to_string(writ_case_decide(one, &row, values.data(), states.data()));
  for (size_t i = 0; i < wanted.size(); ++i) text += " " + std::to_string(states[i]) + ":" + (states[i] == WRIT_GIVEN ? std::to_string(values[i]) : "-");
  return text;
}

// Instants before anything can have happened, usual ones, ones with a fraction, and ones that no code for one row knows.
TEST_CASE("a case whose as-of instant moves on comes to what a new case comes to") {
  driver::Program program;
  driver::load_program_text("test.writ", plan::testing::header + R"(
record Ticket since opened {
  opened   : instant
  answered : instant or not yet
}
clause 1 "Answers" {
  commitment Answer for Ticket by Desk {
    from opened until answered
    within 4 hours
  }
}
)",
                            program);
  REQUIRE(program.sink.errors == 0);
  const testing::Artefact artefact = artefact_of(program.agreement, program.sources);
  const Evaluator rules(artefact);
  const uint32_t ticket = writ_find_record(rules.handle, "Ticket");
  const std::vector<uint32_t> wanted = {writ_find_definition(rules.handle, "Answer"), writ_find_definition(rules.handle, "Answer.due")};
  const auto case_as_of = [&](int64_t as_of) {
    writ_inputs inputs{};
    inputs.size = sizeof inputs;
    inputs.as_of = as_of;
    writ_totals* totals = nullptr;
    writ_case* one = nullptr;
    REQUIRE(writ_totals_new(rules.handle, &inputs, &totals) == WRIT_OK);
    REQUIRE(writ_case_new(rules.handle, totals, ticket, &one) == WRIT_OK);
    writ_totals_free(totals);
    REQUIRE(writ_case_want(one, wanted.data(), wanted.size()) == WRIT_OK);
    return one;
  };
  const int64_t opened = 1770000000000000;
  const int64_t numbers[] = {opened, opened + int64_t{5} * 3600000000};
  const uint8_t given[] = {WRIT_GIVEN, WRIT_GIVEN};
  writ_row row{};
  row.size = sizeof row;
  row.numbers = numbers;
  row.states = given;
  writ_case* moving = case_as_of(opened);
  std::vector<std::string> seen;
  for (const int64_t as_of : {opened - 1, opened, opened + 1, opened + int64_t{4} * 3600000000, opened + int64_t{4} * 3600000000 + 1, numbers[1] - 1,
                              numbers[1], INT64_MAX, int64_t{0}, INT64_MIN, opened + 17}) {
    CAPTURE(as_of);
    REQUIRE(writ_case_row(moving, &row) == WRIT_OK);
    REQUIRE(writ_case_as_of(moving, as_of) == WRIT_OK);
    CHECK(writ_case_part(moving) == WRIT_NOWHERE);
    writ_case* fresh = case_as_of(as_of);
    seen.push_back(outcome(moving, row, wanted));
    CHECK(seen.back() == outcome(fresh, row, wanted));
    writ_case_free(fresh);
  }
  CHECK(std::set<std::string>(seen.begin(), seen.end()).size() >= 3);  // not there yet, pending, missed
  CHECK(writ_case_as_of(nullptr, 0) == WRIT_BAD_ARGUMENT);
  writ_case_free(moving);
}

TEST_CASE("one record alone comes out as in its batch") {
  for (uint64_t seed = 201; seed < 203; ++seed) {
    CAPTURE(seed);
    compare(seed);
  }
}

TEST_CASE("an explanation says which case decided, what was overridden, and where an error arose") {
  driver::Program program;
  driver::load_program_text("test.writ", plan::testing::header + R"(
record Item since at {
  at    : instant
  price : money in GBP 0.00..GBP 10.00
  many  : 0..5
  name  : text
}
clause 3 "Shares" {
  rule each per Item = rounded(price / many, 2)
  rule kind per Item {
    base 0
    case some          : 1 when many > 0
    case all overrides some : 2 when many = 5
  }
}
)",
                            program);
  REQUIRE(program.sink.errors == 0);
  const testing::Artefact artefact = artefact_of(program.agreement, program.sources);
  const Evaluator rules(artefact);
  writ_inputs inputs{};
  inputs.size = sizeof inputs;
  inputs.as_of = 1770000000000000;
  writ_totals* totals = nullptr;
  REQUIRE(writ_totals_new(rules.handle, &inputs, &totals) == WRIT_OK);
  writ_case* one = nullptr;
  const uint32_t item = writ_find_record(rules.handle, "Item");
  REQUIRE(writ_case_new(rules.handle, totals, item, &one) == WRIT_OK);
  char text[2000];
  CHECK(writ_case_explain(one, WRIT_TEXT, text, sizeof text, nullptr) == WRIT_BAD_ARGUMENT);  // nothing yet
  int64_t numbers[4] = {1768000000000000, 1000, 5, 77};
  const char* texts[4] = {nullptr, nullptr, nullptr, "a \"name\""};
  writ_row row{};
  row.size = sizeof row;
  row.numbers = numbers;
  row.texts = texts;
  REQUIRE(writ_case_row(one, &row) == WRIT_OK);
  REQUIRE(writ_case_explain(one, WRIT_TEXT, text, sizeof text, nullptr) == WRIT_OK);
  CHECK(std::string(text) == R"(Item, as of Mon 2026-02-02 02:40: in the term
  at: Fri 2026-01-09 23:06:40
  price: GBP 10.00
  many: 5
  name: a "name"

each = GBP 2.00
  clause 3 "Shares", `each per Item = rounded(price / many, 2)`

kind = 2
  clause 3 "Shares"
  holds, and is overridden: `case some : 1 when many > 0`
  decides: `case all overrides some : 2 when many = 5`
)");
  numbers[2] = 0;
  row.texts = nullptr;
  REQUIRE(writ_case_row(one, &row) == WRIT_OK);
  REQUIRE(writ_case_explain(one, WRIT_TEXT, text, sizeof text, nullptr) == WRIT_OK);
  const std::string explained = text;
  CHECK(explained.find("  name: text 77\n") != std::string::npos);
  CHECK(explained.find("each = error: ") != std::string::npos);
  CHECK(explained.find("in each, `each per Item = rounded(price / many, 2)`, clause 3 \"Shares\"") != std::string::npos);
  REQUIRE(writ_case_explain(one, WRIT_JSON, text, sizeof text, nullptr) == WRIT_OK);
  CHECK(nlohmann::json::parse(text)["definitions"][0].contains("error"));
  numbers[0] = inputs.as_of + 1;
  REQUIRE(writ_case_row(one, &row) == WRIT_OK);
  CHECK(writ_case_part(one) == WRIT_AFTER_AS_OF);
  const uint8_t states[4] = {WRIT_UNKNOWN, 0, 0, 0};
  row.states = states;
  REQUIRE(writ_case_row(one, &row) == WRIT_OK);
  CHECK(writ_case_part(one) == WRIT_UNDATED);
  const uint8_t bad_states[4] = {9, 0, 0, 0};
  row.states = bad_states;
  CHECK(writ_case_row(one, &row) == WRIT_BAD_ARGUMENT);
  CHECK(writ_case_error(one, text, sizeof text, nullptr) == WRIT_OK);
  CHECK(std::string(text) == "field 0 has a state that facts do not have");
  writ_case_free(one);
  writ_totals_free(totals);
}

std::string explanation(const writ_case* one, uint32_t format) {
  size_t size = 0;
  REQUIRE(writ_case_explain(one, format, nullptr, 0, &size) == WRIT_OK);
  std::string text(size, '\0');
  REQUIRE(writ_case_explain(one, format, text.data(), size, &size) == WRIT_OK);
  text.pop_back();
  return text;
}

struct Program {
  driver::Program program;
  explicit Program(const std::string& source) {
    driver::load_program_text("test.writ", source, program);
    for (const diag::Diagnostic& diagnostic : program.sink.diagnostics) {
      if (diagnostic.kind->severity == diag::Severity::error) FAIL(diag::message_of(diagnostic) << "\n" << source);
    }
  }
};

struct Seen {
  int clocks = 0, paused = 0, in_days = 0, faults = 0;
};

// How each record's clocks ran, by the rule set alone and by `writ why`.
void compare_accounts(uint64_t seed, Seen& seen) {
  const Program source(properties::random_source(seed));
  const ir::Agreement& agreement = source.program.agreement;
  const testing::Artefact artefact = artefact_of(agreement, source.program.sources);
  const Evaluator rules(artefact);
  const properties::Facts facts = properties::random_facts(agreement, seed);
  const auto interpreter = interpret::make_interpreter(agreement);
  const evaluate::CompiledEngine& engine = *rules.handle->engine;
  writ_totals totals;
  totals.totals = engine.init(facts.inputs);
  std::memcpy(totals.rules, engine.program().tables.rules, sizeof totals.rules);
  auto traced = interpreter->init(facts.inputs);
  for (int pass = 0; pass + 1 < engine.passes(); ++pass) {
    for (const record::Batch& batch : facts.batches) {
      engine.update(*totals.totals, pass, batch, nullptr);
      interpreter->update(*traced, pass, batch, nullptr);
    }
    engine.close_pass(*totals.totals, pass);
    interpreter->close_pass(*traced, pass);
  }
  for (const record::Batch& batch : facts.batches) {
    const testing::HostBatch host(batch);
    writ_case* one = nullptr;
    REQUIRE(writ_case_new(rules.handle, &totals, batch.record, &one) == WRIT_OK);
    for (uint32_t row = 0; row < batch.rows; ++row) {
      const record::Batch alone = properties::slice(batch, row, row + 1);
      const interpret::RecordTrace trace = interpret::trace_record(*interpreter, *traced, alone, 0);
      const render::RecordView view = driver::view_of(agreement, source.program.sources, alone, trace, facts.inputs, "");
      REQUIRE(writ_case_of_batch(one, &host.batch, row) == WRIT_OK);
      const auto theirs = nlohmann::json::parse(render::why_json(agreement, view))["commitments"];
      const auto ours = nlohmann::json::parse(explanation(one, WRIT_JSON))["commitments"];
      CHECK(ours == theirs);
      for (const auto& account : ours) {
        seen.clocks += account.contains("clock");
        seen.in_days += account.contains("unit") && account["unit"] == "days";
        seen.paused += account.dump().find("\"paused\"") != std::string::npos;
        seen.faults += account.dump().find("error: ") != std::string::npos;
      }
    }
    writ_case_free(one);
  }
}

TEST_CASE("a rule set accounts for clocks as `writ why` does") {
  Seen seen;
  for (uint64_t seed = 1; seed <= 16; ++seed) {
    CAPTURE(seed);
    compare_accounts(seed, seen);
  }
  CHECK(seen.clocks > 25);
  CHECK(seen.paused > 3);
  CHECK(seen.in_days > 5);
  CHECK(seen.faults > 0);
}

TEST_CASE("an explanation shows how the clock ran, and for how long it stood still") {
  const Program source(plan::testing::header + R"(
calendar Office default { open Mon..Fri 09:00..17:00 }
enum Status { working, waiting }
record Ticket since opened {
  id     : int, key
  opened : instant
  closed : instant or not yet
}
history of Ticket { at : instant, status : Status }
clause 1 "Repairs" {
  commitment Repair for Ticket by Desk {
    from opened until closed
    within 3 business hours
    paused while status = waiting
  }
}
)");
  const testing::Artefact artefact = artefact_of(source.program.agreement, source.program.sources);
  const Evaluator rules(artefact);
  constexpr int64_t hour = 3600000000, friday = 1767949200000000;  // 2026-01-09 09:00
  writ_inputs inputs{};
  inputs.size = sizeof inputs;
  inputs.as_of = friday + 100 * hour;
  writ_totals* totals = nullptr;
  REQUIRE(writ_totals_new(rules.handle, &inputs, &totals) == WRIT_OK);
  writ_case* one = nullptr;
  REQUIRE(writ_case_new(rules.handle, totals, writ_find_record(rules.handle, "Ticket"), &one) == WRIT_OK);
  const int64_t numbers[3] = {7, friday + 6 * hour, friday + 75 * hour};
  const int64_t history[4] = {friday + 6 * hour, 0, friday + 7 * hour, 1};
  writ_row row{};
  row.size = sizeof row;
  row.numbers = numbers;
  row.history_rows = 2;
  row.history = history;
  REQUIRE(writ_case_row(one, &row) == WRIT_OK);
  // It waits from 16:00 on.
  CHECK(explanation(one, WRIT_TEXT).find(R"(
Repair: met
  clause 1 "Repairs", `within 3 business hours`
  the clock from Fri 2026-01-09 15:00 to Mon 2026-01-12 12:00
    Fri 2026-01-09 15:00 to Fri 2026-01-09 16:00  open     1 h
    Fri 2026-01-09 16:00 to Fri 2026-01-09 17:00  paused   -
    Fri 2026-01-09 17:00 to Mon 2026-01-12 09:00  closed   -
    Mon 2026-01-12 09:00 to Mon 2026-01-12 12:00  paused   -
    total: 1 h
)") != std::string::npos);
  CAPTURE(explanation(one, WRIT_TEXT));
  const int64_t ended[6] = {friday + 6 * hour, 0, friday + 7 * hour, 1, friday + 72 * hour, 0};
  row.history_rows = 3;
  row.history = ended;
  REQUIRE(writ_case_row(one, &row) == WRIT_OK);
  const std::string late = explanation(one, WRIT_TEXT);
  CHECK_MESSAGE(late.find("Repair: missed\n") != std::string::npos, late);
  CHECK_MESSAGE(late.find("used 4 h of 3 h, 1 h too many\n") != std::string::npos, late);
  const auto data = nlohmann::json::parse(explanation(one, WRIT_JSON))["commitments"][0];
  CHECK(data["used"] == 4 * hour);
  CHECK(data["allowed"] == 3 * hour);
  CHECK(data["clock"].size() == 4);
  CHECK(data["clock"][1]["kind"] == "paused");
  writ_case_free(one);
  writ_totals_free(totals);
}

// A case is evaluated in a state of its own that is made again now and then.
TEST_CASE("many cases through one handle") {
  driver::Program program;
  driver::load_program_text("test.writ", plan::testing::header + R"(
record Item since at { at : instant, n : 0..100 }
clause 1 "Rules" {
  rule twice per Item = n * 2
  rule all per agreement = sum(twice over Item)
}
)",
                            program);
  REQUIRE(program.sink.errors == 0);
  const testing::Artefact artefact = artefact_of(program.agreement, program.sources);
  const Evaluator rules(artefact);
  writ_inputs inputs{};
  inputs.size = sizeof inputs;
  inputs.as_of = 1770000000000000;
  writ_totals* totals = nullptr;
  REQUIRE(writ_totals_new(rules.handle, &inputs, &totals) == WRIT_OK);
  writ_case* one = nullptr;
  REQUIRE(writ_case_new(rules.handle, totals, writ_find_record(rules.handle, "Item"), &one) == WRIT_OK);
  const uint32_t twice = writ_find_definition(rules.handle, "twice");
  for (int64_t n = 0; n < 10000; ++n) {
    const int64_t numbers[2] = {1768000000000000, n % 101};
    writ_row row{};
    row.size = sizeof row;
    row.numbers = numbers;
    writ_value value{};
    REQUIRE(writ_case_row(one, &row) == WRIT_OK);
    REQUIRE(writ_case_value(one, twice, &value) == WRIT_OK);
    REQUIRE(value.lo[0] == 2 * (n % 101));
  }
  writ_case_free(one);
  writ_totals_free(totals);
}

}  // namespace
}  // namespace writ
