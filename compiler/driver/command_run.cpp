#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "driver/commands.h"
#include "driver/evaluate_facts.h"
#include "driver/exit_codes.h"
#include "driver/load_facts.h"
#include "driver/record_file.h"
#include "driver/report.h"
#include "driver/run_inputs.h"
#include "render/statement.h"

namespace writ::driver {

namespace {

constexpr size_t reasons_shown = 5;  // of the rows set aside, for each record type

int bad_data(const LoadedFacts& loaded, const Options& options) {
  for (const record::Finding& failure : loaded.facts.report.failures) print_error(describe(loaded.facts.report, failure), options);
  return exit_bad_data;
}

std::string joined(const record::Report& report, const std::vector<uint32_t>& files) {
  std::string text;
  for (const uint32_t file : files) text += (text.empty() ? "" : ", ") + report.files[file];
  return text;
}

std::vector<std::string> reasons_for(const record::Report& report, uint32_t record, bool of_history) {
  std::vector<std::string> reasons;
  for (const record::Finding& finding : report.set_aside) {
    if (finding.record == record && finding.of_history == of_history && reasons.size() < reasons_shown) reasons.push_back(describe(report, finding));
  }
  return reasons;
}

// What reading came to, a line for each record type, history and act that had a file.
std::vector<render::FactsRead> facts_read(const ir::Agreement& agreement, const LoadedFacts& loaded) {
  const record::Report& report = loaded.facts.report;
  std::vector<render::FactsRead> list;
  const auto add = [&](const std::string& what, uint32_t record, bool of_history, const record::RowCounts& counts, const std::string& files) {
    list.push_back({what, files, counts.read, counts.set_aside, counts.superseded, record, reasons_for(report, record, of_history)});
  };
  for (const record::RecordInput& input : loaded.inputs) {
    const std::string& name = agreement.records.items[input.record].name;
    if (!input.files.empty()) add(name, input.record, false, report.records[input.record], joined(report, input.files));
    if (!input.history_files.empty()) add("history of " + name, input.record, true, report.histories[input.record], joined(report, input.history_files));
  }
  for (const record::RecordInput& input : loaded.act_inputs) {
    if (!input.files.empty()) add(agreement.records.items[input.record].name, input.record, false, report.records[input.record], joined(report, input.files));
  }
  return list;
}

// A line on the terminal that says how far a long run is; nothing for one of less than a second.
struct Progress {
  bool on = false;
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now(), last = start;
  uint64_t rows = 0;
  bool shown = false;
};

void advance(Progress& progress, uint64_t rows) {
  progress.rows += rows;
  if (!progress.on) return;
  using namespace std::chrono_literals;
  const auto now = std::chrono::steady_clock::now();
  if (now - progress.start < 1s || now - progress.last < 200ms) return;
  progress.last = now;
  progress.shown = true;
  fmt::print(stderr, "\r{} records ...", progress.rows);
}

void clear(const Progress& progress) {
  if (progress.shown) fmt::print(stderr, "\r{:40}\r", "");
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

bool has_findings(const record::Report& report, const render::Statement& statement) {
  for (const record::RowCounts& counts : report.records) {
    if (counts.set_aside != 0) return true;
  }
  for (const record::RowCounts& counts : report.histories) {
    if (counts.set_aside != 0) return true;
  }
  return !statement.results->faults.empty() || render::has_errors(statement);
}

}  // namespace

int command_run(const Options& options) {
  Program program;
  int exit_code = exit_clean;
  if (!load_or_report(options, program, exit_code)) return exit_code;
  const ir::Agreement& agreement = program.agreement;

  RunInputs inputs;
  std::string error;
  RecordFiles record_files;
  if (!make_inputs(agreement, options, inputs, error) || !open_record_files(agreement, options.records_out, record_files, error)) {
    print_error(error, options);
    return exit_usage;
  }
  LoadedFacts loaded;
  if (!load_facts(agreement, options.agreement, options.facts, loaded)) return bad_data(loaded, options);
  uint64_t bytes = 0;
  for (const record::FactFile& file : loaded.facts.files) bytes += file.size;
  const std::unique_ptr<evaluate::Engine> engine = make_engine(agreement, choose_engine(options.engine, bytes), error);
  if (engine == nullptr) {
    print_error(error, options);
    return exit_usage;
  }
  EvaluateOptions evaluate_options;
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  evaluate_options.workers = options.threads != 0 ? options.threads : std::max(1, cores);
  Progress progress{options.progress};
  const TakeOutputs take = [&](const record::Batch& batch, const evaluate::RecordOutputs& outputs) {
    for (const RecordFile& file : record_files.all) write_records(agreement, file, loaded, batch, outputs);
  };
  evaluate_options.read = [&](uint64_t rows) { advance(progress, rows); };
  evaluate::Results results;
  const bool whole = evaluate_facts(*engine, inputs.inputs, loaded, evaluate_options, record_files.all.empty() ? TakeOutputs{} : take, results);
  clear(progress);
  if (!whole) return bad_data(loaded, options);
  for (const record::Finding& note : loaded.facts.report.notes) fmt::print(stderr, "note: {}\n", describe(loaded.facts.report, note));
  if (!close_record_files(record_files, error)) {
    print_error(error, options);
    return exit_bad_data;
  }

  render::Statement statement{&agreement, &results, inputs.inputs.as_of, inputs.as_of_is_now, facts_read(agreement, loaded), {}, inputs.inputs.params};
  std::vector<std::pair<uint32_t, uint64_t>> rows;
  for (const evaluate::FaultReport& fault : results.faults) rows.emplace_back(fault.record, fault.row);
  if (!rows.empty()) statement.keys_of_faults = keys_of_rows(loaded, rows);
  fmt::print("{}", print_statement(statement, options));
  return has_findings(loaded.facts.report, statement) ? exit_findings : exit_clean;
}

}  // namespace writ::driver
