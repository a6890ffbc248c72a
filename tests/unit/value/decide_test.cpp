#include <vector>

#include "unit/value/support.h"

using namespace writ::value;
using namespace writ::value::test;

namespace {

const Value t = truth(true), f = truth(false), u = unknown();

std::string decide_text(std::vector<CaseState> cases, std::vector<uint64_t> overridden_by, const Value* base, uint64_t* out = nullptr) {
  uint64_t held = 0;
  Value v = decide(cases, overridden_by, base, 50, held);
  if (out != nullptr) *out = held;
  return show(v);
}

}  // namespace

TEST_CASE("one case, a base, and neither") {
  const Value base = given(7);
  uint64_t held = 99;
  CHECK(decide_text({{t, given(1)}}, {0}, &base, &held) == "1");
  CHECK(held == 1);
  CHECK(decide_text({{f, given(1)}}, {0}, &base, &held) == "7");
  CHECK(held == 0);
  CHECK(decide_text({{f, given(1)}}, {0}, nullptr) == "gap at 50");
  CHECK(decide_text({}, {}, nullptr) == "gap at 50");
  CHECK(decide_text({}, {}, &base) == "7");
  CHECK(decide_text({{t, given(1)}}, {0}, nullptr) == "1");
}

TEST_CASE("exceptions") {
  const Value base = given(7);
  uint64_t held = 0;
  CHECK(decide_text({{t, given(1)}, {t, given(2)}}, {0b10, 0}, &base, &held) == "2");
  CHECK(held == 0b11);
  CHECK(decide_text({{t, given(1)}, {f, given(2)}}, {0b10, 0}, &base) == "1");
  CHECK(decide_text({{t, given(1)}, {t, given(2)}}, {0, 0}, &base) == "conflict at 50");
  CHECK(decide_text({{t, given(2)}, {t, given(2)}}, {0, 0}, &base) == "2");
  // A chain: 2 overrides 1 overrides 0 (closed, so 2 overrides 0 as well).
  CHECK(decide_text({{t, given(1)}, {t, given(2)}, {t, given(3)}}, {0b110, 0b100, 0}, &base) == "3");
  CHECK(decide_text({{t, given(1)}, {f, given(2)}, {t, given(3)}}, {0b110, 0b100, 0}, &base) == "3");
  // One of two conflicting cases is overridden by a third.
  CHECK(decide_text({{t, given(1)}, {t, given(2)}, {t, given(2)}}, {0b100, 0, 0}, &base) == "2");
}

TEST_CASE("unknown guards") {
  const Value base = given(7);
  CHECK(decide_text({{u, given(1)}}, {0}, &base) == "unknown");
  CHECK(decide_text({{u, given(7)}}, {0}, &base) == "7");
  CHECK(decide_text({{u, given(7)}}, {0}, nullptr) == "unknown");
  CHECK(decide_text({{t, given(1)}, {u, given(2)}}, {0b10, 0}, &base) == "unknown");
  CHECK(decide_text({{t, given(1)}, {u, given(1)}}, {0b10, 0}, &base) == "1");
  CHECK(decide_text({{u, given(1)}, {t, given(2)}}, {0b10, 0}, &base) == "2");  // the unknown one is surely defeated
  CHECK(decide_text({{t, given(1)}, {u, given(2)}}, {0, 0}, &base) == "unknown");
  CHECK(decide_text({{u, given(7)}, {u, given(7)}}, {0, 0}, &base) == "7");
  // A true case puts the base out of the question.
  CHECK(decide_text({{t, given(1)}, {u, given(1)}}, {0, 0}, &base) == "1");
}

TEST_CASE("faults and unknown results") {
  const Value base = given(7), broken_base = fault(Fault::overflow, 1);
  const Value gap3 = fault(Fault::gap, 3), gap2 = fault(Fault::gap, 2);
  CHECK(decide_text({{gap3, given(1)}, {gap2, given(1)}}, {0, 0}, &base) == "gap at 2");
  CHECK(decide_text({{gap3, given(1)}, {t, given(2)}}, {0b10, 0}, &base) == "2");  // defeated: its guard does not matter
  CHECK(decide_text({{gap3, given(1)}, {u, given(2)}}, {0b10, 0}, &base) == "gap at 3");
  CHECK(decide_text({{none(), given(1)}}, {0}, &base) == "absent at 50");
  CHECK(decide_text({{t, gap3}}, {0}, &base) == "gap at 3");
  CHECK(decide_text({{t, gap3}, {t, given(1)}}, {0, 0}, &base) == "gap at 3");
  CHECK(decide_text({{t, gap3}, {t, u}}, {0, 0}, &base) == "gap at 3");
  CHECK(decide_text({{t, gap3}, {u, given(1)}}, {0, 0}, &base) == "unknown");
  CHECK(decide_text({{t, u}, {t, given(1)}}, {0, 0}, &base) == "unknown");
  CHECK(decide_text({{t, u}}, {0}, &base) == "unknown");
  CHECK(decide_text({{f, given(1)}}, {0}, &broken_base) == "overflow at 1");
  CHECK(decide_text({{t, given(1)}}, {0}, &broken_base) == "1");
  CHECK(decide_text({{t, none()}, {t, none()}}, {0, 0}, &base) == "none");
  CHECK(decide_text({{t, none()}, {t, given(0)}}, {0, 0}, &base) == "conflict at 50");
  CHECK(decide_text({{t, interval(1, 3)}, {t, given(2)}}, {0, 0}, &base) == "unknown");
  CHECK(decide_text({{t, interval(1, 3)}, {t, given(4)}}, {0, 0}, &base) == "conflict at 50");
}

