#include "unit/value/big.h"
#include "unit/value/support.h"
#include "value/wide.h"

using namespace writ::value;
using namespace writ::value::test;

namespace {
constexpr Rounding roundings[] = {Rounding::half_up, Rounding::half_even, Rounding::half_down, Rounding::up,
                                  Rounding::down,    Rounding::floor,     Rounding::ceiling};
}

TEST_CASE("a quotient on a tie and off it, by every rule") {
  struct Row {
    int num, den;
    int expected[7];  // in the order of `roundings`
  };
  const Row rows[] = {
      {5, 2, {3, 2, 2, 3, 2, 2, 3}},     {-5, 2, {-3, -2, -2, -3, -2, -3, -2}}, {7, 2, {4, 4, 3, 4, 3, 3, 4}},         {-7, 2, {-4, -4, -3, -4, -3, -4, -3}},
      {7, 3, {2, 2, 2, 3, 2, 2, 3}},     {8, 3, {3, 3, 3, 3, 2, 2, 3}},         {-8, 3, {-3, -3, -3, -3, -2, -3, -2}}, {6, 3, {2, 2, 2, 2, 2, 2, 2}},
      {1, -2, {-1, 0, 0, -1, 0, -1, 0}}, {0, 7, {0, 0, 0, 0, 0, 0, 0}},
  };
  for (const Row& row : rows) {
    for (size_t i = 0; i < 7; ++i) {
      bool overflow = false;
      CAPTURE(row.num);
      CAPTURE(row.den);
      CHECK(static_cast<int>(divide_rounded(row.num, row.den, roundings[i], overflow)) == row.expected[i]);
      CHECK(!overflow);
    }
  }
}

TEST_CASE("arithmetic agrees with digits on paper") {
  Random random{1};
  for (int round = 0; round < 1500; ++round) {
    i128 a = random.wide(), b = random.wide(), out = 0;
    Big sum = add(big(a), big(b)), difference = add(big(a), opposite(big(b))), product = mul(big(a), big(b));
    CHECK(add_overflows(a, b, out) == !fits(sum));
    if (fits(sum)) CHECK(to_text(out, 0) == text(sum));
    CHECK(sub_overflows(a, b, out) == !fits(difference));
    if (fits(difference)) CHECK(to_text(out, 0) == text(difference));
    CHECK(mul_overflows(a, b, out) == !fits(product));
    if (fits(product)) CHECK(to_text(out, 0) == text(product));
    CHECK((wide_mul(magnitude(a), magnitude(b)).hi == 0) == (compare_sizes(product, add(mul(big(i128_max), big(2)), big(2))) < 0));
  }
}

TEST_CASE("rounded quotients and products agree with digits on paper") {
  Random random{2};
  for (int round = 0; round < 700; ++round) {
    i128 a = random.wide(), b = random.wide(), c = random.wide(random.chance(50) ? 127 : 40);
    if (c == 0) continue;
    Rounding rounding = roundings[random.within(0, 6)];
    bool overflow = false;
    Big expected = round_quotient(big(a), big(c), rounding);
    i128 out = divide_rounded(a, c, rounding, overflow);
    CHECK(overflow == !fits(expected));
    if (!overflow) CHECK(to_text(out, 0) == text(expected));

    overflow = false;
    expected = round_quotient(mul(big(a), big(b)), big(c), rounding);
    out = mul_div_rounded(a, b, c, rounding, overflow);
    CHECK(overflow == !fits(expected));
    if (!overflow) CHECK(to_text(out, 0) == text(expected));
  }
}

TEST_CASE("floor and ceiling division") {
  Random random{3};
  for (int round = 0; round < 500; ++round) {
    i128 a = random.wide(), b = magnitude(random.wide(100)) == 0 ? 1 : static_cast<i128>(magnitude(random.wide(100)));
    if (b == 0) b = 1;
    bool overflow = false;
    CHECK(to_text(floor_div(a, b), 0) == to_text(divide_rounded(a, b, Rounding::floor, overflow), 0));
    CHECK(to_text(ceil_div(a, b), 0) == to_text(divide_rounded(a, b, Rounding::ceiling, overflow), 0));
  }
  CHECK(to_text(floor_div(i128_min, 3), 0) == "-56713727820156410577229101238628035243");
}

