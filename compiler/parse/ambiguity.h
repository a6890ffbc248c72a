// A question for tests of the grammar: does some text have two readings?
#pragma once
#include <string>
#include <vector>

#include "source/source_map.h"

namespace writ::parse {

struct Readings {
  std::vector<std::string> ambiguous;  // "line 3: `status at least`, rule comparison": places with two complete readings
  int looked_further = 0;              // places where the fast prediction was not enough; costs time, means nothing
};

// Reads the file with the prediction that finds every ambiguity (slow). Mistakes in the text are passed over in silence.
Readings find_ambiguities(const source::SourceMap& sources, source::FileId file);

}  // namespace writ::parse
