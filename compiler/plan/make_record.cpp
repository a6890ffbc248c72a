// The stages of one record type: what its rows' definitions are, and which totals, misses and faults they add to.
#include <algorithm>
#include <cassert>

#include "evaluate/codes.h"
#include "plan/look_up.h"
#include "plan/make_parts.h"
#include "value/civil.h"
#include "value/decide.h"

namespace writ::plan {

namespace {

using evaluate::no_index;
using value::State;

constexpr uint32_t room_of_function = 256;
constexpr uint32_t block_bytes = 384 * 1024;  // of stored slots: a block stays in the second cache

constexpr i128 outcome_missed = static_cast<i128>(evaluate::CommitmentCode::missed);
constexpr i128 outcome_pending = static_cast<i128>(evaluate::CommitmentCode::pending);
constexpr uint32_t absent_states = state_bit(State::not_yet) | state_bit(State::none);
constexpr uint32_t doubtful_states = state_bit(State::unknown) | state_bit(State::fault);

const Facts& facts_of(const StageBuilder& builder, SlotId slot) { return builder.stage.steps[slot.index].facts; }

SlotId add_leaf(StageBuilder& builder, Op op) {
  Step step;
  step.op = op;
  return add_step(builder, std::move(step));
}

SlotId admitted(const StageBuilder& builder) { return builder.stage.admitted; }

SlotId and_not(StageBuilder& builder, SlotId a, SlotId b) {
  const Step& step = builder.stage.steps[b.index];
  if (step.op == Op::constant) return step.number == 0 ? a : add_constant(builder, 0);
  Step negation;
  negation.op = Op::not_;
  negation.operands = {b};
  return add_truth(builder, Op::and_, a, add_step(builder, std::move(negation)));
}

bool is_never(const StageBuilder& builder, SlotId slot) {
  const Step& step = builder.stage.steps[slot.index];
  return step.op == Op::constant && step.number == 0;
}

// Surely `a op b`: both are given and it holds.
SlotId surely(StageBuilder& builder, Op op, SlotId a, SlotId b) {
  Step step;
  step.op = op;
  step.operands = {a, b};
  return add_certainly(builder, add_step(builder, std::move(step)), 1);
}

// A row that is something else than usual sends its block to another form.
void refuse(StageBuilder& builder, SlotId rows) {
  std::vector<SlotId>& refused = builder.stage.refused;
  if (!is_never(builder, rows) && std::find(refused.begin(), refused.end(), rows) == refused.end()) refused.push_back(rows);
}

// All rows take part: those that would not are refused. Their instants lie in the term and before the horizon by the range of their column.
void add_clean_admission(StageBuilder& builder) {
  const evaluate::RecordTable& record = builder.context->plan.tables.records[builder.stage.of];
  builder.stage.admitted = add_constant(builder, 1);
  if (record.since == no_index) return;
  const SlotId since = add_raw_field(builder, record.since);
  builder.stage.since = since;
  refuse(builder, and_not(builder, add_constant(builder, 1), add_state_test(builder, since, state_bit(State::given))));
}

// Who takes part: records whose instant is given, not after the horizon, and in the term. The others are counted by their reason.
void add_admission(StageBuilder& builder) {
  const evaluate::Tables& tables = builder.context->plan.tables;
  const evaluate::RecordTable& record = tables.records[builder.stage.of];
  evaluate::StageTable& table = builder.stage.table;
  if (table.clean) return add_clean_admission(builder);
  const SlotId live = add_leaf(builder, Op::live);
  builder.stage.admitted = live;
  if (record.since != no_index) {
    SlotId since = add_raw_field(builder, record.since);
    if (record.since_is_date) {
      Step start;
      start.op = Op::start_of_day;
      start.operands = {since};
      since = add_step(builder, std::move(start));
    }
    const SlotId dated = add_truth(builder, Op::and_, live, add_state_test(builder, since, state_bit(State::given)));
    const SlotId after = add_truth(builder, Op::and_, dated, surely(builder, Op::gt, since, add_leaf(builder, Op::as_of)));
    const SlotId seen = and_not(builder, dated, after);
    const SlotId started = surely(builder, Op::ge, since, add_constant(builder, tables.term_start));
    const SlotId in_term = add_truth(builder, Op::and_, started, surely(builder, Op::lt, since, add_constant(builder, tables.term_end)));
    builder.stage.admitted = add_truth(builder, Op::and_, seen, in_term);
    if (dated != live) table.undated = mark(builder, and_not(builder, live, dated), false);
    table.after_horizon = mark(builder, after, false);
    table.outside_term = mark(builder, and_not(builder, seen, in_term), false);
  }
  table.admitted = store(builder, builder.stage.admitted);
}

// The states of a slot about which it cannot be told from this alone what a row adds.
uint32_t states_in_doubt(const Facts& f) { return doubtful_states | (is_point(f) ? 0 : state_bit(State::given)); }
uint32_t filter_states_in_doubt(const Facts& f) {
  const bool truth = is_point(f) && fits(f, 0, 1);
  return doubtful_states | absent_states | (truth ? 0 : state_bit(State::given));
}

// Splits the rows into those that surely count with a known value and place, and those for which the whole rule is needed.
void add_aggregate(StageBuilder& builder, uint32_t id) {
  const ir::Aggregate& aggregate = builder.context->agreement.aggregates.items[id];
  const bool counts = aggregate.fold == ir::Aggregate::Fold::count;
  const SlotId filter = aggregate.filter.valid() ? add_expression(builder, aggregate.filter, 0) : add_constant(builder, 1);
  const SlotId value = !counts && aggregate.value.valid() ? in_microseconds(builder, add_expression(builder, aggregate.value, 0)) : SlotId{};
  const SlotId placed = aggregate.period ? add_expression(builder, aggregate.placed_by, 0) : SlotId{};

  SlotId plain = add_truth(builder, Op::and_, admitted(builder), add_certainly(builder, filter, 1));
  uint32_t states = filter_states_in_doubt(facts_of(builder, filter));
  SlotId doubt = add_state_test(builder, filter, states);
  SlotId odd = admitted(builder);
  for (SlotId part : {value, placed}) {
    if (!part.valid()) continue;
    plain = add_truth(builder, Op::and_, plain, add_state_test(builder, part, state_bit(State::given)));
    const uint32_t of_part = states_in_doubt(facts_of(builder, part));
    const SlotId in_doubt = add_state_test(builder, part, of_part);
    doubt = add_truth(builder, Op::or_, doubt, in_doubt);
    states |= of_part;
    // A row whose filter fails, or that has no value or no place, adds nothing whatever else is in doubt.
    if (!is_never(builder, in_doubt)) odd = and_not(builder, odd, add_certainly(builder, filter, 0));
    odd = and_not(builder, odd, add_state_test(builder, part, absent_states));
  }
  odd = add_truth(builder, Op::and_, odd, doubt);
  if ((states & state_bit(State::given)) != 0) odd = and_not(builder, odd, plain);

  evaluate::AggregateIn in;
  in.aggregate = id;
  in.plain = mark(builder, plain, value.valid() || placed.valid() || builder.form == Form::portfolio);
  if (builder.stage.table.clean) {
    refuse(builder, odd);
  } else {
    in.odd = mark(builder, odd, true);
    if (!is_never(builder, odd)) in.filter = store(builder, filter);
  }
  if (value.valid()) in.value = read_or_store(builder, value);
  if (placed.valid()) {
    in.placed = read_or_store(builder, placed);
    if (builder.in_seconds[placed.index]) in.placed_unit = value::us_per_second;
  }
  builder.stage.table.aggregates.push_back(in);
}

// An outcome that is weighed against `due` itself, and against an end of which the stage sees none after now: what is missed fell due before now, and what is
// pending did not.
bool weighs_before_now(const StageBuilder& builder, SlotId outcome, SlotId due) {
  const Step& judge = builder.stage.steps[outcome.index];
  const Facts& f = facts_of(builder, due);
  if (!builder.stage.table.clean || judge.op != Op::judge || judge.strict || judge.operands[4] != due || f.not_yet || f.none) return false;
  const Step& until = builder.stage.steps[judge.operands[3].index];
  const Facts& from = facts_of(builder, judge.operands[2]);
  return until.op == Op::field && builder.stage.table.fields[until.index].seen == evaluate::Horizon::instant && !from.not_yet && !from.none;
}

// Misses that fall due from now on lie in no period that is over and in no cure period that has ended: only earlier ones are kept.
void add_notables(StageBuilder& builder, uint32_t id) {
  const ir::Agreement& agreement = builder.context->agreement;
  const ir::Right& right = agreement.rights.items[id];
  for (uint32_t i = 0; i < right.misses.size(); ++i) {
    const ir::Commitment& commitment = agreement.commitments[right.misses[i]];
    if (commitment.record.index != builder.stage.of) continue;
    const SlotId outcome = add_definition(builder, commitment.outcome);
    const SlotId due = add_definition(builder, commitment.due);
    Step now;
    now.op = Op::as_of;
    Step later;
    later.op = Op::ge;
    later.operands = {due, add_step(builder, std::move(now))};
    SlotId kept = and_not(builder, admitted(builder), add_certainly(builder, add_step(builder, std::move(later)), 1));
    kept = and_not(builder, kept, add_state_test(builder, due, absent_states));
    const bool before_now = weighs_before_now(builder, outcome, due);
    if (before_now) kept = admitted(builder);
    const SlotId pending = before_now ? add_constant(builder, 0) : add_certainly(builder, outcome, outcome_pending);
    const SlotId maybe = add_truth(builder, Op::or_, pending, add_state_test(builder, outcome, doubtful_states));
    const SlotId possible = add_truth(builder, Op::and_, kept, maybe);
    evaluate::NotableIn in;
    in.right = id;
    in.commitment = i;
    in.certain = mark(builder, add_truth(builder, Op::and_, kept, add_certainly(builder, outcome, outcome_missed)), true);
    if (builder.stage.table.clean) {
      refuse(builder, possible);
    } else {
      in.possible = mark(builder, possible, true);
    }
    in.due = store(builder, due);
    if (builder.in_seconds[due.index]) in.due_unit = value::us_per_second;
    builder.stage.table.notables.push_back(in);
  }
}

void add_faulted(StageBuilder& builder) {
  SlotId any = add_constant(builder, 0);
  for (const evaluate::DefinitionOut& out : builder.stage.table.definitions) {
    any = add_truth(builder, Op::or_, any, add_state_test(builder, builder.definitions[out.definition], state_bit(State::fault)));
  }
  const SlotId faulted = add_truth(builder, Op::and_, admitted(builder), any);
  if (builder.stage.table.clean) {
    refuse(builder, faulted);
  } else {
    builder.stage.table.faulted = mark(builder, faulted, true);
  }
}

void choose_block_rows(Stage& stage) {
  if (stage.table.clean) {  // what nobody takes is not made there
    stage.table.block_rows = evaluate::most_block_rows;
    return;
  }
  uint32_t bytes = 1;
  for (const evaluate::SlotTable& slot : stage.table.slots) bytes += evaluate::lane_bytes(slot.lane) + (slot.states ? 1 : 0) + (slot.faults ? 4 : 0);
  bytes += stage.table.helds * 8;
  const uint32_t rows = block_bytes / bytes / 64 * 64;
  stage.table.block_rows = std::clamp(rows, 64u, evaluate::most_block_rows);
}

void add_definitions(StageBuilder& builder, int pass) {
  const ir::Agreement& agreement = builder.context->agreement;
  for (uint32_t index : builder.context->plan.tables.records[builder.stage.of].definitions) {
    const ir::Definition& definition = agreement.definitions.items[index];
    if (definition.pass > pass) continue;
    const SlotId slot = add_definition(builder, {index});
    evaluate::DefinitionOut out;
    out.definition = index;
    out.slot = store(builder, in_microseconds(builder, slot));
    if (!definition.cases.empty()) {
      Choice& choice = builder.stage.choices[builder.choices[index]];
      choice.held = builder.stage.table.helds++;
      out.held = choice.held;
    }
    builder.stage.table.definitions.push_back(out);
  }
}

// Of a decision that is looked up: the table tells it.
SlotId add_deciding_case(StageBuilder& builder, uint32_t choice, size_t cases) {
  const std::vector<Step>& steps = builder.stage.steps;
  const auto look_up = std::find_if(steps.begin(), steps.end(), [&](const Step& one) { return one.op == Op::look_up && one.index == choice; });
  if (look_up == steps.end()) return {};
  Step step;
  step.op = Op::deciding_case;
  step.operands = look_up->operands;
  step.index = choice;
  step.index2 = look_up->index2;
  step.number = static_cast<i128>(cases);
  return add_step(builder, std::move(step));
}

// Which case decided: the first whose guard is true while no guard of a case that overrides it is. A byte a row for most rules, it costs next to
// nothing where it is asked for.
SlotId add_reason(StageBuilder& builder, uint32_t index) {
  const ir::Definition& definition = builder.context->agreement.definitions.items[index];
  if (look_up_of(*builder.context, {index}) != nullptr) return add_deciding_case(builder, builder.choices[index], definition.cases.size());
  std::vector<SlotId> held;
  for (const ir::Case& one : definition.cases) held.push_back(add_certainly(builder, add_expression(builder, one.guard, one.point), 1));
  SlotId reason = add_constant(builder, value::no_case);
  for (size_t c = held.size(); c-- > 0;) {
    SlotId decides = held[c];
    const std::vector<uint64_t>& by = definition.cases[c].overridden_by;
    for (size_t k = 0; k < held.size() && k / 64 < by.size(); ++k) {
      if ((by[k / 64] >> (k % 64) & 1) != 0) decides = and_not(builder, decides, held[k]);
    }
    if (is_never(builder, decides)) continue;
    Step step;
    step.op = Op::select;
    step.operands = {decides, add_constant(builder, static_cast<i128>(c)), reason};
    reason = add_step(builder, std::move(step));
  }
  return reason;
}

// Behind all other steps: code that nobody asks for reasons is the same as if there were none.
void add_reasons(StageBuilder& builder) {
  for (evaluate::DefinitionOut& out : builder.stage.table.definitions) {
    if (builder.context->plan.tables.definitions[out.definition].reasons == 0) continue;
    out.reason = store(builder, add_reason(builder, out.definition));
  }
}

// What stops the clock of a commitment has been asked for by its due instant already, so nothing is made twice.
void add_clocks(StageBuilder& builder) {
  const ir::Agreement& agreement = builder.context->agreement;
  for (uint32_t id = 0; id < agreement.commitments.size(); ++id) {
    const ir::Commitment& commitment = agreement.commitments.items[id];
    if (commitment.record.index != builder.stage.of || !commitment.pause.valid()) continue;
    builder.stage.table.clocks.push_back({id, add_predicate(builder, commitment.pause, agreement.definitions[commitment.due].point)});
  }
}

// Seconds are of use where there are instants, and the term lies where 32 bits hold them. Histories are read by look-ups, which know
// microseconds only.
bool suits_seconds(const PlanContext& context, uint32_t index) {
  if (context.sources != nullptr) return false;
  const ir::Record& record = context.agreement.records.items[index];
  if (record.history || context.plan.tables.records[index].definitions.empty()) return false;
  if (record.since && record.fields[*record.since].type.kind != ir::Kind::instant) return false;
  const evaluate::Tables& tables = context.plan.tables;
  const bool whole = tables.term_start % value::us_per_second == 0 && tables.term_end % value::us_per_second == 0;
  const bool usual = tables.term_start >= -usual_second * value::us_per_second && tables.term_end <= usual_second * value::us_per_second;
  const bool instants = std::any_of(record.fields.begin(), record.fields.end(), [](const ir::Field& field) { return field.type.kind == ir::Kind::instant; });
  return instants && whole && usual;
}

// Rows of many agreements at once are evaluated before any total is closed, and read none.
bool suits_portfolio(const PlanContext& context, const RecordStages& stages) {
  const std::vector<Step>& steps = stages.facts[static_cast<size_t>(Form::seconds)].steps;
  const auto reads_totals = [](const Step& step) { return step.op == Op::closed || step.op == Op::at_period || step.op == Op::over_periods; };
  return context.plan.tables.passes == 1 && !steps.empty() && std::none_of(steps.begin(), steps.end(), reads_totals);
}

constexpr uint32_t most_row_room = 4096;  // of one function

// Leaves out the definitions that need more than the row itself.
void leave_out_histories(Stage& stage) {
  std::vector<bool> reads(stage.steps.size(), false), stored(stage.table.slots.size(), false);
  for (size_t i = 0; i < stage.steps.size(); ++i) {
    const Step& step = stage.steps[i];
    reads[i] = step.op == Op::history_at || step.op == Op::history_first || step.predicate != no_index;
    for (SlotId operand : step.operands) reads[i] = reads[i] || reads[operand.index];
    if (step.stored != no_index) stored[step.stored] = reads[i];
  }
  std::erase_if(stage.table.definitions, [&](const evaluate::DefinitionOut& out) { return stored[out.slot]; });
}

// Rows that are asked for alone, in microseconds: only their definitions, without what totals need of them.
Stage make_row(PlanContext& context, uint32_t record, uint32_t pass) {
  const evaluate::RecordTable& table = context.plan.tables.records[record];
  if (context.sources != nullptr || table.definitions.empty() || table.definitions.size() > most_row_room) return {};
  StageBuilder history = make_builder(context, StageGrain::history, record, Form::lean);
  StageBuilder row = make_builder(context, StageGrain::record, record, Form::lean);
  row.history = &history;
  row.stage.table.clean = row.stage.tells_unknown = true;  // what is pending cannot be told, as a rule
  add_admission(row);
  add_definitions(row, static_cast<int>(pass));
  leave_out_histories(row.stage);
  if (room_of(row) > most_row_room || row.stage.table.definitions.empty()) return {};
  for (const evaluate::FieldTable& field : row.stage.table.fields) {
    if (field.low > field.high) return {};  // the term has no such date
  }
  cut_stage(row, most_row_room);
  choose_block_rows(row.stage);
  return std::move(row.stage);
}

}  // namespace

RecordStages make_record(PlanContext& context, uint32_t record, uint32_t pass) {
  const ir::Agreement& agreement = context.agreement;
  RecordStages stages;
  stages.record = record;
  stages.pass = pass;
  for (Form form : {Form::seconds, Form::portfolio, Form::lean, Form::general}) {
    if (form == Form::seconds && !suits_seconds(context, record)) continue;
    if (form == Form::portfolio && !suits_portfolio(context, stages)) continue;
    StageBuilder history = make_builder(context, StageGrain::history, record, form);
    StageBuilder facts = make_builder(context, StageGrain::record, record, form);
    facts.history = &history;
    facts.stage.table.clean = evaluate::in_seconds(form);
    add_admission(facts);
    add_definitions(facts, static_cast<int>(pass));
    for (uint32_t id = 0; id < agreement.aggregates.size(); ++id) {
      const ir::Aggregate& aggregate = agreement.aggregates.items[id];
      if (aggregate.record.index == record && aggregate.pass == static_cast<int>(pass)) add_aggregate(facts, id);
    }
    if (pass + 1 == context.plan.tables.passes) {
      add_clocks(facts);
      for (uint32_t id = 0; id < agreement.rights.size(); ++id) add_notables(facts, id);
    }
    if (pass + 1 == context.plan.tables.passes || facts.stage.table.clean) add_faulted(facts);
    add_reasons(facts);
    for (StageBuilder* builder : {&history, &facts}) {
      cut_stage(*builder, room_of_function);
      choose_block_rows(builder->stage);
    }
    stages.history[static_cast<size_t>(form)] = std::move(history.stage);
    stages.facts[static_cast<size_t>(form)] = std::move(facts.stage);
  }
  if (pass + 1 == context.plan.tables.passes) stages.row = make_row(context, record, pass);
  return stages;
}

}  // namespace writ::plan
