// The same as the door, without its short cuts: for tests that hold the two against each other.
#pragma once
#include "parse/parse.h"

namespace writ::parse {

// Shows the generated parser every line, and lets it predict with all that it has.
ast::File parse_in_full(const source::SourceMap& sources, source::FileId file, diag::Sink& sink, const Limits& limits = {});

}  // namespace writ::parse
