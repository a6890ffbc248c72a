// A number that tells two rule sets apart, so that a saved state never meets rules that it was not made by.
#pragma once
#include <array>
#include <cstdint>

#include "ir/agreement.h"

namespace writ::ir {

std::array<uint64_t, 2> hash_rules(const Agreement& agreement);

}  // namespace writ::ir
