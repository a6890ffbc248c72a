// A set of numbers that is as small as what is in it: for a walk over a few nodes of a large store.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace writ::base {

class NumberSet {
 public:
  // False when it was there. The number is not UINT32_MAX.
  bool insert(uint32_t number) {
    if ((count_ + 1) * 2 > places_.size()) grow();
    if (!put(number)) return false;
    ++count_;
    return true;
  }

 private:
  static constexpr uint32_t free = UINT32_MAX;

  bool put(uint32_t number) {
    size_t at = static_cast<size_t>((number * 0x9E3779B97F4A7C15) >> 32) & (places_.size() - 1);
    for (; places_[at] != free; at = (at + 1) & (places_.size() - 1)) {
      if (places_[at] == number) return false;
    }
    places_[at] = number;
    return true;
  }

  void grow() {
    std::vector<uint32_t> old(places_.empty() ? 16 : places_.size() * 2, free);
    old.swap(places_);
    for (const uint32_t number : old) {
      if (number != free) put(number);
    }
  }

  std::vector<uint32_t> places_;  // a power of two of them, at least half of them free
  size_t count_ = 0;
};

}  // namespace writ::base
