// What other steps ask about the header. Private to this folder.
#pragma once
#include <optional>

#include "check/context.h"

namespace writ::check {

// `half up` and its like, as the trees have it ("half_up"); nothing where the word could not be read.
std::optional<value::Rounding> rounding_of(const ast::Name& word);
// Whether the header has a `round` line: nothing is rounded without one.
bool rounding_written(const Context&);

}  // namespace writ::check
