#include "plan/facts.h"

#include <algorithm>
#include <cassert>

#include "value/civil.h"

namespace writ::plan {

namespace {

using value::i128_max;
using value::i128_min;
using value::State;

constexpr i128 instant_low = INT64_MIN;
constexpr i128 instant_high = INT64_MAX;

void unbounded(Facts& f) { f.low = i128_min, f.high = i128_max; }

// The rule of every strict operation: what its operands' states can make of the result.
Derived strict(const Stage& stage, const Step& step) {
  Derived d;
  d.facts.given = true;
  for (SlotId id : step.operands) {
    const Facts& f = stage.steps[id.index].facts;
    d.facts.given &= f.given;
    d.facts.unknown |= f.unknown;
    d.facts.fault |= f.fault || may_be_absent(f);
    d.creates_fault |= may_be_absent(f);
    d.facts.certain &= f.certain;
    d.facts.whole &= f.whole;
  }
  return d;
}

Derived strict_truth(const Stage& stage, const Step& step) {
  Derived d = strict(stage, step);
  d.facts.unknown |= !d.facts.certain;
  d.facts.certain = d.facts.whole = true;
  d.facts.low = 0, d.facts.high = 1;
  return d;
}

void overflow_possible(Derived& d) {
  d.facts.fault = true;
  d.creates_fault = true;
}

// Integer results that only a runtime function knows: known or unknown, in low..high.
Derived strict_call(const Stage& stage, const Step& step, i128 low, i128 high, bool may_be_unknown) {
  Derived d = strict(stage, step);
  for (SlotId id : step.operands) {
    if (!fits(stage.steps[id.index].facts, INT64_MIN, INT64_MAX)) overflow_possible(d);
  }
  d.facts.unknown |= may_be_unknown || !d.facts.certain;
  d.facts.certain = d.facts.whole = true;
  d.facts.low = low, d.facts.high = high;
  return d;
}

constexpr i128 most_multiple = INT64_MAX;

i128 common_factor(i128 a, i128 b) {
  while (b != 0) {
    const i128 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

i128 common_factor(const Facts& a, const Facts& b) { return !a.given ? b.multiple_of : !b.given ? a.multiple_of : common_factor(a.multiple_of, b.multiple_of); }

// What a product of multiples is a multiple of.
i128 product_factor(const Facts& a, const Facts& b) {
  i128 factor = 0;
  return value::mul_overflows(a.multiple_of, b.multiple_of, factor) || factor > most_multiple ? 1 : factor;
}

// The date of an instant well within the years 1 to 9999 is one of them in every zone.
constexpr i128 safe_low = (static_cast<i128>(value::first_date) + 2) * value::us_per_day;
constexpr i128 safe_high = (static_cast<i128>(value::last_date) - 2) * value::us_per_day;

Derived date_call(const Stage& stage, const Step& step) {
  const bool of_calendar = step.op == Op::add_business_days;
  Derived d = strict_call(stage, step, value::first_date, value::last_date, of_calendar);
  const bool keeps = step.op == Op::first_of_month || step.op == Op::last_of_month || of_calendar;
  const bool safe = step.op == Op::date_of && fits(stage.steps[step.operands[0].index].facts, safe_low, safe_high);
  if (!keeps && !safe) overflow_possible(d);
  return d;
}

Derived instant_call(const Stage& stage, const Step& step) {
  const bool of_calendar = step.op == Op::next_opening || step.op == Op::next_closing || step.op == Op::subtract_open;
  Derived d = strict_call(stage, step, instant_low, instant_high, of_calendar);
  if (step.op == Op::subtract_open && stage.steps[step.operands[1].index].facts.low < 0) overflow_possible(d);
  return d;
}

// Bounds of a sum or difference; a fraction may overflow whatever its bounds are.
void add_bounds(Derived& d, i128 low_a, i128 low_b, i128 high_a, i128 high_b, bool subtract) {
  bool over = subtract ? value::sub_overflows(low_a, high_b, d.facts.low) : value::add_overflows(low_a, low_b, d.facts.low);
  over |= subtract ? value::sub_overflows(high_a, low_b, d.facts.high) : value::add_overflows(high_a, high_b, d.facts.high);
  if (over) unbounded(d.facts);
  if (over || !d.facts.whole) overflow_possible(d);
}

void exact_quotient_bounds(Facts& out, const Facts& a, i128 divisor) {
  out.low = a.low / divisor, out.high = a.high / divisor;
  out.multiple_of = a.multiple_of / divisor;
}

void mul_bounds(Derived& d, const Facts& a, const Facts& b) {
  i128 corners[4];
  bool over = value::mul_overflows(a.low, b.low, corners[0]);
  over |= value::mul_overflows(a.low, b.high, corners[1]);
  over |= value::mul_overflows(a.high, b.low, corners[2]);
  over |= value::mul_overflows(a.high, b.high, corners[3]);
  if (over) {
    unbounded(d.facts);
  } else {
    d.facts.low = *std::min_element(corners, corners + 4);
    d.facts.high = *std::max_element(corners, corners + 4);
    d.facts.multiple_of = product_factor(a, b);
  }
  if (over || !d.facts.whole) overflow_possible(d);
}

void div_bounds(Derived& d, const Facts& a, const Facts& b) {
  d.facts.unknown |= !b.certain;
  d.facts.whole = false;
  const bool whole = a.whole && b.whole;
  // A whole divisor that is not 0 makes nothing larger.
  if (whole && a.low > i128_min && b.low > i128_min) {
    const i128 size = std::max(a.high, -a.low);
    d.facts.low = -size, d.facts.high = size;
  } else {
    unbounded(d.facts);
  }
  if (!whole || (b.low <= 0 && b.high >= 0) || a.low == i128_min || b.low == i128_min) overflow_possible(d);
}

void round_bounds(Derived& d, const Facts& a, int up_by_digits, i128 divisor) {
  const i128 factor = divisor != 0 ? divisor : value::pow10(up_by_digits < 0 ? -up_by_digits : up_by_digits);
  if (up_by_digits < 0) {
    d.facts.low = value::floor_div(a.low, factor);
    d.facts.high = value::ceil_div(a.high, factor);
  } else {
    bool over = value::mul_overflows(a.low, factor, d.facts.low);
    over |= value::mul_overflows(a.high, factor, d.facts.high);
    if (over) unbounded(d.facts), overflow_possible(d);
  }
  d.facts.whole = true;
}

void extreme_bounds(Facts& out, const Facts& a, const Facts& b, bool minimum) {
  out.low = minimum ? std::min(a.low, b.low) : std::max(a.low, b.low);
  out.high = minimum ? std::min(a.high, b.high) : std::max(a.high, b.high);
}

// A deadline: an absent start has none yet; beyond the calendar's years, or of instants, it is not known.
Derived deadline(const Stage& stage, const Step& step) {
  const Facts& start = stage.steps[step.operands[0].index].facts;
  const Facts& amount = stage.steps[step.operands[1].index].facts;
  Derived d;
  d.facts.given = start.given && amount.given;
  d.facts.not_yet = may_be_absent(start);
  d.creates_fault = may_be_absent(amount) || amount.low < 0 || !fits(start, INT64_MIN, INT64_MAX) || !fits(amount, INT64_MIN, INT64_MAX);
  d.facts.fault = start.fault || amount.fault || d.creates_fault;
  d.facts.unknown = true;
  d.facts.low = instant_low, d.facts.high = instant_high;
  if (step.op == Op::deadline_elapsed && step.predicate == evaluate::no_index && is_point(start) && is_point(amount) && start.low >= INT64_MIN &&
      start.high <= INT64_MAX && amount.low >= 0) {
    const i128 high = start.high + std::min<i128>(amount.high, INT64_MAX);
    d.facts.unknown = start.unknown || amount.unknown || amount.high > INT64_MAX || high >= INT64_MAX;  // the last one stands for no instant
    if (!d.facts.unknown) d.facts.low = start.low + amount.low, d.facts.high = high;
  }
  if (step.predicate != evaluate::no_index) {  // a fault of the condition, or two rows of one instant
    d.facts.fault = d.creates_fault = true;
  }
  return d;
}

// Cases that are not compared with each other one by one: where there are too many, all that differ are taken to clash.
constexpr uint32_t most_compared_cases = 256;

bool may_clash(const Step& step, const Choice& choice, uint32_t i, uint32_t k) {
  return !overrides(choice, k, i) && !overrides(choice, i, k) && !exclusive(choice, i, k) && step.operands[2 * k + 1] != step.operands[2 * i + 1];
}

Derived decide(const Stage& stage, const Step& step) {
  const Choice& choice = stage.choices[step.index];
  Derived d;
  bool first = true;
  for (uint32_t i = 0; i < choice.cases; ++i) {
    const Facts& guard = stage.steps[step.operands[2 * i].index].facts;
    const SlotId result = step.operands[2 * i + 1];
    d.facts = first ? stage.steps[result.index].facts : join(d.facts, stage.steps[result.index].facts);
    first = false;
    d.facts.unknown |= guard.unknown;
    d.facts.fault |= guard.fault || may_be_absent(guard);
    d.creates_fault |= may_be_absent(guard);
    const uint32_t last = choice.cases <= most_compared_cases ? choice.cases : std::min(i + 2, choice.cases);
    for (uint32_t k = i + 1; k < last; ++k) {
      if (choice.cases <= most_compared_cases && !may_clash(step, choice, i, k)) continue;
      if (step.operands[2 * k + 1] == result) continue;
      d.facts.fault = d.creates_fault = true;
      const Facts& other = stage.steps[step.operands[2 * k + 1].index].facts;
      d.facts.unknown |= !other.certain || !stage.steps[result.index].facts.certain;
    }
  }
  if (choice.exhaustive) {
    // No room for a base or a gap.
  } else if (!choice.has_base) {
    d.facts.fault = d.creates_fault = true;
  } else {
    const Facts& base = stage.steps[step.operands.back().index].facts;
    d.facts = first ? base : join(d.facts, base);
  }
  return d;
}

Derived look_up(const Stage& stage, const Step& step) {
  const LookUpFacts& look_up = stage.choices[step.index].look_up;
  Derived d;
  d.facts = look_up.constants;
  d.creates_fault = look_up.gap || look_up.clash || look_up.open;
  const size_t subjects = look_up.ordered.size();
  for (size_t i = subjects; i < step.operands.size(); ++i) {
    const Facts& result = stage.steps[step.operands[i].index].facts;
    const bool alone = i == subjects && !look_up.constants.given && !may_be_absent(look_up.constants) && !look_up.constants.unknown;
    d.facts = alone ? result : join(d.facts, result);
    d.facts.unknown |= look_up.open && !result.certain;
  }
  for (size_t i = 0; i < subjects; ++i) {
    const Facts& subject = stage.steps[step.operands[i].index].facts;
    d.facts.unknown |= subject.unknown || !is_point(subject);
    d.facts.fault |= subject.fault || (look_up.rescaled[i] && !fits(subject, INT64_MIN, INT64_MAX));
    d.creates_fault |= look_up.ordered[i] && may_be_absent(subject);
  }
  d.facts.fault |= d.creates_fault;
  return d;
}

Derived judge(const Stage& stage, const Step& step) {
  Derived d;
  const auto f = [&](size_t i) -> const Facts& { return stage.steps[step.operands[i].index].facts; };
  d.facts.given = true;
  for (size_t i = 0; i < step.operands.size(); ++i) {
    d.facts.unknown |= f(i).unknown || !is_point(f(i));
    d.facts.fault |= f(i).fault;
  }
  if (may_be_absent(f(0)) || may_be_absent(f(1)) || f(4).not_yet) d.facts.fault = d.creates_fault = true;
  if (f(3).given) d.facts.fault = d.creates_fault = true;  // finished before it began
  if (step.op == Op::judge_open) d.facts.unknown = true;   // beyond the calendar
  d.facts.low = 0, d.facts.high = 4;
  return d;
}

}  // namespace

Facts within(i128 low, i128 high) {
  Facts f;
  f.given = true;
  f.low = low, f.high = high;
  return f;
}

Facts truth_facts() { return within(0, 1); }

Facts anything() {
  Facts f;
  f.given = f.not_yet = f.none = f.unknown = f.fault = true;
  f.certain = f.whole = false;
  unbounded(f);
  return f;
}

Facts join(const Facts& a, const Facts& b) {
  Facts f;
  f.given = a.given || b.given;
  f.not_yet = a.not_yet || b.not_yet;
  f.none = a.none || b.none;
  f.unknown = a.unknown || b.unknown;
  f.fault = a.fault || b.fault;
  f.certain = a.certain && b.certain;
  f.whole = a.whole && b.whole;
  f.low = !a.given ? b.low : !b.given ? a.low : std::min(a.low, b.low);
  f.high = !a.given ? b.high : !b.given ? a.high : std::max(a.high, b.high);
  f.multiple_of = common_factor(a, b);
  return f;
}

bool fits(const Facts& f, i128 low, i128 high) { return !f.given || (f.low >= low && f.high <= high); }

namespace {

Derived derive_from_operands(const Stage& stage, const Step& step) {
  const auto f = [&](size_t i) -> const Facts& { return stage.steps[step.operands[i].index].facts; };
  switch (step.op) {
    case Op::constant: {
      Facts facts = within(step.number, step.number);
      facts.multiple_of = step.number < 0 ? -step.number : step.number;
      return {facts};
    }
    case Op::wide_constant: {
      Facts facts = within(step.number, step.number);
      facts.given = step.state == State::given;
      facts.not_yet = step.state == State::not_yet;
      facts.none = step.state == State::none;
      facts.unknown = step.state == State::unknown;
      return {facts};
    }
    case Op::param:
    case Op::field:
    case Op::closed: return {step.facts};
    case Op::as_of:
      if (step.seconds) return {within(INT32_MIN, INT32_MAX)};
      return {step.facts.given ? step.facts : within(INT64_MIN, INT64_MAX)};
    case Op::period_start:
    case Op::period_end: return {within(INT64_MIN, INT64_MAX)};
    case Op::live:
    case Op::state_is:
    case Op::certainly: return {truth_facts()};
    case Op::not_:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge: return strict_truth(stage, step);
    case Op::and_:
    case Op::or_: {  // one operand can settle it, whatever the other is
      Derived d = strict_truth(stage, step);
      d.facts.given = f(0).given || f(1).given;
      return d;
    }
    case Op::eq:
    case Op::ne: {
      Derived d = strict_truth(stage, step);
      d.facts.given = true;
      d.facts.fault = f(0).fault || f(1).fault;
      d.creates_fault = false;
      return d;
    }
    case Op::is_given: {
      Facts facts = truth_facts();
      facts.unknown = f(0).unknown;
      facts.fault = f(0).fault;
      return {facts};
    }
    case Op::add: {
      Derived d = strict(stage, step);
      add_bounds(d, f(0).low, f(1).low, f(0).high, f(1).high, false);
      d.facts.multiple_of = common_factor(f(0), f(1));
      return d;
    }
    case Op::add_duration: {
      Derived d = strict(stage, step);
      add_bounds(d, f(0).low, f(1).low, f(0).high, f(1).high, false);
      d.facts.unknown |= !d.facts.certain;
      d.facts.certain = d.facts.whole = true;
      if (!fits(d.facts, INT64_MIN, INT64_MAX)) {
        overflow_possible(d);
        d.facts.low = instant_low, d.facts.high = instant_high;
      }
      return d;
    }
    case Op::sub: {
      Derived d = strict(stage, step);
      add_bounds(d, f(0).low, f(1).low, f(0).high, f(1).high, true);
      d.facts.multiple_of = common_factor(f(0), f(1));
      return d;
    }
    case Op::between: {
      Derived d = strict(stage, step);
      add_bounds(d, f(1).low, f(0).low, f(1).high, f(0).high, true);
      return d;
    }
    case Op::mul: {
      Derived d = strict(stage, step);
      mul_bounds(d, f(0), f(1));
      return d;
    }
    case Op::rescale: {  // an absent value stays absent at another scale
      Derived d{f(0)};
      const i128 factor = value::pow10(static_cast<int>(step.number));
      mul_bounds(d, f(0), within(factor, factor));
      return d;
    }
    case Op::neg: {
      Derived d = strict(stage, step);
      add_bounds(d, 0, f(0).low, 0, f(0).high, true);
      d.facts.multiple_of = f(0).multiple_of;
      return d;
    }
    case Op::div: {
      Derived d = strict(stage, step);
      div_bounds(d, f(0), f(1));
      return d;
    }
    case Op::min:
    case Op::max: {
      Derived d = strict(stage, step);
      extreme_bounds(d.facts, f(0), f(1), step.op == Op::min);
      d.facts.multiple_of = common_factor(f(0), f(1));
      return d;
    }
    case Op::exact_quotient: {
      Derived d = strict(stage, step);
      exact_quotient_bounds(d.facts, f(0), step.number);
      return d;
    }
    case Op::round: {
      Derived d = strict(stage, step);
      round_bounds(d, f(0), static_cast<int>(step.index2) - static_cast<int>(step.index), step.number);
      return d;
    }
    case Op::otherwise: {
      if (!may_be_absent(f(0))) return {f(0)};
      Facts facts = join(f(0), f(1));
      facts.not_yet = f(1).not_yet;
      facts.none = f(1).none;
      return {facts};
    }
    case Op::select: {
      Derived d{join(f(1), f(2))};
      d.facts.unknown |= f(0).unknown;
      d.facts.fault |= f(0).fault || may_be_absent(f(0));
      d.creates_fault = may_be_absent(f(0));
      return d;
    }
    case Op::earliest:
    case Op::latest: {
      Facts facts = join(f(0), f(1));
      if (f(0).given && f(1).given && !may_be_absent(f(0)) && !may_be_absent(f(1))) extreme_bounds(facts, f(0), f(1), step.op == Op::earliest);
      facts.unknown |= !facts.certain;
      facts.certain = true;
      facts.not_yet = f(0).not_yet && may_be_absent(f(1));
      facts.none = f(0).none && may_be_absent(f(1));
      return {facts};
    }
    case Op::date_of:
    case Op::add_days:
    case Op::add_months:
    case Op::first_of_month:
    case Op::last_of_month:
    case Op::add_business_days: return date_call(stage, step);
    case Op::start_of_day:
    case Op::end_of_day:
    case Op::next_opening:
    case Op::next_closing:
    case Op::subtract_open: return instant_call(stage, step);
    case Op::open_between:
    case Op::business_days_between: return strict_call(stage, step, INT64_MIN, INT64_MAX, true);
    case Op::is_open:
    case Op::is_business_day: return strict_call(stage, step, 0, 1, true);
    case Op::deadline_elapsed:
    case Op::deadline_open:
    case Op::deadline_business_days:
    case Op::deadline_days:
    case Op::deadline_months: return deadline(stage, step);
    case Op::history_at:
    case Op::history_first:
    case Op::at_period:
    case Op::over_periods:
    case Op::aggregate: return {step.facts, true};
    case Op::open_position: {
      Derived d = strict(stage, step);
      d.facts.unknown = true;
      d.facts.low = 0, d.facts.high = stage.day_tables[step.index].total;
      return d;
    }
    case Op::judge:
    case Op::judge_open: return judge(stage, step);
    case Op::outcome_is: {
      Derived d = strict_truth(stage, step);
      d.facts.unknown = true;
      return d;
    }
    case Op::judge_benchmark: {
      Derived d;
      d.facts = within(0, 3);
      d.facts.unknown = d.facts.fault = d.creates_fault = true;
      return d;
    }
    case Op::prorate: {
      Derived d = strict(stage, step);
      d.facts.whole = false;
      unbounded(d.facts);
      overflow_possible(d);
      return d;
    }
    case Op::decide: return decide(stage, step);
    case Op::look_up: return look_up(stage, step);
    case Op::deciding_case: return {within(value::no_case, step.number - 1), false};
  }
  assert(false);
  return {anything(), true};
}

}  // namespace

Derived derive(const Stage& stage, const Step& step) {
  Derived d = derive_from_operands(stage, step);
  d.can_be_unknown = d.facts.unknown;
  d.can_fault = d.facts.fault;
  // Whole values carry their states with them.
  const bool whole = d.facts.given && (!is_point(d.facts) || !fits(d.facts, INT64_MIN, INT64_MAX));  // as lane_of has it
  if (stage.table.clean && !whole) {
    d.facts.fault = false;
    if (!stage.tells_unknown) d.facts.unknown = false;
  }
  return d;
}

Lane lane_of(const Stage& stage, const Step& step) {
  const Facts& f = step.facts;
  if (!f.given) return Lane::i8;
  if (!is_point(f)) return Lane::whole;
  const auto truth = [&](SlotId id) { return stage.steps[id.index].lane == Lane::truth || !stage.steps[id.index].facts.given; };
  switch (step.op) {
    case Op::live:
    case Op::state_is:
    case Op::certainly:
    case Op::not_:
    case Op::and_:
    case Op::or_:
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
    case Op::is_given:
    case Op::is_open:
    case Op::is_business_day:
    case Op::outcome_is: return Lane::truth;
    case Op::otherwise:
      if (truth(step.operands[0]) && truth(step.operands[1])) return Lane::truth;
      break;
    case Op::select:
      if (truth(step.operands[1]) && truth(step.operands[2])) return Lane::truth;
      break;
    case Op::decide: {
      const Choice& choice = stage.choices[step.index];
      bool all = true;
      for (uint32_t i = 0; i < choice.cases; ++i) all &= truth(step.operands[2 * i + 1]);
      if (choice.has_base) all &= truth(step.operands.back());
      if (all) return Lane::truth;
      break;
    }
    case Op::look_up: {
      const LookUpFacts& look_up = stage.choices[step.index].look_up;
      bool all = !look_up.constants.given || fits(look_up.constants, 0, 1);
      for (size_t i = look_up.ordered.size(); i < step.operands.size(); ++i) all &= truth(step.operands[i]);
      if (all) return Lane::truth;
      break;
    }
    case Op::deciding_case:
    case Op::constant:
    case Op::wide_constant:
    case Op::param:
    case Op::field:
    case Op::closed:
    case Op::at_period:
    case Op::history_at:
    case Op::over_periods:
    case Op::as_of:
    case Op::period_start:
    case Op::period_end:
    case Op::add:
    case Op::sub:
    case Op::mul:
    case Op::neg:
    case Op::div:
    case Op::min:
    case Op::max:
    case Op::rescale:
    case Op::exact_quotient:
    case Op::round:
    case Op::earliest:
    case Op::latest:
    case Op::add_duration:
    case Op::between:
    case Op::date_of:
    case Op::start_of_day:
    case Op::end_of_day:
    case Op::add_days:
    case Op::add_months:
    case Op::open_between:
    case Op::business_days_between:
    case Op::next_opening:
    case Op::next_closing:
    case Op::subtract_open:
    case Op::add_business_days:
    case Op::first_of_month:
    case Op::last_of_month:
    case Op::deadline_elapsed:
    case Op::deadline_open:
    case Op::deadline_business_days:
    case Op::deadline_days:
    case Op::deadline_months:
    case Op::history_first:
    case Op::open_position:
    case Op::judge:
    case Op::judge_open:
    case Op::judge_benchmark:
    case Op::aggregate:
    case Op::prorate: break;
  }
  if (fits(f, INT8_MIN, INT8_MAX)) return Lane::i8;
  if (fits(f, INT16_MIN, INT16_MAX)) return Lane::i16;
  if (fits(f, INT32_MIN, INT32_MAX)) return Lane::i32;
  if (fits(f, INT64_MIN, INT64_MAX)) return Lane::i64;
  return Lane::whole;
}

}  // namespace writ::plan
