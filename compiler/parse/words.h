// What is known of single words and signs: how they are called in messages, and which cannot be right as they stand.
#pragma once
#include <string>

#include "parse/token.h"

namespace writ::parse {

// Reports every word that is wrong by itself (P0010-P0012, P0017-P0021) and puts in its place what was probably meant.
void correct_words(Reading& reading);

// `100,200` outside a call or a list: reports P0016 and makes it one number. Needs the layout's block marks.
void correct_grouped_digits(Reading& reading);

bool is_keyword(size_t type);   // also the reserved words
bool is_reserved(size_t type);  // and or not in where when if missed misses
// `missed`, a name, a number, the end of the line: for "{expected} should follow".
std::string describe_type(size_t type);
// "`channel`", "the text \"x\"", "the number 5", "the end of the line": for "{found} cannot stand here".
std::string describe_token(const Reading& reading, const Token& token);
// All keywords, for "did you mean".
std::vector<std::string> keywords();

}  // namespace writ::parse
