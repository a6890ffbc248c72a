// Layout: which line ends end a statement, which braces hold statements, and what to do about brackets that do not match.
// docs/language/reference/layout.md is the rule for people.
#pragma once
#include "parse/parse.h"
#include "parse/token.h"

namespace writ::parse {

// Leaves a NEWLINE only where a statement ends (also before the `}` of a block and at the end of the text), marks the braces of blocks, and
// makes all brackets match: afterwards the parser cannot run out of a statement. Reports P0007, P0022-P0024.
// `cut`: the text was cut short, so brackets that are open at its end are no mistake of their own. False when nothing may be read.
bool lay_out(Reading& reading, bool cut, const Limits& limits);

}  // namespace writ::parse
