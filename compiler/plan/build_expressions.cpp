// Expressions of ir as steps: one case an operation, in the order of ir::Op.
#include <cassert>

#include "evaluate/codes.h"
#include "ir/reads.h"
#include "plan/debug.h"
#include "plan/make_parts.h"
#include "value/civil.h"

namespace writ::plan {

namespace {

using ir::Kind;
using value::State;

// Numbers without a declared range are taken to be at most this size; where one is not, the general form of the stage is used.
constexpr int64_t usual_size = int64_t{1} << 50;

// Values that a fact or parameter of this type can have.
Facts declared(const ir::Agreement& agreement, const ir::Type& type, Form form) {
  if (form == Form::general) {
    Facts f = anything();
    f.fault = false;
    f.certain = f.whole = true;
    f.low = INT64_MIN, f.high = INT64_MAX;
    return f;
  }
  Facts f = within(-usual_size, usual_size);
  switch (type.kind) {
    case Kind::boolean: f = truth_facts(); break;
    case Kind::date: f = within(value::first_date, value::last_date); break;
    case Kind::time: f = within(0, 24 * 60); break;
    case Kind::instant: f = within((value::first_date + 2) * value::us_per_day, (value::last_date - 2) * value::us_per_day); break;
    case Kind::enumeration: f = within(0, static_cast<i128>(agreement.enums[type.enumeration].members.size()) - 1); break;
    case Kind::text: f = within(0, INT32_MAX); break;
    case Kind::error:
    case Kind::number:
    case Kind::ratio:
    case Kind::money:
    case Kind::duration:
    case Kind::period:
    case Kind::open_time:
    case Kind::open_days: break;
  }
  if (type.has_range && type.low >= INT64_MIN && type.high <= INT64_MAX) f.low = type.low, f.high = type.high;
  f.not_yet = type.absence == ir::Absence::not_yet;
  f.none = type.absence == ir::Absence::none;
  f.unknown = type.may_be_unknown;
  return f;
}

const ir::Field& field_of(const StageBuilder& builder, uint32_t field) {
  const ir::Record& record = builder.context->agreement.records.items[builder.stage.of];
  return builder.stage.grain == StageGrain::history ? record.history->fields[field] : record.fields[field];
}

evaluate::Horizon horizon_of(const ir::Type& type) {
  if (type.absence != ir::Absence::not_yet) return evaluate::Horizon::none;
  if (type.kind == Kind::instant) return evaluate::Horizon::instant;
  return type.kind == Kind::date ? evaluate::Horizon::date : evaluate::Horizon::none;
}

evaluate::BenchmarkCode benchmark_code(ir::TooFew too_few) {
  switch (too_few) {
    case ir::TooFew::not_measured: return evaluate::BenchmarkCode::not_measured;
    case ir::TooFew::met: return evaluate::BenchmarkCode::met;
    case ir::TooFew::missed: return evaluate::BenchmarkCode::missed;
  }
  assert(false);
  return evaluate::BenchmarkCode::not_measured;
}

evaluate::PeriodFold period_fold(ir::Fold fold) {
  switch (fold) {
    case ir::Fold::sum: return evaluate::PeriodFold::sum;
    case ir::Fold::minimum: return evaluate::PeriodFold::minimum;
    case ir::Fold::maximum: return evaluate::PeriodFold::maximum;
    case ir::Fold::count_true: return evaluate::PeriodFold::count_true;
  }
  assert(false);
  return evaluate::PeriodFold::sum;
}

evaluate::ParamTable param_limits(const ir::Agreement& agreement, uint32_t param) {
  const Facts f = declared(agreement, agreement.params.items[param].type, Form::lean);
  return {static_cast<int64_t>(f.low), static_cast<int64_t>(f.high)};
}

// Of a clean stage: the field that places a record in the term lies in it.
void bound_by_term(const StageBuilder& builder, const ir::Type& type, Step& step) {
  const evaluate::Tables& tables = builder.context->plan.tables;
  if (type.kind == Kind::date) {
    const value::Date first = value::date_of(tables.zone, tables.term_start);
    step.facts.low = value::start_of_day(tables.zone, first) < tables.term_start ? first + 1 : first;
    step.facts.high = value::date_of(tables.zone, tables.term_end - 1);
    return;
  }
  const int64_t unit = step.seconds ? value::us_per_second : 1;
  step.facts.low = tables.term_start / unit;
  step.facts.high = tables.term_end / unit - 1;
}

// Of a clean stage: what it is trusted not to find after the horizon, so that nothing has to be hidden.
evaluate::Horizon trusted_seen(const StageBuilder& builder, uint32_t field, const ir::Type& type, const Step& step) {
  if (!builder.stage.table.clean) return evaluate::Horizon::none;
  const bool places = field == builder.context->plan.tables.records[builder.stage.of].since;
  const bool instant = step.seconds || (type.kind == Kind::instant && (places || type.absence == ir::Absence::not_yet));
  return instant ? evaluate::Horizon::instant : places ? evaluate::Horizon::date : evaluate::Horizon::none;
}

// A column of the stage; `step.index` becomes its number there.
void add_column(StageBuilder& builder, uint32_t field, Step& step) {
  const ir::Type& type = field_of(builder, field).type;
  step.op = Op::field;
  step.facts = declared(builder.context->agreement, type, builder.form);
  step.seconds = evaluate::in_seconds(builder.form) && type.kind == Kind::instant;
  if (step.seconds) step.facts.low = -usual_second, step.facts.high = usual_second;
  if (builder.stage.table.clean && field == builder.context->plan.tables.records[builder.stage.of].since) bound_by_term(builder, type, step);
  std::vector<evaluate::FieldTable>& fields = builder.stage.table.fields;
  const auto is_it = [&](const evaluate::FieldTable& table) { return table.param == evaluate::no_index && table.field == field; };
  while (step.index < fields.size() && !is_it(fields[step.index])) ++step.index;
  if (step.index != fields.size()) return;
  const Facts& f = step.facts;
  evaluate::FieldTable table;
  table.field = field;
  table.lane = lane_of(builder.stage, step);
  table.low = static_cast<int64_t>(f.low), table.high = static_cast<int64_t>(f.high);
  table.not_yet = f.not_yet, table.none = f.none, table.unknown = f.unknown;
  table.missing = missing_state(type);
  if (step.seconds) table.unit = value::us_per_second;
  table.seen = trusted_seen(builder, field, type, step);
  fields.push_back(table);
}

SlotId add_field(StageBuilder& builder, uint32_t field) {
  assert(builder.stage.grain != StageGrain::totals);
  Step step;
  add_column(builder, field, step);
  if (builder.stage.table.fields[step.index].seen == evaluate::Horizon::none) step.horizon = horizon_of(field_of(builder, field).type);
  if (step.horizon != evaluate::Horizon::none) step.facts.not_yet = true;
  const SlotId slot = add_step(builder, std::move(step));
  name_field(builder, slot, field_of(builder, field));
  return slot;
}

// Of rows of many agreements: a column with what a total came to for the agreement of the row, as long as that is usual.
SlotId add_aggregate_column(StageBuilder& builder, uint32_t aggregate) {
  const bool counts = builder.context->plan.tables.aggregates[aggregate].rule.fold == value::AggregateFold::count;
  Step step;
  step.op = Op::field;
  if (builder.stage.narrow) {
    step.facts = counts ? within(0, INT16_MAX) : within(-INT32_MAX, INT32_MAX);
  } else {
    step.facts = counts ? within(0, INT32_MAX) : within(-usual_size, usual_size);
  }
  std::vector<evaluate::FieldTable>& fields = builder.stage.table.fields;
  while (step.index < fields.size() && fields[step.index].aggregate != aggregate) ++step.index;
  if (step.index == fields.size()) {
    evaluate::FieldTable table;
    table.aggregate = aggregate;
    table.lane = lane_of(builder.stage, step);
    table.low = static_cast<int64_t>(step.facts.low), table.high = static_cast<int64_t>(step.facts.high);
    fields.push_back(table);
  }
  return add_step(builder, std::move(step));
}

// Of rows of many agreements: a column, in which each row has the value of its agreement.
SlotId add_param_column(StageBuilder& builder, uint32_t param) {
  const evaluate::ParamTable limits = param_limits(builder.context->agreement, param);
  Step step;
  step.op = Op::field;
  step.facts = within(limits.low, limits.high);
  std::vector<evaluate::FieldTable>& fields = builder.stage.table.fields;
  while (step.index < fields.size() && fields[step.index].param != param) ++step.index;
  if (step.index == fields.size()) {
    evaluate::FieldTable table;
    if (builder.stage.grain == StageGrain::record) table.field = builder.context->plan.tables.records[builder.stage.of].fields + param;
    table.param = param;
    table.lane = lane_of(builder.stage, step);
    fields.push_back(table);  // its numbers are known to lie within the limits before there are rows
  }
  return add_step(builder, std::move(step));
}

SlotId add_param(StageBuilder& builder, uint32_t param) {
  if (builder.form == Form::portfolio) return add_param_column(builder, param);
  const ir::Agreement& agreement = builder.context->agreement;
  Step step;
  step.op = Op::param;
  step.index = param;
  step.facts = declared(agreement, agreement.params.items[param].type, builder.form);
  // Parameters are all given. Without trust in their range they may be of any size.
  step.facts.not_yet = step.facts.none = step.facts.unknown = false;
  if (builder.form == Form::general) step.facts.low = value::i128_min, step.facts.high = value::i128_max;
  const SlotId slot = add_step(builder, std::move(step));
  name_param(builder, slot, agreement.params.items[param]);
  return slot;
}

bool asks_for_periods(ir::Op op) {
  return op == ir::Op::aggregate || op == ir::Op::at_period || op == ir::Op::over_periods || op == ir::Op::prorate || op == ir::Op::period_start ||
         op == ir::Op::period_end || op == ir::Op::judge_benchmark;
}

// A value of the agreement that only its parameters decide. Rows make it again, as narrow as the ranges of the parameters allow.
bool is_of_params(const PlanContext& context, ir::DefinitionId id) {
  const evaluate::DefinitionTable& table = context.plan.tables.definitions[id.index];
  if (context.sources != nullptr || table.grain != evaluate::GrainOf::agreement || table.pass != -1) return false;
  std::vector<ir::ExprId> waiting;
  std::set<uint32_t> seen, seen_definitions;
  const auto add = [&](ir::DefinitionId read) {
    if (!seen_definitions.insert(read.index).second) return;
    const ir::Definition& definition = context.agreement.definitions[read];
    if (definition.base) waiting.push_back(*definition.base);
    for (const ir::Case& one : definition.cases) waiting.insert(waiting.end(), {one.guard, one.result});
  };
  add(id);
  while (!waiting.empty()) {
    const ir::ExprId at = waiting.back();
    waiting.pop_back();
    if (!at.valid() || !seen.insert(at.index).second) continue;
    const ir::Expr& expr = context.agreement.exprs[at];
    if (asks_for_periods(expr.op)) return false;
    if (expr.op == ir::Op::definition) add(expr.definition);
    waiting.insert(waiting.end(), expr.operands.begin(), expr.operands.end());
  }
  return true;
}

SlotId add_definition_use(StageBuilder& builder, ir::DefinitionId definition) {
  if (builder.definitions[definition.index].valid()) return builder.definitions[definition.index];
  const evaluate::DefinitionTable& table = builder.context->plan.tables.definitions[definition.index];
  if (table.grain == evaluate::GrainOf::record) {
    assert(builder.stage.grain == StageGrain::record);
    return add_definition(builder, definition);
  }
  if ((builder.stage.grain == StageGrain::record || builder.stage.grain == StageGrain::portfolio) && builder.form != Form::general &&
      is_of_params(*builder.context, definition)) {
    return add_definition(builder, definition);
  }
  Step step;
  step.op = Op::closed;
  step.index = definition.index;
  step.facts = builder.context->closed[definition.index];
  return add_step(builder, std::move(step));
}

SlotId add_chain(StageBuilder& builder, Op op, const ir::Expr& expr, uint32_t point) {
  SlotId all = add_expression(builder, expr.operands[0], point);
  for (size_t i = 1; i < expr.operands.size(); ++i) {
    const SlotId next = add_expression(builder, expr.operands[i], point);
    Step step;
    step.op = op;
    step.operands = {all, next};
    step.point = point;
    all = add_step(builder, std::move(step));
  }
  return all;
}

Op plain_op(ir::Op op);

}  // namespace

uint32_t add_predicate(StageBuilder& builder, ir::ExprId condition, uint32_t point) {
  if (!condition.valid()) return evaluate::no_index;
  assert(builder.history != nullptr);
  SlotId slot = add_expression(*builder.history, condition, point);
  const Step& made = builder.history->stage.steps[slot.index];
  if (made.lane != Lane::truth || may_be_absent(made.facts)) {
    // A condition that is itself with itself is a truth, and a fault where it is absent.
    Step step;
    step.op = Op::and_;
    step.operands = {slot, slot};
    step.point = point;
    slot = add_step(*builder.history, std::move(step));
  }
  const uint32_t stored = store(*builder.history, slot);
  std::vector<uint32_t>& predicates = builder.history->stage.table.predicates;
  for (uint32_t i = 0; i < predicates.size(); ++i) {
    if (predicates[i] == stored) return i;
  }
  predicates.push_back(stored);
  return static_cast<uint32_t>(predicates.size() - 1);
}

State missing_state(const ir::Type& type) {
  switch (type.absence) {
    case ir::Absence::not_yet: return State::not_yet;
    case ir::Absence::none: return State::none;
    case ir::Absence::never: break;
  }
  return type.may_be_unknown ? State::unknown : State::none;
}

SlotId add_raw_field(StageBuilder& builder, uint32_t field) {
  Step step;
  add_column(builder, field, step);
  return add_step(builder, std::move(step));
}

SlotId add_expression(StageBuilder& builder, ir::ExprId id, uint32_t point) {
  const ir::Agreement& agreement = builder.context->agreement;
  if (builder.expressions.empty()) builder.expressions.resize(agreement.exprs.size());
  const uint64_t again = uint64_t{id.index} << 32 | point;
  const SlotAtPoint& first = builder.expressions[id.index];
  if (first.slot.valid() && first.point == point) return first.slot;
  if (first.slot.valid()) {
    const auto found = builder.expressions_again.find(again);
    if (found != builder.expressions_again.end()) return found->second;
  }
  const ir::Expr& expr = agreement.exprs[id];
  const At at(builder, expr.span);
  const auto remember = [&](SlotId slot) {
    SlotAtPoint& known = builder.expressions[id.index];
    if (known.slot.valid()) {
      builder.expressions_again.emplace(again, slot);
    } else {
      known = {point, slot};
    }
    return slot;
  };

  switch (expr.op) {
    case ir::Op::constant: return remember(add_constant(builder, expr.number));
    case ir::Op::absence: {
      Step step;
      step.op = Op::wide_constant;
      step.state = static_cast<State>(static_cast<uint8_t>(expr.number));
      return remember(add_step(builder, std::move(step)));
    }
    case ir::Op::param: return remember(add_param(builder, expr.param.index));
    case ir::Op::field: return remember(add_field(builder, expr.field));
    case ir::Op::definition: return remember(add_definition_use(builder, expr.definition));
    case ir::Op::and_:
    case ir::Op::or_:
    case ir::Op::min:
    case ir::Op::max:
    case ir::Op::earliest:
    case ir::Op::latest: return remember(add_chain(builder, plain_op(expr.op), expr, point));
    case ir::Op::as_of:
    case ir::Op::period_start:
    case ir::Op::period_end:
    case ir::Op::not_:
    case ir::Op::eq:
    case ir::Op::ne:
    case ir::Op::lt:
    case ir::Op::le:
    case ir::Op::gt:
    case ir::Op::ge:
    case ir::Op::is_given:
    case ir::Op::add:
    case ir::Op::sub:
    case ir::Op::mul:
    case ir::Op::neg:
    case ir::Op::div:
    case ir::Op::rescale:
    case ir::Op::round:
    case ir::Op::otherwise:
    case ir::Op::select:
    case ir::Op::add_duration:
    case ir::Op::between:
    case ir::Op::date_of:
    case ir::Op::start_of_day:
    case ir::Op::end_of_day:
    case ir::Op::add_days:
    case ir::Op::add_months:
    case ir::Op::open_between:
    case ir::Op::is_open:
    case ir::Op::is_business_day:
    case ir::Op::business_days_between:
    case ir::Op::next_opening:
    case ir::Op::next_closing:
    case ir::Op::subtract_open:
    case ir::Op::add_business_days:
    case ir::Op::first_of_month:
    case ir::Op::last_of_month:
    case ir::Op::deadline_elapsed:
    case ir::Op::deadline_open:
    case ir::Op::deadline_business_days:
    case ir::Op::deadline_days:
    case ir::Op::deadline_months:
    case ir::Op::history_at:
    case ir::Op::history_first:
    case ir::Op::judge:
    case ir::Op::outcome_is:
    case ir::Op::judge_benchmark:
    case ir::Op::aggregate:
    case ir::Op::at_period:
    case ir::Op::over_periods:
    case ir::Op::prorate: break;
  }

  Step step;
  step.op = plain_op(expr.op);
  step.point = point;
  for (ir::ExprId operand : expr.operands) step.operands.push_back(add_expression(builder, operand, point));
  step.number = expr.number;
  step.strict = expr.strict;
  step.predicate = add_predicate(builder, expr.pause, point);
  if (expr.calendar.valid()) step.index = expr.calendar.index;
  if (expr.op == ir::Op::round) {
    step.number = 0;
    step.rounding = expr.rounding;
    step.index = static_cast<uint32_t>(agreement.exprs[expr.operands[0]].type.scale);
    step.index2 = static_cast<uint32_t>(expr.type.scale);
  }
  if (expr.op == ir::Op::history_at) {
    step.index = expr.field;
    const ir::Record& record = agreement.records.items[builder.stage.of];
    const ir::Type& type = record.history->fields[expr.field].type;
    step.index2 = static_cast<uint32_t>(horizon_of(type));
    step.facts = declared(agreement, type, Form::general);
    step.facts.fault = true;
  }
  if (expr.op == ir::Op::history_first) {
    step.facts = within(INT64_MIN, INT64_MAX);
    step.facts.not_yet = step.facts.unknown = step.facts.fault = true;
  }
  if (builder.stage.grain == StageGrain::portfolio && expr.op == ir::Op::aggregate) return remember(add_aggregate_column(builder, expr.aggregate.index));
  // Of periods that are all whole, which alone are evaluated so.
  if (builder.stage.grain == StageGrain::portfolio && expr.op == ir::Op::prorate) return remember(step.operands[0]);
  if (expr.op == ir::Op::judge_benchmark) {
    step.index = builder.stage.grain == StageGrain::totals ? builder.stage.of : evaluate::no_index;
    step.index2 = static_cast<uint32_t>(benchmark_code(expr.too_few));
  }
  if (expr.op == ir::Op::aggregate) {
    step.index = expr.aggregate.index;
    step.facts = anything();
    step.facts.not_yet = false;
    const value::AggregateRule& rule = builder.context->plan.tables.aggregates[step.index].rule;
    if (rule.fold != value::AggregateFold::mean) step.facts.whole = true;
    if (rule.fold == value::AggregateFold::count) step.facts.low = 0, step.facts.high = INT64_MAX;
    if (rule.fold == value::AggregateFold::minimum || rule.fold == value::AggregateFold::maximum) step.facts.certain = true;
  }
  if (expr.op == ir::Op::at_period) {
    step.index = expr.definition.index;
    step.index2 = ir::counts_records(builder.context->agreement, expr.definition) ? 1 : 0;
    step.facts = builder.context->closed[step.index];
    step.facts.none = step.facts.unknown = step.facts.fault = true;
    step.facts.certain = true;
  }
  if (expr.op == ir::Op::over_periods) {
    step.index = expr.definition.index;
    step.index2 = static_cast<uint32_t>(period_fold(expr.fold));
    step.facts = anything();
    step.facts.not_yet = false;
  }
  const bool of_period = expr.op == ir::Op::period_start || expr.op == ir::Op::period_end || expr.op == ir::Op::prorate;
  if (of_period) step.index = builder.stage.of;
  return remember(add_step(builder, std::move(step)));
}

namespace {

Op plain_op(ir::Op op) {
  switch (op) {
    case ir::Op::constant: return Op::constant;
    case ir::Op::absence: return Op::wide_constant;
    case ir::Op::param: return Op::param;
    case ir::Op::field: return Op::field;
    case ir::Op::definition: return Op::closed;
    case ir::Op::as_of: return Op::as_of;
    case ir::Op::period_start: return Op::period_start;
    case ir::Op::period_end: return Op::period_end;
    case ir::Op::not_: return Op::not_;
    case ir::Op::and_: return Op::and_;
    case ir::Op::or_: return Op::or_;
    case ir::Op::eq: return Op::eq;
    case ir::Op::ne: return Op::ne;
    case ir::Op::lt: return Op::lt;
    case ir::Op::le: return Op::le;
    case ir::Op::gt: return Op::gt;
    case ir::Op::ge: return Op::ge;
    case ir::Op::is_given: return Op::is_given;
    case ir::Op::add: return Op::add;
    case ir::Op::sub: return Op::sub;
    case ir::Op::mul: return Op::mul;
    case ir::Op::neg: return Op::neg;
    case ir::Op::div: return Op::div;
    case ir::Op::min: return Op::min;
    case ir::Op::max: return Op::max;
    case ir::Op::rescale: return Op::rescale;
    case ir::Op::round: return Op::round;
    case ir::Op::otherwise: return Op::otherwise;
    case ir::Op::select: return Op::select;
    case ir::Op::earliest: return Op::earliest;
    case ir::Op::latest: return Op::latest;
    case ir::Op::add_duration: return Op::add_duration;
    case ir::Op::between: return Op::between;
    case ir::Op::date_of: return Op::date_of;
    case ir::Op::start_of_day: return Op::start_of_day;
    case ir::Op::end_of_day: return Op::end_of_day;
    case ir::Op::add_days: return Op::add_days;
    case ir::Op::add_months: return Op::add_months;
    case ir::Op::first_of_month: return Op::first_of_month;
    case ir::Op::last_of_month: return Op::last_of_month;
    case ir::Op::open_between: return Op::open_between;
    case ir::Op::is_open: return Op::is_open;
    case ir::Op::is_business_day: return Op::is_business_day;
    case ir::Op::business_days_between: return Op::business_days_between;
    case ir::Op::next_opening: return Op::next_opening;
    case ir::Op::next_closing: return Op::next_closing;
    case ir::Op::subtract_open: return Op::subtract_open;
    case ir::Op::add_business_days: return Op::add_business_days;
    case ir::Op::deadline_elapsed: return Op::deadline_elapsed;
    case ir::Op::deadline_open: return Op::deadline_open;
    case ir::Op::deadline_business_days: return Op::deadline_business_days;
    case ir::Op::deadline_days: return Op::deadline_days;
    case ir::Op::deadline_months: return Op::deadline_months;
    case ir::Op::history_at: return Op::history_at;
    case ir::Op::history_first: return Op::history_first;
    case ir::Op::judge: return Op::judge;
    case ir::Op::outcome_is: return Op::outcome_is;
    case ir::Op::judge_benchmark: return Op::judge_benchmark;
    case ir::Op::aggregate: return Op::aggregate;
    case ir::Op::at_period: return Op::at_period;
    case ir::Op::over_periods: return Op::over_periods;
    case ir::Op::prorate: return Op::prorate;
  }
  assert(false);
  return Op::constant;
}

}  // namespace

void set_param_limits(PlanContext& context) {
  for (uint32_t i = 0; i < context.agreement.params.size(); ++i) context.plan.tables.params[i] = param_limits(context.agreement, i);
}

}  // namespace writ::plan
