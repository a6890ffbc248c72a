// Words for operations and lanes.
#pragma once
#include <string_view>

#include "plan/plan_types.h"

namespace writ::plan {

std::string_view name_of(Op op);
std::string_view name_of(Lane lane);

}  // namespace writ::plan
