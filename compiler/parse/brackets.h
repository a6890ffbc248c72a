// A first look at all brackets of a text: which kinds do not come out even.
#pragma once
#include "parse/token.h"

namespace writ::parse {

struct Brackets {
  std::vector<bool> left_open;    // by index of the token: a `(` or `[` that is never closed
  bool braces_left_open = false;  // more `{` than `}`: indentation tells which
  bool braces_too_many = false;   // more `}` than `{`
};

Brackets match_brackets(const Reading& reading);

bool is_opening(size_t type);
bool is_closing(size_t type);
size_t closing_of(size_t opening);

}  // namespace writ::parse
