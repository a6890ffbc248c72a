// Rows become batches: what read_batches does with each row of its files. Private to this folder.
#pragma once
#include "record/passes.h"
#include "record/usual_rows.h"

namespace writ::record {

struct BatchMaker {
  Facts& facts;
  const RecordInput& input;
  Prepared& prepared;
  const ReadOptions& options;
  const std::function<bool(Batch&&)>& take;
  RowFields fields;
  bool report;         // the first full pass
  bool decided_ahead;  // find_deciding_rows has been through the files
  Batch batch;
  uint64_t rows_before = 0;
  std::string storage;
  Cell key_cell;             // of the row at hand
  std::string_view key;      // what identifies its record
  Finding trouble;           // what is wrong with it
  uint32_t whose = nothing;  // of many agreements, that of the row; `nothing`: it cannot be told, or there is one agreement
  Finding whose_trouble;     // why not
  UsualRows usual;           // how those of the file at hand are found
  uint32_t usual_file = nothing;

  // A row, whatever it holds.
  Go add(PassRow& row);
  // The rows ahead while they are usual; `row` is left at the next one.
  Go add_usual(PassRow& row, RowReader& reader);
  void start_batch();
  bool end_batch();

  bool read_usual();
  Go take_usual(PassRow& row);
  uint32_t ask_for_history();
  Go finish(PassRow& row, bool read, uint32_t history_key);
  void read_whose(PassRow& row);
  bool read_key(PassRow& row);
  bool read_fields(PassRow& row);
  void put(uint32_t field, const Cell& cell);
  bool key_decides(const PassRow& row);
  Go put_aside(Finding finding);
  RowCounts& counts() { return facts.report.records[input.record]; }
  // Counts the row, where `report` says so: for all, and for its agreement.
  void add_count(uint64_t RowCounts::* what) {
    if (!report) return;
    ++(counts().*what);
    if (whose != nothing) ++(facts.report.of_agreements[input.record][whose].*what);
  }
  bool has_history() const { return !input.schema.history.empty(); }
};

}  // namespace writ::record
