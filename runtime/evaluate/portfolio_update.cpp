// A batch with rows of many agreements: usual rows together, in blocks as they come; others agreement by agreement.
#include <algorithm>
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

// Would these rows pass? Less than a group is filled up with the last of them; nothing is added.
bool are_usual(Together& together, Run& run, uint64_t first, uint32_t rows) {
  if (!all_usual(together, first, rows)) return false;
  gather_params(together, first, rows);
  BlockView block;
  return evaluate_block(run, Form::portfolio, first, rows, block);
}

// Rows that did not pass together: those that do in smaller numbers are `loose`, the others go `apart`.
struct Sifted {
  std::vector<uint32_t> loose, apart;
  uint32_t skip = 0, skipped = 0;  // stretches not to be sifted, since hardly any row was usual in those before
};

void add_rows(std::vector<uint32_t>& to, uint64_t first, uint32_t rows) {
  for (uint32_t i = 0; i < rows; ++i) to.push_back(static_cast<uint32_t>(first + i));
}

void sift(Together& together, Run& run, uint64_t first, uint32_t rows, Sifted& sifted) {
  if (rows == 1) return sifted.apart.push_back(static_cast<uint32_t>(first));
  const uint32_t half = rows / 2;
  for (const auto& [from, count] : {std::pair{first, half}, std::pair{first + half, rows - half}}) {
    if (are_usual(together, run, from, count)) {
      add_rows(sifted.loose, from, count);
    } else {
      sift(together, run, from, count, sifted);
    }
  }
}

void sift_stretch(Together& together, Run& run, uint64_t first, uint32_t rows, Sifted& sifted) {
  constexpr uint32_t most_skip = 64;
  if (sifted.skipped < sifted.skip) {
    sifted.skipped += 1;
    return add_rows(sifted.apart, first, rows);
  }
  const size_t before = sifted.apart.size();
  sift(together, run, first, rows, sifted);
  const bool worth_it = (sifted.apart.size() - before) * 4 < rows;
  sifted.skip = worth_it ? 0 : std::min(sifted.skip * 2 + 1, most_skip);
  sifted.skipped = 0;
}

// The usual rows of a batch, in blocks as they come.
bool update_together(const Program& program, Portfolio& portfolio, const BatchView& batch, std::span<const uint32_t> agreement,
                     std::span<const OutputColumn> outputs, bool sifts, Sifted& sifted) {
  Together together{program, portfolio, agreement, batch, {}};
  const Taken taken{nullptr, outputs};
  Run run = make_run(program, portfolio.shared, together.batch, taken);
  if (!prepare(together, run) || !suits_clean(run, Form::portfolio)) {
    add_rows(sifted.apart, 0, batch.rows);
    return true;
  }
  if (!begin_batch(run)) return false;
  for (uint64_t first = 0; first < batch.rows;) {
    if (run_clean(run, Form::portfolio, first, [&](uint32_t part) { return run_together(together, run, first, part); })) continue;
    const uint32_t most = std::min(portfolio.shared.scratch.clean_rows, run.record.facts_of(Form::portfolio).block_rows);
    const uint32_t rows = static_cast<uint32_t>(std::min<uint64_t>(most, batch.rows - first));
    if (sifts) {
      sift_stretch(together, run, first, rows, sifted);
    } else {
      add_rows(sifted.apart, first, rows);
    }
    first += rows;
  }
  return true;
}

}  // namespace

bool update_portfolio(const Program& program, Portfolio& portfolio, const BatchView& batch, std::span<const uint32_t> agreement,
                      std::span<const OutputColumn> outputs) {
  assert(agreement.size() == batch.rows && !portfolio.closed);
  Sifted sifted;
  if (!update_together(program, portfolio, batch, agreement, outputs, true, sifted)) return false;
  // Usual rows with unusual neighbours are brought together, in whole groups; they are looked at once more.
  std::span<const uint32_t> loose = sifted.loose;
  const size_t whole = loose.size() / 64 * 64;
  for (size_t first = 0; first < whole; first += rows_copied_at_once) {
    const std::span<const uint32_t> some = loose.subspan(first, std::min(rows_copied_at_once, whole - first));
    Sifted rest;
    const OnRows run = [&](const BatchView& copied, std::span<const uint32_t> whose, std::span<const OutputColumn> columns) {
      return update_together(program, portfolio, copied, whose, columns, false, rest);
    };
    if (!on_copied_rows(batch, agreement, some, outputs, run)) return false;
    for (const uint32_t row : rest.apart) sifted.apart.push_back(some[row]);
  }
  sifted.apart.insert(sifted.apart.end(), loose.begin() + static_cast<std::ptrdiff_t>(whole), loose.end());
  std::sort(sifted.apart.begin(), sifted.apart.end());
  return update_apart(program, portfolio, batch, agreement, sifted.apart, outputs);
}

}  // namespace writ::evaluate
