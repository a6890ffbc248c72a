// Rows of CSV as nearly every file has them: a cell for each column of the header, and in each cell what its field usually holds. They are found
// and read where they lie, each column by code for its kind; all others are left to RowReader::next and read_source, which know why. Private to
// this folder.
// Promises: the same values as the general way, and nothing seen of a row that is not taken.
#pragma once
#include <span>

#include "record/row_fields.h"
#include "record/usual_cells.h"

namespace writ::record {

// How the cells of one field are read.
struct UsualField {
  enum class Kind : uint8_t {
    general,     // by read_cell
    spelled,     // by its spellings alone: members, codes, yes and no
    number,      // numbers and money
    percentage,  // "15%"
    date,
    instant,
    text,
    several,   // the first of several columns that holds something, by read_cell
    constant,  // no column
  };
  Kind kind = Kind::general;
  bool looks_up = false;     // spellings come first
  bool reads_empty = false;  // an empty cell that is no spelling has a meaning:
  value::State when_empty = value::State::given;
  uint32_t field = 0;  // of the row
  uint32_t place = 0;  // its column in the file, from 0
  int scale = 0;
  int64_t low = INT64_MIN, high = INT64_MAX;
  UsualSpellings spellings;
  CellReader* reader = nullptr;
  int64_t* values = nullptr;       // of its column
  value::State* states = nullptr;  // the same; null: the column has none yet
};

struct UsualRows {
  std::vector<UsualField> fields;  // the key first, then in order; empty: no row is usual
  std::vector<uint32_t> places;    // by wanted column: its column in the file, from 0
  uint32_t columns = 0;            // of the file
  char separator = ',';

  // The piece of the file whose special bytes have been found, and the next of them.
  std::vector<uint32_t> specials;
  uint64_t piece = 0;  // its offset in the file
  uint32_t piece_size = 0;
  size_t next = 0;

  // The row found last: its cells by column of the file, from `data`.
  struct Place {
    uint32_t begin = 0, end = 0;
  };
  const char* data = nullptr;
  std::vector<Place> cells;
  uint32_t size = 0;  // with its line end
  uint32_t line_ends = 0;

  // By field of the row: what text fields hold, to be put when the row is taken; and which fields these are.
  std::vector<Cell> texts;
  std::vector<uint32_t> text_fields;
};

// Keeps pointers into `fields`.
UsualRows make_usual_rows(RowFields& fields, const RecordSchema& schema, const RowReader& reader, char separator);

// Finds the cells of the row that begins at ahead.data. False: it is not usual, or not whole.
bool find_usual_row(UsualRows& rows, const Ahead& ahead);

// Says where values go; again whenever the columns, or the states that they have, are others.
void aim_at(UsualRows& rows, std::vector<Column>& columns);

// Reads fields [first, last) of `rows.fields` in the row that was found: texts into rows.texts, all others into row `row` of `columns`, which have
// room for `room`. False: some cell must be read the general way.
bool read_usual_fields(UsualRows& rows, size_t first, size_t last, RowFields& fields, std::span<const value::Zone> zones, std::vector<Column>& columns,
                       size_t row, size_t room);

}  // namespace writ::record
