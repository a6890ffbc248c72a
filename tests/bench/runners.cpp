#include "bench/runners.h"

#include "bench/compare.h"

namespace writ::bench {

namespace {

template <class Kernel>
Runner rows_runner(const Setting& s, const char* name, Kernel kernel) {
  auto out = std::make_shared<Outcomes>(s.rows.count);
  return {name, s.rows.count, [out, kernel, &rows = s.rows, variant = s.variant] { kernel(rows, variant, *out); },
          [out, n = s.rows.count](const Expected& expected) { return compare_outcomes(expected.outcomes, *out, n); }};
}

template <class Kernel>
Runner months_runner(const Setting& s, const char* name, Kernel kernel) {
  auto out = std::make_shared<Months>();
  return {name, s.rows.count, [out, kernel, &rows = s.rows] { kernel(rows, *out); },
          [out](const Expected& expected) { return *out == expected.months ? std::string() : std::string("the totals of a month differ"); }};
}

}  // namespace

Runner scalar_runner(const Setting& s) { return rows_runner(s, "row by row in C++, by hand", scalar_kernel); }
Runner avx512_runner(const Setting& s) { return rows_runner(s, "AVX-512 kernel, by hand", avx512_kernel); }
Runner scalar_months_runner(const Setting& s) { return months_runner(s, "row by row in C++, by hand", scalar_months); }
Runner avx512_months_runner(const Setting& s) { return months_runner(s, "AVX-512 kernel, by hand", avx512_months); }

}  // namespace writ::bench
