// Expressions of the core. One plain node: an operation, its operands, and what it refers to.
// Every operand stands at the scale that the operation needs: `check` inserts `rescale`, evaluators never convert.
#pragma once
#include <vector>

#include "ir/types.h"
#include "value/int128.h"

namespace writ::ir {

enum class Op {
  // leaves
  constant,      // number; text constants: index into Agreement::texts; absences: state in `number` (value::State)
  absence,       // not yet, none or unknown: value::State in `number`
  param,         // param
  field,         // field of the current record (grain record), or of the current history row (grain history)
  definition,    // definition of the same grain and period, or of the agreement
  as_of,         // the horizon of observation, an instant
  period_start,  // first instant of the current period
  period_end,    // first instant after the current period
  // truth (three-valued)
  not_,
  and_,
  or_,  // and_, or_: two or more operands
  eq,
  ne,
  lt,
  le,
  gt,
  ge,        // two operands at one scale; eq and ne take absent operands
  is_given,  // one operand
  // numbers, money, durations
  add,
  sub,
  mul,
  neg,
  div,  // mul: scales add; div: a ratio (scale = left - right)
  min,
  max,      // two or more
  rescale,  // exact: times 10^number
  round,    // to the node's scale, from the operand's; `rounding`
  // default and choice
  otherwise,  // first unless absent, else second
  select,     // condition, then, else
  // time
  earliest,
  latest,        // instants; absent operands are passed over; all absent: absent
  add_duration,  // instant + duration
  between,       // duration from the first instant to the second (negative when reversed)
  date_of,       // local date of an instant (agreement's zone)
  start_of_day,
  end_of_day,  // of a date: its first instant; its last microsecond
  add_days,    // date + number of days
  add_months,  // date + months, by the header's month-end rule
  first_of_month,
  last_of_month,  // of a date: a date
  // business time: `calendar`
  open_between,           // open time between two instants
  is_open,                // of an instant
  is_business_day,        // of a date
  business_days_between,  // whole business days in [date, date)
  next_opening,           // of an instant: itself when open
  next_closing,           // of an instant: the first close after it
  subtract_open,          // instant, amount: the latest instant from which that much open time runs until it
  add_business_days,      // date, count: the count-th business day after it (before it, when negative); 0: itself, or the next business day
  // deadlines: operands start, amount (a count: microseconds for elapsed and open time, else days or months); absent start: not yet.
  // `pause`, when valid, is a condition at history grain: the clock stands still while it holds.
  deadline_elapsed,
  deadline_open,
  deadline_business_days,
  deadline_days,
  deadline_months,
  // histories
  history_at,     // value of `field` at an instant (operand): last row at or before it; none before the first
  history_first,  // instant of the first row where `pause` holds: instant or not yet
  // verdicts
  judge,            // applies, excused, from, until, due -> CommitmentOutcome; `strict`: the due instant itself is too late
  outcome_is,       // operand: an outcome; `number`: outcome code -> truth; a pending commitment may still become met or missed: unknown
  judge_benchmark,  // passed (truth), enough (truth), measured (truth) -> BenchmarkOutcome; `too_few`
  // totals
  aggregate,     // `aggregate` of this period (or of the agreement)
  at_period,     // `definition` (per period) of the period that holds the instant (operand); outside the term: none; not over or not certain: unknown
  over_periods,  // `definition` (per period) folded over all periods of the term; `fold`
  prorate,       // operand (money or number) x days of this period in the term / days of the period: a ratio
};

enum class Fold { sum, minimum, maximum, count_true };
enum class TooFew { not_measured, met, missed };

using FieldIndex = uint32_t;

struct Expr {
  Op op = Op::constant;
  Type type;
  std::vector<ExprId> operands;
  i128 number = 0;  // constant, absence, rescale, outcome_is
  ParamId param;
  FieldIndex field = 0;  // field, history_at
  DefinitionId definition;
  AggregateId aggregate;
  CalendarId calendar;
  ExprId pause;  // deadlines, history_first: a condition at history grain
  value::Rounding rounding = value::Rounding::half_up;
  Fold fold = Fold::sum;
  TooFew too_few = TooFew::not_measured;
  bool strict = false;
  Span span;
};

}  // namespace writ::ir
