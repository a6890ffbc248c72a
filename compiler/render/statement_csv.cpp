#include <fmt/format.h>

#include "render/csv_text.h"
#include "render/portfolio.h"
#include "render/value_text.h"

namespace writ::render {

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

static std::string unit_of(const ir::Agreement& agreement, const ir::Type& type) {
  if (type.currency.valid()) return agreement.currencies[type.currency].code;
  if (type.metric.valid()) return agreement.metric_types[type.metric].unit;
  return {};
}

static constexpr const char* head = "grain,period,name,value,unit,clause\r\n";

// `start`: of every row.
static std::string rows_of(const Statement& statement, const std::string& start) {
  const ir::Agreement& agreement = *statement.agreement;
  std::string out;
  const auto row = [&](std::string_view grain, std::string_view period, std::string_view name, std::string_view text, std::string_view unit,
                       ir::ClauseId clause) {
    out += start;
    out += fmt::format("{},{},{},{},{},{}\r\n", grain, csv_field(period), csv_field(name), csv_field(text), csv_field(unit),
                       csv_field(clause.valid() ? agreement.clauses[clause].number : std::string()));
  };
  for (uint32_t i = 0; i < agreement.definitions.size(); ++i) {
    const ir::Definition& definition = agreement.definitions.items[i];
    const std::vector<value::Value>& values = statement.results->values[i];
    if (definition.grain.of == ir::Grain::Of::agreement) {
      row("agreement", "", definition.name, plain_value(agreement, definition.type, values.front()), unit_of(agreement, definition.type), definition.clause);
    } else if (definition.grain.of == ir::Grain::Of::period && !definition.hidden) {
      const std::vector<Period> begun = periods_begun(agreement, definition.grain.period, statement.as_of);
      for (size_t p = 0; p < begun.size(); ++p) {
        row("period", period_text(definition.grain.period, begun[p].first_date), definition.name, plain_value(agreement, definition.type, values[p]),
            unit_of(agreement, definition.type), definition.clause);
      }
    }
  }
  for (uint32_t c = 0; c < agreement.credits.size(); ++c) {
    const ir::Credit& credit = agreement.credits.items[c];
    const std::vector<Period> begun = periods_begun(agreement, credit.period, statement.as_of);
    for (size_t p = 0; p < begun.size(); ++p) {
      row("period", period_text(credit.period, begun[p].first_date), credit.name + ".state",
          plain_value(agreement, enum_type(agreement.credit_state_enum), statement.results->credits[c][p].state), "", credit.clause);
    }
  }
  for (uint32_t i = 0; i < agreement.rights.size(); ++i) {
    row("agreement", "", agreement.rights.items[i].name, plain_value(agreement, enum_type(agreement.right_state_enum), statement.results->rights[i].state), "",
        agreement.rights.items[i].clause);
  }
  return out;
}

std::string statement_csv(const Statement& statement) { return head + rows_of(statement, {}); }
std::string portfolio_csv_head(const Portfolio& portfolio) { return csv_field(portfolio.key) + "," + head; }
std::string portfolio_csv(const Statement& statement, const std::string& key) { return rows_of(statement, csv_field(key) + ","); }

}  // namespace writ::render
