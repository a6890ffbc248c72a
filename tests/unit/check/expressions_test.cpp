// Units, currencies, optionals: which sentences have a value, and what the others should say.
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

// Codes of `rule a per Ticket = ...`.
std::string of(std::string_view expression) { return codes_of("rule a per Ticket = " + std::string(expression)); }

// The expression as the core has it, or the codes.
std::string core(std::string_view expression) {
  const Checked out = checked(tickets("rule a per Ticket = " + std::string(expression)));
  if (!codes(out).empty()) return codes(out);
  const std::string text = definition(out, "a");
  const size_t equals = text.find("= ");
  return text.substr(equals + 2, text.find('\n', equals) - equals - 2);
}

std::string type(std::string_view expression) {
  const Checked out = checked(tickets("rule a per Ticket = " + std::string(expression)));
  if (!codes(out).empty()) return codes(out);
  for (const ir::Definition& each : out.agreement.definitions)
    if (each.name == "a") return ir::print_type(out.agreement, each.type);
  return "no definition";
}

std::string help(std::string_view expression) {
  const Checked out = checked(tickets("rule a per Ticket = " + std::string(expression)));
  REQUIRE(out.sink.diagnostics.size() == 1);
  REQUIRE(!out.sink.diagnostics[0].helps.empty());
  return out.sink.diagnostics[0].helps[0];
}

}  // namespace

TEST_CASE("exact numbers: scales meet, add up and are kept") {
  CHECK(core("2.50 + 1") == "3.50");
  CHECK(core("0.1 * 0.1") == "0.01");
  CHECK(core("15% of GBP 200.00") == "GBP 30.0000");
  CHECK(core("15% of 200") == "30.00");
  CHECK(type("15% of 200") == "number with 2 decimals in 30.00..30.00");
  CHECK(type("fee * 2") == "money GBP");
  CHECK(type("fee * 1.5") == "money GBP with 3 decimals");
  CHECK(core("7 / 2") == "div(7, 2)");
  CHECK(core("8 / 2") == "4");
  CHECK(core("fee + GBP 1.005") == "add(rescale(.fee, by 1 digits), GBP 1.005)");
  CHECK(core("min(3, 1.5)") == "1.5");
}

TEST_CASE("units that do not meet") {
  CHECK(of("GBP 5.00 + 3 days") == "C0121");
  CHECK(of("GBP 5.00 + 3 hours") == "C0101");
  CHECK(of("fee + 5") == "C0101");
  CHECK(help("fee + 5") == "write `GBP 5` if it is an amount");
  CHECK(of("fee + USD 5.00") == "C0102");
  CHECK(of("fee > USD 5.00") == "C0102");
  CHECK(of("fee + 5%") == "C0101");
  CHECK(help("fee + 5%") == "a percentage is not money: write `5% of` an amount");
  CHECK(of("fee * fee") == "C0101");
  CHECK(of("3 / fee") == "C0101");
  CHECK(of("5% + 1") == "C0101");
  CHECK(of("5% + 0") == "");
  CHECK(of("10 of fee") == "C0135");
  CHECK(of("true + 1") == "C0101");
  CHECK(of("not fee") == "C0100");
  CHECK(of("-severity") == "C0100");
}

TEST_CASE("no factor turns one kind of time into another") {
  CHECK(of("2 hours + 2 business hours") == "C0101");
  CHECK(of("2 business hours < 2 hours") == "C0101");
  CHECK(of("2 hours + 2") == "C0101");
  CHECK(of("elapsed(opened, as_of) < 2") == "C0101");
  CHECK(of("3 days") == "C0117");
  CHECK(of("8 hours / 2 hours = 4") == "");
  CHECK(of("3 * 2 hours > 5 hours") == "");
  CHECK(of("1.5 * 2 hours") == "C0101");
  CHECK(core("1.5 hours") == "90 minutes");
  CHECK(of("0.0000001 seconds") == "C0122");
  CHECK(of("date(opened) + 1.5 days") == "C0122");
  CHECK(of("opened + (0 - 2) business hours") == "C0123");
}

TEST_CASE("dates and instants") {
  CHECK(core("opened + 2 business hours") == "deadline_open(.opened, 2 business hours, on Support)");
  CHECK(core("opened - 2 business hours") == "subtract_open(.opened, 2 business hours, on Support)");
  CHECK(core("opened + 2 hours") == "add_duration(.opened, 2 hours)");
  CHECK(core("date(opened) + 2 business days") == "add_business_days(date_of(.opened), 2 business days, on Support)");
  CHECK(core("date(opened) - 3 weeks") == "add_days(date_of(.opened), -21 days)");
  CHECK(core("date(opened) + 1 quarter") == "add_months(date_of(.opened), 3 months)");
  CHECK(core("2026-01-31 + 1 month") == "2026-02-28");
  CHECK(core("2026-03-05 - 2026-03-01") == "4");
  CHECK(core("as_of - opened") == "between(.opened, as_of)");
  CHECK(core("last_of_month(2026-02-05)") == "2026-02-28");
  CHECK(of("opened + 3 days") == "C0118");
  CHECK(of("opened - 2 business days") == "C0120");
  CHECK(of("date(opened) + 2 business hours") == "C0119");
  CHECK(of("date(opened) + 2 hours") == "C0101");
  CHECK(of("opened + 3") == "C0101");
  CHECK(of("opened > 2026-01-05") == "C0103");
  CHECK(help("opened > 2026-01-05").find("date(opened)") != std::string::npos);
  CHECK(of("opened - date(opened)") == "C0103");
  CHECK(of("date(2026-01-05)") == "C0100");
  CHECK(of("2026-03") == "C0132");
}

