#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include "support/golden.h"
#include "unit/parse/reading.h"

int main(int count, char** arguments) {
  writ::parse_test::update() = writ::support::wants_update(count, arguments);
  doctest::Context context(count, arguments);
  return context.run();
}
