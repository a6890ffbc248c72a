#pragma once
// Comparisons, three-valued logic, and questions about presence. All results are truth, unknown or a fault.

#include <compare>

#include "value/value.h"

namespace writ::value {

// Exact order of two fractions with positive denominators (products of 256 bits: never overflows).
std::strong_ordering compare_fractions(i128 a_num, i128 a_den, i128 b_num, i128 b_den);

// Numbers whose intervals overlap undecidedly compare as unknown. An absent value differs from every given one and equals
// only the same kind of absence; comparing it with an unknown value is unknown.
Value eq(const Value& a, const Value& b, uint32_t point);
Value ne(const Value& a, const Value& b, uint32_t point);
// Strict: an absent operand is Fault::absent at `point`.
Value lt(const Value& a, const Value& b, uint32_t point);
Value le(const Value& a, const Value& b, uint32_t point);
Value gt(const Value& a, const Value& b, uint32_t point);
Value ge(const Value& a, const Value& b, uint32_t point);

// Kleene's logic, symmetric in its operands: a false operand makes `land` false whatever the other is, even a fault; then a
// fault beats unknown. `lor` is the dual. An absent operand counts as Fault::absent at `point`.
Value land(const Value& a, const Value& b, uint32_t point);
Value lor(const Value& a, const Value& b, uint32_t point);
Value lnot(const Value& a, uint32_t point);

// Is there a value? not_yet and none: false; given: true; unknown: unknown; fault: the fault.
Value is_given(const Value& v);
// The value, or `fallback` when it is absent. Unknown stays unknown: it may be there.
Value otherwise(const Value& v, const Value& fallback);

}  // namespace writ::value
