// The way out: columns that are made here leave as arrays of the C Data Interface. What leaves shares the memory of the table, which lives until
// the last array of it is released; a table may leave any number of times.
#pragma once
#include <writ/arrow.h>

#include <cstddef>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace writ::arrow {

struct OutColumn {
  std::string name, format;
  int64_t rows = 0, nulls = 0;
  std::vector<uint8_t> validity;      // bits; empty: no row is null
  std::vector<std::byte> values;      // numbers, bits, indices, or the offsets of texts
  std::vector<char> bytes;            // of texts
  std::vector<OutColumn> children;    // of a structure
  std::vector<OutColumn> dictionary;  // none or one
};

struct OutTable {
  std::vector<OutColumn> columns;
  int64_t rows = 0;
};

// Columns are filled row by row.
OutColumn make_column(std::string name, std::string format);
OutColumn make_dictionary(std::string name, const std::vector<std::string>& members);  // its rows are added as int32_t
OutColumn make_structure(std::string name, std::vector<OutColumn> children);
void add_null(OutColumn& column);
void add_bit(OutColumn& column, bool bit);
void add_text(OutColumn& column, std::string_view text);
void add_row_of_structure(OutColumn& column);  // after a row was added to each child
void add_bytes(OutColumn& column, const void* number, size_t size);
template <class T>
void add_number(OutColumn& column, T number) {
  add_bytes(column, &number, sizeof number);
}

std::string decimal_format(int scale);  // of 38 digits, as 16 bytes
std::string timestamp_format(const std::string& zone);

void export_schema(const OutTable& table, ArrowSchema* out);
void export_array(std::shared_ptr<const OutTable> table, ArrowArray* out);
// `like`: a table with the columns of all the others, for the schema.
void export_stream(std::shared_ptr<const OutTable> like, std::vector<std::shared_ptr<const OutTable>> tables, ArrowArrayStream* out);

}  // namespace writ::arrow
