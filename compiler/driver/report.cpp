#include "driver/report.h"

#include <fmt/format.h>

#include <cstdio>

#include "diag/render.h"
#include "driver/exit_codes.h"

namespace writ::driver {

void print_diagnostics(const Program& program, const Options& options) {
  if (options.format == Format::json) {
    std::string list;
    for (const diag::Diagnostic& diagnostic : program.sink.diagnostics)
      list += (list.empty() ? "\n  " : ",\n  ") + diag::render_json(diagnostic, program.sources);
    fmt::print(stdout, "{{\"diagnostics\": [{}{}]}}\n", list, list.empty() ? "" : "\n");
    return;
  }
  for (const diag::Diagnostic& diagnostic : program.sink.diagnostics) {
    fmt::print(
        stderr, "{}\n",
        options.format == Format::human ? diag::render_human(diagnostic, program.sources, options.colour) : diag::render_plain(diagnostic, program.sources));
  }
}

void print_error(const std::string& message, const Options& options) {
  const bool colour = options.format == Format::human && options.colour;
  fmt::print(stderr, "{}error{}: {}\n", colour ? "\x1b[1;31m" : "", colour ? "\x1b[0m" : "", message);
}

bool load_or_report(const Options& options, Program& program, int& exit_code) {
  std::string error;
  if (!load_program(options.agreement, program, error)) {
    print_error(error, options);
    exit_code = exit_bad_source;
    return false;
  }
  const bool bad = program.sink.errors != 0;
  if (bad || (!program.sink.diagnostics.empty() && options.format != Format::json)) print_diagnostics(program, options);
  if (options.stop_after != StopAfter::nothing && (!bad || options.stop_after == StopAfter::ast)) {
    if (options.print) fmt::print("{}", print_stage(program, options.stop_after));
    exit_code = bad ? exit_bad_source : exit_clean;
    return false;
  }
  exit_code = bad ? exit_bad_source : exit_clean;
  return !bad;
}

}  // namespace writ::driver
