// Every batch of the facts, read by one thread and worked on by others.
#pragma once
#include <functional>

#include "driver/load_facts.h"
#include "evaluate/engine.h"

namespace writ::driver {

struct EvaluateOptions {
  int workers = 1;  // threads that evaluate, besides the one that reads
  uint32_t batch_rows = 16'384;
  bool keep_texts = false;                  // record::ReadOptions
  std::function<void(uint64_t rows)> read;  // called by the thread that reads, after each batch
};

// Called with every batch of the last pass, in the order of the input, one call at a time (from any thread).
using TakeOutputs = std::function<void(const record::Batch&, const evaluate::RecordOutputs&)>;
// What a worker, one of options.workers, does with a batch; `outputs`: null where nobody takes them.
using WorkOn = std::function<void(size_t worker, const record::Batch& batch, evaluate::RecordOutputs* outputs)>;

inline size_t workers_of(const EvaluateOptions& options) { return options.workers > 1 ? static_cast<size_t>(options.workers) : 1; }
// False after a failure of a file (loaded.facts.report.failures). `take` may be empty.
bool over_batches(LoadedFacts& loaded, const EvaluateOptions& options, const WorkOn& work, const TakeOutputs& take);

}  // namespace writ::driver
