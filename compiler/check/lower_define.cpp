// `define CustomerService as Ticket where channel in {email, phone}`: a yes/no per record.
// `out of scope Ticket where channel = social`: records that no commitment and no metric speaks of.
// `not modelled "..." because "..."`.
#include "check/lower.h"

namespace writ::check {
namespace {

// A set of records and a condition on them, as one yes/no.
ir::ExprId members(Context& context, uint32_t file, const RecordSet& set, ast::ExprId where, std::string_view what, Span span) {
  Scope scope = record_scope(file, set.record);
  if (set.filter.valid()) scope = with_known(scope, known_when(context, set.filter, true));
  const ir::ExprId condition = where.valid() ? check_condition(context, where, scope, what) : ir::ExprId{};
  return ir::make_and(context.agreement, {set.filter, condition}, span);
}

bool has_records(const Symbol& symbol) {
  return std::holds_alternative<const ast::Record*>(symbol.node) || std::holds_alternative<const ast::Define*>(symbol.node) || is_commitment(symbol);
}

}  // namespace

void lower_define(Context& context, SymbolId id) {
  const ast::Define& node = construct<ast::Define>(context, id);
  const uint32_t file = context.symbols[id].file;
  const std::optional<RecordSet> set = check_record_set(context, file, node.of);
  if (!set) return;
  context.symbols[id].record = set->record;
  const ir::ExprId holds = members(context, file, *set, node.where, "`where`", node.span);
  const Symbol& symbol = context.symbols[id];
  ir::Definition definition;
  definition.name = node.name.text;
  definition.printed = node.printed.text;
  definition.type = ir::boolean_type();
  definition.grain = {ir::Grain::Of::record, set->record};
  definition.base = holds;
  definition.clause = symbol.clause;
  definition.span = node.span;
  const ir::DefinitionId made = add_definition(context, std::move(definition));
  context.symbols[id].definition = made;
  context.agreement.defines.push_back({node.name.text, node.printed.text, node.means.text, set->record, made, symbol.clause});
}

ir::DefinitionId out_of_scope_of(Context& context, ir::RecordId record) {
  const std::string name = context.agreement.records[record].name + ".out_of_scope";
  if (const ir::DefinitionId made = find_definition(context, name); made.valid()) return made;
  std::vector<ir::ExprId> lines;
  const OutOfScope* first = nullptr;
  for (const OutOfScope& line : context.out_of_scope) {
    const SymbolId of = find_symbol(context, line.file, line.node->of.text);
    if (!of.valid() || !has_records(context.symbols[of])) continue;  // reported by check_out_of_scope
    const std::optional<RecordSet> set = check_record_set(context, line.file, line.node->of);
    if (!set || set->record != record) continue;
    if (first == nullptr) first = &line;
    lines.push_back(members(context, line.file, *set, line.node->where, "`out of scope`", line.node->span));
  }
  if (first == nullptr) return {};
  const Span span = first->node->span;
  const ir::ClauseId clause = first->clause;
  return add_definition(context, name, {ir::Grain::Of::record, record}, ir::make_or(context.agreement, std::move(lines), span), clause, span, false);
}

namespace {

// Lines about records that no construct reads are checked, too.
void check_out_of_scope(Context& context) {
  for (const OutOfScope& line : context.out_of_scope) {
    const std::optional<RecordSet> set = check_record_set(context, line.file, line.node->of);
    if (set) out_of_scope_of(context, set->record);
  }
}

}  // namespace

void lower_not_modelled(Context& context) {
  check_out_of_scope(context);
  for (const NotModelled& line : context.not_modelled) {
    if (line.node->because.text.empty()) {
      diag::report(context.sink, code::no_reason, line.node->span, {}).helps.push_back("write the reason behind `because`");
      continue;
    }
    context.agreement.not_modelled.push_back({line.node->what.text, line.node->because.text, line.clause, line.node->span});
  }
}

}  // namespace writ::check
