// Outcomes of commitments and benchmarks. Each question matters only when the ones before it leave the answer open, so they
// stand in the order in which a reader of the contract asks them. docs/language/reference/outcomes.md numbers them.
#include <cassert>

#include "interpret/place.h"

namespace writ::interpret {

using value::Value;

namespace {

Value outcome(ir::CommitmentOutcome code) { return value::given(static_cast<int>(code)); }
Value outcome(ir::BenchmarkOutcome code) { return value::given(static_cast<int>(code)); }

// A value that cannot answer a question: a fault, unknown, or (a mistake of ours, kept visible) absent.
std::optional<Value> open_question(const Value& v, uint32_t point) {
  switch (v.state) {
    case value::State::given: return std::nullopt;
    case value::State::unknown:
    case value::State::fault: return v;
    case value::State::not_yet:
    case value::State::none: return value::fault(value::Fault::absent, point);
  }
  return v;
}

Value verdict_at(const Place& place, const Value& until, const Value& due, bool strict) {
  const value::i128 as_of = place.inputs->as_of;
  if (value::is_absent(until)) {
    const bool still_time = strict ? as_of < due.lo : as_of <= due.lo;
    return outcome(still_time ? ir::CommitmentOutcome::pending : ir::CommitmentOutcome::missed);
  }
  if (const auto open = open_question(until, place.point)) return *open;
  const bool in_time = strict ? until.lo < due.lo : until.lo <= due.lo;
  return outcome(in_time ? ir::CommitmentOutcome::met : ir::CommitmentOutcome::missed);
}

}  // namespace

Value judge(const Place& place, const ir::Expr& expr) {
  const auto operand = [&](size_t i) { return evaluate(place, expr.operands[i]); };
  const Value applies = operand(0);
  if (const auto open = open_question(applies, place.point)) return *open;
  if (value::is_false(applies)) return outcome(ir::CommitmentOutcome::out_of_scope);

  const Value due = operand(4);
  if (due.state == value::State::none) return outcome(ir::CommitmentOutcome::out_of_scope);

  const Value excused = operand(1);
  if (const auto open = open_question(excused, place.point)) return *open;
  if (value::is_true(excused)) return outcome(ir::CommitmentOutcome::excused);

  const Value from = operand(2);
  if (value::is_absent(from)) return outcome(ir::CommitmentOutcome::pending);
  if (const auto open = open_question(from, place.point)) return *open;

  const Value until = operand(3);
  if (until.state == value::State::given && until.lo < from.lo) return value::fault(value::Fault::order, place.point);
  if (const auto open = open_question(due, place.point)) return *open;
  return verdict_at(place, until, due, expr.strict);
}

Value outcome_is(const Place& place, const Value& outcome, value::i128 code) {
  if (const auto open = open_question(outcome, place.point)) return *open;
  if (outcome.lo == code) return value::truth(true);
  // A pending one may still become met or missed, and nothing else.
  const bool may_become = code == static_cast<int>(ir::CommitmentOutcome::met) || code == static_cast<int>(ir::CommitmentOutcome::missed);
  return outcome.lo == static_cast<int>(ir::CommitmentOutcome::pending) && may_become ? value::unknown() : value::truth(false);
}

namespace {

ir::BenchmarkOutcome outcome_of(ir::TooFew too_few) {
  switch (too_few) {
    case ir::TooFew::not_measured: return ir::BenchmarkOutcome::not_measured;
    case ir::TooFew::met: return ir::BenchmarkOutcome::met;
    case ir::TooFew::missed: return ir::BenchmarkOutcome::missed;
  }
  return ir::BenchmarkOutcome::not_measured;
}

bool period_is_over(const Place& place) {
  const value::Instant end = place.period_kind ? grid_of(*place.tables, *place.period_kind).bounds[place.period + 1] : place.tables->term_end;
  return end <= place.inputs->as_of;
}

}  // namespace

Value judge_benchmark(const Place& place, const ir::Expr& expr) {
  const auto operand = [&](size_t i) { return evaluate(place, expr.operands[i]); };
  if (!period_is_over(place)) return outcome(ir::BenchmarkOutcome::pending);

  const Value enough = operand(1);
  if (const auto open = open_question(enough, place.point)) return *open;
  if (value::is_false(enough)) return outcome(outcome_of(expr.too_few));

  const Value measured = operand(2);
  if (const auto open = open_question(measured, place.point)) return *open;
  if (value::is_false(measured)) return outcome(ir::BenchmarkOutcome::not_measured);

  const Value passed = operand(0);
  if (const auto open = open_question(passed, place.point)) return *open;
  return outcome(value::is_true(passed) ? ir::BenchmarkOutcome::met : ir::BenchmarkOutcome::missed);
}

}  // namespace writ::interpret
