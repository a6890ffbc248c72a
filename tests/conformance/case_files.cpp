#include "conformance/case_files.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace writ::conformance {

namespace fs = std::filesystem;

CaseFiles case_files() {
  CaseFiles cases;
  for (const auto& entry : fs::recursive_directory_iterator(WRIT_SOURCE_DIR "/tests/conformance")) {
    const fs::path& path = entry.path();
    if (path.parent_path().filename() == "house") continue;  // modules that cases use
    if (path.filename() == "expected.txt") cases.folders.push_back(path.parent_path());
    if (path.extension() != ".writ" || fs::exists(path.parent_path() / "expected.txt")) continue;
    const bool refused = path.filename().string().find("_bad_") != std::string::npos;
    (refused ? cases.refused : cases.scenarios).push_back(path);
  }
  for (std::vector<fs::path>* list : {&cases.scenarios, &cases.refused, &cases.folders}) std::sort(list->begin(), list->end());
  return cases;
}

std::string text_of_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace writ::conformance
