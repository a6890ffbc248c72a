// Diagnostics onto standard error (JSON: standard output), in the asked format.
#pragma once
#include "diag/diagnostic.h"
#include "driver/options.h"
#include "driver/pipeline.h"

namespace writ::driver {

void print_diagnostics(const Program& program, const Options& options);
// A mistake that belongs to no source line: the command line, a file that cannot be opened.
void print_error(const std::string& message, const Options& options);
// Loads the agreement and prints what is wrong with it; when --stop-after asks for it, prints the stage.
// Returns whether the command should go on; else `exit_code` is what to exit with.
bool load_or_report(const Options& options, Program& program, int& exit_code);

}  // namespace writ::driver
