// Which cases there are, by their kind. What a case of each kind looks like is said in README.md.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace writ::conformance {

struct CaseFiles {
  std::vector<std::filesystem::path> scenarios;  // agreements whose scenarios must hold
  std::vector<std::filesystem::path> refused;    // agreements and modules that must be refused
  std::vector<std::filesystem::path> folders;    // an agreement beside files of facts, and what `writ run` must say of them
};
CaseFiles case_files();

std::string text_of_file(const std::filesystem::path&);

}  // namespace writ::conformance
