#include "value/logic.h"

#include "value/fraction.h"

namespace writ::value {

namespace {

Fraction low(const Value& v) { return {v.lo, v.lo_den}; }
Fraction high(const Value& v) { return {v.hi, v.hi_den}; }

// The fault that two operands carry, an absent one counting as one when `strict`; false when there is none.
bool faulty(const Value& a, const Value& b, bool strict, uint32_t point, Value& out) {
  Value fa = strict && is_absent(a) ? fault(Fault::absent, point) : a;
  Value fb = strict && is_absent(b) ? fault(Fault::absent, point) : b;
  if (!is_fault(fa) && !is_fault(fb)) return false;
  out = is_fault(fa) && is_fault(fb) ? first_fault(fa, fb) : is_fault(fa) ? fa : fb;
  return true;
}

// a < b (or a <= b) for given or unknown operands.
Value less(const Value& a, const Value& b, bool or_equal, uint32_t point) {
  Value out;
  if (faulty(a, b, true, point, out)) return out;
  if (is_unknown(a) || is_unknown(b)) return unknown();
  int surely = compare(high(a), low(b));  // the greatest a against the least b
  if (surely < 0 || (or_equal && surely == 0)) return truth(true);
  int never = compare(low(a), high(b));  // the least a against the greatest b
  if (never > 0 || (!or_equal && never == 0)) return truth(false);
  return unknown();
}

}  // namespace

std::strong_ordering compare_fractions(i128 a_num, i128 a_den, i128 b_num, i128 b_den) { return compare(Fraction{a_num, a_den}, Fraction{b_num, b_den}) <=> 0; }

Value eq(const Value& a, const Value& b, uint32_t point) {
  Value out;
  if (faulty(a, b, false, point, out)) return out;
  if (is_unknown(a) || is_unknown(b)) return unknown();
  if (is_absent(a) || is_absent(b)) return truth(a.state == b.state);
  if (compare(high(a), low(b)) < 0 || compare(low(a), high(b)) > 0) return truth(false);
  return is_certain(a) && is_certain(b) ? truth(true) : unknown();
}

Value ne(const Value& a, const Value& b, uint32_t point) { return lnot(eq(a, b, point), point); }
Value lt(const Value& a, const Value& b, uint32_t point) { return less(a, b, false, point); }
Value le(const Value& a, const Value& b, uint32_t point) { return less(a, b, true, point); }
Value gt(const Value& a, const Value& b, uint32_t point) { return less(b, a, false, point); }
Value ge(const Value& a, const Value& b, uint32_t point) { return less(b, a, true, point); }

Value land(const Value& a, const Value& b, uint32_t point) {
  if (is_false(a) || is_false(b)) return truth(false);
  Value out;
  if (faulty(a, b, true, point, out)) return out;
  return is_true(a) && is_true(b) ? truth(true) : unknown();
}

Value lor(const Value& a, const Value& b, uint32_t point) {
  if (is_true(a) || is_true(b)) return truth(true);
  Value out;
  if (faulty(a, b, true, point, out)) return out;
  return is_false(a) && is_false(b) ? truth(false) : unknown();
}

Value lnot(const Value& a, uint32_t point) {
  Value out;
  if (faulty(a, a, true, point, out)) return out;
  return is_unknown(a) ? unknown() : truth(is_false(a));
}

Value is_given(const Value& v) {
  switch (v.state) {
    case State::given: return truth(true);
    case State::not_yet:
    case State::none: return truth(false);
    case State::unknown: return unknown();
    case State::fault: return v;
  }
  return unknown();
}

Value otherwise(const Value& v, const Value& fallback) { return is_absent(v) ? fallback : v; }

}  // namespace writ::value
