// The terms of the agreements beside this file by hand: row by row, and with the vector instructions of this machine.
#pragma once
#include <vector>

#include "bench/rows.h"

namespace writ::bench {

// Which agreement: elapsed.writ, business.writ; or months.writ, customers.writ, whose records are those of the first and of which totals are
// taken.
enum class Variant { elapsed, business, months, customers };

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

// What customers.writ comes to for every customer, [month * customers + customer].
struct Customers {
  std::vector<uint16_t> misses;      // by month of opening
  std::vector<uint16_t> due_misses;  // by month of the due instant
  std::vector<uint32_t> credit;      // cents, after the cap
  std::vector<uint8_t> terminable;   // by customer
  explicit Customers(uint32_t customers = 0) : misses(size_t{Months::count} * customers), due_misses(misses), credit(misses.size()), terminable(customers) {}
  bool operator==(const Customers&) const = default;
};
void scalar_customers(const Rows& rows, Customers& out);
// Records and totals in one pass; only rows with a miss touch a total. Only when has_avx512.
void avx512_customers(const Rows& rows, Customers& out);
// What follows when all rows are added: caps, and who may terminate. `fee`: by customer.
void finish_customers(const std::vector<uint32_t>& fee, Customers& out);
std::vector<uint32_t> fees_of(const Rows& rows);

}  // namespace writ::bench
