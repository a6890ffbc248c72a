#include "driver/modules.h"

#include "driver/read_file.h"
#include "driver/standard_library.h"

namespace writ::driver {

std::vector<std::string> modules_used(const ast::File& file) {
  std::vector<std::string> modules;
  for (const ast::Item& item : file.items) {
    if (const ast::Use* use = std::get_if<ast::Use>(&item)) modules.push_back(use->path.text);
  }
  return modules;
}

std::optional<source::FileId> find_module(const std::string& module, const std::string& folder, source::SourceMap& sources) {
  for (const EmbeddedFile& file : standard_library()) {
    if (file.name == module) return source::add_file(sources, std::string(file.path), std::string(file.text));
  }
  if (module.starts_with("std.")) return {};
  std::string path = module;
  for (char& c : path) {
    if (c == '.') c = '/';
  }
  path = beside(folder, path + ".writ");
  std::string text, error;
  if (!read_file(path, text, error)) return {};
  return source::add_file(sources, path, std::move(text));
}

}  // namespace writ::driver
