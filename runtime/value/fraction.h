#pragma once
// Fractions in lowest terms with a positive denominator: the ends of a value's interval.
// Every operation is exact; it reports overflow only when the reduced result itself does not fit.

#include "value/int128.h"

namespace writ::value {

struct Fraction {
  i128 num = 0;
  i128 den = 1;
};

[[nodiscard]] bool make_fraction(i128 num, i128 den, Fraction& out);  // den != 0
[[nodiscard]] bool add_fractions(Fraction a, Fraction b, Fraction& out);
[[nodiscard]] bool sub_fractions(Fraction a, Fraction b, Fraction& out);
[[nodiscard]] bool mul_fractions(Fraction a, Fraction b, Fraction& out);
[[nodiscard]] bool div_fractions(Fraction a, Fraction b, Fraction& out);  // b != 0
[[nodiscard]] bool neg_fraction(Fraction a, Fraction& out);
// a * 10^shift rounded to a whole number; -38 <= shift <= 38.
[[nodiscard]] bool round_fraction(Fraction a, int shift, Rounding rounding, i128& out);
// Negative, zero or positive.
int compare(Fraction a, Fraction b);

}  // namespace writ::value
