#pragma once
// The value that rules compute with, and its strict arithmetic. Logic and comparison: logic.h; default logic: decide.h
// (both are included below, so that one include is enough).
//
// A number is an interval [lo / lo_den, hi / hi_den]: a point when it is certain, wider when it comes from an aggregate over
// pending or unknown records. Its scale is in the type, not here; add, sub, comparisons, minimum and maximum need operands of
// equal scale, mul adds the scales. Truth is 0 or 1; a truth that may be either is State::unknown, never [0, 1].
// Canonical form: denominators > 0 and fractions in lowest terms; states other than `given` have lo = hi = 0, dens = 1;
// states other than `fault` have no fault and point 0. So equal meaning is equal bytes, and there is no padding.

#include <cstdint>
#include <type_traits>

#include "value/fault.h"
#include "value/int128.h"

namespace writ::value {

enum class State : uint8_t {
  given,
  not_yet,  // the event has not happened by the horizon
  none,     // does not apply
  unknown,  // cannot tell
  fault,
};

struct Value {
  i128 lo = 0;
  i128 hi = 0;
  i128 lo_den = 1;
  i128 hi_den = 1;
  State state = State::given;
  Fault fault = Fault::none;
  uint16_t zero16 = 0;  // in place of padding
  uint32_t point = 0;   // trace point at which the fault arose
  uint64_t zero64 = 0;  // in place of padding
};
static_assert(sizeof(Value) == 80 && std::is_trivially_copyable_v<Value>);

// Same state and same bytes. Two intervals that are `same` need not be equal numbers: ask eq for that.
bool same(const Value& a, const Value& b);
inline bool operator==(const Value& a, const Value& b) { return same(a, b); }

// --- Makers -----------------------------------------------------------------------------------------------------------
Value given(i128 number);
Value truth(bool b);
Value unknown();
Value not_yet();
Value none();
Value fault(Fault what, uint32_t point);
// lo <= hi, both whole numbers of the scale (asserted).
Value interval(i128 lo, i128 hi);
// num / den exactly, reduced. den = 0 is Fault::division_by_zero at `point`.
Value ratio(i128 num, i128 den, uint32_t point);

inline bool is_absent(const Value& v) { return v.state == State::not_yet || v.state == State::none; }
inline bool is_fault(const Value& v) { return v.state == State::fault; }
inline bool is_unknown(const Value& v) { return v.state == State::unknown; }
// A given number that is one point; a given truth is always certain.
inline bool is_certain(const Value& v) { return v.state == State::given && v.lo == v.hi && v.lo_den == v.hi_den; }
inline bool is_true(const Value& v) { return is_certain(v) && v.lo != 0; }
inline bool is_false(const Value& v) { return is_certain(v) && v.lo == 0; }

// Of two faults the one with the smaller point, then the smaller Fault: a total order, so that no answer depends on the
// order of evaluation. Both must be faults.
Value first_fault(const Value& a, const Value& b);

// --- Strict arithmetic ------------------------------------------------------------------------------------------------
// An absent operand is Fault::absent at `point`. Any fault beats unknown, unknown beats given; of several faults the first
// (first_fault). A result that, in lowest terms, does not fit 128 bits is Fault::overflow at `point`; intermediate results
// never overflow. `point` is the trace point of the operation.
Value add(const Value& a, const Value& b, uint32_t point);
Value sub(const Value& a, const Value& b, uint32_t point);
Value mul(const Value& a, const Value& b, uint32_t point);
Value neg(const Value& a, uint32_t point);
// Exact ratio. Divisor 0: Fault::division_by_zero; a divisor interval that holds 0 besides other numbers: unknown.
// a and b at equal scale give a ratio of scale 0.
Value div(const Value& a, const Value& b, uint32_t point);
Value minimum(const Value& a, const Value& b, uint32_t point);
Value maximum(const Value& a, const Value& b, uint32_t point);

// Same number at a scale finer by `up_by_digits` (0..38): times 10^up_by_digits. Only its representation changes, so an absent
// value stays absent: what compares `score = 3.5`, or says `score otherwise 3.5`, brings a score that may be absent to that scale.
Value rescale(const Value& v, int up_by_digits, uint32_t point);
// A ratio or decimal at scale `from` as a whole number of scale `to`. An interval is rounded at both ends (rounding is
// monotone, so the result holds every rounded member).
Value round_to(const Value& v, int from, int to, Rounding rounding, uint32_t point);
// v * num / den, exactly (proration: num days of den). den != 0, else Fault::division_by_zero.
Value scale_by(const Value& v, i128 num, i128 den, uint32_t point);
// Numerator and denominator as whole numbers for printing a certain value; false when v is not certain.
bool as_fraction(const Value& v, i128& num, i128& den);

}  // namespace writ::value

#include "value/decide.h"
#include "value/logic.h"
