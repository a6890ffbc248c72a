// The tables of the lexer, against the generated lexer that they were written down from.
#include <antlr4-runtime.h>
#include <doctest/doctest.h>

#include <random>

#include "WritLexer.h"
#include "parse/lex.h"
#include "parse/limits.h"
#include "parse/words.h"
#include "unit/parse/seeds.h"

namespace writ::parse_test {

namespace {

// As the generated lexer has it: it counts code points, and knows nothing of a byte order mark.
std::string words_by_antlr(const std::string& text) {
  antlr4::ANTLRInputStream input{text};
  writ_grammar::WritLexer lexer(&input);
  lexer.removeErrorListeners();
  std::string words;
  for (auto word = lexer.nextToken(); word->getType() != antlr4::Token::EOF; word = lexer.nextToken()) {
    words += std::to_string(word->getType()) + " " + std::to_string(word->getLine()) + ":" + std::to_string(word->getCharPositionInLine()) + " " +
             word->getText() + "\n";
  }
  return words;
}

// Nothing when the text is refused.
std::string words_by_tables(const std::string& text, size_t& readable) {
  diag::Sink sink;
  parse::Reading reading{source::FileId{0}, text, sink, {}, {}};
  const parse::Scan scan = parse::scan_text(reading, {});
  readable = scan.refused ? 0 : scan.readable;
  if (scan.refused || !parse::lex(reading, scan.readable, 1'000'000)) return "";
  std::string words;
  for (const parse::Token& token : reading.tokens) {
    words +=
        std::to_string(token.type) + " " + std::to_string(token.line) + ":" + std::to_string(token.column) + " " + std::string(reading.spelling(token)) + "\n";
  }
  return words;
}

bool same(const std::string& text) {
  size_t readable = 0;
  const std::string words = words_by_tables(text, readable);
  return words == words_by_antlr(text.substr(0, readable));
}

}  // namespace

TEST_CASE("sources, and what becomes of them by chance, have the same words") {
  int differ = 0;
  for_each_source(2000, [&](const std::string& text) {
    if (text.starts_with("\xEF\xBB\xBF") || same(text)) return;
    if (++differ == 1) MESSAGE("the first of them:\n" << text);
  });
  CHECK(differ == 0);
}

TEST_CASE("pieces of words, strung together, have the same words") {
  const char* const pieces[] = {
      "a",      "and",    "an",     "d",    "A",  "GBP",  "EUR ",       "GBP 1",  "1",      "12", "2026", "-",      "05",     "T",      ":",      "00",
      ".",      "..",     "...",    "5",    ",",  ",000", "%",          "st",     "th",     "am", "PM",   "/",      "//",     "/*",     "*/",     "*",
      "\"",     "\"\"\"", "\\",     "\\\"", "\n", "\r\n", " ",          "\t",     "\u00A0", "_",  "é",    "名前",   "\u0301", "\u2019", "\u201C", "\u201D",
      "\u00AB", "\u2260", "\u2013", "=",    "==", "!",    "!=",         "<",      ">",      "<=", "&&",   "|",      ":=",     ";",      "{",      "}",
      "(",      ")",      "[",      "]",    "#",  "$",    "\U0001F600", "\u0661", "Z",      "+",  "Mon",  "Monday", "Mo",     "missed", "misses", "miss"};
  std::mt19937 random(1);
  int differ = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (size_t count = 1 + random() % 12; count > 0; --count) text += pieces[random() % std::size(pieces)];
    if (same(text)) continue;
    if (++differ == 1) MESSAGE("the first of them:\n" << text);
  }
  CHECK(differ == 0);
}

TEST_CASE("each character begins and follows a word as the generated lexer has it") {
  // One text, so that the generated lexer is made once; each character stands alone, and behind a letter.
  std::string text;
  for (uint32_t c = 0x80; c < 0x30000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string character;
    if (c < 0x800) {
      character = {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))};
    } else if (c < 0x10000) {
      character = {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
    } else {
      character = {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 0x3F)), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
                   static_cast<char>(0x80 | (c & 0x3F))};
    }
    size_t readable = 0;
    words_by_tables(character, readable);
    if (readable > 0) text += character + " a" + character + "\n";  // else control characters and those that hide others
  }
  CHECK(same(text));
}

TEST_CASE("the spellings of keywords are those of the grammar") {
  const std::vector<std::string> keywords = parse::keywords();
  CHECK(keywords.size() > 190);
  CHECK(keywords.front() == "and");
  CHECK(parse::describe_type(writ_grammar::WritLexer::WITHIN) == "`within`");
  CHECK(parse::describe_type(writ_grammar::WritLexer::LE) == "`<=`");
}

}  // namespace writ::parse_test
