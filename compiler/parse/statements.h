// The kinds of lines that the grammar reads one by one, and the words that they start with.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace writ::parse {

struct LineKind {
  size_t rule;                    // a rule of the generated parser that ends with its line
  std::string_view place;         // "in a calendar"
  std::span<const size_t> words;  // types of the keywords that start such a line
  bool named = false;             // such a line may also begin with a name of the author's own: `Critical : within ...`, `id : text`
};

// The kind of a rule, or nullptr when the rule is no line.
const LineKind* line_kind(size_t rule);
// Where lines that start with this keyword stand; nullptr when none do. The first of several.
const LineKind* home_of(size_t keyword);
bool starts_line(const LineKind& kind, size_t keyword);
// The kind of line that the loop of this block reads again and again; nullptr when the rule is no block.
const LineKind* lines_of_block(size_t rule);
// Does a statement with this keyword at its front, and a block, hold lines of one kind?
bool holds_lines(size_t keyword);

}  // namespace writ::parse
