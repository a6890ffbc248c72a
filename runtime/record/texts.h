// Texts numbered in the order of their first appearance: equal text, equal number. Used for compared texts and for keys.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace writ::record {

struct Texts {
  std::vector<uint64_t> ends;  // text i is bytes[ends[i - 1], ends[i])
  std::string bytes;
  // Open addressing, a power of two: the text's number + 1 below, 32 bits of its hash above; 0 is free. With the hash at hand a slot is
  // passed over, and the table grown, without a look at the texts, which are far away in memory.
  std::vector<uint64_t> slots;
};

inline uint32_t count(const Texts& texts) { return static_cast<uint32_t>(texts.ends.size()); }
std::string_view text_of(const Texts& texts, uint32_t number);
// The number of a text; a new one gets the next.
uint32_t number_of(Texts& texts, std::string_view text);
// The same without adding; `nothing` when it is not there.
uint32_t find(const Texts& texts, std::string_view text);

// Fetches into the cache what `number_of` will look at: in a large table it is far away, and there is other work to do meanwhile.
void expect(const Texts& texts, std::string_view text);

}  // namespace writ::record
