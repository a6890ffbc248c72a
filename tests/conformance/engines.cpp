#include "conformance/engines.h"

#include "interpret/interpret.h"
#ifdef WRIT_NATIVE
#include "emit/emit.h"
#include "plan/plan.h"
#include "properties/single_rows.h"
#endif
#ifdef WRIT_ARTEFACTS
#include "evaluate/rules.h"
#include "support/artefact.h"
#endif

namespace writ::conformance {

std::vector<NamedEngine> all_engines(const ir::Agreement& agreement) {
  std::vector<NamedEngine> engines;
  engines.push_back({"interpreter", interpret::make_interpreter(agreement)});
#ifdef WRIT_NATIVE
  const plan::Plan plan = plan::make_plan(agreement);
  emit::EmitOptions options;
  options.optimise = 0;
  engines.push_back({"native, not optimised", emit::make_native(plan, options)});
  options.optimise = 2;
  engines.push_back({"native, optimised", emit::make_native(plan, options)});
  engines.push_back({"native, one row at a time", properties::row_by_row(emit::make_native(plan, options))});
#ifdef WRIT_ARTEFACTS
  // Linking takes longer than evaluating a case, so every fourth one, by the hash of its rules, stands for all.
  if (plan.tables.rules[0] % 4 == 0) {
    const testing::Artefact artefact = testing::build_artefact(plan, {}, 0);  // optimised ones: tests/unit/artefact
    engines.push_back({"ahead of time, for every processor", testing::open_artefact(artefact, 1)});
    engines.push_back({"ahead of time, for this processor", testing::open_artefact(artefact, evaluate::processor_level())});
  }
#endif
#endif
  return engines;
}

}  // namespace writ::conformance
