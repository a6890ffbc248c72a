// The whole way of an agreement, on one screen: source -> ast -> ir -> plan -> evaluator. Start reading here.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ast/ast.h"
#include "diag/diagnostic.h"
#include "driver/options.h"
#include "evaluate/engine.h"
#include "ir/agreement.h"
#include "source/source_map.h"

namespace writ::driver {

// Everything that the phases made of one agreement. Whole even after errors; `sink` says whether there were any.
struct Program {
  source::SourceMap sources;
  std::vector<ast::File> files;  // the agreement, then the modules that it uses
  ir::Agreement agreement;
  diag::Sink sink;
};

// Reads, parses and checks. Modules: `std.*` from the standard library inside this program, others from files beside the
// agreement (`use house.calendars` is house/calendars.writ). False when the file itself cannot be read: `error` says why.
bool load_program(const std::string& path, Program& program, std::string& error);
// The same for a source that is no file (tests, standard input).
void load_program_text(const std::string& name, std::string text, Program& program);

// What best stands for over so many bytes of facts: making native code takes longer than interpreting a few thousand records. All others
// stay as they are.
EngineChoice choose_engine(EngineChoice choice, uint64_t fact_bytes);
// How native code is made: quick to make where so many bytes of facts are evaluated once, else quick to run.
int optimise_for(uint64_t fact_bytes);
// The evaluator that was asked for; best: native where this program was built with it, else the interpreter. `optimise`: as in emit/emit.h.
std::unique_ptr<evaluate::Engine> make_engine(const ir::Agreement& agreement, EngineChoice choice, std::string& error, int optimise = 2);
bool native_available();

// The representation at which --stop-after stops, as stable text.
std::string print_stage(const Program& program, StopAfter stage);

}  // namespace writ::driver
