// Cases of business time through Writ: one agreement for all cases of a zone, a calendar for each calendar among them, a rule a case.
#pragma once
#include <vector>

#include "real/case.h"
#include "real/tally.h"

namespace writ::real {

struct BusinessTime {
  Tally agreed;
  // Cases on which libraries differ: what Writ gives is what the source expects, the other reading, or (a failure) neither.
  int as_source = 0, as_other = 0;
  Tally disputed;
  std::vector<std::string> decisions;  // one line a disputed case
};

BusinessTime run_business_time(const std::vector<Case>& cases);

}  // namespace writ::real
