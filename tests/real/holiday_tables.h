// Tables of public holidays against the sets of the standard library, day by day.
#pragma once
#include "real/tables.h"
#include "real/tally.h"

namespace writ::real {

bool is_holiday_table(const Table& table);
// For every region of the table: each day of its years is a business day of a calendar that is open Monday to Friday and closed on the library's
// set exactly when the table has no holiday on it and it is no weekend. One tally of days a region, printed as it is made; false when one fails.
bool run_holidays(const Table& table);

}  // namespace writ::real
