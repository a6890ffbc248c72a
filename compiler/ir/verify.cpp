#include "ir/verify.h"

#include <fmt/format.h>

#include "ir/verify_parts.h"

namespace writ::ir {

void add_broken(Broken& broken, std::string_view rule, std::string_view where, std::string_view what) {
  broken.promises.push_back(fmt::format("{} {}: {}", rule, where, what));
}

std::vector<std::string> verify(const Agreement& agreement) {
  Broken broken{agreement, {}};
  if (!verify_shapes(broken)) return broken.promises;
  verify_types(broken);
  verify_grains(broken);
  verify_definitions(broken);
  verify_order(broken);
  verify_constructs(broken);
  return broken.promises;
}

}  // namespace writ::ir
