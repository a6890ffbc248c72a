// Lines that are built like an earlier one. Which sentence a line is depends on the types of its words alone, so that the parser needs to see one line
// of each kind: of a table with ten thousand rows, one row. What it made of that line is then read once for every line like it, each time with the
// words that stand there (Build::shift).
#pragma once
#include <antlr4-runtime.h>

#include "parse/token.h"

namespace writ::parse {

// A line, with the block that it opens, as indices into Reading::tokens.
struct Repeat {
  size_t first = 0;                              // its first word
  size_t model = 0;                              // the first word of the earlier line
  size_t length = 0;                             // words, with the line end
  antlr4::ParserRuleContext* context = nullptr;  // what the parser made of the earlier line
};

struct Repeats {
  std::vector<size_t> shown;    // the other words, for the parser
  std::vector<Repeat> repeats;  // in the order of the text; none inside another
};

Repeats find_repeats(const Reading& reading);

// Gives each repeat what was made of its model. False unless every repeat stands between lines of a block of which its model is a line too: then
// the text with all its lines is a sentence as well, and this is its tree.
bool link_repeats(std::vector<Repeat>& repeats, antlr4::ParserRuleContext* file);

}  // namespace writ::parse
