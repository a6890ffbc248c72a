#include "bench/compare.h"
#include "bench/facts.h"
#include "bench/runners.h"
#include "interpret/interpret.h"

namespace writ::bench {

Runner interpreter_runner(const Setting& s) {
  struct Run {
    std::unique_ptr<evaluate::Engine> engine;
    record::Batch batch;
    evaluate::RecordOutputs outputs;
    std::vector<uint32_t> places;  // of the compared definitions among the outputs
  };
  auto run = std::make_shared<Run>();
  run->engine = interpret::make_interpreter(s.program.agreement);
  run->batch = as_batch(s.program.agreement, s.rows, 0, s.interpreted_rows);
  const Compared compared = find_compared(s.program.agreement);
  const std::vector<ir::DefinitionId> order = interpret::definitions_of(s.program.agreement, {run->batch.record});
  for (uint32_t definition : {compared.tier, compared.acknowledgement, compared.resolution, compared.credit}) {
    for (uint32_t place = 0; place < order.size(); ++place) {
      if (order[place].index == definition) run->places.push_back(place);
    }
  }
  const auto round = [run] {
    const auto totals = run->engine->init(inputs());
    run->engine->update(*totals, 0, run->batch, &run->outputs);
    run->engine->close_pass(*totals, 0);
    run->engine->finish(*totals, {});
  };
  const auto differs = [run](const Expected& expected) {
    const auto at = [&](size_t which, uint32_t row) { return static_cast<int64_t>(run->outputs.values[run->places[which]][row].lo); };
    for (uint32_t i = 0; i < run->batch.rows; ++i) {
      const std::string text = compare_row(expected.outcomes, i, at(0, i), at(1, i) == 1, at(2, i) == 1, at(3, i));
      if (!text.empty()) return text;
    }
    return std::string();
  };
  return {"interpreter", s.interpreted_rows, round, differs};
}

}  // namespace writ::bench
