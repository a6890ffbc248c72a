// What must be known before batches can be made: which row of each key decides, and the histories by key.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "record/history.h"
#include "record/texts.h"

namespace writ::record {

struct Prepared {
  Texts keys;
  std::vector<uint64_t> decides;              // by key: ordinal, among all rows of the files, of the row that decides
  std::vector<Origin> seen_at;                // by key: where that row is
  std::map<uint32_t, std::string> undecided;  // key: what kept its rows from being compared
  HistoryStore history;
  uint64_t passes_done = 0;  // full ones
};

}  // namespace writ::record
