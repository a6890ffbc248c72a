#include "record/agreements.h"

#include <algorithm>

#include "record/row_reader.h"
#include "record/utf8.h"

namespace writ::record {

namespace {

Finding at(const AgreementFile& from, uint64_t line, uint32_t column, Problem problem) {
  Finding finding;
  finding.problem = problem;
  finding.file = from.file;
  finding.line = line;
  finding.column = column + 1;
  finding.column_name = from.header[column];
  return finding;
}

// Which column is the key, and which parameter each of the others.
bool match_header(const std::string& key, const std::vector<std::string>& params, AgreementFile& out, std::vector<Finding>& failures) {
  const size_t before = failures.size();
  const std::vector<std::string>& header = out.header;
  const auto named = key.empty() ? header.begin() : std::find(header.begin(), header.end(), key);
  if (named == header.end()) {
    Finding finding = at(out, 1, 0, Problem::missing_column);
    finding.column = 0;
    finding.column_name.clear();
    finding.field = key;
    finding.candidates = header;
    failures.push_back(std::move(finding));
    return false;
  }
  out.key_column = static_cast<uint32_t>(named - header.begin());
  out.params.assign(header.size(), nothing);
  for (uint32_t column = 0; column < header.size(); ++column) {
    const std::string& name = header[column];
    if (std::find(header.begin(), header.begin() + column, name) != header.begin() + column) {
      Finding finding = at(out, 1, column, Problem::bad_header);
      finding.detail = "two of its columns have the same name";
      failures.push_back(std::move(finding));
      continue;
    }
    if (column == out.key_column) continue;
    const auto found = std::find(params.begin(), params.end(), name);
    if (found != params.end()) {
      out.params[column] = static_cast<uint32_t>(found - params.begin());
      continue;
    }
    Finding finding = at(out, 1, column, Problem::unknown_parameter);
    finding.text = name;
    finding.candidates = params;
    failures.push_back(std::move(finding));
  }
  return failures.size() == before;
}

struct Reader {
  Facts& facts;
  const AgreementFile& from;
  Texts& keys;
  const ReadParam& read;
  std::vector<uint64_t> lines;  // by agreement

  bool fail(Finding finding) {
    finding.file = from.file;
    facts.report.failures.push_back(std::move(finding));
    return false;
  }
  bool take_key(const TextRow& row);
  bool take(const TextRow& row);
};

bool Reader::take_key(const TextRow& row) {
  const std::string_view key = row.cells[from.key_column];
  Finding finding = at(from, row.line, from.key_column, Problem::unusable_agreement_key);
  finding.text = key;
  if (key.empty()) {
    finding.detail = "it is empty";
    return fail(std::move(finding));
  }
  if (!is_utf8(key)) {
    finding.detail = "it is not UTF-8";
    return fail(std::move(finding));
  }
  const uint32_t number = number_of(keys, key);
  if (number < lines.size()) {
    finding.detail = "it was already there, in line " + std::to_string(lines[number]);
    return fail(std::move(finding));
  }
  lines.push_back(row.line);
  return true;
}

bool Reader::take(const TextRow& row) {
  if (row.problem != Problem::none) {
    Finding finding;
    finding.problem = row.problem;
    finding.line = row.line;
    finding.column = row.column;
    finding.column_name = row.column_name;
    finding.text = row.text;
    finding.detail = row.detail;
    return fail(std::move(finding));
  }
  bool good = take_key(row);
  const uint32_t agreement = good ? static_cast<uint32_t>(lines.size() - 1) : nothing;
  for (uint32_t column = 0; column < from.header.size(); ++column) {
    if (from.params[column] == nothing) continue;
    const std::string text(row.cells[column]);
    std::string why = "it is empty";
    if (!text.empty() && read(agreement, from.params[column], text, why)) continue;
    Finding finding = at(from, row.line, column, Problem::unusable_parameter);
    finding.field = from.header[column];
    finding.text = text;
    finding.detail = std::move(why);
    good = fail(std::move(finding));
  }
  return good;
}

}  // namespace

bool open_agreements(Facts& facts, uint32_t file, const std::string& key, const std::vector<std::string>& params, AgreementFile& out) {
  out.file = file;
  const std::unique_ptr<RowReader> reader = open_rows(facts.files[file], {}, ',');
  if (reader->failure.problem != Problem::none) {
    reader->failure.file = file;
    facts.report.failures.push_back(reader->failure);
    return false;
  }
  out.header = reader->header;
  return match_header(key, params, out, facts.report.failures);
}

bool read_agreements(Facts& facts, const AgreementFile& from, Texts& keys, const ReadParam& read) {
  constexpr size_t most_failures = 100;  // that a person wants to see
  std::vector<WantedColumn> wanted;
  for (const std::string& name : from.header) wanted.push_back({name, 1});
  const std::unique_ptr<RowReader> rows = open_rows(facts.files[from.file], std::move(wanted), ',');
  Reader reader{facts, from, keys, read, {}};
  bool good = true;
  for (TextRow row;;) {
    const Step step = rows->failure.problem != Problem::none ? Step::failed : rows->next(row);
    if (step == Step::end) break;
    if (step == Step::failed) return reader.fail(rows->failure);
    good &= reader.take(row);
    if (facts.report.failures.size() >= most_failures) return false;
  }
  Finding finding;
  if (!unchanged(facts.files[from.file])) {
    finding.problem = Problem::changed_while_read;
    return reader.fail(std::move(finding));
  }
  if (reader.lines.empty() && good) {
    finding.problem = Problem::no_agreements;
    return reader.fail(std::move(finding));
  }
  return good;
}

}  // namespace writ::record
