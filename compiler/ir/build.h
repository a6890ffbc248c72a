// Makers of expression nodes. Each works out the node's type, brings its operands to the scale that the operation needs, and folds constants
// through the value functions, so that nobody else inserts a `rescale` or computes a constant.
//
// Promised by the caller (asserted): operands are valid ids, of kinds that the operation takes, never absent where it is strict, of one currency.
// An operand that is an error node makes an error node. The mistakes of a person are reported by `check` before it calls these.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ir/agreement.h"
#include "value/value.h"

namespace writ::ir {

// ---- types ------------------------------------------------------------------------------------------------------------
Type boolean_type();
Type number_type(int scale);
Type percent_type(int scale);  // a number that is written and shown as a percentage
Type money_type(CurrencyId, int scale);
Type plain_type(Kind);  // date, time, instant, duration, text ...
Type enumeration_type(EnumId);
Type with_absence(Type, Absence);
Type with_range(Type, i128 low, i128 high);
bool is_numeric(const Type&);  // number, ratio or money

const Type& type_of(const Agreement&, ExprId);
bool is_error(const Agreement&, ExprId);

// ---- reading ----------------------------------------------------------------------------------------------------------
// The same operation on the same operands, whatever the spans.
bool same_expression(const Agreement&, ExprId, ExprId);

// ---- constants --------------------------------------------------------------------------------------------------------
ExprId make_error(Agreement&, Span);
ExprId make_constant(Agreement&, Type, i128, Span);  // given the range [value, value] when its kind is ordered
ExprId make_truth(Agreement&, bool, Span);
ExprId make_text(Agreement&, const std::string&, Span);     // adds to Agreement::texts; equal texts share one entry
ExprId make_absence(Agreement&, Type, value::State, Span);  // not_yet, none or unknown, as a value of the type
std::optional<i128> constant_of(const Agreement&, ExprId);  // of Op::constant; not of errors
// The value of a constant, an absence, or one operation over such: `1 / 3` is a fraction. None for what is known at the run only.
std::optional<value::Value> value_of(const Agreement&, ExprId);
// The fault that an operation over constants certainly gives: `1 / 0`. None otherwise.
std::optional<value::Fault> constant_fault(const Agreement&, ExprId);

// ---- leaves -----------------------------------------------------------------------------------------------------------
ExprId make_param(Agreement&, ParamId, Span);
ExprId make_field(Agreement&, RecordId, FieldIndex, Span);          // of the current record
ExprId make_history_field(Agreement&, RecordId, FieldIndex, Span);  // of the current history row
ExprId make_definition(Agreement&, DefinitionId, Span);
ExprId make_as_of(Agreement&, Span);
ExprId make_period_start(Agreement&, Span);
ExprId make_period_end(Agreement&, Span);
// The same node with a type that is never absent: for places where it is known to be given. The original is left as it is.
ExprId make_known_given(Agreement&, ExprId);

// ---- truth ------------------------------------------------------------------------------------------------------------
ExprId make_not(Agreement&, ExprId, Span);
ExprId make_and(Agreement&, std::vector<ExprId>, Span);     // one operand: itself; none: true. Invalid ids are left out
ExprId make_or(Agreement&, std::vector<ExprId>, Span);      // one operand: itself; none: false
ExprId make_compare(Agreement&, Op, ExprId, ExprId, Span);  // eq, ne, lt, le, gt, ge; scales are aligned
ExprId make_is_given(Agreement&, ExprId, Span);

// ---- numbers, money, durations ------------------------------------------------------------------------------------------
// Numbers, ratios, money (add, sub: also durations, open time; sub of two dates: a number of days). Scales are aligned; ranges are carried.
ExprId make_add(Agreement&, ExprId, ExprId, Span);
ExprId make_sub(Agreement&, ExprId, ExprId, Span);
ExprId make_mul(Agreement&, ExprId, ExprId, Span);             // at most one operand has a unit (money, duration ...); a ratio makes a ratio
ExprId make_of(Agreement&, ExprId share, ExprId whole, Span);  // 15% of a fee: like mul, but a percentage of a plain number is a plain number
ExprId make_div(Agreement&, ExprId, ExprId, Span);             // a ratio; money / number keeps the currency
ExprId make_neg(Agreement&, ExprId, Span);
ExprId make_min(Agreement&, std::vector<ExprId>, Span);  // numbers, money, durations, dates, instants
ExprId make_max(Agreement&, std::vector<ExprId>, Span);
ExprId make_rescale(Agreement&, ExprId, int to_scale, Span);                 // exact, to a scale that is not coarser; the same id when equal
ExprId make_round(Agreement&, ExprId, int to_scale, value::Rounding, Span);  // a whole number of that scale: number or money
ExprId make_prorate(Agreement&, ExprId, Span);                               // a ratio

// ---- default and choice -------------------------------------------------------------------------------------------------
ExprId make_otherwise(Agreement&, ExprId, ExprId, Span);
ExprId make_select(Agreement&, ExprId condition, ExprId then, ExprId otherwise, Span);
// The type that can hold both: finer scale, union of ranges and absences. None when there is none (other kinds, currencies, enums, or
// not yet with none).
std::optional<Type> common_type(const Type&, const Type&);
// A value of `type` as the common type with another: rescaled only.
ExprId adapt(Agreement&, ExprId, const Type& common, Span);

// ---- time -------------------------------------------------------------------------------------------------------------
ExprId make_earliest(Agreement&, std::vector<ExprId>, Span);  // one operand: itself
ExprId make_latest(Agreement&, std::vector<ExprId>, Span);
ExprId make_add_duration(Agreement&, ExprId instant, ExprId duration, Span);
ExprId make_between(Agreement&, ExprId from, ExprId to, Span);
ExprId make_date_of(Agreement&, ExprId instant, Span);
ExprId make_start_of_day(Agreement&, ExprId date, Span);
ExprId make_end_of_day(Agreement&, ExprId date, Span);
ExprId make_add_days(Agreement&, ExprId date, ExprId count, Span);
ExprId make_add_months(Agreement&, ExprId date, ExprId count, Span);
ExprId make_first_of_month(Agreement&, ExprId date, Span);
ExprId make_last_of_month(Agreement&, ExprId date, Span);
// open_between, is_open, is_business_day, business_days_between, next_opening, next_closing, subtract_open, add_business_days.
ExprId make_business(Agreement&, Op, std::vector<ExprId>, CalendarId, Span);
// deadline_*; `calendar` for open time and business days; `pause` may be invalid. The start may be absent: so is the deadline (not yet).
ExprId make_deadline(Agreement&, Op, ExprId start, ExprId count, CalendarId, ExprId pause, Span);
ExprId make_history_at(Agreement&, RecordId, FieldIndex, ExprId instant, Span);
ExprId make_history_first(Agreement&, RecordId, ExprId condition, Span);

// ---- verdicts ---------------------------------------------------------------------------------------------------------
ExprId make_judge(Agreement&, ExprId applies, ExprId excused, ExprId from, ExprId until, ExprId due, bool strict, Span);
ExprId make_outcome_is(Agreement&, ExprId outcome, i128 code, Span);
ExprId make_judge_benchmark(Agreement&, ExprId passed, ExprId enough, ExprId measured, TooFew, Span);

// ---- totals -----------------------------------------------------------------------------------------------------------
// Adds the aggregate, or finds an equal one; its type is worked out from the fold and the value.
ExprId make_aggregate(Agreement&, Aggregate, Span);
// `outside`: the instant may lie outside the term, so that the value may be none.
ExprId make_at_period(Agreement&, DefinitionId, ExprId instant, bool outside, Span);
ExprId make_over_periods(Agreement&, DefinitionId, Fold, Span);

// ---- definitions --------------------------------------------------------------------------------------------------------
// Adds it and numbers its trace points: its own, then one a case, behind those of the definitions before it (from 1).
DefinitionId add_definition(Agreement&, Definition);
// Transitive closure of "case i is overridden by case j", as Case::overridden_by wants it. False when a case would override itself.
bool close_overrides(std::vector<Case>&);

}  // namespace writ::ir
