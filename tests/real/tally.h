// How many cases hold, fail, and cannot be said, and why.
#pragma once
#include <map>
#include <string>
#include <vector>

namespace writ::real {

struct Tally {
  int hold = 0;
  std::vector<std::string> failures;  // one line each
  std::map<std::string, int> unsaid;  // cases by reason
};

// `WHAT: N hold, N fail, N cannot be said`, the failures above it and the reasons below.
void print_tally(const std::string& what, const Tally& tally);

}  // namespace writ::real
