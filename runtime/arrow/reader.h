// The way in for tables: arrays of one record type become batches, just as files do.
// In:        a schema, a mapping, arrays whose columns are found by name.   Out: batches; a report of what was set aside.
// Promises:  the rows, values, ordinals and the report that the same cells in a file would give (record/read_batches.h); columns whose layout
//            is one that the evaluator reads are not copied; an array that contradicts itself is refused before anything is read through it.
// Does not:  judge facts against the term or the horizon; release arrays: they must live as long as the batches.
// Reports:   R0107 and R0116 for tables, R0009 to R0027 for rows.
#pragma once
#include <string>
#include <vector>

#include "arrow/source.h"
#include "evaluate/columns.h"
#include "record/batch.h"
#include "record/prepared.h"
#include "record/problems.h"
#include "record/schema.h"

namespace writ::arrow {

// What the readers of one run share.
struct Shared {
  std::vector<value::Zone> zones;  // [0]: the agreement's
  record::Texts texts;             // codes of compared texts; those of the agreement come first
  record::Report report;
  Times times;
};

struct Reader {  // of one record type; its tables are read one after the other, from the first row to the last
  uint32_t record = 0;
  record::RecordSchema schema;
  record::Mapping mapping, history_mapping;
  record::Prepared prepared;
  bool decided_ahead = false;
  bool has_history_table = false;  // else a history may stand in a column of lists
  uint64_t rows_before = 0;        // handed to the evaluator
  uint64_t ordinal = 0;            // of the next row, the bad ones included
};
Reader make_reader(Shared& shared, uint32_t record, record::RecordSchema schema, record::Mapping mapping, record::Mapping history_mapping);

// A table with its columns found and looked at.
struct OpenTable {
  Table table;
  uint32_t file = 0;  // index into Report::files
  uint64_t first_line = 1;
  std::vector<Source> sources;  // by field
  std::vector<Array> lists;     // none or one: the history, a list of structures a row
  std::vector<Source> history;  // by field of it
};
// False with a finding in `failure`. first_line: of its first row, for reports: a table may come in several arrays.
bool open_table(const Shared& shared, const Reader& reader, const ArrowSchema* schema, const ArrowArray* array, OpenTable& out, record::Finding& failure);
// Whether a table of this schema has the columns that are asked for, before any of its arrays is there. Only their names are looked at.
bool has_columns(const Reader& reader, const ArrowSchema* schema, record::Finding& failure);

struct ColumnMemory {
  std::vector<int64_t> values;
  std::vector<uint8_t> states;
};

struct Batch {
  evaluate::BatchView view;
  std::vector<ColumnMemory> memory;  // by field: what was copied
  record::HistoryRows history;
  std::vector<uint32_t> kept;      // which rows of the piece that was read these are
  std::vector<uint32_t> replaced;  // those for which another row of their key decides
  uint32_t rows_read = 0;
};

// Rows [first, first + rows) of a table.
void read_rows(Shared& shared, Reader& reader, OpenTable& table, uint64_t first, uint32_t rows, Batch& out);

// prepare.cpp. The history of all records, from a table of its own.
bool read_history_table(Shared& shared, Reader& reader, const std::vector<std::pair<const ArrowSchema*, const ArrowArray*>>& arrays, uint32_t file,
                        record::Finding& failure);
// Which row of each key decides, where a later one may. All tables of the record type, in order.
bool find_deciding_rows(Shared& shared, Reader& reader, std::vector<OpenTable>& tables, record::Finding& failure);
// Sets aside the rows of history that no record has asked for. After the last row of the last table.
void report_orphans(Shared& shared, Reader& reader);

// 0 where the row is not given.
int64_t given_number(const evaluate::ColumnView& view, uint64_t row, value::State state);
// A batch as the interpreter and the explanations take it: everything copied. `sources`: for the texts of its text fields.
record::Batch to_batch(const Shared& shared, OpenTable& table, uint64_t first, const Batch& batch);

}  // namespace writ::arrow
