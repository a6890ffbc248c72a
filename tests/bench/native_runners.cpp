#include <algorithm>
#include <cstdlib>

#include "bench/compare.h"
#include "bench/facts.h"
#include "bench/runners.h"
#include "emit/emit.h"
#include "plan/plan.h"

namespace writ::bench {

namespace {

using evaluate::OutputColumn;

constexpr uint32_t batch_rows = 16384;

// What a host that keeps narrow columns hands over: nothing is copied.
struct NativeColumns {
  std::unique_ptr<evaluate::CompiledEngine> engine;
  NarrowColumns in;
  Outcomes out;
  std::vector<OutputColumn> outputs;
  evaluate::Results results;

  std::vector<std::unique_ptr<int8_t[]>> reasons;

  NativeColumns(const Setting& s, const Level& level, bool records_out, Reasons wanted = Reasons::none)
      : in(s.program.agreement, s.rows), out(records_out ? s.rows.count : 0) {
    emit::EmitOptions options;
    options.optimise = level.optimise;
    options.processor = level.processor;
    options.lanes = s.lanes;
    if (records_out) {
      const Compared compared = find_compared(s.program.agreement);
      options.columns = {compared.tier, compared.acknowledgement, compared.resolution, compared.credit};
      outputs = {{compared.tier, 1, out.tier.get(), nullptr, nullptr},
                 {compared.acknowledgement, 1, out.acknowledgement_missed.get(), nullptr, nullptr},
                 {compared.resolution, 1, out.resolution_missed.get(), nullptr, nullptr},
                 {compared.credit, 4, out.credit.get(), nullptr, nullptr}};
      if (wanted != Reasons::none) take_reasons(s, compared.credit, wanted == Reasons::all, options);
    }
    engine = emit::make_native(plan::make_plan(s.program.agreement), options);
  }

  // Of the columns that are taken one decides between cases, the credit; of all definitions, several.
  void take_reasons(const Setting& s, uint32_t credit, bool all, emit::EmitOptions& options) {
    const ir::Agreement& agreement = s.program.agreement;
    for (uint32_t id = 0; id < agreement.definitions.size(); ++id) {
      const ir::Definition& definition = agreement.definitions.items[id];
      const bool of_ticket = definition.grain.of == ir::Grain::Of::record && definition.grain.record.index == in.view.record;
      if (!of_ticket || definition.hidden || definition.cases.empty() || !(all || id == credit)) continue;
      reasons.push_back(std::make_unique<int8_t[]>(s.rows.count));
      if (id == credit) {
        outputs[3].reasons = reasons.back().get();
        continue;
      }
      options.reasons.push_back(id);
      outputs.push_back({id, 1, nullptr, nullptr, reasons.back().get()});
    }
  }

  void round() {
    const auto totals = engine->init(inputs());
    engine->update_columns(*totals, 0, in.view, outputs);
    engine->close_pass(*totals, 0);
    results = engine->finish(*totals, {});
  }
  std::string differs(const Outcomes& expected) const {
    if (results.records[in.view.record].faulted != 0) return "some record is at fault";
    for (uint32_t i = 0; i < in.view.rows; ++i) {
      const std::string text = compare_row(expected, i, out.tier[i], out.acknowledgement_missed[i] == 1, out.resolution_missed[i] == 1, out.credit[i]);
      if (!text.empty()) return text;
    }
    return {};
  }
};

std::string level_text(const Level& level) {
  const std::string code = level.optimise > 0 ? "native" : "native unoptimised";
  return level.processor.empty() ? code : code + " (" + level.processor + ")";
}

std::string compare_totals(const ir::Agreement& agreement, Variant variant, const evaluate::Results& results, const Expected& expected, uint32_t rows) {
  if (variant == Variant::months) return compare_months(agreement, results, expected.months);
  return compare_counts(agreement, results, expected.outcomes, rows);
}

}  // namespace

Runner native_columns_runner(const Setting& s, const Level& level) {
  auto native = std::make_shared<NativeColumns>(s, level, true);
  return {level_text(level) + ", columns in and out", s.rows.count, [native] { native->round(); },
          [native](const Expected& expected) { return native->differs(expected.outcomes); }};
}

Runner native_reasons_runner(const Setting& s, const Level& level, Reasons wanted) {
  auto native = std::make_shared<NativeColumns>(s, level, true, wanted);
  return {level_text(level) + ", columns in and out, and " + std::to_string(native->reasons.size()) + " of reasons", s.rows.count,
          [native] { native->round(); }, [native](const Expected& expected) { return native->differs(expected.outcomes); }};
}

Runner native_totals_runner(const Setting& s, const Level& level) {
  auto native = std::make_shared<NativeColumns>(s, level, false);
  const auto differs = [native, &agreement = s.program.agreement, variant = s.variant](const Expected& expected) {
    return compare_totals(agreement, variant, native->results, expected, native->in.view.rows);
  };
  return {level_text(level) + ", columns in, totals out", s.rows.count, [native] { native->round(); }, differs};
}

Runner native_batches_runner(const Setting& s) {
  struct Run {
    std::unique_ptr<evaluate::Engine> engine;
    std::vector<record::Batch> batches;
    evaluate::Results results;
  };
  auto run = std::make_shared<Run>();
  run->engine = emit::make_native(plan::make_plan(s.program.agreement), {});
  for (uint32_t first = 0; first < s.rows.count; first += batch_rows) {
    run->batches.push_back(as_batch(s.program.agreement, s.rows, first, std::min(batch_rows, s.rows.count - first)));
  }
  const auto round = [run] {
    const auto totals = run->engine->init(inputs());
    for (const record::Batch& batch : run->batches) run->engine->update(*totals, 0, batch, nullptr);
    run->engine->close_pass(*totals, 0);
    run->results = run->engine->finish(*totals, {});
  };
  const auto differs = [run, &agreement = s.program.agreement, variant = s.variant, n = s.rows.count](const Expected& expected) {
    return compare_totals(agreement, variant, run->results, expected, n);
  };
  return {"native, the reader's batches in, totals out", s.rows.count, round, differs};
}

}  // namespace writ::bench
