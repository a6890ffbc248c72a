#include "plan/build_stage.h"

#include <algorithm>
#include <cassert>

#include "plan/debug.h"

namespace writ::plan {

namespace {

const Step& step_of(const StageBuilder& builder, SlotId slot) { return builder.stage.steps[slot.index]; }

bool is_uniform(const StageBuilder& builder, const Step& step) {
  if (step.op == Op::field || step.op == Op::live || step.op == Op::history_at || step.predicate != evaluate::no_index) return false;
  for (SlotId id : step.operands) {
    if (!step_of(builder, id).uniform) return false;
  }
  return true;
}

bool is_constant(const StageBuilder& builder, SlotId slot, i128 number) {
  const Step& step = step_of(builder, slot);
  return step.op == Op::constant && step.number == number;
}

}  // namespace

StageBuilder make_builder(PlanContext& context, StageGrain grain, uint32_t of, Form form) {
  StageBuilder builder;
  builder.context = &context;
  builder.form = form;
  builder.stage.grain = grain;
  builder.stage.of = of;
  builder.definitions.resize(context.agreement.definitions.size());
  begin_debug(builder);
  return builder;
}

SlotId add_as_it_stands(StageBuilder& builder, Step step, bool in_seconds) {
  const Derived derived = derive(builder.stage, step);
  step.facts = derived.facts;
  step.can_be_unknown = derived.can_be_unknown;
  step.can_fault = derived.can_fault;
  // Without this, two equal expressions of different clauses would be computed twice even where neither can fail.
  if (!derived.creates_fault) step.point = 0;
  if (const SlotId made = find_or_enter(builder.made, builder.stage.steps, step); made.valid()) return made;
  // Totals are few; their values are kept whole.
  step.lane = builder.stage.grain == StageGrain::totals ? Lane::whole : lane_of(builder.stage, step);
  step.uniform = is_uniform(builder, step);
  const SlotId slot{static_cast<uint32_t>(builder.stage.steps.size())};
  builder.stage.steps.push_back(std::move(step));
  builder.in_seconds.push_back(in_seconds);
  place_step(builder);
  return slot;
}

SlotId in_microseconds(StageBuilder& builder, SlotId slot) {
  if (!builder.in_seconds[slot.index]) return slot;
  Step step;
  step.op = Op::rescale;
  step.operands = {slot};
  step.number = 6;
  return add_as_it_stands(builder, std::move(step), false);
}

SlotId add_step(StageBuilder& builder, Step step) {
  if (step.op == Op::round) share_factor(builder, step);
  if (step.op == Op::judge) judge_by_open_time(builder, step);
  if (const SlotId narrow = narrow_choice(builder, step); narrow.valid()) return narrow;
  if (!evaluate::in_seconds(builder.form)) return add_as_it_stands(builder, std::move(step), false);
  const bool in_seconds = bring_to_one_unit(builder, step);
  return add_as_it_stands(builder, std::move(step), in_seconds);
}

SlotId add_constant(StageBuilder& builder, i128 number) {
  Step step;
  step.number = number;
  const bool narrow = number >= INT64_MIN && number <= INT64_MAX;
  step.op = narrow ? Op::constant : Op::wide_constant;
  return add_step(builder, std::move(step));
}

namespace {

// Certainly 0 or 1 where it is given.
bool is_truth(const StageBuilder& builder, SlotId slot) {
  const Step& step = step_of(builder, slot);
  return step.lane == Lane::truth || (step.op == Op::constant && (step.number == 0 || step.number == 1));
}

}  // namespace

SlotId compared_with_constant(const StageBuilder& builder, SlotId slot, i128& number) {
  const Step& step = step_of(builder, slot);
  if (step.op != Op::eq) return {};
  for (size_t i = 0; i < 2; ++i) {
    const Step& constant = step_of(builder, step.operands[i]);
    if (constant.op != Op::constant) continue;
    number = constant.number;
    return step.operands[1 - i];
  }
  return {};
}

SlotId add_truth(StageBuilder& builder, Op op, SlotId a, SlotId b) {
  assert(op == Op::and_ || op == Op::or_);
  const bool all = op == Op::and_;
  if (is_constant(builder, a, all ? 0 : 1)) return a;
  if (is_constant(builder, b, all ? 0 : 1)) return b;
  // The neutral element only goes away where the other operand is a truth already: a stray number is made 0 or 1 by the operation.
  if (is_constant(builder, a, all ? 1 : 0) && is_truth(builder, b)) return b;
  if (is_constant(builder, b, all ? 1 : 0) && is_truth(builder, a)) return a;
  if (a == b && is_truth(builder, a)) return a;
  Step step;
  step.op = op;
  step.operands = {a, b};
  return add_step(builder, std::move(step));
}

SlotId add_state_test(StageBuilder& builder, SlotId operand, uint32_t states) {
  using value::State;
  const Facts& f = step_of(builder, operand).facts;
  const uint32_t possible = (f.given ? state_bit(State::given) : 0) | (f.not_yet ? state_bit(State::not_yet) : 0) | (f.none ? state_bit(State::none) : 0) |
                            (f.unknown ? state_bit(State::unknown) : 0) | (f.fault ? state_bit(State::fault) : 0);
  if ((possible & states) == 0) return add_constant(builder, 0);
  if ((possible & ~states) == 0) return add_constant(builder, 1);
  // Doubt about `x = c` is doubt about x: the same for every c.
  i128 number = 0;
  const SlotId compared = compared_with_constant(builder, operand, number);
  const uint32_t doubt = state_bit(State::unknown) | state_bit(State::fault);
  const uint32_t asked = possible & states;
  if (compared.valid() && (asked & ~doubt) == 0 && is_point(step_of(builder, compared).facts)) return add_state_test(builder, compared, asked);
  Step step;
  step.op = Op::state_is;
  step.operands = {operand};
  step.number = possible & states;
  return add_step(builder, std::move(step));
}

SlotId add_certainly(StageBuilder& builder, SlotId operand, i128 number) {
  const Facts& f = step_of(builder, operand).facts;
  if (!f.given || number < f.low || number > f.high) return add_constant(builder, 0);
  if (is_constant(builder, operand, number)) return add_constant(builder, 1);
  i128 constant = 0;
  const SlotId compared = compared_with_constant(builder, operand, constant);
  if (compared.valid() && number == 1) return add_certainly(builder, compared, constant);
  Step step;
  step.op = Op::certainly;
  step.operands = {operand};
  step.number = number;
  return add_step(builder, std::move(step));
}

uint32_t store(StageBuilder& builder, SlotId slot) {
  Step& step = builder.stage.steps[slot.index];
  if (step.stored == evaluate::no_index) {
    step.stored = static_cast<uint32_t>(builder.stage.table.slots.size());
    const bool whole = step.lane == Lane::whole;
    const Facts& f = step.facts;
    builder.stage.table.slots.push_back({step.lane, !whole && (f.not_yet || f.none || f.unknown || f.fault), !whole && f.fault});
  }
  return step.stored;
}

uint32_t read_or_store(StageBuilder& builder, SlotId slot) {
  const Step& step = step_of(builder, slot);
  const Facts& f = step.facts;
  const bool always_given = f.given && !f.not_yet && !f.none && !f.unknown && !f.fault;
  if (!builder.stage.table.clean || step.op != Op::field || step.stored != evaluate::no_index || !always_given) return store(builder, slot);
  std::vector<evaluate::SlotTable>& slots = builder.stage.table.slots;
  assert(step.lane == builder.stage.table.fields[step.index].lane);
  const auto shown = std::find_if(slots.begin(), slots.end(), [&](const evaluate::SlotTable& table) { return table.column == step.index; });
  if (shown == slots.end()) {
    slots.push_back({step.lane, false, false, step.index});
    return static_cast<uint32_t>(slots.size() - 1);
  }
  return static_cast<uint32_t>(shown - slots.begin());
}

namespace {

// Whether an outcome is one of its codes: the slot of the outcome says it for all of them, in a stage that nothing unusual comes through.
bool marks_number(const StageBuilder& builder, SlotId slot, SlotId& of, int8_t& equals) {
  const Step* step = &step_of(builder, slot);
  if (step->op != Op::certainly) return false;
  i128 number = step->number;
  of = step->operands[0];
  if (step_of(builder, of).op == Op::outcome_is && number == 1) {
    number = step_of(builder, of).number;
    of = step_of(builder, of).operands[0];
  }
  const Step& outcome = step_of(builder, of);
  const Facts& f = outcome.facts;
  if (outcome.lane != Lane::i8 || outcome.uniform || !f.given || f.not_yet || f.none || f.unknown || f.fault || number < INT8_MIN || number > INT8_MAX)
    return false;
  equals = static_cast<int8_t>(number);
  return true;
}

}  // namespace

evaluate::Mark mark(StageBuilder& builder, SlotId slot, bool which) {
  if (is_constant(builder, slot, 0)) return {};
  if (step_of(builder, slot).uniform) {  // of a clean stage, whose rows all take part
    Step every;
    every.op = Op::live;
    slot = add_truth(builder, Op::and_, add_step(builder, std::move(every)), slot);
  }
  Stage& stage = builder.stage;
  assert(step_of(builder, slot).lane == Lane::truth && !step_of(builder, slot).uniform);
  evaluate::Mark made;
  made.count = static_cast<uint32_t>(std::find(stage.counted.begin(), stage.counted.end(), slot) - stage.counted.begin());
  if (made.count == stage.counted.size()) stage.counted.push_back(slot);
  stage.table.counters = static_cast<uint32_t>(stage.counted.size());
  if (!which) return made;
  if (stage.table.clean && step_of(builder, slot).op == Op::live) return made;
  if (builder.form == Form::portfolio) {
    if (SlotId of; marks_number(builder, slot, of, made.equals)) slot = of;
  }
  made.slot = store(builder, slot);
  return made;
}

namespace {

// On the stack of a function, whose callers may be threads of a host with little of it: a whole value takes a hundred bytes for each row of a
// group, and as much again wherever it is handed to the runtime. In the general form that is what becomes of most steps, whatever their lane.
constexpr uint32_t room_of_whole = 8;

uint32_t room_of(const Step& step, Form form) { return step.lane == Lane::whole || form == Form::general ? room_of_whole : 1; }

}  // namespace

uint32_t room_of(const StageBuilder& builder) {
  uint32_t room = 0;
  for (const Step& step : builder.stage.steps) room += room_of(step, builder.form);
  return room;
}

void cut_stage(StageBuilder& builder, uint32_t room_of_function) {
  Stage& stage = builder.stage;
  stage.cuts = {0};
  std::vector<uint32_t> function_of;
  uint32_t room = 0;
  for (const Step& step : stage.steps) {
    const uint32_t more = room_of(step, builder.form);
    if (room + more > room_of_function) {
      stage.cuts.push_back(static_cast<uint32_t>(function_of.size()));
      room = 0;
    }
    room += more;
    function_of.push_back(static_cast<uint32_t>(stage.cuts.size()));
  }
  for (uint32_t i = 0; i < stage.steps.size(); ++i) {
    for (size_t k = 0; k < stage.steps[i].operands.size(); ++k) {
      const SlotId operand = stage.steps[i].operands[k];
      // What is the same for every row is cheaper made again than loaded.
      if (function_of[operand.index] != function_of[i] && !stage.steps[operand.index].uniform) store(builder, operand);
    }
  }
}

}  // namespace writ::plan
