// `writ run --records FILE`: the file is there whole, or stays as it was.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "driver/commands.h"
#include "driver/exit_codes.h"
#include "driver/record_file.h"
#include "unit/driver/support.h"

namespace writ::driver {

using test::Folder;

namespace {

const std::string source = R"(agreement "Records"
between A as provider "A Ltd"
and B as customer "B plc"
effective 2026-01-01
term 12 months
currency GBP
time zone "UTC"
record Ticket since opened {
  id     : text, key
  opened : instant
  n      : 0..9
}
clause 1 "Rules" {
  rule twice per Ticket = n * 2
}
)";

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

int run(const Folder& folder, const std::string& facts, const std::string& records) {
  Options options;
  options.agreement = folder.path + "/a.writ";
  options.as_of = "2026-03-01";
  options.facts = {"Ticket=" + folder.path + "/" + facts};
  options.records_out = {records};
  return command_run(options);
}

size_t count_files(const Folder& folder) {
  const std::filesystem::directory_iterator all(folder.path);
  return static_cast<size_t>(std::distance(begin(all), end(all)));
}

}  // namespace

TEST_CASE("--records: facts that cannot be read cost nothing of the file that was there") {
  const Folder folder;
  folder.write("a.writ", source);
  folder.write("good.csv", "id,opened,n\nT1,2026-02-01T10:00,4\n");
  folder.write("bad.csv", "id,opened\nT1,2026-02-01T10:00\n");
  folder.write("out.csv", "what was there");
  const std::string out = folder.path + "/out.csv";
  CHECK(run(folder, "bad.csv", out) == exit_bad_data);
  CHECK(content(out) == "what was there");
  CHECK(run(folder, "missing.csv", out) == exit_bad_data);
  CHECK(content(out) == "what was there");
  CHECK(count_files(folder) == 4);
  CHECK(run(folder, "good.csv", out) == exit_clean);
  CHECK(content(out) == "record,key,admission,twice\r\nTicket,T1,in term,8\r\n");
  CHECK(count_files(folder) == 4);
  CHECK(run(folder, "good.csv", folder.path + "/nowhere/out.csv") == exit_usage);
}

TEST_CASE("--records: behind a link its target is replaced, and what is no file of its own is written as it is") {
  const Folder folder;
  folder.write("a.writ", source);
  folder.write("good.csv", "id,opened,n\nT1,2026-02-01T10:00,4\n");
  folder.write("real.csv", "old");
  std::filesystem::create_symlink("real.csv", folder.path + "/link.csv");
  CHECK(run(folder, "good.csv", folder.path + "/link.csv") == exit_clean);
  CHECK(std::filesystem::is_symlink(folder.path + "/link.csv"));
  CHECK(content(folder.path + "/real.csv").find("Ticket,T1") != std::string::npos);
  CHECK(run(folder, "good.csv", "/dev/null") == exit_clean);
  CHECK(std::filesystem::is_character_file("/dev/null"));
}

}  // namespace writ::driver
