#include "repository/run_writ.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace writ::repository {

namespace fs = std::filesystem;

Workshop::Workshop() {
  std::string pattern = (fs::temp_directory_path() / "writ-pages-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder = pattern;
}

Workshop::~Workshop() {
  std::error_code ignored;
  fs::remove_all(folder, ignored);
}

void put(const Workshop& workshop, const std::string& name, std::string_view text) {
  const fs::path path = workshop.folder / name;
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

RunResult run_writ(const Workshop& workshop, const std::string& arguments) {
  const std::string command = "cd '" + workshop.folder.string() + "' && NO_COLOR=1 '" + WRIT_EXE + "' " + arguments + " 2>&1 </dev/null";
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run a shell");
  RunResult result;
  std::array<char, 4096> buffer{};
  while (const size_t count = fread(buffer.data(), 1, buffer.size(), pipe)) result.output.append(buffer.data(), count);
  const int status = pclose(pipe);
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

}  // namespace writ::repository
