// `scenario`: facts as they are stored, expectations of results that exist.
#include <doctest/doctest.h>

#include "checked.h"
#include "value/civil.h"

namespace writ::check_test {
namespace {

constexpr std::string_view rules = R"(commitment Resolution for Ticket by Company {
  from opened until resolved
  within 2 business hours
}
rule cost per Ticket = fee
rule total : money = sum(fee over Ticket)
rule monthly : money per month = sum(fee over Ticket of opened)
rule quarterly per quarter = attainment(Resolution)
remedy Credit for missed Resolution {
  credit 5% of GBP 100.00 for each missed Resolution
  cap GBP 50.00 per month
  claimed by Client within 30 days after month end
}
right Terminate of Client {
  when any 2 consecutive months have at least 3 misses of Resolution
}
)";

// The test agreement, its rules, and a scenario of these lines.
std::string scenario(std::string_view lines, std::string_view head = "as of 2026-03-31") {
  return tickets(rules) + "param rate : percent = 5%\nscenario \"test\", " + std::string(head) + " {\n" + std::string(lines) + "\n}\n";
}

constexpr std::string_view ticket = "Ticket { id: \"T1\", severity: P1, opened: 2026-02-27T10:00, fee: GBP 5.00 }\n";

std::string codes_of(const std::string& text) {
  const Checked out = checked(text);
  INFO(messages(out));
  return codes(out);
}
std::string expects(std::string_view line) { return codes_of(scenario(std::string(ticket) + "expect " + std::string(line))); }

}  // namespace

TEST_CASE("facts and expectations as they are kept") {
  const Checked out =
      checked(scenario(std::string(ticket) + R"(Ticket { id: "T2", severity: P2, opened: 2026-07-01T10:00, resolved: 2026-07-01T11:00, fee: GBP 7.00, score: 3,
    history { at: 2026-07-01T10:30, status: waiting }, history { at: 2026-07-01T10:45, status: working } }
  Claim { at: 2026-03-10T09:00, by: Client, of: Credit, period: 2026-02 }
  expect Resolution of "T1" = missed
  expect Resolution.due of "T2" = 2026-07-01
  expect Credit in 2026-02 = GBP 5.00
  expect Credit in 2026-02 = claimed
  expect Terminate = not arisen
  expect quarterly in quarter 2026-02 = 50%
  expect total = cannot tell)"));
  REQUIRE_MESSAGE(codes(out).empty(), messages(out));
  REQUIRE(out.agreement.scenarios.size() == 1);
  const ir::Scenario& made = out.agreement.scenarios[0];
  CHECK(made.as_of == value::parse_instant("2026-03-31T22:59:59.999999Z").value);  // the end of the day, in summer time
  REQUIRE(made.facts.size() == 3);
  CHECK(made.facts[0].row.values[2] == value::given(value::parse_instant("2026-02-27T10:00Z").value));
  CHECK(made.facts[0].row.values[4] == value::not_yet());
  CHECK(made.facts[0].row.values[6] == value::none());
  CHECK(made.facts[0].row.texts[0] == "T1");
  CHECK(made.facts[1].row.values[2] == value::given(value::parse_instant("2026-07-01T09:00Z").value));
  CHECK(made.facts[1].history.size() == 2);
  CHECK(made.facts[2].record == out.agreement.claim);
  CHECK(made.facts[2].row.values[3] == value::given(value::parse_date("2026-02-01").value));
  REQUIRE(made.expects.size() == 7);
  CHECK(made.expects[0].key == "T1");
  CHECK(made.expects[0].value == value::given(1));
  CHECK(made.expects[1].end_of_date);
  CHECK(made.expects[1].value == value::given(value::parse_instant("2026-07-01T22:59:59.999999Z").value));
  CHECK(made.expects[2].of == ir::Expectation::Of::definition);
  CHECK(made.expects[2].value == value::given(500));
  CHECK(made.expects[3].of == ir::Expectation::Of::credit_state);
  CHECK(made.expects[3].value == value::given(static_cast<int>(ir::CreditState::claimed)));
  CHECK(made.expects[4].of == ir::Expectation::Of::right_state);
  CHECK(made.expects[5].value == value::ratio(1, 2, 0));
  CHECK(made.expects[5].period_date == value::parse_date("2026-01-01").value);
  CHECK(made.expects[6].value == value::unknown());
}

