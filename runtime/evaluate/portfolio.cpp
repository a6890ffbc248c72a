#include "evaluate/portfolio.h"

#include <algorithm>
#include <cassert>
#include <tuple>

#include "evaluate/protocols.h"
#include "evaluate/run_block.h"

namespace writ::evaluate {

namespace {

uint32_t bytes_for(const ParamTable& limits) {
  const auto within = [&](int bits) { return limits.low >= -(int64_t{1} << (bits - 1)) && limits.high < int64_t{1} << (bits - 1); };
  return within(8) ? 1 : within(16) ? 2 : within(32) ? 4 : 8;
}

template <class T>
void put(std::vector<std::byte>& column, uint32_t at, int64_t number) {
  reinterpret_cast<T*>(column.data())[at] = static_cast<T>(number);
}

void put(std::vector<std::byte>& column, uint32_t bytes, uint32_t at, int64_t number) {
  switch (bytes) {
    case 1: return put<int8_t>(column, at, number);
    case 2: return put<int16_t>(column, at, number);
    case 4: return put<int32_t>(column, at, number);
    case 8: return put<int64_t>(column, at, number);
    default: break;
  }
  assert(false);
}

void make_params(const Program& program, Portfolio& portfolio) {
  const std::vector<ParamTable>& tables = program.tables.params;
  const uint32_t agreements = portfolio.inputs.agreements;
  portfolio.unusual.assign(agreements, 0);
  for (size_t p = 0; p < tables.size(); ++p) {
    const uint32_t bytes = bytes_for(tables[p]);
    std::vector<std::byte>& column = portfolio.params.emplace_back(size_t{agreements} * bytes);
    portfolio.param_bytes.push_back(bytes);
    for (uint32_t a = 0; a < agreements; ++a) {
      const value::Value& v = portfolio.inputs.params[size_t{a} * tables.size() + p];
      if (value::is_certain(v) && v.lo_den == 1 && v.lo >= tables[p].low && v.lo <= tables[p].high) {
        put(column, bytes, a, static_cast<int64_t>(v.lo));
      } else {
        portfolio.unusual[a] = 1;
        portfolio.any_unusual = true;
      }
    }
  }
}

size_t periods_of(const Tables& tables, uint32_t grid) { return grid == no_index ? 1 : static_cast<size_t>(value::period_count(tables.grids[grid])); }

// Before the counts are added, which say where there is an extreme.
void add_extremes(value::AggregateFold fold, DenseTotals& into, const DenseTotals& from) {
  const bool least = fold == value::AggregateFold::minimum;
  const uint32_t agreements = from.counts.agreements;
  for (size_t period = 0; period < from.counts.most.size(); ++period) {
    for (uint32_t a = 0; from.counts.most[period] != 0 && a < agreements; ++a) {
      if (number_of(from.counts, period, a) == 0) continue;
      int64_t& extreme = into.extremes[period * agreements + a];
      const int64_t other = from.extremes[period * agreements + a];
      if (number_of(into.counts, period, a) == 0 || (least ? other < extreme : other > extreme)) extreme = other;
    }
  }
}

bool is_sum(value::AggregateFold fold) { return fold == value::AggregateFold::sum; }
bool is_extreme(value::AggregateFold fold) { return fold == value::AggregateFold::minimum || fold == value::AggregateFold::maximum; }

// What the dense counts say about one agreement, as its state would hold it.
void add_dense(const Program& program, const Portfolio& portfolio, uint32_t agreement, State& state) {
  const Tables& tables = program.tables;
  for (size_t i = 0; i < tables.aggregates.size(); ++i) {
    const AggregateTable& table = tables.aggregates[i];
    const DenseTotals& dense = portfolio.totals[i];
    if (!is_asked_for(dense)) continue;
    for (size_t p = 0; p < periods_of(tables, table.grid); ++p) {
      value::AggregateCell cell;
      if (is_asked_for(dense.counts)) cell.n = static_cast<int64_t>(number_of(dense.counts, p, agreement));
      if (cell.n == 0 && !is_sum(table.rule.fold)) continue;
      if (is_asked_for(dense.sums)) cell.lo = cell.hi = number_of(dense.sums, p, agreement);
      if (!dense.extremes.empty()) cell.lo = cell.hi = dense.extremes[p * portfolio.inputs.agreements + agreement];
      value::combine_cells(state.cells[table.first + static_cast<uint32_t>(p) * table.stride], cell, table.rule.fold);
    }
  }
  for (size_t record = 0; record < portfolio.admitted.size(); ++record) {
    state.records[record].admitted += static_cast<int64_t>(number_of(portfolio.admitted[record], 0, agreement));
  }
  for (size_t right = 0; right < portfolio.misses.size(); ++right) {
    const std::vector<DatedMiss>& dated = portfolio.misses[right].dated;
    const auto before = [](const DatedMiss& miss, uint32_t a) { return miss.agreement < a; };
    for (auto at = std::lower_bound(dated.begin(), dated.end(), agreement, before); at != dated.end() && at->agreement == agreement; ++at) {
      add_notable(state.notables[right], tables.rights[right], {at->due, at->commitment, true}, 1);
    }
  }
}

std::vector<std::vector<int64_t>> undated_misses(const Tables& tables, const Portfolio& portfolio, uint32_t agreement) {
  std::vector<std::vector<int64_t>> undated;
  for (size_t right = 0; right < portfolio.misses.size(); ++right) {
    std::vector<int64_t>& by_period = undated.emplace_back();
    const DenseCells& counts = portfolio.misses[right].counts;
    if (!is_asked_for(counts) || asks_for_dates(tables.rights[right])) continue;
    for (size_t p = 0; p < counts.most.size(); ++p) by_period.push_back(static_cast<int64_t>(number_of(counts, p, agreement)));
  }
  return undated;
}

std::vector<bool> aggregates_asked_for(const Program& program, const PortfolioInputs& inputs) {
  const Tables& tables = program.tables;
  std::vector<bool> asked(tables.aggregates.size(), inputs.only.empty());
  const auto ask = [&](const DefinitionTable& definition) {
    for (uint32_t aggregate : definition.aggregates) asked[aggregate] = true;
  };
  for (size_t i = 0; i < inputs.only.size(); ++i) {
    if (inputs.only[i]) ask(tables.definitions[i]);
  }
  for (const CreditTable& credit : tables.credits) ask(tables.definitions[credit.amount]);
  for (const RightTable& right : tables.rights) {
    if (right.condition != no_index) ask(tables.definitions[right.condition]);
  }
  return asked;
}

void make_totals(const Program& program, Portfolio& portfolio) {
  const Tables& tables = program.tables;
  const std::vector<bool> asked = aggregates_asked_for(program, portfolio.inputs);
  portfolio.totals.resize(tables.aggregates.size());
  const uint32_t agreements = portfolio.inputs.agreements;
  for (const RecordProgram& record : program.records) {
    const StageTable& stage = record.facts_of(Form::portfolio);
    for (const AggregateIn& in : stage.aggregates) {
      if (!asked[in.aggregate]) continue;
      const AggregateTable& table = tables.aggregates[in.aggregate];
      DenseTotals& dense = portfolio.totals[in.aggregate];
      const size_t periods = periods_of(tables, table.grid);
      if (!is_sum(table.rule.fold)) dense.counts = make_cells(periods, agreements);
      if (in.value == no_index || table.rule.fold == value::AggregateFold::count) continue;
      if (is_extreme(table.rule.fold)) {
        dense.extremes.assign(periods * agreements, 0);
      } else {
        dense.sums = make_cells(periods, agreements);
      }
    }
  }
}

}  // namespace

Inputs inputs_of(const Program& program, const PortfolioInputs& inputs, uint32_t agreement) {
  const auto first = inputs.params.begin() + static_cast<std::ptrdiff_t>(size_t{agreement} * program.tables.params.size());
  return {inputs.as_of, {first, first + static_cast<std::ptrdiff_t>(program.tables.params.size())}};
}

std::unique_ptr<Portfolio> make_portfolio(const Program& program, PortfolioInputs inputs) {
  assert(suits_portfolio(program));
  const Tables& tables = program.tables;
  assert(inputs.params.size() == size_t{inputs.agreements} * tables.params.size());
  auto portfolio = std::make_unique<Portfolio>();
  portfolio->inputs = std::move(inputs);
  const size_t agreements = portfolio->inputs.agreements;
  portfolio->shared.inputs.as_of = portfolio->inputs.as_of;
  portfolio->shared.general = program.always_general;
  portfolio->shared.records.resize(tables.records.size());
  portfolio->own.resize(agreements);
  make_params(program, *portfolio);
  make_totals(program, *portfolio);
  for (const RightTable& right : tables.rights) {
    DenseMisses& misses = portfolio->misses.emplace_back();
    if (right.commitments > 0) misses.counts = make_cells(periods_of(tables, right.grid), portfolio->inputs.agreements);
  }
  for (size_t record = 0; record < tables.records.size(); ++record) portfolio->admitted.push_back(make_cells(1, portfolio->inputs.agreements));
  return portfolio;
}

State& own_state(const Program& program, Portfolio& portfolio, uint32_t agreement) {
  std::unique_ptr<State>& own = portfolio.own[agreement];
  if (!own) own = make_state(program, inputs_of(program, portfolio.inputs, agreement));
  return *own;
}

std::vector<uint8_t> alone_in(const Portfolio& portfolio) {
  std::vector<uint8_t> alone = portfolio.unusual;
  for (size_t a = 0; a < alone.size(); ++a) alone[a] = static_cast<uint8_t>(alone[a] | static_cast<uint8_t>(portfolio.own[a] != nullptr));
  return alone;
}

void combine_portfolios(const Program& program, Portfolio& into, const Portfolio& from) {
  assert(into.inputs.agreements == from.inputs.agreements && into.inputs.as_of == from.inputs.as_of && !into.closed && !from.closed);
  for (size_t i = 0; i < into.totals.size(); ++i) {
    const value::AggregateFold fold = program.tables.aggregates[i].rule.fold;
    if (is_extreme(fold)) add_extremes(fold, into.totals[i], from.totals[i]);
    add_cells(into.totals[i].counts, from.totals[i].counts);
    add_cells(into.totals[i].sums, from.totals[i].sums);
  }
  for (size_t i = 0; i < into.misses.size(); ++i) {
    add_cells(into.misses[i].counts, from.misses[i].counts);
    into.misses[i].dated.insert(into.misses[i].dated.end(), from.misses[i].dated.begin(), from.misses[i].dated.end());
  }
  for (size_t i = 0; i < into.admitted.size(); ++i) add_cells(into.admitted[i], from.admitted[i]);
  into.dense_rows += from.dense_rows;
  for (uint32_t a = 0; a < from.inputs.agreements; ++a) {
    if (from.own[a]) combine_states(program, own_state(program, into, a), *from.own[a]);
  }
}

void close_portfolio(Portfolio& portfolio) {
  for (DenseMisses& misses : portfolio.misses) {
    std::sort(misses.dated.begin(), misses.dated.end(),
              [](const DatedMiss& a, const DatedMiss& b) { return std::tie(a.agreement, a.due, a.commitment) < std::tie(b.agreement, b.due, b.commitment); });
  }
  portfolio.closed = true;
}

Results portfolio_results(const Program& program, const Portfolio& portfolio, uint32_t agreement, const Acts& acts) {
  assert(portfolio.closed);
  const std::unique_ptr<State> state = make_state(program, inputs_of(program, portfolio.inputs, agreement));
  if (portfolio.own[agreement]) combine_states(program, *state, *portfolio.own[agreement]);
  add_dense(program, portfolio, agreement, *state);
  run_totals(program, *state, 0);
  state->pass = 1;
  return finish_state(program, *state, undated_misses(program.tables, portfolio, agreement), acts);
}

}  // namespace writ::evaluate
