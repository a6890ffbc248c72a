// Decisions between many cases: which are data, what is decided where, and that planning them stays quick.
#include <doctest/doctest.h>

#include <algorithm>

#include "evaluate/look_up.h"
#include "plan/plan.h"
#include "unit/plan/source.h"

namespace writ::plan {
namespace {

using evaluate::LookUpLeaf;
using evaluate::LookUpTable;
using testing::agreement_of;

const std::string order = R"(
record Order since placed {
  placed   : instant
  product  : int
  quantity : 0..1000
  discount : 0..9 or none
}
)";

std::string rule_of(const std::string& base, int cases, const std::string& more = "") {
  std::string text = order + "clause 1 \"Prices\" {\n  rule price per Order {\n" + base;
  for (int i = 0; i < cases; ++i) {
    text += "    case c" + std::to_string(i) + " : " + std::to_string(i % 50) + " when product = " + std::to_string(i * 7) + " and quantity at least " +
            std::to_string(i % 20) + "\n";
  }
  return text + more + "  }\n}\n";
}

Plan plan_of(const std::string& body) {
  Plan plan = make_plan(agreement_of(body));
  CHECK(verify(plan) == std::vector<std::string>{});
  return plan;
}

// What stands behind the tree for a product and a quantity; the levels ask for subjects in the order of the guards.
const LookUpLeaf& leaf_of(const LookUpTable& table, int64_t product, int64_t quantity, int64_t discount = 0) {
  const int64_t numbers[] = {product, quantity, discount};
  evaluate::LookUpOperand operands[3];
  for (int i = 0; i < 3; ++i) operands[i].numbers = &numbers[i];
  uint32_t leaf = 0;
  evaluate::find_leaves(table, operands, 0, 1, &leaf);
  return table.leaves[leaf];
}

int64_t given(const LookUpTable& table, int64_t product, int64_t quantity) {
  const LookUpLeaf& leaf = leaf_of(table, product, quantity);
  REQUIRE(leaf.kind == LookUpLeaf::Kind::result);
  return leaf.number;
}

const Step* look_up_step(const Plan& plan) {
  for (const RecordStages& stages : plan.records) {
    for (const Step& step : stages.facts[static_cast<size_t>(Form::lean)].steps) {
      if (step.op == Op::look_up) return &step;
    }
  }
  return nullptr;
}

TEST_CASE("few cases are compared, many are looked up") {
  CHECK(plan_of(rule_of("    base 7\n", 64)).tables.look_ups.empty());
  const Plan plan = plan_of(rule_of("    base 7\n", 65));
  REQUIRE(plan.tables.look_ups.size() == 1);
  REQUIRE(look_up_step(plan) != nullptr);
  CHECK(look_up_step(plan)->operands.size() == 2);
}

TEST_CASE("every number finds its case, and those between them the base") {
  const Plan plan = plan_of(rule_of("    base 77\n", 300));
  const LookUpTable& table = plan.tables.look_ups.front();
  CHECK(evaluate::is_sound(table));
  for (int64_t product : {INT64_MIN, int64_t{-1}, int64_t{1}, int64_t{299 * 7 + 1}, INT64_MAX}) CHECK(given(table, product, 1000) == 77);
  for (int i = 0; i < 300; ++i) {
    CHECK(given(table, i * 7, i % 20) == i % 50);
    CHECK(given(table, i * 7, i % 20 - 1) == 77);
  }
  CHECK(!look_up_step(plan)->facts.fault);
}

TEST_CASE("cases that hold at once: a conflict where they differ, none where they agree or one overrides the other") {
  const std::string more =
      "    case same : 3 when product = 21\n"
      "    case other : 9 when product = 28\n"
      "    case first overrides c5 : 8 when product = 35\n";
  const Plan plan = plan_of(rule_of("    base 7\n", 100, more));
  const LookUpTable& table = plan.tables.look_ups.front();
  CHECK(given(table, 21, 3) == 3);
  CHECK(leaf_of(table, 28, 4).kind == LookUpLeaf::Kind::fault);
  CHECK(leaf_of(table, 28, 4).fault == value::Fault::conflict);
  CHECK(given(table, 28, 3) == 9);
  CHECK(given(table, 35, 5) == 8);
  CHECK(look_up_step(plan)->facts.fault);
}

uint64_t held(const LookUpTable& table, int64_t product, int64_t quantity) {
  return table.held[static_cast<size_t>(&leaf_of(table, product, quantity) - table.leaves.data())];
}

TEST_CASE("a leaf tells the case that decides, and the second one of a conflict") {
  const std::string more =
      "    case other : 9 when product = 28\n"
      "    case first overrides c5 : 8 when product = 35\n";
  const Plan plan = plan_of(rule_of("    base 7\n", 100, more));
  const LookUpTable& table = plan.tables.look_ups.front();
  CHECK(held(table, 28, 3) == 101);
  CHECK(held(table, 28, 4) == value::held_pair(5, 101));
  CHECK(held(table, 35, 5) == 102);
  CHECK(held(table, 99 * 7, 1000) == 100);
  CHECK(held(table, 1, 1000) == 0);
}

TEST_CASE("without a base, numbers that no case names are a gap") {
  const LookUpTable table = plan_of(rule_of("", 80)).tables.look_ups.front();
  CHECK(leaf_of(table, 7, 0).fault == value::Fault::gap);
  CHECK(given(table, 7, 1) == 1);
}

TEST_CASE("only the cases of one product are asked where the quantity is not known") {
  const Plan plan = plan_of(rule_of("    base 7\n", 200));
  const LookUpTable& table = plan.tables.look_ups.front();
  uint64_t held = 0;
  std::vector<value::Value> operands{value::given(7 * 33), value::unknown()};
  CHECK(value::is_unknown(evaluate::decide_by_table(table, operands, held)));
  operands[0] = value::given(1);
  CHECK(evaluate::decide_by_table(table, operands, held) == value::given(7));
  operands = {value::given(7 * 33), value::given(13)};
  CHECK(evaluate::decide_by_table(table, operands, held) == value::given(33));
  CHECK(held == 34);
  size_t most = 0;
  for (size_t i = 0; i + 1 < table.first_candidate.size(); ++i) most = std::max<size_t>(most, table.first_candidate[i + 1] - table.first_candidate[i]);
  CHECK(most == 1);
}

TEST_CASE("guards over sums are compared, however many they are") {
  std::string more;
  for (int i = 0; i < 70; ++i) more += "    case s" + std::to_string(i) + " : 1 when product + quantity = " + std::to_string(i) + "\n";
  CHECK(plan_of(rule_of("    base 7\n", 1, more)).tables.look_ups.empty());
}

TEST_CASE("ten thousand cases make a tree of about as many nodes") {
  const Plan plan = plan_of(rule_of("    base 7\n", 10000));
  const LookUpTable& table = plan.tables.look_ups.front();
  CHECK(!table.open);
  CHECK(table.nodes.size() < 20000);
  CHECK(table.children.size() < 100000);
  CHECK(given(table, 9999 * 7, 19) == 9999 % 50);
}

}  // namespace
}  // namespace writ::plan
