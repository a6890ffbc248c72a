// What a driver needs to bring the modules of an agreement together before `check`.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ast/ast.h"

namespace writ::check {

// The modules that a file names with `use`, in order, with their places.
std::vector<ast::Name> used_modules(const ast::File& file);
// Where a module lies below the folder that holds it: "std.holidays.us_federal" is "std/holidays/us_federal.writ".
// The driver maps `std/` to the standard library and everything else to the folder of the agreement.
std::string module_path(std::string_view name);

}  // namespace writ::check
