// The maker of one stage: expressions of ir become steps, equal ones once. Private to this folder.
#pragma once
#include <map>
#include <set>
#include <unordered_map>
#include <vector>

#include "ir/agreement.h"
#include "plan/facts.h"
#include "plan/plan_types.h"
#include "source/source_map.h"

namespace writ::plan {

// A decision table, and the expressions that are its operands, with the trace points of their faults.
struct LookUpSource {
  bool tried = false;
  uint32_t table = evaluate::no_index;  // index into Tables::look_ups; no_index: the definition has none
  std::vector<std::pair<ir::ExprId, uint32_t>> operands;
};

// What the stages of one plan share.
struct PlanContext {
  const ir::Agreement& agreement;
  Plan& plan;
  std::vector<Facts> closed;                                // by definition: of the values per period and of the agreement, as they are made
  std::vector<uint32_t> grid_of;                            // by ir::PeriodKind; no_index where it is not used
  std::vector<LookUpSource> look_ups;                       // by definition
  const source::SourceMap* sources = nullptr;               // null: nothing for debuggers
  std::set<std::pair<uint32_t, uint32_t>> lines_of_values;  // (file, line) on which a definition begins; only for debuggers
};

// Instants of Form::seconds leave room in 32 bits for durations of four years to be added: from 1906 to October 2033.
inline constexpr i128 usual_second = (i128{1} << 31) - (i128{1} << 27);

// Finds a step like another among those of a stage.
struct StepIndex {
  struct Place {
    uint32_t hash = 0;
    SlotId slot;  // not valid: free
  };
  std::vector<Place> places;  // a power of two of them, at least half of them free
  uint32_t count = 0;
};
// The slot of an equal step, or an invalid one: then the step is to be put at the end of `steps`, and is found from now on.
SlotId find_or_enter(StepIndex& index, const std::vector<Step>& steps, const Step& step);

struct SlotAtPoint {
  uint32_t point = 0;
  SlotId slot;
};

struct StageBuilder {
  using Key = std::tuple<Op, std::vector<SlotId>, i128, uint32_t, uint32_t, uint32_t, uint32_t, value::State, value::Rounding, evaluate::Horizon, bool, bool>;

  struct KeyHash {
    size_t operator()(const Key& key) const;
  };

  PlanContext* context = nullptr;
  Stage stage;
  Form form = Form::lean;
  StageBuilder* history = nullptr;  // of a record stage: where its predicates are made
  std::vector<bool> in_seconds;     // by step: instants and durations in whole seconds, not in microseconds
  StepIndex made;
  std::vector<SlotAtPoint> expressions;                    // by expression: its slot at the point at which it was asked for first
  std::unordered_map<uint64_t, SlotId> expressions_again;  // by expression and point: at others
  std::vector<SlotId> definitions;                         // by definition: its slot in this stage, or invalid
  std::map<uint32_t, uint32_t> choices;                    // by definition: the choice between its cases
  source::Span here;                                       // the text that steps are being made for
};

StageBuilder make_builder(PlanContext& context, StageGrain grain, uint32_t of, Form form);

// Adds a step unless an equal one is there; in Form::seconds its operands are brought to one unit first.
SlotId add_step(StageBuilder& builder, Step step);
// The same for a step whose operands are in one unit already; `in_seconds`: so is its result, where it is an instant or a duration.
SlotId add_as_it_stands(StageBuilder& builder, Step step, bool in_seconds);
// Form::seconds: makes the operands of a step that count time count it alike, in seconds where that is exact; whether the result does.
bool bring_to_one_unit(StageBuilder& builder, Step& step);
// A rounded product of numbers that share a factor with the divisor: takes the factor out of both, so that narrower numbers do.
void share_factor(StageBuilder& builder, Step& round);
// slot / factor, which divides every value that it can have. Constants become smaller, and so does what is made of them.
SlotId divided(StageBuilder& builder, SlotId slot, int64_t factor);
// In a clean stage: a choice between 0 and a product, made of a factor of the product; invalid where it is not one.
SlotId narrow_choice(StageBuilder& builder, const Step& choice);
// In a clean stage: a verdict on a deadline in open time that needs no deadline.
void judge_by_open_time(StageBuilder& builder, Step& judge);
// The slot in microseconds, where it is an instant or a duration.
SlotId in_microseconds(StageBuilder& builder, SlotId slot);
SlotId add_constant(StageBuilder& builder, i128 number);
SlotId add_truth(StageBuilder& builder, Op op, SlotId a, SlotId b);
// The operand of `x = constant` that is not the constant; invalid for other slots.
SlotId compared_with_constant(const StageBuilder& builder, SlotId slot, i128& number);
SlotId add_state_test(StageBuilder& builder, SlotId operand, uint32_t states);
SlotId add_certainly(StageBuilder& builder, SlotId operand, i128 number);
inline constexpr uint32_t state_bit(value::State state) { return 1u << static_cast<uint32_t>(state); }

// What a host that only knows `missing` means where a fact of this type is missing.
value::State missing_state(const ir::Type& type);
// A field as it stands in the facts, also where it lies after the horizon.
SlotId add_raw_field(StageBuilder& builder, uint32_t field);
// The value of an expression whose faults arise at `point`.
SlotId add_expression(StageBuilder& builder, ir::ExprId expression, uint32_t point);
// A condition over rows of the history: its index among those of the history stage.
uint32_t add_predicate(StageBuilder& builder, ir::ExprId condition, uint32_t point);
// A definition of this grain: its base, or the decision between its cases. Sets builder.definitions. `held`: keep the guards.
SlotId add_definition(StageBuilder& builder, ir::DefinitionId definition);

// Gives a slot memory of its own and returns its index among the stage's slots.
uint32_t store(StageBuilder& builder, SlotId slot);
// The rows of which a truth is true, which must be 0 wherever a record does not take part. `which`: not only how many.
// The same, of what is only read behind the stage: a column of a clean stage stays where it is.
uint32_t read_or_store(StageBuilder& builder, SlotId slot);
evaluate::Mark mark(StageBuilder& builder, SlotId slot, bool which);
// How large a function of all steps of a stage would be: a step in a lane counts 1, a whole value more.
uint32_t room_of(const StageBuilder& builder);
// Cuts the stage into functions that are at most so large and stores what one of them makes and another reads.
void cut_stage(StageBuilder& builder, uint32_t room_of_function);

}  // namespace writ::plan
