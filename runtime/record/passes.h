// Going through the files of one input, row by row. Private to this folder.
#pragma once
#include <functional>

#include "record/read_batches.h"
#include "record/row_fields.h"

namespace writ::record {

struct PassRow {
  uint32_t file = 0;     // index into Facts::files
  uint64_t ordinal = 0;  // of the row among all rows of the input, the bad ones included
  const RowReader* reader = nullptr;
  TextRow text;
};
enum class Go : uint8_t { on, stop };

// Every row of every file in order. False after a failure, which is in the report, or when `take` stopped it. Notes go to the report when
// `notes` is set. Before each row `take_ahead`, where there is one, may take rows itself from RowReader::ahead; it counts `ordinal` on.
bool go_through(Facts& facts, const std::vector<uint32_t>& files, const std::vector<WantedColumn>& wanted, char separator, uint32_t record, bool notes,
                const std::function<Go(PassRow&)>& take, const std::function<Go(PassRow&, RowReader&)>& take_ahead = {});

// The finding for a row: its place filled in.
Finding at_row(const PassRow& row, uint32_t record, bool of_history);
// The finding for a row that is broken as a whole.
Finding broken_row(const PassRow& row, uint32_t record, bool of_history);

// check_input.cpp: whether the mapping fits the types and the headers of the files; failures go to the report.
bool can_be_read(Facts& facts, const RecordInput& input);
// Whether the files must be read to their end to know which row of a key decides.
bool decides_ahead(const RecordInput& input);

// history_rows.cpp: reads the history of an input into prepared.history.
bool read_history(Facts& facts, const RecordInput& input, Prepared& prepared);
// Sets aside the history rows that no record has asked for.
void report_orphans(Facts& facts, const RecordInput& input, Prepared& prepared);

// repeats.cpp: fills prepared.keys and prepared.decides where a later row may decide.
bool find_deciding_rows(Facts& facts, const RecordInput& input, Prepared& prepared);

}  // namespace writ::record
