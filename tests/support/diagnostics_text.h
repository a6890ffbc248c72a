// Diagnostics as golden files show them: place, code, message, and the underlined text itself.
#pragma once
#include <string>

#include "diag/diagnostic.h"
#include "source/source_map.h"

namespace writ::support {

std::string diagnostics_text(const diag::Sink& sink, const source::SourceMap& sources);

}  // namespace writ::support
