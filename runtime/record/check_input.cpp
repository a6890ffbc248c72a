// What can be told of an input before its rows are read.
#include "record/passes.h"

namespace writ::record {

bool decides_ahead(const RecordInput& input) { return input.schema.key && input.mapping.repeats == Repeats::last_decides; }

namespace {

// Problems of the mapping, which no row can mend.
bool usable(Facts& facts, const RecordInput& input) {
  size_t before = facts.report.failures.size();
  auto fail = [&](Problem problem, const std::string& field, std::string text, std::string detail) {
    Finding finding;
    finding.problem = problem;
    finding.record = input.record;
    finding.field = field;
    finding.text = std::move(text);
    finding.detail = std::move(detail);
    facts.report.failures.push_back(std::move(finding));
  };
  auto check = [&](const std::vector<Field>& fields, const Mapping& mapping) {
    for (size_t i = 0; i < fields.size(); ++i) {
      bool readable = fields[i].kind != FieldKind::unreadable || mapping.fields[i].is_constant;
      if (!readable) fail(Problem::unusable_kind, fields[i].name, {}, "its type has no form in a file");
    }
  };
  check(input.schema.fields, input.mapping);
  if (!input.history_files.empty()) check(input.schema.history, input.history_mapping);
  if (!input.schema.history.empty() && !input.history_files.empty() && !input.schema.key) {
    fail(Problem::history_without_key, {}, input.schema.name, {});
  }
  return facts.report.failures.size() == before;
}

// Looks for the columns in the header of every file, so that a misspelt one is told before an hour of reading.
bool headers_fit(Facts& facts, const RecordInput& input) {
  size_t before = facts.report.failures.size();
  auto check = [&](const std::vector<uint32_t>& files, const std::vector<WantedColumn>& wanted, char separator) {
    for (uint32_t file : files) {
      Finding failure = open_rows(facts.files[file], wanted, separator)->failure;
      if (failure.problem == Problem::none) continue;
      failure.record = input.record;
      failure.file = file;
      facts.report.failures.push_back(std::move(failure));
    }
  };
  RowFields fields = make_row_fields(input.schema.fields, input.mapping.fields);
  if (decides_ahead(input) && !input.mapping.repeats_by.empty() && !input.mapping.repeats_by_field) want_column(fields, input.mapping.repeats_by, 1);
  check(input.files, fields.wanted, input.mapping.separator);
  if (!input.history_files.empty()) {
    fields = make_row_fields(input.schema.history, input.history_mapping.fields);
    add_source(fields, input.schema.fields[*input.schema.key], input.history_mapping.parent_key);
    check(input.history_files, fields.wanted, input.history_mapping.separator);
  }
  return facts.report.failures.size() == before;
}

}  // namespace

bool can_be_read(Facts& facts, const RecordInput& input) { return usable(facts, input) && headers_fit(facts, input); }

}  // namespace writ::record
