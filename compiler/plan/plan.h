// Phase plan: what facts mean (ir) -> how they are evaluated fast (plan).
// In: a checked agreement without errors. Out: stages of steps in numbered slots, each as narrow as its values are proved to be, and
// the tables of the runtime. Promises: every construct of ir is planned; equal expressions are computed once; a step that can be
// absent, unknown or faulty says so and others never are; the values, faults and trace points are those that the interpreter gives.
// Does not: look at names but for debuggers (trace points are kept), read facts, know about machine code. Reports nothing: `check` has.
#pragma once
#include <string>
#include <vector>

#include "ir/agreement.h"
#include "plan/plan_types.h"
#include "source/source_map.h"

namespace writ::plan {

// With `sources`, debuggers are told of lines and names (plan/debug_info.h), and there is no Form::seconds: every row takes one road.
Plan make_plan(const ir::Agreement& agreement, const source::SourceMap* sources = nullptr);

// The promises of this phase that do not hold for a plan, in words; empty when all do. To look at one: plan/print.h.
std::vector<std::string> verify(const Plan& plan);

}  // namespace writ::plan
