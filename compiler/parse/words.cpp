#include "parse/words.h"

#include <antlr4-runtime.h>
#include <fmt/format.h>

#include "WritLexer.h"
#include "parse/lexer_table.h"

namespace writ::parse {

using Lexer = writ_grammar::WritLexer;

bool is_reserved(size_t type) { return type >= Lexer::AND && type <= Lexer::MISSES; }

bool is_keyword(size_t type) { return type >= Lexer::AND && type <= Lexer::DECEMBER; }

// Of a rule with one spelling; else "".
static std::string literal(size_t type) { return std::string(type < lexer_table().spellings.size() ? lexer_table().spellings[type] : ""); }

std::vector<std::string> keywords() {
  std::vector<std::string> words;
  for (size_t type = Lexer::AND; type <= Lexer::DECEMBER; ++type) {
    if (std::string word = literal(type); !word.empty()) words.push_back(std::move(word));
  }
  return words;
}

std::string describe_type(size_t type) {
  if (type >= Lexer::MONDAY && type <= Lexer::SUNDAY) return "a day of the week";
  if (type >= Lexer::JANUARY && type <= Lexer::DECEMBER) return "a month";
  if (type == Lexer::MONEY_LITERAL) return "an amount of money";
  if (type == Lexer::INSTANT) return "an instant such as `2026-03-02T11:00`";
  if (type == Lexer::DATE) return "a date such as `2026-03-02`";
  if (type == Lexer::MONTH_LITERAL) return "a month such as `2026-03`";
  if (type == Lexer::TIME_LITERAL) return "a time such as `09:00`";
  if (type == Lexer::PERCENT) return "a percentage such as `15%`";
  if (type == Lexer::ORDINAL) return "`31st`";
  if (type == Lexer::NUMBER) return "a number";
  if (type == Lexer::STRING) return "a text in quotes";
  if (type == Lexer::PROSE) return "prose";
  if (type == Lexer::IDENTIFIER) return "a name";
  if (type == Lexer::NEWLINE) return "the end of the line";
  if (type == antlr4::Token::EOF) return "the end of the text";
  return fmt::format("`{}`", literal(type));
}

std::string describe_token(const Reading& reading, const Token& token) {
  constexpr size_t longest = 40;
  std::string text(reading.spelling(token));
  if (text.size() > longest) {
    size_t keep = longest;
    while (keep > 0 && (static_cast<unsigned char>(text[keep]) & 0xC0) == 0x80) --keep;
    text = text.substr(0, keep) + "...";
  }
  if (token.type == Lexer::NEWLINE) return "the end of the line";
  if (token.type == antlr4::Token::EOF) return "the end of the text";
  if (token.type == Lexer::STRING) return "the text " + text;
  if (token.type == Lexer::PROSE) return "the prose";
  if (token.type == Lexer::NUMBER) return "the number " + text;
  return fmt::format("`{}`", text);
}

}  // namespace writ::parse
