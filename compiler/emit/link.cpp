// LLD in this process: no compiler and no linker is needed where agreements are compiled. The only file that knows it.
#include "emit/emit.h"

#ifdef WRIT_LLD
#include <lld/Common/Driver.h>
#include <llvm/Support/raw_ostream.h>

LLD_HAS_DRIVER(elf)
#endif

namespace writ::emit {

std::string exports_of(const std::string& name) {
  // The functions that emitted code calls stay inside: two such libraries in one program may be of two versions.
  return "WRIT_1 {\n  global: " + name + "_rules; writ_[!r]*; writ_r[!t]*;\n  local: *;\n};\n";
}

#ifdef WRIT_LLD

bool link_shared(const SharedLink& link, std::string& error) {
  std::vector<std::string> arguments{"ld.lld", "-shared", "--gc-sections", "--eh-frame-hdr", "--hash-style=gnu",       "-Bsymbolic", "--build-id=none", "-z",
                                     "relro",  "-z",      "defs",          "--threads=1",    "--no-undefined-version", "--as-needed"};
  if (!link.debug) arguments.push_back("--strip-all");
  arguments.push_back("--soname=" + link.soname);
  arguments.push_back("--version-script=" + link.exports);
  for (const std::string& input : {link.object, link.runtime}) arguments.push_back(input);
  for (const std::string& library : link.libraries) arguments.push_back(library);
  arguments.push_back("-o");
  arguments.push_back(link.output);
  std::vector<const char*> pointers;
  for (const std::string& argument : arguments) pointers.push_back(argument.c_str());
  std::string printed;
  llvm::raw_string_ostream stream(printed);
  const lld::Result result = lld::lldMain(pointers, stream, stream, {{lld::Gnu, &lld::elf::link}});
  if (result.retCode == 0) return true;
  error = "the linker failed: " + printed;
  return false;
}

#else

bool link_shared(const SharedLink&, std::string& error) {
  error = "this program was built without a linker (liblld-19-dev); make `--target static` and link it with libwrit-rt";
  return false;
}

#endif

}  // namespace writ::emit
