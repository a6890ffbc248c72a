// What operations and ranges are like, for those who reason about steps without evaluating them.
#pragma once
#include "plan/plan_types.h"

namespace writ::plan {

// A function of its operands and of nothing else: no column, parameter, total, horizon, period or calendar, and no table of its own.
bool reads_only_operands(Op op);

// Whether high - low is at most this, for any two numbers of 128 bits.
inline bool spans_at_most(const Facts& facts, int64_t most) { return facts.low >= INT64_MIN && facts.high <= INT64_MAX && facts.high - facts.low <= most; }

}  // namespace writ::plan
