// Outcomes: every row of the tables in docs/language/reference/outcomes.md.
#include <doctest/doctest.h>

#include "unit/interpret/small.h"

namespace writ::interpret::testing {
namespace {

using ir::Op;
using value::State;
using value::Value;

Value outcome(ir::CommitmentOutcome code) { return value::given(static_cast<int>(code)); }
Value outcome(ir::BenchmarkOutcome code) { return value::given(static_cast<int>(code)); }
const Value met = outcome(ir::CommitmentOutcome::met), missed = outcome(ir::CommitmentOutcome::missed);
const Value pending = outcome(ir::CommitmentOutcome::pending), excused = outcome(ir::CommitmentOutcome::excused);
const Value out_of_scope = outcome(ir::CommitmentOutcome::out_of_scope);

struct Judged {
  Small small = make_small();
  ir::ExprId yes = constant(small, plain(ir::Kind::boolean), 1), no = constant(small, plain(ir::Kind::boolean), 0);
  ir::ExprId maybe = absence(small, State::unknown), missing = absence(small, State::not_yet), none = absence(small, State::none);
  ir::ExprId bad = broken(small);
  ir::ExprId from = instant(small, "2026-03-02T10:00"), due = instant(small, "2026-03-02T12:00");
  bool strict = false;

  // As of noon exactly, when the deadline is.
  Value operator()(ir::ExprId applies, ir::ExprId is_excused, ir::ExprId start, ir::ExprId until, ir::ExprId deadline, const char* as_of = "2026-03-02T12:00") {
    const ir::ExprId id = node(small, Op::judge, number(), {applies, is_excused, start, until, deadline});
    small.agreement.exprs[id].strict = strict;
    return value_of(small, id, number(), {}, at(as_of));
  }
};

TEST_CASE("in time, too late, still time") {
  Judged judge;
  const auto before = instant(judge.small, "2026-03-02T11:59"), on = instant(judge.small, "2026-03-02T12:00"), after = instant(judge.small, "2026-03-02T12:01");
  CHECK(judge(judge.yes, judge.no, judge.from, before, judge.due) == met);
  CHECK(judge(judge.yes, judge.no, judge.from, on, judge.due) == met);
  CHECK(judge(judge.yes, judge.no, judge.from, after, judge.due) == missed);
  CHECK(judge(judge.yes, judge.no, judge.from, judge.missing, judge.due) == pending);
  CHECK(judge(judge.yes, judge.no, judge.from, judge.missing, judge.due, "2026-03-02T12:01") == missed);
  judge.strict = true;
  CHECK(judge(judge.yes, judge.no, judge.from, before, judge.due) == met);
  CHECK(judge(judge.yes, judge.no, judge.from, on, judge.due) == missed);
  CHECK(judge(judge.yes, judge.no, judge.from, judge.missing, judge.due, "2026-03-02T11:59") == pending);
  CHECK(judge(judge.yes, judge.no, judge.from, judge.missing, judge.due) == missed);
}

TEST_CASE("each question matters only when the ones before it leave the answer open") {
  Judged judge;
  const Value fault = value::fault(value::Fault::division_by_zero, 1);
  CHECK(judge(judge.bad, judge.bad, judge.bad, judge.bad, judge.bad) == fault);
  CHECK(judge(judge.maybe, judge.bad, judge.bad, judge.bad, judge.bad) == value::unknown());
  CHECK(judge(judge.no, judge.bad, judge.bad, judge.bad, judge.bad) == out_of_scope);
  CHECK(judge(judge.yes, judge.bad, judge.bad, judge.bad, judge.none) == out_of_scope);
  CHECK(judge(judge.yes, judge.bad, judge.from, judge.due, judge.due) == fault);
  CHECK(judge(judge.yes, judge.maybe, judge.from, judge.due, judge.due) == value::unknown());
  CHECK(judge(judge.yes, judge.yes, judge.bad, judge.bad, judge.bad) == excused);
  CHECK(judge(judge.yes, judge.no, judge.missing, judge.bad, judge.missing) == pending);
  CHECK(judge(judge.yes, judge.no, judge.maybe, judge.due, judge.maybe) == value::unknown());
  CHECK(judge(judge.yes, judge.no, judge.from, judge.due, judge.bad) == fault);
  CHECK(judge(judge.yes, judge.no, judge.from, judge.bad, judge.maybe) == value::unknown());
  CHECK(judge(judge.yes, judge.no, judge.from, judge.maybe, judge.due) == value::unknown());
  CHECK(judge(judge.yes, judge.no, judge.from, judge.bad, judge.due) == fault);
}

TEST_CASE("an end before its start is an error of the record, not a commitment met") {
  Judged judge;
  const auto earlier = instant(judge.small, "2026-03-02T09:59");
  CHECK(judge(judge.yes, judge.no, judge.from, earlier, judge.due) == value::fault(value::Fault::order, 1));
  CHECK(judge(judge.yes, judge.no, judge.from, earlier, judge.maybe) == value::fault(value::Fault::order, 1));
  CHECK(judge(judge.yes, judge.yes, judge.from, earlier, judge.due) == excused);
  CHECK(judge(judge.yes, judge.no, judge.from, judge.from, judge.due) == met);
}

TEST_CASE("a pending commitment may still become met or missed, and nothing else") {
  Small small = make_small();
  const auto is = [&](int found, int asked) {
    const ir::ExprId id = node(small, Op::outcome_is, plain(ir::Kind::boolean), {constant(small, number(), found)});
    small.agreement.exprs[id].number = asked;
    return value_of(small, id, plain(ir::Kind::boolean));
  };
  for (int found = 0; found < 5; ++found) {
    for (int asked = 0; asked < 5; ++asked) {
      const bool open = found == 2 && asked < 2;
      CHECK(is(found, asked) == (open ? value::unknown() : value::truth(found == asked)));
    }
  }
  const ir::ExprId id = node(small, Op::outcome_is, plain(ir::Kind::boolean), {absence(small, State::unknown)});
  CHECK(value_of(small, id, plain(ir::Kind::boolean)) == value::unknown());
}

struct Benched {
  Small small = make_small();
  ir::TooFew too_few = ir::TooFew::not_measured;

