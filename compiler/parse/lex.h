// Text to words and signs, by the generated lexer; every line end is still there.
#pragma once
#include "parse/token.h"

namespace writ::parse {

// Fills reading.tokens from the first `readable` bytes. False when there are more than `limit` (then P0005 was reported).
bool lex(Reading& reading, uint32_t readable, uint32_t limit);

}  // namespace writ::parse
