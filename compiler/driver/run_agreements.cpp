#include "driver/run_agreements.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <thread>

#include "driver/evaluate_agreements.h"
#include "driver/evaluate_facts.h"
#include "driver/exit_codes.h"
#include "driver/facts_read.h"
#include "driver/report.h"
#include "driver/write_file.h"
#include "render/portfolio.h"

namespace writ::driver {

namespace {

struct Run {
  const ir::Agreement& agreement;
  const Options& options;
  ManyAgreements many;
  LoadedFacts loaded;
  RecordFiles record_files;
  std::unique_ptr<evaluate::Engine> engine;
  EvaluatedAgreements evaluated;

  std::string key(uint32_t a) const { return std::string(record::text_of(*many.table.keys.names, a)); }
};

int usage(const std::string& error, const Options& options) {
  print_error(error, options);
  return exit_usage;
}

// Everything up to the closed totals. An exit code, or exit_clean to go on.
int evaluate_all(Run& run) {
  const ir::Agreement& agreement = run.agreement;
  const Options& options = run.options;
  const AgreementKeys& keys = run.many.table.keys;
  std::string error;
  if (const int code = read_agreements(agreement, options, run.loaded, run.many); code != exit_clean) return code;
  if (!open_record_files(agreement, options.records_out, keys.column, run.record_files, error)) return usage(error, options);
  if (!load_facts(agreement, options.agreement, options.facts, run.loaded, &keys)) return bad_data(run.loaded, options);
  run.engine = engine_for(agreement, run.loaded, options, error);
  if (run.engine == nullptr) return usage(error, options);
  Progress progress{options.progress};
  const bool whole = evaluate_agreements(*run.engine, run.many.inputs, run.loaded, evaluate_options(options, progress),
                                         into_files(agreement, run.record_files, run.loaded), run.evaluated);
  clear(progress);
  if (!whole) return bad_data(run.loaded, options);
  return finish_files(run.loaded, run.record_files, options) ? exit_clean : exit_bad_data;
}

// Results of some agreements, by several threads.
std::vector<evaluate::Results> finish_some(Run& run, uint32_t first, uint32_t count) {
  std::vector<evaluate::Results> results(count);
  std::atomic<uint32_t> next{0};
  const auto work = [&] {
    for (uint32_t i = next++; i < count; i = next++) results[i] = results_of(*run.engine, run.evaluated, run.loaded, first + i);
  };
  Progress none;
  const size_t workers = std::min<size_t>(workers_of(evaluate_options(run.options, none)), count);
  std::vector<std::thread> threads;
  for (size_t i = 1; i < workers; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  return results;
}

// The keys of the records at fault of some agreements: by agreement, by fault.
std::vector<std::vector<std::string>> keys_of_faults(Run& run, const std::vector<evaluate::Results>& results) {
  std::vector<std::pair<uint32_t, uint64_t>> rows;
  for (const evaluate::Results& one : results) {
    for (const evaluate::FaultReport& fault : one.faults) rows.emplace_back(fault.record, fault.row);
  }
  std::vector<std::vector<std::string>> keys(results.size());
  if (rows.empty()) return keys;
  const std::vector<std::string> all = keys_of_rows(run.loaded, rows);
  auto next = all.begin();
  for (size_t i = 0; i < results.size(); ++i) {
    const auto end = next + static_cast<std::ptrdiff_t>(results[i].faults.size());
    keys[i].assign(next, end);
    next = end;
  }
  return keys;
}

void add_records(std::vector<evaluate::RecordTotals>& sum, const std::vector<evaluate::RecordTotals>& some) {
  sum.resize(some.size());
  for (size_t i = 0; i < some.size(); ++i) {
    sum[i].admitted += some[i].admitted;
    sum[i].after_horizon += some[i].after_horizon;
    sum[i].outside_term += some[i].outside_term;
    sum[i].undated += some[i].undated;
    sum[i].faulted += some[i].faulted;
  }
}

// A key as the name of a file: what may mean something in names of files is written as %XX.
std::string file_name(const std::string& key) {
  std::string name;
  for (const char c : key) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' || (c == '.' && !name.empty());
    name += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return name;
}

struct Statements {
  std::string folder;  // empty: nobody asks
  std::string ending;
};

bool open_statements(const Options& options, Statements& statements, std::string& error) {
  statements.folder = options.statements;
  statements.ending = options.csv ? ".csv" : options.format == Format::json ? ".json" : ".txt";
  if (options.statements.empty() || mkdir(options.statements.c_str(), 0777) == 0 || errno == EEXIST) return true;
  error = fmt::format("the folder `{}` cannot be made: {}", options.statements, std::strerror(errno));
  return false;
}

enum class Shape { overview, csv, json };

// What is printed, piece by piece.
struct Printer {
  Shape shape = Shape::overview;
  render::Portfolio portfolio;
  render::Overview overview;
};

void print_one(Printer& printer, const render::Statement& statement, const std::string& key, bool is_first) {
  switch (printer.shape) {
    case Shape::overview: render::add_to_overview(printer.overview, statement, key); return;
    case Shape::csv: fmt::print("{}", render::portfolio_csv(statement, key)); return;
    case Shape::json: fmt::print("{}", render::portfolio_json(statement, key, is_first)); return;
  }
}

void print_head(Printer& printer) {
  switch (printer.shape) {
    case Shape::overview: printer.overview = render::begin_overview(printer.portfolio); return;
    case Shape::csv: fmt::print("{}", render::portfolio_csv_head(printer.portfolio)); return;
    case Shape::json: fmt::print("{}", render::portfolio_json_head(printer.portfolio)); return;
  }
}

void print_end(const Printer& printer) {
  switch (printer.shape) {
    case Shape::overview: fmt::print("{}", render::print_overview(printer.portfolio, printer.overview)); return;
    case Shape::csv: return;
    case Shape::json: fmt::print("{}", render::portfolio_json_end(printer.portfolio)); return;
  }
}

}  // namespace

int read_agreements(const ir::Agreement& agreement, const Options& options, LoadedFacts& loaded, ManyAgreements& many) {
  std::string error;
  if (!open_table(agreement, options, loaded.facts, many.table)) return bad_data(loaded, options);
  if (!make_inputs(agreement, options, many.common, error, &many.table.params)) return usage(error, options);
  if (!read_table(agreement, many.common.inputs.params, loaded.facts, many.table, many.inputs.params)) return bad_data(loaded, options);
  many.inputs.as_of = many.common.inputs.as_of;
  many.inputs.agreements = record::count(*many.table.keys.names);
  return exit_clean;
}

int run_agreements(const ir::Agreement& agreement, const Options& options) {
  Run run{agreement, options, {}, {}, {}, {}, {}};
  const int code = evaluate_all(run);
  if (code != exit_clean) return code;
  const evaluate::PortfolioInputs& inputs = run.many.inputs;
  const std::string& key_name = run.many.table.keys.column;
  Statements statements;
  std::string error;
  if (!open_statements(options, statements, error)) return usage(error, options);

  evaluate::Results sums;
  const std::vector<uint64_t> of_nobody = set_aside_of_nobody(run.loaded.facts.report);
  bool findings = any_set_aside(run.loaded.facts.report);
  Printer printer{options.csv ? Shape::csv : options.format == Format::json ? Shape::json : Shape::overview, {}, {}};
  printer.portfolio = {{&agreement, &sums, inputs.as_of, run.many.common.as_of_is_now, facts_read(agreement, run.loaded), {}, {}}, key_name, inputs.agreements};
  print_head(printer);
  constexpr uint32_t at_once = 512;  // whose results are in memory together
  for (uint32_t first = 0; first < inputs.agreements; first += at_once) {
    const std::vector<evaluate::Results> results = finish_some(run, first, std::min(at_once, inputs.agreements - first));
    std::vector<std::vector<std::string>> faults = keys_of_faults(run, results);
    for (uint32_t i = 0; i < results.size(); ++i) {
      const uint32_t a = first + i;
      const auto params = inputs.params.begin() + static_cast<std::ptrdiff_t>(size_t{a} * agreement.params.size());
      render::Statement statement = printer.portfolio.all;
      statement.results = &results[i];
      statement.key_name = key_name;
      statement.key = run.key(a);
      statement.facts = facts_read(agreement, run.loaded, a, of_nobody);
      statement.keys_of_faults = std::move(faults[i]);
      statement.params.assign(params, params + static_cast<std::ptrdiff_t>(agreement.params.size()));
      print_one(printer, statement, run.key(a), a == 0);
      add_records(sums.records, results[i].records);
      findings = findings || !results[i].faults.empty();
      if (statements.folder.empty()) continue;
      const std::string path = statements.folder + "/" + file_name(run.key(a)) + statements.ending;
      if (!write_file(path, print_statement(statement, options), error)) return usage(error, options);
    }
  }
  print_end(printer);
  return findings ? exit_findings : exit_clean;
}

}  // namespace writ::driver
