// JSON lines as rows of text: one object a line (RFC 8259). Numbers keep their text: they are never turned into binary floating point.
#pragma once
#include "record/row_reader.h"

namespace writ::record {

// A wanted column "a.b" is the member `b` of the object that is the member `a`. Empty lines are passed over.
std::unique_ptr<RowReader> open_json_lines(const FactFile& file, std::vector<WantedColumn> wanted);

}  // namespace writ::record
