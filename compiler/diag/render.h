// Diagnostics as text for people and as JSON for machines.
#pragma once
#include <string>

#include "diag/diagnostic.h"
#include "source/source_map.h"

namespace writ::diag {

// Excerpt, underline, labels, notes, help. `colour` adds ANSI colours (the driver decides: terminal, NO_COLOR).
std::string render_human(const Diagnostic& diagnostic, const source::SourceMap& sources, bool colour);
// One line a diagnostic, `file:line:column: error C0203: message`, then indented label and help lines.
std::string render_plain(const Diagnostic& diagnostic, const source::SourceMap& sources);
// One JSON object: code, name, severity, message, arguments, span (file, line, column, end), labels, notes, helps, fix.
std::string render_json(const Diagnostic& diagnostic, const source::SourceMap& sources);

}  // namespace writ::diag
