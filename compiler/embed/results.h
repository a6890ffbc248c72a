// What an agreement came to, as tables.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "arrow/out.h"
#include "embed/tables.h"
#include "evaluate/engine.h"
#include "ir/agreement.h"

namespace writ::embed {

using TablePtr = std::shared_ptr<const arrow::OutTable>;

// A value as a column, and beside it `NAME state`: given, or why not.
void add_value_columns(const ir::Agreement& agreement, const std::string& name, const ir::Type& type, arrow::OutTable& table);
// Adds to the two columns that begin at `column`; gives the next.
size_t add_value(const ir::Agreement& agreement, const record::Texts& texts, const ir::Type& type, const value::Value& v, arrow::OutTable& table,
                 size_t column);

// Adds to one column alone: null where there is no certain value.
void add_plain(const ir::Agreement& agreement, const record::Texts& texts, const ir::Type& type, const value::Value& v, arrow::OutColumn& column);

// The definitions of a record type that are shown, and their rows in RecordOutputs. Those with cases have a third column, `NAME reason`: the case that decided.
struct RecordColumns {
  std::vector<ir::DefinitionId> definitions;
  std::vector<size_t> rows_of_outputs;
};
RecordColumns record_columns(const ir::Agreement& agreement, ir::RecordId record);
// No row.
arrow::OutTable record_table(const ir::Agreement& agreement, const RecordColumns& columns);
// All rows of a piece, those that were set aside too; `keys`: by row, for the first column.
arrow::OutTable record_rows(const ir::Agreement& agreement, const record::Texts& texts, const RecordColumns& columns, const Piece& piece,
                            const arrow::OutColumn& keys, const evaluate::RecordOutputs& outputs);

struct Outcome {
  const ir::Agreement* agreement = nullptr;
  int64_t as_of = 0;
  const record::Texts* texts = nullptr;
  const evaluate::Results* results = nullptr;
};
TablePtr period_values(const Outcome& outcome, ir::PeriodKind kind);  // null: the agreement has none per such a period
TablePtr agreement_values(const Outcome& outcome);
TablePtr credit_states(const Outcome& outcome);
TablePtr right_states(const Outcome& outcome);
TablePtr findings(const ir::Agreement& agreement, const record::Report& report, const std::vector<record::Finding>& list);

}  // namespace writ::embed