TEST_CASE("facts that are wrong") {
  const auto fact = [](std::string_view fields) { return codes_of(scenario("Ticket { " + std::string(fields) + " }\nexpect cost = GBP 5.00")); };
  CHECK(fact("id: \"T1\", severity: P1, opened: 2026-02-27T10:00, fee: GBP 5.00") == "");
  CHECK(fact("id: \"T1\", severity: P1, opened: 2026-02-27T10:00") == "C0351");
  CHECK(fact("id: \"T1\", severity: P1, opened: 2026-02-27T10:00, fea: GBP 5.00") == "C0007");
  CHECK(fact("id: \"T1\", severity: P1, severity: P2, opened: 2026-02-27T10:00, fee: GBP 5.00") == "C0009");
  CHECK(fact("id: \"T1\", severity: P9, opened: 2026-02-27T10:00, fee: GBP 5.00") == "C0006");
  CHECK(fact("id: \"T1\", severity: none, opened: 2026-02-27T10:00, fee: GBP 5.00") == "C0310");
  CHECK(fact("id: \"T1\", severity: P1, opened: 2026-02-27, fee: GBP 5.00") == "C0100");
  CHECK(fact("id: \"T1\", severity: P1, opened: 2026-02-30T10:00, fee: GBP 5.00") == "C0133");
  CHECK(fact("id: \"T1\", severity: P1, opened: 2026-02-27T10:00, fee: 5") == "C0100");
  CHECK(fact("id: \"T1\", severity: P1, opened: 2026-02-27T10:00, fee: GBP 5.001") == "C0112");
  CHECK(fact("id: \"T1\", severity: P1, opened: 2026-02-27T10:00, fee: GBP 5.00, score: 12") == "C0109");
  CHECK(fact("id: \"T1\", severity: P1, opened: 2026-02-27T10:00, fee: GBP 5.00, score: rate") == "C0100");
  CHECK(fact("id: \"T1\", severity: P1, opened: 2026-02-27T10:00, fee: GBP 5.00, history { at: 2026-02-27T11:00 }") == "C0351");
  CHECK(codes_of(scenario("Tickt { id: \"T1\" }\nexpect total = GBP 0.00")) == "C0001");
  CHECK(codes_of(scenario(std::string(ticket) + std::string(ticket) + "expect total = GBP 0.00")) == "C0352");
}

TEST_CASE("acts") {
  const auto act = [](std::string_view line) { return codes_of(scenario(std::string(line) + "\nexpect total = GBP 0.00")); };
  CHECK(act("Claim { at: 2026-03-10T09:00, by: Client, of: Credit, period: 2026-02-14 }") == "");
  CHECK(act("Notice { at: 2026-03-10T09:00, by: Client, of: Terminate }") == "");
  CHECK(act("Claim { at: 2026-03-10T09:00, by: Client, of: Credit }") == "C0354");
  CHECK(act("Claim { at: 2026-03-10T09:00, by: Client, of: Terminate, period: 2026-02 }") == "C0353");
  CHECK(act("Notice { at: 2026-03-10T09:00, by: Client, of: Credit }") == "C0353");
  CHECK(act("Notice { at: 2026-03-10T09:00, by: Clint, of: Terminate }") == "C0006");
}

TEST_CASE("expectations that are wrong") {
  CHECK(expects("Resolution = missed") == "");
  CHECK(expects("Resolution = out of scope") == "");
  CHECK(expects("Resolution = misssed") == "C0006");
  CHECK(expects("Resolution = claimed") == "C0362");
  CHECK(expects("Resolutn = missed") == "C0001");
  CHECK(expects("Resolution.duo = 2026-03-01") == "C0007");
  CHECK(expects("Resolution.due = 5") == "C0100");
  CHECK(expects("Resolution of \"T9\" = missed") == "C0356");
  CHECK(expects("Resolution in 2026-02 = missed") == "C0361");
  CHECK(expects("Ticket = missed") == "C0010");
  CHECK(expects("cost = GBP 5.00") == "");
  CHECK(expects("cost = 5") == "C0100");
  CHECK(expects("cost = missed") == "C0100");
  CHECK(expects("monthly in 2026-02 = GBP 5.00") == "");
  CHECK(expects("monthly = GBP 5.00") == "C0359");
  CHECK(expects("monthly in 2026 = GBP 5.00") == "C0359");
  CHECK(expects("monthly in quarter 2026-01 = GBP 5.00") == "C0359");
  CHECK(expects("monthly in 2025-12 = GBP 5.00") == "C0360");
  CHECK(expects("monthly in 2026-13 = GBP 5.00") == "C0133");
  CHECK(expects("monthly of \"T1\" in 2026-02 = GBP 5.00") == "C0361");
  CHECK(expects("quarterly in quarter 2026-01 = 50%") == "");
  CHECK(expects("quarterly in quarter 2026-01 = 50") == "C0100");
  CHECK(expects("Terminate = arisen") == "");
  CHECK(expects("Terminate = claimed") == "C0362");
  CHECK(expects("Terminate in 2026-02 = arisen") == "C0361");
  CHECK(expects("Credit in 2026-02 = forfeited") == "");
  CHECK(expects("Credit = forfeited") == "C0359");
  CHECK(expects("Credit.state in 2026-02 = accrued") == "");
  CHECK(expects("total = GBP 5.00") == "");
  CHECK(codes_of(scenario("expect Resolution = missed")) == "C0357");
  CHECK(codes_of(scenario(std::string(ticket) + "Ticket { id: \"T2\", severity: P1, opened: 2026-02-27T10:00, fee: GBP 5.00 }\nexpect Resolution = missed")) ==
        "C0358");
  CHECK(codes_of(scenario(ticket)) == "C0350");
}

TEST_CASE("the horizon and the blanks of a scenario") {
  CHECK(codes_of(scenario("expect total = GBP 0.00", "as of 2026-03-31T12:00, with rate = 6%")) == "");
  CHECK(codes_of(scenario("expect total = GBP 0.00", "as of 2026-03-31T12:00, with rat = 6%")) == "C0001");
  CHECK(codes_of(scenario("expect total = GBP 0.00", "as of 2026-03-31T12:00, with rate = 6")) == "C0100");
  CHECK(codes_of(scenario("expect total = GBP 0.00", "as of 5")) == "C0100");
  CHECK(codes_of("param blank : int\n" + scenario("expect total = GBP 0.00")).find("C0355") != std::string::npos);
}

}  // namespace writ::check_test
