#include "parse/line_ends.h"

#include <antlr4-runtime.h>

#include "WritLexer.h"
#include "parse/words.h"

namespace writ::parse {

using Lexer = writ_grammar::WritLexer;

static bool is_symbol_that_goes_on(size_t type) {
  return type == Lexer::COMMA || type == Lexer::COLON || type == Lexer::EQ || type == Lexer::NE || type == Lexer::LE || type == Lexer::GE ||
         type == Lexer::LT || type == Lexer::GT || type == Lexer::PLUS || type == Lexer::MINUS || type == Lexer::STAR || type == Lexer::SLASH ||
         type == Lexer::RANGE || type == Lexer::DOT;
}

// `missed` and `misses` can be the last word of a sentence; the other reserved words cannot.
bool goes_on_after(size_t type) { return is_symbol_that_goes_on(type) || (is_reserved(type) && type != Lexer::MISSED && type != Lexer::MISSES); }

// `then : text` is a field whose name is a keyword; no sentence has a colon or an equals sign behind these words.
bool goes_on_with(size_t type, size_t next) {
  if (type == Lexer::LBRACE || type == Lexer::AND || type == Lexer::OR) return true;
  return (type == Lexer::THEN || type == Lexer::ELSE || type == Lexer::MEANS) && next != Lexer::COLON && next != Lexer::EQ;
}

bool is_operator(size_t type) {
  return type == Lexer::AND || type == Lexer::OR || type == Lexer::NOT || type == Lexer::IN || type == Lexer::IF || type == Lexer::THEN ||
         type == Lexer::ELSE || type == Lexer::OTHERWISE || type == Lexer::OF || type == Lexer::IS || type == Lexer::BETWEEN ||
         (is_symbol_that_goes_on(type) && type != Lexer::COMMA && type != Lexer::COLON);
}

bool begins_block(size_t type, size_t next) {
  if (next == Lexer::COLON || next == Lexer::EQ || next == Lexer::LBRACE) return false;
  return type == Lexer::CALENDAR || type == Lexer::HOLIDAYS || type == Lexer::RECORD || type == Lexer::HISTORY || type == Lexer::FACTS ||
         type == Lexer::CLAUSE || type == Lexer::TIER || type == Lexer::COMMITMENT || type == Lexer::RULE || type == Lexer::BENCHMARK ||
         type == Lexer::REMEDY || type == Lexer::RIGHT || type == Lexer::SCENARIO || type == Lexer::ESCALATE || type == Lexer::DUTY || type == Lexer::DATA ||
         type == Lexer::AMENDMENT || type == Lexer::SCHEDULE || type == Lexer::JURISDICTION;
}

}  // namespace writ::parse
