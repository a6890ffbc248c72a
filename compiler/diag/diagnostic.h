// A diagnostic as a value: what was found, where, what else bears on it, and what to write instead.
// The wording of each message stands in the `diagnostics.def` of the phase that reports it.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "source/span.h"

namespace writ::diag {

enum class Severity { error, warning, note };

// One row of a diagnostics.def. The letter of the code names the phase (P parse, C check, R records, D driver ...).
struct Kind {
  std::string_view code;  // "C0203"; never reused
  std::string_view name;  // "unknown_name"
  Severity severity;
  std::string_view message;  // with holes: "there is no {kind} called `{name}`"
};

struct Argument {
  std::string_view hole;
  std::string text;
};

struct Label {
  source::Span span;
  std::string text;
};

struct Fix {
  source::Span span;  // what to replace
  std::string text;   // by this
};

struct Diagnostic {
  const Kind* kind = nullptr;
  source::Span span;  // the narrowest wrong text; invalid when the mistake is in no file
  std::vector<Argument> arguments;
  std::vector<Label> labels;       // other places involved
  std::vector<std::string> notes;  // why, in a sentence
  std::vector<std::string> helps;  // what to write instead
  std::vector<Fix> fixes;          // at most one
};

// The message with its holes filled.
std::string message_of(const Diagnostic& diagnostic);

// Where phases report. Keeps the order of discovery.
struct Sink {
  std::vector<Diagnostic> diagnostics;
  int errors = 0;
};

// Adds a diagnostic; the reference is good until the next report.
Diagnostic& report(Sink& sink, const Kind& kind, source::Span span, std::vector<Argument> arguments = {});

}  // namespace writ::diag
