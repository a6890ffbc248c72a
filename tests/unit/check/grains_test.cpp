// What a value is per, and how it reaches another grain: totals, periods, the whole term.
#include <doctest/doctest.h>

#include "checked.h"
#include "ir/print.h"

namespace writ::check_test {
namespace {

constexpr std::string_view resolution = "commitment Resolution for Ticket by Company {\nfrom opened until resolved\nwithin 2 business hours\n}\n";

std::string codes_of(std::string_view lines) {
  const Checked out = checked(tickets(std::string(resolution) + std::string(lines)));
  INFO(messages(out));
  return codes(out);
}

std::string core(std::string_view lines, std::string_view name = "a") {
  const Checked out = checked(tickets(std::string(resolution) + std::string(lines)));
  if (!codes(out).empty()) return codes(out);
  const std::string text = definition(out, name);
  const size_t equals = text.find("= ");
  return text.substr(equals + 2, text.find('\n', equals) - equals - 2);
}

std::string texts_of(std::string_view lines) {
  const Checked out = checked(tickets(std::string(resolution) + std::string(lines)));
  return messages(out);
}

bool says(std::string_view lines, std::string_view part) { return texts_of(lines).find(part) != std::string::npos; }

constexpr std::string_view monthly = "rule m per month = sum(fee over Ticket of opened)\n";

}  // namespace

TEST_CASE("a grain error reads as one") {
  CHECK(codes_of("rule a per month = severity = P1") == "C0200");
  CHECK(says("rule a per month = severity = P1", "`severity` is per Ticket, and this is per month"));
  CHECK(says("rule a per month = severity = P1", "count(Ticket where severity ... of opened)"));
  CHECK(codes_of("rule f per Ticket = fee\nrule a per month = f") == "C0200");
  CHECK(says("rule f per Ticket = fee\nrule a per month = f", "sum(f over Ticket of opened)"));
  CHECK(says("rule a per month = missed Resolution", "misses of Resolution"));
  CHECK(codes_of("rule a = fee") == "C0200");
  CHECK(codes_of(std::string(monthly) + "rule a per Ticket = m") == "C0201");
  CHECK(says(std::string(monthly) + "rule a per Ticket = m", "m of the month of opened"));
  CHECK(codes_of(std::string(monthly) + "rule a per quarter = m") == "C0201");
  CHECK(codes_of(std::string(monthly) + "rule a = m") == "C0201");
  CHECK(says(std::string(monthly) + "rule a = m", "sum(m over months)"));
  CHECK(codes_of("rule a per Ticket = period_start") == "C0202");
}

TEST_CASE("a value of the whole agreement is read everywhere") {
  CHECK(codes_of("rule limit = 3\nrule a per Ticket = limit + 1\nrule b per month = limit + 1\nrule c = limit + 1") == "");
}

TEST_CASE("totals over records") {
  CHECK(core("rule a = count(Ticket)") == "count(Ticket)");
  CHECK(core("rule a = count(Ticket where severity = P1)") == "count(Ticket where eq(.severity, P1))");
  CHECK(core("rule a per month = count(Ticket where severity = P1 of opened)") == "count(Ticket where eq(.severity, P1) placed by .opened per month)");
  CHECK(core("rule a per month = count(Ticket where severity in {P1, P2} of opened)") ==
        core("rule a per month = count(Ticket where (severity in {P1, P2}) of opened)"));
  CHECK(core("rule a per month = count(Ticket where resolved is given of resolved)") ==
        "count(Ticket where is_given(.resolved) placed by .resolved per month)");
  CHECK(core("rule a per month = count(Ticket where not resolved is not yet of opened)") ==
        core("rule a per month = count(Ticket where not (resolved is not yet) of opened)"));
  CHECK(core("rule a per month = count(Ticket of opened)") == "count(Ticket placed by .opened per month)");
  CHECK(core("rule a = count(score over Ticket)") == "count(Ticket where is_given(.score))");
  CHECK(core("rule a = sum(fee over Ticket where severity = P1)") == "sum(.fee over Ticket where eq(.severity, P1))");
  CHECK(core("rule a = sum(score over Ticket)") == "sum(.score over Ticket)");  // absent ones are passed over
  CHECK(core("rule a = share(severity = P1 over Ticket)") == "mean(select(eq(.severity, P1), 100%, 0%) over Ticket)");
  CHECK(core("define Urgent as Ticket where severity = P1\nrule a = count(Urgent)") == "count(Ticket where Urgent)");
  CHECK(core("rule a = count(Resolution)") == "count(Ticket where Resolution.applies)");
  CHECK(codes_of("rule a = sum(resolved - opened over Ticket where resolved is given)") == "");
  CHECK(codes_of("rule a = min(opened over Ticket)") == "");
  CHECK(codes_of("rule a per month = mean(elapsed(opened, resolved) over Ticket where resolved is given of resolved)") == "");
}

TEST_CASE("totals that cannot be made") {
  CHECK(codes_of("rule a per month = count(Ticket)") == "C0203");
  CHECK(codes_of("rule a = count(Ticket of opened)") == "C0204");
  CHECK(codes_of("rule a = count(Ticket where resolved is given of opened)") == "C0204");
  CHECK(codes_of("rule a per Ticket = resolved is given of opened") ==
        codes_of("rule a per Ticket = (resolved is given) of opened"));  // no total: a share of a yes
  CHECK(codes_of("rule a per Ticket = (resolved is given) of opened") != "");
  CHECK(codes_of("rule a per Ticket = count(Ticket)") == "C0205");
  CHECK(codes_of("rule a per Ticket = attainment(Resolution)") == "C0205");
  CHECK(codes_of("rule a per Ticket = misses of Resolution") == "C0205");
  CHECK(codes_of("rule a = sum(severity over Ticket)") == "C0206");
  CHECK(codes_of("rule a = sum(severity = P1 over Ticket)") == "C0206");
  CHECK(codes_of("rule a = mean(fee / GBP 3.00 over Ticket)") == "C0206");
  CHECK(codes_of("rule a = share(fee over Ticket)") == "C0100");
  CHECK(codes_of("rule a = sum(Ticket)") == "C0207");
  CHECK(codes_of("rule a = count(fee)") == "C0001");
  CHECK(codes_of("rule a = nps(score over Ticket)") == "C0001");
  CHECK(codes_of("rule a per month = count(Ticket of severity)") == "C0100");
  CHECK(codes_of("rule a = count(Severity)") == "C0005");
}

TEST_CASE("misses and attainment are placed by the due instant") {
  CHECK(core("rule a per month = misses of Resolution") == "count(Ticket where outcome_is(Resolution, missed) placed by Resolution.due per month)");
  CHECK(core("rule a = misses of Resolution") == "count(Ticket where outcome_is(Resolution, missed))");
  CHECK(codes_of("rule a per month = attainment(Resolution) is given and attainment(Resolution) < 95%") == "C0104");
  CHECK(codes_of("rule att per month = attainment(Resolution)\nrule a per month = att is given and att < 95%") == "");
  CHECK(codes_of("rule a per month = attainment(Ticket)") == "C0005");
  CHECK(codes_of("rule a per month = attainment(5)") == "C0139");
}

TEST_CASE("equal totals are one aggregate") {
  const Checked out = checked(tickets(std::string(resolution) + "rule a = count(Ticket where severity = P1)\nrule b = count(Ticket where severity = P1) + 1"));
  REQUIRE(codes(out).empty());
  int counts = 0;
  for (uint32_t i = 0; i < out.agreement.aggregates.size(); ++i)
    if (ir::print_aggregate(out.agreement, {i}) == "count(Ticket where eq(.severity, P1))") ++counts;
  CHECK(counts == 1);
}

TEST_CASE("from a period to a record, and from the periods to the whole term") {
  CHECK(core(std::string(monthly) + "rule a per Ticket = m of the month of opened") == "at_period(.opened, m)");
  CHECK(codes_of(std::string(monthly) + "rule a per Ticket = (m of the month of opened) + GBP 1.00") == "");
  CHECK(codes_of(std::string(monthly) + "rule a per Ticket = (m of the month of resolved) + GBP 1.00") == "C0104");
  CHECK(codes_of(std::string(monthly) + "rule a per Ticket = (m of the month of Resolution.due) otherwise GBP 1.00") == "");
  CHECK(codes_of(std::string(monthly) + "rule a per Ticket = m of the quarter of opened") == "C0201");
  CHECK(core(std::string(monthly) + "rule a = sum(m over months)") == "over_periods(m, sum)");
  CHECK(core(std::string(monthly) + "rule a = max(m over months) otherwise GBP 0.00") == "otherwise(over_periods(m, max), GBP 0.00)");
  CHECK(codes_of(std::string(monthly) + "rule a = count(months where m > GBP 5.00)") == "");
  CHECK(codes_of(std::string(monthly) + "rule a = sum(m over months where m > GBP 5.00)") == "");
  CHECK(codes_of(std::string(monthly) + "rule a = sum(m over quarters)") == "C0201");
  CHECK(codes_of(std::string(monthly) + "rule a = mean(m over months)") == "C0001");
  CHECK(codes_of(std::string(monthly) + "rule a per year = sum(m over months)") == "C0208");
  CHECK(codes_of(std::string(monthly) + "rule a = sum(months)") == "C0207");
  CHECK(codes_of(std::string(monthly) + "rule a = count(m over months)") == "C0206");
  // Exact quotients do not add up; the largest of them is one of them.
  CHECK(codes_of("rule q per month = share(fee > GBP 1.00 over Ticket of opened) otherwise 0%\nrule a = sum(q over months)") == "C0206");
  CHECK(codes_of("rule q per month = share(fee > GBP 1.00 over Ticket of opened) otherwise 0%\nrule a = max(q over months)") == "");
}

TEST_CASE("shares of a period by days") {
  CHECK(core("rule a per month = rounded(prorated(GBP 10.00), 2)") == "round(prorate(GBP 10.00), half up, 2 digits)");
  CHECK(codes_of("rule a : money per month = prorated(GBP 10.00)") == "C0111");
  CHECK(codes_of("rule a = prorated(GBP 10.00)") == "C0202");
}

TEST_CASE("ranges travel with values, so that unknown records can be bounded") {
  const Checked out = checked(tickets("rule a per Ticket = if severity = P1 then (score otherwise 0) else 20"));
  REQUIRE(codes(out).empty());
  for (const ir::Definition& each : out.agreement.definitions)
    if (each.name == "a") {
      CHECK(each.type.has_range);
      CHECK(each.type.low == 0);
      CHECK(each.type.high == 20);
    }
}

}  // namespace writ::check_test
