// What the interpreter looks up again and again, made once per engine from the agreement.
#pragma once
#include <array>
#include <vector>

#include "ir/agreement.h"
#include "value/aggregate.h"
#include "value/calendar.h"
#include "value/period.h"

namespace writ::interpret {

struct Tables {
  const ir::Agreement* agreement = nullptr;
  std::vector<value::CalendarTable> calendars;           // by calendar
  std::array<value::PeriodGrid, 4> grids;                // by period kind; empty where the term has no such periods
  std::vector<value::AggregateRule> rules;               // by aggregate
  std::vector<std::vector<ir::DefinitionId>> of_record;  // by record type: its definitions in evaluation order
  std::vector<uint32_t> slots;                           // by definition: place in its record's list
  std::vector<bool> counting;                            // by definition: per period, and looks at totals of records
  value::Instant term_start = 0, term_end = 0;           // [first instant of the first day, first instant after the last)
  std::array<uint64_t, 2> rule_hash = {0, 0};            // equal for equal rules: keeps states of other rules out
};

Tables make_tables(const ir::Agreement&);

const value::PeriodGrid& grid_of(const Tables&, ir::PeriodKind);
// How many values a definition or an aggregate has: one a period, or one for the agreement; 0 at record grain.
size_t count_of(const Tables&, const ir::Grain&);
size_t count_of(const Tables&, const ir::Aggregate&);

}  // namespace writ::interpret
