// C++ text as the rules read it: without comments and literals, cut into words.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace writ::repository {

// The text with comments, string and character literals blanked; lines stay where they are. Knows raw strings; digit separators are no literals.
std::string code_only(std::string_view text);

struct Include {
  std::string path;
  bool quoted = false;  // "x" and not <x>
  int line = 0;         // from 1
};
std::vector<Include> includes_of(std::string_view text);

struct Word {
  std::string_view text;  // an identifier or keyword; points into the code handed in
  int line = 0;
  char next = 0;  // the first character after it that is no blank; 0 at the end
};
std::vector<Word> identifiers_of(std::string_view code);

}  // namespace writ::repository
