// Choice, time and deadlines: what stands between the value functions and a rule.
#include <doctest/doctest.h>

#include "unit/interpret/small.h"

namespace writ::interpret::testing {
namespace {

using ir::Op;
using value::Value;

const ir::Type truth_type = plain(ir::Kind::boolean);
const ir::Type instant_type = plain(ir::Kind::instant);
const ir::Type date_type = plain(ir::Kind::date);

ir::Type instant_or_not_yet() { return plain(ir::Kind::instant, ir::Absence::not_yet); }

TEST_CASE("a fault carries the point of its definition, and of its case inside a case") {
  Small small = make_small();
  CHECK(value_of(small, broken(small), number()) == value::fault(value::Fault::division_by_zero, 1));

  const ir::DefinitionId id = define(small, "cased", per_ticket(small), number(), constant(small, number(), 5));
  ir::Case made;
  made.guard = constant(small, truth_type, 1);
  made.result = broken(small);
  made.point = 77;
  made.overridden_by = {0};
  small.agreement.definitions[id].cases.push_back(made);
  const Outcome outcome = run(small, at("2026-12-01T00:00"), {Row{{value::given(0), value::given(at("2026-03-02T10:00"))}}});
  CHECK(outcome.outputs.values[0][0] == value::fault(value::Fault::division_by_zero, 77));
  CHECK(outcome.outputs.held[0][0] == 1);
  REQUIRE(outcome.results.faults.size() == 1);
  CHECK(outcome.results.faults[0].point == 77);
  CHECK(outcome.results.records[0].faulted == 1);
}

TEST_CASE("only the chosen branch matters; an unknown condition is harmless when both branches are one value") {
  Small small = make_small();
  const auto pick = [&](ir::ExprId condition, ir::ExprId then, ir::ExprId otherwise) {
    return value_of(small, node(small, Op::select, number(), {condition, then, otherwise}), number());
  };
  const auto five = constant(small, number(), 5), six = constant(small, number(), 6);
  const auto yes = constant(small, truth_type, 1), no = constant(small, truth_type, 0), maybe = absence(small, value::State::unknown);
  CHECK(pick(yes, five, broken(small)) == value::given(5));
  CHECK(pick(no, broken(small), six) == value::given(6));
  CHECK(pick(maybe, five, six) == value::unknown());
  CHECK(pick(maybe, five, five) == value::given(5));
  CHECK(pick(maybe, absence(small, value::State::none), absence(small, value::State::none)) == value::unknown());
  CHECK(pick(broken(small), five, five) == value::fault(value::Fault::division_by_zero, 1));
}

TEST_CASE("what happens after the horizon is not seen") {
  Small small = make_small();
  const ir::FieldIndex resolved = add_field(small, "resolved", instant_or_not_yet());
  const ir::FieldIndex paid_on = add_field(small, "paid_on", plain(ir::Kind::date, ir::Absence::not_yet));
  const auto read = [&](ir::FieldIndex which, const char* as_of) {
    return value_of(small, field(small, which), small.agreement.records[small.ticket].fields[which].type,
                    {value::given(at("2026-03-05T12:00")), value::given(day("2026-03-05"))}, at(as_of));
  };
  CHECK(read(resolved, "2026-03-05T11:59") == value::not_yet());
  CHECK(read(resolved, "2026-03-05T12:00") == value::given(at("2026-03-05T12:00")));
  CHECK(read(paid_on, "2026-03-04T23:59") == value::not_yet());
  CHECK(read(paid_on, "2026-03-05T00:00") == value::given(day("2026-03-05")));
}

TEST_CASE("earliest and latest pass over what is absent, not over what is in doubt") {
  Small small = make_small();
  const auto early = instant(small, "2026-03-03T00:00"), late = instant(small, "2026-03-04T00:00");
  const auto missing = absence(small, value::State::not_yet), none = absence(small, value::State::none), maybe = absence(small, value::State::unknown);
  const auto of = [&](Op op, std::vector<ir::ExprId> operands) {
    return value_of(small, node(small, op, instant_or_not_yet(), std::move(operands)), instant_or_not_yet());
  };
  CHECK(of(Op::earliest, {late, missing, early}) == value::given(at("2026-03-03T00:00")));
  CHECK(of(Op::latest, {late, missing, early}) == value::given(at("2026-03-04T00:00")));
  CHECK(of(Op::earliest, {missing, none}) == value::not_yet());
  CHECK(of(Op::latest, {none, missing}) == value::none());
  CHECK(of(Op::earliest, {early, maybe}) == value::unknown());
  CHECK(of(Op::earliest, {early, maybe, broken(small)}) == value::fault(value::Fault::division_by_zero, 1));
}

TEST_CASE("dates") {
  Small small = make_small();
  const auto date = [&](const char* text) { return constant(small, date_type, day(text)); };
  const auto of = [&](Op op, std::vector<ir::ExprId> operands, ir::Type type) { return value_of(small, node(small, op, type, std::move(operands)), type); };
  CHECK(of(Op::date_of, {instant(small, "2026-03-05T23:59")}, date_type) == value::given(day("2026-03-05")));
  CHECK(of(Op::start_of_day, {date("2026-03-05")}, instant_type) == value::given(at("2026-03-05T00:00")));
  CHECK(of(Op::end_of_day, {date("2026-03-05")}, instant_type) == value::given(at("2026-03-06T00:00") - 1));
  CHECK(of(Op::add_days, {date("2026-02-27"), constant(small, number(), 3)}, date_type) == value::given(day("2026-03-02")));
  CHECK(of(Op::add_days, {date("9999-12-31"), constant(small, number(), 1)}, date_type) == value::fault(value::Fault::out_of_range, 1));
  CHECK(of(Op::add_months, {date("2026-01-31"), constant(small, number(), 1)}, date_type) == value::fault(value::Fault::out_of_range, 1));
  small.agreement.month_end = value::MonthEnd::last_day;
  CHECK(of(Op::add_months, {date("2026-01-31"), constant(small, number(), 1)}, date_type) == value::given(day("2026-02-28")));
  CHECK(of(Op::first_of_month, {date("2026-02-27")}, date_type) == value::given(day("2026-02-01")));
  CHECK(of(Op::last_of_month, {date("2026-02-01")}, date_type) == value::given(day("2026-02-28")));
  CHECK(of(Op::add_days, {absence(small, value::State::none), constant(small, number(), 1)}, date_type) == value::fault(value::Fault::absent, 1));
}

TEST_CASE("an instant beyond what can be written is an overflow, not a wrap") {
  Small small = make_small();
  const auto end = constant(small, instant_type, INT64_MAX);
  const auto hour = constant(small, plain(ir::Kind::duration), value::us_per_hour);
  CHECK(value_of(small, node(small, Op::add_duration, instant_type, {end, hour}), instant_type) == value::fault(value::Fault::overflow, 1));
}

TEST_CASE("deadlines: absent starts, doubtful amounts, clocks that run out of range") {
  Small small = make_small();
  const auto start = instant(small, "2026-03-02T10:00"), missing = absence(small, value::State::not_yet);
  const auto hours = constant(small, plain(ir::Kind::duration), 2 * value::us_per_hour), two = constant(small, number(), 2);
  const auto of = [&](Op op, ir::ExprId from, ir::ExprId amount) {
    return value_of(small, node(small, op, instant_or_not_yet(), {from, amount}), instant_or_not_yet());
  };
  CHECK(of(Op::deadline_elapsed, start, hours) == value::given(at("2026-03-02T12:00")));
  CHECK(of(Op::deadline_days, start, two) == value::given(at("2026-03-05T00:00") - 1));
  CHECK(of(Op::deadline_days, start, constant(small, number(), 0)) == value::given(at("2026-03-03T00:00") - 1));
  CHECK(of(Op::deadline_months, start, two) == value::given(at("2026-05-03T00:00") - 1));
  CHECK(of(Op::deadline_elapsed, missing, hours) == value::not_yet());
  CHECK(of(Op::deadline_elapsed, missing, broken(small)) == value::not_yet());
  CHECK(of(Op::deadline_elapsed, start, broken(small)) == value::fault(value::Fault::division_by_zero, 1));
  CHECK(of(Op::deadline_elapsed, start, absence(small, value::State::none)) == value::fault(value::Fault::absent, 1));
  CHECK(of(Op::deadline_elapsed, start, absence(small, value::State::unknown)) == value::unknown());
  CHECK(of(Op::deadline_days, start, constant(small, number(), -1)) == value::fault(value::Fault::out_of_range, 1));
  CHECK(of(Op::deadline_days, start, constant(small, number(), 9'000'000)) == value::unknown());
}

TEST_CASE("business time asks the calendar, which outside its years cannot tell") {
  Small small = make_small();
  ir::Calendar calendar;
  calendar.name = "Desk";
  calendar.rules.zone = value::utc_zone();
  for (int weekday = 0; weekday < 5; ++weekday) calendar.rules.week[static_cast<size_t>(weekday)] = {{9 * 3600, 17 * 3600}};
  calendar.rules.first = day("2026-01-01");
  calendar.rules.last = day("2026-12-31");
  const ir::CalendarId desk = small.agreement.calendars.add(calendar);
  const auto of = [&](Op op, std::vector<ir::ExprId> operands, ir::Type type) {
    const ir::ExprId id = node(small, op, type, std::move(operands));
    small.agreement.exprs[id].calendar = desk;
    return value_of(small, id, type);
  };
  const auto date = [&](const char* text) { return constant(small, date_type, day(text)); };
  const auto hours = [&](int n) { return constant(small, plain(ir::Kind::open_time), n * value::us_per_hour); };
  const auto friday = instant(small, "2026-02-27T23:55"), monday = instant(small, "2026-03-02T12:00");
  CHECK(of(Op::deadline_open, {friday, hours(2)}, instant_type) == value::given(at("2026-03-02T11:00")));
  CHECK(of(Op::deadline_business_days, {friday, constant(small, number(), 1)}, instant_type) == value::given(at("2026-03-02T17:00")));
  CHECK(of(Op::open_between, {friday, monday}, plain(ir::Kind::open_time)) == value::given(3 * value::us_per_hour));
  CHECK(of(Op::is_open, {friday}, truth_type) == value::truth(false));
  CHECK(of(Op::is_business_day, {date("2026-02-28")}, truth_type) == value::truth(false));
  CHECK(of(Op::business_days_between, {date("2026-02-27"), date("2026-03-03")}, number()) == value::given(2));
  CHECK(of(Op::next_opening, {friday}, instant_type) == value::given(at("2026-03-02T09:00")));
  CHECK(of(Op::next_closing, {friday}, instant_type) == value::given(at("2026-03-02T17:00")));
  CHECK(of(Op::subtract_open, {monday, hours(4)}, instant_type) == value::given(at("2026-02-27T16:00")));
  CHECK(of(Op::subtract_open, {monday, hours(-4)}, instant_type) == value::fault(value::Fault::out_of_range, 1));
  CHECK(of(Op::add_business_days, {date("2026-02-27"), constant(small, number(), -1)}, date_type) == value::given(day("2026-02-26")));
  const auto beyond = instant(small, "2027-02-01T10:00");
  CHECK(of(Op::is_open, {beyond}, truth_type) == value::unknown());
  CHECK(of(Op::next_opening, {beyond}, instant_type) == value::unknown());
  CHECK(of(Op::deadline_open, {instant(small, "2026-12-31T16:00"), hours(2)}, instant_type) == value::unknown());
  CHECK(of(Op::business_days_between, {date("2026-12-30"), date("2027-01-10")}, number()) == value::unknown());
}

}  // namespace
}  // namespace writ::interpret::testing
