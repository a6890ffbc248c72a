#include "support/diagnostics_text.h"

#include <fmt/format.h>

#include "diag/excerpt.h"
#include "diag/severity.h"

namespace writ::support {

static std::string place_text(source::Span span, const source::SourceMap& sources) {
  if (!span.valid()) return "nowhere";
  const source::Place place = source::place_of(sources, span.file, span.begin);
  return fmt::format("{}:{}", place.line, place.column);
}

// Line breaks are shown, so that a span that runs over a line's end is seen to do so.
static std::string underlined(source::Span span, const source::SourceMap& sources) {
  constexpr size_t longest = 80;
  std::string text;
  for (const char c : source::text_of(sources, span)) text += c == '\n' ? std::string("\\n") : std::string(1, c);
  text = diag::visible(text);
  return text.size() > longest ? text.substr(0, longest) + "..." : text;
}

std::string diagnostics_text(const diag::Sink& sink, const source::SourceMap& sources) {
  std::string text;
  for (const diag::Diagnostic& said : sink.diagnostics) {
    text += fmt::format("{} {} {}: {}\n", place_text(said.span, sources), diag::word_of(said.kind->severity), said.kind->code,
                        diag::visible(diag::message_of(said)));
    if (said.span.valid()) text += fmt::format("  [{}]\n", underlined(said.span, sources));
    for (const diag::Label& label : said.labels) {
      text += fmt::format("  {}: [{}] {}\n", place_text(label.span, sources), label.span.valid() ? underlined(label.span, sources) : "", label.text);
    }
    for (const std::string& note : said.notes) text += fmt::format("  note: {}\n", note);
    for (const std::string& help : said.helps) text += fmt::format("  help: {}\n", help);
    for (const diag::Fix& fix : said.fixes) text += fmt::format("  fix: [{}] -> [{}]\n", underlined(fix.span, sources), fix.text);
  }
  return text.empty() ? "none\n" : text;
}

}  // namespace writ::support
