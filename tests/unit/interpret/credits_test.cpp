// The states of a credit over its life.
#include <doctest/doctest.h>

#include "unit/interpret/protocol_small.h"

namespace writ::interpret::testing {
namespace {

using ir::CreditState;
using value::Value;

// Of March 2026; the claim window of 30 days after its end closes with 30 April.
evaluate::CreditResult march(const Protocol& made, const char* as_of, const std::vector<Row>& rows, const evaluate::Acts& acts = {}) {
  return run(made.small, at(as_of), rows, acts).results.credits[0][2];
}

Value state(CreditState code) { return value::given(static_cast<int>(code)); }
Row credited(Value amount) { return fact(value::given(at("2026-03-10T00:00")), code(ir::CommitmentOutcome::missed), amount); }

evaluate::Acts claimed(evaluate::Act claim) {
  evaluate::Acts acts;
  acts.claims = {claim};
  return acts;
}

TEST_CASE("from accrual to claim or forfeit") {
  const Protocol made = make_protocol();
  const std::vector<Row> rows{credited(value::given(60))};
  CHECK(march(made, "2026-03-31T23:59", rows).state == state(CreditState::accrued));
  CHECK(march(made, "2026-04-01T00:00", rows).state == state(CreditState::claimable));
  CHECK(march(made, "2026-04-30T23:59", rows).state == state(CreditState::claimable));
  CHECK(march(made, "2026-05-01T00:00", rows).state == state(CreditState::forfeited));
  const auto result = march(made, "2026-05-01T00:00", rows);
  CHECK(result.has_deadline);
  CHECK(result.claim_deadline == at("2026-05-01T00:00") - 1);
  CHECK(march(made, "2026-06-01T00:00", {}).state == state(CreditState::none));
  CHECK(march(made, "2026-03-15T00:00", {}).state == state(CreditState::none));
}

TEST_CASE("who claims what, when, counts") {
  const Protocol made = make_protocol();
  const std::vector<Row> rows{credited(value::given(60))};
  const char* late = "2026-12-31T00:00";
  CHECK(march(made, late, rows, claimed(act("2026-04-30T23:59", 1, 0, "2026-03-01"))).state == state(CreditState::claimed));
  CHECK(march(made, late, rows, claimed(act("2026-04-30T23:59", 1, 0, "2026-03-01"))).claimed_at == at("2026-04-30T23:59"));
  CHECK(march(made, late, rows, claimed(act("2026-03-20T00:00", 1, 0, "2026-03-31"))).state == state(CreditState::claimed));
  CHECK(march(made, late, rows, claimed(act("2026-05-01T00:00", 1, 0, "2026-03-01"))).state == state(CreditState::forfeited));
  CHECK(march(made, late, rows, claimed(act("2026-04-02T00:00", 0, 0, "2026-03-01"))).state == state(CreditState::forfeited));
  CHECK(march(made, late, rows, claimed(act("2026-04-02T00:00", 1, 1, "2026-03-01"))).state == state(CreditState::forfeited));
  CHECK(march(made, late, rows, claimed(act("2026-04-02T00:00", 1, 0, "2026-02-28"))).state == state(CreditState::forfeited));
  CHECK(march(made, late, rows, claimed(act("2026-04-02T00:00", 1, 0))).state == state(CreditState::forfeited));
  CHECK(march(made, "2026-04-01T12:00", rows, claimed(act("2026-04-02T00:00", 1, 0, "2026-03-01"))).state == state(CreditState::claimable));
}

TEST_CASE("a payment settles, whatever came before it") {
  const Protocol made = make_protocol();
  evaluate::Acts acts;
  acts.payments = {act("2026-04-20T00:00", 0, 0, "2026-03-05"), act("2026-04-10T00:00", 0, 0, "2026-03-05")};
  const auto result = march(made, "2026-05-01T00:00", {credited(value::given(60))}, acts);
  CHECK(result.state == state(CreditState::settled));
  CHECK(result.settled_at == at("2026-04-10T00:00"));
  CHECK(march(made, "2026-04-09T00:00", {credited(value::given(60))}, acts).state == state(CreditState::claimable));
  CHECK(march(made, "2026-05-01T00:00", {credited(value::unknown())}, acts).state == state(CreditState::settled));
}

TEST_CASE("amounts that are not certain") {
  const Protocol made = make_protocol();
  CHECK(march(made, "2026-04-02T00:00", {credited(value::unknown())}).state == value::unknown());
  CHECK(march(made, "2026-03-30T00:00", {credited(value::unknown())}).state == state(CreditState::none));
  CHECK(march(made, "2026-04-02T00:00", {credited(value::unknown()), credited(value::given(5))}).state == state(CreditState::claimable));
  CHECK(march(made, "2026-03-30T00:00", {credited(value::unknown()), credited(value::given(5))}).state == state(CreditState::accrued));
}

TEST_CASE("without a claim clause what has accrued stays so until it is paid") {
  Protocol made = make_protocol();
  made.small.agreement.credits[made.credit].claim.reset();
  const auto result = march(made, "2026-12-31T00:00", {credited(value::given(60))});
  CHECK(result.state == state(CreditState::accrued));
  CHECK(!result.has_deadline);
}

TEST_CASE("an amount that is an error is an error of the credit") {
  Protocol made = make_protocol();
  made.small.agreement.definitions[made.small.agreement.credits[made.credit].amount].base = broken(made.small);
  CHECK(value::is_fault(march(made, "2026-04-02T00:00", {}).state));
}

TEST_CASE("a partial first month is named by any of its days") {
  const Protocol made = make_protocol("2026-01-15", "2026-07-01");
  const Row january = fact(value::given(at("2026-01-20T00:00")), code(ir::CommitmentOutcome::missed), value::given(9));
  const auto results = run(made.small, at("2026-02-10T00:00"), {january}, claimed(act("2026-02-02T00:00", 1, 0, "2026-01-01"))).results;
  CHECK(results.credits[0][0].state == state(CreditState::claimed));
}

}  // namespace
}  // namespace writ::interpret::testing
