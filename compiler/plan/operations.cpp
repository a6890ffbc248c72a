#include "plan/operations.h"

#include <cassert>

namespace writ::plan {

bool reads_only_operands(Op op) {
  switch (op) {
    case Op::not_:
    case Op::and_:
    case Op::or_:
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
    case Op::is_given:
    case Op::state_is:
    case Op::certainly:
    case Op::add:
    case Op::sub:
    case Op::mul:
    case Op::neg:
    case Op::min:
    case Op::max:
    case Op::rescale:
    case Op::exact_quotient:
    case Op::round:
    case Op::otherwise:
    case Op::select:
    case Op::earliest:
    case Op::latest:
    case Op::outcome_is:
    case Op::decide: return true;
    case Op::constant:
    case Op::wide_constant:
    case Op::param:
    case Op::field:
    case Op::closed:
    case Op::as_of:
    case Op::period_start:
    case Op::period_end:
    case Op::live:
    case Op::div:
    case Op::add_duration:
    case Op::between:
    case Op::date_of:
    case Op::start_of_day:
    case Op::end_of_day:
    case Op::add_days:
    case Op::add_months:
    case Op::first_of_month:
    case Op::last_of_month:
    case Op::open_between:
    case Op::is_open:
    case Op::is_business_day:
    case Op::business_days_between:
    case Op::next_opening:
    case Op::next_closing:
    case Op::subtract_open:
    case Op::add_business_days:
    case Op::deadline_elapsed:
    case Op::deadline_open:
    case Op::deadline_business_days:
    case Op::deadline_days:
    case Op::deadline_months:
    case Op::history_at:
    case Op::history_first:
    case Op::open_position:
    case Op::judge:
    case Op::judge_open:
    case Op::judge_benchmark:
    case Op::aggregate:
    case Op::at_period:
    case Op::over_periods:
    case Op::prorate:
    case Op::look_up:
    case Op::deciding_case: return false;
  }
  assert(false);
  return false;
}

}  // namespace writ::plan
