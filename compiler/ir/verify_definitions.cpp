// I07 names and trace points are unique, every result has the definition's type;
// I08 overrides are as wide as the cases, acyclic and transitively closed.
#include <fmt/format.h>

#include <set>

#include "ir/verify_parts.h"

namespace writ::ir {
namespace {

bool gives(const Agreement& agreement, ExprId id, const Type& type) {
  const Expr& expr = agreement.exprs[id];
  if (expr.op == Op::absence) return true;
  // A whole number is a ratio, too, and so is an amount of money.
  const bool numbers = type.kind == Kind::ratio && (expr.type.kind == Kind::number || expr.type.kind == Kind::money);
  if (expr.type.kind != type.kind && !numbers) return false;
  if (type.kind == Kind::number || type.kind == Kind::ratio || type.kind == Kind::money) return expr.type.scale == type.scale;
  return type.kind != Kind::enumeration || expr.type.enumeration == type.enumeration;
}

bool overrides(const Case& one, size_t j) { return j / 64 < one.overridden_by.size() && (one.overridden_by[j / 64] >> (j % 64) & 1) != 0; }

void verify_overrides(Broken& broken, const Definition& definition) {
  const size_t count = definition.cases.size();
  for (size_t i = 0; i < count; ++i) {
    const Case& one = definition.cases[i];
    if (!one.overridden_by.empty() && one.overridden_by.size() != (count + 63) / 64)
      return add_broken(broken, "I08", definition.name, "has an override set of the wrong width");
    if (overrides(one, i)) add_broken(broken, "I08", definition.name, fmt::format("case {} overrides itself", one.label));
    for (size_t j = 0; j < one.overridden_by.size() * 64; ++j) {
      if (!overrides(one, j)) continue;
      if (j >= count) return add_broken(broken, "I08", definition.name, "is overridden by a case that does not exist");
      for (size_t k = 0; k < count; ++k)
        if (overrides(definition.cases[j], k) && !overrides(one, k))
          return add_broken(broken, "I08", definition.name, fmt::format("the overrides of case {} are not closed", one.label));
    }
  }
}

}  // namespace

void verify_definitions(Broken& broken) {
  const Agreement& agreement = broken.agreement;
  std::set<std::string> names;
  std::set<uint32_t> points;
  const auto point = [&](const Definition& definition, uint32_t number) {
    if (number == 0 || !points.insert(number).second) add_broken(broken, "I07", definition.name, "has a trace point that is 0 or used twice");
  };
  for (const Definition& definition : agreement.definitions) {
    if (!names.insert(definition.name).second) add_broken(broken, "I07", definition.name, "is defined twice");
    if (definition.type.kind == Kind::error) add_broken(broken, "I07", definition.name, "has no type");
    point(definition, definition.point);
    for (const Case& one : definition.cases) point(definition, one.point);
    if (definition.base && !gives(agreement, *definition.base, definition.type)) add_broken(broken, "I07", definition.name, "has a base of another type");
    for (const Case& one : definition.cases)
      if (!gives(agreement, one.result, definition.type)) add_broken(broken, "I07", definition.name, fmt::format("case {} gives another type", one.label));
    if (!definition.base && definition.cases.empty()) add_broken(broken, "I07", definition.name, "has no body");
    verify_overrides(broken, definition);
  }
}

}  // namespace writ::ir
