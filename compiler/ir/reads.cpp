// What an expression reads outside itself.
#include "ir/reads.h"

#include <algorithm>

#include "base/number_set.h"

namespace writ::ir {
namespace {

template <class Id>
void add_once(std::vector<Id>& list, Id id) {
  if (id.valid() && std::find(list.begin(), list.end(), id) == list.end()) list.push_back(id);
}

}  // namespace

static void collect(const Agreement& agreement, ExprId root, base::NumberSet& seen, Reads& reads) {
  std::vector<ExprId> waiting{root};  // not recursive: a chain of operands may be as long as the source
  while (!waiting.empty()) {
    const ExprId id = waiting.back();
    waiting.pop_back();
    if (!id.valid()) continue;
    const Expr& expr = agreement.exprs[id];
    if (expr.op == Op::definition) add_once(reads.values, expr.definition);
    if (expr.op == Op::at_period || expr.op == Op::over_periods) add_once(reads.periods, expr.definition);
    if (expr.op == Op::aggregate) add_once(reads.aggregates, expr.aggregate);
    if ((expr.operands.empty() && !expr.pause.valid()) || !seen.insert(id.index)) continue;
    for (auto operand = expr.operands.rbegin(); operand != expr.operands.rend(); ++operand) waiting.push_back(*operand);
    waiting.push_back(expr.pause);
  }
}

void collect_reads(const Agreement& agreement, ExprId root, Reads& reads) {
  base::NumberSet seen;
  collect(agreement, root, seen, reads);
}

Reads reads_of(const Agreement& agreement, const Definition& definition) {
  Reads reads;
  base::NumberSet seen;
  if (definition.base) collect(agreement, *definition.base, seen, reads);
  for (const Case& one : definition.cases) {
    collect(agreement, one.guard, seen, reads);
    collect(agreement, one.result, seen, reads);
  }
  return reads;
}

Reads reads_of(const Agreement& agreement, const Aggregate& aggregate) {
  Reads reads;
  collect_reads(agreement, aggregate.filter, reads);
  collect_reads(agreement, aggregate.value, reads);
  collect_reads(agreement, aggregate.placed_by, reads);
  return reads;
}

bool counts_records(const Agreement& agreement, DefinitionId definition) {
  std::vector<DefinitionId> waiting{definition};
  std::vector<bool> seen(agreement.definitions.size(), false);
  while (!waiting.empty()) {
    const DefinitionId id = waiting.back();
    waiting.pop_back();
    if (seen[id.index]) continue;
    seen[id.index] = true;
    const Reads reads = reads_of(agreement, agreement.definitions[id]);
    if (!reads.aggregates.empty()) return true;
    waiting.insert(waiting.end(), reads.values.begin(), reads.values.end());
    waiting.insert(waiting.end(), reads.periods.begin(), reads.periods.end());
  }
  return false;
}

}  // namespace writ::ir
