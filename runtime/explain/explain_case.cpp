// Why a record came out as it did, from recorded values and the cases that held: never by evaluating again with other code.
#include "explain/account.h"
#include "explain/one_case.h"

namespace writ::explain {

namespace {

std::string_view part_words(evaluate::Admission admission) {
  switch (admission) {
    case evaluate::Admission::admitted: return "in the term";
    case evaluate::Admission::after_horizon: return "after the as-of instant: not seen";
    case evaluate::Admission::outside_term: return "outside the term: not used";
    case evaluate::Admission::undated: return "without a date: not used";
  }
  return {};
}

// A field as rules see it: an event after the as-of instant has not been seen.
value::Value field_value(const Type& type, const KeptRow& row, size_t f, int64_t as_of) {
  switch (static_cast<value::State>(row.states[f])) {
    case value::State::given: break;
    case value::State::not_yet: return value::not_yet();
    case value::State::none: return value::none();
    case value::State::unknown:
    case value::State::fault: return value::unknown();
  }
  const bool unseen = type.kind == Kind::instant && type.absence == Absence::not_yet && row.numbers[f] > as_of;
  return unseen ? value::not_yet() : value::given(row.numbers[f]);
}

std::string field_words(const Described& described, const Record& record, const writ_case& one, size_t f) {
  const Field& field = record.fields[f];
  const KeptRow& row = one.last->row;
  const value::Value v = field_value(field.type, row, f, one.state->inputs.as_of);
  const bool given = v.state == value::State::given;
  if (given && row.any_text && row.has_text[f] != 0) return row.texts[f];
  const bool named = v.lo >= 0 && v.lo < static_cast<i128>(described.description.texts.size());
  if (given && field.type.kind == Kind::text && !named) return "text " + value::to_text(v.lo, 0);
  return in_words(described.words(), field.type, v);
}

// Of a fault: where it arose, as written.
std::string fault_words(const Description& d, const value::Value& v) {
  const At at = at_point(d, v.point);
  if (at.definition == nullptr) return std::string(value::name(v.fault));
  std::string text = std::string(value::name(v.fault)) + ", in " + at.definition->name;
  const std::string& quote = at.one != nullptr ? at.one->quote : at.definition->quote;
  if (!quote.empty()) text += ", `" + quote + "`";
  const std::string clause = clause_words(d, at.definition->clause);
  return clause.empty() ? text : text + ", " + clause;
}

struct Shown {
  const Definition* definition = nullptr;
  value::Value v;
  uint64_t held = 0;
};

// What statements show of this record type, in the order of the agreement.
std::vector<Shown> shown_of(const Described& described, const writ_case& one) {
  std::vector<Shown> shown;
  const evaluate::RecordOutputs& outputs = outputs_of(one);
  const std::vector<uint32_t>& order = described.tables->records[one.record].definitions;
  for (uint32_t i = 0; i < described.description.definitions.size(); ++i) {
    const Definition& definition = described.description.definitions[i];
    if (definition.per != Per::record || definition.record != one.record || definition.hidden) continue;
    for (size_t place = 0; place < order.size(); ++place) {
      if (order[place] == i) shown.push_back({&definition, outputs.values[place].front(), outputs.held[place].front()});
    }
  }
  return shown;
}

bool holds(const Shown& shown, size_t c) { return value::holds(shown.definition->cases.size(), shown.held, c); }

// Whether it holds and no case that overrides it does.
bool decides(const Shown& shown, size_t c) {
  if (!holds(shown, c)) return false;
  if (shown.definition->cases.size() > value::most_held_bits) return true;
  const std::vector<uint64_t>& by = shown.definition->cases[c].overridden_by;
  return by.empty() || (by[0] & shown.held) == 0;
}

void add_definition(std::string& out, const Described& described, const Shown& shown) {
  const Description& d = described.description;
  out += shown.definition->name + " = " + in_words(described.words(), shown.definition->type, shown.v) + "\n";
  // The parts of a construct have its quote, too; once is enough.
  const bool part = shown.definition->name.find('.') != std::string::npos;
  const bool quoted = !part && shown.definition->cases.empty() && shown.definition->quote.size() > shown.definition->name.size();
  std::string from = clause_words(d, shown.definition->clause);
  if (quoted) from += (from.empty() ? "`" : ", `") + shown.definition->quote + "`";
  if (!from.empty()) out += "  " + from + "\n";
  for (size_t c = 0; c < shown.definition->cases.size(); ++c) {
    const Case& one = shown.definition->cases[c];
    if (!holds(shown, c)) continue;
    out += (decides(shown, c) ? "  decides: `" : "  holds, and is overridden: `") + (one.quote.empty() ? one.label : one.quote) + "`\n";
  }
  if (shown.v.state == value::State::fault) out += "  error: " + fault_words(d, shown.v) + "\n";
}

// The record as its commitments are accounted for.
struct Judged {
  std::vector<value::Value> values;
  std::vector<std::vector<value::Interval>> pauses;
  std::vector<Account> accounts;
  Evaluated evaluated;
};

Judged judge(const Described& described, const writ_case& one) {
  const Description& d = described.description;
  Judged judged;
  judged.values.assign(d.definitions.size(), value::none());
  const std::vector<uint32_t>& order = described.tables->records[one.record].definitions;
  const evaluate::RecordOutputs& outputs = outputs_of(one);
  for (size_t place = 0; place < order.size(); ++place) judged.values[order[place]] = outputs.values[place].front();
  judged.pauses.resize(d.commitments.size());
  for (const evaluate::ClockPauses& clock : one.last->clocks) {
    if (clock.commitment < judged.pauses.size()) judged.pauses[clock.commitment] = clock.pauses;
  }
  judged.evaluated = {&d, &described.zone(), one.state->inputs.as_of, described.tables->calendars, judged.values, one.state->inputs.params, judged.pauses};
  for (uint32_t i = 0; i < d.commitments.size(); ++i) {
    if (d.commitments[i].record == one.record) judged.accounts.push_back(account_for(judged.evaluated, i));
  }
  return judged;
}

}  // namespace

std::string explain_text(const Described& described, const writ_case& one) {
  const Record& record = described.description.records[one.record];
  const int64_t as_of = one.state->inputs.as_of;
  const evaluate::Admission part = outputs_of(one).admission.front();
  std::string out = record.name + ", as of " + instant_text(described.zone(), as_of) + ": " + std::string(part_words(part)) + "\n";
  for (size_t f = 0; f < record.fields.size(); ++f) {
    out += "  " + record.fields[f].name + ": " + field_words(described, record, one, f) + "\n";
  }
  if (part != evaluate::Admission::admitted) return out;
  const Judged judged = judge(described, one);
  for (const Account& account : judged.accounts) out += "\n" + account_text(judged.evaluated, account);
  for (const Shown& shown : shown_of(described, one)) {
    out += "\n";
    add_definition(out, described, shown);
  }
  return out;
}

std::string explain_json(const Described& described, const writ_case& one) {
  const Description& d = described.description;
  const Record& record = d.records[one.record];
  const int64_t as_of = one.state->inputs.as_of;
  const evaluate::Admission part = outputs_of(one).admission.front();
  std::string out = "{\"record\":" + json_text(record.name) + ",\"as_of\":" + json_text(instant_iso(described.zone(), as_of)) +
                    ",\"part\":" + json_text(part_words(part)) + ",\"fields\":{";
  for (size_t f = 0; f < record.fields.size(); ++f) {
    out += (f == 0 ? "" : ",") + json_text(record.fields[f].name) + ":" + json_text(field_words(described, record, one, f));
  }
  out += "},\"commitments\":[";
  bool first = true;
  if (part == evaluate::Admission::admitted) {
    const Judged judged = judge(described, one);
    for (const Account& account : judged.accounts) {
      out += (first ? "" : ",") + account_json(judged.evaluated, account);
      first = false;
    }
  }
  out += "],\"definitions\":[";
  first = true;
  if (part == evaluate::Admission::admitted) {
    for (const Shown& shown : shown_of(described, one)) {
      const Definition& definition = *shown.definition;
      out += (first ? "" : ",") + std::string("{\"name\":") + json_text(definition.name) +
             ",\"words\":" + json_text(in_words(described.words(), definition.type, shown.v)) +
             ",\"value\":" + json_text(exactly(described.words(), definition.type, shown.v));
      first = false;
      if (definition.clause != nowhere) {
        out += ",\"clause\":" + json_text(d.clauses[definition.clause].number) + ",\"clause_title\":" + json_text(d.clauses[definition.clause].title);
      }
      if (!definition.quote.empty()) out += ",\"quote\":" + json_text(definition.quote);
      out += ",\"held\":[";
      bool first_case = true;
      for (size_t c = 0; c < definition.cases.size(); ++c) {
        if (!holds(shown, c)) continue;
        out += (first_case ? "" : ",") + std::string("{\"label\":") + json_text(definition.cases[c].label) +
               ",\"quote\":" + json_text(definition.cases[c].quote) + ",\"decides\":" + (decides(shown, c) ? "true" : "false") + "}";
        first_case = false;
      }
      out += "]";
      if (shown.v.state == value::State::fault) out += ",\"error\":" + json_text(fault_words(d, shown.v));
      out += "}";
    }
  }
  return out + "]}\n";
}

}  // namespace writ::explain
