// Rights of all agreements at once: windows of periods are looked for in all of them together.
#include <algorithm>
#include <cassert>

#include "evaluate/codes.h"
#include "evaluate/kernels.h"
#include "evaluate/portfolio.h"
#include "evaluate/protocols.h"

namespace writ::evaluate {

namespace {

constexpr uint32_t nowhere = UINT32_MAX;

// What counts, by period and then agreement: misses, or 1 where a condition holds.
struct Counts {
  std::vector<uint32_t> of_condition;  // memory where the right asks a condition
  const uint32_t* at = nullptr;
  std::vector<bool> alone;  // by agreement: it has something that is not counted here
};

Counts count(const Program& program, const Portfolio& portfolio, uint32_t index) {
  const RightTable& right = program.tables.rights[index];
  const uint32_t agreements = portfolio.inputs.agreements;
  Counts counts{{}, portfolio.misses[index].counts.data(), std::vector<bool>(agreements)};
  for (uint32_t a = 0; a < agreements; ++a) counts.alone[a] = portfolio.own[a] != nullptr || portfolio.unusual[a];
  if (right.condition == no_index) return counts;
  const PortfolioColumn column = std::move(portfolio_columns(program, portfolio, std::span(&right.condition, 1)).front());
  for (size_t p = 0; p < column.periods; ++p) {
    for (uint32_t a = 0; a < agreements; ++a) {
      const size_t at = p * column.stride + a;
      counts.of_condition.push_back(number_at(column, at) == 1);
      if (!column.states.empty() && column.states[at] != 0) counts.alone[a] = true;
    }
  }
  counts.at = counts.of_condition.data();
  return counts;
}

// The earliest window of each agreement that qualifies, or nowhere, and what is in it.
struct Windows {
  std::vector<uint32_t> first, total;
};

Windows find_windows(const Program& program, const Portfolio& portfolio, const RightTable& right, const uint32_t* counts) {
  const uint32_t agreements = portfolio.inputs.agreements;
  const bool asks = right.condition != no_index;
  const uint32_t each = asks ? 1 : static_cast<uint32_t>(std::clamp<int64_t>(right.each_at_least, 0, UINT32_MAX));
  const uint32_t at_least = asks ? 0 : static_cast<uint32_t>(std::clamp<int64_t>(right.at_least, 0, UINT32_MAX));
  const value::PeriodGrid& grid = program.tables.grids[right.grid];
  const size_t end = std::min(periods_over(grid, portfolio.inputs.as_of), static_cast<size_t>(value::period_count(grid)));
  Windows windows{std::vector<uint32_t>(agreements, nowhere), std::vector<uint32_t>(agreements, 0)};
  std::vector<uint32_t> total(agreements);
  std::vector<uint8_t> enough(agreements);
  for (size_t first = 0; first + right.consecutive <= end; ++first) {
    std::fill(total.begin(), total.end(), 0);
    std::fill(enough.begin(), enough.end(), uint8_t{1});
    for (size_t p = first; p < first + right.consecutive; ++p) add_window(counts + p * agreements, each, agreements, total.data(), enough.data());
    note_windows(total.data(), enough.data(), at_least, static_cast<uint32_t>(first), nowhere, agreements, windows.first.data(), windows.total.data());
  }
  return windows;
}

// Agreements with more misses than the right keeps are an error of theirs.
void set_apart_too_many(const Program& program, const Portfolio& portfolio, const RightTable& right, Counts& counts) {
  if (right.condition != no_index || portfolio.dense_rows * std::max(right.commitments, 1u) <= static_cast<uint64_t>(right.notable_bound)) return;
  const size_t periods = static_cast<size_t>(value::period_count(program.tables.grids[right.grid]));
  for (uint32_t a = 0; a < portfolio.inputs.agreements; ++a) {
    int64_t kept = 0;
    for (size_t p = 0; p < periods; ++p) kept += counts.at[p * portfolio.inputs.agreements + a];
    if (kept > right.notable_bound) counts.alone[a] = true;
  }
}

}  // namespace

std::vector<RightResult> portfolio_rights(const Program& program, const Portfolio& portfolio, uint32_t index) {
  assert(portfolio.closed);
  const RightTable& right = program.tables.rights[index];
  Counts counts = count(program, portfolio, index);
  set_apart_too_many(program, portfolio, right, counts);
  const Windows windows = find_windows(program, portfolio, right, counts.at);
  RightResult not_arisen;
  not_arisen.state = value::given(static_cast<int>(RightCode::not_arisen));
  std::vector<RightResult> arisen;  // by first period of the window
  for (size_t first = 0; first < static_cast<size_t>(value::period_count(program.tables.grids[right.grid])); ++first) {
    const bool fits = first + right.consecutive <= static_cast<size_t>(value::period_count(program.tables.grids[right.grid]));
    arisen.push_back(fits ? arisen_right(program, right, first, 0, portfolio.inputs.as_of) : not_arisen);
  }
  std::vector<RightResult> results(portfolio.inputs.agreements, not_arisen);
  for (uint32_t a = 0; a < portfolio.inputs.agreements; ++a) {
    if (counts.alone[a]) {
      results[a] = portfolio_results(program, portfolio, a, {}).rights[index];
    } else if (windows.first[a] != nowhere) {
      results[a] = arisen[windows.first[a]];
      if (right.condition == no_index) results[a].misses = windows.total[a];
    }
  }
  return results;
}

}  // namespace writ::evaluate
