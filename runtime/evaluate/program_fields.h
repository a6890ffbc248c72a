// The members of everything that an artefact keeps of a program: a new member is one word here, and a higher image version in save_program.cpp.
// Private to this folder. What is left out by mistake does not compile.
#pragma once
#include <tuple>

#include "evaluate/archive.h"
#include "evaluate/program.h"
#include "evaluate/tables.h"

namespace writ::value {

constexpr RuleDay::Kind last_of(RuleDay::Kind) { return RuleDay::Kind::month_week_day; }
constexpr PeriodKind last_of(PeriodKind) { return PeriodKind::contract_month; }
constexpr State last_of(State) { return State::fault; }
constexpr MonthEnd last_of(MonthEnd) { return MonthEnd::next_first; }
constexpr DayKind last_of(DayKind) { return DayKind::not_business; }
constexpr Fault last_of(Fault) { return Fault::order; }
constexpr AggregateFold last_of(AggregateFold) { return AggregateFold::mean; }

inline auto fields(RuleDay& t) { return std::tie(t.kind, t.day, t.month, t.week, t.seconds); }
inline auto fields(PosixRule& t) { return std::tie(t.present, t.has_summer, t.standard_offset, t.summer_offset, t.summer_starts, t.summer_ends); }
inline auto fields(Zone& t) { return std::tie(t.transitions, t.offsets, t.rule); }
inline auto fields(PeriodGrid& t) { return std::tie(t.kind, t.bounds, t.dates, t.days_in_term, t.days_total); }
inline auto fields(LocalInterval& t) { return std::tie(t.open, t.close); }
inline auto fields(DateHours& t) { return std::tie(t.date, t.hours, t.kind); }
inline auto fields(DateBreak& t) { return std::tie(t.date, t.closed); }
inline auto fields(CalendarRules& t) {
  return std::tie(t.zone, t.week, t.holidays, t.special, t.breaks, t.business_days_stated, t.business_weekdays, t.day_ends_same_time,
                  t.runs_out_at_next_opening, t.first, t.last);
}
inline auto fields(AggregateRule& t) { return std::tie(t.fold, t.has_range, t.may_be_absent, t.low, t.high); }

}  // namespace writ::value

namespace writ::evaluate {

// A table of a hundred years is a thousand times larger than the rules that it is built from.
template <>
inline constexpr bool is_made_when_loaded<value::CalendarTable> = true;

constexpr Lane last_of(Lane) { return Lane::whole; }
constexpr Horizon last_of(Horizon) { return Horizon::date; }
constexpr LookUpTest::Op last_of(LookUpTest::Op) { return LookUpTest::Op::or_; }
constexpr LookUpLeaf::Kind last_of(LookUpLeaf::Kind) { return LookUpLeaf::Kind::open; }
constexpr GrainOf last_of(GrainOf) { return GrainOf::period; }

inline auto fields(FieldTable& t) {
  return std::tie(t.field, t.param, t.aggregate, t.lane, t.low, t.high, t.not_yet, t.none, t.unknown, t.missing, t.seen, t.unit);
}
inline auto fields(SlotTable& t) { return std::tie(t.lane, t.states, t.faults, t.column); }
inline auto fields(DefinitionOut& t) { return std::tie(t.definition, t.slot, t.held, t.reason); }
inline auto fields(Mark& t) { return std::tie(t.count, t.slot, t.equals); }
inline auto fields(AggregateIn& t) { return std::tie(t.aggregate, t.plain, t.odd, t.filter, t.value, t.placed, t.placed_unit); }
inline auto fields(NotableIn& t) { return std::tie(t.right, t.commitment, t.certain, t.possible, t.due, t.due_unit); }
inline auto fields(ClockIn& t) { return std::tie(t.commitment, t.predicate); }
inline auto fields(StageTable& t) {
  return std::tie(t.block_rows, t.fields, t.slots, t.helds, t.definitions, t.aggregates, t.notables, t.admitted, t.undated, t.after_horizon, t.outside_term,
                  t.faulted, t.counters, t.clean, t.predicates, t.clocks);
}
inline auto fields(RecordTable& t) {
  return std::tie(t.since, t.since_is_date, t.fields, t.has_history, t.history_fields, t.history_at, t.history_missing, t.definitions);
}
inline auto fields(DefinitionTable& t) { return std::tie(t.grain, t.of, t.first, t.pass, t.reasons, t.aggregates); }
inline auto fields(AggregateTable& t) { return std::tie(t.rule, t.record, t.pass, t.grid, t.first, t.stride); }
inline auto fields(CreditTable& t) { return std::tie(t.grid, t.amount, t.claim, t.claim_party, t.claim_days, t.subject); }
inline auto fields(RightTable& t) {
  return std::tie(t.grid, t.party, t.subject, t.consecutive, t.commitments, t.at_least, t.each_at_least, t.condition, t.notice, t.cured_when_no_miss,
                  t.cure_days, t.exercise_days, t.notable_bound);
}
inline auto fields(ParamTable& t) { return std::tie(t.low, t.high); }
inline auto fields(LookUpTest& t) { return std::tie(t.op, t.rescale, t.subject, t.number); }
inline auto fields(LookUpCase& t) { return std::tie(t.first_test, t.tests, t.point, t.result); }
inline auto fields(LookUpResult& t) { return std::tie(t.operand, t.state, t.number, t.denominator); }
inline auto fields(LookUpOverride& t) { return std::tie(t.loser, t.winner); }
inline auto fields(LookUpNode& t) { return std::tie(t.number, t.a, t.b); }
inline auto fields(LookUpLevel& t) { return std::tie(t.subject, t.direct, t.rounds); }
inline auto fields(LookUpLeaf& t) { return std::tie(t.number, t.result, t.kind, t.fault); }
inline auto fields(LookUpTable& t) {
  return std::tie(t.subjects, t.operands, t.point, t.tests, t.cases, t.results, t.base, t.overrides, t.levels, t.nodes, t.children, t.root, t.leaves, t.held,
                  t.open, t.narrowing, t.cuts, t.first_candidate, t.candidates);
}
inline auto fields(Tables& t) {
  return std::tie(t.rules, t.passes, t.zone, t.month_end, t.term_start, t.term_end, t.grids, t.calendars, t.calendar_rules, t.params, t.records, t.definitions,
                  t.closed_values, t.aggregates, t.cells, t.credits, t.rights, t.look_ups);
}
inline auto fields(PortfolioTotals& t) { return std::tie(t.grid, t.narrow, t.table); }
inline auto fields(RecordProgram& t) { return std::tie(t.record, t.pass, t.history, t.facts, t.has_seconds, t.has_portfolio, t.row_definitions, t.row_from); }

}  // namespace writ::evaluate
