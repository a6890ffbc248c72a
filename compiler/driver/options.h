// The command line as a value: what every command is told.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace writ::driver {

enum class Format { human, plain, json };
enum class EngineChoice { best, native, interpreter };
enum class StopAfter { nothing, ast, ir, plan };
enum class Target { object, static_library, shared, wasm, llvm_ir, header };

struct Options {
  std::string agreement;  // path of the agreement
  Format format = Format::human;
  bool colour = false;    // a terminal, and NO_COLOR is not set
  bool progress = false;  // standard error is a terminal
  StopAfter stop_after = StopAfter::nothing;
  bool print = false;  // print the representation at which it stops

  std::vector<std::string> facts;     // Record=path
  std::vector<std::string> settings;  // param=value
  std::string agreements;             // run, why: a file with a row for each of many agreements, by parameter; empty: there is one
  std::vector<std::string> keys;      // the column that names the agreement: NAME, or RECORD=NAME in files of one record type
  std::string statements;             // a folder for the statement of each agreement
  std::string as_of;                  // empty: now
  EngineChoice engine = EngineChoice::best;
  int threads = 0;                       // 0: all cores
  std::vector<std::string> records_out;  // CSV of every record's outcomes: FILE, or RECORD=FILE
  bool csv = false;                      // the statement as CSV

  std::string record_key;   // why: the record to explain
  std::string record_type;  // why: its type, when keys are not unique over types
  std::string code;         // explain: the diagnostic

  Target target = Target::object;    // build: what to make
  std::string output;                // build: where to; empty: NAME and the target's ending, `-`: standard output
  std::string rules_name;            // build: what programs call the rule set; empty: made from the agreement's file
  std::string depfile;               // build: list the files that it was made from here, as make and ninja read it
  bool debug = false;                // build: for debuggers
  std::vector<std::string> columns;  // build: definitions that hosts take as columns; empty: all that statements show
};

}  // namespace writ::driver
