// What can be proved about the value of a step from what is known about its operands: the states that can occur and an interval.
// Private to this folder.
#pragma once
#include "plan/plan_types.h"

namespace writ::plan {

// A given whole number in low..high, and nothing else.
Facts within(i128 low, i128 high);
Facts truth_facts();
// Whatever a value may be.
Facts anything();
Facts join(const Facts& a, const Facts& b);
inline bool may_be_absent(const Facts& f) { return f.not_yet || f.none; }
bool fits(const Facts& f, i128 low, i128 high);
// Every given value is one whole number.
inline bool is_point(const Facts& f) { return f.certain && f.whole; }

// The facts of a step whose operands are known, and whether a fault can *arise* in it (as opposed to pass through).
// For the leaves that read something (param, field, closed, at_period, over_periods, aggregate) step.facts must be set already.
// In a clean stage rows that are unknown (but see Stage::tells_unknown) or at fault are refused where they arise, so no fact speaks of them.
struct Derived {
  Facts facts;
  bool creates_fault = false;
  bool can_be_unknown = false, can_fault = false;  // the states before that
};
Derived derive(const Stage& stage, const Step& step);

// The narrowest lane that holds every given value.
Lane lane_of(const Stage& stage, const Step& step);

}  // namespace writ::plan
