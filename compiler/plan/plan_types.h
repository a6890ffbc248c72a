// How facts are evaluated fast: stages of numbered steps without names. Made from ir, read by emit. Trace points are kept.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/store.h"
#include "evaluate/tables.h"
#include "plan/debug_info.h"
#include "value/int128.h"

namespace writ::plan {

using evaluate::Form;
using evaluate::Lane;
using value::i128;
using SlotId = base::Id<struct SlotTag>;  // step i of a stage writes slot i

enum class Op {
  // leaves
  constant,       // number
  wide_constant,  // a number beyond 64 bits, or an absence: `number` and `state`
  param,          // index
  field,          // index into the stage's fields; `horizon`
  closed,         // index: definition of the agreement, or of this period
  as_of,
  period_start,  // first instant of this period of the grid `index`
  period_end,    // first instant after it
  live,          // truth: a row of the block, not one that fills it up
  // truth
  not_,
  and_,
  or_,
  eq,
  ne,
  lt,
  le,
  gt,
  ge,
  is_given,
  state_is,   // truth, always given: the operand's state is in the bit set `number`
  certainly,  // truth, always given: the operand is given and surely `number`
  // arithmetic: two operands, or one
  add,
  sub,
  mul,
  neg,
  div,
  min,
  max,
  rescale,         // times 10^number
  exact_quotient,  // by number, which divides every given value; only in lanes
  round,           // from scale `index` to scale `index2`; `rounding`. number: the divisor, where it is not the power of ten of the scales
  otherwise,
  select,
  // time
  earliest,
  latest,
  add_duration,
  between,
  date_of,
  start_of_day,
  end_of_day,
  add_days,
  add_months,
  first_of_month,
  last_of_month,
  // business time: `index` is the calendar
  open_between,
  is_open,
  is_business_day,
  business_days_between,
  next_opening,
  next_closing,
  subtract_open,
  add_business_days,
  // deadlines: start, amount; `index` the calendar; `predicate` pauses the clock
  deadline_elapsed,
  deadline_open,
  deadline_business_days,
  deadline_days,
  deadline_months,
  // histories
  history_at,     // operand: instant; index: field of the history; index2: evaluate::Horizon
  history_first,  // `predicate`
  // open time in lanes of seconds, in clean stages only
  open_position,  // operand: second; index into the stage's day tables. Open seconds before it
  // verdicts
  judge,            // applies, excused, from, until, due; `strict`
  judge_open,       // applies, excused, from, until, position of the start, open seconds allowed; index into the stage's day tables
  outcome_is,       // number: code
  judge_benchmark,  // passed, enough, measured; index: grid, or no_index; index2: evaluate::BenchmarkCode of too few
  // totals
  aggregate,      // index
  at_period,      // operand: instant; index: definition; index2: 1 when its value may change until its period is over
  over_periods,   // index: definition; index2: evaluate::PeriodFold
  prorate,        // index: grid
  decide,         // guard, result, guard, result ...; then the base, if the choice has one; index into the stage's choices
  look_up,        // subjects, then results that are not constants; index into the stage's choices; index2: Tables::look_ups
  deciding_case,  // of a look_up: the same operands, index and index2; number: how many cases. Which case decided, counted from 0; value::no_case: none
};

// What analysis has proved about the values of a slot for the rows that take part.
struct Facts {
  bool given = false, not_yet = false, none = false, unknown = false, fault = false;  // the states that can occur
  bool certain = true;                                                                // a given value is one number, not an interval
  bool whole = true;                                                                  // its denominators are 1
  i128 low = 0, high = 0;                                                             // a given value lies in low..high, with all of its interval
  i128 multiple_of = 1;                                                               // a given whole value is a multiple of it; 0: it is 0
};

struct Step {
  Op op = Op::constant;
  Lane lane = Lane::whole;
  Facts facts;
  std::vector<SlotId> operands;
  i128 number = 0;
  uint32_t index = 0, index2 = 0;
  uint32_t predicate = evaluate::no_index;  // of the history stage
  uint32_t point = 0;                       // trace point of faults that arise here; 0 where none can
  value::State state = value::State::given;
  value::Rounding rounding = value::Rounding::half_up;
  evaluate::Horizon horizon = evaluate::Horizon::none;
  bool strict = false;
  bool can_be_unknown = false, can_fault = false;  // as in facts; also in a clean stage, whose facts leave such rows out
  bool seconds = false;                  // field, as_of, judge: instants are counted in whole seconds, see Form::seconds; as_of: `rounding` says which
  bool uniform = false;                  // the same for every row
  uint32_t stored = evaluate::no_index;  // slot of the stage's memory, when something outside its function reads it
};

// What can come of a look-up, apart from the values that its operands bring along.
struct LookUpFacts {
  Facts constants;     // of all constant results
  bool gap = false;    // no case may hold, and there is no base
  bool clash = false;  // cases with different results may hold
  bool open = false;   // cases may hold whose results are only known at the run
  bool is_given = false;
  std::vector<bool> ordered;   // by subject: compared for its order, so that an absent one is a fault
  std::vector<bool> rescaled;  // by subject: compared at a finer scale, which the largest numbers do not have
};

// A calendar in which every day of 24 hours has at most one stretch of open time, by day: small enough to look up for many rows at once.
struct DayTable {
  static constexpr int opening_bits = 17;
  uint32_t calendar = 0;
  int64_t first_second = 0;                 // of the first day
  int64_t known_from = 0, known_until = 0;  // seconds [from, until) about which the calendar knows
  uint32_t total = 0;                       // open seconds in all
  bool runs_out_at_next_opening = false;
  // A word a day: below, the second of the day at which it opens (of a closed day: its end); above `opening_bits`, the number of
  // stretches before the day where all are of one length, else the minutes of its own, and `before` has the open seconds before the day.
  uint32_t length = 0;  // seconds; 0: they differ
  std::vector<int32_t> words;
  std::vector<int32_t> before;
};

// Which cases of a decision override which: bit k of row i is set when case k overrides case i.
struct Choice {
  uint32_t cases = 0, words = 0;
  std::vector<uint64_t> overridden_by;  // `words` a case; nothing where no case overrides another
  bool has_base = false;
  bool exhaustive = false;             // some guard is surely true whatever the values are, so that neither base nor gap can win
  std::vector<bool> exclusive;         // cases x cases: these two guards are never true at once; nothing where that is not worked out
  uint32_t held = evaluate::no_index;  // index of its word among the stage's helds; no_index: nobody asks
  LookUpFacts look_up;                 // of Op::look_up, which needs nothing else of all this
};
inline bool overrides(const Choice& choice, uint32_t winner, uint32_t loser) {
  return !choice.overridden_by.empty() && (choice.overridden_by[loser * choice.words + winner / 64] >> (winner % 64) & 1) != 0;
}
inline bool exclusive(const Choice& choice, uint32_t i, uint32_t k) { return !choice.exclusive.empty() && choice.exclusive[i * choice.cases + k]; }

// A result of a totals stage: written to the closed values.
struct ClosedOut {
  uint32_t definition = 0;
  uint32_t first = 0;  // its first closed value
  SlotId slot;
  bool decides = false;  // the slot is a decision, whose guards are kept as well
};

// portfolio: totals of many agreements at once, see evaluate::PortfolioTotals
enum class StageGrain { record, history, totals, portfolio };

struct Stage {
  StageGrain grain = StageGrain::record;
  uint32_t of = 0;          // record; totals and portfolio: grid, or no_index for the agreement
  std::vector<Step> steps;  // operands first
  std::vector<Choice> choices;
  std::vector<uint32_t> cuts;   // first step of each function; [0] is 0
  std::vector<SlotId> counted;  // by counter: the truth whose rows it counts
  SlotId admitted;              // record: truth of the rows that take part
  std::vector<DayTable> day_tables;
  std::vector<SlotId> refused;    // truths of rows that the stage is not for; see StageTable::clean
  bool narrow = false;            // portfolio: see evaluate::PortfolioTotals
  bool tells_unknown = false;     // of a clean stage: also for rows about which something cannot be told
  SlotId since;                   // of a clean stage: the column whose range says who takes part, read even where nobody asks for it
  std::vector<ClosedOut> closed;  // totals: results in order
  evaluate::StageTable table;     // record, history: what the runtime must know
  DebugStage debug;               // empty unless asked for
};

struct RecordStages {
  uint32_t record = 0, pass = 0;
  Stage history[evaluate::form_count], facts[evaluate::form_count];  // by Form; without steps where there is no such form
  // Of the last pass: the definitions of one row in which nothing is unusual (StageTable::clean), as a writ_row holds it. Without steps where
  // there is no such form.
  Stage row;
};

struct Plan {
  evaluate::Tables tables;
  std::vector<RecordStages> records;       // by pass, then record
  std::vector<std::vector<Stage>> totals;  // [0]: made before the facts; [1 + pass]: in order of evaluation
  std::vector<Stage> portfolio;            // totals of many agreements; of plans of one pass
  DebugNames debug;                        // empty unless asked for
};

}  // namespace writ::plan
