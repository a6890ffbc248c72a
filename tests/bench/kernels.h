// The terms of the agreements beside this file by hand: row by row, and with the vector instructions of this machine.
#pragma once
#include "bench/rows.h"

namespace writ::bench {

// Which agreement: elapsed.writ, business.writ, or months.writ, whose records are those of the first and whose totals are what is taken.
enum class Variant { elapsed, business, months };

void scalar_kernel(const Rows& rows, Variant variant, Outcomes& out);

bool has_avx512();
// Only when has_avx512.
void avx512_kernel(const Rows& rows, Variant variant, Outcomes& out);

// What months.writ adds up, by month of opening from January 2024 on.
struct Months {
  static constexpr int count = 24;
  int64_t misses[count] = {};
  int64_t credit[count] = {};  // cents
  bool operator==(const Months&) const = default;
};
// Seconds at which the months start, and the end of the last.
const uint32_t* month_starts();
void scalar_months(const Rows& rows, Months& out);
// Records and totals in one pass; no record is written down. Only when has_avx512.
void avx512_months(const Rows& rows, Months& out);

}  // namespace writ::bench
