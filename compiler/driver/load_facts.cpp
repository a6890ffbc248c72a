#include "driver/load_facts.h"

#include <algorithm>
#include <cassert>
#include <map>

#include "base/nearest.h"
#include "driver/facts_schema.h"
#include "driver/read_file.h"
#include "record/facts_arguments.h"

namespace writ::driver {

void set_mappings(const ir::Agreement& agreement, record::RecordInput& input, std::vector<record::Finding>& failures) {
  input.mapping = record::default_mapping(input.schema);
  input.history_mapping = record::default_history_mapping(input.schema);
  if (agreement.records[ir::RecordId{input.record}].act) {
    // A notice or an exercise is about no period, so nothing is read for it; a claim or a payment must say it.
    const size_t period = static_cast<size_t>(ir::ActField::period);
    input.mapping.fields[period].is_constant = input.schema.fields[period].absence != value::State::given;
    input.mapping.fields[period].constant_state = value::State::none;
  }
  for (const ir::FactsMapping& written : agreement.facts) {
    if (written.record.index != input.record) continue;
    record::Mapping mapping = fact_mapping(agreement, written, input.schema, failures);
    (written.of_history ? input.history_mapping : input.mapping) = std::move(mapping);
  }
}

void add_acts(const record::Batch& batch, std::vector<evaluate::Act>& acts) {
  auto column = [&](ir::ActField field) -> const record::Column& { return batch.columns[static_cast<size_t>(field)]; };
  const record::Column& periods = column(ir::ActField::period);
  for (uint32_t row = 0; row < batch.rows; ++row) {
    evaluate::Act act;
    act.at = column(ir::ActField::at).values[row];
    act.by = static_cast<uint32_t>(column(ir::ActField::by).values[row]);
    act.of = static_cast<uint32_t>(column(ir::ActField::of).values[row]);
    act.has_period = periods.states.empty() || periods.states[row] == value::State::given;
    if (act.has_period) act.period_date = static_cast<int32_t>(periods.values[row]);
    acts.push_back(act);
  }
}

std::vector<evaluate::Act>& acts_of(const ir::Agreement& agreement, uint32_t record, evaluate::Acts& acts) {
  if (record == agreement.claim.index) return acts.claims;
  if (record == agreement.notice.index) return acts.notices;
  if (record == agreement.payment.index) return acts.payments;
  assert(record == agreement.exercise.index);
  return acts.exercises;
}

namespace {

using Paths = std::vector<record::FactsArgument>;

struct Loader {
  const ir::Agreement& agreement;
  LoadedFacts& loaded;
  std::map<std::pair<std::string, record::FileFormat>, uint32_t> opened;  // one file may hold the records and their history

