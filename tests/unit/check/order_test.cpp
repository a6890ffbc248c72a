// In which pass a value is made.
#include <doctest/doctest.h>

#include "checked.h"

namespace writ::check_test {
namespace {

int pass_of(const Checked& out, std::string_view name) {
  for (const ir::Definition& definition : out.agreement.definitions)
    if (definition.name == name) return definition.pass;
  return -99;
}

}  // namespace

TEST_CASE("one pass is enough where records read nothing coarser") {
  const Checked out = checked(tickets(R"(
  rule urgent per Ticket = severity = P1
  rule busy per month = count(Ticket where urgent of opened) at least 2
  rule worst per agreement = max(busy_count over months)
  rule busy_count per month = count(Ticket of opened)
)"));
  CHECK_MESSAGE(codes(out).empty(), messages(out));
  CHECK(out.agreement.passes == 1);
}

TEST_CASE("a value that reads no fact is made before the facts, when records read it") {
  const Checked out = checked(tickets(R"(
  rule rate per agreement = 2%
  rule doubled per agreement = rate * 2
  rule unread per agreement = 3%
  rule owed per Ticket = doubled of fee
)"));
  CHECK_MESSAGE(codes(out).empty(), messages(out));
  CHECK(out.agreement.passes == 1);
  CHECK(pass_of(out, "rate") == -1);
  CHECK(pass_of(out, "doubled") == -1);
  CHECK(pass_of(out, "unread") == 0);
  CHECK(pass_of(out, "owed") == 0);
}

TEST_CASE("each reading of a coarser value starts a further pass") {
  const Checked out = checked(tickets(R"(
  rule count_of per month = count(Ticket of opened)
  rule share per Ticket = count_of of the month of opened
  rule sum_of per month = sum(share over Ticket of opened)
  rule again per Ticket = sum_of of the month of opened
  rule all per agreement = sum(again over Ticket)
)"));
  CHECK_MESSAGE(codes(out).empty(), messages(out));
  CHECK(pass_of(out, "count_of") == 0);
  CHECK(pass_of(out, "share") == 1);
  CHECK(pass_of(out, "sum_of") == 1);
  CHECK(pass_of(out, "again") == 2);
  CHECK(pass_of(out, "all") == 2);
  CHECK(out.agreement.passes == 3);
}

TEST_CASE("a period that reads another period stays in its pass") {
  const Checked out = checked(tickets(R"(
  rule by_quarter per quarter = count(Ticket of opened)
  rule by_month per month = by_quarter of the quarter of period_start
)"));
  CHECK_MESSAGE(codes(out).empty(), messages(out));
  CHECK(out.agreement.passes == 1);
}

TEST_CASE("constructs may stand before what they read") {
  const Checked out = checked(tickets(R"(
  remedy Refund for missed Resolution { credit rate of GBP 100.00 for each missed Resolution }
  rule rate per agreement = 2%
  commitment Resolution for Urgent by Company { from opened until resolved
    within 2 days }
  define Urgent as Ticket where severity = P1
)"));
  CHECK_MESSAGE(codes(out).empty(), messages(out));
  CHECK(pass_of(out, "rate") == -1);
}

TEST_CASE("what reads itself is reported with the whole circle") {
  const Checked out = checked(tickets("  rule a per Ticket = b + 1\n  rule b per Ticket = c + 1\n  rule c per Ticket = a + 1\n"));
  CHECK(codes(out) == "C0003");
  CHECK(messages(out).find("`a` reads `b`, which reads `c`, which reads `a`") != std::string::npos);
  CHECK(codes(checked(tickets("  out of scope Ticket where missed Resolution\n  commitment Resolution for Ticket by Company { from opened until resolved\n    "
                              "within 2 days }\n"))) == "C0003");
  CHECK(codes(checked(tickets(
            "  commitment Resolution for Ticket by Company { from opened until resolved\n    within 2 days\n    excused when missed Resolution }\n"))) ==
        "C0003");
}

}  // namespace writ::check_test
