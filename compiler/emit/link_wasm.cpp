// LLD for WebAssembly in this process. Like link.cpp, a file that knows the linker.
#include "emit/emit.h"

#ifdef WRIT_LLD_WASM
#include <lld/Common/Driver.h>
#include <llvm/Object/ObjectFile.h>
#include <llvm/Support/raw_ostream.h>

#include <algorithm>

#include "emit/jit.h"

LLD_HAS_DRIVER(wasm)
#endif

namespace writ::emit {

#ifdef WRIT_LLD_WASM

namespace {

// As large as that of a program on Linux: what evaluates an agreement there does so here.
constexpr const char* stack_bytes = "8388608";

// The functions of <writ/abi.h> and <writ/rules.h>, as far as the runtime has them. Those that emitted code calls stay inside.
bool find_exports(const std::string& runtime, std::vector<std::string>& exports, std::string& error) {
  llvm::Expected<llvm::object::OwningBinary<llvm::object::ObjectFile>> file = llvm::object::ObjectFile::createObjectFile(runtime);
  if (!file) {
    error = llvm::toString(file.takeError());
    return false;
  }
  for (const llvm::object::SymbolRef& symbol : file->getBinary()->symbols()) {
    llvm::Expected<llvm::StringRef> name = symbol.getName();
    llvm::Expected<llvm::object::SymbolRef::Type> type = symbol.getType();
    if (!name || !type) broken("the runtime for WebAssembly is damaged");
    const bool ours = name->starts_with("writ_") && !name->starts_with("writ_rt_");
    if (ours && *type == llvm::object::SymbolRef::ST_Function) exports.push_back(name->str());
  }
  std::sort(exports.begin(), exports.end());
  return true;
}

}  // namespace

bool has_wasm(std::string&) { return true; }

bool link_wasm(const WasmLink& link, std::string& error) {
  std::vector<std::string> exports{link.name + "_rules", "malloc", "free", "_initialize"};
  if (!find_exports(link.runtime, exports, error)) return false;
  // The stack lies first in memory: what runs over it is a trap, and nothing that it destroys.
  std::vector<std::string> arguments{"wasm-ld", "--no-entry", "--stack-first", "-z", std::string("stack-size=") + stack_bytes, "--threads=1"};
  if (!link.debug) arguments.insert(arguments.end(), {"--strip-all", "--compress-relocations", "-O2"});
  for (const std::string& name : exports) arguments.push_back("--export=" + name);
  for (const std::string& input : {link.object, link.runtime}) arguments.push_back(input);
  arguments.insert(arguments.end(), {"-o", link.output});
  std::vector<const char*> pointers;
  for (const std::string& argument : arguments) pointers.push_back(argument.c_str());
  std::string printed;
  llvm::raw_string_ostream stream(printed);
  const lld::Result result = lld::lldMain(pointers, stream, stream, {{lld::Wasm, &lld::wasm::link}});
  if (result.retCode == 0) return true;
  error = "the linker failed: " + printed;
  return false;
}

#else

bool has_wasm(std::string& error) {
  error = "this program was built with an LLVM or a linker (liblld-19-dev) that does not know WebAssembly";
  return false;
}

bool link_wasm(const WasmLink&, std::string& error) { return has_wasm(error); }

#endif

}  // namespace writ::emit
