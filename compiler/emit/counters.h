// Numbers of rows in which truths of a stage hold, added up over the groups of a block. Private to this folder.
#pragma once
#include <vector>

#include "emit/function.h"

namespace writ::emit {

struct Counter {
  uint32_t index = 0;           // among the stage's counters
  llvm::Value* rows = nullptr;  // of the groups so far; null: none
  std::vector<size_t> others;   // where it counts the rest: the counters (by place) that the rest is left by
};

// At the end of the loop's body, which starts with `head`: those of the steps [f.first_step, last_step).
std::vector<Counter> count_rows(Function& f, llvm::BasicBlock* head, uint32_t last_step);
// Behind the loop, which has gone through so many rows.
void keep_counters(Function& f, const std::vector<Counter>& counters, llvm::Value* rows);

}  // namespace writ::emit
