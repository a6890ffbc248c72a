#include <algorithm>

#include "check/expectations.h"
#include "check/expression_parts.h"
#include "check/fact_values.h"
#include "check/literals.h"
#include "check/suggest.h"
#include "value/zone.h"

namespace writ::check {
namespace {

using Of = ir::Expectation::Of;
using ir::Kind;

struct Expecting {
  Context& context;
  uint32_t file;
  const ast::Expect& written;
  const ir::Scenario& scenario;
};

std::optional<size_t> member_called(const ir::Enum& of, std::string_view name) {
  const auto found = std::find(of.members.begin(), of.members.end(), name);
  if (found == of.members.end()) return std::nullopt;
  return static_cast<size_t>(found - of.members.begin());
}

std::string subject_text(const ast::Expect& written) { return written.subject.text + (written.member.written() ? "." + written.member.text : ""); }

// ---- which value is meant -------------------------------------------------------------------------------------------------

bool has_state(const Symbol& symbol) {
  return std::holds_alternative<const ast::Right*>(symbol.node) || std::holds_alternative<const ast::Remedy*>(symbol.node);
}

std::optional<ir::DefinitionId> expected_definition(const Expecting& at, SymbolId id) {
  Context& context = at.context;
  const std::string full = subject_text(at.written);
  const ir::DefinitionId named = find_definition(context, full);
  if (named.valid()) return named;
  const Symbol& symbol = context.symbols[id];
  if (is_unread(symbol)) return std::nullopt;
  if (!at.written.member.written()) {
    if (symbol.definition.valid()) return symbol.definition;
    const bool lowered = std::holds_alternative<const ast::Commitment*>(symbol.node) || std::holds_alternative<const ast::Benchmark*>(symbol.node) ||
                         std::holds_alternative<const ast::Remedy*>(symbol.node) || std::holds_alternative<const ast::Rule*>(symbol.node) ||
                         std::holds_alternative<const ast::Metric*>(symbol.node) || std::holds_alternative<const ast::Define*>(symbol.node) ||
                         std::holds_alternative<const ast::Tier*>(symbol.node);
    // A construct without its value had a mistake, which was reported where it stands.
    if (!lowered)
      diag::report(context.sink, code::not_a_value, at.written.subject.span, {{"name", at.written.subject.text}, {"found", with_article(noun_of(symbol))}});
    return std::nullopt;
  }
  std::vector<std::string> parts;
  const std::string prefix = at.written.subject.text + ".";
  for (const auto& [name, definition] : context.definitions)
    if (name.starts_with(prefix) && !context.agreement.definitions[definition].hidden) parts.push_back(name.substr(prefix.size()));
  if (has_state(symbol)) parts.push_back("state");
  if (parts.empty()) return std::nullopt;
  diag::Diagnostic& found =
      diag::report(context.sink, code::unknown_part, at.written.member.span, {{"of", "`" + at.written.subject.text + "`"}, {"name", at.written.member.text}});
  suggest(found, at.written.member, parts);
  if (found.helps.empty()) found.notes.push_back("it has " + listed(parts));
  return std::nullopt;
}

SymbolId expected_symbol(const Expecting& at) {
  const SymbolId id = find_symbol(at.context, at.file, at.written.subject.text);
  if (id.valid() || !at.written.subject.written()) return id;
  diag::Diagnostic& found = diag::report(at.context.sink, code::unknown_name, at.written.subject.span, {{"what", "result"}, {"name", at.written.subject.text}});
  suggest(found, at.written.subject, visible_names(at.context, at.file, [](const Symbol& symbol) {
            return symbol.definition.valid() || symbol.right.valid() || symbol.credit.valid() || symbol.commitment.valid();
          }));
  return {};
}

// ---- of which record, in which period ---------------------------------------------------------------------------------------

bool set_record(const Expecting& at, ir::RecordId id, ir::Expectation& made) {
  const ir::Record& record = at.context.agreement.records[id];
  std::vector<std::string> keys;
  for (const ir::ScenarioFact& fact : at.scenario.facts)
    if (fact.record == id) keys.push_back(key_text(record, fact.row));
  if (at.written.of_key.written()) {
    made.key = at.written.of_key.text;
    if (std::find(keys.begin(), keys.end(), made.key) != keys.end()) return true;
    diag::Diagnostic& found = diag::report(at.context.sink, code::no_such_fact, at.written.of_key.span, {{"record", record.name}, {"key", made.key}});
    if (!keys.empty()) found.notes.push_back("this scenario has " + listed(keys));
    return false;
  }
  if (keys.size() == 1) return true;
  if (keys.empty()) {
    diag::report(at.context.sink, code::no_fact_at_all, at.written.subject.span, {{"name", subject_text(at.written)}, {"record", record.name}})
        .helps.push_back("add one, as in `" + record.name + " { ... }`");
    return false;
  }
  diag::report(at.context.sink, code::which_record, at.written.subject.span, {{"name", subject_text(at.written)}, {"record", record.name}})
      .helps.push_back("write `expect " + subject_text(at.written) + " of \"" + keys[0] + "\" = ...`");
  return false;
}

// The first period of the term: one that can be written as it stands.
std::string example_period(const Context& context, ir::PeriodKind kind) {
  const std::string first = value::format_date(context.agreement.effective);
  const std::string month = first.substr(0, first.rfind('-'));
  switch (kind) {
    case ir::PeriodKind::month:
    case ir::PeriodKind::contract_month: return "in " + month;
    case ir::PeriodKind::quarter: return "in quarter " + month;
    case ir::PeriodKind::year: return "in " + month.substr(0, month.rfind('-'));
  }
  return "";
}

bool fits_period(ast::PeriodUnit written, ir::PeriodKind kind) {
  if (kind == ir::PeriodKind::contract_month) return written == ast::PeriodUnit::month;
  return written != ast::PeriodUnit::term && period_kind(written) == kind;
}

bool set_period(const Expecting& at, ir::PeriodKind kind, ir::Expectation& made) {
  Context& context = at.context;
  const std::string name = subject_text(at.written);
  if (!at.written.period.valid() || !at.written.period_unit || !fits_period(*at.written.period_unit, kind)) {
    diag::report(context.sink, code::which_period, at.written.period.valid() ? span_of(context, at.file, at.written.period) : at.written.subject.span,
                 {{"name", name}, {"period", std::string(period_word(kind))}})
        .helps.push_back("write `expect " + name + " " + example_period(context, kind) + " = ...`");
    return false;
  }
  const ast::Expr& expr = expr_of(context, at.file, at.written.period);
  std::string text;
  if (const auto* month = std::get_if<ast::MonthExpr>(&expr.node)) text = month->text;
  if (const auto* year = std::get_if<ast::NumberExpr>(&expr.node)) text = year->digits + "-01";
  const value::Parsed<value::Date> first = value::parse_date(text + "-01");
  if (!first.ok()) {
    diag::report(context.sink, code::bad_literal, expr.span, {{"text", shown(context, expr.span)}, {"why", std::string(value::describe(first.error))}});
    return false;
  }
  const value::Civil civil = value::civil_from_days(first.value);
  made.period_date = date_in_period(context, kind, civil.year, civil.month);
  if (*made.period_date >= context.agreement.effective && *made.period_date < context.agreement.end) return true;
  diag::report(context.sink, code::period_outside_term, expr.span, {{"text", shown(context, expr.span)}})
      .notes.push_back("the term runs from " + value::format_date(context.agreement.effective) + " to " + value::format_date(context.agreement.end - 1));
  return false;
}

bool refuse_place(const Expecting& at, bool record_too) {
  const bool key = record_too && at.written.of_key.written();
  if (!key && !at.written.period.valid()) return true;
  diag::report(at.context.sink, code::place_of_whole, key ? at.written.of_key.span : span_of(at.context, at.file, at.written.period),
               {{"name", subject_text(at.written)}})
      .helps.push_back(key ? "leave `of \"...\"` out" : "leave `in ...` out");
  return false;
}

bool set_place(const Expecting& at, const ir::Grain& grain, ir::Expectation& made) {
  switch (grain.of) {
    case ir::Grain::Of::record: return refuse_place(at, false) && set_record(at, grain.record, made);
    case ir::Grain::Of::period: return (!at.written.of_key.written() || refuse_place(at, true)) && set_period(at, grain.period, made);
    case ir::Grain::Of::agreement: return refuse_place(at, true);
    case ir::Grain::Of::history: return false;
  }
  return false;
}

// ---- what is expected ---------------------------------------------------------------------------------------------------

bool set_state(const Expecting& at, ir::EnumId states, ir::Expectation& made) {
  const ir::Enum& of = at.context.agreement.enums[states];
  made.type = ir::enumeration_type(states);
  made.text = at.written.word.text;
  if (made.text == "cannot_tell") {
    made.value = value::unknown();
    return true;
  }
  if (const auto code = member_called(of, at.written.word.text)) {
    made.value = value::given(static_cast<ir::i128>(*code));
    return true;
  }
  std::vector<std::string> words = of.printed;
  words.push_back("cannot tell");
  const Span span = at.written.word.written() ? at.written.word.span : span_of(at.context, at.file, at.written.value);
  diag::report(at.context.sink, code::no_such_outcome, span,
               {{"text", shown(at.context, span)}, {"name", subject_text(at.written)}, {"outcomes", listed(words)}});
  return false;
}

// The date of an expected instant means the end of that day, as deadlines by date do.
bool set_instant(const Expecting& at, ir::Expectation& made) {
  const ast::Expr& expr = expr_of(at.context, at.file, at.written.value);
  const auto* date = std::get_if<ast::DateExpr>(&expr.node);
  if (date == nullptr || made.type.kind != Kind::instant) return false;
  const value::Parsed<value::Date> parsed = value::parse_date(date->text);
  if (!parsed.ok()) return false;
  made.end_of_date = true;
  made.value = value::given(value::start_of_day(at.context.agreement.zone, parsed.value + 1) - 1);
  return true;
}

bool set_ratio(const Expecting& at, ir::Expectation& made) {
  const ir::ExprId checked = check_expression(at.context, at.written.value, agreement_scope(at.file), {made.type});
  if (is_error(at.context, checked)) return false;
  const ir::Type type = type_of(at.context, checked);
  const std::optional<value::Value> value = ir::value_of(at.context.agreement, checked);
  ir::i128 num = 0;
  ir::i128 den = 1;
  const bool percent_differs = made.type.percent && !type.percent && type.kind == Kind::number && value && value->lo != 0;
  if (!ir::is_numeric(type) || type.currency != made.type.currency || percent_differs || !value || !value::as_fraction(*value, num, den)) {
    diag::report(at.context.sink, code::type_mismatch, span_of(at.context, at.file, at.written.value),
                 {{"what", "`" + subject_text(at.written) + "`"},
                  {"wanted", describe(at.context, ir::with_absence(made.type, ir::Absence::never))},
                  {"found", describe(at.context, type)}});
    return false;
  }
  const int finer = made.type.scale - type.scale;
  made.value = finer >= 0 ? value::scale_by(*value, value::pow10(finer), 1, 0) : value::scale_by(*value, 1, value::pow10(-finer), 0);
  return true;
}

bool set_value(const Expecting& at, ir::Expectation& made) {
  Context& context = at.context;
  made.text = at.written.word.text;
  if (at.written.word.text == "cannot_tell") {
    made.value = value::unknown();
    return true;
  }
  const bool outcome = made.type.kind == Kind::enumeration && made.type.enumeration.valid() && context.agreement.enums[made.type.enumeration].builtin;
  if (outcome && (at.written.word.written() || !at.written.value.valid()) && made.type.enumeration != context.agreement.party_enum)
    return set_state(at, made.type.enumeration, made);
  if (!at.written.value.valid()) {
    diag::report(context.sink, code::type_mismatch, at.written.word.span,
                 {{"what", "`" + subject_text(at.written) + "`"}, {"wanted", describe(context, made.type)}, {"found", "an outcome"}});
    return false;
  }
  if (set_instant(at, made)) return true;
  const ast::ExprNode& node = expr_of(context, at.file, at.written.value).node;
  if (made.type.kind == Kind::ratio && !std::holds_alternative<ast::AbsenceExpr>(node)) return set_ratio(at, made);
  // An expected value need not be one that the rule can give: a range is no matter here.
  ir::Type wanted = made.type;
  wanted.has_range = false;
  wanted.may_be_unknown = true;
  const std::optional<FactValue> value = fact_value(context, at.file, at.written.value, wanted, "`" + subject_text(at.written) + "`");
  if (!value) return false;
  made.value = value->value;
  if (made.type.kind == Kind::text) made.text = value->text;
  return true;
}

std::optional<ir::Expectation> state_expectation(const Expecting& at, const Symbol& symbol) {
  const ir::Agreement& agreement = at.context.agreement;
  ir::Expectation made;
  made.span = at.written.span;
  if (symbol.right.valid()) {
    made.of = Of::right_state;
    made.right = symbol.right;
    if (!refuse_place(at, true) || !set_state(at, agreement.right_state_enum, made)) return std::nullopt;
    return made;
  }
  made.of = Of::credit_state;
  made.credit = symbol.credit;
  if (!symbol.credit.valid()) return std::nullopt;
  if (at.written.of_key.written() && !refuse_place(at, true)) return std::nullopt;
  if (!set_period(at, agreement.credits[symbol.credit].period, made) || !set_state(at, agreement.credit_state_enum, made)) return std::nullopt;
  return made;
}

}  // namespace

std::optional<ir::Expectation> check_expectation(Context& context, uint32_t file, const ast::Expect& written, const ir::Scenario& scenario) {
  const Expecting at{context, file, written, scenario};
  const SymbolId id = expected_symbol(at);
  if (!id.valid()) return std::nullopt;
  const Symbol& symbol = context.symbols[id];
  // A remedy has an amount and a state: the word says which one is meant.
  const bool state_word = member_called(context.agreement.enums[context.agreement.credit_state_enum], written.word.text).has_value();
  const bool asks_state =
      written.member.text == "state" || (!written.member.written() && (std::holds_alternative<const ast::Right*>(symbol.node) || state_word));
  if (has_state(symbol) && asks_state) return state_expectation(at, symbol);
  const std::optional<ir::DefinitionId> definition = expected_definition(at, id);
  if (!definition) return std::nullopt;
  ir::Expectation made;
  made.definition = *definition;
  made.type = context.agreement.definitions[*definition].type;
  made.span = written.span;
  if (!set_place(at, context.agreement.definitions[*definition].grain, made) || !set_value(at, made)) return std::nullopt;
  return made;
}

}  // namespace writ::check
