// What an agreement asks for and gives, for programs.
#pragma once
#include <string>

#include "diag/diagnostic.h"
#include "ir/agreement.h"
#include "source/source_map.h"

namespace writ::embed {

// One JSON object: title, parties, records with their fields, parameters, definitions, credits, rights.
std::string describe(const ir::Agreement& agreement);
// One JSON array: each diagnostic as `--format json` has it, and its `text` as a person reads it.
std::string diagnostics_json(const diag::Sink& sink, const source::SourceMap& sources);
// The same for a mistake that belongs to no line.
std::string error_json(const std::string& message);

}  // namespace writ::embed
