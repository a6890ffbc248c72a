// What a name stands for: one thing in the whole agreement, or a message that says what was meant.
#include <doctest/doctest.h>

#include "checked.h"

namespace writ::check_test {
namespace {

std::string codes_of(std::string_view lines) {
  const Checked out = checked(tickets(lines));
  INFO(messages(out));
  return codes(out);
}

std::string helps_of(std::string_view lines) {
  const Checked out = checked(tickets(lines));
  std::string all;
  for (const diag::Diagnostic& each : out.sink.diagnostics)
    for (const std::string& help : each.helps) all += help + "\n";
  return all;
}

bool mentions(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

constexpr std::string_view resolution = "commitment Resolution for Ticket by Company {\nfrom opened until resolved\nwithin 2 business hours\n}\n";

}  // namespace

TEST_CASE("a name is known wherever it is declared") {
  CHECK(codes_of("rule a per Ticket = b + 1\nrule b per Ticket = c * 2\nrule c per Ticket = 3") == "");
  CHECK(codes_of("rule late per Ticket = missed Resolution\n" + std::string(resolution)) == "");
  CHECK(codes_of("rule due_date per Ticket = date(Resolution.due)\n" + std::string(resolution)) == "");
}

TEST_CASE("a name that is declared twice is reported at the second one") {
  const Checked out = checked(tickets("rule a = 1\nrule a = 2"));
  REQUIRE(codes(out) == "C0002");
  CHECK(out.sink.diagnostics[0].labels.size() == 1);
  CHECK(codes_of("rule Ticket = 1") == "C0002");
  CHECK(codes_of("rule severity per Ticket = 1") == "C0002");  // a field of the record
  CHECK(codes_of("rule money = 1") == "C0004");
  CHECK(codes_of("rule as_of = 1") == "C0004");
}

TEST_CASE("an unknown name gets the nearest one") {
  CHECK(codes_of("rule a per Ticket = severty = P1") == "C0001");
  CHECK(mentions(helps_of("rule a per Ticket = severty = P1"), "did you mean `severity`?"));
  CHECK(mentions(helps_of("rule a per Tickt = 1"), "did you mean `Ticket`?"));
  CHECK(mentions(helps_of("rule a per Ticket = rownded(fee, 1)"), "did you mean `rounded`?"));
  CHECK(mentions(helps_of("rule a per Ticket = is_open(opened) on Suport"), "did you mean `Support`?"));
  CHECK(mentions(helps_of(std::string(resolution) + "rule a per month = misses of Resoluton"), "did you mean `Resolution`?"));
  CHECK(mentions(helps_of(std::string(resolution) + "rule a per Ticket = Resolution.duo"), "did you mean `due`?"));
  CHECK(helps_of("rule x = y").empty());  // of one letter, every letter is near
}

TEST_CASE("members of an enum stand where it is expected") {
  CHECK(codes_of("rule a per Ticket = severity = P1") == "");
  CHECK(codes_of("rule a per Ticket = P1 = severity") == "");
  CHECK(codes_of("rule a per Ticket = severity in {P1, P2}") == "");
  CHECK(codes_of("rule a per Ticket = Severity.P1 = severity") == "");
  CHECK(codes_of("rule a : Severity per Ticket = P1") == "");
  CHECK(codes_of("rule a per Ticket = severity = P7") == "C0006");
  CHECK(codes_of("rule a per Ticket = Severity.P7 = severity") == "C0006");
  CHECK(codes_of("rule a per Ticket = severity = \"P1\"") == "C0131");
  CHECK(mentions(helps_of("rule a = P1"), "compare it with"));
}

TEST_CASE("a member that a rule hides has two readings") {
  CHECK(codes_of("rule P1 : Severity per Ticket = P2\nrule b per Ticket = severity = P1") == "C0008");
}

TEST_CASE("a mistake behind a mistake is silent") {
  CHECK(codes_of("rule a per Ticket = nothing_like_it\nrule b per Ticket = a + 1\nrule c per Ticket = b > 2 and a < 3") == "C0001");
  CHECK(codes_of("rule a per Ticket = severty in {P1, P2}") == "C0001");
}

TEST_CASE("a value that needs itself is a cycle, shown whole") {
  const Checked out = checked(tickets("rule a per Ticket = b\nrule b per Ticket = c\nrule c per Ticket = a"));
  REQUIRE(codes(out) == "C0003");
  CHECK(out.sink.diagnostics[0].notes[0] == "`a` reads `b`, which reads `c`, which reads `a`");
  CHECK(codes_of("rule a per Ticket = a") == "C0003");
  CHECK(codes_of("commitment A for Ticket by Company {\nfrom opened until resolved\nwithin 1 business day\nexcused when missed A\n}") == "C0003");
}

TEST_CASE("parts of a construct that is being made may be read where they exist") {
  CHECK(codes_of("commitment A for Ticket by Company {\nfrom opened until resolved\nwithin 1 business day\nexcused when A.from > A.due\n}") == "");
}

TEST_CASE("what has no value says what it is") {
  CHECK(codes_of("rule a = Ticket") == "C0010");
  CHECK(codes_of("rule a = Support") == "C0010");
  CHECK(codes_of("rule a = now") == "C0011");
  CHECK(codes_of("rule a = Company = Client") == "");
}

TEST_CASE("modules are seen through `use`, and only so") {
  const std::vector<ModuleText> modules = {{"house.terms", "module house.terms\nenum Colour { red, green }\nparam limit : int = 3\n"}};
  CHECK(codes(checked(agreement("use house.terms\nrule a = limit + 1\nparam c : Colour = red\n"), modules)) == "");
  CHECK(codes(checked(agreement("rule a = limit + 1\n"), modules)) == "C0001");
  CHECK(codes(checked(agreement("use house.terms\nparam limit : int = 4\n"), modules)) == "C0002");
}

}  // namespace writ::check_test
