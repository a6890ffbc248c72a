#include <fmt/format.h>

#include "driver/commands.h"
#include "driver/exit_codes.h"
#include "driver/report.h"

namespace writ::driver {

int command_check(const Options& options) {
  Program program;
  int exit_code = exit_clean;
  if (!load_or_report(options, program, exit_code)) {
    if (exit_code == exit_bad_source && program.sink.errors != 0 && options.format != Format::json) {
      fmt::print(stderr, "{}: {} {}; `writ explain CODE` tells more about each\n", options.agreement, program.sink.errors,
                 program.sink.errors == 1 ? "mistake" : "mistakes");
    }
    return exit_code;
  }
  if (options.format == Format::json) {
    print_diagnostics(program, options);
    return exit_clean;
  }
  const ir::Agreement& agreement = program.agreement;
  fmt::print("{}: no mistakes ({} {}, {} {}, {} {})\n", options.agreement, agreement.clauses.size(), agreement.clauses.size() == 1 ? "clause" : "clauses",
             agreement.commitments.size(), agreement.commitments.size() == 1 ? "commitment" : "commitments", agreement.scenarios.size(),
             agreement.scenarios.size() == 1 ? "scenario" : "scenarios");
  return exit_clean;
}

}  // namespace writ::driver
