// A sound ir gives no broken promise; each kind of damage gives the one that it breaks.
#include <doctest/doctest.h>

#include <functional>

#include "checked.h"
#include "ir/verify.h"

namespace writ::check_test {
namespace {

Checked sound() {
  return checked(tickets(R"(
  tier of Ticket {
    Critical when severity = P1
    Standard otherwise
  }
  commitment Resolution for Ticket by Company {
    from opened until resolved
    Critical : within 2 business hours
    Standard : within 2 days
  }
  metric score_mean = mean(score) over Ticket, per month of opened
  benchmark Good {
    score_mean at least 5
    if missed: Refund
  }
  rule level per month {
    base 0
    case some : 1 when misses of Resolution at least 1
    case many overrides some : 2 when misses of Resolution at least 2
  }
  rule late per Ticket = level of the month of opened
  remedy Refund for missed Resolution {
    credit 5% of GBP 100.00 for each missed Resolution
    cap GBP 50.00 per month
  }
  right Leave of Client {
    when any 2 consecutive months have at least 3 misses of Resolution
  }
)"));
}

ir::Definition& named(ir::Agreement& agreement, std::string_view name) {
  for (ir::Definition& definition : agreement.definitions)
    if (definition.name == name) return definition;
  FAIL(name);
  return agreement.definitions.items.front();
}

ir::Expr& first_of(ir::Agreement& agreement, ir::Op op) {
  for (ir::Expr& expr : agreement.exprs)
    if (expr.op == op) return expr;
  FAIL("no such node");
  return agreement.exprs.items.front();
}

// The rules that are broken by a change, each once.
std::string broken_by(const std::function<void(ir::Agreement&)>& damage) {
  ir::Agreement agreement = sound().agreement;
  damage(agreement);
  std::string rules;
  for (const std::string& promise : ir::verify(agreement))
    if (const std::string rule = promise.substr(0, 3); rules.find(rule) == std::string::npos) rules += (rules.empty() ? "" : " ") + rule;
  return rules;
}

}  // namespace

TEST_CASE("a sound agreement keeps every promise") {
  const Checked out = sound();
  CHECK_MESSAGE(codes(out).empty(), messages(out));
  CHECK(ir::verify(out.agreement).empty());
}

TEST_CASE("shapes") {
  CHECK(broken_by([](ir::Agreement& a) { first_of(a, ir::Op::judge).operands.pop_back(); }) == "I02");
  CHECK(broken_by([](ir::Agreement& a) { first_of(a, ir::Op::judge).operands[0] = {a.exprs.size() - 1}; }) == "I01");
  CHECK(broken_by([](ir::Agreement& a) { first_of(a, ir::Op::definition).definition = {9999}; }) == "I01");
  CHECK(broken_by([](ir::Agreement& a) { first_of(a, ir::Op::deadline_open).calendar = {}; }) == "I01");
}

TEST_CASE("types and constants") {
  CHECK(broken_by([](ir::Agreement& a) { first_of(a, ir::Op::and_).op = ir::Op::max; }) == "");  // the scales of two conditions are alike
  CHECK(broken_by([](ir::Agreement& a) { first_of(a, ir::Op::judge).type = {.kind = ir::Kind::boolean}; }).starts_with("I03"));
  CHECK(broken_by([](ir::Agreement& a) { first_of(a, ir::Op::ge).type.kind = ir::Kind::error; }).starts_with("I03"));
  CHECK(broken_by([](ir::Agreement& a) {
          for (ir::Expr& expr : a.exprs)
            if (expr.op == ir::Op::constant && expr.type.kind == ir::Kind::enumeration) expr.number = 77;
        }) == "I04");
}

TEST_CASE("grains") {
  CHECK(broken_by([](ir::Agreement& a) { named(a, "Resolution.from").grain = {}; }).find("I05") != std::string::npos);
  CHECK(broken_by([](ir::Agreement& a) { a.aggregates.items.back().period.reset(); }).find("I06") != std::string::npos);
}

TEST_CASE("definitions and their cases") {
  CHECK(broken_by([](ir::Agreement& a) { named(a, "level").name = "late"; }) == "I07");
  CHECK(broken_by([](ir::Agreement& a) { named(a, "level").point = named(a, "late").point; }) == "I07");
  CHECK(broken_by([](ir::Agreement& a) { named(a, "level").cases[1].overridden_by[0] = 1; }) == "I08");  // each overrides the other
  CHECK(broken_by([](ir::Agreement& a) { named(a, "level").cases[0].overridden_by.assign(9, 0); }) == "I08");
}

TEST_CASE("order and passes") {
  CHECK(broken_by([](ir::Agreement& a) { a.order.pop_back(); }) == "I09");
  CHECK(broken_by([](ir::Agreement& a) { std::swap(a.order.front(), a.order.back()); }).find("I09") != std::string::npos);
  CHECK(broken_by([](ir::Agreement& a) { named(a, "late").pass = 0; }) == "I10");
}

TEST_CASE("constructs, records, calendars and the header") {
  CHECK(broken_by([](ir::Agreement& a) {
          a.commitments.items[0].due = named(a, "Resolution.count.met").grain == ir::Grain{} ? ir::DefinitionId{} : a.commitments.items[0].due;
        }) == "I11");
  CHECK(broken_by([](ir::Agreement& a) { a.rights.items[0].consecutive = 0; }) == "I11");
  CHECK(broken_by([](ir::Agreement& a) { a.commitments.items[0].party = 9; }) == "I12");
  CHECK(broken_by([](ir::Agreement& a) { a.end = a.effective; }) == "I12");
  CHECK(broken_by([](ir::Agreement& a) { a.records.items[0].since = 0; }) == "I13");  // the id is a text
  CHECK(broken_by([](ir::Agreement& a) { a.calendars.items[0].rules.last = a.calendars.items[0].rules.first - 1; }) == "I14");
  CHECK(broken_by([](ir::Agreement& a) { a.scenarios.push_back({.name = "empty"}); }) == "I15");
}

}  // namespace writ::check_test
