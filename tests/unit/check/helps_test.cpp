// What a help says to write is accepted when it is written.
#include <doctest/doctest.h>

#include "checked.h"

namespace writ::check_test {
namespace {

struct Row {
  std::string_view bad;
  std::string_view code;
  std::string_view help;    // a part of it
  std::string_view mended;  // as that help says
};

constexpr std::string_view before = R"(commitment Resolution for Ticket by Company {
  from opened until resolved
  within 2 hours
}
rule monthly : money per month = sum(fee over Ticket of opened)
)";

Checked with(std::string_view line) { return checked(tickets(std::string(before) + std::string(line))); }

constexpr Row rows[] = {
    {"rule a per Ticket = resolved - opened", "C0104", "`if resolved is given then ... else ...`",
     "rule a per Ticket = if resolved is given then resolved - opened else 0 hours"},
    {"rule a per Ticket = resolved > opened", "C0104", "`(resolved otherwise ...)`", "rule a per Ticket = (resolved otherwise as_of) > opened"},
    {"rule a per month = attainment(Resolution) < 95%", "C0104", "say what holds then: `(attainment(Resolution) otherwise ...)`",
     "rule a per month = (attainment(Resolution) otherwise 100%) < 95%"},
    {"rule a per Ticket = (monthly of the month of resolved) + fee", "C0104", "say what holds then: `(monthly of the month of resolved otherwise ...)`",
     "rule a per Ticket = (monthly of the month of resolved otherwise GBP 0.00) + fee"},
    {"rule a per Ticket = fee / sum(fee over Ticket)", "C0205", "`rule total = sum(fee over Ticket)` is read here as `total`",
     "rule total = sum(fee over Ticket)\nrule a per Ticket = fee / total"},
    {"rule a per Ticket = attainment(Resolution) < 95%", "C0205", "`total of the month of ...`",
     "rule total per month = attainment(Resolution)\nrule a per Ticket = (total of the month of opened otherwise 100%) < 95%"},
    {"rule a : int = 2.5", "C0112", "write a whole number, or declare more digits, as in `decimal 1`", "rule a : decimal 1 = 2.5"},
    {"rule a : decimal 1 = 2.25", "C0112", "write at most 1 digit after the point, or declare more digits, as in `decimal 2`", "rule a : decimal 1 = 2.2"},
    {"rule a : int per Ticket = 1.5 * (score otherwise 0)", "C0112", "`rounded(1.5 * (score otherwise 0), 0)`",
     "rule a : int per Ticket = rounded(1.5 * (score otherwise 0), 0)"},
    {"rule a : instant per Ticket = resolved", "C0127", "`resolved otherwise ...`", "rule a : instant per Ticket = resolved otherwise as_of"},
    {"rule a : instant or none per Ticket = resolved", "C0127", "or declare it `or not yet`", "rule a : instant or not yet per Ticket = resolved"},
    {"rule a = 2026-03-01 + 1.5 days", "C0122", "counted whole: write a whole number", "rule a = 2026-03-01 + 2 days"},
    {"rule a per Ticket = opened + 0.00005 milliseconds", "C0122", "write a whole number of a smaller unit", "rule a per Ticket = opened + 1 microseconds"},
    {"rule a per Ticket = opened + (0 - 2) hours", "C0123", "`opened - 2 hours`", "rule a per Ticket = opened - 2 hours"},
    {"rule a per Ticket = fee + USD 5.00", "C0102", "`amount / USD 1 * rate`", "rule rate = GBP 0.79\nrule a per Ticket = fee + USD 5.00 / USD 1 * rate"},
    {"rule a per Ticket = fee > USD 5.00", "C0102", "`rate` is what USD 1 is worth in GBP",
     "rule rate = GBP 0.79\nrule a per Ticket = fee > USD 5.00 / USD 1 * rate"},
    {"rule a per month = count(Ticket where severity = P1)", "C0203", "`count(Ticket where severity = P1 of opened)`",
     "rule a per month = count(Ticket where severity = P1 of opened)"},
    {"rule a = monthly", "C0201", "`sum(monthly over months)`", "rule a = sum(monthly over months)"},
    {"rule a per year = max(monthly over months)", "C0208", "`rule total = max(monthly over months)`",
     "rule total = max(monthly over months)\nrule a per year = total"},
};

}  // namespace

TEST_CASE("what a help says to write is accepted") {
  for (const Row& row : rows) {
    CAPTURE(row.bad);
    const Checked bad = with(row.bad);
    const std::string said = messages(bad);
    CHECK_MESSAGE(codes(bad) == row.code, said);
    CHECK_MESSAGE(said.find(row.help) != std::string::npos, said);
    const Checked mended = with(row.mended);
    CHECK_MESSAGE(codes(mended).empty(), messages(mended));
  }
}

TEST_CASE("no help asks a total whether it is given") {
  CHECK(messages(with("rule a per month = attainment(Resolution) < 95%")).find("is given") == std::string::npos);
  CHECK(codes(with("rule a per month = attainment(Resolution) is given and attainment(Resolution) < 95%")) == "C0104");
}

TEST_CASE("a help names a period of the term") {
  const auto expecting = [](const std::string& line) {
    std::string text = tickets(before) + "scenario \"none\", as of 2028-01-01 {\nexpect " + line + "\n}\n";
    return checked(text.replace(text.find("2026-01-01"), 10, "2027-03-15"));
  };
  CHECK(messages(expecting("monthly = GBP 0.00")).find("`expect monthly in 2027-03 = ...`") != std::string::npos);
  CHECK(codes(expecting("monthly in 2027-03 = GBP 0.00")).empty());
}

}  // namespace writ::check_test
