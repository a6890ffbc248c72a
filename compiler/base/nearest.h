// The nearest known name to a misspelt one, for "did you mean".
#pragma once
#include <span>
#include <string>
#include <string_view>

namespace writ::base {

// Restricted Damerau-Levenshtein distance (Damerau 1964): insertions, deletions, substitutions, swaps of neighbours.
int edit_distance(std::string_view a, std::string_view b);

// The candidate with the smallest distance, if that is at most a third of the name's length (and at least 1); else "".
// Ties go to the first candidate, so that messages are stable.
std::string nearest(std::string_view name, std::span<const std::string> candidates);

}  // namespace writ::base
