#include "diag/diagnostic.h"

#include <cassert>

namespace writ::diag {

static std::string_view argument_of(const Diagnostic& diagnostic, std::string_view hole) {
  for (const Argument& argument : diagnostic.arguments) {
    if (argument.hole == hole) return argument.text;
  }
  assert(!"a hole of a message has no argument");
  return "?";
}

std::string message_of(const Diagnostic& diagnostic) {
  const std::string_view pattern = diagnostic.kind->message;
  std::string text;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const size_t close = pattern[i] == '{' ? pattern.find('}', i) : std::string_view::npos;
    if (close == std::string_view::npos) {
      text += pattern[i];
    } else {
      text += argument_of(diagnostic, pattern.substr(i + 1, close - i - 1));
      i = close;
    }
  }
  return text;
}

Diagnostic& report(Sink& sink, const Kind& kind, source::Span span, std::vector<Argument> arguments) {
  if (kind.severity == Severity::error) ++sink.errors;
  sink.diagnostics.push_back({&kind, span, std::move(arguments), {}, {}, {}, {}});
  return sink.diagnostics.back();
}

}  // namespace writ::diag
