// Many agreements that share a rule set and differ in their parameters, evaluated in one pass over the facts of all of them.
// What is usual goes into dense counts by period and agreement; what is not goes into a state of its agreement alone. The result of each
// agreement is that of an evaluation of its own.
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "evaluate/dense.h"
#include "evaluate/state.h"

namespace writ::evaluate {

struct PortfolioInputs {
  int64_t as_of = 0;  // horizon of observation, microseconds UTC
  uint32_t agreements = 0;
  std::vector<value::Value> params;  // agreement after agreement, by parameter, all given
  std::vector<bool> only;            // by definition: values per period and of the agreement that will be asked for, and no counts of records; empty: all
};

// Of one aggregate: what rows in clean forms added. Nothing where nobody asks.
struct DenseTotals {
  DenseCells counts;              // but of sums, which need none
  DenseCells sums;                // also of means
  std::vector<int64_t> extremes;  // by period and then agreement: where something was counted
};

inline bool is_asked_for(const DenseTotals& totals) { return is_asked_for(totals.counts) || is_asked_for(totals.sums); }

// A certain miss of a right that asks when its misses fell due.
struct DatedMiss {
  uint32_t agreement = 0, commitment = 0;
  int64_t due = 0;
};

struct DenseMisses {
  DenseCells counts;
  std::vector<DatedMiss> dated;  // in no order
};

// Rows of a block, ascending.
struct RowList {
  uint32_t count = 0;
  uint16_t rows[most_block_rows + 64];
};

// What is worked on while a block is added.
struct FoldMemory {
  RowList marked, amounted, sorted;
  uint32_t periods[most_block_rows];  // by marked row, 1 more
  std::vector<uint32_t> starts;       // by period + 1, while they are sorted
  size_t last_period = 0;             // that was found last
};

struct Portfolio {
  PortfolioInputs inputs;
  State shared;                                // the horizon, and memory between blocks; counts nothing
  std::vector<std::vector<std::byte>> params;  // by parameter, by agreement: numbers of param_bytes
  std::vector<uint32_t> param_bytes;           // 1, 2, 4 or 8
  std::vector<uint8_t> unusual;                // by agreement, 0 or 1: a parameter is not what clean forms trust it to be
  bool any_unusual = false;
  std::vector<DenseTotals> totals;          // by aggregate
  std::vector<DenseMisses> misses;          // by right
  std::vector<DenseCells> admitted;         // by record: rows of the agreements, in one period
  uint64_t dense_rows = 0;                  // that were added to the above
  std::unique_ptr<FoldMemory> fold;         // made when it is first needed
  std::vector<std::unique_ptr<State>> own;  // by agreement, where there is something to say
  bool closed = false;                      // no more facts
};

// A rule set of one pass; see suits_portfolio.
std::unique_ptr<Portfolio> make_portfolio(const Program& program, PortfolioInputs inputs);
// Whether facts of many agreements can be evaluated together: not where records read totals of earlier passes.
inline bool suits_portfolio(const Program& program) { return program.tables.passes == 1; }

// Evaluates rows of a batch; `agreement` says whose each row is, and is below PortfolioInputs::agreements. Columns may be taken out.
// False, with nothing added for the block at fault and those after it, when a number does not fit 64 bits in its field's unit.
bool update_portfolio(const Program& program, Portfolio& portfolio, const BatchView& batch, std::span<const uint32_t> agreement,
                      std::span<const OutputColumn> outputs);
// Both have the same inputs; neither is closed.
void combine_portfolios(const Program& program, Portfolio& into, const Portfolio& from);
// Of a portfolio to which no facts will be added.
void close_portfolio(Portfolio& portfolio);
Results portfolio_results(const Program& program, const Portfolio& portfolio, uint32_t agreement, const Acts& acts);

// One definition of all agreements, by period and then agreement.
struct PortfolioColumn {
  Lane lane = Lane::i64;
  size_t periods = 1, stride = 0;  // the value of agreement a in period p stands at p * stride + a; behind the last agreement stands nothing
  Bytes numbers;                   // integers of the lane
  std::vector<uint8_t> states;     // value::State, or does_not_fit; empty: all given
};
// Of definitions per period and of the agreement (within PortfolioInputs::only), in their order, as if there were no acts.
std::vector<PortfolioColumn> portfolio_columns(const Program& program, const Portfolio& portfolio, std::span<const uint32_t> definitions);
// One right of all agreements. Most have the same few things to say.
struct PortfolioRight {
  std::vector<RightResult> results;
  std::vector<uint32_t> which;   // by agreement: index into results
  std::vector<uint32_t> misses;  // by agreement: of the window that decides, where there is one and the result does not say
};
RightResult right_of(const PortfolioRight& right, uint32_t agreement);
// As if there were no acts.
PortfolioRight portfolio_rights(const Program& program, const Portfolio& portfolio, uint32_t right);
int64_t number_at(const PortfolioColumn& column, size_t at);

// --- The parts --------------------------------------------------------------------------------------------------------
struct BlockView;
// The state of one agreement alone.
State& own_state(const Program& program, Portfolio& portfolio, uint32_t agreement);
// Adds a block in a clean form; `agreement`: of its rows.
void fold_dense(const Program& program, const BlockView& block, const uint32_t* agreement, Portfolio& portfolio);
// By agreement, 0 or 1: it has something that the dense counts do not say.
std::vector<uint8_t> alone_in(const Portfolio& portfolio);
Inputs inputs_of(const Program& program, const PortfolioInputs& inputs, uint32_t agreement);

}  // namespace writ::evaluate
