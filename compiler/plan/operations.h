// Kinds of operations, for those who reason about steps without evaluating them.
#pragma once
#include "plan/plan_types.h"

namespace writ::plan {

// A function of its operands and of nothing else: no column, parameter, total, horizon, period or calendar, and no table of its own.
bool reads_only_operands(Op op);

}  // namespace writ::plan
