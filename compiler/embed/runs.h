// Phase embed: an agreement inside another program (writ/agreement.h).
// In: an agreement, as a file or a text; tables in memory. Out: diagnostics; a statement, tables of results, the explanation of one record.
// Promises: the figures are those that `writ run` prints over files with the same cells; whatever the number of threads.
// Does not: print, write files, keep the tables after a run. Reports: what the phases and the readers of facts report, as texts.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "driver/pipeline.h"
#include "driver/run_inputs.h"
#include "embed/results.h"
#include "embed/tables.h"
#include "render/statement.h"

namespace writ::embed {

struct Compiled {
  driver::Program program;
  std::unique_ptr<evaluate::Engine> engine;  // the best one
};

struct RunOptions {
  driver::Options options;  // as-of instant, settings, engine, threads
  arrow::Naive naive = arrow::Naive::refused;
  bool records = false;  // keep the outcomes of every record
};

struct Run {
  std::shared_ptr<const Compiled> compiled;
  driver::RunInputs inputs;
  evaluate::Results results;
  record::Texts texts;
  record::Report report;
  std::vector<render::FactsRead> facts;
  std::vector<std::string> keys_of_faults;
  std::vector<TablePtr> like;                  // by record type: its columns, no row; null: nothing was kept
  std::vector<std::vector<TablePtr>> records;  // by record type
};

// Null with the reason in `error`.
std::unique_ptr<Run> run(std::shared_ptr<const Compiled> compiled, const RunOptions& options, std::vector<std::unique_ptr<HeldTable>> tables,
                         std::string& error);
// Why a record came out as it did. record: its type; empty: any. False with the reason in `error`.
bool why(const Compiled& compiled, const RunOptions& options, std::vector<std::unique_ptr<HeldTable>> tables, const std::string& record, const std::string& key,
         bool json, std::string& text, std::string& error);
render::Statement statement_of(const Run& run);

}  // namespace writ::embed
