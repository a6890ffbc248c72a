// plain_source, read and checked.
#pragma once
#include <doctest/doctest.h>

#include "driver/pipeline.h"
#include "properties/generator.h"

namespace writ::properties {

// An agreement without mistakes from its text.
inline ir::Agreement agreement_of(const std::string& source) {
  driver::Program program;
  driver::load_program_text("plain.writ", source, program);
  for (const diag::Diagnostic& diagnostic : program.sink.diagnostics) {
    if (diagnostic.kind->severity == diag::Severity::error) FAIL(diagnostic.kind->code << " " << diag::message_of(diagnostic) << "\n" << source);
  }
  return program.agreement;
}

inline ir::Agreement plain_agreement(uint64_t seed) { return agreement_of(plain_source(seed)); }

}  // namespace writ::properties
