#include "value/wide.h"

namespace writ::value {

u256 wide_mul(u128 a, u128 b) {
  const u128 mask = ~static_cast<uint64_t>(0);
  u128 a0 = a & mask, a1 = a >> 64, b0 = b & mask, b1 = b >> 64;
  u128 low = a0 * b0, mid1 = a1 * b0, mid2 = a0 * b1, high = a1 * b1;
  u128 carry = (low >> 64) + (mid1 & mask) + (mid2 & mask);
  return {(carry << 64) | (low & mask), high + (mid1 >> 64) + (mid2 >> 64) + (carry >> 64)};
}

u256 wide_add(u256 a, u256 b) {
  u128 lo = a.lo + b.lo;
  return {lo, a.hi + b.hi + (lo < a.lo ? 1 : 0)};
}

u256 wide_sub(u256 a, u256 b) { return {a.lo - b.lo, a.hi - b.hi - (a.lo < b.lo ? 1 : 0)}; }

int wide_compare(u256 a, u256 b) {
  if (a.hi != b.hi) return a.hi < b.hi ? -1 : 1;
  if (a.lo != b.lo) return a.lo < b.lo ? -1 : 1;
  return 0;
}

u256 wide_div(u256 n, u128 d, u128& remainder) {
  if (n.hi == 0) {
    remainder = n.lo % d;
    return {n.lo / d, 0};
  }
  u256 quotient{0, n.hi / d};
  u128 rest = n.hi % d;
  // Long division bit by bit: only products beyond 128 bits come here, so plainness beats speed.
  for (int bit = 127; bit >= 0; --bit) {
    bool carried = (rest >> 127) != 0;
    rest = (rest << 1) | ((n.lo >> bit) & 1);
    if (carried || rest >= d) {
      rest -= d;
      quotient.lo |= static_cast<u128>(1) << bit;
    }
  }
  remainder = rest;
  return quotient;
}

bool signed_overflows(bool negative, u128 magnitude, i128& out) {
  u128 limit = static_cast<u128>(i128_max) + (negative ? 1 : 0);
  if (magnitude > limit) return true;
  out = static_cast<i128>(negative ? ~magnitude + 1 : magnitude);
  return false;
}

namespace {

// Does a remainder r of divisor d (0 < r < d) push the magnitude one up?
bool away_from_zero(bool negative, bool odd, u128 r, u128 d, Rounding rounding) {
  u128 other = d - r;  // compares r with d / 2 without doubling
  switch (rounding) {
    case Rounding::half_up: return r >= other;
    case Rounding::half_even: return r > other || (r == other && odd);
    case Rounding::half_down: return r > other;
    case Rounding::up: return true;
    case Rounding::down: return false;
    case Rounding::floor: return negative;
    case Rounding::ceiling: return !negative;
  }
  return false;
}

}  // namespace

i128 wide_divide_rounded(bool negative, u256 n, u128 d, Rounding rounding, bool& overflow) {
  u128 rest = 0;
  u256 quotient = wide_div(n, d, rest);
  if (rest != 0 && away_from_zero(negative, (quotient.lo & 1) != 0, rest, d, rounding)) {
    quotient = wide_add(quotient, {1, 0});
  }
  i128 out = 0;
  if (quotient.hi != 0 || signed_overflows(negative, quotient.lo, out)) overflow = true;
  return out;
}

}  // namespace writ::value
