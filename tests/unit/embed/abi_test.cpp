#include <writ/agreement.h>

#include "unit/embed/helpdesk.h"

extern "C" int writ_test_agreement_from_c(const char* text, ArrowSchema* schema, ArrowArray* array);

namespace writ::embed::testing {
namespace {

TEST_CASE("a host in C") {
  const NodePtr node = tickets();
  CHECK(writ_test_agreement_from_c(helpdesk.c_str(), &node->schema, &node->array) == 0);
}

}  // namespace
}  // namespace writ::embed::testing
