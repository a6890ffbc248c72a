#include "repository/layers.h"

#include <algorithm>

#include "repository/code.h"
#include "repository/tree.h"

namespace writ::repository {

static bool contains(const std::vector<std::string>& list, std::string_view item) { return std::find(list.begin(), list.end(), item) != list.end(); }

// compiler/parse/parse.h -> compiler/parse
static std::string folder_of(std::string_view path) {
  const size_t first = path.find('/');
  if (first == std::string_view::npos) return std::string(path);
  return std::string(path.substr(0, path.find('/', first + 1)));
}

Layers read_layers(std::string_view table) {
  Layers layers;
  for (const std::string& line : lines_of(table)) {
    const std::string_view row = trimmed(line);
    if (row.empty() || row.starts_with('#')) continue;
    const size_t colon = row.find(':');
    const std::vector<std::string> head = words_of(row.substr(0, colon));
    if (colon == std::string_view::npos || head.size() != 2 || (head[0] != "may" && head[0] != "only")) {
      layers.mistakes.push_back("not a row: " + std::string(row));
      continue;
    }
    const std::vector<std::string> rest = words_of(row.substr(colon + 1));
    if (head[0] == "only") {
      layers.only[head[1]] = rest;
      continue;
    }
    for (const std::string& entry : rest)
      if (!contains(layers.folders, folder_of(entry))) layers.mistakes.push_back(head[1] + " names " + entry + ", which stands in no row above it");
    layers.folders.push_back(head[1]);
    layers.may[head[1]] = rest;
  }
  return layers;
}

// The file of the repository that an include line means, or "".
static std::string target_of(const Include& include, std::string_view from, bool (*exists)(std::string_view)) {
  const std::string beside = std::string(from.substr(0, from.rfind('/') + 1)) + include.path;
  if (include.quoted && exists(beside)) return beside;
  for (const char* place : {"compiler/", "runtime/include/", "runtime/", "tests/"}) {
    const std::string candidate = place + include.path;
    if (exists(candidate)) return candidate;
  }
  return {};
}

std::vector<std::string> layer_problems(const Layers& layers, std::string_view path, std::string_view text, bool (*exists)(std::string_view)) {
  std::vector<std::string> problems;
  const std::string own = folder_of(path);
  const auto row = layers.may.find(own);
  const bool is_test = path.starts_with("tests/");
  auto complain = [&](const Include& include, const std::string& what) {
    problems.push_back(std::string(path) + ":" + std::to_string(include.line) + ": " + what);
  };
  for (const Include& include : includes_of(text)) {
    const std::string outside = include.path.substr(0, include.path.find('/'));
    if (const auto only = layers.only.find(outside); only != layers.only.end()) {
      const bool allowed = std::any_of(only->second.begin(), only->second.end(), [&](const std::string& f) { return starts_with_folder(path, f); });
      if (!allowed) complain(include, "`" + outside + "` may be included only in " + only->second.front());
      continue;
    }
    const std::string target = target_of(include, path, exists);
    if (target.empty()) {
      if (include.quoted) complain(include, "\"" + include.path + "\" is no file of the repository");
      continue;
    }
    if (is_test) continue;  // tests may look at everything
    const std::string folder = folder_of(target);
    if (folder == own) continue;
    if (row == layers.may.end())
      complain(include, own + " has no row in layers.txt");
    else if (!contains(row->second, folder) && !contains(row->second, target))
      complain(include, own + " may not include " + target);
  }
  return problems;
}

}  // namespace writ::repository
