// What a way of evaluating came to against what it should, in words; empty: the same.
#pragma once
#include <string>

#include "bench/kernels.h"
#include "evaluate/engine.h"
#include "ir/agreement.h"

namespace writ::bench {

std::string compare_row(const Outcomes& expected, uint32_t row, int64_t tier, int64_t a_missed, int64_t r_missed, int64_t credit);
std::string compare_outcomes(const Outcomes& expected, const Outcomes& got, uint32_t rows);
// The numbers of misses over the term, as the totals of the commitments tell them.
std::string compare_counts(const ir::Agreement& agreement, const evaluate::Results& results, const Outcomes& expected, uint32_t rows);
// missed_in_month and owed_for_month of months.writ.
std::string compare_months(const ir::Agreement& agreement, const evaluate::Results& results, const Months& expected);

// Ends the program when there is none.
uint32_t find_definition(const ir::Agreement& agreement, const std::string& name);

// The definitions whose values are compared, by index.
struct Compared {
  uint32_t tier = 0, acknowledgement = 0, resolution = 0, credit = 0;
};
Compared find_compared(const ir::Agreement& agreement);

}  // namespace writ::bench
