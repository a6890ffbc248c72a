// A bare name: a field, a member of an enum that is expected, a tier, a word of the language, or a declared thing.
#include <algorithm>

#include "check/expression_parts.h"
#include "check/suggest.h"

namespace writ::check {
namespace {

struct Reading {
  const Place& at;
  const ast::Name& name;
};

const std::vector<ir::Field>* fields_here(const Context& context, const Scope& scope) {
  const ir::RecordId id = record_of(scope);
  if (!id.valid()) return nullptr;
  const ir::Record& record = context.agreement.records[id];
  if (scope.grain.of == ir::Grain::Of::record) return &record.fields;
  return record.history ? &record.history->fields : nullptr;
}

std::optional<ir::FieldIndex> find_field(const std::vector<ir::Field>* fields, std::string_view name) {
  if (fields == nullptr) return std::nullopt;
  for (ir::FieldIndex i = 0; i < fields->size(); ++i)
    if ((*fields)[i].name == name) return i;
  return std::nullopt;
}

bool is_known(const Scope& scope, KnownGiven wanted) { return std::find(scope.known.begin(), scope.known.end(), wanted) != scope.known.end(); }

ir::ExprId read_field(const Reading& reading, ir::FieldIndex field) {
  Context& context = reading.at.context;
  const Scope& scope = reading.at.scope;
  const ir::ExprId id = scope.grain.of == ir::Grain::Of::record ? ir::make_field(context.agreement, scope.grain.record, field, reading.at.span)
                                                                : ir::make_history_field(context.agreement, scope.grain.record, field, reading.at.span);
  return is_known(scope, {ir::Op::field, field}) ? ir::make_known_given(context.agreement, id) : id;
}

std::optional<size_t> find_member(const Context& context, const Expected& expected, std::string_view name) {
  if (!expected.type || expected.type->kind != ir::Kind::enumeration || !expected.type->enumeration.valid()) return std::nullopt;
  const std::vector<std::string>& members = context.agreement.enums[expected.type->enumeration].members;
  const auto found = std::find(members.begin(), members.end(), name);
  if (found == members.end()) return std::nullopt;
  return static_cast<size_t>(found - members.begin());
}

ir::ExprId read_tier(const Reading& reading, const TierMember& member) {
  Context& context = reading.at.context;
  if (!ensure_lowered(context, member.tier, reading.at.span)) return failed(reading.at);
  const Symbol& tier = context.symbols[member.tier];
  if (!tier.definition.valid()) return failed(reading.at);
  ir::Agreement& agreement = context.agreement;
  const ir::ExprId value = ir::make_definition(agreement, tier.definition, reading.at.span);
  return ir::make_compare(agreement, ir::Op::eq, value, make_member(context, tier.enumeration, static_cast<size_t>(member.code), reading.at.span),
                          reading.at.span);
}

// Words of the language that are values: the horizon, and the ends of the period at hand.
std::optional<ir::ExprId> read_word(const Reading& reading) {
  ir::Agreement& agreement = reading.at.context.agreement;
  const std::string& word = reading.name.text;
  if (word == "as_of") return ir::make_as_of(agreement, reading.at.span);
  if (word == "now") {
    diag::report(reading.at.context.sink, code::no_clock, reading.at.span, {})
        .helps.push_back("write `as_of`: the instant for which the agreement is evaluated");
    return failed(reading.at);
  }
  if (word != "period_start" && word != "period_end") return std::nullopt;
  if (reading.at.scope.grain.of == ir::Grain::Of::period)
    return word == "period_start" ? ir::make_period_start(agreement, reading.at.span) : ir::make_period_end(agreement, reading.at.span);
  diag::report(reading.at.context.sink, code::no_period_here, reading.at.span, {{"name", word}, {"here", describe(reading.at.context, reading.at.scope.grain)}})
      .helps.push_back("use it in a rule `per month`, `per quarter` or `per year`");
  return failed(reading.at);
}

bool has_value(const Symbol& symbol) {
  return std::holds_alternative<std::monostate>(symbol.node) || std::holds_alternative<const ast::Param*>(symbol.node) ||
         std::holds_alternative<const ast::Define*>(symbol.node) || std::holds_alternative<const ast::Commitment*>(symbol.node) ||
         std::holds_alternative<const ast::Rule*>(symbol.node) || std::holds_alternative<const ast::Metric*>(symbol.node) ||
         std::holds_alternative<const ast::Benchmark*>(symbol.node) || std::holds_alternative<const ast::Remedy*>(symbol.node);
}

ir::ExprId read_symbol(const Reading& reading, SymbolId id) {
  Context& context = reading.at.context;
  const Span span = reading.at.span;
  if (is_unread(context.symbols[id])) return failed(reading.at);
  if (!has_value(context.symbols[id])) {
    const Symbol& symbol = context.symbols[id];
    diag::Diagnostic& found = diag::report(context.sink, code::not_a_value, span, {{"name", reading.name.text}, {"found", with_article(noun_of(symbol))}});
    found.labels.push_back({symbol.name.span, "declared here"});
    if (std::holds_alternative<const ast::Record*>(symbol.node)) found.helps.push_back("write `count(" + reading.name.text + ")` for how many there are");
    if (std::holds_alternative<const ast::Right*>(symbol.node))
      found.helps.push_back("rights come after all totals: no rule can read their state, but a scenario can expect it");
    return failed(reading.at);
  }
  if (std::holds_alternative<std::monostate>(context.symbols[id].node))
    return make_member(context, context.agreement.party_enum, context.symbols[id].party, span);
  if (std::holds_alternative<const ast::Param*>(context.symbols[id].node))
    return context.symbols[id].param.valid() ? ir::make_param(context.agreement, context.symbols[id].param, span) : failed(reading.at);
  // A construct that is being lowered may have made this value already.
  ir::DefinitionId definition = find_definition(context, reading.name.text);
  if (!definition.valid() && !ensure_lowered(context, id, span)) return failed(reading.at);
  if (!definition.valid()) definition = context.symbols[id].definition;
  if (!definition.valid()) return failed(reading.at);
  return read_definition(context, definition, reading.name, span, reading.at.scope);
}

// A rule or a parameter of the same name could stand there as well as the member: reported.
bool has_rival(const Reading& reading) {
  Context& context = reading.at.context;
  const ir::EnumId wanted = reading.at.expected.type->enumeration;
  const SymbolId id = find_symbol(context, reading.at.scope.file, reading.name.text);
  if (!id.valid()) return false;
  const Symbol& symbol = context.symbols[id];
  const bool param = symbol.param.valid() && context.agreement.params[symbol.param].type.enumeration == wanted;
  if (!param && !std::holds_alternative<const ast::Rule*>(symbol.node)) return false;
  diag::Diagnostic& found =
      diag::report(context.sink, code::two_readings, reading.at.span,
                   {{"name", reading.name.text}, {"first", with_article(noun_of(symbol))}, {"second", with_article(enum_noun(context, wanted))}});
  found.labels.push_back({symbol.name.span, "this is " + with_article(noun_of(symbol))});
  found.helps.push_back("give one of the two another name");
  return true;
}

// The name belongs to a record, and this is per something else: a mistake of grain, not of spelling.
bool report_other_grain(const Reading& reading) {
  Context& context = reading.at.context;
  const std::string here = describe(context, reading.at.scope.grain);
  for (uint32_t i = 0; i < context.agreement.records.size(); ++i) {
    const ir::Record& record = context.agreement.records[ir::RecordId{i}];
    const bool in_fields = find_field(&record.fields, reading.name.text).has_value();
    const bool in_history = record.history && find_field(&record.history->fields, reading.name.text).has_value();
    const bool in_tier = find_tier(context, reading.at.scope.file, ir::RecordId{i}, reading.name.text).has_value();
    if (record.act || !(in_fields || in_history || in_tier)) continue;
    diag::Diagnostic& found = diag::report(
        context.sink, code::grain_of_record, reading.at.span,
        {{"name", reading.name.text}, {"grain", (in_history && !in_fields && !in_tier ? "per row of the history of " : "per ") + record.name}, {"here", here}});
    const ir::Grain::Of grain = reading.at.scope.grain.of;
    if (in_history && !in_fields && !in_tier) {
      found.helps.push_back("ask for an instant, as in `" + reading.name.text + " at " + (record.since ? record.fields[*record.since].name : "...") +
                            "`, in a rule per " + record.name);
    } else if (grain == ir::Grain::Of::period) {
      found.notes.push_back("say which records of the " + std::string(period_word(reading.at.scope.grain.period)) + " are meant");
      const std::string since = record.since ? record.fields[*record.since].name : "...";
      found.helps.push_back("write a total, as in `count(" + record.name + " where " + reading.name.text + " ... of " + since + ")`");
    } else if (grain == ir::Grain::Of::agreement) {
      found.helps.push_back("write a total, as in `count(" + record.name + " where " + reading.name.text + " ...)`");
    } else if (grain == ir::Grain::Of::history) {
      found.notes.push_back("a row of the history does not know the record that it belongs to");
    }
    return true;
  }
  return false;
}

void note_enums_with(const Reading& reading, diag::Diagnostic& found) {
  for (const ir::Enum& each : reading.at.context.agreement.enums)
    if (!each.builtin && std::find(each.members.begin(), each.members.end(), reading.name.text) != each.members.end())
      found.helps.push_back("`" + reading.name.text + "` is " + with_article(each.name) + ": compare it with a value of that kind, or write `" + each.name +
                            "." + reading.name.text + "`");
}

ir::ExprId report_unknown(const Reading& reading) {
  Context& context = reading.at.context;
  // What would say what the name is has been reported itself.
  if (reading.at.expected.type && reading.at.expected.type->kind == ir::Kind::error) return failed(reading.at);
  if (report_other_grain(reading)) return failed(reading.at);
  const Expected& expected = reading.at.expected;
  const bool member_wanted = expected.type && expected.type->kind == ir::Kind::enumeration && expected.type->enumeration.valid();
  std::vector<std::string> candidates = visible_names(context, reading.at.scope.file, has_value);
  if (const auto* fields = fields_here(context, reading.at.scope))
    for (const ir::Field& field : *fields) candidates.push_back(field.name);
  if (member_wanted) {
    const std::vector<std::string>& members = context.agreement.enums[expected.type->enumeration].members;
    diag::Diagnostic& found = diag::report(context.sink, code::unknown_member, reading.at.span,
                                           {{"name", reading.name.text},
                                            {"enum", enum_noun(context, expected.type->enumeration)},
                                            {"members", members_text(context, expected.type->enumeration)}});
    candidates.insert(candidates.begin(), members.begin(), members.end());
    suggest(found, reading.name, candidates);
    return failed(reading.at);
  }
  diag::Diagnostic& found = diag::report(context.sink, code::unknown_name, reading.at.span, {{"what", "value"}, {"name", reading.name.text}});
  note_enums_with(reading, found);
  if (found.helps.empty()) suggest(found, reading.name, candidates);
  return failed(reading.at);
}

}  // namespace

ir::ExprId make_member(Context& context, ir::EnumId id, size_t code, Span span) {
  return ir::make_constant(context.agreement, ir::enumeration_type(id), static_cast<ir::i128>(code), span);
}

bool names_value(const Context& context, const ast::Name& name, const Scope& scope) {
  if (find_field(fields_here(context, scope), name.text)) return true;
  if (record_of(scope).valid() && find_tier(context, scope.file, record_of(scope), name.text)) return true;
  if (name.text == "as_of" || name.text == "period_start" || name.text == "period_end" || name.text == "now") return true;
  return find_symbol(context, scope.file, name.text).valid();
}

ir::ExprId check_name(const Place& at, const ast::Name& name) {
  const Reading reading{at, name};
  const std::optional<ir::FieldIndex> field = find_field(fields_here(at.context, at.scope), name.text);
  const std::optional<size_t> member = find_member(at.context, at.expected, name.text);
  if (field && member) {
    diag::report(at.context.sink, code::two_readings, at.span,
                 {{"name", name.text}, {"first", "a field"}, {"second", with_article(enum_noun(at.context, at.expected.type->enumeration))}})
        .helps.push_back("write `" + at.context.agreement.enums[at.expected.type->enumeration].name + "." + name.text +
                         "` for the second, or rename the field");
    return failed(at);
  }
  if (field) return read_field(reading, *field);
  if (member && has_rival(reading)) return failed(at);
  if (member) return make_member(at.context, at.expected.type->enumeration, *member, at.span);
  if (at.scope.grain.of == ir::Grain::Of::record)
    if (const auto tier = find_tier(at.context, at.scope.file, at.scope.grain.record, name.text)) return read_tier(reading, *tier);
  if (const auto word = read_word(reading)) return *word;
  const SymbolId id = find_symbol(at.context, at.scope.file, name.text);
  return id.valid() ? read_symbol(reading, id) : report_unknown(reading);
}

std::optional<TierMember> find_tier(const Context& context, uint32_t file, ir::RecordId record, std::string_view name) {
  for (uint32_t i = 0; i < context.symbols.size(); ++i) {
    const Symbol& symbol = context.symbols[SymbolId{i}];
    const auto* tier = std::get_if<const ast::Tier*>(&symbol.node);
    if (tier == nullptr || std::find(context.visible[file].begin(), context.visible[file].end(), symbol.file) == context.visible[file].end()) continue;
    const SymbolId of = find_symbol(context, symbol.file, (*tier)->of.text);
    if (!of.valid() || context.symbols[of].record != record || !record.valid()) continue;
    for (size_t code = 0; code < (*tier)->cases.size(); ++code)
      if ((*tier)->cases[code].name.text == name) return TierMember{SymbolId{i}, static_cast<int64_t>(code)};
  }
  return std::nullopt;
}

}  // namespace writ::check
