// What acts and totals together make of credits and rights, once every pass is closed.
#pragma once
#include "evaluate/state.h"

namespace writ::evaluate {

std::vector<CreditResult> credit_results(const Program& program, const State& state, const CreditTable& credit, const Acts& acts);
RightResult right_result(const Program& program, const State& state, uint32_t right, const Acts& acts);

}  // namespace writ::evaluate
