// The whole agreement as text: header, names, constructs, then the core in evaluation order.
#include "ir/print.h"

#include <fmt/format.h>

#include "ir/print_parts.h"

namespace writ::ir {
namespace {

std::string_view rounding_words(value::Rounding rounding) {
  switch (rounding) {
    case value::Rounding::half_up: return "half up";
    case value::Rounding::half_even: return "half even";
    case value::Rounding::half_down: return "half down";
    case value::Rounding::up: return "up";
    case value::Rounding::down: return "down";
    case value::Rounding::floor: return "to the lower";
    case value::Rounding::ceiling: return "to the upper";
  }
  return "?";
}

std::string_view month_end_words(value::MonthEnd rule) {
  switch (rule) {
    case value::MonthEnd::none: return "no rule";
    case value::MonthEnd::last_day: return "the last day";
    case value::MonthEnd::next_first: return "the first day of the next month";
  }
  return "?";
}

std::string header_text(const Agreement& agreement) {
  std::string out = fmt::format("agreement \"{}\"\n", agreement.title);
  for (const Party& party : agreement.parties) out += fmt::format("  party {} as {} \"{}\"\n", party.name, party.role, party.printed);
  if (agreement.signed_at) out += "  signed " + value::format_utc(*agreement.signed_at) + "\n";
  out += fmt::format("  term {} until before {}\n", value::format_date(agreement.effective), value::format_date(agreement.end));
  if (agreement.currency.valid()) {
    const Currency& currency = agreement.currencies[agreement.currency];
    out += fmt::format("  currency {} with {} decimals\n", currency.code, currency.minor_digits);
  }
  out += fmt::format("  time zone {}\n", agreement.zone_name.empty() ? "none" : agreement.zone_name);
  out += fmt::format("  round {}\n", rounding_words(agreement.rounding));
  out += fmt::format("  a missing day of a month is {}\n", month_end_words(agreement.month_end));
  if (!agreement.law.empty()) out += fmt::format("  law \"{}\"\n", agreement.law);
  return out;
}

std::string param_text(const Agreement& agreement, const Param& param) {
  std::string out = fmt::format("param {}: {}", param.name, print_type(agreement, param.type));
  if (param.value) out += " = " + print_constant(agreement, param.type, *param.value);
  return out + "\n";
}

std::string enum_text(const Enum& enumeration) {
  std::string members;
  for (size_t i = 0; i < enumeration.members.size(); ++i) {
    members += (members.empty() ? "" : ", ") + enumeration.members[i];
    if (i < enumeration.printed.size() && !enumeration.printed[i].empty() && enumeration.printed[i] != enumeration.members[i])
      members += fmt::format(" \"{}\"", enumeration.printed[i]);
  }
  return fmt::format("enum {} {{ {} }}{}\n", enumeration.name, members, enumeration.builtin ? " built in" : "");
}

// The outcomes and states of the language: every agreement has the same.
bool is_same_everywhere(const Agreement& agreement, EnumId id) {
  return id == agreement.commitment_outcome_enum || id == agreement.benchmark_outcome_enum || id == agreement.credit_state_enum ||
         id == agreement.right_state_enum;
}

std::string metric_type_text(const MetricType& type) {
  return fmt::format("type {} = {}..{}, {} is better{}\n", type.name, value::to_text(type.low, type.scale), value::to_text(type.high, type.scale),
                     type.higher_is_better ? "higher" : "lower", type.unit.empty() ? "" : ", \"" + type.unit + "\"");
}

std::string field_line(const Agreement& agreement, const Field& field) {
  return fmt::format("{}: {}{}", field.name, print_type(agreement, field.type), field.key ? ", key" : "");
}

std::string record_text(const Agreement& agreement, const Record& record) {
  std::string out = fmt::format("{} {}", record.act ? "act" : "record", record.name);
  if (record.since && *record.since < record.fields.size()) out += " since " + record.fields[*record.since].name;
  out += "\n";
  for (const Field& field : record.fields) out += "  " + field_line(agreement, field) + "\n";
  if (!record.history) return out;
  out += "  history\n";
  for (const Field& field : record.history->fields) out += "    " + field_line(agreement, field) + "\n";
  if (record.history->order_by) out += "    order by " + record.history->fields[*record.history->order_by].name + "\n";
  return out;
}

std::string clause_text(const Agreement& agreement, const Clause& clause) {
  std::string out = fmt::format("clause {} \"{}\"", clause.number, clause.title);
  if (clause.parent.valid()) out += " within clause " + agreement.clauses[clause.parent].number;
  return out + (clause.prose.empty() ? "\n" : ", with prose\n");
}

std::string overriders_text(const Definition& definition, const Case& one) {
  std::string out;
  if (one.overridden_by.empty()) return out;
  for (size_t j = 0; j < definition.cases.size(); ++j)
    if (j / 64 < one.overridden_by.size() && (one.overridden_by[j / 64] >> (j % 64) & 1) != 0)
      out += (out.empty() ? "" : ", ") + (definition.cases[j].label.empty() ? fmt::format("case {}", j + 1) : definition.cases[j].label);
  return out;
}

}  // namespace

std::string print_definition(const Agreement& agreement, DefinitionId id) {
  const Definition& definition = agreement.definitions[id];
  std::string out = fmt::format("{}: {}, {}", definition.name, print_type(agreement, definition.type), print_grain(agreement, definition.grain));
  if (definition.pass < 0) out += ", before the facts";
  if (definition.pass > 0) out += fmt::format(", pass {}", definition.pass + 1);
  if (definition.clause.valid()) out += ", clause " + agreement.clauses[definition.clause].number;
  if (definition.hidden) out += ", hidden";
  if (definition.base && definition.cases.empty()) return out + "\n  = " + print_expression(agreement, definition.grain, *definition.base) + "\n";
  out += "\n";
  if (definition.base) out += "  base " + print_expression(agreement, definition.grain, *definition.base) + "\n";
  for (const Case& one : definition.cases) {
    out += fmt::format("  case {}: {} when {}", one.label, print_expression(agreement, definition.grain, one.result),
                       print_expression(agreement, definition.grain, one.guard));
    const std::string overriders = overriders_text(definition, one);
    out += (overriders.empty() ? "" : ", overridden by " + overriders) + "\n";
  }
  return out;
}

std::string print(const Agreement& agreement) {
  std::string out = header_text(agreement);
  for (const Param& param : agreement.params) out += param_text(agreement, param);
  for (uint32_t i = 0; i < agreement.enums.size(); ++i)
    if (!is_same_everywhere(agreement, {i})) out += enum_text(agreement.enums.items[i]);
  for (const MetricType& type : agreement.metric_types) out += metric_type_text(type);
  for (const Record& record : agreement.records)
    if (!record.act) out += record_text(agreement, record);  // every agreement has the same acts
  for (const Calendar& calendar : agreement.calendars) out += print_calendar(calendar);
  for (const Clause& clause : agreement.clauses) out += clause_text(agreement, clause);
  out += print_constructs(agreement);
  for (const DefinitionId id : agreement.order) out += print_definition(agreement, id);
  return out + print_facts(agreement);
}

}  // namespace writ::ir
