// Phase emit: plan -> native code of this machine, loaded and ready (LLVM 19, ORC). The only folder that knows LLVM.
// In: a plan that verifies. Out: an engine whose results, faults and traces equal the interpreter's to the bit.
// Promises: nothing falls back to the interpreter; code is made when it is first needed, once, whatever the number of threads.
// Does not: touch files, read the clock, look at ir. Reports nothing: a plan that verifies can always be emitted.
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "evaluate/compiled_engine.h"
#include "plan/plan_types.h"

namespace writ::emit {

struct EmitOptions {
  int optimise = 2;               // 0: quick to make; 2: quick to run, unless there is so much code that making it so would take seconds
  uint32_t lanes = 0;             // rows that one instruction stream handles together: 1, 8, 16, 32 or 64; 0: chosen by stage
  std::vector<uint32_t> columns;  // definitions that the host takes as columns: there is code that makes these and no others
  uint32_t block_rows = 0;        // at most so many rows in a block, a multiple of 64; 0: as the plan says (for tests)
  bool general = false;           // only the general form of every stage (for tests: it must equal the lean one)
  std::string processor;          // a level of it as LLVM calls it (x86-64-v3); empty: this computer's, with all it can
  std::vector<uint32_t> reasons;  // definitions of which the host takes nothing but which case decided; those of columns can be taken anyway
};

std::unique_ptr<evaluate::CompiledEngine> make_native(const plan::Plan& plan, const EmitOptions& options = {});

// The LLVM IR of every function of a plan before optimisation, for --print and tests.
std::string print_native(const plan::Plan& plan, const EmitOptions& options = {});

// --- Ahead of time: everything that a rule set needs, in a file, for all processors like this computer's, or for WebAssembly ---
struct ArtefactOptions {
  std::string name;                    // an identifier of C: the artefact defines NAME_rules
  std::vector<uint32_t> columns;       // as above
  std::vector<uint32_t> reasons;       // as above
  std::vector<std::byte> description;  // an image of explain/description.h; the runtime shows it to hosts
  int optimise = 2;
  bool debug = false;  // for debuggers, of a plan that was made with its sources: not optimised, of one level, every definition is made
  bool wasm = false;   // for WebAssembly, where this program can (has_wasm)
};

// Each is the same bytes for the same plan and options, whenever and wherever it is made.
std::string make_object(const plan::Plan& plan, const ArtefactOptions& options);
std::string make_archive(const std::string& name, const std::string& object);
std::string print_artefact(const plan::Plan& plan, const ArtefactOptions& options);  // LLVM IR before optimisation
std::string print_assembly(const plan::Plan& plan, const ArtefactOptions& options);  // what make_object holds, as text

// A shared library: the object of a rule set and the runtime, of which the world sees NAME_rules and the functions of <writ/rules.h>. Paths of files.
struct SharedLink {
  std::string name;
  std::string object;
  std::string runtime;                 // as one relocatable object
  std::string exports;                 // a file with exports_of(name)
  std::vector<std::string> libraries;  // the shared libraries of C and C++ that the runtime needs
  std::string output, soname;
  bool debug = false;  // keep what debuggers are told
};
std::string exports_of(const std::string& name);
// False, with the linker's reason; also where this program was built without a linker.
bool link_shared(const SharedLink& link, std::string& error);

// A module of WebAssembly: the same, in linear memory of its own, with malloc and free for its host. It imports nothing. Paths of files.
struct WasmLink {
  std::string name;
  std::string object;
  std::string runtime;  // as one relocatable object
  std::string output;
  bool debug = false;
};
// False, with the reason in `error`, where LLVM or its linker were built without WebAssembly.
bool has_wasm(std::string& error);
bool link_wasm(const WasmLink& link, std::string& error);

}  // namespace writ::emit