TEST_CASE("the one quotient that does not fit") {
  bool overflow = false;
  divide_rounded(i128_min, -1, Rounding::half_up, overflow);
  CHECK(overflow);
  divide_rounded(4, 2, Rounding::half_up, overflow);
  CHECK(overflow);  // a flag that is up stays up
}

TEST_CASE("greatest common divisor") {
  CHECK(gcd(0, 0) == 0);
  CHECK(gcd(0, 9) == 9);
  CHECK(gcd(9, 0) == 9);
  CHECK(gcd(48, 180) == 12);
  Random random{4};
  for (int round = 0; round < 500; ++round) {
    u128 a = magnitude(random.wide()), b = magnitude(random.wide()), x = a, y = b;
    while (y != 0) {
      u128 rest = x % y;
      x = y;
      y = rest;
    }
    CHECK(gcd(a, b) == x);
  }
}

TEST_CASE("powers of ten") {
  for (int n = 0; n <= max_scale; ++n) CHECK(to_text(pow10(n), 0) == "1" + std::string(static_cast<size_t>(n), '0'));
}

TEST_CASE("decimals as text") {
  CHECK(to_text(1250, 2) == "12.50");
  CHECK(to_text(-5, 2) == "-0.05");
  CHECK(to_text(0, 2) == "0.00");
  CHECK(to_text(0, 0) == "0");
  CHECK(to_text(-100, 0) == "-100");
  CHECK(to_text(100, 2) == "1.00");
  CHECK(to_text(i128_min, 0) == "-170141183460469231731687303715884105728");
  CHECK(to_text(i128_max, 38) == "1.70141183460469231731687303715884105727");
  CHECK(to_text(1, 38) == "0.00000000000000000000000000000000000001");
}

TEST_CASE("decimals from text") {
  auto read = [](std::string_view text, int scale, Grouping grouping = Grouping::none) {
    Parsed<i128> p = parse_decimal(text, scale, grouping);
    return p.ok() ? to_text(p.value, 0) : std::string(describe(p.error));
  };
  auto error = [](std::string_view text, int scale, Grouping grouping = Grouping::none) { return parse_decimal(text, scale, grouping).error; };
  CHECK(read("12.5", 2) == "1250");
  CHECK(read("-12.50", 2) == "-1250");
  CHECK(read("+7", 0) == "7");
  CHECK(read("007", 1) == "70");
  CHECK(read("-0", 2) == "0");
  CHECK(read("170141183460469231731687303715884105727", 0) == "170141183460469231731687303715884105727");
  CHECK(read("-170141183460469231731687303715884105728", 0) == "-170141183460469231731687303715884105728");
  CHECK(error("170141183460469231731687303715884105728", 0) == TextError::out_of_range);
  CHECK(error("1" + std::string(60, '0'), 0) == TextError::out_of_range);
  CHECK(error("12.345", 2) == TextError::too_precise);
  CHECK(error("12.500", 2) == TextError::too_precise);
  CHECK(error("1.0", 0) == TextError::too_precise);
  for (std::string_view bad : {"", "-", "+", ".5", "5.", "1,000", " 5", "1e5x", "abc", "--5", "0x10", "\xd9\xa3"}) {
    CAPTURE(bad);
    CHECK(error(bad, 2) != TextError::none);
  }
  CHECK(error("5 ", 2) == TextError::trailing);
  CHECK(error("1e5", 2) == TextError::trailing);
  CHECK(read("12,000.00", 2, Grouping::thousands) == "1200000");
  CHECK(read("1,234,567", 0, Grouping::thousands) == "1234567");
  CHECK(read("1234567", 0, Grouping::thousands) == "1234567");
  for (std::string_view bad : {"1,23", "1234,567", ",123", "1,,234", "12,3456", "1,234,5", "1,234.567,8", "1,"}) {
    CAPTURE(bad);
    CHECK(error(bad, 9, Grouping::thousands) != TextError::none);
  }
  Random random{5};
  for (int round = 0; round < 1000; ++round) {
    i128 n = random.wide();
    int scale = static_cast<int>(random.within(0, 38));
    Parsed<i128> back = parse_decimal(to_text(n, scale), scale);
    CHECK(back.ok());
    CHECK(back.value == n);
  }
}
