// Constants are computed by the value functions and by nothing else, so that a folded rule and an evaluated one cannot differ.
#include <cassert>

#include "ir/build_parts.h"
#include "value/civil.h"

namespace writ::ir {
namespace {

using value::Value;

// The point of a fault is of no interest here: it never becomes part of the agreement.
constexpr uint32_t no_point = 0;

// The value of a leaf; nothing when it is not known before the run.
std::optional<Value> leaf_value(const Expr& expr) {
  if (expr.type.kind == Kind::error) return std::nullopt;
  if (expr.op == Op::constant) return value::given(expr.number);
  if (expr.op != Op::absence) return std::nullopt;
  switch (static_cast<value::State>(static_cast<int>(expr.number))) {
    case value::State::not_yet: return value::not_yet();
    case value::State::none: return value::none();
    case value::State::unknown: return value::unknown();
    case value::State::given:
    case value::State::fault: return std::nullopt;
  }
  return std::nullopt;
}

Value date_value(std::optional<value::Date> date) { return date ? value::given(*date) : value::fault(value::Fault::out_of_range, no_point); }

bool is_date(i128 days) { return days >= value::first_date && days <= value::last_date; }

Value shifted_date(const Agreement& agreement, Op op, const Value& date, const Value& count) {
  if (!value::is_certain(date) || !value::is_certain(count)) return value::unknown();
  if (op == Op::add_days) {
    const i128 days = date.lo + count.lo;
    return date_value(is_date(days) ? std::optional(static_cast<value::Date>(days)) : std::nullopt);
  }
  const i128 most = 12 * 10000;
  if (count.lo < -most || count.lo > most) return date_value(std::nullopt);
  return date_value(value::add_months(static_cast<value::Date>(date.lo), static_cast<int32_t>(count.lo), agreement.month_end));
}

Value fold_chain(Op op, const std::vector<Value>& v) {
  Value result = v[0];
  for (size_t i = 1; i < v.size(); ++i) {
    if (op == Op::and_) result = value::land(result, v[i], no_point);
    if (op == Op::or_) result = value::lor(result, v[i], no_point);
    if (op == Op::min) result = value::minimum(result, v[i], no_point);
    if (op == Op::max) result = value::maximum(result, v[i], no_point);
  }
  return result;
}

// The value of an operation over known operands; nothing where it depends on the run, on a zone or on a calendar.
std::optional<Value> fold(const Agreement& agreement, const Expr& expr, const std::vector<Value>& v) {
  switch (expr.op) {
    case Op::not_: return value::lnot(v[0], no_point);
    case Op::and_:
    case Op::or_:
    case Op::min:
    case Op::max: return fold_chain(expr.op, v);
    case Op::eq: return value::eq(v[0], v[1], no_point);
    case Op::ne: return value::ne(v[0], v[1], no_point);
    case Op::lt: return value::lt(v[0], v[1], no_point);
    case Op::le: return value::le(v[0], v[1], no_point);
    case Op::gt: return value::gt(v[0], v[1], no_point);
    case Op::ge: return value::ge(v[0], v[1], no_point);
    case Op::is_given: return value::is_given(v[0]);
    case Op::add:
    case Op::add_duration: return value::add(v[0], v[1], no_point);
    case Op::sub: return value::sub(v[0], v[1], no_point);
    case Op::between: return value::sub(v[1], v[0], no_point);
    case Op::mul: return value::mul(v[0], v[1], no_point);
    case Op::neg: return value::neg(v[0], no_point);
    case Op::div: return value::div(v[0], v[1], no_point);
    case Op::rescale: return value::rescale(v[0], static_cast<int>(expr.number), no_point);
    case Op::round: return value::round_to(v[0], agreement.exprs[expr.operands[0]].type.scale, expr.type.scale, expr.rounding, no_point);
    case Op::otherwise: return value::otherwise(v[0], v[1]);
    case Op::select:
      if (value::is_true(v[0])) return v[1];
      if (value::is_false(v[0])) return v[2];
      return std::nullopt;
    case Op::add_days:
    case Op::add_months: return shifted_date(agreement, expr.op, v[0], v[1]);
    case Op::first_of_month:
    case Op::last_of_month:
      if (!value::is_certain(v[0])) return std::nullopt;
      return value::given(expr.op == Op::first_of_month ? value::first_of_month(static_cast<value::Date>(v[0].lo))
                                                        : value::last_of_month(static_cast<value::Date>(v[0].lo)));
    case Op::constant:
    case Op::absence:
    case Op::param:
    case Op::field:
    case Op::definition:
    case Op::as_of:
    case Op::period_start:
    case Op::period_end:
    case Op::earliest:
    case Op::latest:
    case Op::date_of:
    case Op::start_of_day:
    case Op::end_of_day:
    case Op::open_between:
    case Op::is_open:
    case Op::is_business_day:
    case Op::business_days_between:
    case Op::next_opening:
    case Op::next_closing:
    case Op::subtract_open:
    case Op::add_business_days:
    case Op::deadline_elapsed:
    case Op::deadline_open:
    case Op::deadline_business_days:
    case Op::deadline_days:
    case Op::deadline_months:
    case Op::history_at:
    case Op::history_first:
    case Op::judge:
    case Op::outcome_is:
    case Op::judge_benchmark:
    case Op::aggregate:
    case Op::at_period:
    case Op::over_periods:
    case Op::prorate: return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Value> fold_node(const Agreement& agreement, const Expr& expr) {
  if (expr.operands.empty()) return std::nullopt;
  std::vector<Value> values;
  for (const ExprId operand : expr.operands) {
    const std::optional<Value> value = leaf_value(agreement.exprs[operand]);
    if (!value) return std::nullopt;
    values.push_back(*value);
  }
  return fold(agreement, expr, values);
}

}  // namespace

ExprId add_node(Agreement& agreement, Expr expr) {
  const std::optional<Value> value = fold_node(agreement, expr);
  // A fault, an unknown and a true fraction stay as they are written: the evaluators make them.
  if (value && value::is_certain(*value) && value->lo_den == 1) return make_constant(agreement, expr.type, value->lo, expr.span);
  return agreement.exprs.add(std::move(expr));
}

std::optional<i128> constant_of(const Agreement& agreement, ExprId id) {
  const Expr& expr = agreement.exprs[id];
  if (expr.op != Op::constant || expr.type.kind == Kind::error) return std::nullopt;
  return expr.number;
}

std::optional<value::Value> value_of(const Agreement& agreement, ExprId id) {
  const std::optional<Value> leaf = leaf_value(agreement.exprs[id]);
  return leaf ? leaf : fold_node(agreement, agreement.exprs[id]);
}

std::optional<value::Fault> constant_fault(const Agreement& agreement, ExprId id) {
  const std::optional<Value> value = fold_node(agreement, agreement.exprs[id]);
  if (!value || !value::is_fault(*value)) return std::nullopt;
  return value->fault;
}

}  // namespace writ::ir
