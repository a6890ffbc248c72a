// The ways of evaluating the rows, each behind one call, with what it gives for the comparison.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bench/rows.h"
#include "driver/pipeline.h"
#include "evaluate/compiled_engine.h"

namespace writ::bench {

// Facts as the reader of files hands them over: 64 bits a value and a state byte a row where a value may be missing.
record::Batch as_batch(const Rows& rows, uint32_t first, uint32_t count);

// The definitions whose values are compared, by index.
struct Compared {
  uint32_t tier = 0, acknowledgement = 0, resolution = 0, credit = 0;
};
Compared find_compared(const ir::Agreement& agreement);

struct Runner {
  std::string name;
  uint32_t rows = 0;  // of one round
  std::function<void()> round;
  std::function<std::string(const Outcomes& expected)> differs;  // in words; empty: every row is the same
};

struct Setting {
  const driver::Program& program;
  const Rows& rows;
  uint32_t interpreted_rows = 0;  // the interpreter is given so many of them
  uint32_t lanes = 0;
};
Runner scalar_runner(const Setting&);
Runner avx512_runner(const Setting&);
Runner native_columns_runner(const Setting&, int optimise);  // narrow columns in, four columns out, totals kept
Runner native_totals_runner(const Setting&);                 // batches of the reader in, totals alone
Runner interpreter_runner(const Setting&);

}  // namespace writ::bench
