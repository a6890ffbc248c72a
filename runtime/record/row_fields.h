// Rows of text into columns of one record type or history.
#pragma once
#include <string>
#include <vector>

#include "record/batch.h"
#include "record/cells.h"
#include "record/row_reader.h"

namespace writ::record {

// Which columns a mapping wants of a file, and what each field makes of them.
struct RowFields {
  struct Source {
    CellReader reader;
    std::vector<uint32_t> wanted;
  };                                 // indices into `wanted`; none: a constant
  std::vector<Source> sources;       // by field
  std::vector<WantedColumn> wanted;  // each column once
  std::vector<uint8_t> keep_text;    // by field: its text goes into Column::texts
  std::vector<uint8_t> number_text;  // by field: its text gets a code
};
RowFields make_row_fields(const std::vector<Field>& fields, const std::vector<FieldSource>& sources);
// Adds a column's source that belongs to no field of the row (the key of a history's record); its place in `sources`.
uint32_t add_source(RowFields& fields, const Field& field, const FieldSource& source);
uint32_t want_column(RowFields& fields, const std::string& name, uint32_t occurrence);

// The value of one source in a row. False: `trouble` is filled, with its column, but without file, line and record.
bool read_source(RowFields& fields, uint32_t source, const RowReader& reader, const TextRow& row, std::span<const value::Zone> zones, Cell& cell,
                 Finding& trouble);

// Columns with room for `rows` rows.
std::vector<Column> make_columns(const RowFields& fields, size_t fields_of_row, size_t rows);
// Puts a cell at a row that make_columns or grow_columns made room for.
void put_cell(Column& column, size_t row, const Cell& cell, size_t room, bool keep_text, Texts* codes);
// Cuts columns to the rows that were filled.
void cut_columns(std::vector<Column>& columns, size_t rows);

// What identifies a record: the text of its key, or the bytes of its value.
std::string_view key_bytes(const Field& field, const Cell& cell, std::string& storage);
// The key as a person reads it.
std::string shown_key(const Field& field, std::string_view bytes);

}  // namespace writ::record
