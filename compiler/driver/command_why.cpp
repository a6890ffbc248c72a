#include <fmt/format.h>

#include "driver/commands.h"
#include "driver/evaluate_agreements.h"
#include "driver/evaluate_facts.h"
#include "driver/exit_codes.h"
#include "driver/load_facts.h"
#include "driver/record_view.h"
#include "driver/report.h"
#include "driver/run_agreements.h"
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

// Whose the record is, and the totals that its values read. `interpreter`: a value of a later pass needs the totals of the earlier ones.
struct Whose {
  evaluate::Inputs inputs;
  std::string key_name, key;  // of many agreements
  std::unique_ptr<evaluate::Totals> totals;
};

// False after a failure of a file.
bool find_totals(const evaluate::Engine& interpreter, LoadedFacts& loaded, Whose& whose) {
  whose.totals = interpreter.passes() == 1 ? interpreter.init(whose.inputs) : run_passes(interpreter, whose.inputs, loaded, {}, {});
  return whose.totals != nullptr;
}

// The same of many: the last column of the record says which.
bool find_totals(const evaluate::Engine& interpreter, const ManyAgreements& many, LoadedFacts& loaded, record::Batch& batch, Whose& whose) {
  const uint32_t agreement = agreement_of(batch, 0);
  batch.columns.pop_back();
  whose.key_name = many.table.keys.column;
  whose.key = record::text_of(*many.table.keys.names, agreement);
  whose.inputs = inputs_of(many.inputs, agreement);
  if (interpreter.passes() == 1) {
    whose.totals = interpreter.init(whose.inputs);
    return true;
  }
  EvaluatedAgreements evaluated;
  if (!evaluate_agreements(interpreter, many.inputs, loaded, {}, {}, evaluated)) return false;
  whose.totals = std::move(evaluated.apart[agreement]);
  return true;
}

}  // namespace

int command_why(const Options& options) {
  Program program;
  int exit_code = exit_clean;
  if (!load_or_report(options, program, exit_code)) return exit_code;
  const ir::Agreement& agreement = program.agreement;
  const bool of_many = !options.agreements.empty();
  ManyAgreements many;
  std::string error;
  LoadedFacts loaded;
  record::Batch batch;
  if (of_many) {
    if (const int code = read_agreements(agreement, options, loaded, many); code != exit_clean) return code;
  } else if (!make_inputs(agreement, options, many.common, error)) {
    print_error(error, options);
    return exit_usage;
  }
  if (!load_facts(agreement, options.agreement, options.facts, loaded, of_many ? &many.table.keys : nullptr)) return bad_data(loaded, options);
  const bool found = find(agreement, options, loaded, batch, error);
  if (!loaded.facts.report.failures.empty()) return bad_data(loaded, options);
  if (!found) {
    for (const record::Finding& finding : loaded.facts.report.set_aside) fmt::print(stderr, "set aside: {}\n", describe(loaded.facts.report, finding));
    print_error(error, options);
    return exit_usage;
  }
  // The explanation is the interpreter's trace; native code agrees with it to the bit.
  const std::unique_ptr<evaluate::Engine> interpreter = interpret::make_interpreter(agreement);
  Whose whose{many.common.inputs, {}, {}, {}};
  if (of_many ? !find_totals(*interpreter, many, loaded, batch, whose) : !find_totals(*interpreter, loaded, whose)) return bad_data(loaded, options);
  const interpret::RecordTrace trace = interpret::trace_record(*interpreter, *whose.totals, batch, 0);
  render::RecordView view = view_of(agreement, program.sources, batch, trace, whose.inputs, options.record_key);
  view.agreement_key_name = whose.key_name;
  view.agreement_key = whose.key;
  fmt::print("{}", options.format == Format::json ? render::why_json(agreement, view) : render::why_human(agreement, view));
  return exit_clean;
}

}  // namespace writ::driver
