// Runs the command line that was built, in a folder of its own, as a reader of a page would.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace writ::repository {

struct RunResult {
  int exit_code = -1;
  std::string output;  // standard output and standard error as they come
};

// A folder under the system's place for temporary files; gone with this value.
struct Workshop {
  std::filesystem::path folder;
  Workshop();
  ~Workshop();
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;
};

void put(const Workshop& workshop, const std::string& name, std::string_view text);
// `arguments` as typed behind `writ`, in the shell's syntax.
RunResult run_writ(const Workshop& workshop, const std::string& arguments);

}  // namespace writ::repository
