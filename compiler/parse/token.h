// A word or sign of the source, between the generated lexer and the generated parser.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "source/span.h"

namespace writ::parse {

struct Token {
  size_t type = 0;     // a constant of the generated WritLexer
  uint32_t begin = 0;  // bytes
  uint32_t end = 0;
  uint32_t line = 0;      // from 1
  uint32_t column = 0;    // from 0, in code points
  bool block = false;     // a brace around statements, not around the elements of a list
  bool troubled = false;  // was reported already, or stands for something that was: its statement gets no second message
};

// A line of a block that starts like no line there (reported): the generated parser never saw it.
struct Skipped {
  size_t first = 0;  // index of its first word
  size_t rule = 0;   // of the generated parser: what the lines of its block are
};

// What the steps before the parser share.
struct Reading {
  source::FileId file;
  std::string_view text;
  diag::Sink& sink;
  std::vector<Token> tokens;
  std::vector<Skipped> skipped;  // in the order of the text

  source::Span span(const Token& token) const { return {file, token.begin, token.end}; }
  std::string_view spelling(const Token& token) const { return text.substr(token.begin, token.end - token.begin); }
};

}  // namespace writ::parse
