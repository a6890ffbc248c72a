// What a condition says about values that may be absent: behind `resolved is given and` it can be computed with.
#include <algorithm>

#include "check/context.h"

namespace writ::check {
namespace {

using ir::Op;

void add(std::vector<KnownGiven>& into, const std::vector<KnownGiven>& more) {
  for (const KnownGiven& each : more)
    if (std::find(into.begin(), into.end(), each) == into.end()) into.push_back(each);
}

std::vector<KnownGiven> in_all(const Context& context, const std::vector<ir::ExprId>& conditions, bool hold) {
  std::vector<KnownGiven> common = known_when(context, conditions[0], hold);
  for (const ir::ExprId id : conditions) {
    const std::vector<KnownGiven> here = known_when(context, id, hold);
    std::erase_if(common, [&](const KnownGiven& each) { return std::find(here.begin(), here.end(), each) == here.end(); });
  }
  return common;
}

std::vector<KnownGiven> in_any(const Context& context, const std::vector<ir::ExprId>& conditions, bool hold) {
  std::vector<KnownGiven> all;
  for (const ir::ExprId id : conditions) add(all, known_when(context, id, hold));
  return all;
}

std::vector<KnownGiven> read_by(const Context& context, ir::ExprId id) {
  const ir::Expr& expr = context.agreement.exprs[id];
  if (expr.op == Op::field) return {{Op::field, expr.field}};
  if (expr.op == Op::definition) return {{Op::definition, expr.definition.index}};
  return {};
}

// Two values that are equal are both there when one of them is: no given value equals an absent one.
std::vector<KnownGiven> by_equality(const Context& context, const ir::Expr& expr) {
  std::vector<KnownGiven> known;
  for (size_t i = 0; i < 2; ++i)
    if (type_of(context, expr.operands[1 - i]).absence == ir::Absence::never) add(known, read_by(context, expr.operands[i]));
  return known;
}

}  // namespace

std::vector<KnownGiven> known_when(const Context& context, ir::ExprId condition, bool holds) {
  const ir::Expr& expr = context.agreement.exprs[condition];
  if (expr.op == Op::not_) return known_when(context, expr.operands[0], !holds);
  if (expr.op == Op::is_given && holds) return read_by(context, expr.operands[0]);
  if (expr.op == (holds ? Op::eq : Op::ne)) return by_equality(context, expr);
  if (expr.op == (holds ? Op::and_ : Op::or_)) return in_any(context, expr.operands, holds);
  if (expr.op == (holds ? Op::or_ : Op::and_)) return in_all(context, expr.operands, holds);
  return {};
}

Scope with_known(Scope scope, const std::vector<KnownGiven>& known) {
  add(scope.known, known);
  return scope;
}

}  // namespace writ::check
