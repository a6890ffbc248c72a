#include "render/why.h"

#include <fmt/format.h>

#include <cassert>

#include "explain/account.h"
#include "render/value_json.h"
#include "render/value_text.h"

namespace writ::render {

namespace {

std::string field_text(const ir::Agreement& agreement, const RecordView& view, size_t field) {
  const ir::Field& f = agreement.records[view.record].fields[field];
  if (f.type.kind == ir::Kind::text && view.fields[field].state == value::State::given) return view.texts[field];
  return value_text(agreement, f.type, view.fields[field]);
}

std::string_view admission_text(evaluate::Admission admission) {
  switch (admission) {
    case evaluate::Admission::admitted: return "in the term";
    case evaluate::Admission::after_horizon: return "after the as-of instant: not seen";
    case evaluate::Admission::outside_term: return "outside the term: not used";
    case evaluate::Admission::undated: return "without a date: not used";
  }
  return {};
}

// The record as its commitments are accounted for, here and by deployed rule sets.
struct Accounts {
  std::vector<value::CalendarTable> calendars;
  explain::Evaluated evaluated;
  std::vector<explain::Account> accounts;
};

Accounts accounts_of(const ir::Agreement& agreement, const RecordView& view) {
  Accounts made;
  for (const ir::Calendar& calendar : agreement.calendars) {
    const value::CalendarError error = value::build_calendar(calendar.rules, made.calendars.emplace_back());
    assert(error == value::CalendarError::none);  // the agreement is without mistakes
    (void)error;
  }
  made.evaluated = {&view.description, &agreement.zone, view.as_of, made.calendars, view.values, view.params, view.pauses};
  for (uint32_t i = 0; i < agreement.commitments.size(); ++i) {
    if (agreement.commitments.items[i].record == view.record) made.accounts.push_back(explain::account_for(made.evaluated, i));
  }
  return made;
}

// By their labels.
std::vector<std::string> cases_that_held(const ir::Definition& definition, uint64_t held) {
  std::vector<std::string> labels;
  for (size_t c = 0; c < definition.cases.size(); ++c) {
    if (value::holds(definition.cases.size(), held, c) && !definition.cases[c].label.empty()) labels.push_back(definition.cases[c].label);
  }
  return labels;
}

void print_definitions(std::string& out, const ir::Agreement& agreement, const RecordView& view) {
  for (uint32_t i = 0; i < agreement.definitions.size(); ++i) {
    const ir::Definition& definition = agreement.definitions.items[i];
    if (definition.hidden || definition.grain.of != ir::Grain::Of::record || definition.grain.record != view.record) continue;
    std::string cases;
    for (const std::string& label : cases_that_held(definition, view.held[i])) cases += (cases.empty() ? " by case " : ", ") + label;
    out += fmt::format("  {} = {}{}{}\n", definition.name, value_text(agreement, definition.type, view.values[i]), cases,
                       definition.clause.valid() ? "  (clause " + agreement.clauses[definition.clause].number + ")" : "");
  }
}

}  // namespace

std::string why_human(const ir::Agreement& agreement, const RecordView& view) {
  const ir::Record& record = agreement.records[view.record];
  std::string out = fmt::format("{} {}, as of {}: {}\n", record.name, view.key, instant_text(agreement, view.as_of), admission_text(view.admission));
  if (!view.agreement_key_name.empty()) out += fmt::format("  of {}: {}\n", view.agreement_key_name, view.agreement_key);
  for (size_t i = 0; i < record.fields.size(); ++i) out += fmt::format("  {}: {}\n", record.fields[i].name, field_text(agreement, view, i));
  if (view.admission != evaluate::Admission::admitted) return out;
  const Accounts made = accounts_of(agreement, view);
  for (const explain::Account& account : made.accounts) out += "\n" + explain::account_text(made.evaluated, account);
  out += "\nValues\n";
  print_definitions(out, agreement, view);
  return out;
}

std::string why_json(const ir::Agreement& agreement, const RecordView& view) {
  const ir::Record& record = agreement.records[view.record];
  Json out{{"record", record.name}, {"key", view.key}, {"as_of", instant_iso(agreement, view.as_of)}, {"admission", admission_text(view.admission)}};
  if (!view.agreement_key_name.empty()) out["agreement"] = {{"column", view.agreement_key_name}, {"key", view.agreement_key}};
  for (size_t i = 0; i < record.fields.size(); ++i) {
    const bool text = record.fields[i].type.kind == ir::Kind::text && view.fields[i].state == value::State::given;
    out["fields"][record.fields[i].name] =
        text ? Json{{"state", "given"}, {"value", view.texts[i]}} : value_json(agreement, record.fields[i].type, view.fields[i]);
  }
  out["commitments"] = Json::array();
  if (view.admission == evaluate::Admission::admitted) {
    const Accounts made = accounts_of(agreement, view);
    for (const explain::Account& account : made.accounts) out["commitments"].push_back(Json::parse(explain::account_json(made.evaluated, account)));
  }
  for (uint32_t i = 0; i < agreement.definitions.size() && view.admission == evaluate::Admission::admitted; ++i) {
    const ir::Definition& definition = agreement.definitions.items[i];
    if (definition.grain.of != ir::Grain::Of::record || definition.grain.record != view.record || definition.hidden) continue;
    out["values"][definition.name] = value_json(agreement, definition.type, view.values[i]);
    for (const std::string& label : cases_that_held(definition, view.held[i])) out["cases"][definition.name].push_back(label);
  }
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace writ::render
