#include <fmt/format.h>

#include <algorithm>

#include "base/nearest.h"
#include "describe/describe.h"
#include "driver/commands.h"
#include "driver/exit_codes.h"
#include "driver/report.h"
#include "driver/standard_library.h"
#include "driver/write_file.h"
#include "plan/plan.h"
#ifdef WRIT_NATIVE
#include "driver/make_shared.h"
#include "emit/emit.h"
#endif

namespace writ::driver {

namespace {

std::string_view ending(Target target) {
  switch (target) {
    case Target::object: return ".o";
    case Target::static_library: return ".a";
    case Target::shared: return ".so";
    case Target::wasm: return ".wasm";
    case Target::llvm_ir: return ".ll";
    case Target::header: return ".h";
  }
  return {};
}

std::string file_name(const Options& options, const std::string& name) {
  return options.output.empty() ? name + std::string(ending(options.target)) : options.output;
}

#ifdef WRIT_NATIVE

bool is_column(const ir::Definition& definition) { return definition.grain.of == ir::Grain::Of::record; }

// The definitions that are named, or all that statements show. False with the reason in `error`.
bool choose_columns(const ir::Agreement& agreement, const std::vector<std::string>& names, std::vector<uint32_t>& out, std::string& error) {
  std::vector<std::string> known;
  for (uint32_t i = 0; i < agreement.definitions.size(); ++i) {
    const ir::Definition& definition = agreement.definitions.items[i];
    if (!is_column(definition)) continue;
    known.push_back(definition.name);
    const bool named = std::find(names.begin(), names.end(), definition.name) != names.end();
    if (named || (names.empty() && !definition.hidden)) out.push_back(i);
  }
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::string near = base::nearest(name, known);
    error = fmt::format("`--column {}`: no record has a definition called so{}", name, near.empty() ? "" : "; did you mean `" + near + "`?");
    return false;
  }
  return true;
}

std::string soname(const std::string& output, const std::string& name) { return output == "-" ? name + ".so" : output.substr(output.find_last_of('/') + 1); }

// What the target asks for, as the bytes of its file. False with the reason in `error`.
bool make(const Program& program, const Options& options, const std::string& name, const explain::Description& description, std::string& bytes,
          std::string& error) {
  emit::ArtefactOptions artefact;
  artefact.name = name;
  artefact.description = explain::save_description(description);
  if (!choose_columns(program.agreement, options.columns, artefact.columns, error)) return false;
  artefact.debug = options.debug;
  artefact.wasm = options.target == Target::wasm;
  if (artefact.wasm && !can_make_wasm(error)) return false;
  const plan::Plan plan = plan::make_plan(program.agreement, options.debug ? &program.sources : nullptr);
  switch (options.target) {
    case Target::object: bytes = emit::make_object(plan, artefact); break;
    case Target::static_library: bytes = emit::make_archive(name, emit::make_object(plan, artefact)); break;
    case Target::shared: return make_shared(emit::make_object(plan, artefact), name, soname(file_name(options, name), name), bytes, error, options.debug);
    case Target::wasm: return make_wasm(emit::make_object(plan, artefact), name, bytes, error, options.debug);
    case Target::llvm_ir: bytes = emit::print_artefact(plan, artefact); break;
    case Target::header: break;
  }
  return true;
}

#else

bool make(const Program&, const Options&, const std::string&, const explain::Description&, std::string&, std::string& error) {
  error = "this program was built without native code; only `--target header` can be made";
  return false;
}

#endif

bool travels_inside(const source::File& file) {
  for (const EmbeddedFile& each : standard_library()) {
    if (file.name == each.path && file.text == each.text) return true;
  }
  return false;
}

// A rule of make: the output, and the files that were read. What travels inside this program is no file.
std::string files_of(const Program& program, const std::string& output) {
  const auto escaped = [](const std::string& path) {
    std::string text;
    for (const char c : path) {
      if (c == ' ' || c == '#' || c == '\\') text += '\\';
      if (c == '$') text += '$';
      text += c;
    }
    return text;
  };
  std::string rule = escaped(output) + ":";
  for (const source::File& file : program.sources.files) {
    if (!travels_inside(file)) rule += " " + escaped(file.name);
  }
  return rule + "\n";
}

}  // namespace

int command_build(const Options& options) {
  const std::string name = options.rules_name.empty() ? describe::rule_set_name(options.agreement) : options.rules_name;
  if (!describe::is_rule_set_name(name)) {
    print_error(fmt::format("`--name {}`: a name for C is letters, digits and single `_`, begins with a letter, and is no word of C", name), options);
    return exit_usage;
  }
  Program program;
  int exit_code = exit_clean;
  if (!load_or_report(options, program, exit_code)) return exit_code;
  const explain::Description description = describe::describe(program.agreement, program.sources, WRIT_VERSION);
  std::string bytes, error;
  if (options.target == Target::header) {
    bytes = describe::c_header(description, name);
  } else if (!make(program, options, name, description, bytes, error)) {
    print_error(error, options);
    return exit_usage;
  }
  if (options.output == "-" && !options.depfile.empty()) {
    print_error("`--depfile` says what a file was made from; standard output is none", options);
    return exit_usage;
  }
  const std::string path = file_name(options, name);
  const bool listed = options.depfile.empty() || write_file(options.depfile, files_of(program, path), error);
  if (listed && write_file(path, bytes, error)) return exit_clean;
  print_error(error, options);
  return exit_usage;
}

}  // namespace writ::driver
