// Stages: what is proved of their steps, what is shared, how they are cut, in which order totals are made.
#include "plan/plan.h"

#include <algorithm>

#include "plan/print.h"
#include "unit/plan/source.h"

namespace writ::plan {
namespace {

using evaluate::no_index;
using testing::agreement_of;
using testing::definition_index;

const std::string ticket = R"(
enum Severity { P1, P2, P3 }
record Ticket since opened {
  severity : Severity
  opened   : instant
  answered : instant or not yet
  score    : 0..5
  fee      : money in GBP 0.00..GBP 50,000.00
  big      : int
  note     : 0..9 or unknown
}
)";

// The lean stage of the record type that has definitions.
const Stage& facts_stage(const Plan& plan, Form form = Form::lean) {
  const auto found = std::find_if(plan.records.begin(), plan.records.end(), [](const RecordStages& s) { return !s.facts[0].table.definitions.empty(); });
  REQUIRE(found != plan.records.end());
  return found->facts[static_cast<size_t>(form)];
}

const Step& step_of(const Stage& stage, uint32_t definition) {
  for (const evaluate::DefinitionOut& out : stage.table.definitions) {
    if (out.definition != definition) continue;
    for (const Step& step : stage.steps) {
      if (step.stored == out.slot) return step;
    }
  }
  FAIL("the definition has no step");
  return stage.steps.front();
}

size_t count(const Stage& stage, Op op) {
  return static_cast<size_t>(std::count_if(stage.steps.begin(), stage.steps.end(), [&](const Step& step) { return step.op == op; }));
}

Plan plan_of(const std::string& body) {
  const Plan plan = make_plan(agreement_of(body));
  CHECK(verify(plan) == std::vector<std::string>{});
  return plan;
}

TEST_CASE("a value is as narrow as its declared range allows") {
  const std::string body = ticket + R"(
clause 1 "Rules" {
  rule twice per Ticket = score * 2
  rule share per Ticket = 2.5% of fee
  rule charge per Ticket = rounded(share, 2)
  rule wide per Ticket = big * big
})";
  const ir::Agreement agreement = agreement_of(body);
  const Plan plan = make_plan(agreement);
  const Stage& stage = facts_stage(plan);
  const Step& twice = step_of(stage, definition_index(agreement, "twice"));
  CHECK(twice.lane == Lane::i8);
  CHECK(twice.facts.low == 0);
  CHECK(twice.facts.high == 10);
  // 5,000,000 pence x 25 thousandths
  CHECK(step_of(stage, definition_index(agreement, "share")).lane == Lane::i32);
  CHECK(step_of(stage, definition_index(agreement, "charge")).facts.high == 125000);
  CHECK(step_of(stage, definition_index(agreement, "wide")).lane == Lane::whole);  // 2^50 squared
  // Where nothing is trusted, all 64 bits of a column may be used.
  CHECK(step_of(facts_stage(plan, Form::general), definition_index(agreement, "twice")).lane == Lane::whole);
}

TEST_CASE("only what can be absent, unknown or faulty says so") {
  const std::string body = ticket + R"(
clause 1 "Rules" {
  commitment Answer for Ticket by Desk {
    from opened until answered
    within 3 hours
  }
  rule sure per Ticket = score + 1
  rule unsure per Ticket = note + 1
})";
  const ir::Agreement agreement = agreement_of(body);
  const Plan plan = make_plan(agreement);
  const Stage& stage = facts_stage(plan);
  const Facts sure = step_of(stage, definition_index(agreement, "sure")).facts;
  CHECK_FALSE(sure.unknown);
  CHECK_FALSE(sure.fault);
  CHECK(step_of(stage, definition_index(agreement, "unsure")).facts.unknown);
  const Facts due = step_of(stage, definition_index(agreement, "Answer.due")).facts;
  CHECK_FALSE(due.unknown);  // elapsed time from an instant that is always there
  CHECK_FALSE(due.not_yet);
  const Facts outcome = step_of(stage, definition_index(agreement, "Answer")).facts;
  CHECK(outcome.fault);  // answered before it was opened
  CHECK_FALSE(outcome.unknown);
}

TEST_CASE("equal expressions are computed once, unless a fault would bear another trace point") {
  const Plan plan = plan_of(ticket + R"(
clause 1 "Rules" {
  rule a per Ticket = score * 3
  rule b per Ticket = score * 3 + 1
  rule c per Ticket = if score * 3 > 4 then score * 3 else 0
})");
  CHECK(count(facts_stage(plan), Op::mul) == 1);
  const Plan faulty = plan_of(ticket + R"(
clause 1 "Rules" {
  rule a per Ticket = big / score
  rule b per Ticket = big / score
})");
  CHECK(count(facts_stage(faulty), Op::div) == 2);
}

