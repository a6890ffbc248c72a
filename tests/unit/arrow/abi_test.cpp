#include "unit/arrow/support.h"

extern "C" int writ_test_arrow_from_c(const ArrowSchema* schema, const ArrowArray* array);

namespace writ::arrow::testing {
namespace {

TEST_CASE("a host in C") {
  const NodePtr node = table(4, texts("id", {"A", "B", "A", "C"}), numbers<uint32_t>("score", "I", {1u, std::nullopt, 3u, 4'000'000'000u}),
                             dictionary("size", {0, 1, 0, 1}, {"small", "large"}));
  CHECK(writ_test_arrow_from_c(&node->schema, &node->array) == 0);
}

}  // namespace
}  // namespace writ::arrow::testing
