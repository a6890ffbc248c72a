// CSV files as rows of text.
#pragma once
#include "record/row_reader.h"

namespace writ::record {

// The first row names the columns. Empty lines are passed over, except in a file of one column, where they are a row with an empty cell.
std::unique_ptr<RowReader> open_csv(const FactFile& file, std::vector<WantedColumn> wanted, char separator);

}  // namespace writ::record
