// The laws of the state, over random agreements and facts: no result depends on how the facts were split.
#include <doctest/doctest.h>

#include "interpret/interpret.h"
#include "properties/generator.h"

namespace writ::properties {
namespace {

TEST_CASE("any split, merge order, save and load on the way: the same bytes") {
  for (uint64_t seed = 1; seed <= 250; ++seed) {
    const ir::Agreement agreement = random_agreement(seed);
    const auto engine = interpret::make_interpreter(agreement);
    const Facts facts = random_facts(agreement, seed);
    const Differs differs = [&](const Facts& some) { return difference(agreement, observe(*engine, some), observe_split(*engine, some, seed)); };
    if (!differs(facts).empty()) FAIL(failure(agreement, seed, shrink(facts, differs), differs));
  }
}

}  // namespace
}  // namespace writ::properties
