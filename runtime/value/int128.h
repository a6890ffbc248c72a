#pragma once
// Exact integers of 128 bits: checked arithmetic, rounding division and decimal text. Money, percentages and decimals
// are such integers at a scale that the type knows (12.50 at scale 2 is 1250); nothing here uses binary floating point.

#include <cstdint>
#include <string>
#include <string_view>

#include "value/text.h"

namespace writ::value {

using i128 = __int128;
using u128 = unsigned __int128;

inline constexpr i128 i128_max = static_cast<i128>(~static_cast<u128>(0) >> 1);
inline constexpr i128 i128_min = -i128_max - 1;

// 10^38 is the largest power of ten below 2^127.
inline constexpr int max_scale = 38;

// Each returns true when the exact result does not fit; `out` is then meaningless.
[[nodiscard]] inline bool add_overflows(i128 a, i128 b, i128& out) { return __builtin_add_overflow(a, b, &out); }
[[nodiscard]] inline bool sub_overflows(i128 a, i128 b, i128& out) { return __builtin_sub_overflow(a, b, &out); }
[[nodiscard]] bool mul_overflows(i128 a, i128 b, i128& out);

// |a| as an unsigned number; also right for i128_min.
constexpr u128 magnitude(i128 a) { return a < 0 ? ~static_cast<u128>(a) + 1 : static_cast<u128>(a); }

// How a quotient that is not whole becomes whole. half_up: ties go away from zero; up: always away from zero;
// down: towards zero; floor and ceiling: towards minus and plus infinity.
enum class Rounding : uint8_t { half_up, half_even, half_down, up, down, floor, ceiling };

// num / den rounded towards minus infinity, or plus infinity. den > 0.
i128 floor_div(i128 num, i128 den);
i128 ceil_div(i128 num, i128 den);

// num / den rounded. den != 0 (asserted). `overflow` is set to true when the quotient does not fit (only i128_min / -1), and
// is otherwise left as it was, so that a chain of steps can share one flag.
i128 divide_rounded(i128 num, i128 den, Rounding rounding, bool& overflow);

// a * b / den rounded once, with the product exact (256 bits): "5 % of a fee" without an intermediate overflow. den != 0.
i128 mul_div_rounded(i128 a, i128 b, i128 den, Rounding rounding, bool& overflow);

// 10^n for n in 0..38.
i128 pow10(int n);

// Greatest common divisor; gcd(0, 0) = 0.
u128 gcd(u128 a, u128 b);

// "1250" at scale 2 is "12.50". Scale 0..38. Always `scale` digits after the point, '-' in front, no grouping.
std::string to_text(i128 scaled, int scale);

enum class Grouping : uint8_t {
  none,       // 12000.00
  thousands,  // 12,000.00 as well; a comma stands before each full group of three, everywhere or nowhere
};

// The inverse: [+-]digits[.digits]. More digits after the point than `scale` is an error (too_precise), even when they are
// zeros: a file that is more precise than its column was declared is not read silently. Spaces are not accepted.
Parsed<i128> parse_decimal(std::string_view text, int scale, Grouping grouping = Grouping::none);

}  // namespace writ::value
