#include "parse/brackets.h"

#include <antlr4-runtime.h>

#include <algorithm>

#include "WritLexer.h"

namespace writ::parse {

using Lexer = writ_grammar::WritLexer;

bool is_opening(size_t type) { return type == Lexer::LPAREN || type == Lexer::LBRACKET || type == Lexer::LBRACE; }

bool is_closing(size_t type) { return type == Lexer::RPAREN || type == Lexer::RBRACKET || type == Lexer::RBRACE; }

size_t closing_of(size_t opening) { return opening == Lexer::LPAREN ? Lexer::RPAREN : opening == Lexer::LBRACKET ? Lexer::RBRACKET : Lexer::RBRACE; }

Brackets match_brackets(const Reading& reading) {
  Brackets result;
  result.left_open.resize(reading.tokens.size());
  std::vector<size_t> open;
  const auto leave_open = [&](size_t index) {
    if (reading.tokens[index].type == Lexer::LBRACE) {
      result.braces_left_open = true;
    } else {
      result.left_open[index] = true;
    }
  };
  for (size_t i = 0; i < reading.tokens.size(); ++i) {
    const size_t type = reading.tokens[i].type;
    if (is_opening(type)) {
      open.push_back(i);
    } else if (is_closing(type)) {
      const auto partner = std::find_if(open.rbegin(), open.rend(), [&](size_t o) { return closing_of(reading.tokens[o].type) == type; });
      // A `)` does not reach over the brace of a block: what stands open there is closed there.
      const bool reaches = partner != open.rend() &&
                           (type == Lexer::RBRACE || std::none_of(open.rbegin(), partner, [&](size_t o) { return reading.tokens[o].type == Lexer::LBRACE; }));
      if (!reaches) {
        if (type == Lexer::RBRACE) result.braces_too_many = true;
        continue;
      }
      while (closing_of(reading.tokens[open.back()].type) != type) {
        leave_open(open.back());
        open.pop_back();
      }
      open.pop_back();
    }
  }
  for (size_t index : open) leave_open(index);
  return result;
}

}  // namespace writ::parse
