// The days of a holiday set, worked out from its rules. Private to this folder.
#pragma once
#include <string>
#include <vector>

#include "check/context.h"

namespace writ::check {

struct HolidaySet {
  bool whole = false;                 // false: a mistake was reported, the days are not to be relied on
  int first_year = 0, last_year = 0;  // the days are known for these years, both included
  std::vector<value::Date> days;      // ascending, each once
  std::vector<std::string> sources;
};

// docs/language/reference/calendars.md, rules CA10 to CA15.
HolidaySet check_holidays(Context&, uint32_t file, const ast::Holidays&);

}  // namespace writ::check
