#include <fmt/format.h>

#include <algorithm>

#include "diag/excerpt.h"
#include "diag/render.h"
#include "diag/severity.h"

namespace writ::diag {

namespace {

struct Paint {
  std::string_view strong, blue, reset;
};

struct Mark {  // one underline
  source::Span span;
  std::string_view text;
  bool primary;
  int line;
};

Paint paint_of(Severity severity, bool colour) {
  if (!colour) return {"", "", ""};
  switch (severity) {
    case Severity::error: return {"\033[1;31m", "\033[1;34m", "\033[0m"};
    case Severity::warning: return {"\033[1;33m", "\033[1;34m", "\033[0m"};
    case Severity::note: return {"\033[1;36m", "\033[1;34m", "\033[0m"};
  }
  return {"", "", ""};
}

std::string underline(const Mark& mark, const source::SourceMap& sources, const Excerpt& excerpt) {
  const source::File& file = sources.files[mark.span.file];
  const uint32_t start = file.line_starts[static_cast<size_t>(mark.line) - 1];
  const size_t last = excerpt.columns.size() - 1;
  const size_t from = std::min<size_t>(mark.span.begin - start, last);
  const size_t until = std::min<size_t>(std::max(mark.span.end, mark.span.begin) - start, last);  // a span over several lines: to this line's end
  const uint32_t begin = excerpt.columns[from];
  const uint32_t width = std::max<uint32_t>(1, excerpt.columns[until] - begin);
  return std::string(begin, ' ') + std::string(width, mark.primary ? '^' : '-');
}

}  // namespace

std::string render_human(const Diagnostic& diagnostic, const source::SourceMap& sources, bool colour) {
  const Paint paint = paint_of(diagnostic.kind->severity, colour);
  std::string text = fmt::format("{}{}[{}]{}: {}\n", paint.strong, word_of(diagnostic.kind->severity), diagnostic.kind->code, paint.reset,
                                 visible(message_of(diagnostic)));
  std::vector<Mark> marks;
  const auto add = [&](source::Span span, std::string_view label, bool primary) {
    if (span.valid()) marks.push_back({span, label, primary, source::place_of(sources, span.file, span.begin).line});
  };
  add(diagnostic.span, "", true);
  for (const Label& label : diagnostic.labels) {
    // A label on the very text that is wrong is written beside its underline.
    if (!marks.empty() && label.span == diagnostic.span && marks.front().text.empty()) {
      marks.front().text = label.text;
    } else {
      add(label.span, label.text, false);
    }
  }
  // The file of the mistake first, other files after it; inside a file from top to bottom.
  const source::FileId home = diagnostic.span.file;
  std::stable_sort(marks.begin(), marks.end(), [&](const Mark& a, const Mark& b) {
    if (a.span.file != b.span.file) return a.span.file == home || (b.span.file != home && a.span.file < b.span.file);
    return a.line < b.line;
  });
  size_t width = 1;
  for (const Mark& mark : marks) width = std::max(width, std::to_string(mark.line).size());
  const std::string gutter(width, ' ');
  const Mark* before = nullptr;
  for (const Mark& mark : marks) {
    const source::Place place = source::place_of(sources, mark.span.file, mark.span.begin);
    const Excerpt excerpt = excerpt_of(source::line_at(sources, mark.span.file, mark.span.begin));
    if (before == nullptr || before->span.file != mark.span.file) {
      source::Place shown = place;
      if (before == nullptr && mark.span.file == home) shown = source::place_of(sources, home, diagnostic.span.begin);
      text += fmt::format("{}{}{}{} {}:{}:{}\n", gutter, paint.blue, before == nullptr ? "-->" : ":::", paint.reset,
                          visible(sources.files[mark.span.file].name), shown.line, shown.column);
      text += fmt::format("{} {}|{}\n", gutter, paint.blue, paint.reset);
    } else if (mark.line > before->line + 1) {
      text += fmt::format("{}...{}\n", paint.blue, paint.reset);
    }
    if (before == nullptr || before->span.file != mark.span.file || before->line != mark.line) {
      text += fmt::format("{}{:>{}} |{} {}\n", paint.blue, mark.line, width, paint.reset, excerpt.text);
    }
    text += fmt::format("{} {}|{} {}{}{}{}{}\n", gutter, paint.blue, paint.reset, mark.primary ? paint.strong : paint.blue,
                        underline(mark, sources, excerpt), mark.text.empty() ? "" : " ", visible(mark.text), paint.reset);
    before = &mark;
  }
  const auto tail = [&](std::string_view word, std::string_view said) {
    text += fmt::format("{} {}={} {}: {}\n", gutter, paint.blue, paint.reset, word, visible(said));
  };
  for (const std::string& note : diagnostic.notes) tail("note", note);
  for (const std::string& help : diagnostic.helps) tail("help", help);
  if (diagnostic.helps.empty()) {
    for (const Fix& fix : diagnostic.fixes) {
      if (!fix.text.empty()) tail("help", fmt::format("write `{}`", fix.text));
    }
  }
  return text;
}

}  // namespace writ::diag
