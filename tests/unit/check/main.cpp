#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include "checked.h"
#include "support/golden.h"

namespace writ::check_test {
bool& update() {
  static bool asked = false;
  return asked;
}
}  // namespace writ::check_test

int main(int count, char** arguments) {
  writ::check_test::update() = writ::support::wants_update(count, arguments);
  doctest::Context context(count, arguments);
  return context.run();
}
