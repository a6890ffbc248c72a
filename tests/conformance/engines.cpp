#include "conformance/engines.h"

#include "interpret/interpret.h"
#ifdef WRIT_NATIVE
#include "emit/emit.h"
#include "plan/plan.h"
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
#endif
  return engines;
}

}  // namespace writ::conformance
