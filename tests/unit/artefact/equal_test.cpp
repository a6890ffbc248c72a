// An artefact gives what the interpreter gives, to the byte, with the code of every level; and the same plan gives the same bytes.
#include <doctest/doctest.h>

#include "driver/make_shared.h"
#include "emit/emit.h"
#include "interpret/interpret.h"
#include "plan/plan.h"
#include "properties/generator.h"
#include "support/artefact.h"

namespace writ {
namespace {

using properties::difference;
using properties::observe;

// `sources`: made for debuggers, which is of one level.
void compare(uint64_t seed, int optimise, const source::SourceMap* sources = nullptr) {
  const ir::Agreement agreement = properties::random_agreement(seed);
  const testing::Artefact artefact = testing::build_artefact(plan::make_plan(agreement, sources), {}, optimise);
  const auto oracle = interpret::make_interpreter(agreement);
  const properties::Facts facts = properties::random_facts(agreement, seed);
  for (const uint32_t level : {1u, 2u, 3u, 4u}) {
    if (level > evaluate::processor_level() || (sources != nullptr && level > 1)) continue;
    CAPTURE(level);
    const auto engine = testing::open_artefact(artefact, level);
    const properties::Differs differs = [&](const properties::Facts& some) { return difference(agreement, observe(*oracle, some), observe(*engine, some)); };
    if (!differs(facts).empty()) FAIL(properties::failure(agreement, seed, properties::shrink(facts, differs), differs));
    const std::string split = difference(agreement, observe(*engine, facts), properties::observe_split(*engine, facts, seed));
    CHECK_MESSAGE(split.empty(), split);
  }
}

TEST_CASE("an artefact equals the interpreter at every level of processor") {
  for (uint64_t seed = 101; seed < 104; ++seed) {
    CAPTURE(seed);
    compare(seed, seed == 101 ? 2 : 0);  // optimising what nobody would write takes seconds
  }
}

TEST_CASE("an artefact for debuggers equals the interpreter") {
  source::SourceMap sources;
  source::add_file(sources, "random.writ", "");
  for (uint64_t seed = 131; seed < 135; ++seed) {
    CAPTURE(seed);
    compare(seed, 0, &sources);
  }
}

TEST_CASE("totals saved by one level are loaded by another, and by native code of this process") {
  const ir::Agreement agreement = properties::random_agreement(111);
  const plan::Plan plan = plan::make_plan(agreement);
  const testing::Artefact artefact = testing::build_artefact(plan, {}, 0);
  const properties::Facts facts = properties::random_facts(agreement, 111);
  const auto lowest = testing::open_artefact(artefact, 1), best = testing::open_artefact(artefact, evaluate::processor_level());
  const auto native = emit::make_native(plan, {});
  const auto totals = lowest->init(facts.inputs);
  for (const record::Batch& batch : facts.batches) lowest->update(*totals, 0, batch, nullptr);
  const std::vector<std::byte> saved = lowest->save(*totals);
  for (const evaluate::Engine* other : {static_cast<const evaluate::Engine*>(best.get()), static_cast<const evaluate::Engine*>(native.get())}) {
    std::string error;
    const auto loaded = other->load(saved, error);
    REQUIRE_MESSAGE(loaded != nullptr, error);
    CHECK(other->save(*loaded) == saved);
  }
}

TEST_CASE("the same plan gives the same bytes") {
  const ir::Agreement agreement = properties::random_agreement(120);
  emit::ArtefactOptions options;
  options.name = "same";
  options.optimise = 1;
  const std::string object = emit::make_object(plan::make_plan(agreement), options);
  CHECK(object == emit::make_object(plan::make_plan(agreement), options));
  CHECK(emit::make_archive("same", object) == emit::make_archive("same", object));
  CHECK(emit::print_artefact(plan::make_plan(agreement), options) == emit::print_artefact(plan::make_plan(agreement), options));
  std::string first, second, error;
  REQUIRE_MESSAGE(driver::make_shared(object, "same", "same.so", first, error), error);
  REQUIRE_MESSAGE(driver::make_shared(object, "same", "same.so", second, error), error);
  CHECK(first == second);
  CHECK(!first.empty());
}

}  // namespace
}  // namespace writ
