// I11 constructs name definitions of the right grain and kind; I12 parties, subjects and built-in enums are in step;
// I13 records: keys, since, histories, acts; I14 calendars build; I15 scenarios have a value for every field.
#include <fmt/format.h>

#include "ir/verify_parts.h"

namespace writ::ir {
namespace {

struct Wanted {
  std::string_view part;
  DefinitionId id;
  Grain grain;
  Kind kind;
  bool optional = false;
};

void verify_part(Broken& broken, const std::string& construct, const Wanted& wanted) {
  const Agreement& agreement = broken.agreement;
  if (!wanted.id.valid() && wanted.optional) return;
  const std::string where = fmt::format("{} ({})", construct, wanted.part);
  if (wanted.id.index >= agreement.definitions.size()) return add_broken(broken, "I11", where, "has no definition");
  const Definition& definition = agreement.definitions[wanted.id];
  if (definition.grain != wanted.grain) add_broken(broken, "I11", where, definition.name + " is of another grain");
  const bool number = wanted.kind == Kind::number && definition.type.kind == Kind::ratio;
  if (definition.type.kind != wanted.kind && !number) add_broken(broken, "I11", where, definition.name + " is of another kind");
}

void verify_party(Broken& broken, const std::string& construct, uint32_t party) {
  if (party >= broken.agreement.parties.size()) add_broken(broken, "I12", construct, "names a party that does not exist");
}

void verify_commitment(Broken& broken, const Commitment& commitment) {
  const Agreement& agreement = broken.agreement;
  const Grain grain{Grain::Of::record, commitment.record};
  for (const Wanted& wanted : {Wanted{"applies", commitment.applies, grain, Kind::boolean}, Wanted{"excused", commitment.excused, grain, Kind::boolean},
                               Wanted{"from", commitment.from, grain, Kind::instant}, Wanted{"until", commitment.until, grain, Kind::instant},
                               Wanted{"due", commitment.due, grain, Kind::instant}, Wanted{"outcome", commitment.outcome, grain, Kind::enumeration},
                               Wanted{"tier", commitment.tier, grain, Kind::enumeration, true}})
    verify_part(broken, commitment.name, wanted);
  for (const DefinitionId count : commitment.counts) verify_part(broken, commitment.name, {"count", count, Grain{}, Kind::number});
  const size_t outcomes = agreement.enums[agreement.commitment_outcome_enum].members.size();
  if (commitment.counts.size() != outcomes) add_broken(broken, "I11", commitment.name, "does not count every outcome");
  verify_party(broken, commitment.name, commitment.party);
  if (commitment.rows.empty()) add_broken(broken, "I11", commitment.name, "has no row");
}

void verify_benchmark(Broken& broken, const Benchmark& benchmark) {
  const Agreement& agreement = broken.agreement;
  if (!benchmark.outcome.valid()) return add_broken(broken, "I11", benchmark.name, "has no outcome");
  const Grain grain = agreement.definitions[benchmark.outcome].grain;
  if (grain.of != Grain::Of::period) add_broken(broken, "I11", benchmark.name, "is per no period");
  verify_part(broken, benchmark.name, {"outcome", benchmark.outcome, grain, Kind::enumeration});
  for (const DefinitionId metric : benchmark.metrics)
    if (!metric.valid() || agreement.definitions[metric].grain != grain) add_broken(broken, "I11", benchmark.name, "tests a metric of another grain");
  if (benchmark.metrics.size() != benchmark.bounds.size() || benchmark.metrics.empty()) add_broken(broken, "I11", benchmark.name, "has not one bound a test");
}

void verify_credit(Broken& broken, const Credit& credit) {
  const Grain grain{.of = Grain::Of::period, .period = credit.period};
  const Agreement& agreement = broken.agreement;
  if (!credit.exact.valid() || agreement.definitions[credit.exact].grain != grain) add_broken(broken, "I11", credit.name, "has no exact sum of its period");
  verify_part(broken, credit.name, {"rounded", credit.rounded, grain, Kind::money});
  verify_part(broken, credit.name, {"amount", credit.amount, grain, Kind::money});
  verify_part(broken, credit.name, {"cap", credit.cap, grain, Kind::money, true});
  if (credit.claim) verify_party(broken, credit.name, credit.claim->party);
  if (agreement.subject_enum.valid() && credit.subject >= agreement.enums[agreement.subject_enum].members.size())
    add_broken(broken, "I12", credit.name, "is no subject of acts");
}

void verify_right(Broken& broken, const Right& right) {
  const Agreement& agreement = broken.agreement;
  verify_party(broken, right.name, right.party);
  if (right.consecutive < 1) add_broken(broken, "I11", right.name, "looks at no period");
  if (right.misses.empty() == !right.condition.valid()) add_broken(broken, "I11", right.name, "has no condition, or two");
  const Grain grain{.of = Grain::Of::period, .period = right.period};
  verify_part(broken, right.name, {"condition", right.condition, grain, Kind::boolean, true});
  for (const CommitmentId id : right.misses)
    if (id.index >= agreement.commitments.size()) add_broken(broken, "I11", right.name, "counts the misses of nothing");
  if (agreement.subject_enum.valid() && right.subject >= agreement.enums[agreement.subject_enum].members.size())
    add_broken(broken, "I12", right.name, "is no subject of acts");
}

bool is_field(const std::vector<Field>& fields, FieldIndex index, Kind kind) { return index < fields.size() && fields[index].type.kind == kind; }

void verify_record(Broken& broken, const Record& record) {
  if (record.key && *record.key >= record.fields.size()) add_broken(broken, "I13", record.name, "has a key that is no field");
  if (record.since && !is_field(record.fields, *record.since, Kind::instant))
    add_broken(broken, "I13", record.name, "is placed by something that is no instant");
  if (record.history && !is_field(record.history->fields, record.history->at, Kind::instant))
    add_broken(broken, "I13", record.name, "has history rows without an instant");
  if (!record.act) return;
  constexpr Kind kinds[] = {Kind::instant, Kind::enumeration, Kind::enumeration, Kind::date};
  for (FieldIndex i = 0; i < 4; ++i)
    if (!is_field(record.fields, i, kinds[i])) add_broken(broken, "I13", record.name, "is an act without its fields at, by, of, period");
}

void verify_enum(Broken& broken, EnumId id, std::string_view name, size_t members) {
  const Agreement& agreement = broken.agreement;
  if (id.index >= agreement.enums.size() || agreement.enums[id].members.size() != members)
    add_broken(broken, "I12", name, "is not the enum that its codes need");
}

void verify_scenario(Broken& broken, const Scenario& scenario) {
  const Agreement& agreement = broken.agreement;
  for (const ScenarioFact& fact : scenario.facts) {
    const Record& record = agreement.records[fact.record];
    if (fact.row.values.size() != record.fields.size()) add_broken(broken, "I15", scenario.name, "has a fact with a field too many or too few");
    for (const ScenarioRow& row : fact.history)
      if (!record.history || row.values.size() != record.history->fields.size())
        add_broken(broken, "I15", scenario.name, "has a history row that does not fit");
  }
  if (scenario.expects.empty()) add_broken(broken, "I15", scenario.name, "expects nothing");
}

}  // namespace

void verify_constructs(Broken& broken) {
  const Agreement& agreement = broken.agreement;
  verify_enum(broken, agreement.party_enum, "Party", agreement.parties.size());
  verify_enum(broken, agreement.commitment_outcome_enum, "the outcomes of a commitment", 5);
  verify_enum(broken, agreement.benchmark_outcome_enum, "the outcomes of a benchmark", 4);
  verify_enum(broken, agreement.credit_state_enum, "the states of a credit", 6);
  verify_enum(broken, agreement.right_state_enum, "the states of a right", 7);
  verify_enum(broken, agreement.subject_enum, "the subjects of acts", agreement.credits.size() + agreement.rights.size());
  if (agreement.end <= agreement.effective) add_broken(broken, "I12", "the term", "is empty");
  if (!broken.promises.empty()) return;  // the codes below are read through these enums
  for (const Record& record : agreement.records) verify_record(broken, record);
  for (const Calendar& calendar : agreement.calendars) {
    value::CalendarTable table;
    const value::CalendarError error = value::build_calendar(calendar.rules, table);
    if (error != value::CalendarError::none) add_broken(broken, "I14", calendar.name, value::describe(error));
  }
  for (const Commitment& commitment : agreement.commitments) verify_commitment(broken, commitment);
  for (const Benchmark& benchmark : agreement.benchmarks) verify_benchmark(broken, benchmark);
  for (const Credit& credit : agreement.credits) verify_credit(broken, credit);
  for (const Right& right : agreement.rights) verify_right(broken, right);
  for (const Scenario& scenario : agreement.scenarios) verify_scenario(broken, scenario);
}

}  // namespace writ::ir
