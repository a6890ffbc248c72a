// Decisions of the lowering that no golden file shows.
#include <doctest/doctest.h>

#include "checked.h"

namespace writ::check_test {
namespace {

constexpr std::string_view resolution = "  commitment Resolution for Ticket by Company { from opened until resolved\n    within 2 days }\n";
constexpr std::string_view loyalty = R"(
  metric score_mean = mean(score) over Ticket, per quarter of opened
  benchmark Loyalty { score_mean at least 5
    if missed: Refund }
)";

Checked with(std::string_view a, std::string_view b = "", std::string_view c = "") {
  return checked(tickets(std::string(a) + std::string(b) + std::string(c)));
}

bool sound(const Checked& out) {
  CHECK_MESSAGE(codes(out).empty(), messages(out));
  return codes(out).empty();
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the period of a credit: its own, else the cap's, else the benchmark's, else the month") {
  const auto period = [](std::string_view lines, std::string_view missed = "Resolution") {
    const Checked out = with(resolution, loyalty, "  remedy Refund for missed " + std::string(missed) + " {\n" + std::string(lines) + "\n  }\n");
    return sound(out) ? std::string(out.agreement.credits.items[0].period == ir::PeriodKind::month     ? "month"
                                    : out.agreement.credits.items[0].period == ir::PeriodKind::quarter ? "quarter"
                                                                                                       : "year")
                      : codes(out);
  };
  CHECK(period("credit 5% of fee for each missed Resolution") == "month");
  CHECK(period("credit 5% of fee for each missed Resolution\ncap GBP 5.00 per year") == "year");
  CHECK(period("credit 5% of fee for each missed Resolution\ncap GBP 5.00\nper quarter") == "quarter");
  CHECK(period("credit GBP 5.00 for missed Loyalty", "Loyalty") == "quarter");
}

TEST_CASE("the cap is prorated unless it holds in full") {
  const auto cap = [](std::string_view line) {
    return definition(with(resolution, "  remedy Refund for missed Resolution { credit 5% of fee for each missed Resolution\n" + std::string(line) + "\n  }\n"),
                      "Refund.cap");
  };
  CHECK(contains(cap("cap 15% of GBP 99.00 per month"), "= round(prorate(GBP 14.8500), to the lower, 2 digits)"));
  CHECK(contains(cap("cap 15% of GBP 99.00 per month, in full"), "= GBP 14.85"));
}

TEST_CASE("a credit in whole pennies needs no rounding line") {
  std::string text = tickets(std::string(resolution) + "  remedy Refund for missed Resolution { credit GBP 5.00 for each missed Resolution }\n");
  const std::string line = "round      half up, to the minor unit\n";
  text.erase(text.find(line), line.size());
  CHECK(codes(checked(text)) == "");
  text.replace(text.find("credit GBP 5.00"), 15, "credit 5% of fee");
  CHECK(codes(checked(text)) == "C0438");
}

TEST_CASE("a quotient is credited for a benchmark, rounded once") {
  const Checked out = with(loyalty, "  rule third per agreement = GBP 100.00 / 3\n  remedy Refund for missed Loyalty { credit third for missed Loyalty }\n");
  REQUIRE(sound(out));
  CHECK(contains(definition(out, "Refund.exact"), "ratio of money GBP"));
  CHECK(contains(definition(out, "Refund.rounded"), "round(Refund.exact, half up, 2 digits)"));
}

TEST_CASE("the largest among benchmarks is chosen for each period") {
  const Checked out = with(loyalty, R"(
  metric lowest = min(score) over Ticket, per quarter of opened
  benchmark Floor { lowest at least 1
    if missed: Refund }
  remedy Refund for missed Loyalty, Floor {
    credit largest of ( GBP 10.00 for missed Loyalty, GBP 20.00 for missed Floor )
  }
)");
  REQUIRE(sound(out));
  CHECK(contains(definition(out, "Refund.exact"),
                 "max(select(outcome_is(Loyalty, missed), GBP 10.00, GBP 0.00), select(outcome_is(Floor, missed), GBP 20.00, GBP 0.00))"));
  CHECK(out.agreement.credits.items[0].benchmarks.size() == 2);
}

TEST_CASE("an amount alone counts the misses, or belongs to one benchmark") {
  const std::string_view remedy = "  remedy Refund for missed Resolution { credit owed }\n";
  CHECK(codes(with(resolution, "  rule owed : money per month = 5% of GBP 10.00\n", remedy)) == "C0603");
  const Checked out = with(resolution, "  rule misses_now per month = misses of Resolution\n  rule owed : money per month = misses_now * GBP 10.00\n", remedy);
  REQUIRE(sound(out));
  CHECK(contains(definition(out, "Refund.exact"), "= owed"));
  const Checked benchmark = with(loyalty, "  remedy Refund for missed Loyalty { credit GBP 5.00 }\n");
  REQUIRE(sound(benchmark));
  CHECK(contains(definition(benchmark, "Refund.exact"), "select(outcome_is(Loyalty, missed), GBP 5.00, GBP 0.00)"));
}

TEST_CASE("terms about records of two kinds add up") {
  const Checked out = with(resolution, R"(
  remedy Refund for missed Resolution, Loyalty {
    credit sum of ( 5% of fee for each missed Resolution, GBP 20.00 for missed Loyalty )
    per quarter
  }
)",
                           loyalty);
  REQUIRE(sound(out));
  CHECK(contains(definition(out, "Refund.exact"), "add(Refund.Resolution, rescale(Refund.Loyalty, by 2 digits))"));
}

