// Random agreements as text, through parse and check: no mistake, no broken promise, and the laws of the state hold.
#include <doctest/doctest.h>

#include "driver/pipeline.h"
#include "interpret/interpret.h"
#include "ir/verify.h"
#include "properties/generator.h"
#ifdef WRIT_NATIVE
#include "emit/emit.h"
#include "evaluate/abi.h"
#include "plan/plan.h"
#include "properties/single_rows.h"
#endif

namespace writ::properties {
namespace {

TEST_CASE("random sources are read, checked and evaluated; no result depends on how the facts were split") {
  int with_passes = 0, with_rights = 0, with_credits = 0;
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    const std::string source = random_source(seed);
    driver::Program program;
    driver::load_program_text("random.writ", source, program);
    for (const diag::Diagnostic& diagnostic : program.sink.diagnostics) {
      if (diagnostic.kind->severity == diag::Severity::error) FAIL_CHECK(diagnostic.kind->code << " " << diag::message_of(diagnostic) << "\n" << source);
    }
    if (program.sink.errors > 0) continue;
    const ir::Agreement& agreement = program.agreement;
    for (const std::string& broken : ir::verify(agreement)) FAIL_CHECK(broken << "\n" << source);
    with_passes += agreement.passes > 1;
    with_rights += agreement.rights.size() > 0;
    with_credits += agreement.credits.size() > 0;
    const auto engine = interpret::make_interpreter(agreement);
    const Facts facts = random_facts(agreement, seed);
    const Observed seen = observe(*engine, facts);
    for (const evaluate::FaultReport& fault : seen.results.faults) CHECK_MESSAGE(fault.fault != value::Fault::absent, source);
    const Differs differs = [&](const Facts& some) { return difference(agreement, observe(*engine, some), observe_split(*engine, some, seed)); };
    if (!differs(facts).empty()) FAIL(source << failure(agreement, seed, shrink(facts, differs), differs));
  }
  CHECK(with_passes > 3);
  CHECK(with_rights > 5);
  CHECK(with_credits > 5);
}

#ifdef WRIT_NATIVE
TEST_CASE("native code equals the interpreter on random sources") {
  for (uint64_t seed = 1001; seed <= 1012; ++seed) {
    CAPTURE(seed);
    driver::Program program;
    driver::load_program_text("random.writ", random_source(seed), program);
    REQUIRE(program.sink.errors == 0);
    const ir::Agreement& agreement = program.agreement;
    emit::EmitOptions options;
    options.optimise = seed % 2 == 0 ? 2 : 0;
    const auto oracle = interpret::make_interpreter(agreement);
    const auto native = emit::make_native(plan::make_plan(agreement), options);
    const Facts facts = random_facts(agreement, seed);
    const Differs differs = [&](const Facts& some) { return difference(agreement, observe(*oracle, some), observe_split(*native, some, seed)); };
    if (!differs(facts).empty()) FAIL(random_source(seed) << failure(agreement, seed, shrink(facts, differs), differs));
  }
}

// Sources say what people write, so most of their records are usual ones.
TEST_CASE("one row at a time equals the interpreter on random sources") {
  size_t rows = 0, usual = 0;
  for (uint64_t seed = 2001; seed <= 2020; ++seed) {
    CAPTURE(seed);
    driver::Program program;
    driver::load_program_text("random.writ", random_source(seed), program);
    REQUIRE(program.sink.errors == 0);
    const ir::Agreement& agreement = program.agreement;
    emit::EmitOptions options;
    options.optimise = seed % 2 == 0 ? 2 : 0;
    const auto oracle = interpret::make_interpreter(agreement);
    writ_evaluator* evaluator = evaluate::to_c(emit::make_native(plan::make_plan(agreement), options));
    const Facts any = random_facts(agreement, seed);
    for (const Facts& facts : {any, made_usual(agreement, any, seed)}) {
      const SingleRows seen = compare_single_rows(*evaluator, facts, observe(*oracle, facts), seed);
      CHECK_MESSAGE(seen.difference == "", random_source(seed));
      rows += seen.rows;
      usual += seen.usual;
    }
    writ_evaluator_free(evaluator);
  }
  MESSAGE(usual << " of " << rows << " rows were usual");
  CHECK(usual > 500);
}
#endif

}  // namespace
}  // namespace writ::properties
