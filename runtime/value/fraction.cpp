#include "value/fraction.h"

#include <cassert>

#include "value/wide.h"

namespace writ::value {

bool make_fraction(i128 num, i128 den, Fraction& out) {
  assert(den != 0);
  u128 n = magnitude(num), d = magnitude(den);
  u128 g = gcd(n, d);
  bool negative = (num < 0) != (den < 0);
  return signed_overflows(negative, n / g, out.num) || signed_overflows(false, d / g, out.den);
}

namespace {

// a + b, or a - b when `minus`: not by the opposite of b, since the least number has none.
bool combine(Fraction a, Fraction b, bool minus, Fraction& out) {
  // Knuth, The Art of Computer Programming 2, 4.5.1: with g = gcd of the denominators, only factors of g can cancel.
  u128 ad = magnitude(a.den), bd = magnitude(b.den);
  u128 g = gcd(ad, bd);
  u256 x = wide_mul(magnitude(a.num), bd / g);
  u256 y = wide_mul(magnitude(b.num), ad / g);
  u256 sum;
  bool negative = a.num < 0, b_negative = (b.num < 0) != minus;
  if (negative == b_negative) {
    sum = wide_add(x, y);
  } else if (wide_compare(x, y) >= 0) {
    sum = wide_sub(x, y);
  } else {
    sum = wide_sub(y, x);
    negative = b_negative;
  }
  u128 rest = 0;
  wide_div(sum, g, rest);
  u128 cancelled = gcd(rest, g);
  u256 num = wide_div(sum, cancelled, rest);
  u256 den = wide_mul(ad / g, bd / cancelled);
  return num.hi != 0 || den.hi != 0 || signed_overflows(negative, num.lo, out.num) || signed_overflows(false, den.lo, out.den);
}

}  // namespace

bool add_fractions(Fraction a, Fraction b, Fraction& out) {
  if (a.den != 1 || b.den != 1) return combine(a, b, false, out);
  out.den = 1;
  return add_overflows(a.num, b.num, out.num);
}

bool sub_fractions(Fraction a, Fraction b, Fraction& out) {
  if (a.den != 1 || b.den != 1) return combine(a, b, true, out);
  out.den = 1;
  return sub_overflows(a.num, b.num, out.num);
}

bool mul_fractions(Fraction a, Fraction b, Fraction& out) {
  if (a.den == 1 && b.den == 1) {
    out.den = 1;
    return mul_overflows(a.num, b.num, out.num);
  }
  u128 an = magnitude(a.num), ad = magnitude(a.den), bn = magnitude(b.num), bd = magnitude(b.den);
  u128 g1 = gcd(an, bd), g2 = gcd(bn, ad);
  u256 num = wide_mul(an / g1, bn / g2);
  u256 den = wide_mul(ad / g2, bd / g1);
  bool negative = (a.num < 0) != (b.num < 0);
  return num.hi != 0 || den.hi != 0 || signed_overflows(negative, num.lo, out.num) || signed_overflows(false, den.lo, out.den);
}

bool div_fractions(Fraction a, Fraction b, Fraction& out) {
  assert(b.num != 0);
  u128 an = magnitude(a.num), ad = magnitude(a.den), bn = magnitude(b.num), bd = magnitude(b.den);
  u128 g1 = gcd(an, bn), g2 = gcd(ad, bd);
  u256 num = wide_mul(an / g1, bd / g2);
  u256 den = wide_mul(ad / g2, bn / g1);
  bool negative = (a.num < 0) != (b.num < 0);
  return num.hi != 0 || den.hi != 0 || signed_overflows(negative, num.lo, out.num) || signed_overflows(false, den.lo, out.den);
}

bool neg_fraction(Fraction a, Fraction& out) {
  out.den = a.den;
  return sub_overflows(0, a.num, out.num);
}

bool round_fraction(Fraction a, int shift, Rounding rounding, i128& out) {
  bool overflow = false;
  if (shift >= 0) {
    out = mul_div_rounded(a.num, pow10(shift), a.den, rounding, overflow);
    return overflow;
  }
  u256 den = wide_mul(magnitude(a.den), magnitude(pow10(-shift)));
  // A divisor beyond 128 bits is more than twice any numerator: the quotient lies strictly between -1/2 and 1/2, as does
  // num / (2^128 - 1), so that rounding gives the same.
  u128 divisor = den.hi != 0 ? ~static_cast<u128>(0) : den.lo;
  out = wide_divide_rounded(a.num < 0, {magnitude(a.num), 0}, divisor, rounding, overflow);
  return overflow;
}

int compare(Fraction a, Fraction b) {
  if (a.den == b.den) return a.num < b.num ? -1 : a.num > b.num ? 1 : 0;
  if ((a.num < 0) != (b.num < 0)) return a.num < 0 ? -1 : 1;
  int order = wide_compare(wide_mul(magnitude(a.num), magnitude(b.den)), wide_mul(magnitude(b.num), magnitude(a.den)));
  return a.num < 0 ? -order : order;
}

}  // namespace writ::value
