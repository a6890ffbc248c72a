// Our words as the generated parser takes them: the index of a word in the stream is its index in Reading::tokens, its places are bytes.
#pragma once
#include <antlr4-runtime.h>

#include "parse/token.h"

namespace writ::parse {

inline antlr4::ListTokenSource token_source(const Reading& reading) {
  std::vector<std::unique_ptr<antlr4::Token>> words;
  words.reserve(reading.tokens.size());
  for (const Token& token : reading.tokens) {
    auto word = std::make_unique<antlr4::CommonToken>(std::pair<antlr4::TokenSource*, antlr4::CharStream*>(nullptr, nullptr), token.type,
                                                      antlr4::Token::DEFAULT_CHANNEL, token.begin, token.end - 1);
    word->setLine(token.line);
    word->setCharPositionInLine(token.column);
    words.push_back(std::move(word));
  }
  return antlr4::ListTokenSource(std::move(words));
}

}  // namespace writ::parse
