// `facts ... from "..."`: a whole mapping, or a message for each hole in it.
#include <doctest/doctest.h>

#include "checked.h"

namespace writ::check_test {
namespace {

std::string tickets_from(std::string_view lines) {
  return R"(enum Severity { P1, P2 }
record Ticket since opened {
  id       : text, key
  severity : Severity
  opened   : instant
  resolved : instant or not yet
  fee      : money
  score    : 0..10 or none or unknown
  waited   : duration
  part     : percent
}
history of Ticket { at : instant, status : Status }
enum Status { working, waiting }
)" + std::string(lines);
}

std::string mapping(std::string_view from, std::string_view to, std::string_view more = "") {
  std::string lines = R"(facts Ticket from "tickets.csv" {
  id = column "number"
  severity = column "priority" { "1 - high" = P1, "2 - low" = P2 }
  opened = column "opened_at" as "d/M/yyyy HH:mm" in "Europe/Lisbon"
  resolved = column "closed_at" or column "resolved_at" as "d/M/yyyy HH:mm", "?" or "" means not yet
  fee = column "fee"
  score = column "score", "" means none, "?" means unknown
  waited = column "waited" as "seconds"
  part = column "part" as "fraction"
)";
  if (!from.empty()) {
    const size_t at = lines.find(from);
    REQUIRE(at != std::string::npos);
    lines.replace(at, from.size(), to);
  }
  return tickets_from(lines + std::string(more) + "}\n");
}

std::string codes_of(const std::string& lines) {
  const Checked out = checked(agreement(lines));
  INFO(messages(out));
  return codes(out);
}

std::string with(std::string_view from, std::string_view to) { return codes_of(mapping(from, to)); }

}  // namespace

TEST_CASE("a whole mapping") {
  const Checked out = checked(agreement(mapping("", "", "  rows with the same id: the last decides by largest version\n  separator \";\"\n")));
  REQUIRE_MESSAGE(codes(out).empty(), messages(out));
  REQUIRE(out.agreement.facts.size() == 1);
  const ir::FactsMapping& facts = out.agreement.facts[0];
  CHECK(facts.file == "tickets.csv");
  CHECK(facts.separator == ';');
  CHECK(facts.repeats == ir::FactsMapping::Repeats::last_decides);
  CHECK(facts.repeats_by_column == "version");
  REQUIRE(facts.fields.size() == 8);
  CHECK(facts.fields[1].codes.size() == 2);
  CHECK(facts.fields[1].codes[1].value == value::given(1));
  CHECK(facts.fields[2].zone == "Europe/Lisbon");
  CHECK(facts.fields[3].columns == std::vector<std::string>{"closed_at", "resolved_at"});
  CHECK(facts.fields[3].not_yet == std::vector<std::string>{"?", ""});
  CHECK(facts.fields[5].unknown == std::vector<std::string>{"?"});
  bool known = false;
  for (const ir::NamedZone& zone : out.agreement.zones) known = known || zone.name == "Europe/Lisbon";
  CHECK(known);
}

TEST_CASE("constants stand for what the file does not have") {
  CHECK(with("resolved = column \"closed_at\" or column \"resolved_at\" as \"d/M/yyyy HH:mm\", \"?\" or \"\" means not yet", "resolved = not yet") == "");
  CHECK(with("score = column \"score\", \"\" means none, \"?\" means unknown", "score = unknown") == "");
  CHECK(with("severity = column \"priority\" { \"1 - high\" = P1, \"2 - low\" = P2 }", "severity = P1") == "");
  CHECK(with("fee = column \"fee\"", "fee = 5") == "C0100");
  CHECK(with("fee = column \"fee\"", "fee = none") == "C0310");
  CHECK(with("id = column \"number\"", "id = \"one\"") == "");
}

TEST_CASE("nothing is guessed") {
  CHECK(with("  fee = column \"fee\"\n", "") == "");  // read from the column called `fee`
  CHECK(with("fee = column", "fea = column") == "C0007");
  CHECK(with("facts Ticket from", "facts Tickets from") == "C0001");
  CHECK(with("\"2 - low\" = P2", "\"2 - low\" = P3") == "C0006");
  CHECK(with("\"2 - low\" = P2", "\"1 - high\" = P2") == "C0309");
  CHECK(with("\"\" means none", "\"?\" means none") == "C0309");
  CHECK(with("\"\" means none", "\"\" means not yet") == "C0310");
  CHECK(with("d/M/yyyy", "d/Q/yyyy") == "C0306");
  CHECK(with("fee = column \"fee\"", "fee = column \"fee\" as \"percent\"") == "C0307");
  CHECK(with("as \"seconds\"", "as \"weeks\"") == "C0307");
  CHECK(with("fee = column \"fee\"", "fee = column \"fee\" in \"UTC\"") == "C0308");
  CHECK(with("Europe/Lisbon", "Europe/Lisbo") == "C0435");
  CHECK(with("column \"fee\"", "column \"\"") == "C0312");
  CHECK(codes_of(mapping("", "", "  separator \";;\"\n")) == "C0304");
  CHECK(codes_of(mapping("", "", "  rows with the same id: the last decides by largest severity\n")) == "C0303");
}

TEST_CASE("histories and acts") {
  CHECK(codes_of(tickets_from("facts history of Ticket from \"h.csv\" {\n key = column \"number\"\n at = column \"at\"\n status = column \"status\"\n}\n")) ==
        "");
  CHECK(codes_of(tickets_from("facts history of Ticket from \"h.csv\" {\n at = column \"at\"\n status = column \"status\"\n}\n")) == "C0305");
  CHECK(codes_of(tickets_from("facts Claim from \"c.csv\" {\n at = column \"at\"\n by = Client\n of = column \"what\"\n period = column \"month\"\n}\n")) ==
        "");
  CHECK(codes_of(tickets_from("facts Claim from \"c.csv\" {\n at = column \"at\"\n by = Client\n}\n")) == "");
  CHECK(codes_of(mapping("", "") + "facts Ticket from \"again.csv\" {\n id = column \"a\"\n severity = P1\n opened = column \"o\"\n resolved = not yet\n fee = "
                                   "column \"f\"\n score = none\n waited = column \"w\"\n part = column \"p\"\n}\n") == "C0300");
  CHECK(codes_of("record R since a {\n a : instant\n}\nfacts history of R from \"h.csv\" {\n key = column \"k\"\n}\n") == "C0210");
  CHECK(codes_of("record R since a {\n a : instant\n}\nfacts R from \"r.csv\" {\n a = column \"a\"\n rows with the same a: the last decides\n}\n") == "C0302");
}

}  // namespace writ::check_test
