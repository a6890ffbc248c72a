// Does a value equal what a case expects?
#pragma once
#include <string>
#include <vector>

#include "real/evaluate.h"
#include "real/operations.h"

namespace writ::real {

// `expected` is as in the file: a truth, a number, a text, or a list of pairs of texts. A local time is one of `zone`.
// Instants are compared to the millisecond where `precision` is "ms", and to the day where only a date is expected.
bool is_expected(const Sentence& sentence, const std::vector<Found>& found, const Json& expected, const std::string& precision, const value::Zone& zone);

}  // namespace writ::real
