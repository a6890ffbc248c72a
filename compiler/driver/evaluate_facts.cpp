#include "driver/evaluate_facts.h"

namespace writ::driver {

std::unique_ptr<evaluate::Totals> run_passes(const evaluate::Engine& engine, const evaluate::Inputs& inputs, LoadedFacts& loaded,
                                             const EvaluateOptions& options, const TakeOutputs& take) {
  std::unique_ptr<evaluate::Totals> base = engine.init(inputs);
  for (int number = 0; number < engine.passes(); ++number) {
    std::vector<std::unique_ptr<evaluate::Totals>> totals;
    for (size_t i = 0; i < workers_of(options); ++i) totals.push_back(number == 0 ? engine.init(inputs) : engine.fork(*base));
    const WorkOn work = [&](size_t worker, const record::Batch& batch, evaluate::RecordOutputs* outputs) {
      engine.update(*totals[worker], number, batch, outputs);
    };
    if (!over_batches(loaded, options, work, number + 1 == engine.passes() ? take : TakeOutputs{})) return nullptr;
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
