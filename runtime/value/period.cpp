#include "value/period.h"

#include <algorithm>

namespace writ::value {

namespace {

// First day of the whole period that begins `k` periods after the one in which the term begins.
std::optional<Date> period_start(PeriodKind kind, Date effective, int32_t k, MonthEnd rule) {
  Civil c = civil_from_days(effective);
  switch (kind) {
    case PeriodKind::month: return add_months(days_from_civil(c.year, c.month, 1), k, MonthEnd::none);
    case PeriodKind::quarter: return add_months(days_from_civil(c.year, (c.month - 1) / 3 * 3 + 1, 1), 3 * k, MonthEnd::none);
    case PeriodKind::year: return add_months(days_from_civil(c.year, 1, 1), 12 * k, MonthEnd::none);
    case PeriodKind::contract_month: return add_months(effective, k, rule);
  }
  return std::nullopt;
}

}  // namespace

bool build_periods(const Zone& zone, PeriodKind kind, Date effective, Date end, MonthEnd rule, PeriodGrid& out) {
  if (end <= effective || effective < first_date || end > last_date) return false;
  PeriodGrid grid;
  grid.kind = kind;
  for (int32_t k = 0;; ++k) {
    std::optional<Date> first = period_start(kind, effective, k, rule);
    std::optional<Date> next = period_start(kind, effective, k + 1, rule);
    if (!first || !next) return false;
    Date from = std::max(*first, effective), until = std::min(*next, end);
    grid.dates.push_back(from);
    grid.bounds.push_back(start_of_day(zone, from));
    grid.days_in_term.push_back(until - from);
    grid.days_total.push_back(*next - *first);
    if (*next >= end) break;
  }
  grid.dates.push_back(end);
  grid.bounds.push_back(start_of_day(zone, end));
  out = std::move(grid);
  return true;
}

int64_t index_of(const PeriodGrid& grid, Instant instant) {
  if (grid.bounds.empty() || instant < grid.bounds.front() || instant >= grid.bounds.back()) return -1;
  return std::upper_bound(grid.bounds.begin(), grid.bounds.end(), instant) - grid.bounds.begin() - 1;
}

int64_t index_of_date(const PeriodGrid& grid, Date date) {
  const int64_t count = period_count(grid);
  if (count == 0) return -1;
  const Date first = period_start(grid.kind, grid.dates.front(), 0, MonthEnd::none).value_or(grid.dates.front());
  const Date last_start = count == 1 ? first : grid.dates[static_cast<size_t>(count - 1)];
  if (date < first || date >= last_start + grid.days_total.back()) return -1;
  const auto next = std::upper_bound(grid.dates.begin(), grid.dates.end(), date) - grid.dates.begin();
  return std::clamp<int64_t>(next - 1, 0, count - 1);
}

}  // namespace writ::value
