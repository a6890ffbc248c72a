// `rule`: base, cases, what overrides what, and one type for all values.
#include <doctest/doctest.h>

#include "checked.h"
#include "ir/print.h"

namespace writ::check_test {
namespace {

std::string codes_of(std::string_view lines) {
  const Checked out = checked(tickets(lines));
  INFO(messages(out));
  return codes(out);
}

const ir::Definition* rule(const Checked& out, std::string_view name) {
  for (const ir::Definition& each : out.agreement.definitions)
    if (each.name == name) return &each;
  return nullptr;
}

}  // namespace

TEST_CASE("a rule of one line, and one of cases") {
  const Checked out = checked(tickets("rule a \"Its name\" : money per Ticket = fee\nrule b per Ticket {\nbase 1\ncase urgent : 2.5 when severity = P1\n}"));
  REQUIRE_MESSAGE(codes(out).empty(), messages(out));
  const ir::Definition* a = rule(out, "a");
  REQUIRE(a != nullptr);
  CHECK(a->printed == "Its name");
  CHECK(a->base.has_value());
  CHECK(a->cases.empty());
  const ir::Definition* b = rule(out, "b");
  REQUIRE(b != nullptr);
  CHECK(b->type.scale == 1);  // the finer scale of both values
  REQUIRE(b->cases.size() == 1);
  CHECK(b->cases[0].label == "urgent");
  CHECK(b->cases[0].point == b->point + 1);
}

TEST_CASE("overriding is transitive") {
  const Checked out = checked(
      tickets("rule a per Ticket {\ncase x : 1 when severity = P1\ncase y overrides x : 2 when severity = P2\ncase z overrides y : 3 when severity = P3\n}"));
  REQUIRE_MESSAGE(codes(out).empty(), messages(out));
  const ir::Definition* a = rule(out, "a");
  REQUIRE(a != nullptr);
  CHECK(!a->base);
  CHECK(a->cases[0].overridden_by[0] == 0b110);
  CHECK(a->cases[1].overridden_by[0] == 0b100);
  CHECK(a->cases[2].overridden_by[0] == 0);
}

TEST_CASE("more than 64 cases") {
  std::string lines = "rule a per Ticket {\nbase 0\n";
  for (int i = 0; i < 70; ++i)
    lines += "case c" + std::to_string(i) + (i > 0 ? " overrides c" + std::to_string(i - 1) : "") + " : " + std::to_string(i) +
             " when score = " + std::to_string(i % 10) + "\n";
  const Checked out = checked(tickets(lines + "}"));
  REQUIRE_MESSAGE(codes(out).empty(), messages(out));
  const ir::Definition* a = rule(out, "a");
  REQUIRE(a != nullptr);
  REQUIRE(a->cases[0].overridden_by.size() == 2);
  CHECK(a->cases[0].overridden_by[0] == ~uint64_t{1});
  CHECK(a->cases[0].overridden_by[1] == 0b111111);
}

TEST_CASE("what a rule of cases cannot say") {
  CHECK(codes_of("rule a per Ticket {\ncase x overrides y : 1 when severity = P1\ncase y overrides x : 2 when severity = P2\n}") == "C0252");
  CHECK(codes_of("rule a per Ticket {\nbase 1\ncase x overrides z : 1 when severity = P1\n}") == "C0001");
  CHECK(codes_of("rule a per Ticket {\nbase 1\ncase x overrides base : 1 when severity = P1\n}") == "C0001");
  CHECK(codes_of("rule a per Ticket {\nbase 1\ncase x : 1 when severity = P1\ncase x : 2 when severity = P2\n}") == "C0009");
  CHECK(codes_of("rule a per Ticket {\n}") == "C0251");
  CHECK(codes_of("rule a per Ticket {\nbase 5\ncase x : fee when severity = P1\n}") == "C0253");
  CHECK(codes_of("rule a per Ticket {\nbase 5\ncase x : 6 when fee\n}") == "C0100");
  CHECK(codes_of("rule a per Ticket per month = 5") == "C0250");
}

TEST_CASE("a guard narrows its value, and its failure the base") {
  CHECK(codes_of("rule a per Ticket {\nbase 0 hours\ncase done : resolved - opened when resolved is given\n}") == "");
  CHECK(codes_of("rule a per Ticket {\nbase resolved - opened\ncase open : 0 hours when resolved is not yet\n}") == "");
  CHECK(codes_of("rule a per Ticket {\nbase resolved - opened\ncase x : 0 hours when severity = P1\n}") == "C0104");
}

TEST_CASE("a declared type is kept") {
  CHECK(codes_of("rule a : int per Ticket = fee") == "C0100");
  CHECK(codes_of("rule a : int per Ticket = 2.5") == "C0112");
  CHECK(codes_of("rule a : 0..5 per Ticket = score otherwise 0") == "C0110");
  CHECK(codes_of("rule a : 0..5 per Ticket = min(score otherwise 0, 5)") == "");
  CHECK(codes_of("rule a : instant per Ticket = resolved") == "C0127");
  CHECK(codes_of("rule a : instant or not yet per Ticket = resolved") == "");
  CHECK(codes_of("rule a : instant or none per Ticket = resolved") == "C0127");
  CHECK(codes_of("rule a : money or none per Ticket {\nbase none\ncase x : fee when severity = P1\n}") == "");
  CHECK(codes_of("rule a per Ticket {\nbase none\ncase x : fee when severity = P1\n}") == "");
  CHECK(codes_of("rule a : money = GBP 10.00 / 3") == "C0111");
  CHECK(codes_of("rule a : money = rounded(GBP 10.00 / 3, 2)") == "");
}

TEST_CASE("money stays exact until a named step rounds it") {
  const Checked out = checked(tickets("rule a : money per Ticket = 2.5% of fee\nrule b per Ticket = a + GBP 1.00"));
  REQUIRE_MESSAGE(codes(out).empty(), messages(out));
  CHECK(rule(out, "a")->type.scale == 5);
  CHECK(rule(out, "b")->type.scale == 5);
}

TEST_CASE("rules at every grain, within and outside clauses") {
  const Checked out =
      checked(agreement("record R since t {\nt : instant\n}\nrule a per R = 1\nrule b per month = 1\nrule c per quarter = 1\nrule d per year = 1\nrule e per "
                        "contract month = 1\nrule f = 1\n"));
  REQUIRE_MESSAGE(codes(out).empty(), messages(out));
  CHECK(rule(out, "a")->grain.of == ir::Grain::Of::record);
  CHECK(rule(out, "b")->grain.period == ir::PeriodKind::month);
  CHECK(rule(out, "c")->grain.period == ir::PeriodKind::quarter);
  CHECK(rule(out, "d")->grain.period == ir::PeriodKind::year);
  CHECK(rule(out, "e")->grain.period == ir::PeriodKind::contract_month);
  CHECK(rule(out, "f")->grain.of == ir::Grain::Of::agreement);
}

}  // namespace writ::check_test
