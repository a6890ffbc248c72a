// A run over the C interface as data: what a host of a WebAssembly module is told to do (run.mjs), and the same run natively, in the same form.
#pragma once
#include <writ/abi.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "properties/generator.h"
#include "properties/host_columns.h"

namespace writ::testing {

// The batches of some facts in the structures of C.
struct HostBatch {
  std::vector<writ_column> columns, history_columns;
  writ_histories histories{};
  writ_batch batch{};
  std::vector<uint32_t> outputs;  // definitions of its record type
};
struct HostRun {
  properties::Host host;
  std::vector<evaluate::BatchView> views;
  std::vector<HostBatch> batches;
  std::vector<writ_int64> params;
  writ_inputs inputs{};
  std::vector<writ_act> acts[4];
  writ_acts all_acts{};
};
// `facts` must stay.
void prepare(const ir::Agreement& agreement, const properties::Facts& facts, HostRun& run);

// Everything that the interface gives in a run, as JSON: by pass the columns that were asked for and the saved totals, then each value of the results.
// `states`: the saved totals of each pass, as bytes.
nlohmann::json run_native(const writ_evaluator* evaluator, const HostRun& run, std::vector<std::string>& states);

// What run.mjs does to give the same: the run; then totals saved natively (`states`) are loaded, saved again and added; then `hostile` bytes are loaded.
nlohmann::json job_for(const std::string& module, const HostRun& run, const writ_evaluator* evaluator, const std::vector<std::string>& states,
                       const std::vector<std::string>& hostile);
// What the rule set tells about itself, and the explanation of the first records of each batch; for evaluators that were opened with a description.
nlohmann::json words_of(const writ_evaluator* evaluator, const HostRun& run);
inline constexpr uint32_t explained_rows = 12;
// The answers that run.mjs must give to those, besides the run.
nlohmann::json answers_to_states(const writ_evaluator* evaluator, const std::vector<std::string>& states);
nlohmann::json answers_to_hostile(const writ_evaluator* evaluator, const std::vector<std::string>& hostile);

}  // namespace writ::testing
