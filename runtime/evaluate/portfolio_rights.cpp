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

// What counts: misses, or 1 where a condition holds.
struct Counts {
  DenseCells of_condition;         // memory where the right asks a condition
  const DenseCells* of = nullptr;  // of 2 or 4 bytes
  std::vector<uint8_t> alone;      // by agreement: it has something that is not counted here
};

// What a window can come to must fit its sum.
bool fits(const DenseCells& cells) {
  uint64_t all = 0;
  for (const uint64_t most : cells.most) all = add_amount(all, most);
  return cells.bytes <= 4 && all <= UINT32_MAX;
}

void count_conditions(const Program& program, const Portfolio& portfolio, uint32_t condition, Counts& counts) {
  const uint32_t agreements = portfolio.inputs.agreements;
  const PortfolioColumn column = std::move(portfolio_columns(program, portfolio, std::span(&condition, 1)).front());
  counts.of_condition = make_cells(column.periods, agreements);
  counts.of = &counts.of_condition;
  for (size_t p = 0; p < column.periods; ++p) {
    make_room(counts.of_condition, p, 1);
    with_numbers(counts.of_condition, p, [&](auto* numbers) {
      for (uint32_t a = 0; a < agreements; ++a) {
        const size_t at = p * column.stride + a;
        numbers[a] = number_at(column, at) == 1;
        if (!column.states.empty() && column.states[at] != 0) counts.alone[a] = 1;
      }
    });
  }
}

// The earliest window of each agreement that qualifies, or nowhere, and what is in it.
struct Windows {
  std::vector<uint32_t> first, total;
};

// So many agreements are looked at through all periods before the next ones: what is worked on stays in the first cache.
constexpr uint32_t part_agreements = 1024;

struct WindowRule {
  uint32_t consecutive = 1, each = 0, at_least = 0;
  size_t end = 0;  // windows end before this period
};

WindowRule rule_of(const Program& program, const Portfolio& portfolio, const RightTable& right) {
  const bool asks = right.condition != no_index;
  const auto number = [](int64_t n) { return static_cast<uint32_t>(std::clamp<int64_t>(n, 0, UINT32_MAX)); };
  const value::PeriodGrid& grid = program.tables.grids[right.grid];
  return {right.consecutive, asks ? 1 : number(right.each_at_least), asks ? 0 : number(right.at_least),
          std::min(periods_over(grid, portfolio.inputs.as_of), static_cast<size_t>(value::period_count(grid)))};
}

// total[i] += the count, and enough[i] stays 1 where it is at least `each`.
void add_period(const DenseCells& counts, size_t period, uint32_t from, uint32_t part, uint32_t each, uint32_t* total, uint8_t* enough) {
  static constexpr int32_t none[part_agreements] = {};
  const bool some = counts.most[period] != 0;
  const void* of_period = some ? static_cast<const void*>(counts.numbers.data.get() + (period * counts.agreements + from) * counts.bytes) : none;
  add_window(of_period, counts.bytes, each, part, total, enough);
}

// `first` and `found` are those of the first of `part` agreements.
void find_windows(const WindowRule& rule, const DenseCells& counts, uint32_t from, uint32_t part, uint32_t* first, uint32_t* found) {
  uint32_t total[part_agreements];
  uint8_t enough[part_agreements];
  for (size_t window = 0; window + rule.consecutive <= rule.end; ++window) {
    std::fill_n(total, part, 0u);
    std::fill_n(enough, part, uint8_t{1});
    for (size_t p = window; p < window + rule.consecutive; ++p) add_period(counts, p, from, part, rule.each, total, enough);
    note_windows(total, enough, rule.at_least, static_cast<uint32_t>(window), nowhere, part, first, found);
  }
}

void find_windows(const Program& program, const Portfolio& portfolio, const RightTable& right, const DenseCells& counts, Windows& windows) {
  const uint32_t agreements = portfolio.inputs.agreements;
  const WindowRule rule = rule_of(program, portfolio, right);
  for (uint32_t at = 0; at < agreements; at += part_agreements) {
    find_windows(rule, counts, at, std::min(part_agreements, agreements - at), windows.first.data() + at, windows.total.data() + at);
  }
}

// Agreements with more misses than the right keeps are an error of theirs.
void set_apart_too_many(const RightTable& right, const DenseCells& counts, std::vector<uint8_t>& alone) {
  uint64_t all = 0;
  for (const uint64_t most : counts.most) all = add_amount(all, most);
  if (all <= static_cast<uint64_t>(right.notable_bound)) return;
  uint32_t kept[part_agreements];
  uint8_t unused[part_agreements] = {};
  for (uint32_t from = 0; from < counts.agreements; from += part_agreements) {
    const uint32_t part = std::min(part_agreements, counts.agreements - from);
    std::fill_n(kept, part, 0u);
    for (size_t p = 0; p < counts.most.size(); ++p) add_period(counts, p, from, part, 0, kept, unused);
    for (uint32_t a = 0; a < part; ++a) alone[from + a] = static_cast<uint8_t>(alone[from + a] | static_cast<uint8_t>(int64_t{kept[a]} > right.notable_bound));
  }
}

}  // namespace

PortfolioRight portfolio_rights(const Program& program, const Portfolio& portfolio, uint32_t index) {
  assert(portfolio.closed);
  const RightTable& right = program.tables.rights[index];
  Counts counts{{}, &portfolio.misses[index].counts, alone_in(portfolio)};
  if (right.condition != no_index) count_conditions(program, portfolio, right.condition, counts);
  Windows windows{std::vector<uint32_t>(portfolio.inputs.agreements, nowhere), std::vector<uint32_t>(portfolio.inputs.agreements, 0)};
  if (fits(*counts.of)) {
    if (right.condition == no_index) set_apart_too_many(right, *counts.of, counts.alone);
    find_windows(program, portfolio, right, *counts.of, windows);
  } else {
    std::fill(counts.alone.begin(), counts.alone.end(), uint8_t{1});
  }
  PortfolioRight made;
  const size_t periods = static_cast<size_t>(value::period_count(program.tables.grids[right.grid]));
  // By first period of the window; behind them, that there is none.
  for (size_t first = 0; first + right.consecutive <= periods; ++first) {
    made.results.push_back(arisen_right(program, right, first, 0, portfolio.inputs.as_of));
  }
  const uint32_t none = static_cast<uint32_t>(made.results.size());
  made.results.emplace_back().state = value::given(static_cast<int>(RightCode::not_arisen));
  for (uint32_t& which : windows.first) which = which == nowhere ? none : which;
  if (right.condition != no_index) std::fill(windows.total.begin(), windows.total.end(), 0u);
  made.which = std::move(windows.first);
  made.misses = std::move(windows.total);
  for (uint32_t a = 0; a < portfolio.inputs.agreements; ++a) {
    if (counts.alone[a] == 0) continue;
    made.which[a] = static_cast<uint32_t>(made.results.size());
    made.results.push_back(portfolio_results(program, portfolio, a, {}).rights[index]);
    made.misses[a] = 0;
  }
  return made;
}

RightResult right_of(const PortfolioRight& right, uint32_t agreement) {
  RightResult result = right.results[right.which[agreement]];
  if (right.misses[agreement] != 0) result.misses = right.misses[agreement];
  return result;
}

}  // namespace writ::evaluate
