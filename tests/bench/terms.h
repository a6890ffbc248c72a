// The terms of the agreements beside this file, written out by hand for the kernels that the compiler is held against. Index: tier 1 to 4.
#pragma once
#include <cstdint>

namespace writ::bench {

inline constexpr uint8_t listed_tier[12] = {2, 1, 1, 3, 2, 1, 4, 3, 2, 4, 4, 3};  // severity x plan
inline constexpr uint32_t acknowledge_minutes[5] = {0, 15, 60, 240, 480};
inline constexpr uint32_t resolve_minutes[5] = {0, 240, 480, 1440, 4320};
// Of open time, in business.writ.
inline constexpr uint32_t acknowledge_open_minutes[5] = {0, 15, 60, 240, 510};
inline constexpr uint32_t resolve_open_minutes[5] = {0, 240, 510, 1530, 2550};
// Shares of the fee in half per cents: all are whole in that unit, so the products stay in 32 bits.
inline constexpr uint8_t acknowledge_share[5] = {0, 10, 8, 4, 2};
inline constexpr uint8_t resolve_share[5] = {0, 25, 16, 10, 5};
inline constexpr uint32_t most_share = 30;

}  // namespace writ::bench
