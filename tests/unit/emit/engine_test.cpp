// The engine around native code: batches of any size, rows outside their declared ranges, threads, parameters.
#include <pthread.h>

#include <functional>
#include <thread>

#include "emit/emit.h"
#include "interpret/interpret.h"
#include "plan/plan.h"
#include "properties/generator.h"
#include "unit/plan/source.h"
#include "value/civil_text.h"

namespace writ::emit {
namespace {

using evaluate::Inputs;
using value::State;

const std::string body = R"(
param least : int in 0..100 = 3
enum Status { working, waiting, done }
record Ticket since opened {
  opened   : instant
  answered : instant or not yet
  score    : 0..5
  note     : 0..9 or none
  id       : int, key
}
history of Ticket { at : instant, status : Status }
clause 1 "Rules" {
  commitment Answer for Ticket by Desk {
    from opened until answered
    within 3 hours
    paused while status = waiting
  }
  rule fine per Ticket = score + 2 >= least
  metric scores = mean(score) over Ticket where fine, per month of opened
  metric fines  = count() over Ticket where fine, per month of opened
  right Leave of Garden {
    when any 2 consecutive months have at least 3 misses of Answer, with at least 1 in each
    after written notice and 30 days to cure
    cured when no such miss falls due in the cure period
  }
}
)";

constexpr int64_t start = 1767225600ll * 1000000;  // 2026-01-01
constexpr int64_t hour = 3600ll * 1000000;

// Rows one to ninety minutes apart with some histories; every `strange`-th has a score that was not declared.
record::Batch make_batch(const ir::Agreement& agreement, uint32_t rows, uint32_t strange) {
  record::Batch batch;
  for (uint32_t i = 0; i < agreement.records.size(); ++i) {
    if (agreement.records.items[i].name == "Ticket") batch.record = i;
  }
  batch.rows = rows;
  batch.columns.resize(5);
  batch.history.columns.resize(2);
  batch.history.offsets.push_back(0);
  uint64_t seed = 7;
  const auto below = [&](uint64_t n) {
    seed = seed * 6364136223846793005ull + 1442695040888963407ull;
    return static_cast<int64_t>((seed >> 33) % n);
  };
  int64_t opened = start;
  for (uint32_t i = 0; i < rows; ++i) {
    opened += (1 + below(90)) * hour / 60;
    batch.columns[0].values.push_back(opened);
    const bool answered = below(5) != 0;
    batch.columns[1].values.push_back(answered ? opened + below(6 * 60) * hour / 60 - hour / 2 : 0);
    batch.columns[1].states.push_back(answered ? State::given : State::not_yet);
    batch.columns[2].values.push_back(strange != 0 && i % strange == strange - 1 ? 1000 + i : below(6));
    const bool note = below(3) != 0;
    batch.columns[3].values.push_back(note ? below(10) : 0);
    batch.columns[3].states.push_back(note ? State::given : State::none);
    batch.columns[4].values.push_back(i);
    const int64_t changes = below(4);
    int64_t at = opened;
    for (int64_t k = 0; k < changes; ++k) {
      at += below(3) * hour;
      batch.history.columns[0].values.push_back(at);
      batch.history.columns[1].values.push_back(below(3));
    }
    batch.history.offsets.push_back(static_cast<uint32_t>(batch.history.columns[0].values.size()));
    batch.history.tied.push_back(below(40) == 0 ? 1 : 0);
  }
  return batch;
}

properties::Facts facts_of(const ir::Agreement& agreement, uint32_t rows, uint32_t strange, int64_t least = 3) {
  properties::Facts facts;
  facts.inputs.as_of = start + 24 * 200 * hour;
  facts.inputs.params = {value::given(least)};
  facts.batches.push_back(make_batch(agreement, rows, strange));
  return facts;
}

std::string against_interpreter(const ir::Agreement& agreement, const properties::Facts& facts, const EmitOptions& options) {
  const auto native = make_native(plan::make_plan(agreement), options);
  const auto oracle = interpret::make_interpreter(agreement);
  return properties::difference(agreement, properties::observe(*oracle, facts), properties::observe(*native, facts));
}

TEST_CASE("batches that are no whole number of blocks or groups") {
  const ir::Agreement agreement = plan::testing::agreement_of(body);
  for (uint32_t rows : {1u, 63u, 64u, 65u, 1023u, 1024u, 1025u, 3000u}) {
    CAPTURE(rows);
    CHECK(against_interpreter(agreement, facts_of(agreement, rows, 0), {}) == "");
  }
}

TEST_CASE("rows outside their declared range are evaluated as they are") {
  const ir::Agreement agreement = plan::testing::agreement_of(body);
  CHECK(against_interpreter(agreement, facts_of(agreement, 3000, 700), {}) == "");
  CHECK(against_interpreter(agreement, facts_of(agreement, 3000, 1), {}) == "");
}

TEST_CASE("a parameter outside its declared range is used as it is") {
  const ir::Agreement agreement = plan::testing::agreement_of(body);
  CHECK(against_interpreter(agreement, facts_of(agreement, 300, 0, 5000), {}) == "");
}

TEST_CASE("groups of every size, unoptimised and optimised") {
  const ir::Agreement agreement = plan::testing::agreement_of(body);
  for (uint32_t lanes : {1u, 8u, 16u, 32u, 64u}) {
    for (int optimise : {0, 2}) {
      EmitOptions options;
      options.lanes = lanes;
      options.optimise = optimise;
      CAPTURE(lanes);
      CHECK(against_interpreter(agreement, facts_of(agreement, 200, 0), options) == "");
    }
  }
}

TEST_CASE("code is made once, also when several threads need it first") {
  const ir::Agreement agreement = plan::testing::agreement_of(body);
  const properties::Facts facts = facts_of(agreement, 500, 90);
  const auto native = make_native(plan::make_plan(agreement), {});
  const auto oracle = interpret::make_interpreter(agreement);
  std::vector<properties::Observed> seen(4);
  std::vector<std::thread> threads;
  for (properties::Observed& mine : seen) threads.emplace_back([&] { mine = properties::observe(*native, facts); });
  for (std::thread& thread : threads) thread.join();
  const properties::Observed expected = properties::observe(*oracle, facts);
  for (const properties::Observed& mine : seen) CHECK(properties::difference(agreement, expected, mine) == "");
}

// Kilobytes; the least that a system in use gives a thread by itself is 128 (musl). Sanitizers need more of it.
#if defined(__SANITIZE_ADDRESS__) || defined(__clang__)
constexpr size_t stack_times = 8;
#else
constexpr size_t stack_times = 1;
#endif

void with_small_stack(size_t kilobytes, std::function<void()> work) {
  pthread_attr_t attributes;
  REQUIRE(pthread_attr_init(&attributes) == 0);
  REQUIRE(pthread_attr_setstacksize(&attributes, (kilobytes * stack_times) << 10) == 0);
  pthread_t thread;
  const auto run = [](void* given) -> void* {
    (*static_cast<std::function<void()>*>(given))();
    return nullptr;
  };
  REQUIRE(pthread_create(&thread, &attributes, run, &work) == 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

// Fractions are whole values, which lie on the stack of the code that makes them.
TEST_CASE("code for hundreds of fractions needs little stack") {
  std::string rules =
      "param share : int in 1..9 = 7\nrecord Ticket since opened {\n  opened : instant\n  score : 0..5\n  note : 0..9 or none\n}\nclause 1 \"Rules\" {\n";
  rules += "  rule r0 per Ticket = (score + 1) / share\n";
  for (int i = 1; i < 400; ++i) {
    rules += "  rule r" + std::to_string(i) + " per Ticket = if score > " + std::to_string(i % 5) + " then (score + " + std::to_string(i) + ") / share else r" +
             std::to_string(i / 2) + "\n";
  }
  const ir::Agreement agreement = plan::testing::agreement_of(rules + "}\n");
  const properties::Facts facts = properties::random_facts(agreement, 7, 200);
  const auto oracle = interpret::make_interpreter(agreement);
  const properties::Observed expected = properties::observe(*oracle, facts);
  for (const bool general : {false, true}) {
    EmitOptions options;
    options.optimise = 0;
    options.general = general;
    const auto native = make_native(plan::make_plan(agreement), options);
    properties::observe(*native, facts);  // the code is made here: the compiler may take what it needs
    properties::Observed seen;
    with_small_stack(128, [&] { seen = properties::observe(*native, facts); });
    CHECK(properties::difference(agreement, expected, seen) == "");
  }
}

TEST_CASE("code of any agreement needs little stack") {
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    const ir::Agreement agreement = properties::random_agreement(seed);
    const properties::Facts facts = properties::random_facts(agreement, seed, 100);
    EmitOptions options;
    options.optimise = seed % 3 == 0 ? 2 : 0;
    options.general = seed % 2 == 0;
    const auto native = make_native(plan::make_plan(agreement), options);
    const properties::Observed expected = properties::observe(*native, facts);
    properties::Observed seen;
    with_small_stack(256, [&] { seen = properties::observe(*native, facts); });
    CHECK(properties::difference(agreement, expected, seen) == "");
  }
}

TEST_CASE("the text of the code names each stage") {
  const ir::Agreement agreement = plan::testing::agreement_of(body);
  const std::string text = print_native(plan::make_plan(agreement), {});
  CHECK(text.find("_facts0(") != std::string::npos);
  CHECK(text.find("_history0(") != std::string::npos);
  CHECK(text.find("writ_rt_lanes_deadline_elapsed") != std::string::npos);
}

}  // namespace
}  // namespace writ::emit
