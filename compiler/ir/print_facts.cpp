// Mappings of foreign files and scenarios as text.
#include <fmt/format.h>

#include "ir/print.h"
#include "ir/print_parts.h"

namespace writ::ir {
namespace {

std::string value_text(const Agreement& agreement, const Type& type, const value::Value& value, const std::string& text) {
  switch (value.state) {
    case value::State::given: return type.kind == Kind::text && !text.empty() ? "\"" + text + "\"" : print_constant(agreement, type, value.lo);
    case value::State::not_yet: return "not yet";
    case value::State::none: return "none";
    case value::State::unknown: return "unknown";
    case value::State::fault: return "fault";
  }
  return "?";
}

std::string spellings(std::string_view what, const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += fmt::format(", \"{}\" is {}", text, what);
  return out;
}

std::string mapped_field_text(const Agreement& agreement, const std::vector<Field>& fields, const FactsField& mapped) {
  if (mapped.field >= fields.size()) return "?";
  const Field& field = fields[mapped.field];
  std::string out = field.name + " =";
  for (const std::string& column : mapped.columns) out += fmt::format(" \"{}\"", column);
  if (mapped.occurrence != 1) out += fmt::format(" number {}", mapped.occurrence);
  if (!mapped.pattern.empty()) out += fmt::format(" as \"{}\"", mapped.pattern);
  if (!mapped.zone.empty()) out += fmt::format(" in \"{}\"", mapped.zone);
  if (mapped.constant) out += " " + value_text(agreement, field.type, *mapped.constant, mapped.constant_text);
  for (const FactsField::Code& code : mapped.codes)
    out += fmt::format(", \"{}\" is {}", code.text, value_text(agreement, field.type, code.value, code.as_text));
  return out + spellings("not yet", mapped.not_yet) + spellings("none", mapped.none) + spellings("unknown", mapped.unknown);
}

std::string mapping_text(const Agreement& agreement, const FactsMapping& mapping) {
  const Record& record = agreement.records[mapping.record];
  const std::vector<Field>& fields = mapping.of_history && record.history ? record.history->fields : record.fields;
  std::string out = fmt::format("facts {}{} from \"{}\"\n", mapping.of_history ? "history of " : "", record.name, mapping.file);
  for (const FactsField& field : mapping.fields) out += "  " + mapped_field_text(agreement, fields, field) + "\n";
  if (!mapping.parent_key_column.empty()) out += fmt::format("  key of the record in \"{}\"\n", mapping.parent_key_column);
  if (mapping.repeats == FactsMapping::Repeats::last_decides) out += "  of rows with one id the last decides";
  if (mapping.repeats == FactsMapping::Repeats::first_decides) out += "  of rows with one id the first decides";
  if (mapping.repeats != FactsMapping::Repeats::refused) out += (mapping.repeats_by_column.empty() ? "" : " by \"" + mapping.repeats_by_column + "\"") + "\n";
  if (mapping.separator != ',') out += fmt::format("  separator \"{}\"\n", mapping.separator);
  return out;
}

std::string row_text(const Agreement& agreement, const std::vector<Field>& fields, const ScenarioRow& row) {
  std::string out;
  for (size_t i = 0; i < fields.size() && i < row.values.size(); ++i)
    out += fmt::format("{}{}: {}", out.empty() ? "" : ", ", fields[i].name,
                       value_text(agreement, fields[i].type, row.values[i], i < row.texts.size() ? row.texts[i] : ""));
  return "{ " + out + " }";
}

std::string subject_text(const Agreement& agreement, const Expectation& expectation) {
  switch (expectation.of) {
    case Expectation::Of::definition: return expectation.definition.valid() ? agreement.definitions[expectation.definition].name : "?";
    case Expectation::Of::credit_state: return expectation.credit.valid() ? "state of " + agreement.credits[expectation.credit].name : "?";
    case Expectation::Of::right_state: return expectation.right.valid() ? "state of " + agreement.rights[expectation.right].name : "?";
  }
  return "?";
}

std::string expectation_text(const Agreement& agreement, const Expectation& expectation) {
  std::string out = "expect " + subject_text(agreement, expectation);
  if (!expectation.key.empty()) out += fmt::format(" of \"{}\"", expectation.key);
  if (expectation.period_date) out += " in the period of " + value::format_date(*expectation.period_date);
  return out + " = " + value_text(agreement, expectation.type, expectation.value, expectation.text) +
         (expectation.end_of_date ? ", at the end of that day\n" : "\n");
}

std::string scenario_text(const Agreement& agreement, const Scenario& scenario) {
  std::string out = fmt::format("scenario \"{}\" as of {}\n", scenario.name, value::format_utc(scenario.as_of));
  for (const auto& [param, number] : scenario.with)
    out += fmt::format("  with {} = {}\n", agreement.params[param].name, print_constant(agreement, agreement.params[param].type, number));
  for (const ScenarioFact& fact : scenario.facts) {
    const Record& record = agreement.records[fact.record];
    out += fmt::format("  {} {}\n", record.name, row_text(agreement, record.fields, fact.row));
    for (const ScenarioRow& row : fact.history)
      if (record.history) out += "    history " + row_text(agreement, record.history->fields, row) + "\n";
  }
  for (const Expectation& expectation : scenario.expects) out += "  " + expectation_text(agreement, expectation);
  return out;
}

}  // namespace

std::string print_facts(const Agreement& agreement) {
  std::string out;
  for (const FactsMapping& mapping : agreement.facts) out += mapping_text(agreement, mapping);
  for (const Scenario& scenario : agreement.scenarios) out += scenario_text(agreement, scenario);
  return out;
}

}  // namespace writ::ir