TEST_CASE("guards that name every value leave no gap, and those of different values never clash") {
  const std::string rule = R"(
clause 1 "Rules" {
  rule level per Ticket {
    case one   : 1 when severity = P1
    case two   : 2 when severity = P2
    case three : 3 when severity = P3
  }
})";
  const ir::Agreement agreement = agreement_of(ticket + rule);
  const Plan plan = make_plan(agreement);
  CHECK_FALSE(step_of(facts_stage(plan), definition_index(agreement, "level")).facts.fault);
  CHECK(step_of(facts_stage(plan, Form::general), definition_index(agreement, "level")).facts.fault);  // a code that no member has
  const std::string open_rule = R"(
clause 1 "Rules" {
  rule level per Ticket {
    case one : 1 when severity = P1
    case two : 2 when score > 3
    base 0
  }
})";
  const ir::Agreement open = agreement_of(ticket + open_rule);
  CHECK(step_of(facts_stage(make_plan(open)), definition_index(open, "level")).facts.fault);
}

TEST_CASE("a long stage is cut, and what crosses a cut is stored") {
  std::string body = ticket + "clause 1 \"Rules\" {\n  rule r0 per Ticket = score + 0\n";
  for (int i = 1; i < 400; ++i) {
    body += "  rule r" + std::to_string(i) + " per Ticket = r" + std::to_string(i - 1) + " - score * " + std::to_string(i % 7) + "\n";
  }
  const Plan plan = plan_of(body + "}");
  CHECK(facts_stage(plan).cuts.size() > 1);
}

TEST_CASE("cells of one period lie together") {
  const ir::Agreement agreement = agreement_of(ticket + R"(
clause 1 "Rules" {
  metric scores = mean(score) over Ticket, per month of opened
  metric rows   = count() over Ticket, per month of opened
})");
  const Plan plan = make_plan(agreement);
  REQUIRE(plan.tables.aggregates.size() >= 2);
  CHECK(plan.tables.aggregates[0].stride == plan.tables.aggregates[1].stride);
  CHECK(plan.tables.aggregates[1].first == plan.tables.aggregates[0].first + 1);
  CHECK(plan.tables.grids.size() == 1);
  CHECK(value::period_count(plan.tables.grids[0]) == 12);
}

TEST_CASE("what no fact bears on is made before the facts, what records read of totals in an earlier pass") {
  const Plan plan = plan_of(ticket + R"(
param fee_rate : percent = 2%
clause 1 "Rules" {
  metric scores = mean(score) over Ticket, per month of opened
  rule rate per agreement = fee_rate * 2
  rule good per month = (scores otherwise 0) > 3
  rule judged per Ticket = if (good of the month of opened) then rate else 0%
})");
  CHECK(plan.tables.passes == 2);
  REQUIRE(plan.totals.size() == 3);
  CHECK(plan.totals[0].size() == 1);  // rate
  CHECK_FALSE(plan.totals[1].empty());
}

TEST_CASE("verify finds what is broken") {
  const Plan whole = plan_of(ticket + R"(
clause 1 "Rules" {
  rule a per Ticket = score * 3 + 1
})");
  const auto stage_in = [](Plan& plan) -> Stage& { return const_cast<Stage&>(facts_stage(plan)); };
  Plan plan = whole;
  for (Step& step : stage_in(plan).steps) {
    if (step.op == Op::mul) step.lane = Lane::i64;
  }
  CHECK(verify(plan).size() == 1);
  plan = whole;
  for (Step& step : stage_in(plan).steps) {
    if (step.op == Op::add) step.facts.high += 1;
  }
  CHECK_FALSE(verify(plan).empty());
  plan = whole;
  stage_in(plan).steps[0].operands.push_back({5});
  CHECK_FALSE(verify(plan).empty());
  plan = whole;
  stage_in(plan).cuts.clear();
  CHECK(verify(plan).size() == 1);
}

TEST_CASE("a plan prints the same text every time") {
  const ir::Agreement agreement = agreement_of(ticket + R"(
clause 1 "Rules" {
  rule a per Ticket = score * 3 + 1
})");
  const std::string text = print(make_plan(agreement));
  CHECK(text == print(make_plan(agreement)));
  CHECK(text.find("i8 = mul") != std::string::npos);
}

}  // namespace
}  // namespace writ::plan
