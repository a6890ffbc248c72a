#include <fmt/format.h>

#include <algorithm>
#include <tuple>

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
  size_t order;  // as reported
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

// The part of a line that is shown: lines may be long, screens are not. Columns are cut so that the first mark stands in view.
struct Window {
  uint32_t from = 0, until = 0;  // screen columns
};

Window window_of(const Excerpt& excerpt, uint32_t mark) {
  constexpr uint32_t widest = 160, before_mark = 60;
  const uint32_t columns = excerpt.columns.back();
  if (columns <= widest) return {0, columns};
  const uint32_t from = mark > before_mark ? mark - before_mark : 0;
  return {from, std::min(columns, from + widest)};
}

uint32_t column_of(const Excerpt& excerpt, uint32_t offset) { return excerpt.columns[std::min<size_t>(offset, excerpt.columns.size() - 1)]; }

constexpr std::string_view cut_off = "...";

std::string underline(const Mark& mark, uint32_t line_start, const Excerpt& excerpt, Window window) {
  const uint32_t begin = std::clamp(column_of(excerpt, mark.span.begin - line_start), window.from, window.until);
  // A span over several lines is underlined to the end of its first.
  const uint32_t end = std::clamp(column_of(excerpt, std::max(mark.span.end, mark.span.begin) - line_start), begin, window.until);
  const size_t margin = begin - window.from + (window.from > 0 ? cut_off.size() : 0);
  return std::string(margin, ' ') + std::string(std::max<uint32_t>(1, end - begin), mark.primary ? '^' : '-');
}

// The columns of the excerpt that are in view; a column may be several bytes.
std::string cut(const Excerpt& excerpt, Window window) {
  std::string text = window.from > 0 ? std::string(cut_off) : "";
  uint32_t column = 0;
  for (size_t i = 0; i < excerpt.text.size(); ++i) {
    const bool starts = (static_cast<unsigned char>(excerpt.text[i]) & 0xC0) != 0x80;
    if (starts && i > 0) ++column;
    if (column >= window.from && column < window.until) text += excerpt.text[i];
  }
  return window.until < excerpt.columns.back() ? text + std::string(cut_off) : text;
}

}  // namespace

std::string render_human(const Diagnostic& diagnostic, const source::SourceMap& sources, bool colour) {
  const Paint paint = paint_of(diagnostic.kind->severity, colour);
  std::string text =
      fmt::format("{}{}[{}]{}: {}\n", paint.strong, word_of(diagnostic.kind->severity), diagnostic.kind->code, paint.reset, visible(message_of(diagnostic)));
  std::vector<Mark> marks;
  const auto add = [&](source::Span span, std::string_view label, bool primary) {
    if (span.valid()) marks.push_back({span, label, primary, source::place_of(sources, span.file, span.begin).line, marks.size()});
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
  std::sort(marks.begin(), marks.end(), [&](const Mark& a, const Mark& b) {
    const auto key = [&](const Mark& mark) { return std::tuple(mark.span.file != home, mark.span.file, mark.line, mark.order); };
    return key(a) < key(b);
  });
  size_t width = 1;
  for (const Mark& mark : marks) width = std::max(width, std::to_string(mark.line).size());
  const std::string gutter(width, ' ');
  const Mark* before = nullptr;
  Window window;
  for (const Mark& mark : marks) {
    const source::Place place = source::place_of(sources, mark.span.file, mark.span.begin);
    const uint32_t line_start = sources.files[mark.span.file].line_starts[static_cast<size_t>(mark.line) - 1];
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
      const uint32_t mark_column = column_of(excerpt, mark.span.begin - line_start);
      window = window_of(excerpt, mark_column);
      text += fmt::format("{}{:>{}} |{} {}\n", paint.blue, mark.line, width, paint.reset, cut(excerpt, window));
    }
    text += fmt::format("{} {}|{} {}{}{}{}{}\n", gutter, paint.blue, paint.reset, mark.primary ? paint.strong : paint.blue,
                        underline(mark, line_start, excerpt, window), mark.text.empty() ? "" : " ", visible(mark.text), paint.reset);
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
