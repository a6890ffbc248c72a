#include <vector>

#include "unit/value/big.h"
#include "unit/value/support.h"

using namespace writ::value;
using namespace writ::value::test;

namespace {

struct BigFraction {
  Big num, den;  // den > 0
};

// num / den in lowest terms as the functions must give it: text, or overflow.
std::string expected_text(BigFraction f, uint32_t point) {
  if (f.den.negative) f = {opposite(f.num), opposite(f.den)};
  Big g = common_divisor(f.num, f.den), rest;
  Big num = divide(f.num, g, rest), den = divide(f.den, g, rest);
  if (!fits(num) || !fits(den)) return "overflow at " + std::to_string(point);
  return text(num) + (text(den) == "1" ? "" : "/" + text(den));
}

Value random_fraction(Random& random, int bits) {
  Value v;
  do {
    i128 den = random.chance(30) ? 1 : random.wide(bits);
    v = ratio(random.wide(bits), den == 0 ? 1 : den, 0);
  } while (v.state != State::given);
  return v;
}

using Operation = Value (*)(const Value&, const Value&, uint32_t);

}  // namespace

TEST_CASE("makers") {
  CHECK(show(given(-7)) == "-7");
  CHECK(show(truth(true)) == "1");
  CHECK(show(truth(false)) == "0");
  CHECK(show(unknown()) == "unknown");
  CHECK(show(not_yet()) == "not yet");
  CHECK(show(none()) == "none");
  CHECK(show(fault(Fault::gap, 3)) == "gap at 3");
  CHECK(show(interval(1, 4)) == "[1, 4]");
  CHECK(show(ratio(6, -4, 0)) == "-3/2");
  CHECK(show(ratio(0, -4, 0)) == "0");
  CHECK(show(ratio(1, 0, 9)) == "division by zero at 9");
  CHECK(show(ratio(i128_min, -1, 9)) == "overflow at 9");
  CHECK(show(ratio(i128_min, i128_min, 9)) == "1");
}

TEST_CASE("equal meaning is equal bytes") {
  CHECK(same(ratio(6, 4, 0), ratio(3, 2, 1)));
  CHECK(same(ratio(8, 4, 0), given(2)));
  CHECK(same(interval(5, 5), given(5)));
  CHECK(same(sub(interval(1, 3), interval(1, 1), 0), interval(0, 2)));
  CHECK(!same(not_yet(), none()));
  CHECK(!same(given(0), unknown()));
  CHECK(!same(fault(Fault::gap, 1), fault(Fault::gap, 2)));
}

TEST_CASE("exact fractions agree with digits on paper") {
  Random random{11};
  for (int round = 0; round < 120; ++round) {
    int bits = random.chance(50) ? 40 : 127;
    Value a = random_fraction(random, bits), b = random_fraction(random, bits);
    BigFraction x{big(a.lo), big(a.lo_den)}, y{big(b.lo), big(b.lo_den)};
    Big cross = mul(x.num, y.den), other = mul(y.num, x.den), den = mul(x.den, y.den);
    CHECK(show(writ::value::add(a, b, 4)) == expected_text({test::add(cross, other), den}, 4));
    CHECK(show(sub(a, b, 5)) == expected_text({test::add(cross, opposite(other)), den}, 5));
    CHECK(show(writ::value::mul(a, b, 6)) == expected_text({test::mul(x.num, y.num), den}, 6));
    if (b.lo != 0) CHECK(show(div(a, b, 7)) == expected_text({cross, other}, 7));
    CHECK((compare_fractions(a.lo, a.lo_den, b.lo, b.lo_den) < 0) == (compare(cross, other) < 0));
    CHECK((compare_fractions(a.lo, a.lo_den, b.lo, b.lo_den) == 0) == (compare(cross, other) == 0));
  }
}

TEST_CASE("rounding a ratio to a scale agrees with digits on paper") {
  Random random{12};
  constexpr Rounding roundings[] = {Rounding::half_up, Rounding::half_even, Rounding::half_down, Rounding::up,
                                    Rounding::down,    Rounding::floor,     Rounding::ceiling};
  for (int round = 0; round < 400; ++round) {
    Value v = random_fraction(random, random.chance(50) ? 50 : 127);
    int from = static_cast<int>(random.within(0, 38)), to = static_cast<int>(random.within(0, 38));
    Rounding rounding = roundings[random.within(0, 6)];
    Big num = test::mul(big(v.lo), big(to > from ? pow10(to - from) : 1));
    Big den = test::mul(big(v.lo_den), big(to < from ? pow10(from - to) : 1));
    Big expected = round_quotient(num, den, rounding);
    CHECK(show(round_to(v, from, to, rounding, 8)) == (fits(expected) ? text(expected) : "overflow at 8"));
  }
  CHECK(show(round_to(ratio(1, 3, 0), 0, 2, Rounding::half_up, 0)) == "33");
  CHECK(show(round_to(given(12345), 3, 2, Rounding::half_even, 0)) == "1234");
  CHECK(show(round_to(given(-12345), 3, 2, Rounding::half_up, 0)) == "-1235");
  CHECK(show(round_to(interval(1249, 1251), 2, 0, Rounding::half_up, 0)) == "[12, 13]");
  CHECK(show(round_to(interval(1249, 1251), 2, 1, Rounding::down, 0)) == "[124, 125]");
  CHECK(show(round_to(given(i128_max), 0, 38, Rounding::down, 2)) == "overflow at 2");
  CHECK(show(round_to(unknown(), 2, 0, Rounding::down, 2)) == "unknown");
  CHECK(show(round_to(none(), 2, 0, Rounding::down, 2)) == "absent at 2");
}

