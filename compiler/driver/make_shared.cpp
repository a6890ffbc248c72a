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

bool make_shared(const std::string& object, const std::string& name, const std::string& soname, std::string& bytes, std::string& error, bool debug) {
  namespace fs = std::filesystem;
  std::string folder = (fs::temp_directory_path() / "writ-build-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) {
    error = fmt::format("{}: no folder for temporary files can be made there: {}", folder, std::strerror(errno));
    return false;
  }
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
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  return made;
}

}  // namespace writ::driver
