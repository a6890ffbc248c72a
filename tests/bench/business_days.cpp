#include "bench/business_days.h"

#include <algorithm>
#include <chrono>

#include "bench/rows.h"

namespace writ::bench {

namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

// As published for England and Wales.
constexpr int holidays[][3] = {{2024, 1, 1},   {2024, 3, 29},  {2024, 4, 1},   {2024, 5, 6},   {2024, 5, 27}, {2024, 8, 26},
                               {2024, 12, 25}, {2024, 12, 26}, {2025, 1, 1},   {2025, 4, 18},  {2025, 4, 21}, {2025, 5, 5},
                               {2025, 5, 26},  {2025, 8, 25},  {2025, 12, 25}, {2025, 12, 26}, {2026, 1, 1}};

sys_days day_of(int y, unsigned m, unsigned d) { return sys_days(year_month_day(std::chrono::year(y), std::chrono::month(m), std::chrono::day(d))); }

sys_days last_sunday(std::chrono::year y, std::chrono::month m) { return sys_days(y / m / std::chrono::Sunday[std::chrono::last]); }

bool is_holiday(sys_days day) {
  return std::any_of(std::begin(holidays), std::end(holidays),
                     [&](const int(&h)[3]) { return day == day_of(h[0], static_cast<unsigned>(h[1]), static_cast<unsigned>(h[2])); });
}

bool is_open(sys_days day) {
  const std::chrono::weekday weekday(day);
  return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday && !is_holiday(day);
}

}  // namespace

std::vector<uint32_t> make_business_days() {
  std::vector<uint32_t> words;
  uint32_t open_days = 0;
  const sys_days end = day_of(2026, 2, 1);  // behind as_of_second, whose summer and holidays are not asked for
  for (sys_days day{std::chrono::days(first_second / 86400)}; day < end; day += std::chrono::days(1)) {
    const std::chrono::year year = year_month_day(day).year();
    const bool summer = day >= last_sunday(year, std::chrono::March) && day < last_sunday(year, std::chrono::October);
    const bool open = is_open(day);
    words.push_back(open_days | (open ? (summer ? 8u : 9u) * 60 : 1440u) << 16);
    open_days += open;
  }
  return words;
}

}  // namespace writ::bench