TEST_CASE("an answer holds in every world that the unknown guards allow") {
  Random random{21};
  for (int round = 0; round < 4000; ++round) {
    auto n = static_cast<size_t>(random.within(1, 6));
    std::vector<CaseState> cases;
    std::vector<uint64_t> by(n, 0);
    for (size_t i = 0; i < n; ++i) {
      int64_t guard = random.within(0, 3);
      cases.push_back({guard == 0 ? u : truth(guard == 1), given(random.within(1, 2))});
      for (size_t k = i + 1; k < n; ++k) {
        if (random.chance(30)) by[i] |= uint64_t{1} << k;
      }
    }
    for (size_t i = n; i-- > 0;) {
      for (size_t k = i + 1; k < n; ++k) {
        if ((by[i] >> k & 1) != 0) by[i] |= by[k];
      }
    }
    const Value base = given(random.within(1, 2));
    const Value* base_or_gap = random.chance(70) ? &base : nullptr;
    std::string answer = decide_text(cases, by, base_or_gap);

    bool certain = true;
    for (uint64_t world = 0; world < uint64_t{1} << n; ++world) {
      bool possible = true;
      for (size_t i = 0; i < n; ++i) {
        bool holds = (world >> i & 1) != 0;
        possible &= is_unknown(cases[i].guard) || is_true(cases[i].guard) == holds;
        certain &= !is_unknown(cases[i].guard);
      }
      if (!possible) continue;
      std::string expected;
      for (size_t i = 0; i < n; ++i) {
        if ((world >> i & 1) == 0 || (by[i] & world) != 0) continue;
        std::string result = show(cases[i].result);
        expected = expected.empty() || expected == result ? result : "conflict at 50";
      }
      if (world == 0) expected = base_or_gap != nullptr ? show(base) : "gap at 50";
      if (answer != "unknown") CHECK(answer == expected);
      if (certain) CHECK(answer == expected);
    }
    if (certain) CHECK(answer != "unknown");
  }
}

TEST_CASE("more than 64 cases") {
  const size_t n = 150, words = 3;
  std::vector<CaseState> cases(n, {f, given(1)});
  std::vector<uint64_t> by(n * words, 0), held(words, ~uint64_t{0});
  const Value base = given(7);
  CHECK(show(decide_many(cases, by, words, &base, 50, held)) == "7");
  CHECK((held[0] | held[1] | held[2]) == 0);
  cases[0] = {t, given(1)};
  cases[149] = {t, given(9)};
  CHECK(show(decide_many(cases, by, words, &base, 50, held)) == "conflict at 50");
  CHECK(held[0] == 1);
  CHECK(held[2] == uint64_t{1} << 21);
  by[2] = uint64_t{1} << 21;  // case 149 overrides case 0
  CHECK(show(decide_many(cases, by, words, &base, 50, held)) == "9");
}

TEST_CASE("the word of many cases tells the two that decide") {
  const uint64_t held[] = {0b110, 0b1};  // 1, 2 and 64 hold
  CHECK(held_word(70, {}, held) == held_pair(2, 3));
  std::vector<uint64_t> by(140);
  by[2] = 0b100;      // 2 overrides 1
  by[2 * 2 + 1] = 0;  // nobody overrides 2
  CHECK(held_word(70, by, held) == held_pair(3, 65));
  by[2 * 2 + 1] = 1;  // 64 overrides 2, and with it 1
  by[2 + 1] = 1;
  CHECK(held_word(70, by, held) == held_pair(65, 0));
  const std::vector<uint32_t> places = {5, 90, 900};
  const uint64_t few[] = {0b110};
  CHECK(held_word(3, {}, few, places.data()) == held_pair(91, 901));
  CHECK(held_word(3, {}, std::vector<uint64_t>{0}, places.data()) == 0);
  CHECK(holds(70, held_pair(3, 65), 64));
  CHECK(!holds(70, held_pair(3, 65), 63));
  CHECK(holds(64, uint64_t{1} << 63, 63));
}
