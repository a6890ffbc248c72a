#include "parse/layout.h"

#include <antlr4-runtime.h>

#include <algorithm>

#include "WritLexer.h"
#include "parse/brackets.h"
#include "parse/diagnostics.h"
#include "parse/line_ends.h"

namespace writ::parse {

namespace {

using Lexer = writ_grammar::WritLexer;

struct Frame {   // a bracket that is open at this place
  size_t index;  // of its token in the source's tokens
  bool block;
  uint32_t indent;         // column of the first word on the bracket's line
  uint32_t operators = 0;  // since the last comma or statement
};

struct Layout {
  Reading& reading;
  const Brackets brackets;
  const bool cut;
  const Limits& limits;
  std::vector<Token> out;
  std::vector<Frame> open;
  size_t statement = 0;      // index in `out` of the first word of the statement
  uint32_t line_indent = 0;  // column of the first word on the current line
  uint32_t outer_operators = 0;
  uint32_t line_of_stray = 0;  // one message a line about brackets that close nothing
  std::vector<bool> troubled_lines;
  bool refused = false;

  const std::vector<Token>& in() const { return reading.tokens; }
  bool in_list() const { return !open.empty() && !open.back().block; }
};

Token virtual_token(size_t type, uint32_t at, const Token& like) {
  Token token = like;
  token.type = type;
  token.begin = token.end = at;
  token.block = token.troubled = false;
  return token;
}

std::vector<bool> troubled_lines_of(const Reading& reading) {
  std::vector<bool> lines(reading.tokens.empty() ? 1 : reading.tokens.back().line + 1);
  for (const Token& token : reading.tokens) lines[token.line] = lines[token.line] || token.troubled;
  return lines;
}

bool line_is_troubled(const Layout& layout, uint32_t line) { return line < layout.troubled_lines.size() && layout.troubled_lines[line]; }

// ---- where a statement ends ----

size_t type_at(const Layout& layout, size_t i) {
  while (i < layout.in().size() && layout.in()[i].type == Lexer::NEWLINE) ++i;
  return i < layout.in().size() ? layout.in()[i].type : antlr4::Token::EOF;
}

size_t type_behind(const Layout& layout, size_t i) {
  while (i < layout.in().size() && layout.in()[i].type == Lexer::NEWLINE) ++i;
  return i + 1 < layout.in().size() ? layout.in()[i + 1].type : antlr4::Token::EOF;
}

bool stands_at_start(const Layout& layout) {
  return layout.out.empty() || layout.out.back().type == Lexer::NEWLINE || (layout.out.back().block && layout.out.back().type == Lexer::LBRACE);
}

void end_statement(Layout& layout, const Token& at) {
  if (stands_at_start(layout)) return;
  Token newline = at;
  newline.type = Lexer::NEWLINE;
  newline.block = false;
  newline.begin = layout.out.back().end;  // right behind the last word: where a message about the line's end should point
  newline.end = std::max(newline.begin, std::min(at.begin + 1, at.end));
  if (at.type != Lexer::NEWLINE) newline.end = newline.begin;
  newline.troubled = at.type == Lexer::NEWLINE && at.troubled;
  layout.out.push_back(newline);
  layout.statement = layout.out.size();
  (layout.open.empty() ? layout.outer_operators : layout.open.back().operators) = 0;
}

// ---- brackets ----

void report_left_open(Layout& layout, const Token& opening) {
  if (layout.cut || !is_opening(opening.type) || line_is_troubled(layout, opening.line)) return;  // the missing end stands in what was reported already
  diag::report(layout.reading.sink, bracket_left_open, layout.reading.span(opening), {{"bracket", std::string(layout.reading.spelling(opening))}});
}

// Closes the innermost bracket where the source does not; `at` is the word before which it should have been closed.
void close_for_the_author(Layout& layout, const Token& at) {
  const Frame frame = layout.open.back();
  const Token& opening = layout.in()[frame.index];
  report_left_open(layout, opening);
  if (frame.block) end_statement(layout, at);
  const uint32_t place = layout.out.empty() ? at.begin : layout.out.back().end;
  Token closing = virtual_token(closing_of(opening.type), place, at);
  closing.block = frame.block;
  closing.troubled = !frame.block;  // the statement around an open bracket was reported
  layout.out.push_back(closing);
  layout.open.pop_back();
  if (frame.block) end_statement(layout, at);
  // A bracket inside a statement also ends the statement, unless something outside holds it open.
  if (!frame.block && !layout.in_list() && at.line > opening.line && !is_closing(at.type)) end_statement(layout, at);
}

bool starts_declaration(const Layout& layout, size_t i) {
  const size_t type = layout.in()[i].type;
  const size_t next = type_behind(layout, i);
  const bool statement = begins_block(type, next) || type == Lexer::PARAM || type == Lexer::ENUM || type == Lexer::USE || type == Lexer::TYPE ||
                         type == Lexer::METRIC || type == Lexer::DEFINE || type == Lexer::PROSE || type == Lexer::PROVE;
  return statement && next != Lexer::COLON && next != Lexer::EQ;
}

// At the first word of a line: brackets that indentation shows to be left open end here. Only where the brackets do not come out even.
void close_what_ended(Layout& layout, size_t i) {
  const Token& first = layout.in()[i];
  while (!layout.open.empty()) {
    const Frame& top = layout.open.back();
    const size_t opening = layout.in()[top.index].type;
    bool ended = false;
    if (top.block) {
      const bool outer_closes = first.type == Lexer::RBRACE && first.column < top.indent &&
                                std::any_of(layout.open.begin(), layout.open.end() - 1, [&](const Frame& f) { return f.indent == first.column; });
      ended = layout.brackets.braces_left_open && (outer_closes || (first.column <= top.indent && starts_declaration(layout, i)));
    } else {
      const bool culprit = opening == Lexer::LBRACE ? layout.brackets.braces_left_open : layout.brackets.left_open[top.index];
      ended = culprit && first.column <= top.indent && !is_closing(first.type);
    }
    if (!ended) return;
    close_for_the_author(layout, first);
  }
}

bool is_block_brace(const Layout& layout) {
  if (layout.in_list() || layout.statement >= layout.out.size()) return false;
  if (layout.out.back().type == Lexer::IN) return false;
  const size_t head = layout.out[layout.statement].type;
  const size_t next = layout.statement + 1 < layout.out.size() ? layout.out[layout.statement + 1].type : static_cast<size_t>(Lexer::LBRACE);
  return begins_block(head, next);
}

void open_bracket(Layout& layout, size_t i) {
  Token token = layout.in()[i];
  token.block = token.type == Lexer::LBRACE && is_block_brace(layout);
  layout.open.push_back({i, token.block, layout.line_indent});
  layout.out.push_back(token);
  if (token.block) layout.statement = layout.out.size();
}

void close_bracket(Layout& layout, size_t i) {
  Token token = layout.in()[i];
  const auto partner =
      std::find_if(layout.open.rbegin(), layout.open.rend(), [&](const Frame& frame) { return closing_of(layout.in()[frame.index].type) == token.type; });
  const bool over_block = std::any_of(layout.open.rbegin(), partner, [](const Frame& frame) { return frame.block; });
  const bool stray_by_indent = token.type == Lexer::RBRACE && layout.brackets.braces_too_many && !layout.open.empty() && layout.open.back().block &&
                               stands_at_start(layout) && token.column == layout.line_indent && token.column > layout.open.back().indent;
  if (partner == layout.open.rend() || over_block || stray_by_indent) {
    if (!line_is_troubled(layout, token.line) && layout.line_of_stray != token.line) {
      diag::report(layout.reading.sink, nothing_to_close, layout.reading.span(token), {{"bracket", std::string(layout.reading.spelling(token))}});
    }
    layout.line_of_stray = token.line;
    if (!layout.out.empty()) layout.out.back().troubled = true;
    // `(a]`: the wrong bracket was meant to close the right one.
    const bool wrong_kind = layout.in_list() && token.type != Lexer::RBRACE && layout.in()[layout.open.back().index].type != Lexer::LBRACE;
    if (!wrong_kind) return;
    token.type = closing_of(layout.in()[layout.open.back().index].type);
    token.troubled = true;
    layout.open.pop_back();
    layout.out.push_back(token);
    return;
  }
  while (closing_of(layout.in()[layout.open.back().index].type) != token.type) close_for_the_author(layout, token);
  token.block = layout.open.back().block;
  if (token.block) end_statement(layout, token);
  layout.open.pop_back();
  layout.out.push_back(token);
}

// A block whose `{` was forgotten: the lines below are indented under a statement that should hold them.
bool brace_is_missing(const Layout& layout, size_t newline) {
  if (layout.statement + 1 >= layout.out.size()) return false;
  const auto first = layout.out.begin() + static_cast<long>(layout.statement);
  if (!begins_block(first->type, (first + 1)->type)) return false;
  if (std::any_of(first, layout.out.end(), [](const Token& t) { return t.block; })) return false;
  if (first->type == Lexer::RULE && std::any_of(first, layout.out.end(), [](const Token& t) { return t.type == Lexer::EQ; })) return false;
  size_t next = newline;
  while (next < layout.in().size() && layout.in()[next].type == Lexer::NEWLINE) ++next;
  if (next >= layout.in().size()) return false;
  const bool troubled = line_is_troubled(layout, layout.in()[newline].line);
  return (layout.brackets.braces_too_many || troubled) && layout.in()[next].column > first->column;
}

void open_for_the_author(Layout& layout, size_t newline) {
  const Token& at = layout.in()[newline];
  const uint32_t place = layout.out.back().end;
  const uint32_t indent = layout.out[layout.statement].column;
  if (!line_is_troubled(layout, at.line)) {
    diag::report(layout.reading.sink, brace_missing, {layout.reading.file, place, place}, {{"bracket", "{"}})
        .fixes.push_back({{layout.reading.file, place, place}, " {"});
  }
  Token brace = virtual_token(Lexer::LBRACE, place, at);
  brace.block = true;
  layout.out.push_back(brace);
  layout.open.push_back({newline, true, indent});
  layout.statement = layout.out.size();
}

void end_line(Layout& layout, size_t i) {
  if (layout.in_list() || stands_at_start(layout)) return;
  if (goes_on_after(layout.out.back().type)) return;
  if (goes_on_with(type_at(layout, i), type_behind(layout, i))) return;
  if (brace_is_missing(layout, i)) return open_for_the_author(layout, i);
  end_statement(layout, layout.in()[i]);
}

// ---- depth of expressions ----

// Every level of an expression tree comes from an operator or a bracket that is open here, so their number bounds the depth.
void count_operators(Layout& layout, const Token& token) {
  uint32_t& here = layout.open.empty() ? layout.outer_operators : layout.open.back().operators;
  if (token.type == Lexer::COMMA) here = 0;
  if (!is_operator(token.type)) return;
  ++here;
  uint32_t all = layout.outer_operators;
  for (const Frame& frame : layout.open) all += frame.operators;
  if (all <= layout.limits.operators || layout.refused) return;
  layout.refused = true;
  diag::report(layout.reading.sink, expression_too_long, layout.reading.span(token), {{"limit", std::to_string(layout.limits.operators)}})
      .helps.push_back("give parts of it names with `rule`");
}

}  // namespace

bool lay_out(Reading& reading, bool cut, const Limits& limits) {
  Layout layout{reading, match_brackets(reading), cut, limits, {}, {}};
  layout.troubled_lines = troubled_lines_of(reading);
  layout.out.reserve(reading.tokens.size());
  uint32_t line = 0;
  for (size_t i = 0; i < reading.tokens.size() && !layout.refused; ++i) {
    const Token& token = reading.tokens[i];
    if (token.type == Lexer::NEWLINE) {
      end_line(layout, i);
      continue;
    }
    if (token.line != line) {
      line = token.line;
      close_what_ended(layout, i);
      layout.line_indent = token.column;
    }
    count_operators(layout, token);
    if (is_opening(token.type)) {
      open_bracket(layout, i);
    } else if (is_closing(token.type)) {
      close_bracket(layout, i);
    } else {
      layout.out.push_back(token);
    }
  }
  if (layout.refused) return false;
  Token end;
  end.type = antlr4::Token::EOF;
  end.begin = end.end = layout.out.empty() ? 0 : layout.out.back().end;
  end.line = layout.out.empty() ? 1 : layout.out.back().line;
  while (!layout.open.empty()) close_for_the_author(layout, end);
  end_statement(layout, end);
  layout.out.push_back(end);
  reading.tokens = std::move(layout.out);
  return true;
}

}  // namespace writ::parse
