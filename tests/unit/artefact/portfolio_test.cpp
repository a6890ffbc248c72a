// Many agreements through the C interface of a rule set that was made ahead of time: each comes to what totals of its own come to; and what a host
// may hand over by mistake is refused with the reason.
#include <doctest/doctest.h>
#include <writ/rules.h>

#include <atomic>
#include <cstring>
#include <string>
#include <thread>

#include "describe/describe.h"
#include "driver/pipeline.h"
#include "plan/plan.h"
#include "properties/generator.h"
#include "support/artefact.h"
#include "support/host_batch.h"

namespace writ {
namespace {

constexpr uint32_t agreements = 7;

struct Opened {
  testing::Artefact artefact;
  writ_evaluator* rules = nullptr;
  Opened(const ir::Agreement& agreement, const source::SourceMap& sources) {
    artefact = testing::build_artefact(plan::make_plan(agreement), explain::save_description(describe::describe(agreement, sources, "test")), 0);
    REQUIRE(writ_open(reinterpret_cast<const writ_rules*>(artefact.rules), &rules) == WRIT_OK);
  }
  ~Opened() { writ_evaluator_free(rules); }
};

std::unique_ptr<driver::Program> plain_program(uint64_t seed) {
  auto program = std::make_unique<driver::Program>();
  driver::load_program_text("plain.writ", properties::plain_source(seed), *program);
  REQUIRE(program->sink.errors == 0);
  return program;
}

std::string reason(const writ_portfolio* portfolio) {
  char text[300];
  REQUIRE(writ_portfolio_error(portfolio, text, sizeof text, nullptr) == WRIT_OK);
  return text;
}

// Parameters as words: of all agreements but the last one in their ranges.
std::vector<int64_t> some_params(const ir::Agreement& agreement, properties::Dice& dice) {
  std::vector<int64_t> words;
  for (uint32_t a = 0; a < agreements; ++a) {
    for (const ir::Param& param : agreement.params) {
      const bool inside = a + 1 < agreements && param.type.has_range;
      const int64_t low = inside ? static_cast<int64_t>(param.type.low) : -1000, high = inside ? static_cast<int64_t>(param.type.high) : 1000;
      const int64_t number = dice.between(low, high);
      words.insert(words.end(), {number, number < 0 ? -1 : 0});
    }
  }
  return words;
}

writ_portfolio_inputs inputs_of(const ir::Agreement& agreement, int64_t as_of, const std::vector<int64_t>& params) {
  writ_portfolio_inputs inputs{};
  inputs.size = sizeof inputs;
  inputs.as_of = as_of;
  inputs.agreement_count = agreements;
  inputs.param_count = agreement.params.size();
  inputs.params = params.data();
  return inputs;
}

writ_acts acts_of(std::vector<writ_act>& memory, const evaluate::Acts& acts) {
  const auto add = [&](const std::vector<evaluate::Act>& from) {
    for (const evaluate::Act& act : from) memory.push_back({act.at, act.by, act.of, act.has_period, act.period_date});
    return from.size();
  };
  writ_acts out{};
  out.size = sizeof out;
  out.claim_count = add(acts.claims);
  out.notice_count = add(acts.notices);
  out.payment_count = add(acts.payments);
  out.exercise_count = add(acts.exercises);
  out.claims = memory.data();
  out.notices = out.claims + out.claim_count;
  out.payments = out.notices + out.notice_count;
  out.exercises = out.payments + out.payment_count;
  return out;
}

bool same(const writ_value& a, const writ_value& b) { return std::memcmp(&a, &b, sizeof a) == 0; }

// Every number that results have.
void check_results(const writ_evaluator* rules, const writ_results* alone, const writ_results* together) {
  writ_value a{}, b{};
  for (uint32_t d = 0; d < writ_definition_count(rules); ++d) {
    for (uint32_t p = 0; p < writ_period_count(rules, d); ++p) {
      REQUIRE(writ_result_value(alone, d, p, &a) == WRIT_OK);
      REQUIRE(writ_result_value(together, d, p, &b) == WRIT_OK);
      CHECK(same(a, b));
    }
  }
  for (uint32_t c = 0; c < writ_credit_count(rules); ++c) {
    for (uint32_t p = 0; writ_result_credit(alone, c, p, &a) == WRIT_OK; ++p) {
      REQUIRE(writ_result_credit(together, c, p, &b) == WRIT_OK);
      CHECK(same(a, b));
    }
  }
  for (uint32_t r = 0; r < writ_right_count(rules); ++r) {
    REQUIRE(writ_result_right(alone, r, &a) == WRIT_OK);
    REQUIRE(writ_result_right(together, r, &b) == WRIT_OK);
    CHECK(same(a, b));
  }
  for (uint32_t r = 0; r < writ_record_count(rules); ++r) {
    int64_t x[5], y[5];
    REQUIRE(writ_result_records(alone, r, x) == WRIT_OK);
    REQUIRE(writ_result_records(together, r, y) == WRIT_OK);
    CHECK(std::memcmp(x, y, sizeof x) == 0);
  }
}

// The columns of one record type, taken out.
struct Outputs {
  std::vector<std::vector<int64_t>> numbers;
  std::vector<std::vector<uint8_t>> states;
  std::vector<writ_output> outputs;

