#include "repository/tree.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace writ::repository {

namespace fs = std::filesystem;

fs::path root() { return fs::path(WRIT_SOURCE_DIR); }

// What no commit holds: the history itself, build trees, caches, what editors leave.
static bool is_foreign(const std::string& name) {
  return name == ".git" || name == ".cache" || name == "build" || name.starts_with("build-") || name.starts_with("cmake-build-") || name == "node_modules" ||
         name == "__pycache__" || name == ".vscode" || name == ".idea";
}

std::vector<std::string> files_below(std::string_view folder, std::initializer_list<std::string_view> endings) {
  std::vector<std::string> found;
  const fs::path start = root() / folder;
  if (!fs::exists(start)) return found;
  for (auto it = fs::recursive_directory_iterator(start); it != fs::recursive_directory_iterator(); ++it) {
    const std::string name = it->path().filename().string();
    if (it->is_directory() && is_foreign(name)) {
      it.disable_recursion_pending();
      continue;
    }
    if (!it->is_regular_file()) continue;
    const bool wanted = endings.size() == 0 || std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return name.ends_with(ending); });
    if (wanted) found.push_back(fs::relative(it->path(), root()).generic_string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string read(std::string_view path) {
  std::ifstream in(root() / path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + std::string(path));
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

bool exists(std::string_view path) { return fs::exists(root() / path); }

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::vector<std::string> words_of(std::string_view line) {
  std::istringstream in{std::string(line)};
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

bool starts_with_folder(std::string_view path, std::string_view folder) {
  if (!path.starts_with(folder)) return false;
  return folder.empty() || path.size() == folder.size() || folder.ends_with('/') || path[folder.size()] == '/';
}

std::string_view trimmed(std::string_view text) {
  const char* blank = " \t\r\n";
  const size_t first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::string joined(const std::vector<std::string>& problems) {
  std::string text;
  for (const std::string& problem : problems) text += "\n  " + problem;
  return text;
}

}  // namespace writ::repository
