// The facts of the workload: columns as narrow as a host that knows the ranges would keep them. Made, not real.
#pragma once
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

namespace writ::bench {

// Seconds since 1970-01-01T00:00Z; 0 in `acknowledged` and `resolved`: not yet.
inline constexpr int64_t first_second = 1704067200;  // 2024-01-01
inline constexpr int64_t end_second = 1767225600;    // 2026-01-01
// All deadlines have passed by then, those of business time too, so that nothing is pending.
inline constexpr int64_t as_of_second = 1768219200;  // 2026-01-12T12:00

// Memory that starts on a cache line and has room for whole groups of 64 rows.
template <class T>
struct Array {
  struct Free {
    void operator()(T* p) const { std::free(p); }
  };
  std::unique_ptr<T[], Free> data;
  explicit Array(size_t rows = 0) : data(static_cast<T*>(std::aligned_alloc(64, (rows + 64) / 64 * 64 * sizeof(T)))) {}
  T& operator[](size_t i) { return data[i]; }
  const T& operator[](size_t i) const { return data[i]; }
  T* get() const { return data.get(); }
};

struct Rows {
  uint32_t count = 0;
  Array<uint8_t> severity, plan, channel, reopened, client_caused, force_majeure, claim_delay;  // severity 0..3
  Array<uint32_t> opened, acknowledged, resolved, fee;
  Array<uint16_t> customer;  // plan and fee are the customer's
  uint32_t customers = 0;
};
// At most 65,536 customers.
Rows make_rows(uint32_t count, uint32_t customers = 10000);
// The same rows, customer by customer; in the order of their opening within each.
Rows by_customer(const Rows& rows);

struct Outcomes {
  Array<uint8_t> tier, acknowledgement_missed, resolution_missed;
  Array<uint32_t> credit;
  explicit Outcomes(uint32_t count) : tier(count), acknowledgement_missed(count), resolution_missed(count), credit(count) {}
};

}  // namespace writ::bench
