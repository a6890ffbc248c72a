// A batch with rows of many agreements: usual rows together, in blocks as they come; others agreement by agreement.
#include <cassert>

#include "evaluate/kernels.h"
#include "evaluate/portfolio_apart.h"
#include "evaluate/run_block.h"

namespace writ::evaluate {

namespace {

// The batch with columns of parameters behind those of its fields.
struct Together {
  const Program& program;
  Portfolio& portfolio;
  std::span<const uint32_t> agreement;
  BatchView batch;
  std::vector<std::vector<std::byte>> gathered;  // by parameter: of the block under way; nothing where the stage does not read it
};

bool prepare(Together& together, const Run& run) {
  const StageTable& stage = run.record.facts_of(Form::portfolio);
  const Portfolio& portfolio = together.portfolio;
  if (!run.record.has_portfolio) return false;
  for (const AggregateIn& in : stage.aggregates) {
    if (in.value != no_index && stage.slots[in.value].lane == Lane::whole) return false;  // no number of 64 bits
  }
  together.gathered.resize(portfolio.params.size());
  for (const FieldTable& field : stage.fields) {
    if (field.param == no_index) continue;
    assert(lane_bytes(field.lane) == portfolio.param_bytes[field.param]);
    together.gathered[field.param].resize(size_t{most_block_rows} * lane_bytes(field.lane));
  }
  for (size_t param = 0; param < portfolio.params.size(); ++param) {
    ColumnView view;
    view.width = portfolio.param_bytes[param];
    view.values = together.gathered[param].data();
    together.batch.columns.push_back(view);
  }
  return true;
}

void gather_params(Together& together, uint64_t first, uint32_t rows) {
  const size_t fields = together.batch.columns.size() - together.gathered.size();
  for (size_t param = 0; param < together.gathered.size(); ++param) {
    std::vector<std::byte>& to = together.gathered[param];
    if (to.empty()) continue;
    gather_numbers(together.portfolio.params[param].data(), together.portfolio.param_bytes[param], &together.agreement[first], rows, to.data());
    together.batch.columns[fields + param].offset = -static_cast<int64_t>(first);
  }
}

bool all_usual(const Together& together, uint64_t first, uint32_t rows) {
  if (!together.portfolio.any_unusual) return true;
  for (uint32_t i = 0; i < rows; ++i) {
    if (together.portfolio.unusual[together.agreement[first + i]] != 0) return false;
  }
  return true;
}

bool run_together(Together& together, Run& run, uint64_t first, uint32_t rows) {
  if (!all_usual(together, first, rows)) return false;
  gather_params(together, first, rows);
  BlockView block;
  if (!evaluate_block(run, Form::portfolio, first, rows, block)) return false;
  fold_dense(together.program, block, &together.agreement[first], together.portfolio);
  if (!run.taken.columns.empty()) copy_columns(block, run.taken.columns, first);
  return true;
}

}  // namespace

bool update_portfolio(const Program& program, Portfolio& portfolio, const BatchView& batch, std::span<const uint32_t> agreement,
                      std::span<const OutputColumn> outputs) {
  assert(agreement.size() == batch.rows && !portfolio.closed);
  Together together{program, portfolio, agreement, batch, {}};
  const Taken taken{nullptr, outputs};
  Run run = make_run(program, portfolio.shared, together.batch, taken);
  const bool usual = prepare(together, run) && suits_clean(run, Form::portfolio);
  if (usual && !begin_batch(run)) return false;
  std::vector<uint32_t> apart;
  for (uint64_t first = 0; first < batch.rows;) {
    if (usual && run_clean(run, Form::portfolio, first, [&](uint32_t part) { return run_together(together, run, first, part); })) continue;
    const uint64_t left = batch.rows - first;
    const uint64_t end = first + (usual ? std::min<uint64_t>(portfolio.shared.scratch.clean_rows, left) : left);
    for (; first < end; ++first) apart.push_back(static_cast<uint32_t>(first));
  }
  return update_apart(program, portfolio, batch, agreement, apart, outputs);
}

}  // namespace writ::evaluate
