#pragma once
// Unsigned integers of 256 bits: just what exact products and quotients of 128-bit numbers need.

#include "value/int128.h"

namespace writ::value {

struct u256 {
  u128 lo = 0;
  u128 hi = 0;
};

u256 wide_mul(u128 a, u128 b);
// a + b and a - b modulo 2^256.
u256 wide_add(u256 a, u256 b);
u256 wide_sub(u256 a, u256 b);
// Negative, zero or positive as a < b, a == b, a > b.
int wide_compare(u256 a, u256 b);
// Quotient and remainder; d != 0.
u256 wide_div(u256 n, u128 d, u128& remainder);

// (negative ? -1 : 1) * n / d rounded to a whole number; d != 0. Sets `overflow` when it does not fit, else leaves it.
i128 wide_divide_rounded(bool negative, u256 n, u128 d, Rounding rounding, bool& overflow);

// The signed number of that magnitude; true when it does not fit.
[[nodiscard]] bool signed_overflows(bool negative, u128 magnitude, i128& out);

}  // namespace writ::value
