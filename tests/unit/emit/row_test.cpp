// One row by itself: which rows the code for one row answers for, what it says, and what is refused.
#include <writ/rules.h>

#include "emit/emit.h"
#include "evaluate/abi.h"
#include "explain/one_case.h"
#include "plan/plan.h"
#include "unit/plan/source.h"

namespace writ::emit {
namespace {

using plan::testing::agreement_of;
using plan::testing::definition_index;

const std::string body = R"(
enum Kind { small, large, huge }
record Item since at {
  at    : instant
  kind  : Kind
  many  : 0..9 or none
  price : money in GBP 0.00..GBP 100.00
  done  : instant or not yet
}
clause 1 "Rules" {
  commitment Delivery for Item by Desk {
    from at until done
    within 2 hours
  }
  rule share per Item {
    base 0%
    case small : 5% when missed Delivery and kind = small
    case large : 10% when missed Delivery and kind = large
    case huge  : 20% when missed Delivery and kind = huge
  }
  rule credit per Item = rounded(share of price, 2)
  rule each per Item = rounded(price / (many otherwise 1), 2)
  rule strict per Item = many
}
)";

constexpr int64_t hour = 3600000000;
constexpr int64_t now = 1767312000000000 + 100 * hour;

struct Asked {
  ir::Agreement agreement = agreement_of(body);
  writ_evaluator* evaluator = nullptr;
  writ_totals* totals = nullptr;
  writ_case* one = nullptr;
  int64_t numbers[5] = {now - 10 * hour - 1, 1, 2, 1999, now - 9 * hour - 7};
  uint8_t states[5] = {};
  int64_t values[4] = {};
  uint8_t value_states[4] = {};

