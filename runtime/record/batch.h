// Facts in memory: columns of one record type, a block of rows at a time. What a reader fills and an evaluator reads.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "value/value.h"

namespace writ::record {

// One field over the rows of a batch. Values are scaled integers (decimals, money), codes (enums), 0 or 1 (bool),
// days (dates), minutes (times), microseconds (instants, durations), or text codes: equal code, equal text within one run.
struct Column {
  std::vector<int64_t> values;       // one a row; 0 where absent or unknown
  std::vector<value::State> states;  // one a row (given, not_yet, none, unknown); empty: every value is given
  std::vector<std::string> texts;    // text fields only: the text itself
};

// The history rows of a batch, grouped by record and sorted by time: the rows of record i are [offsets[i], offsets[i + 1]).
struct HistoryRows {
  std::vector<uint32_t> offsets;  // rows + 1 entries; empty when the record type has no history
  std::vector<Column> columns;    // by field of the history
  std::vector<uint8_t> tied;      // one a record: 1 when two rows share their instant and nothing orders them
};

// Where a row came from, for messages and for the order of reports.
struct Origin {
  uint32_t file = 0;
  uint64_t line = 0;
};

struct Batch {
  uint32_t record = 0;     // index of the record type
  uint64_t first_row = 0;  // ordinal of the first row in its input, the same however the input is split
  uint32_t rows = 0;
  std::vector<Column> columns;  // by field of the record
  HistoryRows history;
  std::vector<Origin> origins;  // one a row, or empty
};

}  // namespace writ::record
