#include <cassert>

#include "plan/names.h"

namespace writ::plan {

std::string_view name_of(Op op) {
  switch (op) {
    case Op::constant: return "constant";
    case Op::wide_constant: return "wide_constant";
    case Op::param: return "param";
    case Op::field: return "field";
    case Op::closed: return "closed";
    case Op::as_of: return "as_of";
    case Op::period_start: return "period_start";
    case Op::period_end: return "period_end";
    case Op::live: return "live";
    case Op::not_: return "not";
    case Op::and_: return "and";
    case Op::or_: return "or";
    case Op::eq: return "eq";
    case Op::ne: return "ne";
    case Op::lt: return "lt";
    case Op::le: return "le";
    case Op::gt: return "gt";
    case Op::ge: return "ge";
    case Op::is_given: return "is_given";
    case Op::state_is: return "state_is";
    case Op::certainly: return "certainly";
    case Op::add: return "add";
    case Op::sub: return "sub";
    case Op::mul: return "mul";
    case Op::neg: return "neg";
    case Op::div: return "div";
    case Op::min: return "min";
    case Op::max: return "max";
    case Op::rescale: return "rescale";
    case Op::exact_quotient: return "exact_quotient";
    case Op::round: return "round";
    case Op::otherwise: return "otherwise";
    case Op::select: return "select";
    case Op::earliest: return "earliest";
    case Op::latest: return "latest";
    case Op::add_duration: return "add_duration";
    case Op::between: return "between";
    case Op::date_of: return "date_of";
    case Op::start_of_day: return "start_of_day";
    case Op::end_of_day: return "end_of_day";
    case Op::add_days: return "add_days";
    case Op::add_months: return "add_months";
    case Op::first_of_month: return "first_of_month";
    case Op::last_of_month: return "last_of_month";
    case Op::open_between: return "open_between";
    case Op::is_open: return "is_open";
    case Op::is_business_day: return "is_business_day";
    case Op::business_days_between: return "business_days_between";
    case Op::next_opening: return "next_opening";
    case Op::next_closing: return "next_closing";
    case Op::subtract_open: return "subtract_open";
    case Op::add_business_days: return "add_business_days";
    case Op::deadline_elapsed: return "deadline_elapsed";
    case Op::deadline_open: return "deadline_open";
    case Op::deadline_business_days: return "deadline_business_days";
    case Op::deadline_days: return "deadline_days";
    case Op::deadline_months: return "deadline_months";
    case Op::history_at: return "history_at";
    case Op::history_first: return "history_first";
    case Op::open_position: return "open_position";
    case Op::judge: return "judge";
    case Op::judge_open: return "judge_open";
    case Op::outcome_is: return "outcome_is";
    case Op::judge_benchmark: return "judge_benchmark";
    case Op::aggregate: return "aggregate";
    case Op::at_period: return "at_period";
    case Op::over_periods: return "over_periods";
    case Op::prorate: return "prorate";
    case Op::decide: return "decide";
    case Op::look_up: return "look_up";
    case Op::deciding_case: return "deciding_case";
  }
  assert(false);
  return {};
}

std::string_view name_of(Lane lane) {
  switch (lane) {
    case Lane::truth: return "truth";
    case Lane::i8: return "i8";
    case Lane::i16: return "i16";
    case Lane::i32: return "i32";
    case Lane::i64: return "i64";
    case Lane::whole: return "whole";
  }
  assert(false);
  return {};
}

}  // namespace writ::plan
