// The columns of a table that one field comes from, and its value in one row.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "arrow/array.h"
#include "record/cells.h"

namespace writ::arrow {

// What a time without a zone is.
enum class Naive : uint8_t { refused, utc, local };
struct Times {
  Naive naive = Naive::refused;  // timestamps
  bool zone_known = true;        // texts: local times are those of the source's zone, as in files; else texts are no instants
};

// What one entry of a dictionary was read as, once some row asked for it.
struct Entry {
  enum class Is : uint8_t { unread, read, trouble } is = Is::unread;
  record::Cell cell;
  record::Finding trouble;
};

struct SourceColumn {
  Array array;
  uint32_t place = 0;  // in the table, from 1
  std::string name;
  bool is_text = false;           // read as the cell of a file is
  value::i128 times = 1, by = 1;  // numbers: the value is theirs times / by
  bool is_local = false;          // numbers: a local time, in the zone of the source
  std::vector<Entry> entries;     // of the dictionary
};

struct Source {
  record::CellReader reader;
  std::vector<SourceColumn> columns;          // none: a constant
  int64_t low = INT64_MIN, high = INT64_MAX;  // what a number may be: the field's own range, and what its kind can hold
  record::Cell missing;                       // what a null is
  bool missing_is_trouble = false;
  record::Finding missing_trouble;
  std::string storage;  // of the text that the last cell looks into
};

// False when the table does not have the columns that the field needs, in a type that suits it; `failure` says why.
bool make_source(const Table& table, const record::Field& field, const record::FieldSource& from, const Times& times, Source& out, record::Finding& failure);

// The value of a row. False: `trouble` says what is wrong, with its column. The text of the cell lives until the next call.
bool read_at(Source& source, std::span<const value::Zone> zones, uint64_t row, record::Cell& cell, record::Finding& trouble);

// The whole number in a row of integers, dates, times or decimals.
value::i128 number_at(const Array& array, uint64_t row);

}  // namespace writ::arrow
