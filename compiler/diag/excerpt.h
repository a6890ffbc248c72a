// A source line made safe and straight for showing: what stands on the screen is what stands in the file.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace writ::diag {

struct Excerpt {
  std::string text;               // tabs as spaces; control, hidden and direction characters spelt out as <U+202E>
  std::vector<uint32_t> columns;  // for each byte of the line, and one past it: the screen column (from 0) where it begins
};

Excerpt excerpt_of(std::string_view line);

// The same spelling for text inside a message: no line break, no control character, no hidden one.
std::string visible(std::string_view text);

}  // namespace writ::diag
