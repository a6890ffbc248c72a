// The laws of the state across both evaluators: facts are cut anywhere, each piece is counted by the interpreter or by native code, and the pieces are merged in any order
// and any tree, saved and loaded on the way, also by the other evaluator. What comes out is, to the byte, the state of one run over all the facts.
#include <doctest/doctest.h>

#include <array>
#include <cstdlib>

#include "driver/pipeline.h"
#include "emit/emit.h"
#include "interpret/interpret.h"
#include "plan/plan.h"
#include "properties/generator.h"

namespace writ::properties {
namespace {

using Bytes = std::vector<std::byte>;
using TotalsPtr = std::unique_ptr<evaluate::Totals>;

constexpr size_t engine_count = 2;  // 0: the interpreter
constexpr int most_rows = 8;

uint64_t rounds_in_all() {
  const char* text = std::getenv("WRIT_ROUNDS");
  return text == nullptr ? 100'000 : std::strtoull(text, nullptr, 10);
}

// A run of an agreement pass by pass, as one run over all the facts gives it, and every slice of every batch counted by each evaluator.
struct Slice {
  size_t batch = 0;
  uint32_t from = 0, until = 0;
};
struct Pass {
  std::array<TotalsPtr, engine_count> fresh;                              // nothing is counted yet in this pass
  std::array<std::vector<std::vector<TotalsPtr>>, engine_count> counted;  // [batch][from * (most_rows + 1) + until]
  Bytes expected, closed;                                                 // before the pass is closed, and after
};
struct Subject {
  std::string about;
  ir::Agreement agreement;
  std::array<std::unique_ptr<evaluate::Engine>, engine_count> engines;
  Facts facts;
  std::vector<Pass> passes;
  Observed observed;
};

void fail(const Subject& subject, const std::string& why) { FAIL(subject.about << ": " << why << "\n" << print(subject.agreement, subject.facts)); }

TotalsPtr loaded(const Subject& subject, size_t engine, const Bytes& bytes) {
  std::string error;
  TotalsPtr totals = subject.engines[engine]->load(bytes, error);
  if (totals == nullptr) fail(subject, "a saved state does not load: " + error);
  return totals;
}

TotalsPtr copy_of(const Subject& subject, size_t engine, const evaluate::Totals& totals) {
  return loaded(subject, engine, subject.engines[engine]->save(totals));
}

void count_slices(const Subject& subject, Pass& pass, int number) {
  for (size_t e = 0; e < engine_count; ++e) {
    const evaluate::Engine& engine = *subject.engines[e];
    for (const record::Batch& batch : subject.facts.batches) {
      std::vector<TotalsPtr>& all = pass.counted[e].emplace_back((most_rows + 1) * (most_rows + 1));
      for (uint32_t from = 0; from < batch.rows; ++from) {
        for (uint32_t until = from + 1; until <= batch.rows; ++until) {
          TotalsPtr totals = engine.fork(*pass.fresh[e]);
          engine.update(*totals, number, slice(batch, from, until), nullptr);
          all[from * (most_rows + 1) + until] = std::move(totals);
        }
      }
    }
  }
}

void run_whole(Subject& subject) {
  std::array<TotalsPtr, engine_count> totals;
  for (size_t e = 0; e < engine_count; ++e) totals[e] = subject.engines[e]->init(subject.facts.inputs);
  for (int number = 0; number < subject.engines[0]->passes(); ++number) {
    Pass& pass = subject.passes.emplace_back();
    for (size_t e = 0; e < engine_count; ++e) {
      const evaluate::Engine& engine = *subject.engines[e];
      pass.fresh[e] = engine.fork(*totals[e]);
      for (const record::Batch& batch : subject.facts.batches) engine.update(*totals[e], number, batch, nullptr);
      const Bytes counted = engine.save(*totals[e]);
      engine.close_pass(*totals[e], number);
      const Bytes closed = engine.save(*totals[e]);
      if (e > 0 && (counted != pass.expected || closed != pass.closed)) fail(subject, "the two evaluators save different bytes");
      pass.expected = counted;
      pass.closed = closed;
    }
    count_slices(subject, pass, number);
  }
  subject.observed.results = subject.engines[0]->finish(*totals[0], subject.facts.acts);
}

std::unique_ptr<Subject> make_subject(std::string about, ir::Agreement agreement, uint64_t seed) {
  auto subject = std::make_unique<Subject>();
  subject->about = std::move(about);
  subject->agreement = std::move(agreement);
  emit::EmitOptions options;
  options.optimise = 0;
  subject->engines[0] = interpret::make_interpreter(subject->agreement);
  subject->engines[1] = emit::make_native(plan::make_plan(subject->agreement), options);
  subject->facts = random_facts(subject->agreement, seed, most_rows);
  run_whole(*subject);
  return subject;
}

// --- One round ----------------------------------------------------------------------------------------------------------

struct Node {
  size_t engine = 0;
  TotalsPtr totals;
};

std::vector<Slice> random_partition(const Facts& facts, Dice& dice) {
  std::vector<Slice> slices;
  for (size_t b = 0; b < facts.batches.size(); ++b) {
    const uint32_t rows = facts.batches[b].rows;
    const int longest = 1 + dice.below(static_cast<int>(rows));
    for (uint32_t from = 0; from < rows;) {
      const uint32_t until = std::min(rows, from + 1 + static_cast<uint32_t>(dice.below(longest)));
      slices.push_back({b, from, until});
      from = until;
    }
  }
  for (size_t i = slices.size(); i > 1; --i) std::swap(slices[i - 1], slices[static_cast<size_t>(dice.below(static_cast<int>(i)))]);
  return slices;
}

// A piece on its way into a node: counted anew, or the state that was counted before.
void add_slice(const Subject& subject, int number, const Slice& part, size_t by, Node& into, Dice& dice) {
  const Pass& pass = subject.passes[static_cast<size_t>(number)];
  const evaluate::Engine& engine = *subject.engines[into.engine];
  if (by == into.engine && dice.one_in(12)) {
    engine.update(*into.totals, number, slice(subject.facts.batches[part.batch], part.from, part.until), nullptr);
    return;
  }
  const evaluate::Totals& counted = *pass.counted[by][part.batch][part.from * (most_rows + 1) + part.until];
  if (by == into.engine)
    engine.combine(*into.totals, counted);
  else
    engine.combine(*into.totals, *loaded(subject, into.engine, subject.engines[by]->save(counted)));
}

void merge(const Subject& subject, Node& into, Node from, Dice& dice) {
  const bool other = from.engine != into.engine;
  if (other || dice.one_in(8)) from.totals = loaded(subject, into.engine, subject.engines[from.engine]->save(*from.totals));
  subject.engines[into.engine]->combine(*into.totals, *from.totals);
}

Node random_tree(const Subject& subject, int number, Dice& dice) {
  const Pass& pass = subject.passes[static_cast<size_t>(number)];
  std::vector<Node> nodes;
  const auto begin = [&] {
    const size_t engine = static_cast<size_t>(dice.below(engine_count));
    // The state of a pass under way, forked, or loaded from what the other evaluator saved.
    TotalsPtr totals = dice.one_in(6) ? loaded(subject, engine, subject.engines[1 - engine]->save(*pass.fresh[1 - engine]))
                                      : subject.engines[engine]->fork(*pass.fresh[engine]);
    nodes.push_back({engine, std::move(totals)});
  };
  begin();
  for (const Slice& part : random_partition(subject.facts, dice)) {
    if (dice.one_in(2)) begin();
    // Mostly by the evaluator of the node, since the others go through bytes.
    Node& node = nodes[static_cast<size_t>(dice.below(static_cast<int>(nodes.size())))];
    add_slice(subject, number, part, dice.one_in(3) ? 1 - node.engine : node.engine, node, dice);
  }
  while (nodes.size() > 1) {
    const size_t into = static_cast<size_t>(dice.below(static_cast<int>(nodes.size())));
    const size_t from = (into + 1 + static_cast<size_t>(dice.below(static_cast<int>(nodes.size()) - 1))) % nodes.size();
    merge(subject, nodes[into], std::move(nodes[from]), dice);
    nodes.erase(nodes.begin() + static_cast<long>(from));
  }
  return std::move(nodes[0]);
}

void play(const Subject& subject, Dice& dice) {
  const int number = dice.below(static_cast<int>(subject.passes.size()));
  const Pass& pass = subject.passes[static_cast<size_t>(number)];
  Node node = random_tree(subject, number, dice);
  if (subject.engines[node.engine]->save(*node.totals) != pass.expected) fail(subject, "a split gives another state in pass " + std::to_string(number));
  if (!dice.one_in(16)) return;
  if (dice.one_in(2)) node = {1 - node.engine, loaded(subject, 1 - node.engine, pass.expected)};
  const evaluate::Engine& engine = *subject.engines[node.engine];
  engine.close_pass(*node.totals, number);
  if (engine.save(*node.totals) != pass.closed) fail(subject, "a split gives another state when pass " + std::to_string(number) + " is closed");
  if (static_cast<size_t>(number) + 1 < subject.passes.size() || !dice.one_in(4)) return;
  if (dice.one_in(2)) node.totals = copy_of(subject, node.engine, *node.totals);
  const Observed seen{engine.finish(*node.totals, subject.facts.acts), {}};
  if (const std::string text = difference(subject.agreement, subject.observed, seen); !text.empty()) fail(subject, text);
}

// --- What they are about ------------------------------------------------------------------------------------------------

struct Coverage {
  int passes = 0, rights = 0, credits = 0, caps = 0, paused = 0, faults = 0, by_period[2] = {0, 0}, folds[5] = {0, 0, 0, 0, 0};
};

void note(const Subject& subject, Coverage& seen) {
  const ir::Agreement& agreement = subject.agreement;
  seen.passes += agreement.passes > 1;
  seen.rights += agreement.rights.size() > 0;
  seen.credits += agreement.credits.size() > 0;
  for (const ir::Credit& credit : agreement.credits) seen.caps += credit.cap.valid();
  for (const ir::Commitment& commitment : agreement.commitments) seen.paused += commitment.pause.valid();
  for (const ir::Aggregate& aggregate : agreement.aggregates) {
    ++seen.folds[static_cast<int>(aggregate.fold)];
    ++seen.by_period[aggregate.period ? 1 : 0];
  }
  seen.faults += !subject.observed.results.faults.empty();
}

TEST_CASE("a hundred thousand partitions and merge trees across both evaluators: the bytes of one run") {
  constexpr uint64_t sources = 8, nodes = 4;
  const uint64_t rounds = rounds_in_all() / (sources + nodes) + 1;
  Coverage seen;
  uint64_t played = 0;
  for (uint64_t i = 0; i < sources + nodes; ++i) {
    std::unique_ptr<Subject> subject;
    if (i < sources) {
      driver::Program program;
      driver::load_program_text("random.writ", random_source(401 + i), program);
      REQUIRE(program.sink.errors == 0);
      subject = make_subject("source " + std::to_string(401 + i), std::move(program.agreement), 401 + i);
    } else {
      subject = make_subject("agreement " + std::to_string(401 + i), random_agreement(401 + i), 401 + i);
    }
    note(*subject, seen);
    Dice dice{i};
    for (uint64_t round = 0; round < rounds; ++round) play(*subject, dice);
    played += rounds;
  }
  CHECK(played >= rounds_in_all());
  CHECK(seen.passes > 1);
  CHECK(seen.rights > 1);
  CHECK(seen.credits > 1);
  CHECK(seen.caps > 1);
  CHECK(seen.paused > 1);
  CHECK(seen.faults > 1);
  for (const int some : seen.by_period) CHECK(some > 1);
  for (const int some : seen.folds) CHECK(some > 1);
}

}  // namespace
}  // namespace writ::properties
