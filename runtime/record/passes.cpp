#include "record/passes.h"

namespace writ::record {

Finding at_row(const PassRow& row, uint32_t record, bool of_history) {
  Finding finding;
  finding.record = record;
  finding.of_history = of_history;
  finding.file = row.file;
  finding.line = row.text.line;
  return finding;
}

Finding broken_row(const PassRow& row, uint32_t record, bool of_history) {
  Finding finding = at_row(row, record, of_history);
  finding.problem = row.text.problem;
  finding.column = row.text.column;
  finding.column_name = row.text.column_name;
  finding.text = row.text.text;
  finding.detail = row.text.detail;
  return finding;
}

bool go_through(Facts& facts, const std::vector<uint32_t>& files, const std::vector<WantedColumn>& wanted, char separator, uint32_t record, bool notes,
                const std::function<Go(PassRow&)>& take, const std::function<Go(PassRow&, RowReader&)>& take_ahead) {
  PassRow row;
  auto fail = [&](Finding finding) {
    finding.record = record;
    finding.file = row.file;
    facts.report.failures.push_back(std::move(finding));
    return false;
  };
  for (uint32_t file : files) {
    row.file = file;
    std::unique_ptr<RowReader> reader = open_rows(facts.files[file], wanted, separator);
    row.reader = reader.get();
    for (;;) {
      if (take_ahead && reader->failure.problem == Problem::none && take_ahead(row, *reader) == Go::stop) return false;
      Step step = reader->failure.problem != Problem::none ? Step::failed : reader->next(row.text);
      if (step == Step::end) break;
      if (step == Step::failed) return fail(reader->failure);
      if (take(row) == Go::stop) return false;
      ++row.ordinal;
    }
    if (!unchanged(facts.files[file])) {
      Finding changed;
      changed.problem = Problem::changed_while_read;
      changed.text = facts.files[file].name;
      return fail(std::move(changed));
    }
    if (!notes) continue;
    for (Finding& note : reader->notes) {
      note.record = record;
      note.file = file;
      facts.report.notes.push_back(std::move(note));
    }
  }
  return true;
}

}  // namespace writ::record
