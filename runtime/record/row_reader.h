// Rows of text, whatever the format of their file: what CSV and JSON lines have in common.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "record/fact_file.h"
#include "record/problems.h"

namespace writ::record {

// Limits of one row. A file of junk must not fill the memory.
inline constexpr size_t most_field_bytes = 1 << 20;
inline constexpr size_t most_row_bytes = 16 << 20;
inline constexpr size_t most_columns = 65'535;
inline constexpr int most_json_nesting = 64;

struct WantedColumn {
  std::string name;
  uint32_t occurrence = 1;  // CSV: which of several columns of this name
};

struct TextRow {
  uint64_t line = 0;                    // where it begins, from 1
  std::vector<std::string_view> cells;  // by wanted column; good until the next row. JSON: null and missing members are empty
  Problem problem = Problem::none;      // of the row as a whole: its cells may then be incomplete
  uint32_t column = 0;                  // where the problem is, from 1; 0: the row
  std::string column_name, text, detail;
};

enum class Step : uint8_t { row, end, failed };

// What has been read of a file and not yet handed out: it begins with a row, and ends anywhere. 64 bytes more may be looked at.
struct Ahead {
  const char* data = nullptr;
  size_t size = 0;
  uint64_t offset = 0;  // of the first byte, in the file
  uint64_t line = 0;    // in which it stands
};

struct RowReader {
  virtual ~RowReader() = default;
  // The next row. `failed`: the file could not be read to its end; `failure` says why.
  virtual Step next(TextRow& row) = 0;
  // CSV, once the header has been read: for whoever can find rows by himself. Others have nothing ahead.
  virtual Ahead ahead() const { return {}; }
  // Whole rows that were found there: they will not be handed out.
  virtual void pass(size_t /*bytes*/, uint64_t /*line_ends*/) {}
  std::vector<std::string> header;  // CSV: the names of all columns; JSON: none
  std::vector<uint32_t> columns;    // by wanted column: its place in the file, from 1; JSON: 0
  Finding failure;                  // file and record are the caller's to fill in
  std::vector<Finding> notes;       // complete once `next` has said `end`
};

// Opens the reader for the file's format. A CSV file whose header lacks a wanted column fails here: look at `failure` before the first row.
std::unique_ptr<RowReader> open_rows(const FactFile& file, std::vector<WantedColumn> wanted, char separator);

}  // namespace writ::record
