// Names of files, formats and zones.
#include <doctest/doctest.h>

#include <filesystem>

#include "record/facts_arguments.h"
#include "record/zone_file.h"
#include "unit/record/support.h"
#include "value/zone.h"

namespace writ::record::test {

namespace {

struct Parsed {
  FactsArgument argument;
  Finding failure;
};
Parsed parse(const std::string& text) {
  const std::vector<std::string> names = {"Ticket", "Survey"};
  Parsed out;
  out.argument = parse_facts_argument(text, names, {true, false}, out.failure);
  return out;
}

}  // namespace

TEST_CASE("which file holds which facts") {
  Parsed p = parse("Ticket=data/t.csv.gz");
  CHECK(p.failure.problem == Problem::none);
  CHECK(p.argument.record == 0);
  CHECK(p.argument.path == "data/t.csv.gz");
  CHECK(p.argument.format == FileFormat::csv);
  p = parse("history of Ticket=e.jsonl");
  CHECK(p.argument.of_history);
  CHECK(p.argument.format == FileFormat::json_lines);
  CHECK(parse("Survey=-").argument.format == FileFormat::csv);
  CHECK(parse("Survey=ndjson:-").argument.format == FileFormat::json_lines);
  CHECK(parse("Survey=ndjson:-").argument.path == "-");
  CHECK(parse("Survey=csv:export.txt").argument.path == "export.txt");
  CHECK(parse("Survey=a=b.csv").argument.path == "a=b.csv");
  CHECK(parse("Survey=").failure.problem == Problem::none);

  CHECK(parse("tickets.csv").failure.problem == Problem::unreadable_argument);
  CHECK(parse("=tickets.csv").failure.problem == Problem::unreadable_argument);
  CHECK(parse("Survey=export.txt").failure.problem == Problem::unknown_format);
  CHECK(parse("Survey=.csv").failure.problem == Problem::unknown_format);
  p = parse("Tickt=t.csv");
  CHECK(p.failure.problem == Problem::unknown_facts);
  CHECK(p.failure.candidates == std::vector<std::string>{"Ticket", "history of Ticket", "Survey"});
  CHECK(parse("history of Survey=t.csv").failure.problem == Problem::unknown_facts);
}

TEST_CASE("zone files: by name from one folder, and nothing outside it") {
  Folder folder;
  std::filesystem::create_directories(folder.path + "/zones/Europe");
  folder.write("zones/Europe/Nowhere", "TZif and then some");
  folder.write("zones/Text", "no zone");
  folder.write("secret", "TZif");
  std::string base = folder.path + "/zones";
  CHECK(load_zone_file("Europe/Nowhere", base).bytes == "TZif and then some");
  CHECK(load_zone_file("Text", base).error.find("no time zone file") != std::string::npos);
  CHECK(load_zone_file("Europe", base).error.find("there is no time zone") != std::string::npos);
  for (const char* name : {"../secret", "Europe/../../secret", "/etc/localtime", "", "Europe//Nowhere", "Europe/", ".hidden", "Europe/.x", "a\nb", "-x"}) {
    CAPTURE(name);
    CHECK(load_zone_file(name, base).error.find("is no name of a time zone") != std::string::npos);
  }
}

TEST_CASE("the system's zones") {
  ZoneFile london_file = load_zone_file("Europe/London");
  if (!london_file.error.empty()) {
    MESSAGE("no time zone data on this system: " << london_file.error);
    return;
  }
  value::Zone zone;
  REQUIRE(value::parse_tzif(london_file.bytes, zone));
  CHECK(value::offset_at(zone, value::parse_instant("2038-07-01T00:00Z").value) == 3600);
  CHECK(load_zone_bytes("Etc/GMT+5").has_value());
  CHECK(load_zone_bytes("America/Argentina/Buenos_Aires").has_value());
  CHECK_FALSE(load_zone_bytes("Europe/Lodnon").has_value());
}

TEST_CASE("texts are numbered in the order of their appearance, however many there are") {
  Texts texts;
  CHECK(find(texts, "x") == nothing);
  for (int round = 0; round < 2; ++round) {
    for (uint32_t i = 0; i < 5000; ++i) REQUIRE(number_of(texts, std::string(i % 20, 'k') + std::to_string(i)) == i);
  }
  CHECK(count(texts) == 5000);
  CHECK(text_of(texts, 4321) == "k4321");
  CHECK(find(texts, std::string("\0", 1)) == nothing);
  CHECK(number_of(texts, "") == 5000);
  CHECK(number_of(texts, std::string("\0", 1)) == 5001);
  CHECK(number_of(texts, "") == 5000);
}

}  // namespace writ::record::test