TEST_CASE("an interval holds exactly what its members give") {
  for (int al = -3; al <= 3; ++al)
    for (int ah = al; ah <= 3; ++ah)
      for (int bl = -3; bl <= 3; ++bl)
        for (int bh = bl; bh <= 3; ++bh) {
          Value a = interval(al, ah), b = interval(bl, bh);
          int sum[2] = {99, -99}, difference[2] = {99, -99}, product[2] = {99, -99}, least[2] = {99, -99}, most[2] = {99, -99};
          Value quotient_low, quotient_high;
          bool first = true, has_zero = bl <= 0 && bh >= 0;
          for (int x = al; x <= ah; ++x)
            for (int y = bl; y <= bh; ++y) {
              auto note = [](int(&ends)[2], int n) {
                ends[0] = std::min(ends[0], n);
                ends[1] = std::max(ends[1], n);
              };
              note(sum, x + y);
              note(difference, x - y);
              note(product, x * y);
              note(least, std::min(x, y));
              note(most, std::max(x, y));
              if (has_zero) continue;
              Value q = ratio(x, y, 0);
              if (first || is_true(lt(q, quotient_low, 0))) quotient_low = q;
              if (first || is_true(gt(q, quotient_high, 0))) quotient_high = q;
              first = false;
            }
          CHECK(writ::value::add(a, b, 0) == interval(sum[0], sum[1]));
          CHECK(sub(a, b, 0) == interval(difference[0], difference[1]));
          CHECK(writ::value::mul(a, b, 0) == interval(product[0], product[1]));
          CHECK(minimum(a, b, 0) == interval(least[0], least[1]));
          CHECK(maximum(a, b, 0) == interval(most[0], most[1]));
          CHECK(neg(a, 0) == interval(-ah, -al));
          Value q = div(a, b, 5);
          if (bl == 0 && bh == 0) {
            CHECK(show(q) == "division by zero at 5");
          } else if (has_zero) {
            CHECK(show(q) == "unknown");
          } else {
            CHECK((q.lo == quotient_low.lo && q.lo_den == quotient_low.lo_den));
            CHECK((q.hi == quotient_high.lo && q.hi_den == quotient_high.lo_den));
          }
        }
}

TEST_CASE("strict: fault before unknown before given, absent is a fault") {
  const Operation operations[] = {add, sub, mul, div, minimum, maximum, lt, le, gt, ge};
  const Value f3 = fault(Fault::gap, 3), f9 = fault(Fault::overflow, 9);
  for (Operation op : operations) {
    CHECK(show(op(f3, f9, 5)) == "gap at 3");
    CHECK(show(op(f9, f3, 5)) == "gap at 3");
    CHECK(show(op(unknown(), f9, 5)) == "overflow at 9");
    CHECK(show(op(f9, unknown(), 5)) == "overflow at 9");
    CHECK(show(op(given(1), unknown(), 5)) == "unknown");
    CHECK(show(op(unknown(), given(1), 5)) == "unknown");
    CHECK(show(op(not_yet(), given(1), 5)) == "absent at 5");
    CHECK(show(op(unknown(), none(), 5)) == "absent at 5");
    CHECK(show(op(none(), f9, 5)) == "absent at 5");
    CHECK(show(op(none(), f3, 5)) == "gap at 3");
  }
  CHECK(show(first_fault(fault(Fault::gap, 1), fault(Fault::overflow, 1))) == "overflow at 1");
  CHECK(show(neg(none(), 5)) == "absent at 5");
  CHECK(show(neg(unknown(), 5)) == "unknown");
}

TEST_CASE("the ends of the range") {
  CHECK(show(add(given(i128_max), given(1), 1)) == "overflow at 1");
  CHECK(show(add(given(i128_min), given(i128_max), 1)) == "-1");
  CHECK(show(sub(given(-1), given(i128_min), 1)) == to_text(i128_max, 0));
  CHECK(show(sub(given(0), given(i128_min), 1)) == "overflow at 1");
  CHECK(show(neg(given(i128_min), 1)) == "overflow at 1");
  CHECK(show(mul(given(i128_min), given(-1), 1)) == "overflow at 1");
  CHECK(show(mul(given(i128_min), given(1), 1)) == to_text(i128_min, 0));
  CHECK(show(mul(interval(-2, i128_max), given(2), 1)) == "overflow at 1");
  CHECK(show(rescale(given(125), 3, 1)) == "125000");
  CHECK(show(rescale(given(2), 38, 1)) == "overflow at 1");
  CHECK(show(rescale(interval(-1, 2), 1, 1)) == "[-10, 20]");
  CHECK(same(rescale(none(), 2, 1), none()));
  CHECK(same(rescale(not_yet(), 2, 1), not_yet()));
}

TEST_CASE("proration is exact") {
  Value fee = given(1'000'000);
  Value part = scale_by(fee, 17, 31, 0);
  CHECK(show(part) == "17000000/31");
  CHECK(show(round_to(part, 2, 2, Rounding::half_up, 0)) == "548387");
  CHECK(show(add(part, scale_by(fee, 14, 31, 0), 0)) == "1000000");
  CHECK(show(scale_by(fee, 1, 0, 6)) == "division by zero at 6");
  CHECK(show(scale_by(none(), 1, 2, 6)) == "absent at 6");
  CHECK(show(scale_by(interval(1, 3), 1, 2, 6)) == "[1/2, 3/2]");
  // Three thirds are one, whatever the order.
  CHECK(show(add(ratio(1, 3, 0), add(ratio(1, 3, 0), ratio(1, 3, 0), 0), 0)) == "1");
  i128 num = 0, den = 0;
  CHECK(as_fraction(ratio(4, 6, 0), num, den));
  CHECK((num == 2 && den == 3));
  CHECK(!as_fraction(interval(1, 2), num, den));
  CHECK(!as_fraction(unknown(), num, den));
}
