// What a rule set tells about itself: names, types, clauses, the texts that it was made from; its header in C.
#include <doctest/doctest.h>
#include <writ/rules.h>

#include <cstring>
#include <nlohmann/json.hpp>

#include "describe/describe.h"
#include "describe/sha256.h"
#include "driver/pipeline.h"
#include "plan/plan.h"
#include "support/artefact.h"
#include "unit/plan/source.h"

namespace writ {
namespace {

const char* const body = R"(
enum Colour { red, deep_green }
param share : percent = 12.5%
record Item since at {
  at     : instant
  colour : Colour
  price  : money in GBP 0.00..GBP 10.00
  note   : 0..9 or none
}
clause 4.2 "Prices" {
  rule part per Item = rounded(share * price, 2)
  rule parts per month = sum(part over Item of at)
  rule choice per Item {
    base 0
    case reds   : 1 when colour = red
    case cheap overrides reds : 2 when price < GBP 1.00
  }
}
)";

struct Opened {
  testing::Artefact artefact;
  writ_evaluator* evaluator = nullptr;
  std::string text;

  Opened() {
    driver::Program program;
    text = plan::testing::header + body;
    driver::load_program_text("folder/prices.writ", text, program);
    REQUIRE(program.sink.errors == 0);
    const explain::Description description = describe::describe(program.agreement, program.sources, "9.9");
    artefact = testing::build_artefact(plan::make_plan(program.agreement), explain::save_description(description), 0);
    REQUIRE(writ_open(reinterpret_cast<const writ_rules*>(artefact.rules), &evaluator) == WRIT_OK);
  }
  ~Opened() { writ_evaluator_free(evaluator); }
};

TEST_CASE("a host finds its way by asking") {
  const Opened opened;
  const writ_evaluator* rules = opened.evaluator;
  CHECK(std::string(writ_title(rules)) == "Test");
  const uint32_t item = writ_find_record(rules, "Item");
  REQUIRE(item != WRIT_NOWHERE);
  CHECK(writ_find_record(rules, "item") == WRIT_NOWHERE);
  CHECK(std::string(writ_record_name(rules, item)) == "Item");
  CHECK(writ_find_field(rules, item, "price") == 2);
  writ_about about{};
  CHECK(writ_about_field(rules, item, 2, &about) == WRIT_BAD_ARGUMENT);  // no size
  about.size = sizeof about;
  REQUIRE(writ_about_field(rules, item, 2, &about) == WRIT_OK);
  CHECK(std::string(about.name) == "price");
  CHECK(about.type.kind == WRIT_KIND_MONEY);
  CHECK(about.type.scale == 2);
  CHECK(std::string(about.type.unit) == "GBP");
  CHECK(about.type.flags == WRIT_TYPE_RANGE);
  CHECK(about.type.high[0] == 1000);
  REQUIRE(writ_about_field(rules, item, 3, &about) == WRIT_OK);
  CHECK((about.type.flags & WRIT_TYPE_NONE) != 0);
  CHECK(writ_about_field(rules, item, 4, &about) == WRIT_BAD_ARGUMENT);
  about.size = sizeof about;
  REQUIRE(writ_about_field(rules, item, 1, &about) == WRIT_OK);
  CHECK(std::string(writ_word(rules, about.type.enumeration, 1)) == "deep_green");
  CHECK(writ_word(rules, about.type.enumeration, 2) == nullptr);
  CHECK(writ_find_word(rules, about.type.enumeration, "red") == 0);
  REQUIRE(writ_about_param(rules, 0, &about) == WRIT_OK);
  CHECK(about.has_value == 1);
  CHECK((about.type.flags & WRIT_TYPE_PERCENT) != 0);
  CHECK(about.value[0] * 1000 == int64_t{125} * [&] {
    int64_t scale = 1;
    for (int i = 0; i < about.type.scale; ++i) scale *= 10;
    return scale;
  }());
  const uint32_t parts = writ_find_definition(rules, "parts");
  REQUIRE(writ_about_definition(rules, parts, &about) == WRIT_OK);
  CHECK(about.per == WRIT_PER_PERIOD);
  CHECK(std::string(about.clause) == "4.2");
  CHECK(std::string(about.clause_title) == "Prices");
  CHECK(std::string(about.quote) == "parts per month = sum(part over Item of at)");
  char text[40];
  size_t size = 0;
  CHECK(writ_period_words(rules, parts, 1, text, sizeof text, &size) == WRIT_OK);
  CHECK(std::string(text) == "2026-02");
  CHECK(writ_period_words(rules, parts, 12, text, sizeof text, &size) == WRIT_BAD_ARGUMENT);
  writ_value value{};
  value.lo[0] = value.hi[0] = 123450;
  value.lo_den[0] = value.hi_den[0] = 1;
  CHECK(writ_words(rules, parts, &value, text, sizeof text, &size) == WRIT_OK);
  CHECK(std::string(text) == "GBP 1,234.50");
  CHECK(size == 13);
  CHECK(writ_words(rules, parts, &value, text, 5, &size) == WRIT_OK);  // as much as there is room for
  CHECK(std::string(text) == "GBP ");
  CHECK(size == 13);
  value.lo_den[0] = 0;
  CHECK(writ_words(rules, parts, &value, text, sizeof text, &size) == WRIT_BAD_ARGUMENT);
}

TEST_CASE("the description as JSON") {
  const Opened opened;
  size_t size = 0;
  REQUIRE(writ_describe(opened.evaluator, nullptr, 0, &size) == WRIT_OK);
  std::string text(size, '\0');
  REQUIRE(writ_describe(opened.evaluator, text.data(), text.size(), &size) == WRIT_OK);
  const nlohmann::json json = nlohmann::json::parse(text.substr(0, size - 1));
  CHECK(json["title"] == "Test");
  CHECK(json["compiler"] == "9.9");
  CHECK(json["abi_version"] == WRIT_ABI_VERSION);
  CHECK(json["sources"][0]["name"] == "prices.writ");  // wherever it lay
  CHECK(json["sources"][0]["sha256"] == describe::sha256(opened.text));
  CHECK(json["effective"] == "2026-01-01");
  CHECK(json["parties"].size() == 2);
  CHECK(json["params"][0]["name"] == "share");
  const uint32_t item = writ_find_record(opened.evaluator, "Item");
  CHECK(json["records"][item]["fields"][2]["currency"] == "GBP");
  CHECK(json["records"][item]["fields"][3]["may_be_none"] == true);
  const uint32_t choice = writ_find_definition(opened.evaluator, "choice");
  CHECK(json["definitions"][choice]["per"] == "Item");
  CHECK(json["definitions"][choice]["cases"][1]["quote"] == "case cheap overrides reds : 2 when price < GBP 1.00");
}

TEST_CASE("the hash of a text is that of sha256sum") {
  CHECK(describe::sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(describe::sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(describe::sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(describe::sha256(std::string(1000000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("names of rule sets") {
  CHECK(describe::rule_set_name("a/b/help-desk.v2.writ") == "help_desk");
  CHECK(describe::rule_set_name("2026.writ") == "rules_2026");
  CHECK(describe::rule_set_name("int.writ") == "rules_of_int");
  CHECK(describe::rule_set_name("ä.writ") == "rules_");
  CHECK(describe::is_rule_set_name("desk_2"));
  for (const char* bad : {"", "2desk", "_desk", "a__b", "a-b", "class", "writ_x", "writ"}) CHECK(!describe::is_rule_set_name(bad));
}

TEST_CASE("two names that are one macro, and words that would end a comment") {
  explain::Description d;
  d.title =
      "Ends here */ int x; /* and ?"
      "?/ there";
  d.definitions.resize(2);
  d.definitions[0].name = "a.b";
  d.definitions[1].name = "a_b";
  const std::string header = describe::c_header(d, "x");
  CHECK(header.find("*/ int x;") == std::string::npos);
  CHECK(header.find("?"
                    "?/") == std::string::npos);
  CHECK(header.find("#define X_DEFINITION_A_B 0") != std::string::npos);
  CHECK(header.find("#define X_DEFINITION_A_B_1 1") != std::string::npos);
}

}  // namespace
}  // namespace writ
