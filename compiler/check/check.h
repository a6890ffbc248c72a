// The door of `check`.
// In:       the trees of an agreement and of the modules that it uses.
// Out:      what they mean: every construct, and the core that it is lowered to.
// Promises: the output is whole even after errors; without errors `ir::verify` finds nothing.
// Does not: read files (the zone loader is handed in), judge style (lint), prove anything.
// Reports:  C0001 to C0799. One mistake, one error.
// See:      docs/phases/check.md; check.cpp is the table of contents.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ast/ast.h"
#include "diag/diagnostic.h"
#include "ir/agreement.h"
#include "source/source_map.h"

namespace writ::check {

struct CheckOptions {
  // The bytes of the TZif file of a zone ("Europe/London"); nothing when there is no such zone.
  std::function<std::optional<std::string>(std::string_view zone_name)> load_zone;
  // Names of the modules that could be used, for "did you mean"; may be empty.
  std::vector<std::string> known_modules;
};

// files[0] is the agreement; the others are its modules, in any order. The map holds the text of all of them.
ir::Agreement check(const source::SourceMap& sources, std::span<const ast::File> files, const CheckOptions& options, diag::Sink& sink);

}  // namespace writ::check
