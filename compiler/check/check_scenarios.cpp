// `scenario "..." , as of ... { facts, expect ... }`: tests that live beside the clauses. Facts here; expectations in check_expectations.cpp.
#include "check/expectations.h"
#include "check/fact_values.h"
#include "check/literals.h"
#include "check/suggest.h"
#include "value/zone.h"

namespace writ::check {
namespace {

using ir::Kind;

struct Facts {
  Context& context;
  uint32_t file;
};

const ast::FactLiteralField* written_field(const std::vector<ast::FactLiteralField>& fields, std::string_view name) {
  for (const ast::FactLiteralField& field : fields)
    if (field.name.text == name) return &field;
  return nullptr;
}

// True when some name is no field: then a field that seems to be missing is that one, misspelt.
bool report_strange_fields(const Facts& at, const std::string& of, const std::vector<ir::Field>& fields, const std::vector<ast::FactLiteralField>& written) {
  bool strange = false;
  for (size_t i = 0; i < written.size(); ++i) {
    const ast::Name& name = written[i].name;
    if (!field_called(fields, name.text)) {
      report_no_field(at.context, of, fields, name);
      strange = true;
      continue;
    }
    const ast::FactLiteralField* first = written_field(written, name.text);
    if (first != &written[i])
      diag::report(at.context.sink, code::doubled_member, name.span, {{"name", name.text}, {"what", "this fact"}})
          .labels.push_back({first->name.span, "the first one"});
  }
  return strange;
}

// A row with a value for each field, whatever was wrong with it.
ir::ScenarioRow checked_row(const Facts& at, const std::string& of, const std::vector<ir::Field>& fields, const std::vector<ast::FactLiteralField>& written,
                            Span span) {
  const bool strange = report_strange_fields(at, of, fields, written);
  ir::ScenarioRow row;
  row.span = span;
  std::vector<std::string> missing;
  for (const ir::Field& field : fields) {
    const ast::FactLiteralField* given = written_field(written, field.name);
    std::optional<FactValue> value;
    if (given != nullptr) value = fact_value(at.context, at.file, given->value, field.type, "`" + field.name + "`");
    if (given == nullptr) value = unstated_value(field.type);
    if (given == nullptr && !value && field.type.kind != Kind::error) missing.push_back(field.name);
    row.values.push_back(value ? value->value : value::unknown());
    row.texts.push_back(value ? value->text : std::string());
  }
  if (!missing.empty() && !strange)
    diag::report(at.context.sink, code::facts_missing, span, {{"name", of}, {"fields", listed(missing)}})
        .helps.push_back("a field that is not `or not yet`, `or none` or `or unknown` is always given");
  return row;
}

// What a Claim or a Payment is about must be a remedy; a Notice or an Exercise belongs to a right.
void check_act(const Facts& at, const ast::FactLiteral& written, ir::RecordId id, const ir::ScenarioRow& row) {
  const ir::Agreement& agreement = at.context.agreement;
  const bool of_remedy = id == agreement.claim || id == agreement.payment;
  const value::Value& of = row.values[static_cast<size_t>(ir::ActField::of)];
  const ast::FactLiteralField* subject = written_field(written.fields, "of");
  if (subject != nullptr && value::is_certain(of)) {
    const std::string& name = agreement.enums[agreement.subject_enum].members[static_cast<size_t>(of.lo)];
    const SymbolId symbol = find_symbol(at.context, 0, name);
    const bool remedy = symbol.valid() && std::holds_alternative<const ast::Remedy*>(at.context.symbols[symbol].node);
    if (symbol.valid() && remedy != of_remedy)
      diag::report(at.context.sink, code::act_of_other, subject->name.span,
                   {{"act", written.record.text}, {"wanted", of_remedy ? "a remedy" : "a right"}, {"name", name}, {"found", remedy ? "a remedy" : "a right"}})
          .helps.push_back("credits are claimed and paid, by `Claim` and `Payment`; rights are used by `Notice` and `Exercise`");
  }
  const bool has_period = written_field(written.fields, "period") != nullptr;
  if (of_remedy && !has_period)
    diag::report(at.context.sink, code::act_without_period, written.record.span, {{"act", written.record.text}})
        .helps.push_back("write which one it is about, as in `period: 2026-03`");
}

void check_fact(const Facts& at, const ast::FactLiteral& written, ir::Scenario& scenario) {
  const ir::RecordId id = require_fact_record(at.context, at.file, written.record);
  if (!id.valid()) return;
  const ir::Record record = at.context.agreement.records[id];
  ir::ScenarioFact fact{id, checked_row(at, "`" + record.name + "`", record.fields, written.fields, written.record.span), {}};
  if (record.act) check_act(at, written, id, fact.row);
  if (!written.history.empty() && !record.history)
    diag::report(at.context.sink, code::no_history, written.history.front().span, {{"here", "`" + record.name + "`"}});
  if (record.history)
    for (const ast::FactLiteral::Row& row : written.history)
      fact.history.push_back(checked_row(at, "a row of the history of `" + record.name + "`", record.history->fields, row.fields, row.span));
  if (record.key) {
    for (const ir::ScenarioFact& other : scenario.facts) {
      if (other.record != id || key_text(record, other.row) != key_text(record, fact.row)) continue;
      diag::Diagnostic& found =
          diag::report(at.context.sink, code::fact_twice, written.record.span, {{"name", record.name}, {"key", key_text(record, fact.row)}});
      found.labels.push_back({other.row.span, "the first one"});
      found.helps.push_back("give each of them a key of its own");
    }
  }
  scenario.facts.push_back(std::move(fact));
}

// A date stands for its end: what happens on that day is seen.
int64_t checked_horizon(const Facts& at, const ast::Scenario& written) {
  const ir::ExprId value = check_expression(at.context, written.as_of, agreement_scope(at.file));
  const std::optional<ir::i128> number = is_error(at.context, value) ? std::nullopt : ir::constant_of(at.context.agreement, value);
  const Kind kind = type_of(at.context, value).kind;
  if (number && kind == Kind::instant) return static_cast<int64_t>(*number);
  if (number && kind == Kind::date) return value::start_of_day(at.context.agreement.zone, static_cast<value::Date>(*number) + 1) - 1;
  if (!is_error(at.context, value))
    diag::report(at.context.sink, code::type_mismatch, span_of(at.context, at.file, written.as_of),
                 {{"what", "what stands behind `as of`"}, {"wanted", "an instant or a date"}, {"found", describe(at.context, type_of(at.context, value))}});
  return 0;
}

void check_settings(const Facts& at, const ast::Scenario& written, ir::Scenario& scenario) {
  for (const ast::ScenarioSet& set : written.with) {
    const SymbolId id =
        require_symbol(at.context, at.file, set.param, "parameter", [](const Symbol& s) { return std::holds_alternative<const ast::Param*>(s.node); });
    if (!id.valid() || !at.context.symbols[id].param.valid()) continue;
    const ir::ParamId param = at.context.symbols[id].param;
    const std::optional<FactValue> value = fact_value(at.context, at.file, set.value, at.context.agreement.params[param].type, "`" + set.param.text + "`");
    if (value) scenario.with.emplace_back(param, value->value.lo);
  }
}

void check_blanks(const Facts& at, const ast::Scenario& written) {
  std::vector<std::string> blank;
  for (uint32_t i = 0; i < at.context.agreement.params.size(); ++i) {
    const ir::Param& param = at.context.agreement.params[ir::ParamId{i}];
    bool filled = param.value.has_value() || param.type.kind == Kind::error;
    for (const ast::ScenarioSet& set : written.with) filled = filled || set.param.text == param.name;
    if (!filled) blank.push_back(param.name);
  }
  if (!blank.empty())
    diag::report(at.context.sink, code::blank_param, written.name.span, {{"names", listed(blank)}})
        .helps.push_back("fill it behind `as of`, as in `, with " + blank[0] + " = ...`");
}

void check_scenario(Context& context, uint32_t file, const ast::Scenario& written) {
  const Facts at{context, file};
  ir::Scenario scenario;
  scenario.name = written.name.text;
  scenario.span = written.name.span;
  scenario.as_of = checked_horizon(at, written);
  check_settings(at, written, scenario);
  check_blanks(at, written);
  for (const ast::FactLiteral& fact : written.facts) check_fact(at, fact, scenario);
  for (const ast::Expect& expect : written.expects)
    if (std::optional<ir::Expectation> made = check_expectation(context, file, expect, scenario)) scenario.expects.push_back(std::move(*made));
  if (written.expects.empty())
    diag::report(context.sink, code::nothing_expected, written.name.span, {{"name", written.name.text}})
        .helps.push_back("add a line such as `expect Resolution = met`");
  context.agreement.scenarios.push_back(std::move(scenario));
}

}  // namespace

std::string key_text(const ir::Record& record, const ir::ScenarioRow& row) {
  if (!record.key || *record.key >= row.values.size()) return {};
  const ir::Field& key = record.fields[*record.key];
  return key.type.kind == Kind::text ? row.texts[*record.key] : value::to_text(row.values[*record.key].lo, key.type.scale);
}

void check_scenarios(Context& context) {
  for (uint32_t file = 0; file < context.files.size(); ++file)
    for (const ast::Item& item : context.files[file].items)
      if (const auto* scenario = std::get_if<ast::Scenario>(&item)) check_scenario(context, file, *scenario);
}

}  // namespace writ::check