TEST_CASE("several mistakes of one remedy are told together, each once") {
  CHECK(
      codes(with(resolution,
                 "  remedy Refund for missed Resolution when nothing { credit sum of ( 5% for each missed Resolution, 6% for each missed Resolution ) }\n")) ==
      "C0001");
  CHECK(codes(with(resolution, "  remedy Refund for missed Resolution { credit sum of ( 5% for each missed Resolution, 6% for each missed Resolution ) }\n")) ==
        "C0600 C0600");
}

TEST_CASE("lines out of scope add up, and are checked also when nobody reads them") {
  const Checked out = with("  out of scope Ticket where severity = P3\n  out of scope Ticket where fee = GBP 0.00\n", resolution);
  REQUIRE(sound(out));
  CHECK(contains(definition(out, "Ticket.out_of_scope"), "= or(eq(.severity, P3), eq(.fee, GBP 0.00))"));
  CHECK(codes(with("  out of scope Ticket where severity = P9\n")) == "C0006");
  CHECK(codes(with("  out of scope Tickets where severity = P1\n")) == "C0001");
  CHECK(codes(with("  out of scope Tickets where severity = P1\n", resolution)) == "C0001");
}

TEST_CASE("a benchmark may test a rule, and several figures must be there") {
  const Checked out = with(loyalty, R"(
  rule doubled per quarter = misses of Resolution * 2
  benchmark Calm { doubled below 10
    if missed: Refund }
  remedy Refund for missed Calm { credit GBP 5.00 for missed Calm }
)",
                           resolution);
  REQUIRE(sound(out));
  CHECK(contains(definition(out, "Calm"), "judge_benchmark(lt(doubled, 10), true, is_given(doubled)"));
}

TEST_CASE("a right may ask a benchmark in each period") {
  const Checked out = with(loyalty,
                           "  remedy Refund for missed Loyalty { credit GBP 5.00 for missed Loyalty }\n  right Leave of Client { when any 2 consecutive "
                           "quarters have missed Loyalty }\n");
  REQUIRE(sound(out));
  CHECK(contains(definition(out, "Leave.condition"), "= outcome_is(Loyalty, missed)"));
}

TEST_CASE("holes of the prose") {
  const std::string tier = "  tier of Ticket { Critical when severity = P1\n    Standard otherwise }\n";
  const std::string commitment =
      "  commitment Fix for Ticket by Company { from opened until resolved\n    Critical : within 2 days\n    Standard : no commitment }\n";
  const auto codes_of = [&](std::string_view prose) { return codes(with("  \"\"\"\n  " + std::string(prose) + "\n  \"\"\"\n", tier, commitment)); };
  CHECK(codes_of("{Company} answers {Critical} requests within {Fix.Critical}, as {Fix} says; due {Fix.due}, {Severity.P1}, {{as it stands}}.") == "");
  CHECK(codes_of("{Compny}") == "C0700");
  CHECK(codes_of("{Fix.Urgent}") == "C0007");
  CHECK(codes_of("{Nothing.Critical}") == "C0700");
}

TEST_CASE("what this version does not read keeps its name") {
  const Checked out = with(loyalty, "  remedy Refund for missed Loyalty { Company delivers \"a plan\" within 5 days }\n");
  CHECK(codes(out) == "P0040");  // and no word about `Refund`
}

TEST_CASE("the acts are records with fields of a fixed order") {
  const Checked out = with(resolution,
                           "  remedy Refund for missed Resolution { credit GBP 5.00 for each missed Resolution }\n  right Leave of Client { when any 2 "
                           "consecutive months have at least 3 misses of Resolution }\n");
  REQUIRE(sound(out));
  const ir::Agreement& agreement = out.agreement;
  CHECK(agreement.enums[agreement.subject_enum].members == std::vector<std::string>{"Refund", "Leave"});
  CHECK(agreement.credits.items[0].subject == 0);
  CHECK(agreement.rights.items[0].subject == 1);
  for (const ir::RecordId id : {agreement.claim, agreement.notice, agreement.payment, agreement.exercise}) {
    const ir::Record& act = agreement.records[id];
    CHECK(act.act);
    REQUIRE(act.fields.size() == 4);
    CHECK(act.fields[static_cast<size_t>(ir::ActField::at)].name == "at");
    CHECK(act.fields[static_cast<size_t>(ir::ActField::period)].name == "period");
  }
}

}  // namespace writ::check_test
