// Mutations of an input, for fuzzers that have no luck: all of them come from the random numbers that are handed in.
#pragma once
#include <random>
#include <string>
#include <vector>

namespace writ::fuzz {

// A few changes of bytes: what breaks readers of single characters.
std::string change_bytes(std::string bytes, const std::vector<std::string>& seeds, std::mt19937& random);
// A few changes of words and lines: what still looks like the seeds, and gets further.
std::string change_words(std::string text, const std::vector<std::string>& seeds, std::mt19937& random);

}  // namespace writ::fuzz
