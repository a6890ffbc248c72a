#include "evaluate/portfolio.h"

#include <algorithm>
#include <cassert>
#include <limits>
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
  portfolio.unusual.assign(agreements, false);
  for (size_t p = 0; p < tables.size(); ++p) {
    const uint32_t bytes = bytes_for(tables[p]);
    std::vector<std::byte>& column = portfolio.params.emplace_back(size_t{agreements} * bytes);
    portfolio.param_bytes.push_back(bytes);
    for (uint32_t a = 0; a < agreements; ++a) {
      const value::Value& v = portfolio.inputs.params[size_t{a} * tables.size() + p];
      if (value::is_certain(v) && v.lo_den == 1 && v.lo >= tables[p].low && v.lo <= tables[p].high) {
        put(column, bytes, a, static_cast<int64_t>(v.lo));
      } else {
        portfolio.unusual[a] = portfolio.any_unusual = true;
      }
    }
  }
}

size_t periods_of(const Tables& tables, uint32_t grid) { return grid == no_index ? 1 : static_cast<size_t>(value::period_count(tables.grids[grid])); }

template <class T>
void add_all(std::vector<T>& into, const std::vector<T>& from) {
  for (size_t i = 0; i < into.size(); ++i) into[i] += from[i];
}

template <class T>
void add_extremes(value::AggregateFold fold, std::vector<T>& into, const std::vector<uint32_t>& into_counts, const std::vector<T>& from,
                  const std::vector<uint32_t>& from_counts) {
  const bool least = fold == value::AggregateFold::minimum;
  for (size_t i = 0; i < into.size(); ++i) {
    if (from_counts[i] == 0) continue;
    const bool takes = into_counts[i] == 0 || (least ? from[i] < into[i] : from[i] > into[i]);
    if (takes) into[i] = from[i];
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
      const size_t at = p * portfolio.inputs.agreements + agreement;
      value::AggregateCell cell;
      if (!dense.counts.empty()) cell.n = dense.counts[at];
      if (cell.n == 0 && !is_sum(table.rule.fold)) continue;
      if (!dense.numbers.empty()) cell.lo = cell.hi = dense.numbers[at];
      if (!dense.wide_numbers.empty()) cell.lo = cell.hi = dense.wide_numbers[at];
      value::combine_cells(state.cells[table.first + static_cast<uint32_t>(p) * table.stride], cell, table.rule.fold);
    }
  }
  for (size_t record = 0; record < portfolio.admitted.size(); ++record) state.records[record].admitted += portfolio.admitted[record][agreement];
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
    const std::vector<uint32_t>& counts = portfolio.misses[right].counts;
    if (counts.empty() || asks_for_dates(tables.rights[right])) continue;
    for (size_t p = 0; p < periods_of(tables, tables.rights[right].grid); ++p) by_period.push_back(counts[p * portfolio.inputs.agreements + agreement]);
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
  for (const RecordProgram& record : program.records) {
    const StageTable& stage = record.facts_of(Form::portfolio);
    for (const AggregateIn& in : stage.aggregates) {
      if (!asked[in.aggregate]) continue;
      const AggregateTable& table = tables.aggregates[in.aggregate];
      DenseTotals& dense = portfolio.totals[in.aggregate];
      const size_t cells = periods_of(tables, table.grid) * portfolio.inputs.agreements;
      if (!is_sum(table.rule.fold)) dense.counts.assign(cells, 0);
      if (in.value == no_index || table.rule.fold == value::AggregateFold::count) continue;
      const bool wide = lane_bytes(stage.slots[in.value].lane) > 4 && !is_extreme(table.rule.fold);
      if (wide) {
        dense.wide_numbers.assign(cells, 0);
      } else {
        dense.numbers.assign(cells, 0);
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
    if (right.commitments > 0) misses.counts.assign(periods_of(tables, right.grid) * agreements, 0);
  }
  portfolio->admitted.assign(tables.records.size(), std::vector<uint32_t>(agreements, 0));
  return portfolio;
}

State& own_state(const Program& program, Portfolio& portfolio, uint32_t agreement) {
  std::unique_ptr<State>& own = portfolio.own[agreement];
  if (!own) own = make_state(program, inputs_of(program, portfolio.inputs, agreement));
  return *own;
}

bool combine_portfolios(const Program& program, Portfolio& into, const Portfolio& from) {
  assert(into.inputs.agreements == from.inputs.agreements && into.inputs.as_of == from.inputs.as_of && !into.closed && !from.closed);
  if (into.dense_rows + from.dense_rows > std::numeric_limits<uint32_t>::max()) return false;
  for (size_t i = 0; i < into.totals.size(); ++i) {
    const value::AggregateFold fold = program.tables.aggregates[i].rule.fold;
    DenseTotals& sum = into.totals[i];
    const DenseTotals& part = from.totals[i];
    if (is_extreme(fold)) {
      add_extremes(fold, sum.numbers, sum.counts, part.numbers, part.counts);
    } else {
      add_all(sum.numbers, part.numbers);
    }
    add_all(sum.wide_numbers, part.wide_numbers);
    add_all(sum.counts, part.counts);
  }
  for (size_t i = 0; i < into.misses.size(); ++i) {
    add_all(into.misses[i].counts, from.misses[i].counts);
    into.misses[i].dated.insert(into.misses[i].dated.end(), from.misses[i].dated.begin(), from.misses[i].dated.end());
  }
  for (size_t i = 0; i < into.admitted.size(); ++i) add_all(into.admitted[i], from.admitted[i]);
  into.dense_rows += from.dense_rows;
  for (uint32_t a = 0; a < from.inputs.agreements; ++a) {
    if (from.own[a]) combine_states(program, own_state(program, into, a), *from.own[a]);
  }
  return true;
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
