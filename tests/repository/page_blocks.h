// What the blocks of a page say, and whether it is so. docs/README.md tells writers of pages which fence means what.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "repository/markdown.h"

namespace writ::repository {

struct BlockKind {
  std::string language;  // writ, csv, json, ndjson, console; "" when nothing is run
  std::string mark;      // bad, good, part, or ""
  std::string file;      // "" when not named
  bool bytes = false;    // \xNN in the block stands for that byte
};
BlockKind kind_of(const Block& block);

// Replaces \xNN by the byte.
std::string with_bytes(std::string_view text);

// Lines equal to the letter, apart from blanks at line ends; a line `...` in `shown` stands for any lines.
bool output_matches(std::string_view shown, std::string_view real);

// A `console` block with what its commands really print.
struct Rewrite {
  int line = 0;  // of the opening fence
  std::string text;
};

// Runs every block of a page, in order, in one folder. `code` is the diagnostic whose page it is, or "". Problems name the page and the line.
// With `rewrites`, blocks that show something else than is printed are no problem but a rewrite; a block with a line `...` stays as it is.
std::vector<std::string> page_problems(const std::string& path, const Page& page, const std::string& code, std::vector<Rewrite>* rewrites = nullptr);

// The page's text with blocks replaced.
std::string rewritten(std::string_view text, const std::vector<Rewrite>& rewrites);

}  // namespace writ::repository
