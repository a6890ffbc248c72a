// The named values of the core, by their full names.
#include <cassert>

#include "check/context.h"

namespace writ::check {

ir::DefinitionId find_definition(const Context& context, std::string_view name) {
  const auto found = context.definitions.find(name);
  return found == context.definitions.end() ? ir::DefinitionId{} : found->second;
}

ir::DefinitionId add_definition(Context& context, ir::Definition definition) {
  std::string name = definition.name;
  const ir::DefinitionId id = ir::add_definition(context.agreement, std::move(definition));
  // A doubled name was reported where it was declared; the first one keeps it.
  context.definitions.try_emplace(std::move(name), id);
  return id;
}

ir::DefinitionId add_definition(Context& context, std::string name, ir::Grain grain, ir::ExprId body, ir::ClauseId clause, Span span, bool hidden) {
  ir::Definition definition;
  definition.name = std::move(name);
  definition.type = ir::type_of(context.agreement, body);
  definition.grain = grain;
  definition.base = body;
  definition.clause = clause;
  definition.span = span;
  definition.hidden = hidden;
  return add_definition(context, std::move(definition));
}

}  // namespace writ::check
