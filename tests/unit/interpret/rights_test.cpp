// The states of a right over its life: 3 misses in any 2 consecutive months with at least 1 in each, written notice, 30 days
// to cure.
#include <doctest/doctest.h>

#include "unit/interpret/protocol_small.h"

namespace writ::interpret::testing {
namespace {

using ir::RightState;
using value::Value;

evaluate::RightResult after(const Protocol& made, const char* as_of, const std::vector<Row>& rows, const evaluate::Acts& acts = {}) {
  return run(made.small, at(as_of), rows, acts).results.rights[0];
}

Value state(RightState code) { return value::given(static_cast<int>(code)); }

const std::vector<Row> three{miss("2026-02-10T00:00"), miss("2026-02-20T00:00"), miss("2026-03-05T00:00")};

evaluate::Acts notices(std::vector<const char*> times) {
  evaluate::Acts acts;
  for (const char* time : times) acts.notices.push_back(act(time, 1, 1));
  return acts;
}

TEST_CASE("it arises when the window's last month is over, not before") {
  const Protocol made = make_protocol();
  CHECK(after(made, "2026-03-31T23:59", three).state == state(RightState::not_arisen));
  const auto result = after(made, "2026-04-01T00:00", three);
  CHECK(result.state == state(RightState::arisen));
  CHECK(result.arose);
  CHECK(result.first_period == 1);
  CHECK(result.last_period == 2);
  CHECK(result.arose_at == at("2026-04-01T00:00"));
  CHECK(result.misses == 3);
}

TEST_CASE("both thresholds must hold") {
  const Protocol made = make_protocol();
  CHECK(after(made, "2026-12-31T00:00", {three[0], three[1]}).state == state(RightState::not_arisen));
  CHECK(after(made, "2026-12-31T00:00", {three[0], three[1], miss("2026-02-25T00:00")}).state == state(RightState::not_arisen));
  CHECK(after(made, "2026-12-31T00:00", {three[0], three[1], miss("2026-04-05T00:00")}).state == state(RightState::not_arisen));
  CHECK(after(made, "2026-12-31T00:00", {miss("2026-12-10T00:00"), miss("2026-11-20T00:00"), miss("2026-12-05T00:00")}).state == state(RightState::not_arisen));
  CHECK(after(made, "2027-01-01T00:00", {miss("2026-12-10T00:00"), miss("2026-11-20T00:00"), miss("2026-12-05T00:00")}).state == state(RightState::arisen));
}

TEST_CASE("notice, cure period, exercise") {
  const Protocol made = make_protocol();
  const std::vector<Row> rows = [] {
    std::vector<Row> all = three;
    all.push_back(miss("2026-04-20T00:00"));
    return all;
  }();
  const evaluate::Acts noticed = notices({"2026-04-10T09:00"});
  CHECK(after(made, "2026-04-10T08:59", rows, noticed).state == state(RightState::arisen));
  CHECK(after(made, "2026-05-10T23:59", rows, noticed).state == state(RightState::notice_given));
  const auto ready = after(made, "2026-05-11T00:00", rows, noticed);
  CHECK(ready.state == state(RightState::exercisable));
  CHECK(ready.cure_end == at("2026-05-11T00:00") - 1);
  CHECK(ready.exercisable_from == at("2026-05-11T00:00"));
  CHECK(ready.ineffective_notices == 0);
  evaluate::Acts all = noticed;
  all.exercises = {act("2026-05-10T12:00", 1, 1), act("2026-05-12T12:00", 0, 1), act("2026-05-12T12:00", 1, 0)};
  CHECK(after(made, "2026-06-01T00:00", rows, all).state == state(RightState::exercisable));
  all.exercises.push_back(act("2026-05-12T12:00", 1, 1));
  const auto exercised = after(made, "2026-06-01T00:00", rows, all);
  CHECK(exercised.state == state(RightState::exercised));
  CHECK(exercised.exercised_at == at("2026-05-12T12:00"));
}

TEST_CASE("a cure uses up the misses due at or before the notice; later ones count again") {
  const Protocol made = make_protocol();
  const evaluate::Acts once = notices({"2026-04-10T09:00"});
  CHECK(after(made, "2026-06-01T00:00", three, once).state == state(RightState::cured));
  std::vector<Row> again = three;
  // April and May: one of April's misses lies before the notice.
  for (const char* due : {"2026-04-05T00:00", "2026-05-20T00:00", "2026-05-21T00:00"}) again.push_back(miss(due));
  CHECK(after(made, "2026-06-01T00:00", again, once).state == state(RightState::cured));
  again.push_back(miss("2026-06-02T00:00"));
  const auto second = after(made, "2026-07-01T00:00", again, once);
  CHECK(second.state == state(RightState::arisen));
  CHECK(second.first_period == 4);
  CHECK(second.misses == 3);
  CHECK(second.ineffective_notices == 0);
  CHECK(after(made, "2026-07-10T00:00", again, notices({"2026-04-10T09:00", "2026-07-02T00:00"})).state == state(RightState::notice_given));
  // Due at the instant of the notice is used as well.
  std::vector<Row> at_notice = three;
  for (const char* due : {"2026-04-10T09:00", "2026-05-20T00:00", "2026-05-21T00:00"}) at_notice.push_back(miss(due));
  CHECK(after(made, "2026-06-01T00:00", at_notice, once).state == state(RightState::cured));
}

TEST_CASE("a miss due at the instant of the notice is used by it; one due at the last instant of the cure period spoils the cure") {
  const Protocol made = make_protocol();
  const evaluate::Acts noticed = notices({"2026-04-10T09:00"});
  const auto with = [&](const char* due) {
    std::vector<Row> rows = three;
    rows.push_back(miss(due));
    return after(made, "2026-06-01T00:00", rows, noticed).state;
  };
  CHECK(with("2026-04-10T09:00") == state(RightState::cured));
  CHECK(with("2026-04-10T09:00:00.000001") == state(RightState::exercisable));
  CHECK(with("2026-05-10T23:59:59.999999") == state(RightState::exercisable));
  CHECK(with("2026-05-11T00:00") == state(RightState::cured));
}

TEST_CASE("a notice that serves nothing is ineffective and counted") {
  const Protocol made = make_protocol();
  const auto early = after(made, "2026-06-01T00:00", three, notices({"2026-03-31T12:00"}));
  CHECK(early.state == state(RightState::arisen));
  CHECK(early.ineffective_notices == 1);
  const auto twice = after(made, "2026-06-01T00:00", three, notices({"2026-04-20T00:00", "2026-04-10T00:00", "2026-09-01T00:00"}));
  CHECK(twice.noticed_at == at("2026-04-10T00:00"));
  CHECK(twice.ineffective_notices == 1);
  CHECK(after(made, "2026-06-01T00:00", {}, notices({"2026-04-20T00:00"})).ineffective_notices == 1);
}

TEST_CASE("without a cure clause, a right that lapses, a right without notice") {
  Protocol made = make_protocol();
  ir::Right& right = made.small.agreement.rights[made.right];
  right.cured_when_no_miss = false;
  right.exercise_days = 10;
  const evaluate::Acts noticed = notices({"2026-04-10T09:00"});
  CHECK(after(made, "2026-05-21T23:59", three, noticed).state == state(RightState::exercisable));
  CHECK(after(made, "2026-05-22T00:00", three, noticed).state == state(RightState::lapsed));
  right.cure_days = 0;
  CHECK(after(made, "2026-04-10T09:00", three, noticed).exercisable_from == at("2026-04-10T09:00"));
  right.notice = false;
  const auto result = after(made, "2026-04-02T00:00", three);
  CHECK(result.state == state(RightState::exercisable));
  CHECK(result.exercisable_from == at("2026-04-01T00:00"));
  CHECK(result.lapses_at == at("2026-04-12T00:00") - 1);
}

TEST_CASE("misses that cannot be told make the right unknown only where they could tip it") {
  const Protocol made = make_protocol();
  const Row doubtful = fact(value::given(at("2026-03-07T00:00")), value::unknown());
  const Row nowhere = fact(value::unknown(), value::unknown());
  CHECK(after(made, "2026-04-01T00:00", {three[0], three[1], doubtful}).state == value::unknown());
  CHECK(after(made, "2026-04-01T00:00", {three[0], doubtful}).state == state(RightState::not_arisen));
  CHECK(after(made, "2026-04-01T00:00", {three[0], three[1], three[2], doubtful}).state == state(RightState::arisen));
  CHECK(after(made, "2026-04-01T00:00", {three[0], three[1], nowhere}).state == value::unknown());
  CHECK(after(made, "2026-04-01T00:00", {three[0], nowhere}).state == state(RightState::not_arisen));
  CHECK(after(made, "2026-04-01T00:00", {three[0], doubtful, nowhere}).state == value::unknown());
  CHECK(after(made, "2026-04-01T00:00", {three[0], three[1], fact(value::none(), value::unknown())}).state == state(RightState::not_arisen));
  CHECK(after(made, "2026-04-01T00:00", {three[0], three[1], fact(value::given(at("2026-04-02T00:00")), value::unknown())}).state ==
        state(RightState::not_arisen));
  const Row in_cure = fact(value::given(at("2026-04-20T00:00")), value::unknown());
  CHECK(after(made, "2026-06-01T00:00", {three[0], three[1], three[2], in_cure}, notices({"2026-04-10T00:00"})).state == value::unknown());
  CHECK(after(made, "2026-06-01T00:00", {three[0], three[1], three[2], in_cure, miss("2026-04-21T00:00")}, notices({"2026-04-10T00:00"})).state ==
        state(RightState::exercisable));
}

TEST_CASE("more misses than the state may hold are an error, never a truncation") {
  Protocol made = make_protocol();
  made.small.agreement.rights[made.right].notable_bound = 2;
  CHECK(after(made, "2026-04-01T00:00", three).state == value::fault(value::Fault::overflow, 0));
  made.small.agreement.rights[made.right].notable_bound = 3;
  CHECK(after(made, "2026-04-01T00:00", three).state == state(RightState::arisen));
}

// The second form: a yes/no rule per month, here whether the month's amounts come to 10.
Protocol by_condition() {
  Protocol made = make_protocol();
  Small& small = made.small;
  ir::Right& right = small.agreement.rights[made.right];
  right.misses.clear();
  right.condition = define(
      small, "bad", per_month(), plain(ir::Kind::boolean),
      node(small, ir::Op::ge, plain(ir::Kind::boolean), {definition(small, small.agreement.credits[made.credit].amount), constant(small, number(), 10)}));
  return made;
}

TEST_CASE("a right on a rule of each month") {
  const Protocol made = by_condition();
  const auto bad = [](const char* due, Value amount) { return fact(value::given(at(due)), code(ir::CommitmentOutcome::met), amount); };
  const std::vector<Row> rows{bad("2026-02-10T00:00", value::given(10)), bad("2026-03-10T00:00", value::given(12))};
  CHECK(after(made, "2026-03-31T00:00", rows).state == state(RightState::not_arisen));
  CHECK(after(made, "2026-04-01T00:00", rows).state == state(RightState::arisen));
  CHECK(after(made, "2026-04-01T00:00", {rows[0], bad("2026-03-10T00:00", value::unknown())}).state == value::unknown());
  CHECK(after(made, "2026-04-01T00:00", {bad("2026-03-10T00:00", value::unknown())}).state == state(RightState::not_arisen));
  const evaluate::Acts noticed = notices({"2026-04-10T00:00"});
  CHECK(after(made, "2026-06-01T00:00", rows, noticed).state == state(RightState::cured));
  std::vector<Row> goes_on = rows;
  goes_on.push_back(bad("2026-04-03T00:00", value::given(10)));
  CHECK(after(made, "2026-06-01T00:00", goes_on, noticed).state == state(RightState::exercisable));
}

}  // namespace
}  // namespace writ::interpret::testing
