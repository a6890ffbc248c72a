// The state of a compiled evaluator: its laws against the interpreter's answers, and what loading refuses.
#include "emit/emit.h"
#include "interpret/interpret.h"
#include "plan/plan.h"
#include "properties/generator.h"
#include "unit/plan/source.h"

namespace writ::emit {
namespace {

std::unique_ptr<evaluate::Engine> engine_of(const ir::Agreement& agreement) { return make_native(plan::make_plan(agreement), {0, 0, {}, false}); }

TEST_CASE("any split, merge order, save and load on the way: what the interpreter says of the whole") {
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    const ir::Agreement agreement = properties::random_agreement(seed);
    const properties::Facts facts = properties::random_facts(agreement, seed, 60);
    const auto native = engine_of(agreement);
    const auto oracle = interpret::make_interpreter(agreement);
    CHECK(properties::difference(agreement, properties::observe(*oracle, facts), properties::observe_split(*native, facts, seed)) == "");
  }
}

struct Saved {
  ir::Agreement agreement = properties::random_agreement(3);
  std::unique_ptr<evaluate::Engine> engine = engine_of(agreement);
  std::vector<std::byte> bytes;

  Saved() {
    const properties::Facts facts = properties::random_facts(agreement, 3, 60);
    const auto totals = engine->init(facts.inputs);
    for (const record::Batch& batch : facts.batches) engine->update(*totals, 0, batch, nullptr);
    bytes = engine->save(*totals);
  }
  std::string refusal(const evaluate::Engine& by, std::span<const std::byte> damaged) const {
    std::string error;
    const auto loaded = by.load(damaged, error);
    CHECK((loaded == nullptr) == !error.empty());
    return error;
  }
};

TEST_CASE("a state that is loaded saves to the same bytes") {
  const Saved saved;
  std::string error;
  const auto loaded = saved.engine->load(saved.bytes, error);
  REQUIRE(loaded != nullptr);
  CHECK(saved.engine->save(*loaded) == saved.bytes);
}

TEST_CASE("foreign, cut, longer and damaged states are refused") {
  const Saved saved;
  CHECK(saved.refusal(*saved.engine, saved.bytes) == "");
  const ir::Agreement other = properties::random_agreement(4);
  CHECK(saved.refusal(*engine_of(other), saved.bytes) == "the state belongs to another rule set");
  for (size_t size = 0; size < saved.bytes.size(); size += 1 + size / 8) {
    CAPTURE(size);
    CHECK(saved.refusal(*saved.engine, std::span(saved.bytes).first(size)) != "");
  }
  std::vector<std::byte> longer = saved.bytes;
  longer.push_back({});
  CHECK(saved.refusal(*saved.engine, longer) == "the state has bytes behind its end");
  std::vector<std::byte> no_state = saved.bytes;
  no_state[0] = std::byte{'X'};
  CHECK(saved.refusal(*saved.engine, no_state) == "this is not a saved state");
  std::vector<std::byte> newer = saved.bytes;
  newer[8] = std::byte{9};
  CHECK(saved.refusal(*saved.engine, newer) == "the state was saved by another version");
}

TEST_CASE("no damaged byte makes loading fail in any other way than by refusing") {
  const Saved saved;
  for (size_t i = 0; i < saved.bytes.size(); ++i) {
    for (int flip : {1, 0x80, 0xff}) {
      std::vector<std::byte> damaged = saved.bytes;
      damaged[i] ^= static_cast<std::byte>(flip);
      std::string error;
      const auto loaded = saved.engine->load(damaged, error);
      // What is accepted is a state of its own and saves as such.
      if (loaded != nullptr) CHECK(saved.engine->save(*loaded) == damaged);
    }
  }
}

}  // namespace
}  // namespace writ::emit
