#include "render/dependencies.h"

namespace writ::render {

namespace {

struct Walk {
  const ir::Agreement& agreement;
  std::vector<bool> definitions_seen, aggregates_seen, records;
};

void visit_definition(Walk& walk, ir::DefinitionId id);
void visit_aggregate(Walk& walk, ir::AggregateId id);

void visit_expr(Walk& walk, ir::ExprId id) {
  if (!id.valid()) return;
  const ir::Expr& expr = walk.agreement.exprs[id];
  for (const ir::ExprId operand : expr.operands) visit_expr(walk, operand);
  visit_expr(walk, expr.pause);
  if (expr.definition.valid()) visit_definition(walk, expr.definition);
  if (expr.aggregate.valid()) visit_aggregate(walk, expr.aggregate);
}

void visit_aggregate(Walk& walk, ir::AggregateId id) {
  if (walk.aggregates_seen[id.index]) return;
  walk.aggregates_seen[id.index] = true;
  const ir::Aggregate& aggregate = walk.agreement.aggregates[id];
  walk.records[aggregate.record.index] = true;
  visit_expr(walk, aggregate.filter);
  visit_expr(walk, aggregate.value);
  visit_expr(walk, aggregate.placed_by);
}

void visit_definition(Walk& walk, ir::DefinitionId id) {
  if (walk.definitions_seen[id.index]) return;
  walk.definitions_seen[id.index] = true;
  const ir::Definition& definition = walk.agreement.definitions[id];
  if (definition.grain.of == ir::Grain::Of::record) walk.records[definition.grain.record.index] = true;
  if (definition.base) visit_expr(walk, *definition.base);
  for (const ir::Case& c : definition.cases) {
    visit_expr(walk, c.guard);
    visit_expr(walk, c.result);
  }
}

}  // namespace

std::vector<bool> records_read_by(const ir::Agreement& agreement, ir::DefinitionId definition) {
  Walk walk{agreement, std::vector<bool>(agreement.definitions.size()), std::vector<bool>(agreement.aggregates.size()),
            std::vector<bool>(agreement.records.size())};
  visit_definition(walk, definition);
  return walk.records;
}

}  // namespace writ::render
