#include "parse/build.h"
#include "parse/diagnostics.h"

#include <algorithm>

namespace writ::parse {

namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else if (c != '\r') {  // a carriage return stands only before a line feed
      lines.back() += c;
    }
  }
  return lines;
}

bool is_blank(const std::string& line) { return line.find_first_not_of(" \t") == std::string::npos; }

// The lines without the first and last when these are blank, and without the indentation that all share.
std::string without_indentation(std::string_view raw) {
  std::vector<std::string> lines = lines_of(raw);
  const size_t none = std::string::npos;
  lines.front().erase(0, std::min(lines.front().find_first_not_of(" \t"), lines.front().size()));
  size_t shared = none;
  for (size_t i = 1; i < lines.size(); ++i) {
    if (!is_blank(lines[i])) shared = std::min(shared, lines[i].find_first_not_of(" \t"));
  }
  for (size_t i = 1; i < lines.size(); ++i) {
    if (is_blank(lines[i])) {
      lines[i].clear();
    } else {
      lines[i].erase(0, shared);
    }
  }
  if (lines.size() > 1 && lines.front().empty()) lines.erase(lines.begin());
  if (lines.size() > 1 && lines.back().empty()) lines.pop_back();
  std::string text;
  for (size_t i = 0; i < lines.size(); ++i) text += (i == 0 ? "" : "\n") + lines[i];
  return text;
}

bool is_name(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (static_cast<unsigned char>(c) & 0x80) != 0; };
  if (text.empty() || !is_letter(text[0])) return false;
  return std::all_of(text.begin(), text.end(), [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

// `Resolution.Critical` or `Company`; an id that is not valid when the words are anything else.
ast::ExprId hole_value(Build& build, std::string_view words, source::Span span) {
  const size_t dot = words.find('.');
  const std::string_view name = words.substr(0, dot);
  if (!is_name(name)) return {};
  const ast::ExprId whole = add(build, ast::NameExpr{{std::string(name), span}}, span);
  if (dot == std::string_view::npos) return whole;
  const std::string_view member = words.substr(dot + 1);
  if (!is_name(member)) return {};
  return add(build, ast::MemberExpr{whole, {std::string(member), span}}, span);
}

// The place in the source of a hole, searched from `from` on: indentation that was taken away never stands inside a hole.
source::Span place_of_hole(const Build& build, std::string_view hole, source::Span whole, uint32_t& from) {
  const size_t at = build.reading.text.find(hole, from);
  if (at == std::string_view::npos || at + hole.size() > whole.end) return whole;
  from = static_cast<uint32_t>(at + hole.size());
  return {whole.file, static_cast<uint32_t>(at), from};
}

}  // namespace

std::vector<ast::ProsePiece> prose_pieces(Build& build, const std::string& text, source::Span span) {
  std::vector<ast::ProsePiece> pieces;
  std::string plain;
  uint32_t from = span.begin;
  const auto flush = [&] {
    if (!plain.empty()) pieces.push_back({plain, {}, span});
    plain.clear();
  };
  for (size_t i = 0; i < text.size(); ++i) {
    if ((text[i] == '{' || text[i] == '}') && i + 1 < text.size() && text[i + 1] == text[i]) {
      plain += text[i++];  // a doubled brace is one that is printed
    } else if (text[i] != '{' && text[i] != '}') {
      plain += text[i];
    } else {
      const size_t close = text[i] == '{' ? text.find_first_of("{}\n", i + 1) : i;
      const bool whole = close != std::string::npos && close > i && text[close] == '}';
      const std::string hole = text.substr(i, whole ? close - i + 1 : 1);
      const source::Span place = place_of_hole(build, hole, span, from);
      const ast::ExprId value = whole ? hole_value(build, std::string_view(hole).substr(1, hole.size() - 2), place) : ast::ExprId{};
      if (value.valid()) {
        flush();
        pieces.push_back({"", value, place});
      } else {
        diag::report(build.reading.sink, unclear_hole, place, {{"found", hole}})
            .helps.push_back("braces hold a name such as `{Company}` or `{Resolution.Critical}`; a brace to be printed is doubled: `{{`");
      }
      i += hole.size() - 1;
    }
  }
  flush();
  return pieces;
}

ast::Prose prose_of(Build& build, const Node* node) {
  constexpr size_t quotes = 3;
  const source::Span span = span_of(build, node);
  const std::string raw = spelling(build, node);
  ast::Prose prose{{without_indentation(std::string_view(raw).substr(quotes, raw.size() - 2 * quotes)), span}, {}};
  prose.pieces = prose_pieces(build, prose.text.text, span);
  return prose;
}

}  // namespace writ::parse
