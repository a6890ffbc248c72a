// `expect ...` lines of a scenario. Private to this folder.
#pragma once
#include <optional>
#include <string>

#include "check/context.h"

namespace writ::check {

// Nothing after a report. The scenario has its facts already.
std::optional<ir::Expectation> check_expectation(Context&, uint32_t file, const ast::Expect&, const ir::Scenario&);
// The key of a fact as text; "" when its record has none.
std::string key_text(const ir::Record&, const ir::ScenarioRow&);

}  // namespace writ::check
