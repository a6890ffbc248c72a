// Every hole of the prose, {Resolution.Critical}, names something: text and rules cannot drift apart silently.
#include "check/lower.h"
#include "check/suggest.h"
#include "check/unread.h"

namespace writ::check {
namespace {

struct Hole {
  Context& context;
  uint32_t file;
  Span span;
};

// A hole is shown with its braces, and a fix must leave them.
void keep_braces(const Hole& hole, diag::Diagnostic& report, const ast::Name& name) {
  if (source::text_of(hole.context.sources, name.span) != name.text) report.fixes.clear();
}

bool anything(const Symbol&) { return true; }

// Tiers are named by themselves in prose: {Critical}.
std::vector<std::string> all_tiers(const Context& context) {
  std::vector<std::string> names;
  for (const Symbol& symbol : context.symbols)
    if (const auto* tier = std::get_if<const ast::Tier*>(&symbol.node))
      for (const ast::TierCase& row : (*tier)->cases) names.push_back(row.name.text);
  return names;
}

bool holds(const std::vector<std::string>& names, std::string_view name) {
  for (const std::string& each : names)
    if (each == name) return true;
  return false;
}

void check_name(const Hole& hole, const ast::Name& name) {
  Context& context = hole.context;
  if (find_symbol(context, hole.file, name.text).valid() || is_unread(context, hole.file, name.text)) return;
  std::vector<std::string> tiers = all_tiers(context);
  if (holds(tiers, name.text)) return;
  std::vector<std::string> known = visible_names(context, hole.file, anything);
  known.insert(known.end(), tiers.begin(), tiers.end());
  diag::Diagnostic& report = diag::report(context.sink, code::unknown_hole, name.span, {{"name", name.text}});
  suggest(report, name, known);
  keep_braces(hole, report, name);
  report.notes.push_back("what stands in braces is computed; write `{{` and `}}` for braces in the text");
}

// What can stand behind the point: the parts that its construct was lowered to, the tiers of a commitment, the members of an enum.
std::vector<std::string> parts_of(const Context& context, const Symbol& symbol) {
  std::vector<std::string> parts;
  const std::string prefix = symbol.name.text + ".";
  for (const auto& [name, id] : context.definitions)
    if (name.starts_with(prefix)) parts.push_back(name.substr(prefix.size()));
  if (symbol.enumeration.valid())
    for (const std::string& member : context.agreement.enums[symbol.enumeration].members) parts.push_back(member);
  if (const auto* commitment = std::get_if<const ast::Commitment*>(&symbol.node))
    for (const ast::Within& row : (*commitment)->within)
      if (row.tier.written()) parts.push_back(row.tier.text);
  if (const auto* enumeration = std::get_if<const ast::Enum*>(&symbol.node))
    for (const ast::Enumerator& member : (*enumeration)->members) parts.push_back(member.name.text);
  return parts;
}

void check_part(const Hole& hole, const ast::Name& of, const ast::Name& part) {
  Context& context = hole.context;
  const SymbolId id = find_symbol(context, hole.file, of.text);
  if (!id.valid()) return check_name(hole, of);
  const std::vector<std::string> parts = parts_of(context, context.symbols[id]);
  if (holds(parts, part.text)) return;
  diag::Diagnostic& report = diag::report(context.sink, code::unknown_part, part.span, {{"of", "`" + of.text + "`"}, {"name", part.text}});
  report.labels.push_back({context.symbols[id].name.span, std::string(noun_of(context.symbols[id])) + " declared here"});
  suggest(report, part, parts);
  keep_braces(hole, report, part);
}

void check_pieces(Context& context, uint32_t file, const std::vector<ast::ProsePiece>& pieces) {
  for (const ast::ProsePiece& piece : pieces) {
    if (!piece.value.valid()) continue;
    const ast::File& tree = context.files[file];
    const ast::Expr& expr = tree.exprs[piece.value];
    const Hole hole{context, file, expr.span};
    if (const auto* name = std::get_if<ast::NameExpr>(&expr.node)) check_name(hole, name->name);
    const auto* member = std::get_if<ast::MemberExpr>(&expr.node);
    const auto* of = member == nullptr ? nullptr : std::get_if<ast::NameExpr>(&tree.exprs[member->of].node);
    if (of != nullptr) check_part(hole, of->name, member->member);
  }
}

void check_clause(Context& context, uint32_t file, const ast::Clause& clause) {
  for (const ast::ClauseItem& item : clause.items) {
    if (const auto* prose = std::get_if<ast::Prose>(&item)) check_pieces(context, file, prose->pieces);
    if (const auto* define = std::get_if<ast::Define>(&item)) check_pieces(context, file, define->means_pieces);
    if (const auto* inner = std::get_if<ast::Clause>(&item)) check_clause(context, file, *inner);
  }
}

}  // namespace

void check_prose(Context& context) {
  for (uint32_t file = 0; file < context.files.size(); ++file)
    for (const ast::Item& item : context.files[file].items)
      if (const auto* clause = std::get_if<ast::Clause>(&item)) check_clause(context, file, *clause);
}

}  // namespace writ::check
