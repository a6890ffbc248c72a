// Credits and rights: what acts and totals together make of them, once all facts are in.
#pragma once
#include "interpret/place.h"

namespace writ::interpret {

// Of one credit in one period of its grid.
evaluate::CreditResult credit_result(const Tables&, const RunState&, const ir::Credit&, size_t period, const evaluate::Acts&);

evaluate::RightResult right_result(const Tables&, const RunState&, ir::RightId, const evaluate::Acts&);

}  // namespace writ::interpret
