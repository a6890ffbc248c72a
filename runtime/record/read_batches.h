// The way in for facts: files of one record type (and of its history) become typed batches.
// In:            a schema, mappings, open files.      Out: batches of rows in file order; a report of what was set aside.
// Promises:      the same files give the same batches, codes, ordinals and report on every pass; memory does not grow with the rows, only
//                with the distinct keys, the distinct compared texts and the history rows.
// Does not:      judge facts against the term or the horizon; that is the evaluator's.
// Reports:       R0001 to R0031 for rows, R0101 to R0115 for files.     See docs/language/reference/facts_files.md.
#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "record/batch.h"
#include "record/fact_file.h"
#include "record/prepared.h"
#include "record/problems.h"
#include "record/schema.h"
#include "record/texts.h"

namespace writ::record {

struct RecordInput {
  uint32_t record = 0;  // index of the record type, copied into the batches
  RecordSchema schema;
  Mapping mapping;
  std::vector<uint32_t> files;  // indices into Facts::files, read one after the other
  Mapping history_mapping;
  std::vector<uint32_t> history_files;
  // The keys of many agreements, whose rows stand in the same files; null: there is one agreement. The last field of the schema, a text, then says
  // whose a row is, and its column holds the number of that agreement.
  std::shared_ptr<const Texts> agreements;
};

struct ReadOptions {
  uint32_t batch_rows = 16'384;
  bool keep_texts = false;    // texts of all text fields, not of keys alone
  bool cell_by_cell = false;  // every row the general way, to compare with
};

// What the inputs of one run share.
struct Facts {
  std::vector<value::Zone> zones;  // [0]: the agreement's
  std::vector<FactFile> files;
  Texts texts;  // codes of compared texts
  Report report;
};

// Reads the history, and the keys where the mapping lets a later row decide. Null after a failure of a file (in the report).
std::unique_ptr<Prepared> prepare(Facts& facts, const RecordInput& input);
// One pass over the rows. `take` gets each batch and returns false to stop early. Rows set aside are reported on the first full pass only.
// False after a failure of a file, or when `take` stopped it.
bool read_batches(Facts& facts, const RecordInput& input, Prepared& prepared, const ReadOptions& options, const std::function<bool(Batch&&)>& take);

// The key of a row as a person reads it; "" when the record type has none.
std::string key_of_row(const RecordInput& input, const Batch& batch, uint32_t row);

// Some rows of a batch, with their histories, as a batch of their own.
Batch part_of(const Batch& batch, uint32_t first, uint32_t rows);
inline Batch row_alone(const Batch& batch, uint32_t row) { return part_of(batch, row, 1); }

}  // namespace writ::record
