#include "parse/lex.h"

#include <antlr4-runtime.h>

#include "WritLexer.h"
#include "parse/diagnostics.h"

namespace writ::parse {

// Byte offset of each code point, and one past the last. The generated lexer counts code points; everything else counts bytes.
static std::vector<uint32_t> offsets_of(std::string_view text) {
  std::vector<uint32_t> offsets;
  offsets.reserve(text.size() + 1);
  for (uint32_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) offsets.push_back(i);
  }
  offsets.push_back(static_cast<uint32_t>(text.size()));
  return offsets;
}

bool lex(Reading& reading, uint32_t readable, uint32_t limit) {
  constexpr uint32_t byte_order_mark = 3;
  const uint32_t start = reading.text.substr(0, byte_order_mark) == "\xEF\xBB\xBF" ? byte_order_mark : 0;
  const std::string_view text = reading.text.substr(start, readable < start ? 0 : readable - start);
  const std::vector<uint32_t> offsets = offsets_of(text);
  antlr4::ANTLRInputStream input{std::string(text)};
  writ_grammar::WritLexer lexer(&input);
  lexer.removeErrorListeners();  // the last rule of the lexer takes any character: it cannot fail
  while (true) {
    const std::unique_ptr<antlr4::Token> word = lexer.nextToken();
    if (word->getType() == antlr4::Token::EOF) return true;
    if (reading.tokens.size() >= limit) {
      diag::report(reading.sink, too_many_words, {reading.file, 0, 0}, {{"limit", std::to_string(limit)}});
      return false;
    }
    Token token;
    token.type = word->getType();
    token.begin = start + offsets[word->getStartIndex()];
    token.end = start + offsets[word->getStopIndex() + 1];
    token.line = static_cast<uint32_t>(word->getLine());
    token.column = static_cast<uint32_t>(word->getCharPositionInLine());
    reading.tokens.push_back(token);
  }
}

}  // namespace writ::parse
