#include "driver/over_batches.h"

#include <map>
#include <thread>

#include "driver/batch_queue.h"

namespace writ::driver {

namespace {

// What one worker made of one batch, waiting for those before it.
struct Finished {
  record::Batch batch;
  evaluate::RecordOutputs outputs;
};

// Hands outputs on in the order of the input, whatever the order in which they were made.
struct InOrder {
  const TakeOutputs& take;
  BatchQueue& queue;
  std::mutex mutex;
  std::map<uint64_t, Finished> waiting;
  uint64_t next = 0;

  void add(uint64_t sequence, Finished finished) {
    std::lock_guard lock(mutex);
    waiting.emplace(sequence, std::move(finished));
    while (!waiting.empty() && waiting.begin()->first == next) {
      const Finished& first = waiting.begin()->second;
      take(first.batch, first.outputs);
      waiting.erase(waiting.begin());
      ++next;
      release(queue);
    }
  }
};

void run_worker(size_t worker, const WorkOn& work, BatchQueue& queue, InOrder& in_order) {
  Queued item;
  while (pop(queue, item)) {
    if (!in_order.take) {
      work(worker, item.batch, nullptr);
      item.batch = {};
      release(queue);
      continue;
    }
    Finished finished;
    work(worker, item.batch, &finished.outputs);
    finished.batch = std::move(item.batch);
    in_order.add(item.sequence, std::move(finished));
  }
}

bool read_all(LoadedFacts& loaded, const EvaluateOptions& options, BatchQueue& queue) {
  for (size_t i = 0; i < loaded.inputs.size(); ++i) {
    auto take = [&](record::Batch&& batch) {
      const uint64_t rows = batch.rows;
      push(queue, std::move(batch));
      if (options.read) options.read(rows);
      return true;
    };
    if (!record::read_batches(loaded.facts, loaded.inputs[i], *loaded.prepared[i], {options.batch_rows, options.keep_texts}, take)) return false;
  }
  return true;
}

}  // namespace

bool over_batches(LoadedFacts& loaded, const EvaluateOptions& options, const WorkOn& work, const TakeOutputs& take) {
  const size_t workers = workers_of(options);
  BatchQueue queue{2 * workers + 2};
  InOrder in_order{take, queue, {}, {}};
  std::vector<std::thread> threads;
  for (size_t i = 0; i < workers; ++i) threads.emplace_back([&, i] { run_worker(i, work, queue, in_order); });
  const bool all = read_all(loaded, options, queue);
  close(queue);
  for (std::thread& thread : threads) thread.join();
  return all;
}

}  // namespace writ::driver
