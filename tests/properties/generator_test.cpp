// The generator itself: what it makes is sound, and nothing that agreements can say is missing from it.
#include <doctest/doctest.h>

#include <map>

#include "interpret/interpret.h"
#include "ir/print.h"
#include "ir/verify.h"
#include "properties/generator.h"

namespace writ::properties {
namespace {

constexpr uint64_t most_seeds = 250;

TEST_CASE("random agreements keep every promise of the ir") {
  for (uint64_t seed = 1; seed <= most_seeds; ++seed) {
    const ir::Agreement agreement = random_agreement(seed);
    for (const std::string& broken : ir::verify(agreement)) FAIL_CHECK("seed " << seed << ": " << broken);
  }
}

TEST_CASE("the same seed gives the same agreement and the same facts") {
  const ir::Agreement a = random_agreement(5), b = random_agreement(5);
  CHECK(ir::print(a) == ir::print(b));
  CHECK(print(a, random_facts(a, 6)) == print(b, random_facts(b, 6)));
  CHECK(ir::print(random_agreement(7)) != ir::print(a));
}

TEST_CASE("every operation, state, fault and outcome occurs") {
  std::map<std::string, int> ops;
  std::map<value::State, int> states;
  std::map<value::Fault, int> faults;
  std::map<value::i128, int> rights, credits;
  int wide = 0, many_cases = 0, intervals = 0, ratios = 0, two_passes = 0;
  for (uint64_t seed = 1; seed <= most_seeds; ++seed) {
    const ir::Agreement agreement = random_agreement(seed);
    two_passes += agreement.passes > 1;
    for (const ir::Expr& expr : agreement.exprs) ++ops[std::string(ir::name_of(expr.op))];
    for (const ir::Definition& definition : agreement.definitions) many_cases += definition.cases.size() > 64;
    const Observed seen = observe(*interpret::make_interpreter(agreement), random_facts(agreement, seed));
    const auto count = [&](const value::Value& v) {
      ++states[v.state];
      ++faults[v.fault];
      wide += v.state == value::State::given && (v.lo > INT64_MAX || v.lo < INT64_MIN);
      intervals += v.state == value::State::given && !value::is_certain(v);
      ratios += v.lo_den != 1;
    };
    for (const evaluate::RecordOutputs& outputs : seen.outputs) {
      for (const auto& column : outputs.values) std::for_each(column.begin(), column.end(), count);
    }
    for (const auto& values : seen.results.values) std::for_each(values.begin(), values.end(), count);
    for (const auto& right : seen.results.rights) ++rights[right.state.state == value::State::given ? right.state.lo : -1];
    for (const auto& of_credit : seen.results.credits) {
      for (const auto& credit : of_credit) ++credits[credit.state.state == value::State::given ? credit.state.lo : -1];
    }
  }
  for (int op = 0; op <= static_cast<int>(ir::Op::prorate); ++op) {
    const std::string name(ir::name_of(static_cast<ir::Op>(op)));
    CHECK_MESSAGE(ops[name] > 0, name);
  }
  for (int state = 0; state <= static_cast<int>(value::State::fault); ++state) CHECK_MESSAGE(states[static_cast<value::State>(state)] > 0, state);
  for (int fault = 0; fault <= static_cast<int>(value::Fault::order); ++fault) {
    // An absent value is never computed with, in what check lets pass and in what is generated here.
    const bool impossible = fault == static_cast<int>(value::Fault::absent);
    CHECK_MESSAGE((faults[static_cast<value::Fault>(fault)] > 0) == !impossible, fault);
  }
  for (int state = -1; state < 6; ++state) CHECK_MESSAGE(credits[state] > 0, "credit state ", state);
  for (int state = -1; state < 7; ++state) CHECK_MESSAGE(rights[state] > 0, "right state ", state);
  CHECK(wide > 0);
  CHECK(many_cases > 0);
  CHECK(intervals > 0);
  CHECK(ratios > 0);
  CHECK(two_passes > 0);
}

// Shrinking must keep the difference and drop what has no part in it.
TEST_CASE("facts shrink to the row that matters") {
  const ir::Agreement agreement = random_agreement(3);
  const Facts facts = random_facts(agreement, 3, 40);
  REQUIRE(!facts.batches.empty());
  const auto rows = [](const Facts& some) {
    uint32_t all = 0;
    for (const record::Batch& batch : some.batches) all += batch.rows;
    return all;
  };
  const std::string key = facts.batches[0].columns[0].texts[facts.batches[0].rows / 2];
  const Differs has_key = [&](const Facts& some) -> std::string {
    for (const std::string& each : some.batches[0].columns[0].texts) {
      if (each == key) return "it is there";
    }
    return "";
  };
  const Facts fewest = shrink(facts, has_key);
  CHECK(rows(facts) > 1);
  CHECK(rows(fewest) == 1);
  CHECK(fewest.batches[0].columns[0].texts[0] == key);
  CHECK(fewest.acts.claims.empty());
  // What is left is still whole.
  observe(*interpret::make_interpreter(agreement), fewest);
}

}  // namespace
}  // namespace writ::properties
