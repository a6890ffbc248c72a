#include "driver/pipeline.h"

#include <algorithm>
#include <set>

#include "ast/print.h"
#include "check/check.h"
#include "driver/modules.h"
#include "driver/read_file.h"
#include "driver/standard_library.h"
#include "interpret/interpret.h"
#include "ir/print.h"
#include "parse/parse.h"
#include "plan/plan.h"
#include "plan/print.h"
#include "record/zone_file.h"
#ifdef WRIT_NATIVE
#include "emit/emit.h"
#endif

namespace writ::driver {

namespace {

// Parses the agreement and, breadth first, every module that it uses, each once.
void parse_all(Program& program, source::FileId first, const std::string& folder) {
  program.files.push_back(parse::parse(program.sources, first, program.sink));
  std::set<std::string, std::less<>> seen;
  for (size_t i = 0; i < program.files.size(); ++i) {
    for (const std::string& module : modules_used(program.files[i])) {
      if (!seen.insert(module).second) continue;
      const std::optional<source::FileId> file = find_module(module, folder, program.sources);
      // A module that is nowhere is reported by check, which knows the line that asks for it.
      if (file) program.files.push_back(parse::parse(program.sources, *file, program.sink));
    }
  }
}

void check_all(Program& program) {
  check::CheckOptions options{[](std::string_view zone) { return record::load_zone_bytes(zone); }};
  for (const EmbeddedFile& module : standard_library()) options.known_modules.emplace_back(module.name);
  program.agreement = check::check(program.sources, program.files, options, program.sink);
}

}  // namespace

bool load_program(const std::string& path, Program& program, std::string& error) {
  std::string text;
  if (!read_file(path, text, error)) return false;
  const source::FileId file = source::add_file(program.sources, path, std::move(text));
  parse_all(program, file, folder_of(path));
  check_all(program);
  return true;
}

void load_program_text(const std::string& name, std::string text, Program& program) {
  const source::FileId file = source::add_file(program.sources, name, std::move(text));
  parse_all(program, file, "");
  check_all(program);
}

bool native_available() {
#ifdef WRIT_NATIVE
  return true;
#else
  return false;
#endif
}

EngineChoice choose_engine(EngineChoice choice, uint64_t fact_bytes) {
  // About 2,500 records, at 5 microseconds each; the code of a small agreement takes 30 milliseconds.
  constexpr uint64_t few = 256u << 10;
  return choice == EngineChoice::best && fact_bytes < few ? EngineChoice::interpreter : choice;
}

int optimise_for(uint64_t fact_bytes) {
  // Reading takes a hundred times as long as evaluating, so the tenth of that which optimised code saves is no more than making it takes.
  constexpr uint64_t many = 1u << 30;
  return fact_bytes < many ? 0 : 2;
}

std::unique_ptr<evaluate::Engine> make_engine(const ir::Agreement& agreement, EngineChoice choice, [[maybe_unused]] std::string& error,
                                              [[maybe_unused]] int optimise) {
  if (choice == EngineChoice::interpreter || (choice == EngineChoice::best && !native_available())) return interpret::make_interpreter(agreement);
#ifdef WRIT_NATIVE
  emit::EmitOptions options;
  options.optimise = optimise;
  return emit::make_native(plan::make_plan(agreement), options);
#else
  error = "this program was built without native evaluators; leave --engine out, or say --engine interpreter";
  return nullptr;
#endif
}

std::string print_stage(const Program& program, StopAfter stage) {
  switch (stage) {
    case StopAfter::nothing: return {};
    case StopAfter::ast: return ast::print(program.files.front());
    case StopAfter::ir: return ir::print(program.agreement);
    case StopAfter::plan: return plan::print(plan::make_plan(program.agreement));
  }
  return {};
}

}  // namespace writ::driver
