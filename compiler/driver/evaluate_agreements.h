// Facts of many agreements through an engine: together in one pass where that suits, else each agreement by itself. The answer is the same.
#pragma once
#include <memory>
#include <vector>

#include "driver/over_batches.h"
#include "evaluate/portfolio.h"

namespace writ::driver {

// Whose a row of a batch is that was loaded with keys: the last column says it.
uint32_t agreement_of(const record::Batch& batch, uint32_t row);
// What one of them is told.
evaluate::Inputs inputs_of(const evaluate::PortfolioInputs& inputs, uint32_t agreement);

struct EvaluatedAgreements {
  std::unique_ptr<evaluate::Portfolio> together;         // closed
  std::vector<std::unique_ptr<evaluate::Totals>> apart;  // or, by agreement: with all passes closed
};

// All passes over all facts, which were loaded with their keys. False after a failure of a file (loaded.facts.report.failures).
bool evaluate_agreements(const evaluate::Engine& engine, const evaluate::PortfolioInputs& inputs, LoadedFacts& loaded, const EvaluateOptions& options,
                         const TakeOutputs& take, EvaluatedAgreements& evaluated);
// What one of them came to. From one thread at a time for one agreement.
evaluate::Results results_of(const evaluate::Engine& engine, EvaluatedAgreements& evaluated, const LoadedFacts& loaded, uint32_t agreement);

}  // namespace writ::driver
