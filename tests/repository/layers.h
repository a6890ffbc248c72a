// The table of layers.txt, and what an include line says against it.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace writ::repository {

struct Layers {
  std::vector<std::string> folders;                      // in the order of the rows: lower levels first
  std::map<std::string, std::vector<std::string>> may;   // folder -> folders and single headers
  std::map<std::string, std::vector<std::string>> only;  // outside name -> folders
  std::vector<std::string> mistakes;                     // of the table itself
};

Layers read_layers(std::string_view table);

// Every include of the file that the table does not allow, one line each. `exists` tells whether a path of the repository does.
std::vector<std::string> layer_problems(const Layers& layers, std::string_view path, std::string_view text, bool (*exists)(std::string_view));

}  // namespace writ::repository
