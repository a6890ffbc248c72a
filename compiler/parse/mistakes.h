// What the generated parser could not read, said in words of the language.
#pragma once
#include <set>

#include "parse/statements.h"
#include "parse/token.h"

namespace writ::parse {

struct Mistake {
  size_t first = 0;  // index of the first word of the line that could not be read
  size_t found = 0;  // index of the word that does not fit
  const LineKind* kind = nullptr;
  std::set<size_t> expected;  // types that would have fitted
};

// Reports the mistake (P0030-P0036), unless its statement was reported already. True when the line broke off too early.
bool report_mistake(Reading& reading, Mistake mistake);

}  // namespace writ::parse
