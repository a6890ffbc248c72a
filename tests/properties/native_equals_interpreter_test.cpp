// Native code gives what the interpreter gives, to the byte: every definition of every record, guards that held, totals, credits,
// rights, counts and faults. Both forms of every stage, unoptimised and optimised, in groups of several sizes, for several processors.
#include <doctest/doctest.h>

#include <cstdlib>

#include "emit/emit.h"
#include "evaluate/abi.h"
#include "evaluate/rules.h"
#include "interpret/interpret.h"
#include "plan/plan.h"
#include "properties/generator.h"
#include "properties/host_columns.h"
#include "properties/plain_agreement.h"
#include "properties/single_rows.h"

namespace writ::properties {
namespace {

void compare(uint64_t seed, const emit::EmitOptions& options) {
  const ir::Agreement agreement = random_agreement(seed);
  const plan::Plan plan = plan::make_plan(agreement);
  REQUIRE(plan::verify(plan) == std::vector<std::string>{});
  const auto oracle = interpret::make_interpreter(agreement);
  const auto native = emit::make_native(plan, options);
  const Facts facts = random_facts(agreement, seed);
  const Differs differs = [&](const Facts& some) { return difference(agreement, observe(*oracle, some), observe(*native, some)); };
  if (!differs(facts).empty()) FAIL(failure(agreement, seed, shrink(facts, differs), differs));
}

uint64_t from_environment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// This computer's processor, or an older one.
std::string processor([[maybe_unused]] uint64_t seed) {
#if defined(__x86_64__)
  const char* const names[] = {"", "x86-64-v3", "x86-64-v2", "x86-64"};
  if (evaluate::processor_level() >= 3) return names[seed % 4];
#endif
  return {};
}

TEST_CASE("native code equals the interpreter") {
  const uint64_t first = from_environment("WRIT_FIRST_SEED", 1);
  const uint64_t seeds = from_environment("WRIT_SEEDS", 24);
  for (uint64_t seed = first; seed < first + seeds; ++seed) {
    emit::EmitOptions options;
    options.optimise = seed % 2 == 0 ? 2 : 0;
    options.general = seed % 4 >= 2;
    const uint32_t lanes[] = {0, 1, 8, 16, 32, 64};
    options.lanes = lanes[seed % 6];
    options.processor = processor(seed / 2);
    CAPTURE(seed);
    compare(seed, options);
  }
}

void compare_columns(const ir::Agreement& agreement, const Facts& facts, uint64_t seed, emit::EmitOptions options, const HostForm& form = {}) {
  for (uint32_t i = 0; i < agreement.definitions.size(); ++i) {
    if (agreement.definitions.items[i].grain.of == ir::Grain::Of::record) options.columns.push_back(i);
  }
  const auto oracle = interpret::make_interpreter(agreement);
  const auto native = emit::make_native(plan::make_plan(agreement), options);
  const Differs differs = [&](const Facts& some) {
    return difference(agreement, observe(*oracle, some), observe_columns(*native, agreement, some, seed % 3 != 0, form));
  };
  if (!differs(facts).empty()) FAIL(failure(agreement, seed, shrink(facts, differs), differs));
}

TEST_CASE("native code over the columns of a host equals the interpreter") {
  const uint64_t first = from_environment("WRIT_FIRST_SEED", 1);
  const uint64_t seeds = from_environment("WRIT_SEEDS", 24);
  for (uint64_t seed = first; seed < first + seeds; ++seed) {
    emit::EmitOptions options;
    options.optimise = seed % 3 == 0 ? 2 : 0;
    const uint32_t lanes[] = {0, 64, 1, 32, 8, 16};
    options.lanes = lanes[seed % 6];
    options.processor = processor(seed / 2);
    CAPTURE(seed);
    options.block_rows = 64;
    const ir::Agreement agreement = random_agreement(seed);
    compare_columns(agreement, repeated_in_seconds(agreement, random_facts(agreement, seed), 67), seed, options);
  }
}

TEST_CASE("native code over usual facts equals the interpreter") {
  for (uint64_t seed = 1; seed <= 24; ++seed) {
    emit::EmitOptions options;
    options.optimise = seed % 3 == 0 ? 2 : 0;
    const uint32_t lanes[] = {0, 64, 1, 32, 8, 16};
    options.lanes = lanes[seed % 6];
    options.processor = processor(seed / 2);
    CAPTURE(seed);
    const ir::Agreement agreement = plain_agreement(seed);
    compare_columns(agreement, plain_facts(agreement, seed, 1500, 500), seed, options);
  }
}

// Totals alone, as most runs want them: columns that nobody asks for are not even read.
void compare_totals(const ir::Agreement& agreement, const Facts& facts, uint64_t seed, const emit::EmitOptions& options, const HostForm& form) {
  const auto oracle = interpret::make_interpreter(agreement);
  const auto native = emit::make_native(plan::make_plan(agreement), options);
  const Differs differs = [&](const Facts& some) {
    Host host;
    const auto totals = native->init(some.inputs);
    for (int pass = 0; pass < native->passes(); ++pass) {
      for (const record::Batch& batch : some.batches) REQUIRE(native->update_columns(*totals, pass, batch_view(host, agreement, batch, form), {}));
      native->close_pass(*totals, pass);
    }
    return difference(agreement, Observed{observe(*oracle, some).results, {}}, Observed{native->finish(*totals, some.acts), {}});
  };
  if (!differs(facts).empty()) FAIL(failure(agreement, seed, shrink(facts, differs), differs));
}

// Columns of 64 bits as data frames and the reader of files have them, with whole seconds, and with microseconds in between; a horizon
// between two seconds.
TEST_CASE("native code over columns in microseconds equals the interpreter") {
  const uint64_t first = from_environment("WRIT_FIRST_SEED", 1);
  const uint64_t seeds = from_environment("WRIT_SEEDS", 24);
  for (uint64_t seed = first; seed < first + seeds; ++seed) {
    emit::EmitOptions options;
    options.optimise = seed % 3 == 0 ? 2 : 0;
    const uint32_t lanes[] = {0, 64, 1, 32, 8, 16};
    options.lanes = lanes[seed % 6];
    options.processor = processor(seed / 2);
    CAPTURE(seed);
    const ir::Agreement random = random_agreement(seed), plain = plain_agreement(seed);
    compare_columns(random, with_microseconds(random, repeated_in_seconds(random, random_facts(random, seed), 67), seed), seed, options, some_form(seed));
    const Facts facts = with_microseconds(plain, plain_facts(plain, seed, 1500, 500), seed);
    compare_columns(plain, facts, seed, options, some_form(seed));
    compare_totals(plain, facts, seed, options, some_form(seed));
  }
}

// 64 bits hold more seconds than microseconds.
TEST_CASE("instants that lie beyond the last one are none in whole seconds, either") {
  const ir::Agreement agreement = agreement_of(R"(agreement "Far"
between Company as provider "Northwind Support Ltd"
and Client as customer "Contoso Retail plc"
effective 2026-01-01
term 24 months
currency GBP
time zone "Europe/London"
record Ticket since opened {
  opened : instant
  resolved : instant or not yet
}
clause 1 "Far" {
  rule far per Ticket = opened + 2561555000 hours
  rule later = count(Ticket where far > 2027-01-01T00:00)
  commitment Resolution for Ticket by Company {
    from opened until resolved
    within 2561555000 hours
  }
}
)");
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    CAPTURE(seed);
    compare_columns(agreement, plain_facts(agreement, seed, 300, 500), seed, {});
  }
}

// A divisor may have more twos than the lane of what is surely 0 has bits.
TEST_CASE("a factor that every product shares is taken out of nothing, too") {
  const ir::Agreement agreement = agreement_of(R"(agreement "Nothing"
between Company as provider "Northwind Support Ltd"
and Client as customer "Contoso Retail plc"
effective 2026-01-01
term 24 months
currency GBP
time zone "Europe/London"
round half up, to the minor unit
record Ticket since opened {
  opened : instant
  extra : 0..0
  change : -5..5
  share : 0.00000000..1.00000000
}
clause 1 "Nothing" {
  rule none_of_it per Ticket = rounded((extra * 100000000) * share, 0)
  rule least_of_it per Ticket = rounded((max(0, min(0, change)) * 100000000) * share, 0)
  rule little_of_it per Ticket = rounded((extra * 100000000) * share, 2)
  rule some_of_it per Ticket = rounded((if change > 2 then extra * 25600000000 else 0) * share, 0)
  rule all_of_it per month = sum(none_of_it over Ticket of opened)
}
)");
  for (uint64_t seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    emit::EmitOptions options;
    options.lanes = seed == 2 ? 1 : 0;
    options.optimise = seed % 3 == 0 ? 0 : 2;
    compare_columns(agreement, plain_facts(agreement, seed, 300, 500), seed, options);
  }
}

// Facts of all kinds, and facts that are mostly usual.
TEST_CASE("one row at a time equals the interpreter") {
  const uint64_t first = from_environment("WRIT_FIRST_SEED", 1);
  const uint64_t seeds = from_environment("WRIT_SEEDS", 24);
  size_t rows = 0, usual = 0;
  for (uint64_t seed = first; seed < first + seeds; ++seed) {
    CAPTURE(seed);
    const ir::Agreement agreement = random_agreement(seed);
    const plan::Plan plan = plan::make_plan(agreement);
    REQUIRE(plan::verify(plan) == std::vector<std::string>{});
    emit::EmitOptions options;
    options.optimise = seed % 3 == 0 ? 2 : 0;
    const auto oracle = interpret::make_interpreter(agreement);
    writ_evaluator* evaluator = evaluate::to_c(emit::make_native(plan, options));
    const Facts any = random_facts(agreement, seed);
    for (const Facts& facts : {any, made_usual(agreement, any, seed)}) {
      const SingleRows seen = compare_single_rows(*evaluator, facts, observe(*oracle, facts), seed);
      CHECK(seen.difference == "");
      rows += seen.rows;
      usual += seen.usual;
    }
    writ_evaluator_free(evaluator);
  }
  MESSAGE(usual << " of " << rows << " rows were usual");
  CHECK(usual > 0);
}

}  // namespace
}  // namespace writ::properties
