// Facts for tests of the command line's parts, without an agreement.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "driver/load_facts.h"

namespace writ::driver::test {

// A folder that vanishes at the end of the test.
struct Folder {
  std::string path;
  Folder();
  ~Folder();
  void write(const std::string& name, const std::string& bytes) const;
};

// Record types with the fields `id` (text, key) and `x` (a whole number), each read from the CSV text behind its name.
LoadedFacts facts_of(const std::vector<std::pair<std::string, std::string>>& files);

}  // namespace writ::driver::test
