// Every keyword may be a name, except the nine that are reserved and the four that are values.
#include <doctest/doctest.h>

#include <algorithm>

#include "parse/words.h"
#include "unit/parse/reading.h"

namespace writ::parse_test {

static const char* const reserved[] = {"and", "or", "not", "in", "where", "when", "if", "missed", "misses"};
static const char* const values[] = {"true", "false", "none", "unknown"};

static bool is_among(const std::string& word, const auto& words) { return std::find(std::begin(words), std::end(words), word) != std::end(words); }

TEST_CASE("every soft keyword is a name wherever a name stands") {
  int tried = 0;
  for (const std::string& word : parse::keywords()) {
    if (is_among(word, reserved) || is_among(word, values)) continue;
    CAPTURE(word);
    ++tried;
    for (const std::string pattern : {
             "param @ : int = 1\n",
             "rule @ = @ + @ * 2\n",
             "rule x = @(1, @)\n",
             "rule x = a.@\n",
             "rule x = @ = 3 and @ in {@} or @ is given\n",
             "rule x = if @ then @ else @\n",
             "rule x = sum(@ over @ where @ = 1)\n",
             "rule x = @ otherwise @\n",
             "rule x {\n  base @\n  case @ : @ when @\n}\n",
             "enum E { @ }\n",
             "record @ since @ {\n  @ : text, key\n  b : @ or none\n}\n",
             "history of @ {\n  @ : @\n}\n",
             "calendar @ {\n  closed @, @\n}\n",
             "facts @ from \"f.csv\" {\n  @ = column \"a\" { \"1\" = @ }\n  b = @\n}\n",
             "module @.@\nuse @.@\n",
             "clause 1 \"c\" {\n  define @ as @ where @\n}\n",
             "clause 1 \"c\" {\n  tier @ of @ {\n    @ when @\n  }\n}\n",
             "clause 1 \"c\" {\n  commitment @ for @ where @ = 1 by @ {\n    from @ until @ or @\n    @ : within 3 hours on @\n    calendar @\n  }\n}\n",
             "clause 1 \"c\" {\n  metric @ = mean(@) over @ where @ = 1, per month of @\n}\n",
             "clause 1 \"c\" {\n  benchmark @ by @ {\n    @ at least @\n    if missed: @, @\n  }\n}\n",
             "clause 1 \"c\" {\n  remedy @ for missed @, @ when @ {\n    credit @ for each missed @\n    cap @ per month\n    claimed by @\n  }\n}\n",
             "clause 1 \"c\" {\n  right @ of @ {\n    when any 2 consecutive months have @\n  }\n}\n",
             "scenario \"s\", as of 2026-01-01, with @ = 1, @ = @ {\n  @ { @: @, b: @ }\n  expect @.@ of \"1\" = @\n}\n",
         }) {
      std::string text = pattern;
      for (size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at + word.size())) text.replace(at, 1, word);
      CAPTURE(text);
      CHECK(read(text).diagnostics() == "none\n");
    }
  }
  CHECK(tried > 180);
}

TEST_CASE("reserved words and values are no names") {
  for (const std::string word : reserved) {
    CAPTURE(word);
    CHECK(read("param " + word + " : int = 1\n").codes() == "P0035");
  }
  for (const std::string word : values) {
    CAPTURE(word);
    CHECK(read("param " + word + " : int = 1\n").codes() == "P0035");
    CHECK(read("enum E { a, " + word + " }\n").codes() == "P0035");
    CHECK(read("record R {\n  " + word + " : int\n}\n").codes() == "P0035");
  }
}

TEST_CASE("names are written in any letters") {
  for (const std::string name : {"Größe", "名前", "Prénom_2", "_x", "P1", "заявка"}) {
    CAPTURE(name);
    CHECK(read("param " + name + " : int = 1\n").tree() == "param " + name + "\n  type: int\n  value: 1\n");
  }
  // Places are counted in bytes: behind a letter of two bytes the span is still right.
  const Read result = read("rule Größe = a b\n");
  REQUIRE(result.sink.diagnostics.size() == 1);
  CHECK(source::text_of(result.sources, result.sink.diagnostics[0].span) == "b");
}

}  // namespace writ::parse_test
