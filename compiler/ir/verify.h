// The promises of the ir, recomputed. An error-free `check` gives none of these; tests call it after every step.
// The numbers are those of docs/phases/check.md.
#pragma once
#include <string>
#include <vector>

#include "ir/agreement.h"

namespace writ::ir {

// One sentence a broken promise, "I07 Resolution.due: ..."; empty when all hold. Never asserts, whatever it is handed.
std::vector<std::string> verify(const Agreement& agreement);

}  // namespace writ::ir
