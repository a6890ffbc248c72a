#include <fmt/format.h>

#include "render/statement_parts.h"
#include "render/text_table.h"
#include "render/value_text.h"

namespace writ::render {

using value::i128;

namespace {

std::string clause_text(const ir::Agreement& agreement, ir::ClauseId id) { return id.valid() ? "clause " + agreement.clauses[id].number : std::string(); }

std::string count_text(uint64_t n, std::string_view one, std::string_view many) {
  std::string digits = std::to_string(n);
  for (size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits + " " + std::string(n == 1 ? one : many);
}

}  // namespace

void print_head(std::string& out, const Statement& statement) {
  const ir::Agreement& agreement = *statement.agreement;
  out += agreement.title + "\n";
  std::string parties;
  for (const ir::Party& party : agreement.parties) {
    if (!parties.empty()) parties += " and ";
    parties += (party.printed.empty() ? party.name : party.printed + " (" + party.name + (party.role.empty() ? "" : ", " + party.role) + ")");
  }
  if (!parties.empty()) out += "between " + parties + "\n";
  if (!statement.key.empty()) out += statement.key_name + ": " + statement.key + "\n";
  out += fmt::format("Statement as of {}, times as in {}", instant_text(agreement, statement.as_of), agreement.zone_name);
  if (statement.as_of_is_now) out += " (now; give --as-of to repeat this statement)";
  out += fmt::format("\nTerm: {} to {}\n", date_text(agreement.effective), date_text(agreement.end - 1));
  out += "Fields without a time of their own are read as they stand in the files, whatever the as-of instant.\n";
}

void print_facts(std::string& out, const Statement& statement) {
  out += "\nFacts\n";
  for (const FactsRead& facts : statement.facts) {
    const evaluate::RecordTotals& totals = statement.results->records[facts.record];
    out += fmt::format("  {}: {} from {}", facts.what, count_text(facts.rows, "row", "rows"), facts.file);
    if (facts.superseded != 0) out += fmt::format(", {} replaced by another row of the same key", facts.superseded);
    if (facts.set_aside != 0) out += fmt::format(", {} set aside", facts.set_aside);
    if (facts.what == statement.agreement->records.items[facts.record].name && !statement.agreement->records.items[facts.record].act) {
      out += fmt::format("; {} in the term", totals.admitted);
      if (totals.outside_term != 0) out += fmt::format(", {} outside the term (not used)", totals.outside_term);
      if (totals.after_horizon != 0) out += fmt::format(", {} after the as-of instant (not seen)", totals.after_horizon);
      if (totals.undated != 0) out += fmt::format(", {} without a date (not used)", totals.undated);
      if (totals.faulted != 0) out += fmt::format(", {} with an error", totals.faulted);
    }
    out += "\n";
    for (const std::string& reason : facts.reasons) out += "    set aside: " + reason + "\n";
    if (facts.set_aside > facts.reasons.size() && !facts.reasons.empty()) out += fmt::format("    ... and {} more\n", facts.set_aside - facts.reasons.size());
  }
  if (statement.facts.empty()) out += "  none\n";
}

namespace {

std::string whole(const value::Value& v) { return v.state == value::State::given ? value::to_text(v.lo, 0) : "?"; }

void print_commitments(std::string& out, const Statement& statement) {
  const ir::Agreement& agreement = *statement.agreement;
  if (agreement.commitments.empty()) return;
  Table table;
  table.rows.push_back({"Commitments", "met", "missed", "pending", "excused", "out of scope", "cannot tell", ""});
  for (const ir::Commitment& commitment : agreement.commitments) {
    std::vector<std::string> row{commitment.name};
    i128 doubtful = 0;
    for (const ir::DefinitionId count : commitment.counts) {
      const value::Value& v = statement.results->values[count.index].front();
      row.push_back(whole(v));
      if (v.state == value::State::given) doubtful = v.hi - v.lo;
    }
    row.push_back(value::to_text(doubtful, 0));
    std::string note = clause_text(agreement, commitment.clause);
    if (const uint64_t aside = set_aside_for(statement, commitment.outcome); aside != 0)
      note += fmt::format(", subject to {} set aside", count_text(aside, "record", "records"));
    row.push_back(note);
    table.rows.push_back(std::move(row));
  }
  out += "\n";
  print_table(out, table);
}

// A day that is given as the as-of may be the last of a period, which is over an instant later only: says so, since nobody expects it.
void print_almost_over(std::string& out, const Statement& statement, value::PeriodKind kind, const std::vector<Period>& periods) {
  if (periods.empty() || periods.back().over) return;
  const value::Zone& zone = statement.agreement->zone;
  const value::Instant end = value::start_of_day(zone, periods.back().end_date);
  if (end != statement.as_of + 1) return;
  out += fmt::format("  {} is not over yet: it ends with this instant. As of {} it is.\n", period_text(kind, periods.back().first_date),
                     instant_iso(*statement.agreement, end));
}

// Figures per period, one table a kind of period: a row a period, a column a figure.
void print_periods(std::string& out, const Statement& statement) {
  const ir::Agreement& agreement = *statement.agreement;
  using value::PeriodKind;
  for (const PeriodKind kind : {PeriodKind::month, PeriodKind::quarter, PeriodKind::year, PeriodKind::contract_month}) {
    std::vector<ir::DefinitionId> shown;
    for (uint32_t i = 0; i < agreement.definitions.size(); ++i) {
      const ir::Definition& definition = agreement.definitions.items[i];
      if (!definition.hidden && definition.grain.of == ir::Grain::Of::period && definition.grain.period == kind) shown.push_back({i});
    }
    if (shown.empty()) continue;
    Table table;
    std::vector<std::string> head{kind == PeriodKind::month     ? "Month"
                                  : kind == PeriodKind::quarter ? "Quarter"
                                  : kind == PeriodKind::year    ? "Year"
                                                                : "Contract month"};
    std::vector<std::string> notes;
    for (const ir::DefinitionId id : shown) {
      head.push_back(agreement.definitions[id].name);
      if (const uint64_t aside = set_aside_for(statement, id); aside != 0) {
        notes.push_back(fmt::format("{}: subject to {} set aside", agreement.definitions[id].name, count_text(aside, "record", "records")));
      }
    }
    for (uint32_t c = 0; c < agreement.credits.size(); ++c) {
      if (agreement.credits.items[c].period == kind) head.push_back(agreement.credits.items[c].name + " is");
    }
    table.rows.push_back(head);
    const std::vector<Period> periods = periods_begun(agreement, kind, statement.as_of);
    for (size_t p = 0; p < periods.size(); ++p) {
      std::vector<std::string> row{period_text(kind, periods[p].first_date) + (periods[p].over ? "" : " (so far)")};
      for (const ir::DefinitionId id : shown) row.push_back(value_text(agreement, agreement.definitions[id].type, statement.results->values[id.index][p]));
      for (uint32_t c = 0; c < agreement.credits.size(); ++c) {
        if (agreement.credits.items[c].period != kind) continue;
        const evaluate::CreditResult& credit = statement.results->credits[c][p];
        std::string text = value_text(agreement, enum_type(agreement.credit_state_enum), credit.state);
        const bool claimable = value::is_certain(credit.state) && credit.state.lo == static_cast<i128>(ir::CreditState::claimable);
        if (claimable && credit.has_deadline) text += " until " + instant_text(agreement, credit.claim_deadline);
        row.push_back(std::move(text));
      }
      table.rows.push_back(std::move(row));
    }
    out += "\n";
    print_table(out, table);
    print_almost_over(out, statement, kind, periods);
    for (const std::string& note : notes) out += "  " + note + "\n";
  }
}

void print_agreement_figures(std::string& out, const Statement& statement) {
  const ir::Agreement& agreement = *statement.agreement;
  Table table;
  for (uint32_t i = 0; i < agreement.definitions.size(); ++i) {
    const ir::Definition& definition = agreement.definitions.items[i];
    if (definition.hidden || definition.grain.of != ir::Grain::Of::agreement) continue;
    table.rows.push_back(
        {definition.name, value_text(agreement, definition.type, statement.results->values[i].front()), clause_text(agreement, definition.clause)});
  }
  if (table.rows.empty()) return;
  out += "\nOver the term\n";
  print_table(out, table);
}

void print_rights(std::string& out, const Statement& statement) {
  const ir::Agreement& agreement = *statement.agreement;
  if (agreement.rights.empty()) return;
  out += "\nRights\n";
  for (uint32_t i = 0; i < agreement.rights.size(); ++i) {
    const ir::Right& right = agreement.rights.items[i];
    const evaluate::RightResult& result = statement.results->rights[i];
    out += fmt::format("  {} of {} ({}): {}\n", right.name, agreement.parties[right.party].name, clause_text(agreement, right.clause),
                       value_text(agreement, enum_type(agreement.right_state_enum), result.state));
    if (result.arose) {
      const std::vector<Period> periods = periods_begun(agreement, right.period, statement.as_of);
      const auto text = [&](int32_t p) {
        return p >= 0 && static_cast<size_t>(p) < periods.size() ? period_text(right.period, periods[static_cast<size_t>(p)].first_date) : std::string("?");
      };
      out += fmt::format("    arose {} from {} to {}", instant_text(agreement, result.arose_at), text(result.first_period), text(result.last_period));
      if (!right.misses.empty()) out += fmt::format(", {}", count_text(static_cast<uint64_t>(result.misses), "miss", "misses"));
      out += "\n";
    }
    if (result.noticed) out += "    notice given " + instant_text(agreement, result.noticed_at) + "\n";
    if (result.has_cure_end) out += "    to be cured by " + instant_text(agreement, result.cure_end) + "\n";
    if (result.has_exercisable) out += "    exercisable from " + instant_text(agreement, result.exercisable_from) + "\n";
    if (result.has_lapse) out += "    lapses after " + instant_text(agreement, result.lapses_at) + "\n";
    if (result.exercised) out += "    exercised " + instant_text(agreement, result.exercised_at) + "\n";
    if (result.ineffective_notices != 0)
      out += fmt::format("    {} without effect\n", count_text(static_cast<uint64_t>(result.ineffective_notices), "notice", "notices"));
    for (const std::string& consequence : right.then) out += "    then: " + consequence + "\n";
  }
}

void print_errors(std::string& out, const Statement& statement) {
  if (statement.results->faults.empty()) return;
  out += "\nErrors on records (each leaves its own figures untold, and the run went on)\n";
  for (size_t i = 0; i < statement.results->faults.size(); ++i) out += "  " + fault_text(statement, i) + "\n";
}

}  // namespace

std::string definition_at_point(const ir::Agreement& agreement, uint32_t point) {
  for (const ir::Definition& definition : agreement.definitions) {
    bool here = definition.point == point;
    for (const ir::Case& c : definition.cases) here = here || c.point == point;
    if (here) return fmt::format(", in {}{}", definition.name, definition.clause.valid() ? " (" + clause_text(agreement, definition.clause) + ")" : "");
  }
  return {};
}

std::string fault_text(const Statement& statement, size_t i) {
  const ir::Agreement& agreement = *statement.agreement;
  const evaluate::FaultReport& fault = statement.results->faults[i];
  const std::string key = i < statement.keys_of_faults.size() ? statement.keys_of_faults[i] : std::string();
  return fmt::format("{} {}: {}{}", agreement.records.items[fault.record].name, key.empty() ? fmt::format("row {}", fault.row + 1) : key,
                     value::name(fault.fault), definition_at_point(agreement, fault.point));
}

void print_not_modelled(std::string& out, const Statement& statement) {
  const ir::Agreement& agreement = *statement.agreement;
  if (agreement.not_modelled.empty()) return;
  out += "\nNot modelled\n";
  for (const ir::NotModelled& item : agreement.not_modelled) {
    out += fmt::format("  {}{}: because {}\n", item.what, item.clause.valid() ? " (" + clause_text(agreement, item.clause) + ")" : "", item.because);
  }
}

std::string statement_human(const Statement& statement) {
  std::string out;
  print_head(out, statement);
  print_facts(out, statement);
  print_commitments(out, statement);
  print_periods(out, statement);
  print_agreement_figures(out, statement);
  print_rights(out, statement);
  print_errors(out, statement);
  print_not_modelled(out, statement);
  return out;
}

}  // namespace writ::render
