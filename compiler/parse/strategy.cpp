#include "parse/strategy.h"

#include "WritLexer.h"
#include "WritParser.h"

namespace writ::parse {

namespace {

using Lexer = writ_grammar::WritLexer;

// Types that would have fitted where the parser gave up.
std::set<size_t> expected_types(antlr4::Parser* parser, const antlr4::RecognitionException& error) {
  std::set<size_t> types;
  const auto add = [&](const antlr4::misc::IntervalSet& set) {
    for (ssize_t type : set.toList()) types.insert(type < 0 ? antlr4::Token::EOF : static_cast<size_t>(type));
  };
  const auto* choice = dynamic_cast<const antlr4::NoViableAltException*>(&error);
  if (choice != nullptr && choice->getDeadEndConfigs() != nullptr) {
    // The states in which the prediction stood before the word that fits none of them.
    for (const auto& config : choice->getDeadEndConfigs()->configs) {
      for (const antlr4::atn::Transition* transition : config->state->transitions) {
        if (!transition->isEpsilon()) add(transition->label());
      }
    }
  } else {
    add(parser->getExpectedTokens());
  }
  return types;
}

// The innermost line that holds the context.
antlr4::ParserRuleContext* line_of(antlr4::ParserRuleContext* context) {
  while (context != nullptr && line_kind(context->getRuleIndex()) == nullptr) context = dynamic_cast<antlr4::ParserRuleContext*>(context->parent);
  return context;
}

// Index just behind the statement that begins at `first`; stops before the `}` of the block around it.
size_t end_of_statement(const Reading& reading, size_t first) {
  int depth = 0;
  for (size_t i = first; i + 1 < reading.tokens.size(); ++i) {
    const size_t type = reading.tokens[i].type;
    if (type == Lexer::LBRACE || type == Lexer::LPAREN || type == Lexer::LBRACKET) ++depth;
    if (type == Lexer::RBRACE || type == Lexer::RPAREN || type == Lexer::RBRACKET) {
      if (depth == 0) return i;
      --depth;
    }
    if (type == Lexer::NEWLINE && depth == 0) return i + 1;
  }
  return reading.tokens.size() - 1;  // the end of the text
}

// A statement that broke off: the lines indented below it were meant to belong to it.
size_t end_with_continuations(const Reading& reading, size_t first, size_t end) {
  const auto continues = [&](size_t i) {
    const Token& token = reading.tokens[i];
    return token.column > reading.tokens[first].column && token.type != Lexer::RBRACE && token.type != antlr4::Token::EOF;
  };
  while (continues(end)) end = end_of_statement(reading, end);
  return end;
}

}  // namespace

antlr4::Token* Strategy::recoverInline(antlr4::Parser* parser) { throw antlr4::InputMismatchException(parser); }

void Strategy::reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) {
  if (reported_) return;
  reported_ = true;
  const antlr4::ParserRuleContext* line = line_of(parser->getContext());
  if (line == nullptr) return;  // `file` reads lines only; sync has seen to the rest
  Mistake mistake;
  mistake.first = line->start->getTokenIndex();
  mistake.found = error.getOffendingToken()->getTokenIndex();
  mistake.kind = line_kind(line->getRuleIndex());
  mistake.expected = expected_types(parser, error);
  broke_off_ = report_mistake(reading_, mistake);
}

// Leaves rule after rule until the line that holds the mistake; there the parser goes on behind the statement.
void Strategy::recover(antlr4::Parser* parser, std::exception_ptr error) {
  const antlr4::ParserRuleContext* context = parser->getContext();
  if (line_kind(context->getRuleIndex()) == nullptr) {
    if (context->parent != nullptr) std::rethrow_exception(error);
    parser->getInputStream()->seek(reading_.tokens.size() - 1);
  } else {
    const size_t first = context->start->getTokenIndex();
    size_t end = end_of_statement(reading_, first);
    if (broke_off_) end = end_with_continuations(reading_, first, end);
    parser->getInputStream()->seek(end);
  }
  reported_ = broke_off_ = false;
}

// Before each line of a block: a line that starts with what no line starts with is reported and skipped here, so that the block goes on.
void Strategy::sync(antlr4::Parser* parser) {
  const LineKind* kind = lines_of_block(parser->getContext()->getRuleIndex());
  if (kind == nullptr) return;
  const antlr4::atn::ATN& atn = parser->getATN();
  antlr4::atn::ATNState* state = atn.states[parser->getState()];
  const size_t state_type = state->getStateType();
  if (state_type != antlr4::atn::ATNState::STAR_LOOP_ENTRY && state_type != antlr4::atn::ATNState::STAR_LOOP_BACK) return;
  const antlr4::misc::IntervalSet lines = atn.nextTokens(atn.ruleToStartState[kind->rule]);
  antlr4::TokenStream* input = parser->getTokenStream();
  const antlr4::misc::IntervalSet next = atn.nextTokens(state);
  if (!next.contains(static_cast<ssize_t>(lines.getMinElement()))) return;  // another loop of the same rule: `per month` of a rule
  while (true) {
    const size_t type = input->LA(1);
    if (lines.contains(type) || type == Lexer::RBRACE || type == antlr4::Token::EOF) {
      if (type == Lexer::RBRACE && kind->rule == writ_grammar::WritParser::RuleStatement) input->consume();  // reported by the layout
      if (type != Lexer::RBRACE || kind->rule != writ_grammar::WritParser::RuleStatement) return;
      continue;
    }
    Mistake mistake;
    mistake.first = mistake.found = input->index();
    mistake.kind = kind;
    report_mistake(reading_, mistake);
    reading_.skipped.push_back({mistake.first, kind->rule});
    input->seek(end_of_statement(reading_, mistake.first));
  }
}

}  // namespace writ::parse
