// `writ run --agreements`, and what it shares with a run of one agreement.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "driver/agreement_table.h"
#include "driver/options.h"
#include "driver/over_batches.h"
#include "driver/progress.h"
#include "driver/record_file.h"
#include "driver/run_inputs.h"
#include "evaluate/portfolio.h"
#include "render/statement.h"

namespace writ::driver {

// The agreements of --agreements: what all of them share, and their keys and parameters.
struct ManyAgreements {
  RunInputs common;
  AgreementTable table;
  evaluate::PortfolioInputs inputs;
};
// Reads them; the file is one of `loaded`. exit_clean, or what to end with after it has said why.
int read_agreements(const ir::Agreement& agreement, const Options& options, LoadedFacts& loaded, ManyAgreements& many);

// The exit code.
int run_agreements(const ir::Agreement& agreement, const Options& options);

// command_run.cpp: says why the facts cannot be read.
int bad_data(const LoadedFacts& loaded, const Options& options);
std::unique_ptr<evaluate::Engine> engine_for(const ir::Agreement& agreement, const LoadedFacts& loaded, const Options& options, std::string& error);
EvaluateOptions evaluate_options(const Options& options, Progress& progress);
TakeOutputs into_files(const ir::Agreement& agreement, const RecordFiles& files, const LoadedFacts& loaded);
bool finish_files(const LoadedFacts& loaded, RecordFiles& files, const Options& options);
std::string print_statement(const render::Statement& statement, const Options& options);

}  // namespace writ::driver
