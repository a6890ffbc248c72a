// Where the modules of an agreement are found.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ast/ast.h"
#include "source/source_map.h"

namespace writ::driver {

// The module paths that a file uses, in the order written.
std::vector<std::string> modules_used(const ast::File& file);
// `std.*` from the standard library inside the program; others from `folder` (house.calendars: house/calendars.writ).
// Adds the file to the map; nothing when there is none.
std::optional<source::FileId> find_module(const std::string& module, const std::string& folder, source::SourceMap& sources);

}  // namespace writ::driver
