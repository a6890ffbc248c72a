// Agreements for tests of plan and emit, from source text: a header, and whatever the test is about.
#pragma once
#include <doctest/doctest.h>

#include <string>

#include "driver/pipeline.h"

namespace writ::plan::testing {

inline const std::string header = R"(agreement "Test"
between Desk as provider "Desk Ltd"
and Garden as customer "Garden plc"
effective 2026-01-01
term 12 months
currency GBP
time zone "Europe/London"
round half up, to the minor unit
a month after the 31st ends on the last day of a shorter month
)";

// The meaning of header and body together; the test fails where there is a mistake.
inline ir::Agreement agreement_of(const std::string& body) {
  driver::Program program;
  driver::load_program_text("test.writ", header + body, program);
  for (const diag::Diagnostic& diagnostic : program.sink.diagnostics) FAIL(diagnostic.kind->message);
  return std::move(program.agreement);
}

inline uint32_t definition_index(const ir::Agreement& agreement, const std::string& name) {
  for (uint32_t i = 0; i < agreement.definitions.size(); ++i) {
    if (agreement.definitions.items[i].name == name) return i;
  }
  FAIL("no definition " << name);
  return 0;
}

}  // namespace writ::plan::testing
