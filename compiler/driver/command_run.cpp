#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "driver/commands.h"
#include "driver/evaluate_facts.h"
#include "driver/exit_codes.h"
#include "driver/facts_read.h"
#include "driver/progress.h"
#include "driver/record_file.h"
#include "driver/report.h"
#include "driver/run_agreements.h"
#include "driver/run_inputs.h"
#include "render/statement.h"

namespace writ::driver {

int bad_data(const LoadedFacts& loaded, const Options& options) {
  for (const record::Finding& failure : loaded.facts.report.failures) print_error(describe(loaded.facts.report, failure), options);
  return exit_bad_data;
}

std::unique_ptr<evaluate::Engine> engine_for(const ir::Agreement& agreement, const LoadedFacts& loaded, const Options& options, std::string& error) {
  uint64_t bytes = 0;
  for (const record::FactFile& file : loaded.facts.files) bytes += file.size;
  return make_engine(agreement, choose_engine(options.engine, bytes), error, optimise_for(bytes));
}

EvaluateOptions evaluate_options(const Options& options, Progress& progress) {
  EvaluateOptions out;
  out.workers = options.threads != 0 ? options.threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  out.read = [&progress](uint64_t rows) { advance(progress, rows); };
  return out;
}

TakeOutputs into_files(const ir::Agreement& agreement, const RecordFiles& files, const LoadedFacts& loaded) {
  if (files.all.empty()) return {};
  return [&agreement, &files, &loaded](const record::Batch& batch, const evaluate::RecordOutputs& outputs) {
    for (const RecordFile& file : files.all) write_records(agreement, file, loaded, batch, outputs);
  };
}

bool finish_files(const LoadedFacts& loaded, RecordFiles& files, const Options& options) {
  for (const record::Finding& note : loaded.facts.report.notes) fmt::print(stderr, "note: {}\n", describe(loaded.facts.report, note));
  std::string error;
  if (close_record_files(files, error)) return true;
  print_error(error, options);
  return false;
}

std::string print_statement(const render::Statement& statement, const Options& options) {
  if (options.csv) return render::statement_csv(statement);
  switch (options.format) {
    case Format::json: return render::statement_json(statement);
    case Format::human:
    case Format::plain: return render::statement_human(statement);
  }
  return {};
}

int command_run(const Options& options) {
  Program program;
  int exit_code = exit_clean;
  if (!load_or_report(options, program, exit_code)) return exit_code;
  const ir::Agreement& agreement = program.agreement;
  if (!options.agreements.empty()) return run_agreements(agreement, options);

  RunInputs inputs;
  std::string error;
  RecordFiles record_files;
  if (!make_inputs(agreement, options, inputs, error) || !open_record_files(agreement, options.records_out, {}, record_files, error)) {
    print_error(error, options);
    return exit_usage;
  }
  LoadedFacts loaded;
  if (!load_facts(agreement, options.agreement, options.facts, loaded)) return bad_data(loaded, options);
  const std::unique_ptr<evaluate::Engine> engine = engine_for(agreement, loaded, options, error);
  if (engine == nullptr) {
    print_error(error, options);
    return exit_usage;
  }
  Progress progress{options.progress};
  evaluate::Results results;
  const bool whole = evaluate_facts(*engine, inputs.inputs, loaded, evaluate_options(options, progress), into_files(agreement, record_files, loaded), results);
  clear(progress);
  if (!whole) return bad_data(loaded, options);
  if (!finish_files(loaded, record_files, options)) return exit_bad_data;

  render::Statement statement{&agreement, &results, inputs.inputs.as_of, inputs.as_of_is_now, facts_read(agreement, loaded), {}, inputs.inputs.params};
  std::vector<std::pair<uint32_t, uint64_t>> rows;
  for (const evaluate::FaultReport& fault : results.faults) rows.emplace_back(fault.record, fault.row);
  if (!rows.empty()) statement.keys_of_faults = keys_of_rows(loaded, rows);
  fmt::print("{}", print_statement(statement, options));
  return any_set_aside(loaded.facts.report) || !results.faults.empty() || render::has_errors(statement) ? exit_findings : exit_clean;
}

}  // namespace writ::driver
