#include "value/int128.h"

#include <array>
#include <bit>
#include <cassert>

#include "value/wide.h"

namespace writ::value {

bool mul_overflows(i128 a, i128 b, i128& out) { return __builtin_mul_overflow(a, b, &out); }

i128 floor_div(i128 num, i128 den) {
  assert(den > 0);
  i128 quotient = num / den;
  return quotient * den > num ? quotient - 1 : quotient;
}

i128 ceil_div(i128 num, i128 den) {
  assert(den > 0);
  i128 quotient = num / den;
  return quotient * den < num ? quotient + 1 : quotient;
}

i128 divide_rounded(i128 num, i128 den, Rounding rounding, bool& overflow) {
  assert(den != 0);
  return wide_divide_rounded((num < 0) != (den < 0), {magnitude(num), 0}, magnitude(den), rounding, overflow);
}

i128 mul_div_rounded(i128 a, i128 b, i128 den, Rounding rounding, bool& overflow) {
  assert(den != 0);
  bool negative = ((a < 0) != (b < 0)) != (den < 0);
  return wide_divide_rounded(negative, wide_mul(magnitude(a), magnitude(b)), magnitude(den), rounding, overflow);
}

namespace {

constexpr auto powers = [] {
  std::array<i128, max_scale + 1> table{};
  table[0] = 1;
  for (int i = 1; i <= max_scale; ++i) table[static_cast<size_t>(i)] = table[static_cast<size_t>(i - 1)] * 10;
  return table;
}();

int trailing_zeros(u128 a) {
  auto low = static_cast<uint64_t>(a);
  return low != 0 ? std::countr_zero(low) : 64 + std::countr_zero(static_cast<uint64_t>(a >> 64));
}

}  // namespace

i128 pow10(int n) {
  assert(n >= 0 && n <= max_scale);
  return powers[static_cast<size_t>(n)];
}

u128 gcd(u128 a, u128 b) {
  if (a == 0) return b;
  if (b == 0) return a;
  if (a == 1 || b == 1) return 1;
  int shift = trailing_zeros(a | b);
  a >>= trailing_zeros(a);
  while (b != 0) {
    b >>= trailing_zeros(b);
    if (a > b) {
      u128 t = a;
      a = b;
      b = t;
    }
    b -= a;
  }
  return a << shift;
}

std::string to_text(i128 scaled, int scale) {
  assert(scale >= 0 && scale <= max_scale);
  u128 rest = magnitude(scaled);
  char digits[48];
  char* end = digits + sizeof digits;
  char* at = end;
  int written = 0;
  do {
    if (written == scale && scale > 0) *--at = '.';
    *--at = static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
    ++written;
  } while (rest != 0 || written <= scale);
  if (scaled < 0) *--at = '-';
  return {at, end};
}

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Commas must part the digits before the point into full groups of three; returns false when they do not.
bool grouping_is_right(std::string_view whole) {
  size_t comma = whole.find(',');
  if (comma == std::string_view::npos) return true;
  if (comma == 0 || comma > 3) return false;
  for (size_t i = comma; i < whole.size(); i += 4) {
    if (whole[i] != ',' || i + 3 >= whole.size()) return false;
    for (size_t k = i + 1; k <= i + 3; ++k) {
      if (!is_digit(whole[k])) return false;
    }
  }
  return true;
}

}  // namespace

Parsed<i128> parse_decimal(std::string_view text, int scale, Grouping grouping) {
  assert(scale >= 0 && scale <= max_scale);
  size_t at = 0;
  bool negative = false;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) negative = text[at++] == '-';

  size_t whole_from = at;
  while (at < text.size() && (is_digit(text[at]) || (text[at] == ',' && grouping == Grouping::thousands))) ++at;
  std::string_view whole = text.substr(whole_from, at - whole_from);
  if (whole.empty() || !grouping_is_right(whole)) return {0, TextError::syntax};

  std::string_view fraction;
  if (at < text.size() && text[at] == '.') {
    size_t from = ++at;
    while (at < text.size() && is_digit(text[at])) ++at;
    fraction = text.substr(from, at - from);
    if (fraction.empty()) return {0, TextError::syntax};
  }
  if (at != text.size()) return {0, TextError::trailing};
  if (fraction.size() > static_cast<size_t>(scale)) return {0, TextError::too_precise};

  u128 sum = 0;
  bool overflow = false;
  auto push = [&](unsigned digit) {
    overflow |= __builtin_mul_overflow(sum, static_cast<u128>(10), &sum);
    overflow |= __builtin_add_overflow(sum, static_cast<u128>(digit), &sum);
  };
  for (char c : whole) {
    if (c != ',') push(static_cast<unsigned>(c - '0'));
  }
  for (int i = 0; i < scale; ++i) {
    auto k = static_cast<size_t>(i);
    push(k < fraction.size() ? static_cast<unsigned>(fraction[k] - '0') : 0);
  }
  Parsed<i128> out;
  if (overflow || signed_overflows(negative, sum, out.value)) return {0, TextError::out_of_range};
  return out;
}

}  // namespace writ::value
