#include "embed/describe.h"

#include <nlohmann/json.hpp>

#include "diag/render.h"
#include "ir/print.h"
#include "value/civil_text.h"

namespace writ::embed {

namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json fields_json(const ir::Agreement& agreement, const std::vector<ir::Field>& fields) {
  Json list = Json::array();
  for (const ir::Field& field : fields) {
    Json one{{"name", field.name}, {"type", ir::print_type(agreement, field.type)}};
    if (field.type.kind == ir::Kind::enumeration) one["members"] = agreement.enums[field.type.enumeration].members;
    one["may_be_missing"] = field.type.absence != ir::Absence::never || field.type.may_be_unknown;
    list.push_back(std::move(one));
  }
  return list;
}

Json record_json(const ir::Agreement& agreement, const ir::Record& record) {
  Json json{{"name", record.name}, {"act", record.act}, {"key", nullptr}, {"since", nullptr}, {"fields", fields_json(agreement, record.fields)}};
  if (record.key) json["key"] = record.fields[*record.key].name;
  if (record.since) json["since"] = record.fields[*record.since].name;
  if (record.history) json["history"] = fields_json(agreement, record.history->fields);
  return json;
}

Json clause_json(const ir::Agreement& agreement, ir::ClauseId clause) { return clause.valid() ? Json(agreement.clauses[clause].number) : Json(nullptr); }

}  // namespace

std::string describe(const ir::Agreement& agreement) {
  Json parties = Json::array(), records = Json::array(), params = Json::array(), definitions = Json::array(), credits = Json::array(), rights = Json::array();
  for (const ir::Party& party : agreement.parties) parties.push_back({{"name", party.name}, {"role", party.role}, {"printed", party.printed}});
  for (const ir::Record& record : agreement.records) records.push_back(record_json(agreement, record));
  for (const ir::Param& param : agreement.params) {
    Json value = param.value ? Json(ir::print_constant(agreement, param.type, *param.value)) : Json(nullptr);
    params.push_back({{"name", param.name}, {"type", ir::print_type(agreement, param.type)}, {"value", std::move(value)}});
  }
  for (const ir::Definition& definition : agreement.definitions) {
    if (definition.hidden) continue;
    definitions.push_back({{"name", definition.name},
                           {"grain", ir::print_grain(agreement, definition.grain)},
                           {"type", ir::print_type(agreement, definition.type)},
                           {"clause", clause_json(agreement, definition.clause)}});
  }
  for (const ir::Credit& credit : agreement.credits) {
    credits.push_back({{"name", credit.name}, {"period", ir::name_of(credit.period)}, {"clause", clause_json(agreement, credit.clause)}});
  }
  for (const ir::Right& right : agreement.rights) {
    rights.push_back({{"name", right.name}, {"of", agreement.parties[right.party].name}, {"clause", clause_json(agreement, right.clause)}});
  }
  return text_of({{"title", agreement.title},
                  {"parties", parties},
                  {"time_zone", agreement.zone_name},
                  {"currency", agreement.currency.valid() ? Json(agreement.currencies[agreement.currency].code) : Json(nullptr)},
                  {"term", {{"from", value::format_date(agreement.effective)}, {"to", value::format_date(agreement.end - 1)}}},
                  {"records", records},
                  {"parameters", params},
                  {"definitions", definitions},
                  {"credits", credits},
                  {"rights", rights}});
}

std::string diagnostics_json(const diag::Sink& sink, const source::SourceMap& sources) {
  Json list = Json::array();
  for (const diag::Diagnostic& diagnostic : sink.diagnostics) {
    Json one = Json::parse(diag::render_json(diagnostic, sources));
    one["text"] = diag::render_human(diagnostic, sources, false);
    list.push_back(std::move(one));
  }
  return text_of(list);
}

std::string error_json(const std::string& message) {
  return text_of(Json::array({{{"code", nullptr}, {"severity", "error"}, {"message", message}, {"text", "error: " + message}}}));
}

}  // namespace writ::embed
