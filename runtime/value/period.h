#pragma once
// The periods of a term: calendar months, quarters and years, or months counted from the effective date.

#include <cstdint>
#include <vector>

#include "value/zone.h"

namespace writ::value {

enum class PeriodKind : uint8_t { month, quarter, year, contract_month };

struct PeriodGrid {
  PeriodKind kind = PeriodKind::month;
  // One more than there are periods; period i is [bounds[i], bounds[i + 1]), in UTC, cut to the term at both ends.
  std::vector<Instant> bounds;
  std::vector<Date> dates;            // the same bounds as local dates
  std::vector<int32_t> days_in_term;  // days of period i within the term
  std::vector<int32_t> days_total;    // days of the whole period; equal unless the first or last is partial
};

// The periods of the term [effective, end): `end` is the first day after the term. False when end <= effective, or when a
// contract month has no answer (effective on the 29th to 31st and no rule) or dates leave the years 1..9999.
// Contract month k starts `k` months after the effective date, in one step.
[[nodiscard]] bool build_periods(const Zone& zone, PeriodKind kind, Date effective, Date end, MonthEnd rule, PeriodGrid& out);

// The period in which an instant lies; -1 outside the term.
int64_t index_of(const PeriodGrid& grid, Instant instant);
// The period that a date names ("the credit of March"); -1 if none. The days of the first and of the last whole period that lie
// outside the term belong to it too: January is named by 1 January also where the term begins on the 15th.
int64_t index_of_date(const PeriodGrid& grid, Date date);
inline int64_t period_count(const PeriodGrid& grid) { return static_cast<int64_t>(grid.days_total.size()); }

}  // namespace writ::value