  // In March 2026, as of its end unless said otherwise.
  Value operator()(ir::ExprId passed, ir::ExprId enough, ir::ExprId measured, const char* as_of = "2026-04-01T00:00") {
    Small copy = small;
    const ir::ExprId id = node(copy, Op::judge_benchmark, number(), {passed, enough, measured});
    copy.agreement.exprs[id].too_few = too_few;
    define(copy, "benchmark", per_month(), number(), id);
    return run(copy, at(as_of), std::vector<Row>{}).results.values[0][2];
  }
};

TEST_CASE("benchmarks: pending until the period is over, then too few, not measured, met or missed") {
  Benched bench;
  Small& small = bench.small;
  const auto yes = constant(small, plain(ir::Kind::boolean), 1), no = constant(small, plain(ir::Kind::boolean), 0);
  const auto maybe = absence(small, State::unknown), bad = broken(small);
  const Value fault = value::fault(value::Fault::division_by_zero, 1);
  CHECK(bench(yes, yes, yes) == outcome(ir::BenchmarkOutcome::met));
  CHECK(bench(no, yes, yes) == outcome(ir::BenchmarkOutcome::missed));
  CHECK(bench(yes, yes, yes, "2026-03-31T23:59") == outcome(ir::BenchmarkOutcome::pending));
  CHECK(bench(bad, bad, bad, "2026-03-31T23:59") == outcome(ir::BenchmarkOutcome::pending));
  CHECK(bench(bad, no, bad) == outcome(ir::BenchmarkOutcome::not_measured));
  CHECK(bench(bad, yes, no) == outcome(ir::BenchmarkOutcome::not_measured));
  CHECK(bench(yes, maybe, yes) == value::unknown());
  CHECK(bench(maybe, yes, yes) == value::unknown());
  CHECK(bench(yes, yes, maybe) == value::unknown());
  CHECK(bench(bad, yes, yes) == fault);
  CHECK(bench(yes, bad, yes) == fault);
  bench.too_few = ir::TooFew::met;
  CHECK(bench(no, no, yes) == outcome(ir::BenchmarkOutcome::met));
  bench.too_few = ir::TooFew::missed;
  CHECK(bench(yes, no, no) == outcome(ir::BenchmarkOutcome::missed));
}

}  // namespace
}  // namespace writ::interpret::testing
