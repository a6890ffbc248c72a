// A plan as stable text, for people and tests: one step a line, with what was proved about it.
#pragma once
#include <string>

#include "plan/plan_types.h"

namespace writ::plan {

std::string print(const Plan& plan);

}  // namespace writ::plan
