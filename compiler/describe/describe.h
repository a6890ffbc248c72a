// Phase describe: ir -> what a deployed rule set tells about itself (runtime/explain/description.h), and its header in C.
// In: a checked agreement without errors, and its sources. Out: names, types, words, clauses and quotes, without a place in any file.
// Promises: the same agreement gives the same description, wherever its files lie; indices are those of plan's tables.
// Does not: say what a value means (render and runtime/explain do), look at facts. Reports nothing.
#pragma once
#include <string>

#include "explain/description.h"
#include "ir/agreement.h"
#include "source/source_map.h"

namespace writ::describe {

// `compiler`: its version, as it is to stand in artefacts.
explain::Description describe(const ir::Agreement& agreement, const source::SourceMap& sources, std::string compiler);

// A header in C of 1989 for a rule set called `name`: how to get at it, and its indices and codes by name.
std::string c_header(const explain::Description& description, const std::string& name);

// What a program may call a rule set: an identifier that no compiler of C or C++ reserves.
bool is_rule_set_name(const std::string& name);
// One made from the name of a file.
std::string rule_set_name(const std::string& path);

}  // namespace writ::describe
