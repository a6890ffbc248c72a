// Facts through an engine, on several threads. The answer does not depend on how many, nor on the size of the batches.
#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "driver/over_batches.h"
#include "evaluate/engine.h"

namespace writ::driver {

// All passes over all facts. False after a failure of a file (loaded.facts.report.failures); `results` is then not to be used.
bool evaluate_facts(const evaluate::Engine& engine, const evaluate::Inputs& inputs, LoadedFacts& loaded, const EvaluateOptions& options,
                    const TakeOutputs& take, evaluate::Results& results);

// The same up to the closed totals of the last pass, which an engine can finish or explain; null after a failure.
std::unique_ptr<evaluate::Totals> run_passes(const evaluate::Engine& engine, const evaluate::Inputs& inputs, LoadedFacts& loaded,
                                             const EvaluateOptions& options, const TakeOutputs& take);

// The keys of some rows, (record type, ordinal of the row), in the order asked; "" where the record type has no key. Reads the files again.
std::vector<std::string> keys_of_rows(LoadedFacts& loaded, const std::vector<std::pair<uint32_t, uint64_t>>& rows);

// The record with a key, alone in a batch with its history and all its texts; false when there is none.
bool find_record(LoadedFacts& loaded, uint32_t record, const std::string& key, record::Batch& found);

}  // namespace writ::driver