  record::Report& report() { return loaded.facts.report; }
  bool fail(record::Finding finding) {
    report().failures.push_back(std::move(finding));
    return false;
  }
  bool open(const record::FactsArgument& argument, std::vector<uint32_t>& files);
};

bool Loader::open(const record::FactsArgument& argument, std::vector<uint32_t>& files) {
  if (argument.path.empty()) return true;
  auto [place, is_new] = opened.try_emplace({argument.path, argument.format}, static_cast<uint32_t>(loaded.facts.files.size()));
  if (is_new) {
    record::Finding failure;
    record::FactFile file = record::open_fact_file(argument.path, argument.format, failure);
    if (failure.problem != record::Problem::none) return fail(std::move(failure));
    report().files.push_back(file.name);
    loaded.facts.files.push_back(std::move(file));
  }
  files.push_back(place->second);
  return true;
}

// The files of every record type and history: the options, else the one that the agreement names.
struct Chosen {
  std::vector<Paths> records, histories;
};

bool choose(Loader& loader, const std::string& folder, const std::vector<std::string>& arguments, Chosen& chosen) {
  const ir::Agreement& agreement = loader.agreement;
  std::vector<std::string> names;
  std::vector<bool> has_history;
  for (const ir::Record& record : agreement.records) {
    names.push_back(record.name);
    has_history.push_back(record.history.has_value());
  }
  chosen.records.resize(names.size());
  chosen.histories.resize(names.size());
  bool right = true;
  for (const std::string& text : arguments) {
    record::Finding failure;
    record::FactsArgument argument = record::parse_facts_argument(text, names, has_history, failure);
    if (failure.problem != record::Problem::none)
      right = loader.fail(std::move(failure));
    else
      (argument.of_history ? chosen.histories : chosen.records)[argument.record].push_back(std::move(argument));
  }
  for (const ir::FactsMapping& mapping : agreement.facts) {
    Paths& paths = (mapping.of_history ? chosen.histories : chosen.records)[mapping.record.index];
    if (!paths.empty() || mapping.file.empty()) continue;
    record::Finding failure;
    record::FactsArgument argument;
    record::parse_facts_path(mapping.file, argument, failure);
    if (failure.problem != record::Problem::none) right = loader.fail(std::move(failure));
    if (argument.path != "-") argument.path = beside(folder, argument.path);
    paths.push_back(std::move(argument));
  }
  return right;
}

bool read_acts(Loader& loader, const record::RecordInput& input) {
  // Most agreements run without acts: no act means not done, and that is not worth a note.
  if (input.files.empty()) return true;
  std::unique_ptr<record::Prepared> prepared = record::prepare(loader.loaded.facts, input);
  if (!prepared) return false;
  LoadedFacts& loaded = loader.loaded;
  return record::read_batches(loaded.facts, input, *prepared, {}, [&](record::Batch&& batch) {
    if (!input.agreements) {
      add_acts(batch, acts_of(loader.agreement, input.record, loaded.acts));
      return true;
    }
    std::vector<evaluate::Act> acts;
    add_acts(batch, acts);
    for (uint32_t row = 0; row < batch.rows; ++row) {
      evaluate::Acts& own = loaded.acts_of_agreements[static_cast<size_t>(batch.columns.back().values[row])];
      acts_of(loader.agreement, input.record, own).push_back(acts[row]);
    }
    return true;
  });
}

// Every row says whose it is.
void add_agreement_column(const AgreementKeys& keys, record::RecordInput& input) {
  record::Field field;
  field.name = keys.columns[input.record].empty() ? keys.column : keys.columns[input.record];
  field.kind = record::FieldKind::text;
  record::FieldSource source;
  source.columns = {field.name};
  input.schema.fields.push_back(std::move(field));
  input.mapping.fields.push_back(std::move(source));
  input.agreements = keys.names;
}

}  // namespace

bool load_facts(const ir::Agreement& agreement, const std::string& agreement_path, const std::vector<std::string>& arguments, LoadedFacts& loaded,
                const AgreementKeys* keys) {
  Loader loader{agreement, loaded, {}};
  record::Report& report = loaded.facts.report;
  report.records.resize(agreement.records.size());
  report.histories.resize(agreement.records.size());
  report.orphans.resize(agreement.records.size());
  report.of_agreements.resize(agreement.records.size());
  loaded.facts.zones = fact_zones(agreement);
  for (const std::string& text : agreement.texts) record::number_of(loaded.facts.texts, text);
  assert(record::count(loaded.facts.texts) == agreement.texts.size());
  if (keys != nullptr) loaded.acts_of_agreements.resize(record::count(*keys->names));

  Chosen chosen;
  if (!choose(loader, folder_of(agreement_path), arguments, chosen)) return false;
  std::vector<record::RecordSchema> schemas = fact_schemas(agreement);
  bool right = true;
  for (uint32_t i = 0; i < schemas.size(); ++i) {
    record::RecordInput input;
    input.record = i;
    input.schema = std::move(schemas[i]);
    set_mappings(agreement, input, report.failures);
    if (keys != nullptr) add_agreement_column(*keys, input);
    for (const record::FactsArgument& argument : chosen.records[i]) right &= loader.open(argument, input.files);
    for (const record::FactsArgument& argument : chosen.histories[i]) right &= loader.open(argument, input.history_files);
    if (!right || !report.failures.empty()) continue;  // go on only to name every file that is missing
    const bool act = agreement.records[ir::RecordId{i}].act;
    if (act) right &= read_acts(loader, input);
    (act ? loaded.act_inputs : loaded.inputs).push_back(std::move(input));
  }
  for (const record::RecordInput& input : loaded.inputs) {
    if (!right || !report.failures.empty()) return false;
    loaded.prepared.push_back(record::prepare(loaded.facts, input));
  }
  return right && report.failures.empty();
}

std::string describe(const record::Report& report, const record::Finding& finding) {
  const record::ProblemKind& kind = record::kind_of(finding.problem);
  std::string out = record::place_of(report, finding);
  if (!out.empty()) out += ": ";
  out += std::string(kind.code) + ": " + record::message_of(finding);
  // What was misspelt is the column that is asked for, or the text of the row.
  const std::string& name = finding.problem == record::Problem::missing_column ? finding.field : finding.text;
  std::string near = base::nearest(name, finding.candidates);
  if (!near.empty() && near != name) out += "; did you mean `" + near + "`?";
  return out;
}

}  // namespace writ::driver
