// Where the fields of one CSV row begin and end. RFC 4180, strictly, with any separator.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "record/problems.h"

namespace writ::record {

struct CsvField {
  uint32_t begin = 0, end = 0;  // offsets from the row's first byte, without the quotes
  bool doubled = false;         // it holds "" for "
};

struct CsvRow {
  std::vector<CsvField> fields;     // the first min(count, keep) are of this row; what is behind them is old
  size_t count = 0;                 // all
  size_t next = 0;                  // offset of the first byte after the row and its line end, from the row's first byte
  uint64_t line_ends = 0;           // newlines up to `next`
  Problem problem = Problem::none;  // the first one found
  size_t problem_field = 0;         // from 0
  size_t resume = 0;                // Scan::broken: from here on (offset), skip to behind the next newline and go on
};

enum class Scan : uint8_t {
  row,         // a whole row; `problem` may still say that it is unusable
  incomplete,  // more bytes are needed to tell
  broken,      // quotes do not close as they should, or a limit is passed; see `resume`
};

// Reads one row at `data`, of which `size` bytes are there; `last`: no more will come. `data` must be readable for 64 bytes more.
// An unquoted field never holds a line end, so a broken quote costs the line in which its field began and no other row.
Scan scan_row(const char* data, size_t size, bool last, char separator, size_t keep, CsvRow& row);

// One bit for each of 64 bytes that means something in CSV: separator, quote, newline, carriage return, zero.
uint64_t special_bytes(const char* data, char separator);
// The same, byte by byte, for processors without vectors and for the test.
uint64_t special_bytes_plain(const char* data, char separator);
// Into `places`: the offsets of all special bytes among the first `size`, in order, and behind them `size` itself; what it holds beyond that means
// nothing, and it never shrinks. Gives the number of special bytes.
size_t special_places(const char* data, size_t size, char separator, std::vector<uint32_t>& places);

}  // namespace writ::record
