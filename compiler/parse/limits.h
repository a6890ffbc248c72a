// The first look at a text, before any parser: is it text at all, and is it of a size and depth that can be read?
#pragma once
#include "parse/parse.h"
#include "parse/token.h"

namespace writ::parse {

struct Scan {
  bool refused = false;   // nothing may be read
  bool cut = false;       // prose or a comment is never closed: only the text before it is read
  uint32_t readable = 0;  // bytes
};

// One pass over the bytes, in time and memory linear in the text; reports P0001-P0004, P0006, P0008, P0013, P0014.
Scan scan_text(const Reading& reading, const Limits& limits);

}  // namespace writ::parse
