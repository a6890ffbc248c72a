// The rows of diagnostics.def as values.
#pragma once
#include "diag/diagnostic.h"

namespace writ::parse {

#define WRIT_DIAGNOSTIC(CODE, NAME, SEVERITY, MESSAGE) inline constexpr diag::Kind NAME{#CODE, #NAME, diag::Severity::SEVERITY, MESSAGE};
#include "parse/diagnostics.def"
#undef WRIT_DIAGNOSTIC

}  // namespace writ::parse
