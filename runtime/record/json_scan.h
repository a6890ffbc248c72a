// One JSON object as the members that are wanted of it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "record/row_reader.h"

namespace writ::record {

struct JsonRow {
  std::vector<std::string_view> values;  // by wanted path: text of a string without escapes; numbers, true and false as written; null: empty
  std::vector<uint8_t> seen;             // by wanted path
  std::string scratch;                   // strings that held escapes, without them
  Problem problem = Problem::none;
  std::string text, detail;
};

// The whole line must be one object. The views look into `line` or into `row.scratch`. False: `problem` says why.
// A wanted path that stands twice, or that holds an object or an array, is a problem; unwanted members are only read over.
bool scan_json(std::string_view line, const std::vector<WantedColumn>& wanted, JsonRow& row);

}  // namespace writ::record
