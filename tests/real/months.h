// Tables of date arithmetic through Writ: a date and a period, under the header's rules for months that are too short.
#pragma once
#include "real/tables.h"
#include "real/tally.h"

namespace writ::real {

// Whether the columns are those of one of the known tables: a sum per rule, one sum for both rules, or first and last days of months.
bool is_month_table(const Table& table);
void run_months(const Table& table, Tally& tally);

}  // namespace writ::real