  explicit Asked(const std::vector<const char*>& names) {
    evaluator = evaluate::to_c(make_native(plan::make_plan(agreement)));
    const writ_inputs inputs{sizeof inputs, now, 0, nullptr};
    REQUIRE(writ_totals_new(evaluator, &inputs, &totals) == WRIT_OK);
    REQUIRE(writ_case_new(evaluator, totals, 0, &one) == WRIT_OK);
    std::vector<uint32_t> definitions;
    for (const char* name : names) definitions.push_back(definition_index(agreement, name));
    REQUIRE(writ_case_want(one, definitions.data(), definitions.size()) == WRIT_OK);
  }
  ~Asked() {
    writ_case_free(one);
    writ_totals_free(totals);
    writ_evaluator_free(evaluator);
  }
  writ_row row() const {
    writ_row made{};
    made.size = sizeof made;
    made.numbers = numbers;
    made.states = states;
    return made;
  }
  void decide() {
    const writ_row asked = row();
    REQUIRE(writ_case_decide(one, &asked, values, value_states) == WRIT_OK);
  }
  bool usual() {
    int64_t some[4];
    uint8_t unread[4];
    return one->decide != nullptr && one->decide(&one->asking, numbers, states, some, unread, nullptr) == 0;
  }
};

TEST_CASE("usual rows: given, absent as declared, in any microsecond, and those that cannot be told yet") {
  Asked a({"Delivery", "credit", "strict"});
  a.decide();
  CHECK(a.usual());
  CHECK(a.values[0] == 0);  // met
  CHECK(a.values[1] == 0);
  CHECK(a.values[2] == 2);
  a.numbers[4] = a.numbers[0] + 2 * hour + 1;
  a.decide();
  CHECK(a.usual());
  CHECK(a.values[0] == 1);  // missed by a microsecond
  CHECK(a.values[1] == 200);
  a.numbers[4] -= 1;
  a.decide();
  CHECK(a.values[0] == 0);
  a.states[2] = WRIT_NONE;
  a.states[4] = WRIT_NOT_YET;
  a.decide();
  CHECK(a.usual());
  CHECK(a.values[0] == 1);  // not done, and two hours are over
  CHECK(a.value_states[2] == WRIT_NONE);
  a.numbers[0] = now - hour;
  a.decide();
  CHECK(a.usual());
  CHECK(a.values[0] == 2);  // pending
  CHECK(a.value_states[0] == WRIT_GIVEN);
  CHECK(a.value_states[1] == WRIT_UNKNOWN);
}

TEST_CASE("unusual rows come out as ever") {
  Asked a({"credit", "Delivery"});
  a.numbers[4] = a.numbers[0] + 3 * hour;
  SUBCASE("a number out of its declared range") {
    a.numbers[3] = 100000;
    a.decide();
    CHECK(a.values[0] == 10000);
  }
  SUBCASE("after the horizon, which is as good as not yet") {
    a.numbers[4] = now + 1;
    a.decide();
    CHECK(a.values[1] == 1);
  }
  SUBCASE("outside the term") {
    a.numbers[0] = 0;
    a.decide();
    CHECK(a.value_states[0] == WRIT_NONE);
    CHECK(a.value_states[1] == WRIT_NONE);
  }
  SUBCASE("its end before its start") {
    a.numbers[4] = a.numbers[0] - 1;
    a.decide();
    CHECK(a.value_states[1] == WRIT_FAULT);
  }
  SUBCASE("an instant that is not known") {
    a.states[0] = WRIT_UNKNOWN;
    a.decide();
    CHECK(a.value_states[0] == WRIT_NONE);  // undated
  }
  CHECK_FALSE(a.usual());
}

TEST_CASE("what is no number of 64 bits has no code for one row, and is told all the same") {
  Asked a({"each", "strict"});
  a.numbers[2] = 3;
  a.decide();
  CHECK(a.values[0] == 666);
  CHECK(a.values[1] == 3);
  a.numbers[2] = 0;
  a.decide();
  CHECK(a.value_states[0] == WRIT_FAULT);
  CHECK_FALSE(a.usual());
}

TEST_CASE("what is wrong with a question is said") {
  Asked a({"strict"});
  const auto error = [&] {
    char text[200];
    REQUIRE(writ_case_error(a.one, text, sizeof text, nullptr) == WRIT_OK);
    return std::string(text);
  };
  writ_row row = a.row();
  CHECK(writ_case_decide(nullptr, &row, a.values, a.value_states) == WRIT_BAD_ARGUMENT);
  CHECK(writ_case_decide(a.one, nullptr, a.values, a.value_states) == WRIT_BAD_ARGUMENT);
  CHECK(writ_case_decide(a.one, &row, nullptr, a.value_states) == WRIT_BAD_ARGUMENT);
  CHECK(error() == "a pointer is null");
  row.size = 8;
  CHECK(writ_case_decide(a.one, &row, a.values, a.value_states) == WRIT_BAD_ARGUMENT);
  CHECK(error() == "`size` is not that of writ_row");
  row = a.row();
  row.numbers = nullptr;
  CHECK(writ_case_decide(a.one, &row, a.values, a.value_states) == WRIT_BAD_ARGUMENT);
  CHECK(error() == "`numbers` is null");
  row = a.row();
  a.states[2] = 9;
  CHECK(writ_case_decide(a.one, &row, a.values, a.value_states) == WRIT_BAD_ARGUMENT);
  CHECK(error() == "field 2 has a state that facts do not have");
  a.states[2] = 0;
  row.history_rows = 1;
  CHECK(writ_case_decide(a.one, &row, a.values, a.value_states) == WRIT_BAD_ARGUMENT);
  CHECK(error() == "records of this type have no history, or it is null");
  const uint32_t nothing = 1000;
  CHECK(writ_case_want(a.one, &nothing, 1) == WRIT_BAD_ARGUMENT);
  CHECK(error() == "the record type has no definition 1000");
  CHECK(writ_case_want(a.one, nullptr, 1) == WRIT_BAD_ARGUMENT);
  writ_case* other = nullptr;
  REQUIRE(writ_case_new(a.evaluator, a.totals, 0, &other) == WRIT_OK);
  row = a.row();
  CHECK(writ_case_decide(other, &row, a.values, a.value_states) == WRIT_BAD_ARGUMENT);  // nothing is wanted
  CHECK(writ_case_part(other) == WRIT_NOWHERE);
  writ_case_free(other);
}

}  // namespace
}  // namespace writ::emit
