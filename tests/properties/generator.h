// Random agreements, facts and acts for property tests, and what the tests do with them: run an engine over any split of the
// facts, say how two runs differ, and shrink the facts to the few that still show a difference.
//
//   for (uint64_t seed : seeds) {
//     const ir::Agreement agreement = random_agreement(seed);
//     const Facts facts = random_facts(agreement, seed);
//     const auto differs = [&](const Facts& f) { return difference(agreement, observe(a, f), observe(b, f)); };
//     if (const std::string text = differs(facts); !text.empty()) FAIL(failure(agreement, seed, shrink(facts, differs), differs));
//   }
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "evaluate/engine.h"
#include "ir/agreement.h"
#include "properties/dice.h"

namespace writ::properties {

// An agreement put together node by node: every operation, every grain, several passes, all constructs. ir::verify finds
// nothing wrong with it. It says things that nobody would write.
ir::Agreement random_agreement(uint64_t seed);

// An agreement as text, for the whole way through parse and check. Without mistakes.
std::string random_source(uint64_t seed);

// One batch a record type that has rows, rows numbered from 0.
struct Facts {
  evaluate::Inputs inputs;
  std::vector<record::Batch> batches;
  evaluate::Acts acts;
};
// Facts that fit any agreement: values on and beside every boundary, absent and unknown where the types allow it.
Facts random_facts(const ir::Agreement&, uint64_t seed, int most_rows = 24);

// An agreement as people write them, without mistakes, with one record type; and facts that suit it, most of them usual: instants in
// whole seconds, numbers in their ranges, nothing in doubt. One row in so many is of random_facts.
std::string plain_source(uint64_t seed);
Facts plain_facts(const ir::Agreement&, uint64_t seed, uint32_t rows, uint32_t one_unusual_in);

// Rows [from, until) of a batch, with their ordinals.
record::Batch slice(const record::Batch&, uint32_t from, uint32_t until);

struct Observed {
  evaluate::Results results;
  std::vector<evaluate::RecordOutputs> outputs;  // by batch of the facts
};
Observed observe(const evaluate::Engine&, const Facts&);
// The same run cut into random slices over several states, merged in random order, saved and loaded on the way.
Observed observe_split(const evaluate::Engine&, const Facts&, uint64_t seed);

// The first difference in words, with the definition and the row; empty when every byte is the same.
std::string difference(const ir::Agreement&, const Observed& left, const Observed& right);

// Drops rows, history rows and acts as long as `differs` still finds a difference.
using Differs = std::function<std::string(const Facts&)>;
Facts shrink(Facts, const Differs&);

// For a test's message: the seed, the difference, the facts that are left, the agreement.
std::string failure(const ir::Agreement&, uint64_t seed, const Facts&, const Differs&);
std::string print(const ir::Agreement&, const Facts&);

}  // namespace writ::properties
