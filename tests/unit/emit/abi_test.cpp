// The C interface, called from C.
#include "evaluate/abi.h"

#include "emit/emit.h"
#include "plan/plan.h"
#include "unit/plan/source.h"

extern "C" int writ_test_from_c(const writ_evaluator* evaluator, uint32_t record, uint32_t doubled, uint32_t total);

namespace writ::emit {
namespace {

TEST_CASE("a host in C runs a rule set") {
  const ir::Agreement agreement = plan::testing::agreement_of(R"(
record Ticket since opened {
  opened : instant
  number : 0..100
}
clause 1 "Rules" {
  rule doubled per Ticket = number * 2
  rule total per agreement = sum(doubled over Ticket)
}
)");
  uint32_t record = 0;
  while (agreement.records.items[record].name != "Ticket") ++record;
  writ_evaluator* evaluator = evaluate::to_c(make_native(plan::make_plan(agreement), {}));
  const uint32_t doubled = plan::testing::definition_index(agreement, "doubled");
  const uint32_t total = plan::testing::definition_index(agreement, "total");
  CHECK(writ_test_from_c(evaluator, record, doubled, total) == 0);
  writ_evaluator_free(evaluator);
}

}  // namespace
}  // namespace writ::emit
