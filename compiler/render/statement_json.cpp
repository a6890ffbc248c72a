#include "render/portfolio.h"
#include "render/value_json.h"
#include "render/value_text.h"
#include "value/civil_text.h"

namespace writ::render {

namespace {

Json clause_json(const ir::Agreement& agreement, ir::ClauseId id) {
  if (!id.valid()) return nullptr;
  return {{"number", agreement.clauses[id].number}, {"title", agreement.clauses[id].title}};
}

Json head_json(const Statement& statement) {
  const ir::Agreement& agreement = *statement.agreement;
  Json parties = Json::array();
  for (const ir::Party& party : agreement.parties) parties.push_back({{"name", party.name}, {"role", party.role}, {"printed", party.printed}});
  return {{"agreement", agreement.title},
          {"parties", parties},
          {"as_of", instant_iso(agreement, statement.as_of)},
          {"time_zone", agreement.zone_name},
          {"term", {{"from", value::format_date(agreement.effective)}, {"to", value::format_date(agreement.end - 1)}}}};
}

Json facts_json(const Statement& statement) {
  Json list = Json::array();
  for (const FactsRead& facts : statement.facts) {
    const evaluate::RecordTotals& totals = statement.results->records[facts.record];
    list.push_back({{"of", facts.what},
                    {"file", facts.file},
                    {"rows", facts.rows},
                    {"set_aside", facts.set_aside},
                    {"superseded", facts.superseded},
                    {"in_term", totals.admitted},
                    {"outside_term", totals.outside_term},
                    {"after_as_of", totals.after_horizon},
                    {"undated", totals.undated},
                    {"with_error", totals.faulted},
                    {"reasons", facts.reasons}});
  }
  return list;
}

Json commitments_json(const Statement& statement) {
  const ir::Agreement& agreement = *statement.agreement;
  static constexpr const char* names[] = {"met", "missed", "pending", "excused", "out_of_scope"};
  Json list = Json::array();
  for (const ir::Commitment& commitment : agreement.commitments) {
    Json row{{"name", commitment.name}, {"by", agreement.parties[commitment.party].name}, {"clause", clause_json(agreement, commitment.clause)}};
    value::i128 doubtful = 0;
    for (size_t i = 0; i < commitment.counts.size(); ++i) {
      const value::Value& v = statement.results->values[commitment.counts[i].index].front();
      row[names[i]] = static_cast<int64_t>(v.lo);
      doubtful = v.hi - v.lo;
    }
    row["cannot_tell"] = static_cast<int64_t>(doubtful);
    row["subject_to_set_aside"] = set_aside_for(statement, commitment.outcome);
    list.push_back(std::move(row));
  }
  return list;
}

Json figures_json(const Statement& statement) {
  const ir::Agreement& agreement = *statement.agreement;
  Json list = Json::array();
  for (uint32_t i = 0; i < agreement.definitions.size(); ++i) {
    const ir::Definition& definition = agreement.definitions.items[i];
    if (definition.hidden || definition.grain.of == ir::Grain::Of::record || definition.grain.of == ir::Grain::Of::history) continue;
    Json figure{{"name", definition.name}, {"clause", clause_json(agreement, definition.clause)}, {"subject_to_set_aside", set_aside_for(statement, {i})}};
    if (definition.grain.of == ir::Grain::Of::agreement) {
      figure["value"] = value_json(agreement, definition.type, statement.results->values[i].front());
    } else {
      Json periods = Json::array();
      const std::vector<Period> begun = periods_begun(agreement, definition.grain.period, statement.as_of);
      for (size_t p = 0; p < begun.size(); ++p) {
        periods.push_back({{"period", period_text(definition.grain.period, begun[p].first_date)},
                           {"from", value::format_date(begun[p].first_date)},
                           {"to", value::format_date(begun[p].end_date - 1)},
                           {"over", begun[p].over},
                           {"value", value_json(agreement, definition.type, statement.results->values[i][p])}});
      }
      figure["periods"] = std::move(periods);
    }
    list.push_back(std::move(figure));
  }
  return list;
}

Json credits_json(const Statement& statement) {
  const ir::Agreement& agreement = *statement.agreement;
  Json list = Json::array();
  for (uint32_t c = 0; c < agreement.credits.size(); ++c) {
    const ir::Credit& credit = agreement.credits.items[c];
    const std::vector<Period> begun = periods_begun(agreement, credit.period, statement.as_of);
    for (size_t p = 0; p < begun.size(); ++p) {
      const evaluate::CreditResult& result = statement.results->credits[c][p];
      Json row{{"remedy", credit.name},
               {"clause", clause_json(agreement, credit.clause)},
               {"period", period_text(credit.period, begun[p].first_date)},
               {"amount", value_json(agreement, agreement.definitions[credit.amount].type, statement.results->values[credit.amount.index][p])},
               {"state", plain_value(agreement, enum_type(agreement.credit_state_enum), result.state)}};
      if (result.has_deadline) row["claim_by"] = instant_iso(agreement, result.claim_deadline);
      if (result.claimed) row["claimed_at"] = instant_iso(agreement, result.claimed_at);
      if (result.settled) row["settled_at"] = instant_iso(agreement, result.settled_at);
      list.push_back(std::move(row));
    }
  }
  return list;
}

Json rights_json(const Statement& statement) {
  const ir::Agreement& agreement = *statement.agreement;
  Json list = Json::array();
  for (uint32_t i = 0; i < agreement.rights.size(); ++i) {
    const ir::Right& right = agreement.rights.items[i];
    const evaluate::RightResult& result = statement.results->rights[i];
    Json row{{"right", right.name},
             {"of", agreement.parties[right.party].name},
             {"clause", clause_json(agreement, right.clause)},
             {"state", plain_value(agreement, enum_type(agreement.right_state_enum), result.state)}};
    const auto instant = [&](const char* name, bool there, int64_t at) {
      if (there) row[name] = instant_iso(agreement, at);
    };
    instant("arose_at", result.arose, result.arose_at);
    instant("noticed_at", result.noticed, result.noticed_at);
    instant("cure_end", result.has_cure_end, result.cure_end);
    instant("exercisable_from", result.has_exercisable, result.exercisable_from);
    instant("lapses_at", result.has_lapse, result.lapses_at);
    instant("exercised_at", result.exercised, result.exercised_at);
    if (result.arose && !right.misses.empty()) row["misses"] = result.misses;
    row["ineffective_notices"] = result.ineffective_notices;
    row["then"] = right.then;
    list.push_back(std::move(row));
  }
  return list;
}

Json errors_json(const Statement& statement) {
  Json list = Json::array();
  for (size_t i = 0; i < statement.results->faults.size(); ++i) {
    const evaluate::FaultReport& fault = statement.results->faults[i];
    list.push_back({{"record", statement.agreement->records.items[fault.record].name},
                    {"key", i < statement.keys_of_faults.size() ? statement.keys_of_faults[i] : std::string()},
                    {"error", value::name(fault.fault)},
                    {"point", fault.point}});
  }
  return list;
}

Json statement_object(const Statement& statement) {
  const ir::Agreement& agreement = *statement.agreement;
  Json params = Json::object();
  for (uint32_t i = 0; i < agreement.params.size() && i < statement.params.size(); ++i) {
    params[agreement.params.items[i].name] = value_json(agreement, agreement.params.items[i].type, statement.params[i]);
  }
  Json out = head_json(statement);
  out["parameters"] = params;
  out["facts"] = facts_json(statement);
  out["commitments"] = commitments_json(statement);
  out["figures"] = figures_json(statement);
  out["credits"] = credits_json(statement);
  out["rights"] = rights_json(statement);
  out["errors"] = errors_json(statement);
  return out;
}

// Names from a file may hold bytes that are no UTF-8: they are replaced rather than lost with the whole statement.
std::string text_of(const Json& json, int indent) { return json.dump(indent, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string statement_json(const Statement& statement) { return text_of(statement_object(statement), 2) + "\n"; }

std::string portfolio_json_head(const Portfolio& portfolio) {
  Json head = head_json(portfolio.all);
  head["key"] = portfolio.key;
  std::string text = text_of(head, -1);
  text.pop_back();  // the brace: the object goes on
  return text + ",\n\"agreements\": [";
}

std::string portfolio_json(const Statement& statement, const std::string& key, bool is_first) {
  return (is_first ? "\n" : ",\n") + text_of({{"key", key}, {"statement", statement_object(statement)}}, -1);
}

std::string portfolio_json_end(const Portfolio& portfolio) { return "\n],\n\"facts\": " + text_of(facts_json(portfolio.all), -1) + "}\n"; }

}  // namespace writ::render
