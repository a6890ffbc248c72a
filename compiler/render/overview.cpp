#include <fmt/format.h>

#include <algorithm>

#include "render/portfolio.h"
#include "render/statement_parts.h"
#include "render/text_table.h"
#include "render/value_text.h"

namespace writ::render {

namespace {

using value::Value;

constexpr size_t errors_shown = 20;

ir::Type count_type() {
  ir::Type type;
  type.kind = ir::Kind::number;
  return type;
}

bool is_shown(const ir::Definition& definition) { return !definition.hidden && definition.grain.of == ir::Grain::Of::agreement; }

// A column that is added up: a count, or the amounts of a credit.
struct Column {
  std::string name;
  ir::Type type;
};

std::vector<Column> added_columns(const ir::Agreement& agreement) {
  std::vector<Column> columns;
  for (const ir::Commitment& commitment : agreement.commitments) columns.push_back({commitment.name + " missed", count_type()});
  for (const ir::Credit& credit : agreement.credits) columns.push_back({credit.name, agreement.definitions[credit.amount].type});
  return columns;
}

Value missed(const Statement& statement, const ir::Commitment& commitment) {
  return statement.results->values[commitment.counts[static_cast<size_t>(ir::CommitmentOutcome::missed)].index].front();
}

// Over the periods that have begun; a period without an amount adds none.
Value credited(const Statement& statement, const ir::Credit& credit) {
  const ir::Agreement& agreement = *statement.agreement;
  Value sum = value::given(0);
  const size_t begun = periods_begun(agreement, credit.period, statement.as_of).size();
  for (size_t p = 0; p < begun; ++p) {
    const Value& amount = statement.results->values[credit.amount.index][p];
    if (!value::is_absent(amount)) sum = value::add(sum, amount, 0);
  }
  return sum;
}

std::string right_word(const ir::Agreement& agreement, size_t state) {
  return value_text(agreement, enum_type(agreement.right_state_enum), value::given(static_cast<value::i128>(state)));
}

constexpr size_t right_states = static_cast<size_t>(ir::RightState::lapsed) + 1;

// "1 exercisable, 2 lapsed": of rights that are not as at the beginning.
std::string rights_text(const ir::Agreement& agreement, const std::vector<uint64_t>& counts) {
  std::string text;
  const auto add = [&](uint64_t count, const std::string& word) {
    if (count != 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, word);
  };
  for (size_t state = 1; state < right_states; ++state) add(counts[state], right_word(agreement, state));
  add(counts[right_states], "cannot tell");
  return text.empty() ? "none" : text;
}

void add_counts(std::vector<std::vector<std::string>>& rows, const std::string& name, const std::vector<uint64_t>& counts) {
  uint64_t all = 0;
  for (const uint64_t count : counts) all += count;
  if (all == 0) return;
  rows.front().push_back(name);
  for (size_t i = 0; i < counts.size(); ++i) rows[i + 1].push_back(std::to_string(counts[i]));
  rows.back().push_back(std::to_string(all));
}

}  // namespace

Overview begin_overview(const Portfolio& portfolio) {
  const ir::Agreement& agreement = *portfolio.all.agreement;
  Overview overview;
  std::vector<std::string> head{portfolio.key};
  for (const Column& column : added_columns(agreement)) {
    head.push_back(column.name);
    overview.totals.push_back(value::given(0));
  }
  for (const ir::Definition& definition : agreement.definitions) {
    if (is_shown(definition)) head.push_back(definition.name);
  }
  for (const ir::Right& right : agreement.rights) {
    head.push_back(right.name);
    overview.rights.emplace_back(right_states + 1);
  }
  overview.rows.push_back(std::move(head));
  return overview;
}

void add_to_overview(Overview& overview, const Statement& statement, const std::string& key) {
  const ir::Agreement& agreement = *statement.agreement;
  std::vector<std::string> row{key};
  size_t at = 0;
  const auto add = [&](const ir::Type& type, const Value& v) {
    row.push_back(value_text(agreement, type, v));
    overview.totals[at] = value::add(overview.totals[at], v, 0);
    ++at;
  };
  for (const ir::Commitment& commitment : agreement.commitments) add(count_type(), missed(statement, commitment));
  for (const ir::Credit& credit : agreement.credits) add(agreement.definitions[credit.amount].type, credited(statement, credit));
  for (uint32_t i = 0; i < agreement.definitions.size(); ++i) {
    const ir::Definition& definition = agreement.definitions.items[i];
    if (is_shown(definition)) row.push_back(value_text(agreement, definition.type, statement.results->values[i].front()));
  }
  for (uint32_t i = 0; i < agreement.rights.size(); ++i) {
    const Value& state = statement.results->rights[i].state;
    row.push_back(value_text(agreement, enum_type(agreement.right_state_enum), state));
    overview.rights[i][value::is_certain(state) ? static_cast<size_t>(state.lo) : right_states] += 1;
  }
  overview.rows.push_back(std::move(row));
  uint64_t set_aside = 0;
  for (const FactsRead& facts : statement.facts) set_aside += facts.set_aside - facts.of_nobody;
  overview.set_aside.push_back(set_aside);
  uint64_t errors = 0;
  for (const evaluate::RecordTotals& totals : statement.results->records) errors += static_cast<uint64_t>(totals.faulted);
  overview.errors.push_back(errors);
  for (size_t i = 0; i < statement.results->faults.size() && overview.first_errors.size() < errors_shown; ++i) {
    overview.first_errors.push_back(key + ": " + fault_text(statement, i));
  }
}

std::string print_overview(const Portfolio& portfolio, const Overview& overview) {
  const ir::Agreement& agreement = *portfolio.all.agreement;
  std::string out;
  print_head(out, portfolio.all);
  print_facts(out, portfolio.all);
  Table table{overview.rows};
  std::vector<std::string> last{fmt::format("{} {}", portfolio.agreements, portfolio.agreements == 1 ? "agreement" : "agreements")};
  const std::vector<Column> columns = added_columns(agreement);
  for (size_t i = 0; i < columns.size(); ++i) last.push_back(value_text(agreement, columns[i].type, overview.totals[i]));
  for (const ir::Definition& definition : agreement.definitions) {
    if (is_shown(definition)) last.emplace_back();  // what the agreement makes of its term may be anything: not added up
  }
  for (const std::vector<uint64_t>& counts : overview.rights) last.push_back(rights_text(agreement, counts));
  table.rows.push_back(std::move(last));
  add_counts(table.rows, "set aside", overview.set_aside);
  add_counts(table.rows, "errors", overview.errors);
  out += "\n";
  print_table(out, table);
  uint64_t of_nobody = 0;
  for (const FactsRead& facts : portfolio.all.facts) of_nobody += facts.set_aside;
  for (const uint64_t own : overview.set_aside) of_nobody -= own;
  if (of_nobody != 0) {
    out += fmt::format("  {} of which nobody can tell whose {}: each line is subject to {}\n",
                       of_nobody == 1 ? "1 row was set aside" : std::to_string(of_nobody) + " rows were set aside", of_nobody == 1 ? "it is" : "they are",
                       of_nobody == 1 ? "it" : "them");
  }
  if (!overview.first_errors.empty()) {
    out += "\nErrors on records (each leaves its own figures untold, and the run went on)\n";
    for (const std::string& error : overview.first_errors) out += "  " + error + "\n";
    uint64_t all = 0;
    for (const uint64_t errors : overview.errors) all += errors;
    if (all > overview.first_errors.size()) out += fmt::format("  ... and {} more\n", all - overview.first_errors.size());
  }
  print_not_modelled(out, portfolio.all);
  return out;
}

}  // namespace writ::render
