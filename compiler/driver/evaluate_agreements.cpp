#include "driver/evaluate_agreements.h"

#include <cassert>

#include "evaluate/compiled_engine.h"

namespace writ::driver {

namespace {

using evaluate::Engine;
using evaluate::RecordOutputs;
using evaluate::Totals;
using ByAgreement = std::vector<std::unique_ptr<Totals>>;  // null: there is nothing to say yet

template <class T>
void append(std::vector<T>& to, std::vector<T>&& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void append(RecordOutputs& to, RecordOutputs&& from) {
  append(to.admission, std::move(from.admission));
  to.values.resize(from.values.size());
  to.held.resize(from.held.size());
  for (size_t i = 0; i < from.values.size(); ++i) append(to.values[i], std::move(from.values[i]));
  for (size_t i = 0; i < from.held.size(); ++i) append(to.held[i], std::move(from.held[i]));
}

// Stretches of rows of one agreement, as an evaluation of its own would have them: with the places that they have in their files.
void update_apart(const Engine& engine, int pass, const record::Batch& batch, const std::function<Totals&(uint32_t)>& totals_of, RecordOutputs* outputs) {
  for (uint32_t first = 0; first < batch.rows;) {
    const uint32_t agreement = agreement_of(batch, first);
    uint32_t end = first + 1;
    while (end < batch.rows && agreement_of(batch, end) == agreement) ++end;
    record::Batch stretch = record::part_of(batch, first, end - first);
    stretch.columns.pop_back();
    RecordOutputs own;
    engine.update(totals_of(agreement), pass, stretch, outputs != nullptr ? &own : nullptr);
    if (outputs != nullptr) append(*outputs, std::move(own));
    first = end;
  }
}

bool evaluate_apart(const Engine& engine, const evaluate::PortfolioInputs& inputs, LoadedFacts& loaded, const EvaluateOptions& options, const TakeOutputs& take,
                    ByAgreement& base) {
  for (uint32_t a = 0; a < inputs.agreements; ++a) base.push_back(engine.init(inputs_of(inputs, a)));
  for (int pass = 0; pass < engine.passes(); ++pass) {
    std::vector<ByAgreement> totals(workers_of(options));
    for (ByAgreement& of_worker : totals) of_worker.resize(inputs.agreements);
    const WorkOn work = [&](size_t worker, const record::Batch& batch, RecordOutputs* outputs) {
      const auto totals_of = [&](uint32_t agreement) -> Totals& {
        std::unique_ptr<Totals>& own = totals[worker][agreement];
        if (own == nullptr) own = pass == 0 ? engine.init(inputs_of(inputs, agreement)) : engine.fork(*base[agreement]);
        return *own;
      };
      update_apart(engine, pass, batch, totals_of, outputs);
    };
    if (!over_batches(loaded, options, work, pass + 1 == engine.passes() ? take : TakeOutputs{})) return false;
    for (uint32_t a = 0; a < inputs.agreements; ++a) {
      for (ByAgreement& of_worker : totals) {
        if (of_worker[a] != nullptr) engine.combine(*base[a], *of_worker[a]);
      }
      engine.close_pass(*base[a], pass);
    }
  }
  return true;
}

bool evaluate_together(const evaluate::Program& program, const evaluate::PortfolioInputs& inputs, LoadedFacts& loaded, const EvaluateOptions& options,
                       std::unique_ptr<evaluate::Portfolio>& closed) {
  std::vector<std::unique_ptr<evaluate::Portfolio>> portfolios(workers_of(options));
  for (auto& portfolio : portfolios) portfolio = evaluate::make_portfolio(program, inputs);
  const WorkOn work = [&](size_t worker, const record::Batch& batch, RecordOutputs*) {
    std::vector<uint32_t> whose(batch.rows);
    for (uint32_t row = 0; row < batch.rows; ++row) whose[row] = agreement_of(batch, row);
    evaluate::BatchView view = evaluate::view_of(batch);
    view.columns.pop_back();
    const bool fits = evaluate::update_portfolio(program, *portfolios[worker], view, whose, {});
    assert(fits);  // a batch holds numbers of 64 bits in the field's own unit
    (void)fits;
  };
  if (!over_batches(loaded, options, work, {})) return false;
  closed = std::move(portfolios.front());
  for (size_t i = 1; i < portfolios.size(); ++i) evaluate::combine_portfolios(program, *closed, *portfolios[i]);
  evaluate::close_portfolio(*closed);
  return true;
}

}  // namespace

uint32_t agreement_of(const record::Batch& batch, uint32_t row) { return static_cast<uint32_t>(batch.columns.back().values[row]); }

evaluate::Inputs inputs_of(const evaluate::PortfolioInputs& inputs, uint32_t agreement) {
  const size_t params = inputs.params.size() / inputs.agreements;
  const auto first = inputs.params.begin() + static_cast<std::ptrdiff_t>(agreement * params);
  return {inputs.as_of, {first, first + static_cast<std::ptrdiff_t>(params)}};
}

bool evaluate_agreements(const Engine& engine, const evaluate::PortfolioInputs& inputs, LoadedFacts& loaded, const EvaluateOptions& options,
                         const TakeOutputs& take, EvaluatedAgreements& evaluated) {
  // Outcomes of records may be fractions and bounds, which no column holds.
  const auto* compiled = dynamic_cast<const evaluate::CompiledEngine*>(&engine);
  if (compiled != nullptr && !take && evaluate::suits_portfolio(compiled->program())) {
    return evaluate_together(compiled->program(), inputs, loaded, options, evaluated.together);
  }
  return evaluate_apart(engine, inputs, loaded, options, take, evaluated.apart);
}

evaluate::Results results_of(const Engine& engine, EvaluatedAgreements& evaluated, const LoadedFacts& loaded, uint32_t agreement) {
  const evaluate::Acts& acts = loaded.acts_of_agreements[agreement];
  if (evaluated.together == nullptr) return engine.finish(*evaluated.apart[agreement], acts);
  return evaluate::portfolio_results(static_cast<const evaluate::CompiledEngine&>(engine).program(), *evaluated.together, agreement, acts);
}

}  // namespace writ::driver
