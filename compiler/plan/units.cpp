// Instants and durations in whole seconds: which steps work on them as they are, and where microseconds are needed.
//
// A slot is in seconds when it comes from a column of whole seconds (FieldTable::unit). Constants join in where they are whole seconds,
// too. Whatever does not know seconds gets its operands in microseconds, so nothing here can change a result.
//
// The as-of instant need not be a whole second. Whether a whole second comes before or after it shows in the seconds on either side of it, so
// comparisons have one of those instead. Everything else that reads it gets its microseconds.
#include <algorithm>
#include <cassert>
#include <optional>

#include "plan/build_stage.h"
#include "value/civil.h"

namespace writ::plan {

namespace {

// The operands of a step that count time, when any does, and whether its result does.
struct TimeUse {
  std::vector<size_t> operands;
  bool result = false;
};

TimeUse all_operands(const Step& step, bool result) {
  TimeUse use;
  for (size_t i = 0; i < step.operands.size(); ++i) use.operands.push_back(i);
  use.result = result;
  return use;
}

TimeUse results_of_cases(const Step& step) {
  TimeUse use;
  for (size_t i = 1; i < step.operands.size(); i += 2) use.operands.push_back(i);
  if (step.operands.size() % 2 == 1) use.operands.push_back(step.operands.size() - 1);  // the base
  use.result = true;
  return use;
}

// What a step can do in seconds as well as in microseconds.
TimeUse time_use(const Step& step) {
  switch (step.op) {
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge: return all_operands(step, false);
    case Op::is_given:
    case Op::state_is: return all_operands(step, false);
    case Op::add:
    case Op::sub:
    case Op::neg:
    case Op::min:
    case Op::max:
    case Op::otherwise:
    case Op::earliest:
    case Op::latest:
    case Op::add_duration:
    case Op::between: return all_operands(step, true);
    case Op::select: return {{1, 2}, true};
    case Op::decide: return results_of_cases(step);
    case Op::open_position: return all_operands(step, false);
    case Op::judge: return {{2, 3, 4}, false};
    case Op::judge_open: return {{2, 3}, false};
    case Op::deadline_elapsed:
      if (step.predicate == evaluate::no_index) return all_operands(step, true);
      return {};
    case Op::constant:
    case Op::wide_constant:
    case Op::param:
    case Op::field:
    case Op::closed:
    case Op::as_of:
    case Op::period_start:
    case Op::period_end:
    case Op::live:
    case Op::not_:
    case Op::and_:
    case Op::or_:
    case Op::certainly:
    case Op::mul:
    case Op::div:
    case Op::rescale:
    case Op::exact_quotient:
    case Op::round:
    case Op::date_of:
    case Op::start_of_day:
    case Op::end_of_day:
    case Op::add_days:
    case Op::add_months:
    case Op::first_of_month:
    case Op::last_of_month:
    case Op::open_between:
    case Op::is_open:
    case Op::is_business_day:
    case Op::business_days_between:
    case Op::next_opening:
    case Op::next_closing:
    case Op::subtract_open:
    case Op::add_business_days:
    case Op::deadline_open:
    case Op::deadline_business_days:
    case Op::deadline_days:
    case Op::deadline_months:
    case Op::history_at:
    case Op::history_first:
    case Op::outcome_is:
    case Op::judge_benchmark:
    case Op::aggregate:
    case Op::at_period:
    case Op::over_periods:
    case Op::prorate:
    case Op::look_up:
    case Op::deciding_case: break;
  }
  return {};
}

// The operand in seconds, where it is in seconds already or can be said in them without loss.
SlotId in_seconds(StageBuilder& builder, SlotId slot) {
  if (builder.in_seconds[slot.index]) return slot;
  const Step& step = builder.stage.steps[slot.index];
  if (step.op == Op::wide_constant && step.state != value::State::given) return slot;
  if (step.op != Op::constant || step.number % value::us_per_second != 0) return {};
  return add_constant(builder, step.number / value::us_per_second);
}

// Which whole second around as-of orders whole seconds as as-of itself does, where it is the right operand: one is at or before an instant
// when it is at or before the last second not after that, and before it when it is before the first second not before it.
std::optional<value::Rounding> second_that_orders(Op op) {
  if (op == Op::le || op == Op::gt) return value::Rounding::floor;
  if (op == Op::lt || op == Op::ge) return value::Rounding::ceiling;
  return std::nullopt;
}

// With the operands the other way round.
Op turned(Op op) { return op == Op::lt ? Op::gt : op == Op::le ? Op::ge : op == Op::gt ? Op::lt : op == Op::ge ? Op::le : op; }

bool is_as_of(const StageBuilder& builder, SlotId slot) { return builder.stage.steps[slot.index].op == Op::as_of; }

// A comparison with as-of has one of the seconds around it instead; invalid where neither will do.
SlotId as_of_in_seconds(StageBuilder& builder, const Step& step, size_t operand) {
  const std::optional<value::Rounding> second = second_that_orders(operand == 1 ? step.op : turned(step.op));
  if (!second) return {};
  Step now;
  now.op = Op::as_of;
  now.seconds = true;
  now.rounding = *second;
  return add_step(builder, std::move(now));
}

// Whether a sum of seconds is an instant in microseconds, too, whatever its operands are: one that is not is a fault, or not known, and only
// microseconds tell. The last of them stands for no instant.
bool sum_is_instant(const StageBuilder& builder, const std::vector<SlotId>& operands) {
  i128 low = 0, high = 0;
  for (SlotId id : operands) {
    const Facts& f = builder.stage.steps[id.index].facts;
    if (!f.given) return true;
    if (!fits(f, INT64_MIN, INT64_MAX)) return false;
    low += f.low, high += f.high;
  }
  return low >= INT64_MIN / value::us_per_second && high <= (INT64_MAX - 1) / value::us_per_second;
}

bool try_seconds(StageBuilder& builder, Step& step, const TimeUse& use) {
  std::vector<SlotId> operands = step.operands;
  for (size_t i : use.operands) {
    operands[i] = is_as_of(builder, operands[i]) ? as_of_in_seconds(builder, step, i) : in_seconds(builder, operands[i]);
    if (!operands[i].valid()) return false;
    // Only lanes know the horizon in seconds.
    if (step.op == Op::judge && builder.stage.steps[operands[i].index].lane == Lane::whole) return false;
  }
  if (step.op == Op::judge) {
    for (size_t i = 0; i < 2; ++i) {
      if (builder.stage.steps[operands[i].index].lane == Lane::whole) return false;
    }
  }
  if ((step.op == Op::add_duration || step.op == Op::deadline_elapsed) && !sum_is_instant(builder, operands)) return false;
  step.operands = std::move(operands);
  return true;
}

}  // namespace

bool bring_to_one_unit(StageBuilder& builder, Step& step) {
  // Where there are seconds of 32 bits, as-of lies among them.
  if (step.op == Op::as_of && !step.seconds) step.facts = within(INT32_MIN * i128{value::us_per_second}, INT32_MAX * i128{value::us_per_second});
  if (step.op == Op::field || step.op == Op::as_of) return step.seconds;
  const TimeUse use = time_use(step);
  const bool asked = std::any_of(use.operands.begin(), use.operands.end(), [&](size_t i) { return builder.in_seconds[step.operands[i].index]; });
  const bool seconds = asked && try_seconds(builder, step, use);
  if (seconds && (step.op == Op::judge || step.op == Op::judge_open)) step.seconds = true;
  for (size_t i = 0; i < step.operands.size(); ++i) {
    const bool stays = seconds && std::find(use.operands.begin(), use.operands.end(), i) != use.operands.end();
    if (!stays) step.operands[i] = in_microseconds(builder, step.operands[i]);
  }
  return seconds && use.result;
}

}  // namespace writ::plan
