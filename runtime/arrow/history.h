// The history of the rows of a batch: from a table of its own, by key, or from a column of lists. Private to this folder.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "arrow/reader.h"

namespace writ::arrow {

// Finds the column of lists and what is in it: a column called `history`.
bool open_lists(const Shared& shared, const Reader& reader, OpenTable& out, record::Finding& failure);

struct HistoryOf {
  record::HistoryStore* store = nullptr;  // null: no record has rows
  record::HistoryStore of_lists;          // `store`, where the history stands in lists
  bool by_key = false;
  std::vector<uint32_t> keys;  // by row of the batch: its key in the store, or record::nothing
};
HistoryOf history_of(Shared& shared, Reader& reader, OpenTable& table, uint64_t first, uint32_t rows);
// Finds the rows of a record by its key, where they are told apart by keys.
void find_history(HistoryOf& history, uint32_t row, std::string_view key);
// Which row of it could not be read; null: all could.
const std::string* history_unreadable(const HistoryOf& history, uint32_t row);
void append_history_of(const HistoryOf& history, uint32_t row, record::HistoryRows& out);

// Rows of history on their way into a store, in the order of their table.
struct HistoryRowsIn {
  Shared& shared;
  const Reader& reader;
  record::HistoryStore& store;
  std::vector<uint32_t> key_of_row;
  std::vector<std::string> order_texts;
};
// `place`: file and line, for reports; `what`: what a person calls the row.
void add_history_row(HistoryRowsIn& in, std::vector<Source>& sources, uint64_t row, uint32_t key, const record::Finding& place, const std::string& what);
void arrange_history(HistoryRowsIn& in);

}  // namespace writ::arrow
