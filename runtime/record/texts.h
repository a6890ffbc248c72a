// Texts numbered in the order of their first appearance: equal text, equal number. Used for compared texts and for keys.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace writ::record {

struct Texts {
  std::vector<uint64_t> ends;          // text i is bytes[ends[i - 1], ends[i])
  std::string bytes;
  std::vector<uint64_t> hashes;        // by text, so that growing compares nothing
  std::vector<uint32_t> slots;         // open addressing, a power of two; text + 1, 0 is free
};

inline uint32_t count(const Texts& texts) { return static_cast<uint32_t>(texts.ends.size()); }
std::string_view text_of(const Texts& texts, uint32_t number);
// The number of a text; a new one gets the next.
uint32_t number_of(Texts& texts, std::string_view text);
// The same without adding; `nothing` when it is not there.
uint32_t find(const Texts& texts, std::string_view text);

}  // namespace writ::record
