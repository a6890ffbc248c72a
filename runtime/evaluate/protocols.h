// What acts and totals together make of credits and rights, once every pass is closed.
#pragma once
#include "evaluate/state.h"

namespace writ::evaluate {

std::vector<CreditResult> credit_results(const Program& program, const State& state, const CreditTable& credit, const Acts& acts);
// `undated`: certain misses by period besides those of the state; only for rights that never ask when one fell due.
RightResult right_result(const Program& program, const State& state, uint32_t right, std::span<const int64_t> undated, const Acts& acts);
// Of a right whose window of periods begins with `first`, about which nobody has done anything; `misses` are those of the window.
RightResult arisen_right(const Program& program, const RightTable& right, size_t first, int64_t misses, int64_t as_of);
// Periods of the right's grid that are over, of which alone windows are made.
size_t periods_over(const value::PeriodGrid& grid, int64_t as_of);
// After a cure, only misses since the notice count.
inline bool asks_for_dates(const RightTable& right) { return right.notice && right.cure_days > 0 && right.cured_when_no_miss; }

// What came of a state whose passes are all closed. `undated`: by right, see right_result; or nothing.
Results finish_state(const Program& program, const State& state, std::span<const std::vector<int64_t>> undated, const Acts& acts);

}  // namespace writ::evaluate
