#include "driver/make_shared.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "driver/runtime_object.h"
#include "driver/write_file.h"
#include "emit/emit.h"

namespace writ::driver {

namespace {

// False, with the reason, where none can be made.
bool make_folder(std::string& folder, std::string& error) {
  folder = (std::filesystem::temp_directory_path() / "writ-build-XXXXXX").string();
  if (mkdtemp(folder.data()) != nullptr) return true;
  error = fmt::format("{}: no folder for temporary files can be made there: {}", folder, std::strerror(errno));
  return false;
}

void remove_folder(const std::string& folder) {
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

}  // namespace

bool make_shared(const std::string& object, const std::string& name, const std::string& soname, std::string& bytes, std::string& error, bool debug) {
  std::string folder;
  if (!make_folder(folder, error)) return false;
  emit::SharedLink link;
  link.name = name;
  link.object = folder + "/" + name + ".o";
  link.runtime = folder + "/writ-rt.o";
  link.exports = folder + "/exports";
  link.output = folder + "/out.so";
  link.soname = soname;
  link.debug = debug;
  link.libraries = loaded_libraries();
  const bool made = write_file(link.object, object, error) && write_file(link.runtime, runtime_object(), error) &&
                    write_file(link.exports, emit::exports_of(name), error) && emit::link_shared(link, error) && read_bytes(link.output, bytes, error);
  remove_folder(folder);
  return made;
}

bool can_make_wasm(std::string& error) {
  if (!emit::has_wasm(error)) return false;
  if (!wasm_runtime_object().empty()) return true;
  error =
      "this program was built without the runtime for WebAssembly: install clang-19, lld-19, wasi-libc, libc++-19-dev-wasm32 and "
      "libclang-rt-19-dev-wasm32, and build it again";
  return false;
}

bool make_wasm(const std::string& object, const std::string& name, std::string& bytes, std::string& error, bool debug) {
  std::string folder;
  if (!make_folder(folder, error)) return false;
  const emit::WasmLink link{name, folder + "/" + name + ".o", folder + "/writ-rt.o", folder + "/out.wasm", debug};
  const bool made = write_file(link.object, object, error) && write_file(link.runtime, wasm_runtime_object(), error) && emit::link_wasm(link, error) &&
                    read_bytes(link.output, bytes, error);
  remove_folder(folder);
  return made;
}

}  // namespace writ::driver
