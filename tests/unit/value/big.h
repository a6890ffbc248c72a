#pragma once
// Whole numbers of any length as decimal digits: the naive twin of 128-bit and 256-bit arithmetic. Slow and plain on purpose.

#include <algorithm>
#include <string>
#include <vector>

#include "value/int128.h"

namespace writ::value::test {

struct Big {
  bool negative = false;
  std::vector<int> digits;  // least first, no leading zeros; zero has none
};

inline void trim(Big& a) {
  while (!a.digits.empty() && a.digits.back() == 0) a.digits.pop_back();
  if (a.digits.empty()) a.negative = false;
}

inline Big big(i128 n) {
  Big out;
  out.negative = n < 0;
  for (u128 rest = magnitude(n); rest != 0; rest /= 10) out.digits.push_back(static_cast<int>(rest % 10));
  return out;
}

inline int compare_sizes(const Big& a, const Big& b) {
  if (a.digits.size() != b.digits.size()) return a.digits.size() < b.digits.size() ? -1 : 1;
  for (size_t i = a.digits.size(); i-- > 0;) {
    if (a.digits[i] != b.digits[i]) return a.digits[i] < b.digits[i] ? -1 : 1;
  }
  return 0;
}

inline int compare(const Big& a, const Big& b) {
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  return a.negative ? -compare_sizes(a, b) : compare_sizes(a, b);
}

inline Big opposite(Big a) {
  a.negative = !a.negative && !a.digits.empty();
  return a;
}

inline Big add(const Big& a, const Big& b) {
  bool subtract = a.negative != b.negative;
  const Big& large = compare_sizes(a, b) >= 0 ? a : b;
  const Big& small = &large == &a ? b : a;
  Big out;
  out.negative = large.negative;
  int carry = 0;
  for (size_t i = 0; i < large.digits.size(); ++i) {
    int other = i < small.digits.size() ? small.digits[i] : 0;
    int d = large.digits[i] + (subtract ? -other : other) + carry;
    carry = d < 0 ? -1 : d / 10;
    out.digits.push_back((d + 10) % 10);
  }
  if (carry > 0) out.digits.push_back(carry);
  trim(out);
  return out;
}

inline Big mul(const Big& a, const Big& b) {
  Big out;
  out.negative = a.negative != b.negative;
  out.digits.assign(a.digits.size() + b.digits.size() + 1, 0);
  for (size_t i = 0; i < a.digits.size(); ++i) {
    for (size_t k = 0; k < b.digits.size(); ++k) {
      int d = out.digits[i + k] + a.digits[i] * b.digits[k];
      out.digits[i + k] = d % 10;
      for (size_t c = i + k + 1; d >= 10; ++c) {
        d = out.digits[c] + d / 10;
        out.digits[c] = d % 10;
      }
    }
  }
  trim(out);
  return out;
}

// Towards zero; the remainder has the sign of a. b is not zero.
inline Big divide(const Big& a, const Big& b, Big& rest) {
  Big size = b;
  size.negative = false;
  Big out;
  rest = {};
  for (size_t i = a.digits.size(); i-- > 0;) {
    rest.digits.insert(rest.digits.begin(), a.digits[i]);
    trim(rest);
    int times = 0;
    for (; compare_sizes(rest, size) >= 0; ++times) rest = add(rest, opposite(size));
    out.digits.insert(out.digits.begin(), times);
  }
  trim(out);
  out.negative = a.negative != b.negative && !out.digits.empty();
  rest.negative = a.negative && !rest.digits.empty();
  return out;
}

inline bool fits(const Big& a) { return compare(a, big(i128_min)) >= 0 && compare(a, big(i128_max)) <= 0; }

inline std::string text(const Big& a) {
  std::string out = a.negative ? "-" : a.digits.empty() ? "0" : "";
  for (size_t i = a.digits.size(); i-- > 0;) out.push_back(static_cast<char>('0' + a.digits[i]));
  return out;
}

inline Big common_divisor(Big a, Big b) {
  a.negative = b.negative = false;
  while (!b.digits.empty()) {
    Big rest;
    divide(a, b, rest);
    a = b;
    b = rest;
  }
  return a;
}

// num / den rounded, by the definition of each rule.
inline Big round_quotient(const Big& num, const Big& den, Rounding rounding) {
  Big rest;
  Big towards_zero = divide(num, den, rest);
  if (rest.digits.empty()) return towards_zero;
  bool negative = num.negative != den.negative;
  Big away = add(towards_zero, big(negative ? -1 : 1));
  Big twice = mul(rest, big(2));
  int half = compare_sizes(twice, den);
  bool even = towards_zero.digits.empty() || towards_zero.digits[0] % 2 == 0;
  switch (rounding) {
    case Rounding::half_up: return half >= 0 ? away : towards_zero;
    case Rounding::half_even: return half > 0 || (half == 0 && !even) ? away : towards_zero;
    case Rounding::half_down: return half > 0 ? away : towards_zero;
    case Rounding::up: return away;
    case Rounding::down: return towards_zero;
    case Rounding::floor: return negative ? away : towards_zero;
    case Rounding::ceiling: return negative ? towards_zero : away;
  }
  return towards_zero;
}

}  // namespace writ::value::test
