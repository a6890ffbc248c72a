// A description as JSON, for hosts that know nothing of their rule set beforehand.
#include <writ/rules.h>

#include "explain/described.h"
#include "value/civil_text.h"

namespace writ::explain {

namespace {

std::string kind_name(Kind kind) {
  switch (kind) {
    case Kind::boolean: return "boolean";
    case Kind::number: return "number";
    case Kind::ratio: return "ratio";
    case Kind::money: return "money";
    case Kind::date: return "date";
    case Kind::time: return "time";
    case Kind::instant: return "instant";
    case Kind::duration: return "duration";
    case Kind::period: return "period";
    case Kind::open_time: return "open time";
    case Kind::open_days: return "open days";
    case Kind::enumeration: return "enumeration";
    case Kind::text: return "text";
  }
  return {};
}

std::string period_name(value::PeriodKind kind) {
  switch (kind) {
    case value::PeriodKind::month: return "month";
    case value::PeriodKind::quarter: return "quarter";
    case value::PeriodKind::year: return "year";
    case value::PeriodKind::contract_month: return "contract month";
  }
  return {};
}

// Members of an object, or elements of a list.
struct Json {
  std::string out;
  char close = '}';
  bool first = true;

  explicit Json(char open) : out(1, open), close(open == '{' ? '}' : ']') {}
  void add(const std::string& value) {
    if (!first) out += ",";
    first = false;
    out += value;
  }
  void raw(std::string_view name, const std::string& value) { add(json_text(name) + ":" + value); }
  void text(std::string_view name, std::string_view value) { raw(name, json_text(value)); }
  void number(std::string_view name, int64_t value) { raw(name, std::to_string(value)); }
  void truth(std::string_view name, bool value) { raw(name, value ? "true" : "false"); }
  std::string done() const { return out + close; }
};

template <class List, class Make>
std::string list_of(const List& list, Make make) {
  Json json('[');
  for (size_t i = 0; i < list.size(); ++i) json.add(make(list[i], i));
  return json.done();
}

// The integers as text: many readers of JSON keep only 53 bits of a number.
void add_type(Json& json, const Description& d, const Type& type) {
  json.text("type", kind_name(type.kind));
  if (type.kind == Kind::number || type.kind == Kind::ratio || type.kind == Kind::money) json.number("scale", type.scale);
  if (type.percent) json.truth("percent", true);
  if (type.currency != nowhere) json.text("currency", d.currencies[type.currency].code);
  if (type.unit != nowhere) json.text("unit", d.units[type.unit]);
  if (type.enumeration != nowhere) json.text("enum", d.enums[type.enumeration].name);
  if (type.absence == Absence::not_yet) json.truth("may_be_not_yet", true);
  if (type.absence == Absence::none) json.truth("may_be_none", true);
  if (type.may_be_unknown) json.truth("may_be_unknown", true);
  if (!type.has_range) return;
  json.text("low", value::to_text(type.low, 0));
  json.text("high", value::to_text(type.high, 0));
}

std::string field_json(const Description& d, const Field& field, size_t index) {
  Json json('{');
  json.number("index", static_cast<int64_t>(index));
  json.text("name", field.name);
  add_type(json, d, field.type);
  return json.done();
}

std::string record_json(const Description& d, const Record& record, size_t index) {
  const auto field = [&](const Field& each, size_t i) { return field_json(d, each, i); };
  Json json('{');
  json.number("index", static_cast<int64_t>(index));
  json.text("name", record.name);
  if (record.act) json.truth("act", true);
  if (record.key != nowhere) json.text("key", record.fields[record.key].name);
  if (record.since != nowhere) json.text("since", record.fields[record.since].name);
  json.raw("fields", list_of(record.fields, field));
  if (!record.history.empty()) {
    json.text("history_at", record.history[record.history_at].name);
    json.raw("history", list_of(record.history, field));
  }
  return json.done();
}

void add_clause(Json& json, const Description& d, uint32_t clause) {
  if (clause == nowhere) return;
  json.text("clause", d.clauses[clause].number);
  json.text("clause_title", d.clauses[clause].title);
}

std::string definition_json(const Description& d, const Definition& definition, size_t index) {
  Json json('{');
  json.number("index", static_cast<int64_t>(index));
  json.text("name", definition.name);
  if (definition.printed != definition.name && !definition.printed.empty()) json.text("printed", definition.printed);
  switch (definition.per) {
    case Per::agreement: json.text("per", "agreement"); break;
    case Per::record: json.text("per", d.records[definition.record].name); break;
    case Per::period: json.text("per", period_name(definition.period)); break;
  }
  add_type(json, d, definition.type);
  if (definition.hidden) json.truth("hidden", true);
  add_clause(json, d, definition.clause);
  if (!definition.quote.empty()) json.text("quote", definition.quote);
  if (definition.cases.empty()) return json.done();
  json.raw("cases", list_of(definition.cases, [](const Case& one, size_t) {
             Json each('{');
             each.text("label", one.label);
             each.text("quote", one.quote);
             return each.done();
           }));
  return json.done();
}

template <class Each>
std::string named_json(const Description& d, const Each& each, size_t index) {
  Json json('{');
  json.number("index", static_cast<int64_t>(index));
  json.text("name", each.name);
  add_clause(json, d, each.clause);
  return json.done();
}

std::string hash_text(const uint64_t hash[2]) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (int word = 0; word < 2; ++word) {
    for (int shift = 60; shift >= 0; shift -= 4) text += digits[hash[word] >> shift & 15];
  }
  return text;
}

std::string param_json(const Description& d, const Param& param, size_t index) {
  Json json('{');
  json.number("index", static_cast<int64_t>(index));
  json.text("name", param.name);
  add_type(json, d, param.type);
  if (param.has_value) json.text("value", value::to_text(param.value, 0));
  return json.done();
}

std::string source_json(const Source& source, size_t) {
  Json json('{');
  json.text("name", source.name);
  json.text("sha256", source.sha256);
  return json.done();
}

std::string party_json(const Party& party, size_t) {
  Json json('{');
  json.text("name", party.name);
  json.text("role", party.role);
  json.text("printed", party.printed);
  return json.done();
}

std::string enum_json(const Enum& each, size_t index) {
  Json json('{');
  json.number("index", static_cast<int64_t>(index));
  json.text("name", each.name);
  json.raw("words", list_of(each.words, [](const std::string& word, size_t) { return json_text(word); }));
  return json.done();
}

}  // namespace

