// The least that can be done to turn such a file into columns: one pass, each column by code of its own, nothing checked but its end.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "bench/facts.h"

namespace writ::bench {

// As the reader of facts keeps them: 64 bits a value, 0 and a mark where there is none.
struct BareColumns {
  uint32_t rows = 0;
  std::vector<int64_t> values[fields];
  std::vector<uint8_t> missing[fields];  // of instants
};

// Hands over 16,384 rows at a time. False: the file could not be read.
bool bare_parse(const std::string& path, const std::function<void(const BareColumns&)>& take);

}  // namespace writ::bench
