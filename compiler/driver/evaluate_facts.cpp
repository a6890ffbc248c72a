#include "driver/evaluate_facts.h"

#include <algorithm>
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

struct Pass {
  const evaluate::Engine& engine;
  int number = 0;
  bool wants_outputs = false;
  BatchQueue& queue;
  InOrder& in_order;
};

void work(Pass& pass, evaluate::Totals& totals) {
  Queued item;
  while (pop(pass.queue, item)) {
    if (!pass.wants_outputs) {
      pass.engine.update(totals, pass.number, item.batch, nullptr);
      item.batch = {};
      release(pass.queue);
      continue;
    }
    Finished finished;
    pass.engine.update(totals, pass.number, item.batch, &finished.outputs);
    finished.batch = std::move(item.batch);
    pass.in_order.add(item.sequence, std::move(finished));
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

std::unique_ptr<evaluate::Totals> run_passes(const evaluate::Engine& engine, const evaluate::Inputs& inputs, LoadedFacts& loaded,
                                             const EvaluateOptions& options, const TakeOutputs& take) {
  size_t workers = static_cast<size_t>(std::max(options.workers, 1));
  std::unique_ptr<evaluate::Totals> base = engine.init(inputs);
  for (int number = 0; number < engine.passes(); ++number) {
    BatchQueue queue{2 * workers + 2};
    InOrder in_order{take, queue, {}, {}};
    Pass pass{engine, number, take && number + 1 == engine.passes(), queue, in_order};
    std::vector<std::unique_ptr<evaluate::Totals>> totals;
    std::vector<std::thread> threads;
    for (size_t i = 0; i < workers; ++i) totals.push_back(number == 0 ? engine.init(inputs) : engine.fork(*base));
    for (size_t i = 0; i < workers; ++i) threads.emplace_back([&pass, &total = *totals[i]] { work(pass, total); });
    bool all = read_all(loaded, options, queue);
    close(queue);
    for (std::thread& thread : threads) thread.join();
    if (!all) return nullptr;
    for (const auto& total : totals) engine.combine(*base, *total);
    engine.close_pass(*base, number);
  }
  return base;
}

bool evaluate_facts(const evaluate::Engine& engine, const evaluate::Inputs& inputs, LoadedFacts& loaded, const EvaluateOptions& options,
                    const TakeOutputs& take, evaluate::Results& results) {
  std::unique_ptr<evaluate::Totals> totals = run_passes(engine, inputs, loaded, options, take);
  if (!totals) return false;
  results = engine.finish(*totals, loaded.acts);
  return true;
}

std::vector<std::string> keys_of_rows(LoadedFacts& loaded, const std::vector<std::pair<uint32_t, uint64_t>>& rows) {
  std::vector<std::string> keys(rows.size());
  for (size_t i = 0; i < loaded.inputs.size(); ++i) {
    const record::RecordInput& input = loaded.inputs[i];
    std::vector<size_t> asked;
    for (size_t k = 0; k < rows.size(); ++k) {
      if (rows[k].first == input.record) asked.push_back(k);
    }
    if (asked.empty() || !input.schema.key) continue;
    size_t left = asked.size();
    record::read_batches(loaded.facts, input, *loaded.prepared[i], {}, [&](record::Batch&& batch) {
      for (size_t k : asked) {
        uint64_t row = rows[k].second;
        if (row < batch.first_row || row >= batch.first_row + batch.rows) continue;
        keys[k] = record::key_of_row(input, batch, static_cast<uint32_t>(row - batch.first_row));
        --left;
      }
      return left > 0;
    });
  }
  return keys;
}

bool find_record(LoadedFacts& loaded, uint32_t record, const std::string& key, record::Batch& found) {
  for (size_t i = 0; i < loaded.inputs.size(); ++i) {
    const record::RecordInput& input = loaded.inputs[i];
    if (input.record != record || !input.schema.key) continue;
    bool there = false;
    record::ReadOptions options;
    options.keep_texts = true;
    record::read_batches(loaded.facts, input, *loaded.prepared[i], options, [&](record::Batch&& batch) {
      for (uint32_t row = 0; row < batch.rows && !there; ++row) {
        if (record::key_of_row(input, batch, row) != key) continue;
        found = record::row_alone(batch, row);
        there = true;
      }
      return !there;
    });
    return there;
  }
  return false;
}

}  // namespace writ::driver