std::string describe_json(const Described& described) {
  const Description& d = described.description;
  const auto with = [&](auto make) { return [&d, make](const auto& each, size_t index) { return make(d, each, index); }; };
  Json json('{');
  json.text("title", d.title);
  json.text("rules", hash_text(described.tables->rules));
  json.number("abi_version", WRIT_ABI_VERSION);
  json.text("compiler", d.compiler);
  json.raw("sources", list_of(d.sources, source_json));
  json.raw("parties", list_of(d.parties, party_json));
  json.text("effective", value::format_date(d.effective));
  json.text("end", value::format_date(d.end));
  if (d.currency != nowhere) json.text("currency", d.currencies[d.currency].code);
  json.text("time_zone", d.zone);
  json.number("passes", described.tables->passes);
  json.raw("enums", list_of(d.enums, enum_json));
  json.raw("texts", list_of(d.texts, [](const std::string& text, size_t) { return json_text(text); }));
  json.raw("params", list_of(d.params, with(param_json)));
  json.raw("records", list_of(d.records, with(record_json)));
  json.raw("definitions", list_of(d.definitions, with(definition_json)));
  json.raw("credits", list_of(d.credits, with(named_json<Credit>)));
  json.raw("rights", list_of(d.rights, with(named_json<Right>)));
  return json.done() + "\n";
}

}  // namespace writ::explain
