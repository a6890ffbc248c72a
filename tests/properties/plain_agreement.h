// plain_source, read and checked.
#pragma once
#include <doctest/doctest.h>

#include "driver/pipeline.h"
#include "properties/generator.h"

namespace writ::properties {

inline ir::Agreement plain_agreement(uint64_t seed) {
  driver::Program program;
  const std::string source = plain_source(seed);
  driver::load_program_text("plain.writ", source, program);
  for (const diag::Diagnostic& diagnostic : program.sink.diagnostics) {
    if (diagnostic.kind->severity == diag::Severity::error) FAIL(diagnostic.kind->code << " " << diag::message_of(diagnostic) << "\n" << source);
  }
  return program.agreement;
}

}  // namespace writ::properties
