#include <vector>

#include "unit/value/support.h"

using namespace writ::value;
using namespace writ::value::test;

namespace {

using Comparison = Value (*)(const Value&, const Value&, uint32_t);

template <class F>
std::string over_members(int al, int ah, int bl, int bh, F holds) {
  bool some = false, all = true;
  for (int x = al; x <= ah; ++x)
    for (int y = bl; y <= bh; ++y) {
      some |= holds(x, y);
      all &= holds(x, y);
    }
  return all ? "1" : some ? "unknown" : "0";
}

}  // namespace

TEST_CASE("an interval compares as all of its members do") {
  for (int al = -2; al <= 3; ++al)
    for (int ah = al; ah <= 3; ++ah)
      for (int bl = -2; bl <= 3; ++bl)
        for (int bh = bl; bh <= 3; ++bh) {
          Value a = interval(al, ah), b = interval(bl, bh);
          CHECK(show(lt(a, b, 0)) == over_members(al, ah, bl, bh, [](int x, int y) { return x < y; }));
          CHECK(show(le(a, b, 0)) == over_members(al, ah, bl, bh, [](int x, int y) { return x <= y; }));
          CHECK(show(gt(a, b, 0)) == over_members(al, ah, bl, bh, [](int x, int y) { return x > y; }));
          CHECK(show(ge(a, b, 0)) == over_members(al, ah, bl, bh, [](int x, int y) { return x >= y; }));
          CHECK(show(eq(a, b, 0)) == over_members(al, ah, bl, bh, [](int x, int y) { return x == y; }));
          CHECK(show(ne(a, b, 0)) == over_members(al, ah, bl, bh, [](int x, int y) { return x != y; }));
        }
}

TEST_CASE("comparing never overflows") {
  Value huge = ratio(i128_max, 3, 0), larger = ratio(i128_max - 1, 2, 0);
  CHECK(show(lt(huge, larger, 0)) == "1");
  CHECK(show(lt(neg(larger, 0), neg(huge, 0), 0)) == "1");
  CHECK(show(eq(ratio(i128_max, i128_max - 1, 0), ratio(i128_max - 1, i128_max - 2, 0), 0)) == "0");
  CHECK(show(gt(ratio(i128_max - 1, i128_max - 2, 0), ratio(i128_max, i128_max - 1, 0), 0)) == "1");
  CHECK(show(lt(given(i128_min), given(i128_max), 0)) == "1");
  CHECK(show(ge(ratio(2, 3, 0), ratio(66, 100, 0), 0)) == "1");
  CHECK(show(ge(ratio(2, 3, 0), ratio(67, 100, 0), 0)) == "0");
}

TEST_CASE("equality and absence") {
  CHECK(show(eq(none(), none(), 0)) == "1");
  CHECK(show(eq(not_yet(), not_yet(), 0)) == "1");
  CHECK(show(eq(none(), not_yet(), 0)) == "0");
  CHECK(show(eq(none(), given(0), 0)) == "0");
  CHECK(show(ne(none(), given(0), 0)) == "1");
  CHECK(show(ne(not_yet(), not_yet(), 0)) == "0");
  CHECK(show(eq(unknown(), none(), 0)) == "unknown");
  CHECK(show(eq(unknown(), unknown(), 0)) == "unknown");
  CHECK(show(eq(fault(Fault::gap, 2), none(), 0)) == "gap at 2");
  CHECK(show(lt(none(), given(0), 7)) == "absent at 7");
}

TEST_CASE("three-valued logic, symmetric") {
  const std::vector<Value> all = {truth(false), truth(true), unknown(), fault(Fault::gap, 4), fault(Fault::conflict, 2), none(), not_yet()};
  const Value t = truth(true), f = truth(false), u = unknown();
  for (const Value& a : all)
    for (const Value& b : all) {
      CHECK(land(a, b, 9) == land(b, a, 9));
      CHECK(lor(a, b, 9) == lor(b, a, 9));
      // De Morgan holds for faults and unknown too.
      CHECK(lnot(land(a, b, 9), 9) == lor(lnot(a, 9), lnot(b, 9), 9));
      for (const Value& c : all) {
        CHECK(land(land(a, b, 9), c, 9) == land(a, land(b, c, 9), 9));
        CHECK(lor(lor(a, b, 9), c, 9) == lor(a, lor(b, c, 9), 9));
      }
    }
  CHECK(land(f, fault(Fault::gap, 4), 0) == f);
  CHECK(land(f, u, 0) == f);
  CHECK(land(f, none(), 0) == f);
  CHECK(land(t, u, 0) == u);
  CHECK(land(t, t, 0) == t);
  CHECK(show(land(u, fault(Fault::gap, 4), 0)) == "gap at 4");
  CHECK(show(land(fault(Fault::gap, 4), fault(Fault::conflict, 2), 0)) == "conflict at 2");
  CHECK(show(land(t, none(), 6)) == "absent at 6");
  CHECK(lor(t, fault(Fault::gap, 4), 0) == t);
  CHECK(lor(f, u, 0) == u);
  CHECK(lor(f, f, 0) == f);
  CHECK(show(lor(u, fault(Fault::gap, 4), 0)) == "gap at 4");
  CHECK(lnot(t, 0) == f);
  CHECK(lnot(f, 0) == t);
  CHECK(lnot(u, 0) == u);
  CHECK(show(lnot(none(), 6)) == "absent at 6");
}

TEST_CASE("is there a value, and what otherwise") {
  CHECK(show(is_given(given(0))) == "1");
  CHECK(show(is_given(not_yet())) == "0");
  CHECK(show(is_given(none())) == "0");
  CHECK(show(is_given(unknown())) == "unknown");
  CHECK(show(is_given(fault(Fault::gap, 2))) == "gap at 2");
  CHECK(show(otherwise(not_yet(), given(5))) == "5");
  CHECK(show(otherwise(given(1), given(5))) == "1");
  CHECK(show(otherwise(unknown(), given(5))) == "unknown");
  CHECK(show(otherwise(fault(Fault::gap, 2), given(5))) == "gap at 2");
  CHECK(show(otherwise(none(), unknown())) == "unknown");
}
