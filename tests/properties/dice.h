// Seeded chance: the same seed gives the same agreement and the same facts on every machine.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace writ::properties {

// SplitMix64 (Steele, Lea, Flood 2014).
struct Dice {
  uint64_t state = 0;

  uint64_t next() {
    uint64_t z = (state += 0x9e3779b97f4a7c15ull);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }
  // 0 .. n - 1
  int below(int n) { return static_cast<int>(next() % static_cast<uint64_t>(n)); }
  bool one_in(int n) { return below(n) == 0; }
  // Both ends included; they may be those of 64 bits.
  int64_t between(int64_t low, int64_t high) {
    const uint64_t numbers = static_cast<uint64_t>(high) - static_cast<uint64_t>(low) + 1;
    const uint64_t up = numbers == 0 ? next() : next() % numbers;
    return static_cast<int64_t>(static_cast<uint64_t>(low) + up);
  }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[static_cast<size_t>(below(static_cast<int>(from.size())))];
  }
};

}  // namespace writ::properties
