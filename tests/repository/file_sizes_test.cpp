// A report, not a limit: which files have grown so long that one wonders whether they are still one topic.
#include <doctest/doctest.h>

#include <algorithm>

#include "repository/tree.h"

namespace writ::repository {

TEST_CASE("file sizes") {
  std::vector<std::pair<size_t, std::string>> sizes;
  for (const char* place : {"compiler", "runtime", "tests", "grammar"})
    for (const std::string& path : files_below(place, {".h", ".cpp", ".g4"})) sizes.emplace_back(lines_of(read(path)).size(), path);
  REQUIRE(!sizes.empty());
  std::sort(sizes.begin(), sizes.end());
  std::string report = "median of " + std::to_string(sizes.size()) + " files: " + std::to_string(sizes[sizes.size() / 2].first) + " lines";
  for (const auto& [lines, path] : sizes)
    if (lines > 500) report += "\n  " + path + ": " + std::to_string(lines) + " lines; is it still one topic?";
  MESSAGE(report);
}

}  // namespace writ::repository
