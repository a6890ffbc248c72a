// Arithmetic, logic, choice: the value functions, over n values.
#include <cassert>

#include "evaluate/rt_values.h"
#include "value/decide.h"

using namespace writ::value;
using writ::evaluate::number_of;

#define EACH for (uint64_t i = 0; i < n; ++i)
#define A operands[0][i]
#define B operands[1][i]
#define POINT operation->point

WRIT_RT_WHOLE(not) { EACH out[i] = lnot(A, POINT); }
WRIT_RT_WHOLE(and) { EACH out[i] = land(A, B, POINT); }
WRIT_RT_WHOLE(or) { EACH out[i] = lor(A, B, POINT); }
WRIT_RT_WHOLE(eq) { EACH out[i] = eq(A, B, POINT); }
WRIT_RT_WHOLE(ne) { EACH out[i] = ne(A, B, POINT); }
WRIT_RT_WHOLE(lt) { EACH out[i] = lt(A, B, POINT); }
WRIT_RT_WHOLE(le) { EACH out[i] = le(A, B, POINT); }
WRIT_RT_WHOLE(gt) { EACH out[i] = gt(A, B, POINT); }
WRIT_RT_WHOLE(ge) { EACH out[i] = ge(A, B, POINT); }
WRIT_RT_WHOLE(is_given) { EACH out[i] = is_given(A); }
WRIT_RT_WHOLE(state_is) { EACH out[i] = truth((number_of(*operation) >> static_cast<int>(A.state) & 1) != 0); }
WRIT_RT_WHOLE(certainly) { EACH out[i] = truth(is_certain(A) && A.lo_den == 1 && A.lo == number_of(*operation)); }

WRIT_RT_WHOLE(add) { EACH out[i] = add(A, B, POINT); }
WRIT_RT_WHOLE(sub) { EACH out[i] = sub(A, B, POINT); }
WRIT_RT_WHOLE(mul) { EACH out[i] = mul(A, B, POINT); }
WRIT_RT_WHOLE(neg) { EACH out[i] = neg(A, POINT); }
WRIT_RT_WHOLE(div) { EACH out[i] = div(A, B, POINT); }
WRIT_RT_WHOLE(min) { EACH out[i] = minimum(A, B, POINT); }
WRIT_RT_WHOLE(max) { EACH out[i] = maximum(A, B, POINT); }
WRIT_RT_WHOLE(rescale) { EACH out[i] = rescale(A, static_cast<int>(operation->number_low), POINT); }
WRIT_RT_WHOLE(round) {
  const Rounding rounding = static_cast<Rounding>(operation->rounding);
  EACH out[i] = round_to(A, static_cast<int>(operation->index), static_cast<int>(operation->index2), rounding, POINT);
}
WRIT_RT_WHOLE(otherwise) { EACH out[i] = otherwise(A, B); }
WRIT_RT_WHOLE(between) { EACH out[i] = sub(B, A, POINT); }

// Only the state of the chosen branch matters; an unknown condition leaves a value only where both branches are the same one.
WRIT_RT_WHOLE(select) {
  EACH {
    const Value then = B;
    const Value otherwise = operands[2][i];
    switch (A.state) {
      case State::given: out[i] = is_true(A) ? then : otherwise; break;
      case State::unknown: out[i] = then.state == State::given && same(then, otherwise) ? then : unknown(); break;
      case State::fault: out[i] = A; break;
      case State::not_yet:
      case State::none: out[i] = fault(Fault::absent, POINT); break;
    }
  }
}

namespace {

// Absent ones are passed over; any doubt about one is a doubt about the result.
Value extreme(const Value& a, const Value& b, bool least, uint32_t point) {
  if (is_fault(a) || is_fault(b)) return !is_fault(b) ? a : !is_fault(a) ? b : first_fault(a, b);
  const auto doubtful = [](const Value& v) { return is_unknown(v) || (v.state == State::given && !is_certain(v)); };
  if (doubtful(a) || doubtful(b)) return unknown();
  if (is_absent(b)) return a;
  if (is_absent(a)) return b;
  return least ? minimum(a, b, point) : maximum(a, b, point);
}

}  // namespace

WRIT_RT_WHOLE(earliest) { EACH out[i] = extreme(A, B, true, POINT); }
WRIT_RT_WHOLE(latest) { EACH out[i] = extreme(A, B, false, POINT); }

WRIT_RT_WHOLE(add_duration) {
  EACH {
    const Value sum = add(A, B, POINT);
    if (is_fault(sum)) {
      out[i] = sum;
    } else if (!is_certain(sum)) {
      out[i] = unknown();
    } else {
      out[i] = sum.lo >= INT64_MIN && sum.lo <= INT64_MAX ? sum : fault(Fault::overflow, POINT);
    }
  }
}

extern "C" void writ_rt_decide(const writ::evaluate::Frame*, const writ::evaluate::Operation* operation, Value* out, const Value* const* operands,
                               uint64_t* held, uint64_t n) {
  const uint32_t cases = operation->cases;
  std::vector<CaseState> states(cases);
  std::vector<uint64_t> holds(operation->words);
  const bool some = operation->overridden_by != nullptr;
  const std::span<const uint64_t> overridden_by(operation->overridden_by, some ? static_cast<size_t>(cases) * operation->words : 0);
  EACH {
    for (uint32_t k = 0; k < cases; ++k) states[k] = {operands[2 * k][i], operands[2 * k + 1][i]};
    const Value* base = operation->has_base != 0 ? &operands[2 * cases][i] : nullptr;
    out[i] = decide_many(states, overridden_by, operation->words, base, POINT, holds);
    if (held == nullptr) continue;
    held[i] = cases > writ::value::most_held_bits ? writ::value::held_word(cases, overridden_by, holds) : holds.empty() ? 0 : holds[0];
  }
}

extern "C" void writ_rt_box(Value* out, const int64_t* numbers, const uint8_t* states, const uint32_t* faults, uint64_t n) {
  EACH {
    switch (static_cast<State>(states[i])) {
      case State::given: out[i] = given(numbers[i]); break;
      case State::not_yet: out[i] = not_yet(); break;
      case State::none: out[i] = none(); break;
      case State::unknown: out[i] = unknown(); break;
      case State::fault: out[i] = fault(static_cast<Fault>(faults[i] & 0xff), faults[i] >> 8); break;
    }
  }
}

// Only of values that the plan has proved to be single whole numbers where they are given.
extern "C" void writ_rt_unbox(const Value* in, int64_t* numbers, uint8_t* states, uint32_t* faults, uint64_t n) {
  EACH {
    assert(in[i].state != State::given || (is_certain(in[i]) && in[i].lo_den == 1));
    numbers[i] = static_cast<int64_t>(in[i].lo);
    states[i] = static_cast<uint8_t>(in[i].state);
    faults[i] = writ::evaluate::fault_key(in[i].point, in[i].fault);
  }
}
