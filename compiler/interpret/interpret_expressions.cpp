// The one switch over the operations, and the decision of a definition.
#include <algorithm>
#include <cassert>

#include "interpret/place.h"
#include "value/decide.h"

namespace writ::interpret {

using ir::Op;
using value::Value;

namespace {

Value state_value(value::State state) {
  switch (state) {
    case value::State::not_yet: return value::not_yet();
    case value::State::none: return value::none();
    case value::State::unknown: return value::unknown();
    case value::State::given:
    case value::State::fault: break;  // check writes no such constant
  }
  assert(false);
  return value::unknown();
}

Value definition_value(const Place& place, ir::DefinitionId id) {
  const ir::Grain& grain = agreement_of(place).definitions[id].grain;
  switch (grain.of) {
    case ir::Grain::Of::record: assert(place.slots != nullptr); return (*place.slots)[place.tables->slots[id.index]];
    case ir::Grain::Of::period: assert(place.period_kind == grain.period); return place.closed->values[id.index][place.period];
    case ir::Grain::Of::agreement: return place.closed->values[id.index][0];
    case ir::Grain::Of::history: break;
  }
  assert(false);  // conditions over history rows are expressions, never definitions
  return value::unknown();
}

Value period_bound(const Place& place, size_t offset) {
  assert(place.period_kind);
  return value::given(grid_of(*place.tables, *place.period_kind).bounds[place.period + offset]);
}

// Only the state of the chosen branch matters; when the condition is not known, the branches decide if they are one value.
Value select(const Value& condition, const Value& then, const Value& otherwise, uint32_t point) {
  switch (condition.state) {
    case value::State::given: return value::is_true(condition) ? then : otherwise;
    case value::State::unknown: return then.state == value::State::given && value::same(then, otherwise) ? then : value::unknown();
    case value::State::fault: return condition;
    case value::State::not_yet:
    case value::State::none: return value::fault(value::Fault::absent, point);
  }
  return value::unknown();
}

using Binary = Value (*)(const Value&, const Value&, uint32_t);

Value fold_all(const std::vector<Value>& operands, Binary combine, uint32_t point) {
  Value result = operands[0];
  for (size_t i = 1; i < operands.size(); ++i) result = combine(result, operands[i], point);
  return result;
}

}  // namespace

Value evaluate(const Place& place, ir::ExprId id) {
  const ir::Expr& expr = expr_of(place, id);
  const uint32_t point = place.point;
  const auto operand = [&](size_t i) { return evaluate(place, expr.operands[i]); };
  const auto operands = [&] {
    std::vector<Value> values;
    for (ir::ExprId each : expr.operands) values.push_back(evaluate(place, each));
    return values;
  };
  switch (expr.op) {
    case Op::constant: return value::given(expr.number);
    case Op::absence: return state_value(static_cast<value::State>(expr.number));
    case Op::param: return place.inputs->params[expr.param.index];
    case Op::field: return field_value(place, expr.field);
    case Op::definition: return definition_value(place, expr.definition);
    case Op::as_of: return value::given(place.inputs->as_of);
    case Op::period_start: return period_bound(place, 0);
    case Op::period_end: return period_bound(place, 1);

    case Op::not_: return value::lnot(operand(0), point);
    case Op::and_: return fold_all(operands(), value::land, point);
    case Op::or_: return fold_all(operands(), value::lor, point);
    case Op::eq: return value::eq(operand(0), operand(1), point);
    case Op::ne: return value::ne(operand(0), operand(1), point);
    case Op::lt: return value::lt(operand(0), operand(1), point);
    case Op::le: return value::le(operand(0), operand(1), point);
    case Op::gt: return value::gt(operand(0), operand(1), point);
    case Op::ge: return value::ge(operand(0), operand(1), point);
    case Op::is_given: return value::is_given(operand(0));

    case Op::add: return value::add(operand(0), operand(1), point);
    case Op::sub: return value::sub(operand(0), operand(1), point);
    case Op::mul: return value::mul(operand(0), operand(1), point);
    case Op::neg: return value::neg(operand(0), point);
    case Op::div: return value::div(operand(0), operand(1), point);
    case Op::min: return fold_all(operands(), value::minimum, point);
    case Op::max: return fold_all(operands(), value::maximum, point);
    case Op::rescale: return value::rescale(operand(0), static_cast<int>(expr.number), point);
    case Op::round: return value::round_to(operand(0), expr_of(place, expr.operands[0]).type.scale, expr.type.scale, expr.rounding, point);

    case Op::otherwise: return value::otherwise(operand(0), operand(1));
    case Op::select: return select(operand(0), operand(1), operand(2), point);

    case Op::earliest: return earliest(operands(), point);
    case Op::latest: return latest(operands(), point);
    case Op::add_duration: return add_duration(place, operand(0), operand(1));
    case Op::between: return value::sub(operand(1), operand(0), point);
    case Op::date_of: return date_of(place, operand(0));
    case Op::start_of_day: return start_of_day(place, operand(0));
    case Op::end_of_day: return end_of_day(place, operand(0));
    case Op::add_days: return add_days(place, operand(0), operand(1));
    case Op::add_months: return add_months(place, operand(0), operand(1));
    case Op::first_of_month: return first_of_month(place, operand(0));
    case Op::last_of_month: return last_of_month(place, operand(0));

    case Op::open_between: return open_between(place, expr.calendar, operand(0), operand(1));
    case Op::is_open: return is_open(place, expr.calendar, operand(0));
    case Op::is_business_day: return is_business_day(place, expr.calendar, operand(0));
    case Op::business_days_between: return business_days_between(place, expr.calendar, operand(0), operand(1));
    case Op::next_opening: return next_opening(place, expr.calendar, operand(0));
    case Op::next_closing: return next_closing(place, expr.calendar, operand(0));
    case Op::subtract_open: return subtract_open(place, expr.calendar, operand(0), operand(1));
    case Op::add_business_days: return add_business_days(place, expr.calendar, operand(0), operand(1));

    case Op::deadline_elapsed:
    case Op::deadline_open:
    case Op::deadline_business_days:
    case Op::deadline_days:
    case Op::deadline_months: return deadline(place, expr);

    case Op::history_at: return history_at(place, expr.field, operand(0));
    case Op::history_first: return history_first(place, expr.pause);

    case Op::judge: return judge(place, expr);
    case Op::outcome_is: return outcome_is(place, operand(0), expr.number);
    case Op::judge_benchmark: return judge_benchmark(place, expr);

    case Op::aggregate: return aggregate_value(place, expr.aggregate);
    case Op::at_period: return at_period(place, expr.definition, operand(0));
    case Op::over_periods: return over_periods(place, expr.definition, expr.fold);
    case Op::prorate: return prorate(place, operand(0));
  }
  assert(false);
  return value::unknown();
}

Decided decide_definition(Place place, const ir::Definition& definition) {
  const size_t words = (definition.cases.size() + 63) / 64;
  std::vector<value::CaseState> cases;
  std::vector<uint64_t> overridden_by;
  const bool some_override = std::any_of(definition.cases.begin(), definition.cases.end(), [](const ir::Case& each) { return !each.overridden_by.empty(); });
  for (const ir::Case& each : definition.cases) {
    place.point = each.point;
    cases.push_back({evaluate(place, each.guard), evaluate(place, each.result)});
    if (!some_override) continue;
    for (size_t word = 0; word < words; ++word) overridden_by.push_back(word < each.overridden_by.size() ? each.overridden_by[word] : 0);
  }
  place.point = definition.point;
  std::optional<Value> base;
  if (definition.base) base = evaluate(place, *definition.base);
  std::vector<uint64_t> held(words, 0);
  const Value decided = value::decide_many(cases, overridden_by, words, base ? &*base : nullptr, definition.point, held);
  const size_t count = cases.size();
  return {decided, count > value::most_held_bits ? value::held_word(count, overridden_by, held) : held.empty() ? 0 : held[0]};
}

}  // namespace writ::interpret
