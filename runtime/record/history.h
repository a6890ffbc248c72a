// The histories of all records of one type, in memory: grouped by the record's key, sorted by time.
#pragma once
#include <string>
#include <vector>

#include "record/batch.h"
#include "record/texts.h"

namespace writ::record {

struct HistoryStore {
  Texts keys;                           // of records that have history rows
  std::vector<uint32_t> starts;         // keys + 1: the rows of key k are [starts[k], starts[k + 1])
  std::vector<Column> columns;          // by field
  std::vector<Origin> origins;          // one a row
  std::vector<uint8_t> tied;            // by key: two rows of one instant that nothing orders
  std::vector<std::string> unreadable;  // by key: which of its rows could not be read ("line 7 of events.csv"); empty: none
  std::vector<uint8_t> wanted;          // by key: some row of the record's file has it
};

// Sorts rows that were appended in file order: by key, then instant, then `order_by`; rows that are equal in these keep the order of the file.
// `key_of_row`: by row, the number of its key. `order_texts`: the texts of order_by when it is a text, else empty.
void arrange(HistoryStore& store, const std::vector<uint32_t>& key_of_row, uint32_t at, const uint32_t* order_by, const std::vector<std::string>& order_texts);

// Appends the rows of a record with this key (`nothing`: none) as the next record of a batch.
void append_history(HistoryRows& rows, const HistoryStore& store, uint32_t key);

}  // namespace writ::record
