// Arithmetic of numbers, money and durations: units, scales and ranges.
#include <algorithm>
#include <cassert>

#include "ir/build_parts.h"

namespace writ::ir {
namespace {

struct Range {
  i128 low = 0, high = 0;
};

// A range is kept only while its ends fit: without one nothing is claimed.
Type ranged(Type type, std::optional<Range> range) { return range ? with_range(type, range->low, range->high) : without_range(type); }

std::optional<Range> range_of(const Type& type) {
  if (!type.has_range) return std::nullopt;
  return Range{type.low, type.high};
}

std::optional<Range> sum_range(const Type& a, const Type& b) {
  Range out;
  if (!a.has_range || !b.has_range) return std::nullopt;
  if (value::add_overflows(a.low, b.low, out.low) || value::add_overflows(a.high, b.high, out.high)) return std::nullopt;
  return out;
}

std::optional<Range> difference_range(const Type& a, const Type& b) {
  Range out;
  if (!a.has_range || !b.has_range) return std::nullopt;
  if (value::sub_overflows(a.low, b.high, out.low) || value::sub_overflows(a.high, b.low, out.high)) return std::nullopt;
  return out;
}

std::optional<Range> product_range(const Type& a, const Type& b) {
  if (!a.has_range || !b.has_range) return std::nullopt;
  std::optional<Range> out;
  for (const i128 x : {a.low, a.high}) {
    for (const i128 y : {b.low, b.high}) {
      i128 product = 0;
      if (value::mul_overflows(x, y, product)) return std::nullopt;
      if (!out) out = Range{product, product};
      out->low = std::min(out->low, product);
      out->high = std::max(out->high, product);
    }
  }
  return out;
}

bool is_timed(Kind kind) { return kind == Kind::duration || kind == Kind::open_time; }

Type common_of(const Agreement& agreement, const std::vector<ExprId>& operands) {
  Type common = certain_type(type_of(agreement, operands[0]));
  for (const ExprId id : operands) {
    const std::optional<Type> next = common_type(common, certain_type(type_of(agreement, id)));
    assert(next);
    common = *next;
  }
  return common;
}

std::vector<ExprId> adapted(Agreement& agreement, std::vector<ExprId> operands, const Type& common, Span span) {
  for (ExprId& id : operands) id = adapt(agreement, id, common, span);
  return operands;
}

ExprId make_extreme(Agreement& agreement, Op op, const std::vector<ExprId>& operands, Span span) {
  assert(!operands.empty());
  if (any_error(agreement, operands)) return make_error(agreement, span);
  if (operands.size() == 1) return operands[0];
  Type type = common_of(agreement, operands);
  const std::vector<ExprId> ready = adapted(agreement, operands, type, span);
  if (type.has_range) {
    Range range{type_of(agreement, ready[0]).low, type_of(agreement, ready[0]).high};
    for (const ExprId id : ready) {
      const Type& each = type_of(agreement, id);
      range.low = op == Op::min ? std::min(range.low, each.low) : std::max(range.low, each.low);
      range.high = op == Op::min ? std::min(range.high, each.high) : std::max(range.high, each.high);
    }
    type = with_range(type, range.low, range.high);
  }
  return add_node(agreement, node(op, type, ready, span));
}

// The unit of a product: that of the operand that has one.
Type product_type(const Type& a, const Type& b) {
  const bool a_timed = is_timed(a.kind);
  if (a_timed || is_timed(b.kind)) {
    const Type& timed = a_timed ? a : b;
    assert((a_timed ? b : a).kind == Kind::number && (a_timed ? b : a).scale == 0);
    return certain_type(timed);
  }
  assert(is_numeric(a) && is_numeric(b) && !(a.currency.valid() && b.currency.valid()));
  Type type = number_type(a.scale + b.scale);
  type.currency = a.currency.valid() ? a.currency : b.currency;
  if (type.currency.valid()) type.kind = Kind::money;
  if (a.kind == Kind::ratio || b.kind == Kind::ratio) type.kind = Kind::ratio;
  type.percent = !type.currency.valid() && (a.percent || b.percent);
  return type;
}

ExprId make_product(Agreement& agreement, ExprId left, ExprId right, bool percent_of_whole, Span span) {
  if (any_error(agreement, {left, right})) return make_error(agreement, span);
  const Type a = type_of(agreement, left);
  const Type b = type_of(agreement, right);
  Type type = ranged(product_type(a, b), product_range(a, b));
  if (percent_of_whole) type.percent = b.percent;
  type.may_be_unknown = a.may_be_unknown || b.may_be_unknown;
  return add_node(agreement, node(Op::mul, type, {left, right}, span));
}

}  // namespace

ExprId make_add(Agreement& agreement, ExprId left, ExprId right, Span span) {
  if (any_error(agreement, {left, right})) return make_error(agreement, span);
  Type type = common_of(agreement, {left, right});
  const std::vector<ExprId> ready = adapted(agreement, {left, right}, type, span);
  type.metric = {};
  return add_node(agreement, node(Op::add, ranged(type, sum_range(type_of(agreement, ready[0]), type_of(agreement, ready[1]))), ready, span));
}

ExprId make_sub(Agreement& agreement, ExprId left, ExprId right, Span span) {
  if (any_error(agreement, {left, right})) return make_error(agreement, span);
  Type type = common_of(agreement, {left, right});
  const std::vector<ExprId> ready = adapted(agreement, {left, right}, type, span);
  type.metric = {};
  if (type.kind == Kind::date) {
    const bool unknown = type.may_be_unknown;
    type = number_type(0);
    type.may_be_unknown = unknown;
  }
  return add_node(agreement, node(Op::sub, ranged(type, difference_range(type_of(agreement, ready[0]), type_of(agreement, ready[1]))), ready, span));
}

ExprId make_mul(Agreement& agreement, ExprId left, ExprId right, Span span) { return make_product(agreement, left, right, false, span); }
ExprId make_of(Agreement& agreement, ExprId share, ExprId whole, Span span) { return make_product(agreement, share, whole, true, span); }

ExprId make_div(Agreement& agreement, ExprId left, ExprId right, Span span) {
  if (any_error(agreement, {left, right})) return make_error(agreement, span);
  const Type divisor = type_of(agreement, right);
  if (is_numeric(divisor) && type_of(agreement, left).scale < divisor.scale) left = make_rescale(agreement, left, divisor.scale, span);
  const Type dividend = type_of(agreement, left);
  assert(is_numeric(dividend) ? is_numeric(divisor) : dividend.kind == divisor.kind);
  Type type = plain_type(Kind::ratio);
  type.scale = dividend.scale - divisor.scale;
  if (!divisor.currency.valid()) type.currency = dividend.currency;
  type.percent = dividend.percent && !divisor.percent && divisor.kind == Kind::number;
  type.may_be_unknown = dividend.may_be_unknown || divisor.may_be_unknown;
  return add_node(agreement, node(Op::div, type, {left, right}, span));
}

ExprId make_neg(Agreement& agreement, ExprId operand, Span span) {
  if (is_error(agreement, operand)) return make_error(agreement, span);
  Type type = certain_type(type_of(agreement, operand));
  Type zero = with_range(type, 0, 0);
  type = ranged(type, difference_range(zero, type));
  type.metric = {};
  return add_node(agreement, node(Op::neg, type, {operand}, span));
}

ExprId make_min(Agreement& agreement, std::vector<ExprId> operands, Span span) { return make_extreme(agreement, Op::min, operands, span); }
ExprId make_max(Agreement& agreement, std::vector<ExprId> operands, Span span) { return make_extreme(agreement, Op::max, operands, span); }

ExprId make_rescale(Agreement& agreement, ExprId operand, int to_scale, Span span) {
  if (is_error(agreement, operand)) return operand;
  const Type type = type_of(agreement, operand);
  assert(is_numeric(type) && to_scale >= type.scale);
  if (to_scale == type.scale) return operand;
  Expr expr = node(Op::rescale, at_scale(type, to_scale), {operand}, span);
  expr.number = to_scale - type.scale;
  return add_node(agreement, std::move(expr));
}

ExprId make_round(Agreement& agreement, ExprId operand, int to_scale, value::Rounding rounding, Span span) {
  if (is_error(agreement, operand)) return make_error(agreement, span);
  const Type type = type_of(agreement, operand);
  assert(is_numeric(type) && to_scale >= 0);
  if (type.kind != Kind::ratio && type.scale <= to_scale) return make_rescale(agreement, operand, to_scale, span);
  Type rounded = certain_type(type);
  rounded.kind = type.currency.valid() ? Kind::money : Kind::number;
  rounded.scale = to_scale;
  if (type.has_range) {
    const auto end = [&](i128 number) { return value::round_to(value::given(number), type.scale, to_scale, rounding, 0); };
    const value::Value low = end(type.low);
    const value::Value high = end(type.high);
    rounded = value::is_certain(low) && value::is_certain(high) ? with_range(rounded, low.lo, high.lo) : without_range(rounded);
  }
  Expr expr = node(Op::round, rounded, {operand}, span);
  expr.rounding = rounding;
  return add_node(agreement, std::move(expr));
}

ExprId make_prorate(Agreement& agreement, ExprId operand, Span span) {
  if (is_error(agreement, operand)) return make_error(agreement, span);
  Type type = certain_type(type_of(agreement, operand));
  assert(is_numeric(type));
  type.kind = Kind::ratio;
  // A share of the amount between none and all of it.
  if (const auto range = range_of(type)) type = with_range(type, std::min<i128>(range->low, 0), std::max<i128>(range->high, 0));
  return agreement.exprs.add(node(Op::prorate, type, {operand}, span));
}

}  // namespace writ::ir
