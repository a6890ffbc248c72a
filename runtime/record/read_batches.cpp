#include "record/read_batches.h"

#include <algorithm>

#include "record/batch_maker.h"

namespace writ::record {

std::unique_ptr<Prepared> prepare(Facts& facts, const RecordInput& input) {
  Report& report = facts.report;
  size_t records = std::max<size_t>(input.record + 1, report.records.size());
  report.records.resize(records);
  report.histories.resize(records);
  report.orphans.resize(records);
  report.of_agreements.resize(records);
  if (input.agreements) report.of_agreements[input.record].resize(count(*input.agreements));
  if (!can_be_read(facts, input)) return nullptr;
  if (input.files.empty()) {
    Finding note;
    note.problem = Problem::no_facts;
    note.record = input.record;
    note.text = input.schema.name;
    report.notes.push_back(std::move(note));
  }
  auto prepared = std::make_unique<Prepared>();
  if (!input.history_files.empty() && !read_history(facts, input, *prepared)) return nullptr;
  if (decides_ahead(input) && !find_deciding_rows(facts, input, *prepared)) return nullptr;
  return prepared;
}

bool read_batches(Facts& facts, const RecordInput& input, Prepared& prepared, const ReadOptions& options, const std::function<bool(Batch&&)>& take) {
  BatchMaker maker{
      facts, input, prepared, options, take, make_row_fields(input.schema.fields, input.mapping.fields), prepared.passes_done == 0, decides_ahead(input)};
  for (uint32_t i = 0; i < input.schema.fields.size(); ++i) {
    maker.fields.keep_text[i] = input.schema.fields[i].kind == FieldKind::text && (options.keep_texts || input.schema.key == i);
  }
  maker.start_batch();
  Report& found = facts.report;
  const RowCounts counts_before = found.records[input.record];
  const std::vector<RowCounts> of_agreements_before = found.of_agreements[input.record];
  const size_t set_aside_before = found.set_aside.size();
  bool all = go_through(
      facts, input.files, maker.fields.wanted, input.mapping.separator, input.record, maker.report, [&](PassRow& row) { return maker.add(row); },
      [&](PassRow& row, RowReader& reader) { return maker.add_usual(row, reader); });
  if (all && maker.batch.rows > 0) all = maker.end_batch();
  if (!all) {
    // What a broken off pass has seen, the next one will see again.
    found.records[input.record] = counts_before;
    found.of_agreements[input.record] = of_agreements_before;
    found.set_aside.resize(set_aside_before);
    return false;
  }
  if (maker.report && !input.history_files.empty()) report_orphans(facts, input, prepared);
  ++prepared.passes_done;
  return true;
}

}  // namespace writ::record
