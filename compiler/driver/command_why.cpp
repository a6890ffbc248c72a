#include <fmt/format.h>

#include "driver/commands.h"
#include "driver/evaluate_facts.h"
#include "driver/exit_codes.h"
#include "driver/load_facts.h"
#include "driver/record_view.h"
#include "driver/report.h"
#include "driver/run_inputs.h"
#include "interpret/interpret.h"
#include "render/why.h"

namespace writ::driver {

namespace {

// The record with the key, in the type that was asked for or in any.
bool find(const ir::Agreement& agreement, const Options& options, LoadedFacts& loaded, record::Batch& batch, std::string& error) {
  bool known_type = options.record_type.empty();
  for (const record::RecordInput& input : loaded.inputs) {
    const ir::Record& record = agreement.records.items[input.record];
    if (!options.record_type.empty() && options.record_type != record.name) continue;
    known_type = true;
    if (record.key && find_record(loaded, input.record, options.record_key, batch)) return true;
  }
  error = known_type ? fmt::format("no {} has the key `{}`", options.record_type.empty() ? "record" : options.record_type, options.record_key)
                     : fmt::format("the agreement has no record type `{}`", options.record_type);
  return false;
}

}  // namespace

int command_why(const Options& options) {
  Program program;
  int exit_code = exit_clean;
  if (!load_or_report(options, program, exit_code)) return exit_code;
  const ir::Agreement& agreement = program.agreement;
  RunInputs inputs;
  std::string error;
  if (!make_inputs(agreement, options, inputs, error)) {
    print_error(error, options);
    return exit_usage;
  }
  LoadedFacts loaded;
  record::Batch batch;
  const auto failed = [&] {
    for (const record::Finding& failure : loaded.facts.report.failures) print_error(describe(loaded.facts.report, failure), options);
    return exit_bad_data;
  };
  if (!load_facts(agreement, options.agreement, options.facts, loaded)) return failed();
  const bool found = find(agreement, options, loaded, batch, error);
  if (!loaded.facts.report.failures.empty()) return failed();
  if (!found) {
    for (const record::Finding& finding : loaded.facts.report.set_aside) fmt::print(stderr, "set aside: {}\n", describe(loaded.facts.report, finding));
    print_error(error, options);
    return exit_usage;
  }
  // The explanation is the interpreter's trace; native code agrees with it to the bit. A value of a later pass needs the totals of the earlier ones.
  const std::unique_ptr<evaluate::Engine> interpreter = interpret::make_interpreter(agreement);
  std::unique_ptr<evaluate::Totals> totals =
      interpreter->passes() == 1 ? interpreter->init(inputs.inputs) : run_passes(*interpreter, inputs.inputs, loaded, {}, {});
  if (totals == nullptr) return failed();
  const interpret::RecordTrace trace = interpret::trace_record(*interpreter, *totals, batch, 0);
  const render::RecordView view = view_of(agreement, program.sources, batch, trace, inputs.inputs, options.record_key);
  fmt::print("{}", options.format == Format::json ? render::why_json(agreement, view) : render::why_human(agreement, view));
  return exit_clean;
}

}  // namespace writ::driver
