// The facts of a run that stand in tables in memory.
#pragma once
#include <writ/agreement.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "arrow/out.h"
#include "arrow/reader.h"
#include "evaluate/engine.h"
#include "ir/agreement.h"

namespace writ::embed {

// A table that was handed in; released with this.
struct HeldTable {
  std::string name;
  ArrowSchema schema{};
  std::vector<ArrowArray> arrays;
  HeldTable() = default;
  HeldTable(const HeldTable&) = delete;
  HeldTable& operator=(const HeldTable&) = delete;
  ~HeldTable();
};

// Rows of one table that are evaluated together.
struct Piece {
  uint32_t table = 0;  // of the input
  uint64_t first = 0;  // row of the table
  arrow::Batch batch;
};

struct TableInput {  // of one record type
  arrow::Reader reader;
  std::vector<arrow::OpenTable> tables;
  std::vector<Piece> pieces;
  std::string names;  // of what was read, for the statement
  std::string history_names;
};

struct LoadedTables {
  std::vector<std::unique_ptr<HeldTable>> held;
  arrow::Shared shared;
  std::vector<TableInput> inputs;      // every record type that is no act, in order
  std::vector<TableInput> act_inputs;  // those acts that had a table
  evaluate::Acts acts;
};

// Takes the tables over, always. False with the reason in `error`.
bool take_tables(const writ_table* tables, size_t count, std::vector<std::unique_ptr<HeldTable>>& held, std::string& error);
// Reads everything but what only evaluation needs. False with the reason in `error`.
bool load_tables(const ir::Agreement& agreement, arrow::Naive naive, LoadedTables& loaded, std::string& error);

// The key of a row of a table as a person reads it; false: it has none.
bool key_at(const arrow::Shared& shared, const TableInput& input, arrow::OpenTable& table, uint64_t row, std::string& key);

}  // namespace writ::embed
