// The ways of evaluating the rows, each behind one call, with what it gives for the comparison.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bench/kernels.h"
#include "bench/rows.h"
#include "driver/pipeline.h"
#include "evaluate/compiled_engine.h"

namespace writ::bench {

// What every way must come to.
struct Expected {
  Outcomes outcomes;
  Months months;
  Customers customers;
  explicit Expected(uint32_t rows) : outcomes(rows) {}
};

struct Setting {
  const driver::Program& program;
  Variant variant = Variant::elapsed;
  const Rows& rows;
  uint32_t interpreted_rows = 0;  // the interpreter is given so many of them
  uint32_t lanes = 0;
};

struct Runner {
  std::string name;
  uint32_t rows = 0;  // of one round
  std::function<void()> round;
  std::function<std::string(const Expected&)> differs;  // in words; empty: everything is the same
};

Runner scalar_runner(const Setting&);
Runner avx512_runner(const Setting&);
Runner scalar_months_runner(const Setting&);
Runner avx512_months_runner(const Setting&);
Runner scalar_customers_runner(const Setting&);
Runner avx512_customers_runner(const Setting&);

// Code of a level of the processor (as LLVM calls it; empty: all that this computer can).
struct Level {
  int optimise = 2;
  std::string processor;
};
Runner native_columns_runner(const Setting&, const Level&);  // narrow columns in, four columns out, totals kept
// The same, and which case decided: of the columns alone, or of everything that has cases.
enum class Reasons { none, of_columns, all };
Runner native_reasons_runner(const Setting&, const Level&, Reasons);
Runner native_totals_runner(const Setting&, const Level&);  // narrow columns in, totals alone
Runner native_batches_runner(const Setting&);               // batches of the reader in, totals alone
Runner interpreter_runner(const Setting&);
Runner native_portfolio_runner(const Setting&);
Runner native_customers_runner(const Setting&);
Runner interpreted_customers_runner(const Setting&);

}  // namespace writ::bench
