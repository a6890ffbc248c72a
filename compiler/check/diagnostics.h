// The diagnostics of this phase, one constant for each row of diagnostics.def.
#pragma once
#include "diag/diagnostic.h"

namespace writ::check::code {

#define WRIT_DIAGNOSTIC(number, name, severity, message) inline constexpr diag::Kind name{#number, #name, diag::Severity::severity, message};
#include "check/diagnostics.def"
#undef WRIT_DIAGNOSTIC

}  // namespace writ::check::code
