// The lines below `agreement`, and the modules.
#include <doctest/doctest.h>

#include "checked.h"

namespace writ::check_test {
namespace {

std::string header(std::string_view lines) {
  return "agreement \"Test\"\nbetween Company as provider \"Company Ltd\"\nand Client as customer \"Client plc\"\n" + std::string(lines);
}

std::string codes_of(std::string text) { return codes(checked(std::move(text))); }

}  // namespace

TEST_CASE("a header says who, when, where and in which money") {
  const Checked out =
      checked(header("signed 2025-12-18T16:30\neffective 2026-07-01\nterm 24 months\ncurrency JPY\ntime zone \"Europe/London\"\nround half even\n"));
  CHECK_MESSAGE(codes(out).empty(), messages(out));
  const ir::Agreement& agreement = out.agreement;
  REQUIRE(agreement.parties.size() == 2);
  CHECK(agreement.parties[1].printed == "Client plc");
  CHECK(agreement.enums[agreement.party_enum].members == std::vector<std::string>{"Company", "Client"});
  CHECK(agreement.signed_at == value::parse_instant("2025-12-18T16:30Z").value);
  CHECK(value::format_date(agreement.effective) == "2026-07-01");
  CHECK(value::format_date(agreement.end) == "2028-07-01");
  CHECK(agreement.currencies[agreement.currency].minor_digits == 0);
  CHECK(agreement.rounding == value::Rounding::half_even);
  CHECK(agreement.month_end == value::MonthEnd::none);
}

TEST_CASE("the term ends on a day, or after a length") {
  const auto end = [](std::string_view term) {
    const Checked out = checked(header("effective 2026-01-31\ntime zone \"UTC\"\nterm " + std::string(term) + "\n"));
    return codes(out).empty() ? value::format_date(out.agreement.end) : codes(out);
  };
  CHECK(end("until 2027-12-31") == "2028-01-01");
  CHECK(end("until 2026-01-31") == "2026-02-01");
  CHECK(end("until 2026-01-30") == "C0433");
  CHECK(end("2 weeks") == "2026-02-14");
  CHECK(end("2 years") == "2028-01-31");
  CHECK(end("1 month") == "C0434");  // no 31 February, and no rule
  CHECK(end("1 quarter") == "C0434");
  CHECK(end("0 days") == "C0433");
  CHECK(end("8 hours") == "C0433");
  CHECK(end("2027-12-31") == "C0433");
}

TEST_CASE("a month after the 31st ends as the header says") {
  const auto end = [](std::string_view rule) {
    const Checked out =
        checked(header("effective 2026-01-31\ntime zone \"UTC\"\nterm 1 month\na month after the 31st ends on the " + std::string(rule) + "\n"));
    return codes(out).empty() ? value::format_date(out.agreement.end) : messages(out);
  };
  CHECK(end("last day of a shorter month") == "2026-02-28");
  CHECK(end("first day of the next month") == "2026-03-01");
}

TEST_CASE("lines that are missing, doubled or wrong") {
  CHECK(codes_of(header("effective 2026-01-01\nterm 1 year\ntime zone \"UTC\"\n")) == "");
  CHECK(codes_of(header("term 1 year\ntime zone \"UTC\"\n")) == "C0431");
  CHECK(codes_of(header("effective 2026-01-01\ntime zone \"UTC\"\n")) == "C0431");
  CHECK(codes_of(header("effective 2026-01-01\nterm 1 year\n")) == "C0431");
  for (const std::string_view far :
       {"effective 0001-01-01\nterm 12 months", "effective 1582-12-31\nterm 12 months", "effective 2026-01-01\nterm 101 years",
        "effective 2026-01-01\nterm until 2226-12-31", "effective 9990-01-01\nterm 2 years", "effective 2026-01-01\nterm 36600 weeks"})
    CHECK(codes_of(header(std::string(far) + "\ntime zone \"UTC\"\n")) == "C0439");
  CHECK(codes_of(header("effective 1583-01-01\nterm 100 years\ntime zone \"UTC\"\n")) == "");
  CHECK(codes_of(header("effective 2026-02-30\nterm 1 year\ntime zone \"UTC\"\n")) == "C0452");
  CHECK(codes_of(header("effective 2026-01-01\nterm 1 year\ntime zone \"Europe/Londn\"\n")) == "C0435");
  CHECK(codes_of(header("effective 2026-01-01\nterm 1 year\ntime zone \"../../etc/passwd\"\n")) == "C0435");
  CHECK(codes_of(header("effective 2026-01-01\nterm 1 year\ntime zone \"UTC\"\ncurrency GPB\n")) == "C0437");
  CHECK(codes_of("agreement \"Test\"\neffective 2026-01-01\nterm 1 year\ntime zone \"UTC\"\n") == "C0432");
}

TEST_CASE("a local time of the signature is read in the agreement's zone") {
  const Checked out = checked(header("signed 2026-07-01\neffective 2026-07-01\nterm 1 year\ntime zone \"Europe/London\"\n"));
  CHECK(out.agreement.signed_at == value::parse_instant("2026-06-30T23:00Z").value);  // summer time
}

TEST_CASE("modules") {
  const ModuleText days{"house.days",
                        "module house.days\nholidays shut \"Our days\" {\n  source \"the board\"\n  years 2020..2030\n  fixed 24 December \"Eve\"\n}\n"};
  const std::string calendar = "calendar Own { open Mon..Fri 09:00..17:00\n closed shut }\n";
  const Checked fine = checked(agreement("use house.days\n" + calendar), {days});
  CHECK_MESSAGE(codes(fine).empty(), messages(fine));
  CHECK(fine.agreement.calendars.items.back().rules.holidays.size() == 11);
  CHECK(codes(checked(agreement(calendar), {days})) == "C0001");  // not used, so not seen
  const Checked wrong = checked(agreement("use std.holidays.england_and_wale\n"));
  CHECK(codes(wrong) == "C0400");
  CHECK(messages(wrong).find("did you mean `use std.holidays.england_and_wales`?") != std::string::npos);
  CHECK(codes_of("param x : int = 1\n") == "C0401");
  CHECK(codes_of("module a.b\nenum E { x, y }\n") == "");
}

}  // namespace writ::check_test
