// Files that are damaged, enormous or no text at all: refused where they are wrong, read on where they are right.
#include <doctest/doctest.h>

#include <random>

#include "record/window.h"
#include "unit/record/support.h"

namespace writ::record::test {

namespace {

const std::vector<WantedColumn> ab = {{"a", 1}, {"b", 1}};

}  // namespace

TEST_CASE("a line without end is refused and the next one read") {
  for (char filler : {'x', ',', '\0'}) {
    CAPTURE(static_cast<int>(filler));
    ReadFile file = read_csv("a,b\n1,2\n" + std::string(40 << 20, filler) + "\n3,4\n", ab);
    REQUIRE(file.rows.size() == 3);
    Problem expected = filler == ',' ? Problem::row_too_long : Problem::field_too_long;
    CHECK(static_cast<int>(file.rows[1].problem) == static_cast<int>(expected));
    CHECK(file.rows[1].line == 3);
    CHECK(file.rows[2].line == 4);
    CHECK(file.rows[2].cells == std::vector<std::string>{"3", "4"});
  }
}

TEST_CASE("the limits of a field and of a row are what they say") {
  auto row_with = [](size_t bytes, const char* quote) {
    return read_csv(std::string("a,b\n") + quote + std::string(bytes, 'x') + quote + ",2\n3,4\n", ab).rows;
  };
  for (const char* quote : {"", "\""}) {
    CHECK(row_with(most_field_bytes, quote)[0].problem == Problem::none);
    CHECK(row_with(most_field_bytes + 1, quote)[0].problem == Problem::field_too_long);
    CHECK(row_with(most_field_bytes + 1, quote)[1].cells[0] == "3");
  }
  std::string wide_row, wide_header;
  for (int i = 0; i < 20; ++i) {
    wide_header += (i ? ",c" : "c") + std::to_string(i);
    wide_row += (i ? "," : "") + std::string(most_field_bytes - 100, 'y');
  }
  ReadFile wide = read_csv(wide_header + "\n" + wide_row + "\n", {{"c0", 1}});
  REQUIRE(wide.rows.size() == 1);
  CHECK(wide.rows[0].problem == Problem::row_too_long);
}

TEST_CASE("an open quote in a large file does not swallow it, and costs no second reading") {
  std::string text = "a,b\n\"open,1\n";
  for (int i = 0; i < 300'000; ++i) text += std::to_string(i) + ",x\n";
  ReadFile file = read_csv(text, ab);
  REQUIRE(file.rows.size() == 300'001);
  CHECK(file.rows[0].problem == Problem::field_too_long);
  CHECK(file.rows[1].line == 3);
  CHECK(file.rows[300'000].cells[0] == "299999");
}

TEST_CASE("binary junk") {
  std::mt19937 random(5);
  for (int i = 0; i < 50; ++i) {
    std::string junk(random() % 5000, '\0');
    for (char& c : junk) c = static_cast<char>(random());
    ReadFile csv = read_csv("a,b\n" + junk + "\n3,4\n", ab);
    // Whatever the junk was: an open quote in it may reach to the end, but no byte makes the reader stop or invent a failure.
    CHECK(csv.failure.problem == Problem::none);
    ReadFile json = read_json(junk + "\n{\"a\":1}\n", {"a"});
    CHECK(json.failure.problem == Problem::none);
    CHECK(json.rows.back().cells == std::vector<std::string>{"1"});
  }
}

TEST_CASE("gzip: whole, in pieces, cut off, damaged") {
  std::string text = "a,b\n";
  for (int i = 0; i < 50'000; ++i) text += std::to_string(i * 7919) + "," + std::to_string(i) + "\n";
  std::string packed = gzip(text);
  std::vector<ReadRow> expected = read_csv(text, ab).rows;
  CHECK(read_rows(file_of(packed), ab).rows == expected);
  CHECK(read_rows(file_of(gzip(text.substr(0, 100'001)) + gzip(text.substr(100'001))), ab).rows == expected);
  CHECK(read_rows(file_of(packed + std::string(512, '\0')), ab).failure.problem == Problem::none);

  for (size_t kept : {packed.size() - 1, packed.size() - 8, packed.size() / 2, size_t{20}, size_t{3}}) {
    CAPTURE(kept);
    ReadFile cut = read_rows(file_of(packed.substr(0, kept)), ab);
    CHECK(cut.failure.problem == Problem::damaged_gzip);
    CHECK(cut.rows.size() <= expected.size());
    for (size_t i = 0; i < cut.rows.size(); ++i) REQUIRE(cut.rows[i] == expected[i]);  // no half row at the end
  }
  std::string damaged = packed;
  damaged[packed.size() / 2] ^= 0x10;
  CHECK(read_rows(file_of(damaged), ab).failure.problem == Problem::damaged_gzip);
  CHECK(read_rows(file_of(packed + "a,b"), ab).failure.problem == Problem::damaged_gzip);
  std::string checksum = packed;
  checksum[packed.size() - 6] ^= 1;
  CHECK(read_rows(file_of(checksum), ab).failure.problem == Problem::damaged_gzip);
}

TEST_CASE("json lines from a damaged gzip end with the failure, not with half a line") {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "{\"a\": " + std::to_string(i * 7919) + "}\n";
  std::string packed = gzip(text);
  ReadFile cut = read_rows(file_of(packed.substr(0, packed.size() / 2), FileFormat::json_lines), {{"a", 1}});
  CHECK(cut.failure.problem == Problem::damaged_gzip);
  for (const ReadRow& row : cut.rows) REQUIRE(row.problem == Problem::none);
}

TEST_CASE("files that are not there, not files, or not ours to read") {
  Folder folder;
  Finding failure;
  open_fact_file(folder.path + "/nothing.csv", FileFormat::csv, failure);
  CHECK(failure.problem == Problem::cannot_open);
  CHECK(message_of(failure).find("nothing.csv") != std::string::npos);
  failure = {};
  open_fact_file(folder.path, FileFormat::csv, failure);
  CHECK(failure.problem == Problem::cannot_open);
  CHECK(failure.detail == "it is a folder");
}

TEST_CASE("a file that changes between two passes is noticed") {
  Folder folder;
  std::string path = folder.write("facts.csv", "id,severity,opened,resolved\nT1,P1,2026-03-02T11:00,\n");
  Finding failure;
  std::vector<FactFile> files;
  files.push_back(open_fact_file(path, FileFormat::csv, failure));
  REQUIRE(failure.problem == Problem::none);
  CHECK(unchanged(files[0]));
  folder.write("facts.csv", "id,severity,opened,resolved\nT1,P1,2026-03-02T11:00,\nT2,P1,2026-03-02T11:00,\n");
  CHECK_FALSE(unchanged(files[0]));
  Run changed = run(input_of(ticket_schema()), std::move(files));
  CHECK_FALSE(changed.read);
  REQUIRE(changed.facts.report.failures.size() == 1);
  CHECK(changed.facts.report.failures[0].problem == Problem::changed_while_read);
}

TEST_CASE("texts of files are shown without their control characters, and cut") {
  Finding finding;
  finding.problem = Problem::unknown_member;
  finding.field = "severity";
  finding.text = std::string("P\x1B[2J\r\n") + std::string(1, '\0');
  finding.detail = "`P1`";
  CHECK(message_of(finding) == "`P\\x1B[2J\\x0D\\x0A\\x00` is no severity: it must be one of `P1`");
  finding.text = std::string(79, 'x') + "\xC3\xA4\xC3\xA4";
  CHECK(message_of(finding).find(std::string(79, 'x') + "...`") != std::string::npos);
}

}  // namespace writ::record::test