TEST_CASE("months need the header's rule, business time a calendar") {
  const std::string bare = "agreement \"T\"\nbetween A as provider \"A\"\nand B as customer \"B\"\neffective 2026-01-01\nterm 1 year\ntime zone \"UTC\"\n";
  CHECK(codes(checked(bare + "rule a = 2026-01-31 + 1 month\n")) == "C0107");
  CHECK(codes(checked(bare + "rule a = 2026-01-31 + 30 days\n")) == "");
  CHECK(codes(checked(bare + "rule a = 2 business hours\n")) == "C0106");
  CHECK(codes(checked(bare + "rule a = rounded(1 / 3, 2)\n")) == "C0138");
  const std::string two = "calendar X {\nopen Mon..Fri 09:00..17:00\nclosed never\n}\n";
  CHECK(codes(checked(bare + two + "rule a = 2 business hours\n")) == "C0106");
  CHECK(codes(checked(bare + two + "rule a = 2 business hours on X\n")) == "");
  CHECK(of("2 hours on Support") == "C0125");
  CHECK(of("date(opened) on Support") == "C0125");
}

TEST_CASE("comparisons that always come out the same are mistakes of scale") {
  CHECK(of("score is given and score > 12") == "C0108");
  CHECK(of("score is given and score between 0 and 10") == "");
  CHECK(of("score is given and -1 < score") == "C0108");
  CHECK(of("severity > P1") == "C0115");
  CHECK(of("id < \"x\"") == "C0115");
}

TEST_CASE("percentages are written as percentages") {
  const std::string share = "rule s per month = share(severity = P1 over Ticket of opened) otherwise 0%\nrule a per month = s ";
  CHECK(codes_of(share + "> 95%") == "");
  CHECK(codes_of(share + "> 0.95") == "C0101");
  CHECK(codes_of(share + "> 95") == "C0101");
  CHECK(codes_of(share + "> 120%") == "C0108");
  CHECK(codes_of(share + "> 0") == "");
  // 40% beside points would be 0.4 of them; a quotient of amounts takes both.
  CHECK(of("(score otherwise 0) > 40%") == "C0101");
  CHECK(of("(score otherwise 0) > 0%") == "");
  CHECK(codes_of("rule m per month = mean(score over Ticket of opened) otherwise 0\nrule a per month = m > 40%") == "C0101");
  CHECK(of("fee / GBP 3.00 > 40%") == "");
  CHECK(of("fee / GBP 3.00 > 2") == "");
}

TEST_CASE("what may be absent is asked first") {
  CHECK(of("resolved - opened") == "C0104");
  CHECK(of("resolved > opened") == "C0104");
  CHECK(of("score + 1") == "C0104");
  CHECK(of("open_time(opened, resolved)") == "C0127");
  CHECK(of("resolved is given and resolved > opened") == "");
  CHECK(of("resolved is not yet or resolved > opened") == "");
  CHECK(of("not (resolved is given) or resolved > opened") == "");
  CHECK(of("if resolved is given then resolved - opened else 0 hours") == "");
  CHECK(of("if resolved is not yet then 0 hours else resolved - opened") == "");
  CHECK(of("(resolved otherwise as_of) - opened") == "");
  CHECK(of("earliest(resolved, planned) - opened") == "C0104");
  CHECK(of("latest(resolved, opened) - opened") == "");
  CHECK(of("caused_by = Client") == "");
  CHECK(of("caused_by = none") == "");
  CHECK(of("caused_by is none") == "");
  CHECK(of("resolved is none") == "C0128");
  CHECK(of("opened is given") == "C0129");
  CHECK(of("score is unknown") == "C0130");
  CHECK(of("(resolved is given or planned is given) and resolved > opened") == "C0104");
  CHECK(of("(resolved is given and planned is given) and resolved > planned") == "");
  CHECK(of("score = 3 and score + 1 > 3") == "");
  CHECK(of("resolved > opened and resolved is given") == "C0104");  // read from left to right
}

TEST_CASE("absences as values") {
  CHECK(of("none") == "C0126");
  CHECK(of("if severity = P1 then fee else none") == "");
  CHECK(of("if severity = P1 then none else fee") == "C0126");
  CHECK(of("if severity = P1 then 5 else fee") == "C0136");
  CHECK(of("score otherwise fee") == "C0136");
}

TEST_CASE("calls") {
  CHECK(of("rounded(fee)") == "C0134");
  CHECK(of("rounded(1 / 3, 2) = 0.33") == "");
  CHECK(of("rounded(fee, severity)") == "C0200");
  CHECK(of("rounded(severity, 2)") == "C0100");
  CHECK(of("rounded(fee, 30)") == "C0113");
  CHECK(of("max(1, fee)") == "C0101");
  CHECK(of("min(score, 3)") == "C0104");
  CHECK(of("prorated(fee)") == "C0202");
  CHECK(of("1 / 0") == "C0116");
  CHECK(of("0.123456789 * 0.1234567891") == "C0113");
  CHECK(of("business_days(date(opened), date(opened) + 30 days) on Support > 3") == "");
  CHECK(of("next_business_day(date(opened)) > previous_business_day(date(opened))") == "");
  CHECK(of("is_open(opened) and is_business_day(date(opened)) and next_opening(opened) < next_closing(opened)") == "");
}

TEST_CASE("histories") {
  CHECK(core("status at opened") == "history_at(.opened, row.status)");
  CHECK(core("first status = waiting") == "history_first(where eq(row.status, waiting))");
  CHECK(of("(status at opened) = working") == "");
  CHECK(of("stats at opened") == "C0007");
  CHECK(of("status at resolved") == "C0127");
  CHECK(of("status = working") == "C0200");
  CHECK(of("first severity = P1") == "C0200");
}

}  // namespace writ::check_test
