// The constructs of the clauses: what an explanation reads, beside the core that they were lowered to.
#include <fmt/format.h>

#include "ir/print.h"
#include "ir/print_parts.h"

namespace writ::ir {
namespace {

std::string named(const std::string& name, const std::string& printed) { return printed.empty() ? name : fmt::format("{} \"{}\"", name, printed); }

std::string party_name(const Agreement& agreement, uint32_t party) { return party < agreement.parties.size() ? agreement.parties[party].name : "nobody"; }

std::string in_clause(const Agreement& agreement, ClauseId clause) { return clause.valid() ? ", clause " + agreement.clauses[clause].number : ""; }

std::string name_or(const Agreement& agreement, DefinitionId id, std::string_view otherwise) {
  return id.valid() ? agreement.definitions[id].name : std::string(otherwise);
}

std::string define_text(const Agreement& agreement, const Define& define) {
  return fmt::format("define {} of {} by {}{}\n", named(define.name, define.printed), agreement.records[define.record].name,
                     name_or(agreement, define.holds, "nothing"), in_clause(agreement, define.clause));
}

std::string commitment_text(const Agreement& agreement, const Commitment& commitment) {
  const Grain grain{Grain::Of::record, commitment.record};
  std::string out = fmt::format("commitment {} of {} by {}{}{}\n", named(commitment.name, commitment.printed), agreement.records[commitment.record].name,
                                party_name(agreement, commitment.party), commitment.strict ? ", before" : "", in_clause(agreement, commitment.clause));
  if (commitment.tier.valid()) out += "  tier by " + agreement.definitions[commitment.tier].name + "\n";
  for (const Commitment::Row& row : commitment.rows) {
    const std::string calendar = row.calendar.valid() ? " on " + agreement.calendars[row.calendar].name : "";
    const std::string what =
        row.amount.valid() ? fmt::format("within {}{}", print_count(agreement, grain, row.deadline, row.amount), calendar) : "no commitment";
    out += fmt::format("  {}: {}\n", row.tier.empty() ? "always" : row.tier, what);
  }
  if (commitment.pause.valid()) out += "  paused while " + print_expression(agreement, {Grain::Of::history, commitment.record}, commitment.pause) + "\n";
  return out;
}

std::string benchmark_text(const Agreement& agreement, const Benchmark& benchmark) {
  const Grain& grain = agreement.definitions[benchmark.outcome].grain;
  std::string out =
      fmt::format("benchmark {}, {}{}\n", named(benchmark.name, benchmark.printed), print_grain(agreement, grain), in_clause(agreement, benchmark.clause));
  for (size_t i = 0; i < benchmark.metrics.size() && i < benchmark.bounds.size(); ++i)
    out += fmt::format("  {} against {}\n", name_or(agreement, benchmark.metrics[i], "?"), print_expression(agreement, grain, benchmark.bounds[i]));
  if (benchmark.minimum) out += "  judged with " + print_expression(agreement, grain, *benchmark.minimum) + " answers or more\n";
  return out;
}

std::string credit_text(const Agreement& agreement, const Credit& credit) {
  std::string out = fmt::format("credit {} per {}{}\n", named(credit.name, credit.printed), name_of(credit.period), in_clause(agreement, credit.clause));
  std::string of;
  for (const CommitmentId id : credit.commitments) of += (of.empty() ? "" : ", ") + agreement.commitments[id].name;
  for (const BenchmarkId id : credit.benchmarks) of += (of.empty() ? "" : ", ") + agreement.benchmarks[id].name;
  if (!of.empty()) out += "  for missed " + of + "\n";
  out += fmt::format("  {}, rounded {}, cap {}, amount {}\n", name_or(agreement, credit.exact, "?"), name_or(agreement, credit.rounded, "?"),
                     name_or(agreement, credit.cap, "none"), name_or(agreement, credit.amount, "?"));
  if (credit.claim)
    out += fmt::format("  claimed by {} within {} days after the {}\n", party_name(agreement, credit.claim->party), credit.claim->days, name_of(credit.period));
  if (credit.only_money_remedy) out += "  the only money remedy\n";
  return out;
}

std::string right_text(const Agreement& agreement, const Right& right) {
  std::string out = fmt::format("right {} of {}{}\n", named(right.name, right.printed), party_name(agreement, right.party), in_clause(agreement, right.clause));
  std::string misses;
  for (const CommitmentId id : right.misses) misses += (misses.empty() ? "" : ", ") + agreement.commitments[id].name;
  out += fmt::format("  any {} consecutive {}s", right.consecutive, name_of(right.period));
  if (!misses.empty()) out += fmt::format(" with at least {} misses of {}", right.at_least, misses);
  if (right.each_at_least > 0) out += fmt::format(", at least {} in each", right.each_at_least);
  if (right.condition.valid()) out += " in which " + agreement.definitions[right.condition].name;
  out += "\n";
  if (right.notice) out += fmt::format("  after notice{}\n", right.cure_days > 0 ? fmt::format(" and {} days to cure", right.cure_days) : "");
  if (right.cured_when_no_miss) out += "  cured when no such miss falls due in the cure period\n";
  if (right.exercise_days > 0) out += fmt::format("  exercisable within {} days\n", right.exercise_days);
  for (const std::string& then : right.then) out += fmt::format("  then {}\n", then);
  return out;
}

}  // namespace

std::string print_constructs(const Agreement& agreement) {
  std::string out;
  for (const Define& define : agreement.defines) out += define_text(agreement, define);
  for (const Commitment& commitment : agreement.commitments) out += commitment_text(agreement, commitment);
  for (const Benchmark& benchmark : agreement.benchmarks) out += benchmark_text(agreement, benchmark);
  for (const Credit& credit : agreement.credits) out += credit_text(agreement, credit);
  for (const Right& right : agreement.rights) out += right_text(agreement, right);
  for (const NotModelled& item : agreement.not_modelled)
    out += fmt::format("not modelled \"{}\" because \"{}\"{}\n", item.what, item.because, in_clause(agreement, item.clause));
  return out;
}

}  // namespace writ::ir
