#pragma once
// Small helpers of the tests: readable values, instants from text, zones from the system, repeatable randomness.

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "value/clock.h"
#include "value/value.h"

namespace writ::value::test {

// "7", "7/3", "[1, 9/2]", "unknown", "not yet", "none", "overflow at 4"
std::string show(const Value& v);

// "2026-03-02T11:00" read as UTC; fails the test when it is not one.
Instant utc(std::string_view text);
Date day(std::string_view text);
// "2026-03-02T11:00", or "not known".
std::string show(Moment m);
std::string show_date(MaybeDate m);

// A zone of the system; false when the machine has no zone data.
bool load_zone(const std::string& name, Zone& out);

// splitmix64 (Steele, Lea, Flood 2014): repeatable on every machine.
struct Random {
  uint64_t state;
  uint64_t next() {
    uint64_t z = (state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  // least .. most, both included
  int64_t within(int64_t least, int64_t most) { return least + static_cast<int64_t>(next() % static_cast<uint64_t>(most - least + 1)); }
  bool chance(int percent) { return within(0, 99) < percent; }
  // A 128-bit number of random length, so that small and large ones are both frequent.
  i128 wide(int most_bits = 127) {
    u128 bits = (static_cast<u128>(next()) << 64) | next();
    int64_t length = within(0, most_bits);
    bits = length == 0 ? 0 : bits >> (128 - length);
    if (most_bits == 127 && chance(2)) bits = static_cast<u128>(i128_max) + (chance(50) ? 1 : 0);
    auto out = static_cast<i128>(bits);
    return chance(50) && out != i128_min ? -out : out;
  }
};

}  // namespace writ::value::test
