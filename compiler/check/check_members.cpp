// `Resolution.due`, `Severity.P1`, `Resolution.count.met`; and what a definition of another grain means here.
#include <algorithm>

#include "check/expression_parts.h"
#include "check/literals.h"
#include "check/suggest.h"

namespace writ::check {
namespace {

// The names of a dotted path, outermost owner first; empty when something else stands in it.
std::vector<ast::Name> path_of(const Context& context, uint32_t file, const ast::MemberExpr& member) {
  const ast::ExprNode& of = expr_of(context, file, member.of).node;
  std::vector<ast::Name> path;
  if (const auto* name = std::get_if<ast::NameExpr>(&of)) path.push_back(name->name);
  if (const auto* inner = std::get_if<ast::MemberExpr>(&of)) path = path_of(context, file, *inner);
  if (!path.empty()) path.push_back(member.member);
  return path;
}

std::vector<std::string> parts_of(const Context& context, const std::string& owner) {
  std::vector<std::string> parts;
  const std::string prefix = owner + ".";
  for (const auto& [name, id] : context.definitions)
    if (name.starts_with(prefix) && !context.agreement.definitions[id].hidden) parts.push_back(name.substr(prefix.size()));
  return parts;
}

ir::ExprId read_member(const Place& at, const Symbol& symbol, const ast::Name& member) {
  const std::vector<std::string> members = member_names(at.context, symbol.enumeration);
  const auto found = std::find(members.begin(), members.end(), member.text);
  if (found != members.end()) return make_member(at.context, symbol.enumeration, static_cast<size_t>(found - members.begin()), at.span);
  diag::Diagnostic& unknown =
      diag::report(at.context.sink, code::unknown_member, member.span, {{"name", member.text}, {"enum", symbol.name.text}, {"members", listed(members)}});
  suggest(unknown, member, members);
  return failed(at);
}

ir::ExprId report_no_part(const Place& at, const std::string& owner, const std::vector<std::string>& parts, const ast::Name& member) {
  diag::Diagnostic& found = diag::report(at.context.sink, code::unknown_part, member.span, {{"of", "`" + owner + "`"}, {"name", member.text}});
  suggest(found, member, parts);
  if (!parts.empty()) found.notes.push_back("`" + owner + "` has " + listed(parts));
  return failed(at);
}

// A field of the record at hand may be named with its record in front: `Ticket.opened`.
std::optional<ir::ExprId> read_own_field(const Place& at, const Symbol& symbol, const std::vector<ast::Name>& path) {
  if (path.size() != 2 || !symbol.record.valid() || symbol.record != record_of(at.scope)) return std::nullopt;
  return check_name(at, path[1]);
}

}  // namespace

ir::ExprId check_member(const Place& at, const ast::MemberExpr& member) {
  Context& context = at.context;
  const std::vector<ast::Name> path = path_of(context, at.scope.file, member);
  if (path.empty()) {
    diag::report(context.sink, code::unknown_part, member.member.span,
                 {{"of", "`" + shown(context, span_of(context, at.scope.file, member.of)) + "`"}, {"name", member.member.text}})
        .helps.push_back("write functions in front, as in `date(opened)`");
    return failed(at);
  }
  const SymbolId id = find_symbol(context, at.scope.file, path[0].text);
  if (!id.valid()) {
    if (names_value(context, path[0], at.scope)) return report_no_part(at, path[0].text, {}, path[1]);
    diag::Diagnostic& found = diag::report(context.sink, code::unknown_name, path[0].span, {{"what", "value"}, {"name", path[0].text}});
    suggest(found, path[0], visible_names(context, at.scope.file, [](const Symbol&) { return true; }));
    return failed(at);
  }
  const Symbol& symbol = context.symbols[id];
  if (is_unread(symbol)) return failed(at);
  if (std::holds_alternative<const ast::Enum*>(symbol.node)) return read_member(at, symbol, path[1]);
  if (std::holds_alternative<const ast::Record*>(symbol.node))
    if (const auto field = read_own_field(at, symbol, path)) return *field;
  std::string full = path[0].text;
  for (size_t i = 1; i < path.size(); ++i) full += "." + path[i].text;
  ir::DefinitionId definition = find_definition(context, full);
  if (!definition.valid()) {
    if (!ensure_lowered(context, id, at.span)) return failed(at);
    definition = find_definition(context, full);
  }
  // A construct that was lowered with a mistake has no values: the mistake was reported there.
  const std::vector<std::string> parts = parts_of(context, path[0].text);
  if (!definition.valid() && parts.empty() && !symbol.definition.valid() && symbol.progress == Symbol::Progress::done && context.sink.errors > 0)
    return failed(at);
  if (!definition.valid()) return report_no_part(at, path[0].text, parts, path[1]);
  return read_definition(context, definition, {full, at.span}, at.span, at.scope);
}

ir::ExprId read_definition(Context& context, ir::DefinitionId id, const ast::Name& as_written, Span span, const Scope& scope) {
  const ir::Definition& definition = context.agreement.definitions[id];
  const ir::Grain grain = definition.grain;
  const ir::Agreement& agreement = context.agreement;
  if (grain.of == ir::Grain::Of::agreement || grain == scope.grain) {
    const ir::ExprId read = ir::make_definition(context.agreement, id, span);
    const KnownGiven known{ir::Op::definition, id.index};
    return std::find(scope.known.begin(), scope.known.end(), known) != scope.known.end() ? ir::make_known_given(context.agreement, read) : read;
  }
  const std::string& name = as_written.text;
  const auto report = [&](const diag::Kind& kind) -> diag::Diagnostic& {
    diag::Diagnostic& found =
        diag::report(context.sink, kind, span, {{"name", name}, {"grain", describe(context, grain)}, {"here", describe(context, scope.grain)}});
    if (definition.span.valid()) found.labels.push_back({definition.span, "declared here, " + describe(context, grain)});
    return found;
  };
  if (grain.of == ir::Grain::Of::period) {
    const std::string word(period_word(grain.period));
    diag::Diagnostic& found = report(code::grain_of_period);
    if (scope.grain.of == ir::Grain::Of::agreement) {
      found.helps.push_back("make a total of the periods, as in `sum(" + name + " over " + word + "s)`");
    } else {
      const ir::RecordId record = record_of(scope);
      std::string instant = scope.grain.of == ir::Grain::Of::period ? "period_start" : "...";
      if (record.valid() && agreement.records[record].since) instant = agreement.records[record].fields[*agreement.records[record].since].name;
      found.helps.push_back("say which " + word + ", as in `" + name + " of the " + word + " of " + instant + "`");
    }
    return ir::make_error(context.agreement, span);
  }
  diag::Diagnostic& found = report(code::grain_of_record);
  if (grain.of != ir::Grain::Of::record || !grain.record.valid()) return ir::make_error(context.agreement, span);
  const ir::Record& record = agreement.records[grain.record];
  const std::string since = record.since ? record.fields[*record.since].name : "...";
  const ir::Type type = definition.type;
  const auto total = [&](const std::string& of) -> std::string {
    if (type.kind == ir::Kind::boolean) return "write a total, as in `count(" + record.name + " where " + name + of + ")`";
    if (type.kind != ir::Kind::enumeration) return "write a total, as in `sum(" + name + " over " + record.name + of + ")`";
    if (type.enumeration == agreement.commitment_outcome_enum) return "write a total, as in `misses of " + name + "` or `attainment(" + name + ")`";
    return "write a total, as in `count(" + record.name + " where " + name + " = ..." + of + ")`";
  };
  if (scope.grain.of == ir::Grain::Of::period) {
    found.notes.push_back("say which records of the " + std::string(period_word(scope.grain.period)) + " are meant");
    found.helps.push_back(total(" of " + since));
  } else if (scope.grain.of == ir::Grain::Of::agreement) {
    found.helps.push_back(total(""));
  } else if (scope.grain.of == ir::Grain::Of::history) {
    found.notes.push_back("a row of the history does not know the record that it belongs to");
  }
  return ir::make_error(context.agreement, span);
}

}  // namespace writ::check
