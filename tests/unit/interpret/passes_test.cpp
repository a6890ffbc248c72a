// Admission, aggregates by period, and values that come back from a coarser grain in a further pass.
#include <doctest/doctest.h>

#include "unit/interpret/small.h"

namespace writ::interpret::testing {
namespace {

using ir::Op;
using value::Value;

Row ticket(const char* opened, Value amount) { return {{value::given(0), value::given(at(opened)), amount}}; }

// Amounts by month of `opened`, their sum per month, and per ticket the sum of its month.
struct Monthly {
  Small small = make_small("2026-01-15", "2026-04-11");
  ir::FieldIndex amount = add_field(small, "amount", number());
  ir::AggregateId total;
  ir::DefinitionId per_month_total, back;

  explicit Monthly(ir::Aggregate::Fold fold = ir::Aggregate::Fold::sum) {
    ir::Type result = number();
    ir::Aggregate made;
    made.fold = fold;
    made.value = field(small, amount);
    made.placed_by = field(small, 1);
    made.period = ir::PeriodKind::month;
    made.type = result;
    total = aggregate(small, made);
    const ir::ExprId read = node(small, Op::aggregate, result);
    small.agreement.exprs[read].aggregate = total;
    per_month_total = define(small, "total", per_month(), result, read);
    const ir::ExprId again = node(small, Op::at_period, result, {field(small, 1)});
    small.agreement.exprs[again].definition = per_month_total;
    back = define(small, "back", per_ticket(small), result, again, 1);
    small.agreement.passes = 2;
  }
};

TEST_CASE("records beyond the horizon, outside the term and undated do not take part, and are counted") {
  Monthly monthly;
  Row undated = ticket("2026-02-01T00:00", value::given(64));
  undated.values[1] = value::unknown();
  const Outcome outcome =
      run(monthly.small, at("2026-03-01T00:00"),
          {ticket("2026-01-14T23:59", value::given(1)), ticket("2026-01-15T00:00", value::given(2)), ticket("2026-03-01T00:00", value::given(4)),
           ticket("2026-03-01T00:01", value::given(8)), ticket("2026-04-11T00:00", value::given(16)), undated});
  using evaluate::Admission;
  CHECK(outcome.outputs.admission ==
        std::vector{Admission::outside_term, Admission::admitted, Admission::admitted, Admission::after_horizon, Admission::after_horizon, Admission::undated});
  CHECK(outcome.results.values[monthly.per_month_total.index] == std::vector{value::given(2), value::given(0), value::given(4), value::given(0)});
  const evaluate::RecordTotals& totals = outcome.results.records[0];
  CHECK(totals.admitted == 2);
  CHECK(totals.outside_term == 1);
  CHECK(totals.after_horizon == 2);
  CHECK(totals.undated == 1);
  CHECK(outcome.outputs.values[0][0] == value::none());
  const Outcome late =
      run(monthly.small, at("2027-01-01T00:00"), {ticket("2026-04-10T23:59:59.999999", value::given(32)), ticket("2026-04-11T00:00", value::given(16))});
  CHECK(late.outputs.admission == std::vector{Admission::admitted, Admission::outside_term});
}

TEST_CASE("a value of the period comes back to its records in the next pass") {
  Monthly monthly;
  const Outcome outcome =
      run(monthly.small, at("2026-12-31T00:00"),
          {ticket("2026-01-20T00:00", value::given(1)), ticket("2026-02-20T00:00", value::given(2)), ticket("2026-01-31T00:00", value::given(4))});
  CHECK(outcome.outputs.values[0] == std::vector{value::given(5), value::given(2), value::given(5)});
}

TEST_CASE("a total of a period that is not over decides nothing for one record") {
  Monthly monthly;
  const auto back = [&](const char* as_of) { return run(monthly.small, at(as_of), {ticket("2026-01-20T00:00", value::given(1))}).outputs.values[0][0]; };
  CHECK(back("2026-01-31T23:59:59.999999") == value::unknown());
  CHECK(back("2026-02-01T00:00") == value::given(1));
}

TEST_CASE("values that depend on no fact are there for the records of the first pass") {
  Small small = make_small();
  const ir::DefinitionId rate = define(small, "rate", {}, number(), constant(small, number(), 5), -1);
  define(small, "read", per_ticket(small), number(), definition(small, rate));
  CHECK(run(small, at("2026-12-31T00:00"), {Row{{value::given(0), value::given(at("2026-03-02T00:00"))}}}).outputs.values[0][0] == value::given(5));
}

TEST_CASE("a total between two numbers decides nothing for one record") {
  Monthly monthly;
  ir::Type& type = monthly.small.agreement.records[monthly.small.ticket].fields[monthly.amount].type;
  type.has_range = type.may_be_unknown = true;
  type.high = 10;
  monthly.small.agreement.exprs[monthly.small.agreement.aggregates[monthly.total].value].type = type;
  const Outcome outcome =
      run(monthly.small, at("2026-12-31T00:00"), {ticket("2026-01-20T00:00", value::given(1)), ticket("2026-01-21T00:00", value::unknown())});
  CHECK(outcome.results.values[monthly.per_month_total.index][0] == value::interval(1, 11));
  CHECK(outcome.outputs.values[0][0] == value::unknown());
}

TEST_CASE("an aggregate counts what its instant places outside the term, and cannot tell when one cannot be placed") {
  Monthly monthly;
  Small& small = monthly.small;
  const ir::FieldIndex placed = add_field(small, "placed", plain(ir::Kind::instant, ir::Absence::not_yet));
  small.agreement.aggregates[monthly.total].placed_by = field(small, placed);
  const auto with = [&](Value amount, Value when) {
    Row row = ticket("2026-02-01T00:00", amount);
    row.values.push_back(when);
    return row;
  };
  const Outcome told = run(small, at("2027-01-01T00:00"),
                           {with(value::given(1), value::given(at("2026-03-01T00:00"))), with(value::given(2), value::not_yet()),
                            with(value::given(4), value::given(at("2026-04-11T00:00")))});
  CHECK(told.results.values[monthly.per_month_total.index] == std::vector{value::given(0), value::given(0), value::given(1), value::given(0)});
  CHECK(told.results.outside_periods[0] == 1);
  const Outcome untold = run(small, at("2027-01-01T00:00"), {with(value::given(1), value::unknown())});
  CHECK(untold.results.values[monthly.per_month_total.index][0] == value::unknown());
}

TEST_CASE("a per-month amount of a partial month is its share of the days") {
  Small small = make_small("2026-01-15", "2026-04-11");
  const ir::DefinitionId share =
      define(small, "share", per_month(), plain(ir::Kind::ratio), node(small, Op::prorate, plain(ir::Kind::ratio), {constant(small, number(), 62)}));
  const auto values = run(small, at("2026-12-31T00:00"), std::vector<Row>{}).results.values[share.index];
  CHECK(values == std::vector{value::given(34), value::given(62), value::given(62), value::ratio(62, 3, 0)});
}

TEST_CASE("folds over the periods of the term") {
  Monthly monthly;
  Small& small = monthly.small;
  const auto fold = [&](ir::Fold which, ir::DefinitionId of, const char* name) {
    const ir::ExprId id = node(small, Op::over_periods, number());
    small.agreement.exprs[id].definition = of;
    small.agreement.exprs[id].fold = which;
    return define(small, name, {}, number(), id, 1);
  };
  const ir::ExprId read = definition(small, monthly.per_month_total);
  const ir::ExprId large = node(small, Op::gt, plain(ir::Kind::boolean), {read, constant(small, number(), 1)});
  const ir::DefinitionId is_large = define(small, "large", per_month(), plain(ir::Kind::boolean), large, 1);
  const ir::DefinitionId sum = fold(ir::Fold::sum, monthly.per_month_total, "sum"), least = fold(ir::Fold::minimum, monthly.per_month_total, "least");
  const ir::DefinitionId most = fold(ir::Fold::maximum, monthly.per_month_total, "most"), times = fold(ir::Fold::count_true, is_large, "times");
  const Outcome outcome =
      run(small, at("2026-12-31T00:00"),
          {ticket("2026-01-20T00:00", value::given(1)), ticket("2026-02-20T00:00", value::given(2)), ticket("2026-03-20T00:00", value::given(4))});
  CHECK(outcome.results.values[sum.index][0] == value::given(7));
  CHECK(outcome.results.values[least.index][0] == value::given(0));
  CHECK(outcome.results.values[most.index][0] == value::given(4));
  CHECK(outcome.results.values[times.index][0] == value::given(2));
  CHECK(outcome.results.values[monthly.back.index].empty());
  // A month that may be large counts as possible; one in error makes the count one.
  const auto count_of = [&](ir::ExprId holds) {
    Small other = small;
    other.agreement.definitions[is_large].base = holds;
    return run(other, at("2026-12-31T00:00"), std::vector<Row>{}).results.values[times.index][0];
  };
  CHECK(count_of(absence(small, value::State::unknown)) == value::interval(0, 4));
  CHECK(value::is_fault(count_of(broken(small))));
  CHECK(count_of(constant(small, plain(ir::Kind::boolean), 1)) == value::given(4));
}

TEST_CASE("the first hundred faults are kept in the order of records and rows, and every faulted record is counted") {
  Small small = make_small();
  const ir::FieldIndex amount = add_field(small, "amount", number());
  const ir::ExprId quotient = node(small, Op::div, number(), {constant(small, number(), 1), field(small, amount)});
  const ir::DefinitionId first = define(small, "quotient", per_ticket(small), number(), quotient);
  define(small, "same", per_ticket(small), number(), definition(small, first));
  std::vector<Row> rows;
  for (int i = 0; i < 300; ++i) rows.push_back(ticket("2026-03-02T00:00", value::given(i % 2)));
  const Outcome outcome = run(small, at("2026-12-31T00:00"), batch_of(small, rows, 1000));
  CHECK(outcome.results.records[0].faulted == 150);
  REQUIRE(outcome.results.faults.size() == 100);
  for (size_t i = 0; i < 100; ++i) {
    CHECK(outcome.results.faults[i].row == 1000 + 2 * i);
    CHECK(outcome.results.faults[i].point == 1);
  }
}

}  // namespace
}  // namespace writ::interpret::testing
