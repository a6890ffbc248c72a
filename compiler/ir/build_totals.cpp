// Verdicts, aggregates, periods and definitions.
#include <algorithm>
#include <cassert>

#include "ir/build_parts.h"

namespace writ::ir {
namespace {

// A constant outcome may be taken for the same whatever its range says; all else that an evaluator reads must agree.
bool same_type(const Type& a, const Type& b) {
  return a.kind == b.kind && a.scale == b.scale && a.currency == b.currency && a.enumeration == b.enumeration && a.calendar == b.calendar &&
         a.absence == b.absence && a.has_range == b.has_range && a.low == b.low && a.high == b.high;
}

bool same_optional(const Agreement& agreement, ExprId a, ExprId b) {
  if (!a.valid() || !b.valid()) return a.valid() == b.valid();
  return same_expression(agreement, a, b);
}

Type aggregate_type(const Agreement& agreement, const Aggregate& aggregate) {
  Type type = number_type(0);
  if (aggregate.fold != Aggregate::Fold::count) type = certain_type(type_of(agreement, aggregate.value));
  // Absent records are passed over; pending, unknown and set-aside ones widen the result.
  type.may_be_unknown = true;
  switch (aggregate.fold) {
    case Aggregate::Fold::count: return type;
    case Aggregate::Fold::sum: type.metric = {}; return without_range(type);
    case Aggregate::Fold::minimum:
    case Aggregate::Fold::maximum: return with_absence(type, Absence::none);
    case Aggregate::Fold::mean: type.kind = Kind::ratio; return with_absence(type, Absence::none);
  }
  return type;
}

}  // namespace

bool same_expression(const Agreement& agreement, ExprId left, ExprId right) {
  if (left == right) return true;
  const Expr& a = agreement.exprs[left];
  const Expr& b = agreement.exprs[right];
  if (a.op != b.op || !same_type(a.type, b.type) || a.operands.size() != b.operands.size() || a.number != b.number || a.param != b.param ||
      a.field != b.field || a.definition != b.definition || a.aggregate != b.aggregate || a.calendar != b.calendar || a.rounding != b.rounding ||
      a.fold != b.fold || a.too_few != b.too_few || a.strict != b.strict)
    return false;
  for (size_t i = 0; i < a.operands.size(); ++i)
    if (!same_expression(agreement, a.operands[i], b.operands[i])) return false;
  return same_optional(agreement, a.pause, b.pause);
}

ExprId make_judge(Agreement& agreement, ExprId applies, ExprId excused, ExprId from, ExprId until, ExprId due, bool strict, Span span) {
  if (any_error(agreement, {applies, excused, from, until, due})) return make_error(agreement, span);
  Type type = enumeration_type(agreement.commitment_outcome_enum);
  type.may_be_unknown = any_unknown(agreement, {applies, excused, from, until, due});
  Expr expr = node(Op::judge, type, {applies, excused, from, until, due}, span);
  expr.strict = strict;
  return agreement.exprs.add(std::move(expr));
}

ExprId make_outcome_is(Agreement& agreement, ExprId outcome, i128 code, Span span) {
  if (is_error(agreement, outcome)) return make_error(agreement, span);
  Type type = boolean_type();
  type.may_be_unknown = true;  // while it is pending
  Expr expr = node(Op::outcome_is, type, {outcome}, span);
  expr.number = code;
  return agreement.exprs.add(std::move(expr));
}

ExprId make_judge_benchmark(Agreement& agreement, ExprId passed, ExprId enough, ExprId measured, TooFew too_few, Span span) {
  if (any_error(agreement, {passed, enough, measured})) return make_error(agreement, span);
  Type type = enumeration_type(agreement.benchmark_outcome_enum);
  type.may_be_unknown = any_unknown(agreement, {passed, enough, measured});
  Expr expr = node(Op::judge_benchmark, type, {passed, enough, measured}, span);
  expr.too_few = too_few;
  return agreement.exprs.add(std::move(expr));
}

ExprId make_aggregate(Agreement& agreement, Aggregate aggregate, Span span) {
  assert(aggregate.value.valid() == (aggregate.fold != Aggregate::Fold::count) || aggregate.fold == Aggregate::Fold::count);
  for (const ExprId id : {aggregate.filter, aggregate.value, aggregate.placed_by})
    if (id.valid() && is_error(agreement, id)) return make_error(agreement, span);
  aggregate.type = aggregate_type(agreement, aggregate);
  aggregate.span = span;
  AggregateId id;
  for (uint32_t i = 0; i < agreement.aggregates.size() && !id.valid(); ++i) {
    const Aggregate& other = agreement.aggregates[AggregateId{i}];
    if (other.fold == aggregate.fold && other.record == aggregate.record && other.period == aggregate.period &&
        same_optional(agreement, other.filter, aggregate.filter) && same_optional(agreement, other.value, aggregate.value) &&
        same_optional(agreement, other.placed_by, aggregate.placed_by))
      id = AggregateId{i};
  }
  const Type type = aggregate.type;
  if (!id.valid()) id = agreement.aggregates.add(std::move(aggregate));
  Expr expr = node(Op::aggregate, type, {}, span);
  expr.aggregate = id;
  return agreement.exprs.add(std::move(expr));
}

ExprId make_at_period(Agreement& agreement, DefinitionId definition, ExprId instant, bool outside, Span span) {
  if (is_error(agreement, instant)) return make_error(agreement, span);
  Type type = agreement.definitions[definition].type;
  if (outside || type_of(agreement, instant).absence != Absence::never) type.absence = Absence::none;
  type.may_be_unknown = true;  // where it is not yet certain
  Expr expr = node(Op::at_period, type, {instant}, span);
  expr.definition = definition;
  return agreement.exprs.add(std::move(expr));
}

ExprId make_over_periods(Agreement& agreement, DefinitionId definition, Fold fold, Span span) {
  Type type = certain_type(agreement.definitions[definition].type);
  switch (fold) {
    case Fold::sum:
      type = without_range(type);
      type.metric = {};
      break;
    case Fold::minimum:
    case Fold::maximum: type.absence = Absence::none; break;
    case Fold::count_true: {
      const bool unknown = type.may_be_unknown;
      type = number_type(0);
      type.may_be_unknown = unknown;
      break;
    }
  }
  Expr expr = node(Op::over_periods, type, {}, span);
  expr.definition = definition;
  expr.fold = fold;
  return agreement.exprs.add(std::move(expr));
}

DefinitionId add_definition(Agreement& agreement, Definition definition) {
  uint32_t next = 1;
  if (!agreement.definitions.empty()) {
    const Definition& last = agreement.definitions.items.back();
    next = (last.cases.empty() ? last.point : last.cases.back().point) + 1;
  }
  definition.point = next++;
  for (Case& each : definition.cases) each.point = next++;
  return agreement.definitions.add(std::move(definition));
}

bool close_overrides(std::vector<Case>& cases) {
  const auto overridden = [](const Case& each) {
    return std::any_of(each.overridden_by.begin(), each.overridden_by.end(), [](uint64_t word) { return word != 0; });
  };
  if (std::none_of(cases.begin(), cases.end(), overridden)) {
    for (Case& each : cases) each.overridden_by.clear();
    return true;
  }
  const size_t words = (cases.size() + 63) / 64;
  for (Case& each : cases) each.overridden_by.resize(words, 0);
  const auto holds = [&](size_t i, size_t j) { return (cases[i].overridden_by[j / 64] >> (j % 64) & 1) != 0; };
  // Warshall's closure: whoever overrides an overrider of case i overrides case i. Of most cases nothing does.
  for (size_t via = 0; via < cases.size(); ++via) {
    if (std::all_of(cases[via].overridden_by.begin(), cases[via].overridden_by.end(), [](uint64_t word) { return word == 0; })) continue;
    for (size_t i = 0; i < cases.size(); ++i)
      if (holds(i, via))
        for (size_t word = 0; word < words; ++word) cases[i].overridden_by[word] |= cases[via].overridden_by[word];
  }
  for (size_t i = 0; i < cases.size(); ++i)
    if (holds(i, i)) return false;
  return true;
}

}  // namespace writ::ir
