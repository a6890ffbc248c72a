// What a program may hand over that is no rule set, or not this one: refused, with the reason.
#include <doctest/doctest.h>
#include <writ/rules.h>

#include <cstring>

#include "describe/describe.h"
#include "emit/emit.h"
#include "plan/plan.h"
#include "properties/generator.h"
#include "support/artefact.h"

namespace writ {
namespace {

const evaluate::Rules& rules_of_seed_7() {
  static const testing::Artefact artefact = [] {
    const ir::Agreement agreement = properties::random_agreement(7);
    return testing::build_artefact(plan::make_plan(agreement), explain::save_description(describe::describe(agreement, source::SourceMap{}, "test")), 0);
  }();
  return *artefact.rules;
}

std::string reason(const evaluate::Rules& rules) {
  writ_evaluator* evaluator = nullptr;
  const writ_status status = writ_open(reinterpret_cast<const writ_rules*>(&rules), &evaluator);
  char text[300];
  REQUIRE(evaluator != nullptr);
  CHECK(writ_error(evaluator, text, sizeof text, nullptr) == WRIT_OK);
  CHECK((status == WRIT_OK) == (std::strlen(text) == 0));
  CHECK((status == WRIT_OK || status == WRIT_BAD_RULES));
  CHECK((writ_title(evaluator) != nullptr) == (status == WRIT_OK));
  writ_evaluator_free(evaluator);
  return text;
}

bool tells(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

TEST_CASE("rule sets that are not what they should be are refused with a reason") {
  const evaluate::Rules good = rules_of_seed_7();
  CHECK(reason(good) == "");
  evaluate::Rules bad = good;
  bad.size = 16;
  CHECK(tells(reason(bad), "no rule set"));
  bad = good;
  bad.magic[0] = 'w';
  CHECK(tells(reason(bad), "no rule set"));
  bad = good;
  bad.abi_version += 1;
  CHECK(tells(reason(bad), "version 2 of the interface"));
  bad = good;
  bad.layout ^= 1;
  CHECK(tells(reason(bad), "another version of the compiler"));
  bad = good;
  bad.program_size -= 1;
  CHECK(tells(reason(bad), "damaged"));
  bad = good;
  bad.levels = nullptr;
  CHECK(tells(reason(bad), "a part is missing"));
  bad = good;
  bad.description_size /= 2;
  CHECK(tells(reason(bad), "damaged"));
  bad = good;
  const std::vector<std::byte> foreign = explain::save_description(describe::describe(properties::random_agreement(8), source::SourceMap{}, "test"));
  bad.description = foreign.data();
  bad.description_size = foreign.size();
  CHECK(tells(reason(bad), "does not fit its tables"));
  evaluate::LevelCode short_level = *good.levels;
  short_level.count -= 1;
  bad = good;
  bad.levels = &short_level;
  bad.level_count = 1;
  CHECK(tells(reason(bad), "does not fit its tables"));
  short_level = *good.levels;
  short_level.level = 9;
  CHECK(tells(reason(bad), "no code for this processor"));
}

TEST_CASE("null pointers are answered, not followed") {
  writ_evaluator* evaluator = nullptr;
  CHECK(writ_open(nullptr, &evaluator) == WRIT_BAD_ARGUMENT);
  REQUIRE(evaluator != nullptr);
  writ_evaluator_free(evaluator);
  CHECK(writ_open(reinterpret_cast<const writ_rules*>(&rules_of_seed_7()), nullptr) == WRIT_BAD_ARGUMENT);
  CHECK(writ_error(nullptr, nullptr, 0, nullptr) == WRIT_BAD_ARGUMENT);
  CHECK(writ_describe(nullptr, nullptr, 0, nullptr) == WRIT_BAD_ARGUMENT);
  CHECK(writ_find_record(nullptr, "x") == WRIT_NOWHERE);
  CHECK(writ_record_count(nullptr) == 0);
  CHECK(writ_case_row(nullptr, nullptr) == WRIT_BAD_ARGUMENT);
  writ_case_free(nullptr);
  writ_totals_free(nullptr);
  writ_results_free(nullptr);
  writ_evaluator_free(nullptr);
  CHECK(std::strcmp(writ_status_text(99), "no status of this interface") == 0);
}

}  // namespace
}  // namespace writ
