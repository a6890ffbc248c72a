// What acts and totals together make of credits and rights, once every pass is closed.
#pragma once
#include "evaluate/state.h"

namespace writ::evaluate {

std::vector<CreditResult> credit_results(const Program& program, const State& state, const CreditTable& credit, const Acts& acts);
// `undated`: certain misses by period besides those of the state; only for rights that never ask when one fell due.
RightResult right_result(const Program& program, const State& state, uint32_t right, std::span<const int64_t> undated, const Acts& acts);
// After a cure, only misses since the notice count.
inline bool asks_for_dates(const RightTable& right) { return right.notice && right.cure_days > 0 && right.cured_when_no_miss; }

// What came of a state whose passes are all closed. `undated`: by right, see right_result; or nothing.
Results finish_state(const Program& program, const State& state, std::span<const std::vector<int64_t>> undated, const Acts& acts);

}  // namespace writ::evaluate
