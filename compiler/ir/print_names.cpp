// The words of the printed ir.
#include "ir/print.h"

namespace writ::ir {

std::string_view name_of(Op op) {
  switch (op) {
    case Op::constant: return "constant";
    case Op::absence: return "absence";
    case Op::param: return "param";
    case Op::field: return "field";
    case Op::definition: return "definition";
    case Op::as_of: return "as_of";
    case Op::period_start: return "period_start";
    case Op::period_end: return "period_end";
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
    case Op::add: return "add";
    case Op::sub: return "sub";
    case Op::mul: return "mul";
    case Op::neg: return "neg";
    case Op::div: return "div";
    case Op::min: return "min";
    case Op::max: return "max";
    case Op::rescale: return "rescale";
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
    case Op::judge: return "judge";
    case Op::outcome_is: return "outcome_is";
    case Op::judge_benchmark: return "judge_benchmark";
    case Op::aggregate: return "aggregate";
    case Op::at_period: return "at_period";
    case Op::over_periods: return "over_periods";
    case Op::prorate: return "prorate";
  }
  return "?";
}

std::string_view name_of(PeriodKind kind) {
  switch (kind) {
    case PeriodKind::month: return "month";
    case PeriodKind::quarter: return "quarter";
    case PeriodKind::year: return "year";
    case PeriodKind::contract_month: return "contract month";
  }
  return "?";
}

std::string_view name_of(Aggregate::Fold fold) {
  switch (fold) {
    case Aggregate::Fold::count: return "count";
    case Aggregate::Fold::sum: return "sum";
    case Aggregate::Fold::minimum: return "min";
    case Aggregate::Fold::maximum: return "max";
    case Aggregate::Fold::mean: return "mean";
  }
  return "?";
}

}  // namespace writ::ir
