// The calendar of business.writ by hand: Monday to Friday 09:00 to 17:30 in London, bank holidays of England and Wales aside.
#pragma once
#include <cstdint>
#include <vector>

namespace writ::bench {

inline constexpr int32_t open_seconds_a_day = 30600;

// One word a UTC day from first_second on: the open days before it in the low 16 bits, above them the minute of opening; 1440: closed.
// The clocks change on Sundays, so that a day's opening says all about its offset.
std::vector<uint32_t> make_business_days();

// Open seconds from first_second to `second`.
inline int32_t open_seconds(const uint32_t* days, uint32_t seconds_from_first) {
  const uint32_t word = days[seconds_from_first / 86400];
  const int32_t into = static_cast<int32_t>(seconds_from_first % 86400) - static_cast<int32_t>(word >> 16) * 60;
  const int32_t today = into < 0 ? 0 : into > open_seconds_a_day ? open_seconds_a_day : into;
  return static_cast<int32_t>(word & 0xffff) * open_seconds_a_day + today;
}

}  // namespace writ::bench
