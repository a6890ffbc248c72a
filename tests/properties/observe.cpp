// Running an engine over facts: at once, and cut into pieces in every way that the laws allow.
#include <algorithm>
#include <stdexcept>

#include "properties/generator.h"

namespace writ::properties {

namespace {

record::Column slice_column(const record::Column& column, size_t from, size_t until) {
  const auto part = [&](const auto& all) {
    using Vector = std::decay_t<decltype(all)>;
    return all.empty() ? Vector() : Vector(all.begin() + static_cast<long>(from), all.begin() + static_cast<long>(until));
  };
  return {part(column.values), part(column.states), part(column.texts)};
}

}  // namespace

record::Batch slice(const record::Batch& batch, uint32_t from, uint32_t until) {
  record::Batch cut;
  cut.record = batch.record;
  cut.first_row = batch.first_row + from;
  cut.rows = until - from;
  for (const record::Column& column : batch.columns) cut.columns.push_back(slice_column(column, from, until));
  if (!batch.origins.empty()) cut.origins.assign(batch.origins.begin() + from, batch.origins.begin() + until);
  if (batch.history.offsets.empty()) return cut;
  const uint32_t first = batch.history.offsets[from], last = batch.history.offsets[until];
  for (uint32_t row = from; row <= until; ++row) cut.history.offsets.push_back(batch.history.offsets[row] - first);
  for (const record::Column& column : batch.history.columns) cut.history.columns.push_back(slice_column(column, first, last));
  cut.history.tied.assign(batch.history.tied.begin() + from, batch.history.tied.begin() + until);
  return cut;
}

Observed observe(const evaluate::Engine& engine, const Facts& facts) {
  Observed seen;
  seen.outputs.resize(facts.batches.size());
  const auto totals = engine.init(facts.inputs);
  for (int pass = 0; pass < engine.passes(); ++pass) {
    for (size_t i = 0; i < facts.batches.size(); ++i) engine.update(*totals, pass, facts.batches[i], &seen.outputs[i]);
    engine.close_pass(*totals, pass);
  }
  seen.results = engine.finish(*totals, facts.acts);
  return seen;
}

namespace {

using Pieces = std::vector<std::unique_ptr<evaluate::Totals>>;

void append(evaluate::RecordOutputs& whole, const evaluate::RecordOutputs& piece, uint32_t at, uint32_t rows) {
  whole.values.resize(piece.values.size());
  whole.held.resize(piece.held.size());
  whole.admission.resize(rows);
  std::copy(piece.admission.begin(), piece.admission.end(), whole.admission.begin() + at);
  for (size_t d = 0; d < piece.values.size(); ++d) {
    whole.values[d].resize(rows);
    whole.held[d].resize(rows);
    std::copy(piece.values[d].begin(), piece.values[d].end(), whole.values[d].begin() + at);
    std::copy(piece.held[d].begin(), piece.held[d].end(), whole.held[d].begin() + at);
  }
}

void reload(const evaluate::Engine& engine, std::unique_ptr<evaluate::Totals>& totals) {
  std::string error;
  const auto bytes = engine.save(*totals);
  totals = engine.load(bytes, error);
  if (totals == nullptr) throw std::logic_error("a saved state does not load: " + error);
  if (engine.save(*totals) != bytes) throw std::logic_error("a loaded state has other bytes than it was saved as");
}

void update_pieces(const evaluate::Engine& engine, const Facts& facts, int pass, Dice& dice, Pieces& pieces, Observed& seen) {
  for (size_t i = 0; i < facts.batches.size(); ++i) {
    const record::Batch& batch = facts.batches[i];
    for (uint32_t from = 0; from < batch.rows;) {
      const uint32_t until = std::min(batch.rows, from + 1 + static_cast<uint32_t>(dice.below(7)));
      evaluate::RecordOutputs outputs;
      const bool wanted = !dice.one_in(4) || pass + 1 == engine.passes();
      engine.update(*dice.pick(pieces), pass, slice(batch, from, until), wanted ? &outputs : nullptr);
      if (wanted) append(seen.outputs[i], outputs, from, batch.rows);
      from = until;
    }
  }
}

std::unique_ptr<evaluate::Totals> merge(const evaluate::Engine& engine, Pieces pieces, Dice& dice) {
  while (pieces.size() > 1) {
    const auto into = static_cast<size_t>(dice.below(static_cast<int>(pieces.size())));
    const size_t from = (into + 1 + static_cast<size_t>(dice.below(static_cast<int>(pieces.size()) - 1))) % pieces.size();
    if (dice.one_in(3)) reload(engine, pieces[from]);
    engine.combine(*pieces[into], *pieces[from]);
    pieces.erase(pieces.begin() + static_cast<long>(from));
  }
  return std::move(pieces[0]);
}

}  // namespace

Observed observe_split(const evaluate::Engine& engine, const Facts& facts, uint64_t seed) {
  Dice dice{seed};
  Observed seen;
  seen.outputs.resize(facts.batches.size());
  std::unique_ptr<evaluate::Totals> totals = engine.init(facts.inputs);
  for (int pass = 0; pass < engine.passes(); ++pass) {
    Pieces pieces;
    for (int n = dice.below(4); n > 0; --n) pieces.push_back(pass == 0 && dice.one_in(2) ? engine.init(facts.inputs) : engine.fork(*totals));
    // Sometimes the state that was forked takes part, sometimes the forks carry on alone.
    if (pieces.empty() || dice.one_in(2)) pieces.push_back(std::move(totals));
    update_pieces(engine, facts, pass, dice, pieces, seen);
    totals = merge(engine, std::move(pieces), dice);
    if (dice.one_in(3)) reload(engine, totals);
    engine.close_pass(*totals, pass);
    if (dice.one_in(3)) reload(engine, totals);
  }
  seen.results = engine.finish(*totals, facts.acts);
  return seen;
}

}  // namespace writ::properties
