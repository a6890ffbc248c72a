#include "value/value.h"

#include <cassert>
#include <cstring>

#include "value/fraction.h"

namespace writ::value {

bool same(const Value& a, const Value& b) { return std::memcmp(&a, &b, sizeof(Value)) == 0; }

Value given(i128 number) {
  Value v;
  v.lo = v.hi = number;
  return v;
}

Value truth(bool b) { return given(b ? 1 : 0); }

namespace {

Value of_state(State state) {
  Value v;
  v.state = state;
  return v;
}

Value of_ends(Fraction lo, Fraction hi) {
  Value v;
  v.lo = lo.num;
  v.lo_den = lo.den;
  v.hi = hi.num;
  v.hi_den = hi.den;
  return v;
}

Fraction low(const Value& v) { return {v.lo, v.lo_den}; }
Fraction high(const Value& v) { return {v.hi, v.hi_den}; }

// The rule of every strict operation: true when the operands already decide the result.
bool settled(const Value& a, const Value& b, uint32_t point, Value& out) {
  if (a.state == State::given && b.state == State::given) return false;
  Value fa = is_absent(a) ? fault(Fault::absent, point) : a;
  Value fb = is_absent(b) ? fault(Fault::absent, point) : b;
  if (is_fault(fa) && is_fault(fb)) {
    out = first_fault(fa, fb);
  } else if (is_fault(fa)) {
    out = fa;
  } else if (is_fault(fb)) {
    out = fb;
  } else {
    out = unknown();
  }
  return true;
}

// Ends of the corner products or quotients of two intervals.
using Corner = bool (*)(Fraction, Fraction, Fraction&);

Value from_corners(const Value& a, const Value& b, Corner corner, uint32_t point) {
  Fraction ends[4];
  bool overflow = corner(low(a), low(b), ends[0]);
  if (is_certain(a) && is_certain(b)) return overflow ? fault(Fault::overflow, point) : of_ends(ends[0], ends[0]);
  overflow |= corner(low(a), high(b), ends[1]);
  overflow |= corner(high(a), low(b), ends[2]);
  overflow |= corner(high(a), high(b), ends[3]);
  if (overflow) return fault(Fault::overflow, point);
  Fraction least = ends[0], most = ends[0];
  for (const Fraction& end : ends) {
    if (compare(end, least) < 0) least = end;
    if (compare(end, most) > 0) most = end;
  }
  return of_ends(least, most);
}

}  // namespace

Value unknown() { return of_state(State::unknown); }
Value not_yet() { return of_state(State::not_yet); }
Value none() { return of_state(State::none); }

Value fault(Fault what, uint32_t point) {
  assert(what != Fault::none);
  Value v = of_state(State::fault);
  v.fault = what;
  v.point = point;
  return v;
}

Value interval(i128 lo, i128 hi) {
  assert(lo <= hi);
  return of_ends({lo, 1}, {hi, 1});
}

Value ratio(i128 num, i128 den, uint32_t point) {
  if (den == 0) return fault(Fault::division_by_zero, point);
  Fraction f;
  if (make_fraction(num, den, f)) return fault(Fault::overflow, point);
  return of_ends(f, f);
}

Value first_fault(const Value& a, const Value& b) {
  assert(is_fault(a) && is_fault(b));
  if (a.point != b.point) return a.point < b.point ? a : b;
  return a.fault <= b.fault ? a : b;
}

Value add(const Value& a, const Value& b, uint32_t point) {
  Value out;
  if (settled(a, b, point, out)) return out;
  Fraction lo, hi;
  if (add_fractions(low(a), low(b), lo) || add_fractions(high(a), high(b), hi)) return fault(Fault::overflow, point);
  return of_ends(lo, hi);
}

Value sub(const Value& a, const Value& b, uint32_t point) {
  Value out;
  if (settled(a, b, point, out)) return out;
  Fraction lo, hi;
  if (sub_fractions(low(a), high(b), lo) || sub_fractions(high(a), low(b), hi)) return fault(Fault::overflow, point);
  return of_ends(lo, hi);
}

Value mul(const Value& a, const Value& b, uint32_t point) {
  Value out;
  if (settled(a, b, point, out)) return out;
  return from_corners(a, b, mul_fractions, point);
}

Value neg(const Value& a, uint32_t point) {
  Value out;
  if (settled(a, a, point, out)) return out;
  Fraction lo, hi;
  if (neg_fraction(high(a), lo) || neg_fraction(low(a), hi)) return fault(Fault::overflow, point);
  return of_ends(lo, hi);
}

Value div(const Value& a, const Value& b, uint32_t point) {
  Value out;
  if (settled(a, b, point, out)) return out;
  if (b.lo == 0 && b.hi == 0) return fault(Fault::division_by_zero, point);
  if (b.lo <= 0 && b.hi >= 0) return unknown();
  return from_corners(a, b, div_fractions, point);
}

Value minimum(const Value& a, const Value& b, uint32_t point) {
  Value out;
  if (settled(a, b, point, out)) return out;
  return of_ends(compare(low(a), low(b)) <= 0 ? low(a) : low(b), compare(high(a), high(b)) <= 0 ? high(a) : high(b));
}

Value maximum(const Value& a, const Value& b, uint32_t point) {
  Value out;
  if (settled(a, b, point, out)) return out;
  return of_ends(compare(low(a), low(b)) >= 0 ? low(a) : low(b), compare(high(a), high(b)) >= 0 ? high(a) : high(b));
}

Value rescale(const Value& v, int up_by_digits, uint32_t point) {
  assert(up_by_digits >= 0 && up_by_digits <= max_scale);
  if (is_absent(v)) return v;
  return mul(v, given(pow10(up_by_digits)), point);
}

Value round_to(const Value& v, int from, int to, Rounding rounding, uint32_t point) {
  assert(to - from >= -max_scale && to - from <= max_scale);
  Value out;
  if (settled(v, v, point, out)) return out;
  Fraction lo, hi;
  if (round_fraction(low(v), to - from, rounding, lo.num) || round_fraction(high(v), to - from, rounding, hi.num)) {
    return fault(Fault::overflow, point);
  }
  return of_ends(lo, hi);
}

Value scale_by(const Value& v, i128 num, i128 den, uint32_t point) {
  Value factor = ratio(num, den, point);
  return mul(v, factor, point);
}

bool as_fraction(const Value& v, i128& num, i128& den) {
  if (!is_certain(v)) return false;
  num = v.lo;
  den = v.lo_den;
  return true;
}

}  // namespace writ::value
