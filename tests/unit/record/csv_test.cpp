// CSV: what is a row, what is not, and where reading goes on.
#include <doctest/doctest.h>

#include <cstring>
#include <random>

#include "record/csv_scan.h"
#include "unit/record/support.h"

namespace writ::record::test {

namespace {

const std::vector<WantedColumn> ab = {{"a", 1}, {"b", 1}};

ReadRow good(uint64_t line, std::vector<std::string> cells) { return {line, Problem::none, 0, std::move(cells)}; }

std::vector<Problem> problems(const ReadFile& file) {
  std::vector<Problem> out;
  for (const ReadRow& row : file.rows) out.push_back(row.problem);
  return out;
}

}  // namespace

TEST_CASE("rows, quotes, line ends") {
  ReadFile file = read_csv("a,b\n1,2\r\n\"x,y\",\"say \"\"hi\"\"\"\n\"two\nlines\",\"\"\n,\n", ab);
  CHECK(file.failure.problem == Problem::none);
  REQUIRE(file.rows.size() == 4);
  CHECK(file.rows[0] == good(2, {"1", "2"}));
  CHECK(file.rows[1] == good(3, {"x,y", "say \"hi\""}));
  CHECK(file.rows[2] == good(4, {"two\nlines", ""}));
  CHECK(file.rows[3] == good(6, {"", ""}));
}

TEST_CASE("the last line needs no end; a byte order mark is no text; columns are found by name") {
  CHECK(read_csv("a,b\n1,2", ab).rows[0] == good(2, {"1", "2"}));
  CHECK(read_csv("\xEF\xBB\xBF"
                 "b,z,a\n1,9,2\n",
                 ab)
            .rows[0] == good(2, {"2", "1"}));
  CHECK(read_csv("a;b\n1;2,5\n", ab, ';').rows[0] == good(2, {"1", "2,5"}));
  CHECK(read_csv("a\tb\n1\t2\n", ab, '\t').rows[0] == good(2, {"1", "2"}));
}

TEST_CASE("empty lines are no rows, except where a row has one column") {
  ReadFile two = read_csv("\na,b\n\n1,2\n\n\n3,4\n\n", ab);
  REQUIRE(two.rows.size() == 2);
  CHECK(two.rows[0] == good(4, {"1", "2"}));
  CHECK(two.rows[1] == good(7, {"3", "4"}));
  ReadFile one = read_csv("a\n1\n\n2\n", {{"a", 1}});
  REQUIRE(one.rows.size() == 3);
  CHECK(one.rows[1] == good(3, {""}));
}

TEST_CASE("a broken row costs its line and no other row") {
  struct Case {
    const char* row;
    Problem problem;
    uint32_t column;
  };
  const Case cases[] = {
      {"1", Problem::wrong_field_count, 0},       {"1,2,3", Problem::wrong_field_count, 0},   {"1,2\"2", Problem::stray_quote, 2},
      {"\"1\"x,2", Problem::text_after_quote, 1}, {"\"1\" ,2", Problem::text_after_quote, 1}, {"1\rx,2", Problem::lone_carriage_return, 1},
      {"1,\"open", Problem::open_quote, 2},
  };
  for (const Case& c : cases) {
    CAPTURE(c.row);
    ReadFile file = read_csv(std::string("a,b\n0,0\n") + c.row + "\n8,9\n", ab);
    REQUIRE(file.rows.size() == 3);
    CHECK(file.rows[0] == good(2, {"0", "0"}));
    CHECK(file.rows[1].problem == c.problem);
    CHECK(file.rows[1].line == 3);
    CHECK(file.rows[1].column == c.column);
    CHECK(file.rows[2] == good(4, {"8", "9"}));
  }
  std::string zero("a,b\n1\0,2\n3,4\n", 13);
  CHECK(problems(read_csv(zero, ab)) == std::vector{Problem::zero_byte, Problem::none});
}

TEST_CASE("an open quote that runs into a later one") {
  // The quote of line 2 ends before `x` in line 4: only line 2 is lost by it, and each later line is judged by itself.
  ReadFile file = read_csv("a,b\n\"1,2\n3,4\n5,\"x\"\n6,7\n", ab);
  REQUIRE(file.rows.size() == 4);
  CHECK(file.rows[0].problem == Problem::text_after_quote);
  CHECK(file.rows[0].line == 2);
  CHECK(file.rows[1] == good(3, {"3", "4"}));
  CHECK(file.rows[2] == good(4, {"5", "x"}));
  CHECK(file.rows[3] == good(5, {"6", "7"}));
}

TEST_CASE("a quoted line end in front of the broken field is counted once") {
  ReadFile file = read_csv("a,b\n\"1\n1\",\"x\"y\n3,4\n", ab);
  REQUIRE(file.rows.size() == 2);
  CHECK(file.rows[0].problem == Problem::text_after_quote);
  CHECK(file.rows[0].column == 2);
  CHECK(file.rows[1] == good(4, {"3", "4"}));
}

TEST_CASE("headers that cannot be used") {
  CHECK(read_csv("", ab).failure.problem == Problem::no_header);
  CHECK(read_csv("\n\n", ab).failure.problem == Problem::no_header);
  CHECK(read_csv("\"a,b\n", ab).failure.problem == Problem::bad_header);
  CHECK(read_csv("a,b\"\n", ab).failure.problem == Problem::bad_header);
  CHECK(read_csv("\xFF\xFE"
                 "a\0b",
                 ab)
            .failure.problem == Problem::not_utf8_file);
  ReadFile missing = read_csv("a,bb\n1,2\n", ab);
  CHECK(missing.failure.problem == Problem::missing_column);
  CHECK(missing.failure.field == "b");
  CHECK(missing.failure.candidates == std::vector<std::string>{"a", "bb"});
  CHECK(missing.rows.empty());
  CHECK(message_of(missing.failure) == "there is no column `b`");
}

TEST_CASE("columns of one name") {
  ReadFile second = read_csv("a,b,a\n1,2,3\n", {{"a", 2}, {"b", 1}});
  CHECK(second.rows[0] == good(2, {"3", "2"}));
  CHECK(second.notes.empty());
  ReadFile first = read_csv("a,b,a\n1,2,3\n", ab);
  CHECK(first.rows[0] == good(2, {"1", "2"}));
  REQUIRE(first.notes.size() == 1);
  CHECK(message_of(first.notes[0]) == "the header has 2 columns called `a`; the first is read");
  ReadFile third = read_csv("a,b,a\n1,2,3\n", {{"a", 3}});
  CHECK(third.failure.problem == Problem::missing_occurrence);
}

TEST_CASE("special bytes: vectors and the plain loop agree") {
  std::mt19937 random(7);
  const char alphabet[] = {'a', ',', '"', '\n', '\r', '\0', ';', '\x80', '\xFF'};
  for (int i = 0; i < 2000; ++i) {
    char bytes[64];
    for (char& c : bytes) c = alphabet[random() % sizeof alphabet];
    for (char separator : {',', ';', '\t'}) REQUIRE(special_bytes(bytes, separator) == special_bytes_plain(bytes, separator));
  }
}

TEST_CASE("rows that lie across the edges of what is read at once") {
  // Rows of many lengths over several windows of 256 KiB, some with line ends and doubled quotes inside.
  std::string text = "a,b\n";
  std::vector<ReadRow> expected;
  std::mt19937 random(11);
  uint64_t line = 2;
  for (int i = 0; text.size() < 1'500'000; ++i) {
    std::string cell(random() % 400, static_cast<char>('a' + i % 26));
    switch (random() % 4) {
      case 0:
        text += cell + "," + std::to_string(i) + "\r\n";
        expected.push_back(good(line, {cell, std::to_string(i)}));
        line += 1;
        break;
      case 1:
        text += "\"" + cell + "\n\"\"," + "\"," + std::to_string(i) + "\n";
        expected.push_back(good(line, {cell + "\n\",", std::to_string(i)}));
        line += 2;
        break;
      default:
        text += cell + ",\"" + std::to_string(i) + "\"\n";
        expected.push_back(good(line, {cell, std::to_string(i)}));
        line += 1;
    }
  }
  ReadFile file = read_csv(text, ab);
  CHECK(file.rows == expected);
  CHECK(read_rows(file_of(gzip(text)), ab).rows == expected);
}

}  // namespace writ::record::test
