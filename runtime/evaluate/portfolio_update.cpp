// A batch with rows of many agreements: usual rows together, in blocks as they come; others agreement by agreement.
#include <cassert>

#include "evaluate/kernels.h"
#include "evaluate/portfolio.h"
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

// Rows [first, first + rows) of a batch as a batch. `offsets` is memory for its histories.
BatchView part_of(const BatchView& batch, size_t fields, uint64_t first, uint32_t rows, std::vector<uint32_t>& offsets) {
  BatchView part = batch;
  part.columns.resize(fields);
  part.rows = rows;
  part.first_row += first;
  for (ColumnView& column : part.columns) column.offset += static_cast<int64_t>(first);
  if (batch.history.offsets == nullptr) return part;
  const uint32_t start = batch.history.offsets[first];
  offsets.clear();
  for (uint32_t i = 0; i <= rows; ++i) offsets.push_back(batch.history.offsets[first + i] - start);
  part.history.offsets = offsets.data();
  part.history.rows = offsets.back();
  if (batch.history.tied != nullptr) part.history.tied += first;
  for (ColumnView& column : part.history.columns) column.offset += start;
  return part;
}

// Stretches of rows of one agreement, each as an evaluation of its own would have it.
bool run_apart(Together& together, size_t fields, std::span<const OutputColumn> outputs, uint64_t first, uint32_t rows) {
  std::vector<uint32_t> offsets;
  std::vector<OutputColumn> columns;
  for (uint64_t at = first, end = first + rows; at < end;) {
    const uint32_t agreement = together.agreement[at];
    uint64_t next = at + 1;
    while (next < end && together.agreement[next] == agreement) ++next;
    columns.assign(outputs.begin(), outputs.end());
    for (OutputColumn& column : columns) {
      if (column.values != nullptr) column.values = static_cast<std::byte*>(column.values) + at * column.width;
      if (column.reasons != nullptr) column.reasons = static_cast<std::byte*>(column.reasons) + at * column.reason_width;
      if (column.states != nullptr) column.states += at;
    }
    State& state = own_state(together.program, together.portfolio, agreement);
    std::swap(state.scratch, together.portfolio.shared.scratch);
    const bool fits = update_state(together.program, state, part_of(together.batch, fields, at, static_cast<uint32_t>(next - at), offsets), {nullptr, columns});
    std::swap(state.scratch, together.portfolio.shared.scratch);
    if (!fits) return false;
    at = next;
  }
  return true;
}

}  // namespace

bool update_portfolio(const Program& program, Portfolio& portfolio, const BatchView& batch, std::span<const uint32_t> agreement,
                      std::span<const OutputColumn> outputs) {
  assert(agreement.size() == batch.rows && !portfolio.closed);
  Together together{program, portfolio, agreement, batch, {}};
  const size_t fields = batch.columns.size();
  const Taken taken{nullptr, outputs};
  Run run = make_run(program, portfolio.shared, together.batch, taken);
  const bool usual = prepare(together, run) && suits_clean(run, Form::portfolio);
  if (usual && !begin_batch(run)) return false;
  for (uint64_t first = 0; first < batch.rows;) {
    if (usual && run_clean(run, Form::portfolio, first, [&](uint32_t part) { return run_together(together, run, first, part); })) continue;
    const uint64_t left = batch.rows - first;
    const uint32_t part = static_cast<uint32_t>(usual ? std::min<uint64_t>(portfolio.shared.scratch.clean_rows, left) : left);
    if (!run_apart(together, fields, outputs, first, part)) return false;
    first += part;
  }
  return true;
}

}  // namespace writ::evaluate
