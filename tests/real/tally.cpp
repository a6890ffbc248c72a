#include "real/tally.h"

#include <fmt/format.h>

namespace writ::real {

void print_tally(const std::string& what, const Tally& tally) {
  int unsaid = 0;
  for (const auto& [reason, count] : tally.unsaid) unsaid += count;
  for (const std::string& failure : tally.failures) fmt::print("fails: {}\n", failure);
  fmt::print("{}: {} hold, {} fail, {} cannot be said\n", what, tally.hold, tally.failures.size(), unsaid);
  for (const auto& [reason, count] : tally.unsaid) fmt::print("  {} cannot be said: {}\n", count, reason);
}

}  // namespace writ::real
