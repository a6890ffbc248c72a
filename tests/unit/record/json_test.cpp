// JSON lines: exact numbers, nested members, and a strictness that is nlohmann's.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "record/json_scan.h"
#include "record/utf8.h"
#include "unit/record/support.h"

namespace writ::record::test {

TEST_CASE("values of every kind, as text") {
  ReadFile file = read_json(
      "{\"a\": \"x\", \"b\": 12345678901234567890.10, \"c\": {\"d\": true, \"e\": [1, {}]}, \"f\": null}\n"
      "\n"
      "  {\"c\": {\"d\": false}, \"b\": -1E+9}\r\n"
      "{\"a\": \"\\u00e4\\n\\ud83d\\ude00\\\"\"}\n"
      "{}",
      {"a", "b", "c.d", "f"});
  REQUIRE(file.rows.size() == 4);
  CHECK(file.rows[0].cells == std::vector<std::string>{"x", "12345678901234567890.10", "true", ""});
  CHECK(file.rows[1].line == 3);
  CHECK(file.rows[1].cells == std::vector<std::string>{"", "-1E+9", "false", ""});
  CHECK(file.rows[2].cells[0] == "\xC3\xA4\n\xF0\x9F\x98\x80\"");
  CHECK(file.rows[3].problem == Problem::none);
  CHECK(file.notes.empty());
}

TEST_CASE("a member that no line has is worth a warning") {
  ReadFile file = read_json("{\"a\":1}\n{\"a\":2}\n", {"a", "resolvd"});
  REQUIRE(file.notes.size() == 1);
  CHECK(message_of(file.notes[0]) == "no line has a member `resolvd`; it was taken as absent everywhere");
  CHECK(read_json("", {"a"}).notes.empty());
}

TEST_CASE("what is wrong is said, and the next line is read") {
  struct Case {
    const char* line;
    Problem problem;
  };
  const Case cases[] = {
      {"[1]", Problem::bad_json},
      {"7", Problem::bad_json},
      {"{\"a\":1", Problem::bad_json},
      {"{\"a\":01}", Problem::bad_json},
      {"{\"a\":1}x", Problem::bad_json},
      {"{a:1}", Problem::bad_json},
      {"{\"a\":1,}", Problem::bad_json},
      {"{\"a\":+1}", Problem::bad_json},
      {"{\"a\":.5}", Problem::bad_json},
      {"{\"a\":NaN}", Problem::bad_json},
      {"{\"a\":\"\t\"}", Problem::bad_json},
      {"{\"a\":\"\\ud800\"}", Problem::bad_json},
      {"{\"a\":1,\"a\":2}", Problem::repeated_member},
      {"{\"a\":{}}", Problem::not_a_single_value},
      {"{\"a\":[1]}", Problem::not_a_single_value},
  };
  for (const Case& c : cases) {
    CAPTURE(c.line);
    ReadFile file = read_json(std::string(c.line) + "\n{\"a\":5}\n", {"a"});
    REQUIRE(file.rows.size() == 2);
    CHECK(static_cast<int>(file.rows[0].problem) == static_cast<int>(c.problem));
    CHECK(file.rows[1].problem == Problem::none);
    CHECK(file.rows[1].cells[0] == "5");
  }
  CHECK(read_json("{\"b\":1,\"b\":2,\"a\":3}\n", {"a"}).rows[0].problem == Problem::none);  // nobody reads b
}

TEST_CASE("a dotted name and a nested one are the same member") {
  CHECK(read_json("{\"a.b\": 1}\n", {"a.b"}).rows[0].cells[0] == "1");
  CHECK(read_json("{\"a\": {\"b\": 1}, \"a.b\": 2}\n", {"a.b"}).rows[0].problem == Problem::repeated_member);
  CHECK(read_json("{\"a\": {\"b\": {\"c\": 1}}}\n", {"a.b.c"}).rows[0].cells[0] == "1");
}

TEST_CASE("nesting and lengths have limits") {
  auto nested = [](int depth) { return "{\"a\":" + std::string(static_cast<size_t>(depth), '[') + std::string(static_cast<size_t>(depth), ']') + "}"; };
  CHECK(read_json(nested(most_json_nesting - 1) + "\n", {"b"}).rows[0].problem == Problem::none);
  CHECK(read_json(nested(most_json_nesting) + "\n", {"b"}).rows[0].problem == Problem::bad_json);
  CHECK(read_json(nested(1'000'000) + "\n{\"b\":1}\n", {"b"}).rows[1].cells[0] == "1");
  ReadFile file = read_json("{\"a\":\"" + std::string(20 << 20, 'x') + "\"}\n{\"a\":1}\n", {"a"});
  REQUIRE(file.rows.size() == 2);
  CHECK(file.rows[0].problem == Problem::row_too_long);
  CHECK(file.rows[1].line == 2);
}

// nlohmann::json as the judge of what is an object and what its values are.
TEST_CASE("random lines: the same verdict and the same values as an independent parser") {
  std::mt19937 random(99);
  const std::string pieces[] = {"{",    "}",     "[",         "]",        ":",    ",",    "\"", "\"a\"", "\"b\"", "\"a\":",  "\"b\":{\"c\":",  "1",
                                "-0.5", "1e3",   "0",         "01",       "true", "null", " ",  "\\",    "\\n",   "\\u0041", "\\ud83d\\ude00", "\\ud83d",
                                "x",    "\"x\"", "{\"a\":1}", "\xC3\xA4", "\t"};
  int objects = 0;
  for (int i = 0; i < 60'000; ++i) {
    std::string line;
    if (i % 3 == 0) {
      for (size_t n = random() % 12; n > 0; --n) line += pieces[random() % std::size(pieces)];
    } else {
      // A right object, then a little damage.
      nlohmann::ordered_json object = nlohmann::ordered_json::object();
      const nlohmann::ordered_json values[] = {1, -7, "text", "\xC3\xA4\"\\\n", true, nullptr, {1, 2}, {{"c", 5}}, {{"c", "d"}, {"e", {}}}, 0.25};
      for (const char* name : {"a", "b", "x"}) {
        if (random() % 3 > 0) object[name] = values[random() % std::size(values)];
      }
      line = object.dump();
      if (i % 3 == 1) line[random() % line.size()] = static_cast<char>(32 + random() % 95);
    }
    // That a text is UTF-8 is asked where it is read, as for CSV: a damaged remark that nobody reads does no harm.
    if (line.find('\n') != std::string::npos || !is_utf8(line)) continue;
    nlohmann::json judge = nlohmann::json::parse(line, nullptr, false);
    bool is_object = judge.is_object();
    JsonRow row;
    std::vector<WantedColumn> wanted = {{"nobody has this", 1}};
    CAPTURE(line);
    REQUIRE(scan_json(line, wanted, row) == is_object);
    objects += is_object;
    if (!is_object) continue;
    wanted = {{"a", 1}, {"b.c", 1}};
    if (!scan_json(line, wanted, row)) {
      REQUIRE((row.problem == Problem::repeated_member || row.problem == Problem::not_a_single_value));
      continue;
    }
    auto check = [&](const nlohmann::json* value, std::string_view text) {
      if (value == nullptr || value->is_null())
        REQUIRE(text.empty());
      else if (value->is_string())
        REQUIRE(text == value->get<std::string>());
      else
        REQUIRE(nlohmann::json::parse(text) == *value);
    };
    check(judge.contains("a") ? &judge["a"] : nullptr, row.values[0]);
    bool has_c = judge.contains("b") && judge["b"].is_object() && judge["b"].contains("c");
    check(has_c ? &judge["b"]["c"] : nullptr, row.values[1]);
  }
  CHECK(objects > 10'000);
}

}  // namespace writ::record::test