  Outputs(const writ_evaluator* rules, uint32_t record, uint32_t rows) {
    for (uint32_t d = 0; d < writ_definition_count(rules); ++d) {
      writ_about about{};
      about.size = sizeof about;
      REQUIRE(writ_about_definition(rules, d, &about) == WRIT_OK);
      if (about.per != WRIT_PER_RECORD || about.record != record) continue;
      writ_output output{};
      output.size = sizeof output;
      output.definition = d;
      output.width = 8;
      output.values = numbers.emplace_back(rows).data();
      output.states = states.emplace_back(rows).data();
      outputs.push_back(output);
    }
  }
};

void compare(const ir::Agreement& agreement, const source::SourceMap& sources, const properties::Facts& facts, uint64_t seed) {
  const Opened opened(agreement, sources);
  const writ_evaluator* rules = opened.rules;
  properties::Dice dice{seed};
  const std::vector<int64_t> params = some_params(agreement, dice);
  const writ_portfolio_inputs inputs = inputs_of(agreement, facts.inputs.as_of, params);
  writ_portfolio* parts[2] = {nullptr, nullptr};
  for (writ_portfolio*& part : parts) REQUIRE(writ_portfolio_new(rules, &inputs, &part) == WRIT_OK);
  writ_totals* totals[agreements] = {};
  for (uint32_t a = 0; a < agreements; ++a) {
    writ_inputs own{};
    own.size = sizeof own;
    own.as_of = inputs.as_of;
    own.param_count = inputs.param_count;
    own.params = params.data() + 2 * size_t{a} * inputs.param_count;
    REQUIRE(writ_totals_new(rules, &own, &totals[a]) == WRIT_OK);
  }
  for (size_t i = 0; i < facts.batches.size(); ++i) {
    const record::Batch& batch = facts.batches[i];
    std::vector<uint32_t> whose(batch.rows);
    for (uint32_t& one : whose) one = static_cast<uint32_t>(dice.below(dice.one_in(200) ? agreements : agreements - 1));
    const testing::HostBatch host(batch);
    Outputs together(rules, batch.record, batch.rows), alone(rules, batch.record, 1);
    REQUIRE(writ_portfolio_update(rules, parts[i % 2], &host.batch, whose.data(), together.outputs.data(), together.outputs.size()) == WRIT_OK);
    for (uint32_t row = 0; row < batch.rows; ++row) {
      const record::Batch one = properties::slice(batch, row, row + 1);
      const testing::HostBatch single(one);
      REQUIRE(writ_update(rules, totals[whose[row]], 0, &single.batch, alone.outputs.data(), alone.outputs.size()) == WRIT_OK);
      for (size_t d = 0; d < alone.outputs.size(); ++d) {
        CHECK(alone.states[d][0] == together.states[d][row]);
        if (alone.states[d][0] == WRIT_GIVEN) CHECK(alone.numbers[d][0] == together.numbers[d][row]);
      }
    }
  }
  REQUIRE(writ_portfolio_combine(rules, parts[0], parts[1]) == WRIT_OK);
  writ_portfolio_free(parts[1]);
  REQUIRE(writ_portfolio_close(rules, parts[0]) == WRIT_OK);
  std::vector<writ_act> memory;
  memory.reserve(1000);
  const writ_acts acts = acts_of(memory, facts.acts);
  // A closed portfolio is read by several threads.
  writ_results* results[agreements] = {};
  std::atomic<uint32_t> next{0}, failed{0};
  const auto finish = [&] {
    for (uint32_t a = next++; a < agreements; a = next++) failed += writ_portfolio_finish(rules, parts[0], a, &acts, &results[a]) != WRIT_OK;
  };
  std::thread other(finish);
  finish();
  other.join();
  REQUIRE(failed == 0);
  for (uint32_t a = 0; a < agreements; ++a) {
    CAPTURE(a);
    writ_results* own = nullptr;
    REQUIRE(writ_close_pass(rules, totals[a], 0) == WRIT_OK);
    REQUIRE(writ_finish(rules, totals[a], &acts, &own) == WRIT_OK);
    check_results(rules, own, results[a]);
    writ_results_free(own);
    writ_results_free(results[a]);
    writ_totals_free(totals[a]);
  }
  writ_portfolio_free(parts[0]);
}

TEST_CASE("agreements evaluated together through the C interface come to what each comes to alone") {
  for (uint64_t seed = 301; seed < 304; ++seed) {
    CAPTURE(seed);
    const auto program = plain_program(seed);
    compare(program->agreement, program->sources, properties::plain_facts(program->agreement, seed, 500, 100), seed);
  }
  int tried = 0;
  for (uint64_t seed = 311; tried < 3; ++seed) {
    CAPTURE(seed);
    const ir::Agreement agreement = properties::random_agreement(seed);
    if (agreement.passes > 1) continue;
    ++tried;
    compare(agreement, {}, properties::random_facts(agreement, seed), seed);
  }
}

TEST_CASE("what a host may hand over by mistake is refused") {
  const auto program = plain_program(301), another_program = plain_program(302);
  const ir::Agreement& agreement = program->agreement;
  const Opened opened(agreement, program->sources), other(another_program->agreement, another_program->sources);
  const writ_evaluator* rules = opened.rules;
  const properties::Facts facts = properties::plain_facts(agreement, 301, 200, 40);
  properties::Dice dice{1};
  const std::vector<int64_t> params = some_params(agreement, dice);
  const writ_portfolio_inputs good = inputs_of(agreement, facts.inputs.as_of, params);
  writ_portfolio *portfolio = nullptr, *another = nullptr;

  CHECK(writ_portfolio_new(nullptr, &good, &portfolio) == WRIT_BAD_ARGUMENT);
  CHECK(writ_portfolio_new(rules, nullptr, &portfolio) == WRIT_BAD_ARGUMENT);
  CHECK(writ_portfolio_new(rules, &good, nullptr) == WRIT_BAD_ARGUMENT);
  writ_portfolio_inputs bad = good;
  bad.size -= 1;
  CHECK(writ_portfolio_new(rules, &bad, &portfolio) == WRIT_BAD_ARGUMENT);
  bad = good;
  bad.param_count += 1;
  CHECK(writ_portfolio_new(rules, &bad, &portfolio) == WRIT_BAD_ARGUMENT);
  char text[300];
  REQUIRE(writ_error(rules, text, sizeof text, nullptr) == WRIT_OK);
  CHECK(std::string(text) == "the rule set has " + std::to_string(agreement.params.size()) + " parameters");
  bad = good;
  bad.params = nullptr;
  CHECK(writ_portfolio_new(rules, &bad, &portfolio) == (agreement.params.empty() ? WRIT_OK : WRIT_BAD_ARGUMENT));
  CHECK(portfolio == nullptr);

  REQUIRE(writ_portfolio_new(rules, &good, &portfolio) == WRIT_OK);
  REQUIRE(facts.batches.front().rows > 1);
  const testing::HostBatch host(facts.batches.front());
  std::vector<uint32_t> whose(host.batch.rows, 1);
  CHECK(writ_portfolio_update(rules, nullptr, &host.batch, whose.data(), nullptr, 0) == WRIT_BAD_ARGUMENT);
  CHECK(writ_portfolio_update(rules, portfolio, nullptr, whose.data(), nullptr, 0) == WRIT_BAD_ARGUMENT);
  CHECK(writ_portfolio_update(rules, portfolio, &host.batch, nullptr, nullptr, 0) == WRIT_BAD_ARGUMENT);
  CHECK(writ_portfolio_update(rules, portfolio, &host.batch, whose.data(), nullptr, 1) == WRIT_BAD_ARGUMENT);
  CHECK(writ_portfolio_update(other.rules, portfolio, &host.batch, whose.data(), nullptr, 0) == WRIT_FOREIGN_STATE);
  whose[1] = agreements;
  CHECK(writ_portfolio_update(rules, portfolio, &host.batch, whose.data(), nullptr, 0) == WRIT_BAD_ARGUMENT);
  CHECK(reason(portfolio) == "row 1 is of agreement 7; there are 7");
  whose[1] = WRIT_NOWHERE;
  CHECK(writ_portfolio_update(rules, portfolio, &host.batch, whose.data(), nullptr, 0) == WRIT_BAD_ARGUMENT);
  whose[1] = agreements - 1;
  writ_batch short_batch = host.batch;
  short_batch.column_count -= 1;
  CHECK(writ_portfolio_update(rules, portfolio, &short_batch, whose.data(), nullptr, 0) == WRIT_BAD_ARGUMENT);
  short_batch = host.batch;
  short_batch.rows = 0;
  CHECK(writ_portfolio_update(rules, portfolio, &short_batch, nullptr, nullptr, 0) == WRIT_OK);
  CHECK(writ_portfolio_update(rules, portfolio, &host.batch, whose.data(), nullptr, 0) == WRIT_OK);

  CHECK(writ_portfolio_combine(rules, portfolio, portfolio) == WRIT_BAD_ARGUMENT);
  CHECK(writ_portfolio_combine(rules, portfolio, nullptr) == WRIT_BAD_ARGUMENT);
  bad = good;
  bad.agreement_count = agreements - 1;
  REQUIRE(writ_portfolio_new(rules, &bad, &another) == WRIT_OK);
  CHECK(writ_portfolio_combine(rules, portfolio, another) == WRIT_BAD_ARGUMENT);
  CHECK(reason(portfolio) == "the portfolios were begun with different agreements or as-of instants");
  REQUIRE(writ_portfolio_close(rules, another) == WRIT_OK);
  CHECK(writ_portfolio_combine(rules, portfolio, another) == WRIT_WRONG_PASS);
  writ_portfolio_free(another);

  writ_results* results = nullptr;
  CHECK(writ_portfolio_finish(rules, portfolio, 0, nullptr, &results) == WRIT_WRONG_PASS);
  CHECK(reason(portfolio) == "the portfolio is not closed");
  CHECK(writ_portfolio_close(other.rules, portfolio) == WRIT_FOREIGN_STATE);
  REQUIRE(writ_portfolio_close(rules, portfolio) == WRIT_OK);
  CHECK(writ_portfolio_close(rules, portfolio) == WRIT_WRONG_PASS);
  CHECK(writ_portfolio_update(rules, portfolio, &host.batch, whose.data(), nullptr, 0) == WRIT_WRONG_PASS);
  CHECK(writ_portfolio_finish(rules, portfolio, agreements, nullptr, &results) == WRIT_BAD_ARGUMENT);
  CHECK(reason(portfolio) == "there are 7 agreements");
  CHECK(writ_portfolio_finish(rules, portfolio, 0, nullptr, nullptr) == WRIT_BAD_ARGUMENT);
  CHECK(writ_portfolio_finish(other.rules, portfolio, 0, nullptr, &results) == WRIT_FOREIGN_STATE);
  writ_acts acts{};
  CHECK(writ_portfolio_finish(rules, portfolio, 0, &acts, &results) == WRIT_BAD_ARGUMENT);
  acts.size = sizeof acts;
  acts.claim_count = 1;
  CHECK(writ_portfolio_finish(rules, portfolio, 0, &acts, &results) == WRIT_BAD_ARGUMENT);
  CHECK(results == nullptr);
  CHECK(writ_portfolio_finish(rules, portfolio, 0, nullptr, &results) == WRIT_OK);
  writ_results_free(results);
  writ_portfolio_free(portfolio);
  writ_portfolio_free(nullptr);
  CHECK(writ_portfolio_error(nullptr, text, sizeof text, nullptr) == WRIT_BAD_ARGUMENT);
}

TEST_CASE("a rule set of several passes has no portfolio, and says why") {
  for (uint64_t seed = 1;; ++seed) {
    const ir::Agreement agreement = properties::random_agreement(seed);
    if (agreement.passes == 1) continue;
    const Opened opened(agreement, {});
    const std::vector<int64_t> params(2 * agreements * agreement.params.size());
    const writ_portfolio_inputs inputs = inputs_of(agreement, 0, params);
    writ_portfolio* portfolio = nullptr;
    CHECK(writ_portfolio_new(opened.rules, &inputs, &portfolio) == WRIT_BAD_ARGUMENT);
    CHECK(portfolio == nullptr);
    char text[300];
    REQUIRE(writ_error(opened.rules, text, sizeof text, nullptr) == WRIT_OK);
    CHECK(std::string(text).find(" passes over the facts; its agreements are evaluated one by one, with writ_totals_new") != std::string::npos);
    return;
  }
}

}  // namespace
}  // namespace writ
