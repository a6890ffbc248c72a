// Names of constructs that stand in the source but not in the tree: what this version does not read, and what was broken. Both were
// reported, so whoever meets such a name is silent. Private to this folder.
#pragma once
#include <string_view>

#include "check/context.h"

namespace writ::check {

bool is_unread(const Context&, uint32_t file, std::string_view name);

}  // namespace writ::check
