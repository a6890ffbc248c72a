// `tier of Ticket { Critical when severity = P1  Standard otherwise }`: an enum with one member a tier, and a definition per record
// that says which tier it has. Two rows that hold at once are a conflict when they name different tiers.
#include <algorithm>

#include "check/lower.h"

namespace writ::check {
namespace {

// The code of a tier is the place of its row.
ir::Enum make_tiers(Context& context, const ast::Tier& node, std::string name) {
  ir::Enum tiers{.name = std::move(name)};
  for (const ast::TierCase& row : node.cases) {
    const auto first = std::find_if(node.cases.begin(), node.cases.end(), [&](const ast::TierCase& other) { return other.name.text == row.name.text; });
    if (&*first != &row) {
      diag::Diagnostic& report = diag::report(context.sink, code::doubled_tier, row.name.span, {{"name", row.name.text}});
      report.labels.push_back({first->name.span, "the first row"});
      report.helps.push_back("write one row for a tier, and join its conditions by `or`");
    }
    tiers.members.push_back(row.name.text);
    tiers.printed.push_back(row.name.text);
  }
  return tiers;
}

// Another tier of the same record that has the name already would give the name two readings.
void report_shared_names(Context& context, SymbolId id, const ast::Tier& node) {
  for (uint32_t i = 0; i < id.index; ++i) {
    const Symbol& other = context.symbols.items[i];
    const auto* tier = std::get_if<const ast::Tier*>(&other.node);
    if (tier == nullptr || (*tier)->of.text != node.of.text || other.file != context.symbols[id].file) continue;
    if (!node.name.written() && !(*tier)->name.written())
      diag::report(context.sink, code::two_tiers, node.span, {{"record", node.of.text}}).labels.push_back({(*tier)->span, "the first one"});
    for (const ast::TierCase& row : node.cases)
      for (const ast::TierCase& mine : (*tier)->cases)
        if (row.name.text == mine.name.text) {
          diag::Diagnostic& report = diag::report(context.sink, code::shared_tier_name, row.name.span, {{"name", row.name.text}, {"record", node.of.text}});
          report.labels.push_back({mine.name.span, "it is a tier of the same records here"});
          report.helps.push_back("give one of them another name");
          return;
        }
  }
}

}  // namespace

void lower_tier(Context& context, SymbolId id) {
  const ast::Tier& node = construct<ast::Tier>(context, id);
  const uint32_t file = context.symbols[id].file;
  report_shared_names(context, id, node);
  const std::optional<RecordSet> set = check_record_set(context, file, node.of);
  if (!set) return;
  const std::string name = node.name.written() ? node.name.text : context.agreement.records[set->record].name + ".tier";
  const ir::EnumId enumeration = context.agreement.enums.add(make_tiers(context, node, name));
  context.symbols[id].record = set->record;
  context.symbols[id].enumeration = enumeration;

  ir::Definition definition;
  definition.name = name;
  definition.type = ir::enumeration_type(enumeration);
  definition.grain = {ir::Grain::Of::record, set->record};
  definition.clause = context.symbols[id].clause;
  definition.span = node.span;
  Scope scope = record_scope(file, set->record);
  if (set->filter.valid()) scope = with_known(scope, known_when(context, set->filter, true));
  const ast::TierCase* otherwise = nullptr;
  for (size_t i = 0; i < node.cases.size(); ++i) {
    const ast::TierCase& row = node.cases[i];
    const ir::ExprId result = make_code(context, enumeration, static_cast<int64_t>(i), row.name.span);
    if (!row.otherwise) {
      definition.cases.push_back({.label = row.name.text, .guard = check_condition(context, row.when, scope, "`when`"), .result = result, .span = row.span});
      continue;
    }
    if (otherwise != nullptr)
      diag::report(context.sink, code::two_otherwise, row.span, {}).labels.push_back({otherwise->span, "`otherwise` stands here already"});
    otherwise = &row;
    definition.base = result;
  }
  if (definition.cases.empty() && !definition.base) return;  // an empty block: reported by parse
  ir::close_overrides(definition.cases);
  context.symbols[id].definition = add_definition(context, std::move(definition));
}

}  // namespace writ::check
