// The command line of Writ: arguments to a command, and nothing else.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <exception>
#include <map>

#include "driver/commands.h"
#include "driver/exit_codes.h"
#include "driver/options.h"

namespace {

using writ::driver::EngineChoice;
using writ::driver::Format;
using writ::driver::Options;
using writ::driver::StopAfter;
using writ::driver::Target;

void add_common(CLI::App& command, Options& options) {
  command.add_option("agreement", options.agreement, "The agreement: a .writ file")->required()->type_name("FILE");
  command.add_option("--format", options.format, "How to print: human, plain (one line a message) or json")
      ->transform(CLI::CheckedTransformer(std::map<std::string, Format>{{"human", Format::human}, {"plain", Format::plain}, {"json", Format::json}}))
      ->type_name("FORMAT")
      ->default_str("human");
}

void add_stages(CLI::App& command, Options& options) {
  command.add_option("--stop-after", options.stop_after, "Stop after a phase: ast (as written), ir (what it means), plan (how it is evaluated)")
      ->transform(CLI::CheckedTransformer(std::map<std::string, StopAfter>{{"ast", StopAfter::ast}, {"ir", StopAfter::ir}, {"plan", StopAfter::plan}}))
      ->type_name("PHASE");
  command.add_flag("--print", options.print, "Print what that phase made");
}

void add_facts(CLI::App& command, Options& options) {
  command.add_option("--facts", options.facts, "Where the facts of a record are: Ticket=tickets.csv (also .csv.gz, .jsonl, - for standard input)")
      ->type_name("RECORD=FILE");
  command.add_option("--set", options.settings, "The value of a parameter: monthly_fee=12000.00")->type_name("PARAM=VALUE");
  command
      .add_option("--as-of", options.as_of,
                  "The instant up to which the facts are known: 2026-03-31T12:00, also with an offset, or 2026-03-31 for the end of that day; now, if left out")
      ->type_name("INSTANT");
  command
      .add_option("--engine", options.engine, "Which evaluator: native code or the interpreter; both give the same answer. Left out: whichever is sooner done")
      ->transform(CLI::CheckedTransformer(std::map<std::string, EngineChoice>{{"native", EngineChoice::native}, {"interpreter", EngineChoice::interpreter}}))
      ->type_name("ENGINE");
}

void add_agreements(CLI::App& command, Options& options, const std::string& what) {
  command.add_option("--agreements", options.agreements, what + ": a CSV file with a row for each, a column with its key and columns of parameters")
      ->type_name("FILE");
  command
      .add_option(
          "--key", options.keys,
          "The column with the key of the agreement, in that file and in files of facts; the first column, if left out. Ticket=NAME: in the files of Ticket")
      ->type_name("NAME")
      ->needs("--agreements");
}

int run(int argc, char** argv) {
  Options options;
  options.progress = isatty(STDERR_FILENO) != 0;
  const char* no_colour = std::getenv("NO_COLOR");
  options.colour = options.progress && (no_colour == nullptr || *no_colour == '\0');

  CLI::App app{"Writ reads a service agreement written as rules, checks it, and works out what it comes to over your records."};
  app.require_subcommand(1);
  app.set_version_flag("--version", "writ " WRIT_VERSION);
  app.footer(
      "Exit status: 0 clean, 1 findings, 2 usage, 3 mistakes in the agreement, 4 unreadable facts, 5 undecided, 70 a bug in writ.\nFirst steps: "
      "docs/tutorial.md");

  CLI::App* check = app.add_subcommand("check", "Read an agreement and report every mistake in it");
  add_common(*check, options);
  add_stages(*check, options);
  CLI::App* run = app.add_subcommand("run", "Evaluate an agreement over facts and print the statement");
  add_common(*run, options);
  add_stages(*run, options);
  add_facts(*run, options);
  run->add_option("--threads", options.threads, "How many threads evaluate; all cores, if left out. The answer does not depend on it")
      ->check(CLI::Range(1, 256))
      ->type_name("N");
  run->add_option("--records", options.records_out,
                  "Also write every record's outcomes to this CSV file (Ticket=FILE, when several record types have outcomes)")
      ->type_name("FILE");
  add_agreements(*run, options, "Evaluate many agreements of this text");
  run->add_option("--statements", options.statements, "Also write the statement of each agreement into this folder, as KEY.txt (.json, .csv)")
      ->type_name("FOLDER")
      ->needs("--agreements");
  run->add_flag("--csv", options.csv, "Print the statement as CSV");
  CLI::App* test = app.add_subcommand("test", "Evaluate the scenarios of an agreement and compare them with what they expect");
  add_common(*test, options);
  test->add_option("--engine", options.engine, "Which evaluator")
      ->transform(CLI::CheckedTransformer(std::map<std::string, EngineChoice>{{"native", EngineChoice::native}, {"interpreter", EngineChoice::interpreter}}))
      ->type_name("ENGINE");
  CLI::App* why = app.add_subcommand("why", "Explain one record: its clocks row by row, what would have met them, and the clauses");
  add_common(*why, options);
  why->add_option("key", options.record_key, "The key of the record")->required()->type_name("KEY");
  why->add_option("--record", options.record_type, "The record type, when more than one has keys")->type_name("RECORD");
  add_facts(*why, options);
  add_agreements(*why, options, "The record is of one of many agreements of this text");
  CLI::App* build = app.add_subcommand("build", "Compile an agreement into a rule set that programs evaluate without the compiler");
  add_common(*build, options);
  build
      ->add_option("--target", options.target,
                   "What to make: object or static (to be linked with the runtime library), shared (with the runtime in it), wasm (a module of "
                   "WebAssembly, with the runtime in it), header (for C and C++), llvm-ir")
      ->transform(CLI::CheckedTransformer(std::map<std::string, Target>{{"object", Target::object},
                                                                        {"static", Target::static_library},
                                                                        {"shared", Target::shared},
                                                                        {"wasm", Target::wasm},
                                                                        {"llvm-ir", Target::llvm_ir},
                                                                        {"header", Target::header}}))
      ->required()
      ->type_name("TARGET");
  build->add_option("-o,--output", options.output, "Where to; NAME.o, .a, .so, .wasm, .h or .ll, if left out; - for standard output")->type_name("FILE");
  build->add_option("--name", options.rules_name, "What programs call the rule set; from the name of the file, if left out")->type_name("NAME");
  build->add_option("--column", options.columns, "A definition that hosts take as a column, as Ticket outcomes; all that statements show, if left out")
      ->type_name("DEFINITION");
  build->add_option("--depfile", options.depfile, "Also write which files the rule set was made from, for make and ninja")->type_name("FILE");
  build->add_flag("--debug", options.debug,
                  "Tell debuggers the lines of the agreement and the names of its values; the code is not optimised and handles one row at a time");
  CLI::App* explain = app.add_subcommand("explain", "Tell more about a message, by its code");
  explain->add_option("code", options.code, "The code, as C0203")->required()->type_name("CODE");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? writ::driver::exit_clean : writ::driver::exit_usage;
  }
  if (check->parsed()) return writ::driver::command_check(options);
  if (run->parsed()) return writ::driver::command_run(options);
  if (test->parsed()) return writ::driver::command_test(options);
  if (build->parsed()) return writ::driver::command_build(options);
  if (why->parsed()) return writ::driver::command_why(options);
  return writ::driver::command_explain(options);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "writ: a bug in writ itself: {}\n", error.what());
    return writ::driver::exit_our_bug;
  }
}
