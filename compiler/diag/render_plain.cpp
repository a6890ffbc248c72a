#include <fmt/format.h>

#include "diag/excerpt.h"
#include "diag/render.h"
#include "diag/severity.h"

namespace writ::diag {

static std::string where(source::Span span, const source::SourceMap& sources) {
  const source::Place place = source::place_of(sources, span.file, span.begin);
  return fmt::format("{}:{}:{}: ", visible(sources.files[span.file].name), place.line, place.column);
}

std::string render_plain(const Diagnostic& diagnostic, const source::SourceMap& sources) {
  std::string text = diagnostic.span.valid() ? where(diagnostic.span, sources) : "";
  text += fmt::format("{} {}: {}\n", word_of(diagnostic.kind->severity), diagnostic.kind->code, visible(message_of(diagnostic)));
  for (const Label& label : diagnostic.labels) {
    text += fmt::format("  {}{}\n", label.span.valid() ? where(label.span, sources) : "", visible(label.text));
  }
  for (const std::string& note : diagnostic.notes) text += fmt::format("  note: {}\n", visible(note));
  for (const std::string& help : diagnostic.helps) text += fmt::format("  help: {}\n", visible(help));
  for (const Fix& fix : diagnostic.fixes) text += fmt::format("  fix: {}`{}`\n", where(fix.span, sources), visible(fix.text));
  return text;
}

}  // namespace writ::diag
