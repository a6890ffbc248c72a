#include "parse/mistakes.h"

#include <antlr4-runtime.h>
#include <fmt/format.h>

#include <algorithm>

#include "WritLexer.h"
#include "base/nearest.h"
#include "parse/diagnostics.h"
#include "parse/words.h"

namespace writ::parse {

namespace {

using Lexer = writ_grammar::WritLexer;

constexpr const char* rule_of_lines =
    "a statement ends with its line; it goes on where the line ends in `,` or an operator, inside brackets, or where the next line starts with "
    "`{`, `and`, `or`, `then`, `else` or `means`";

bool ends_here(size_t type) { return type == Lexer::NEWLINE || type == antlr4::Token::EOF; }

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i) text += (i == 0 ? "" : i + 1 == parts.size() ? " or " : ", ") + parts[i];
  return text;
}

// A set of types in words: the kinds that hold many words are named as one.
std::string describe_expected(std::set<size_t> types) {
  constexpr size_t most = 5;
  std::vector<std::string> parts;
  const bool name = types.contains(Lexer::IDENTIFIER);
  const bool value = types.contains(Lexer::MONEY_LITERAL) && types.contains(Lexer::LPAREN);
  const bool operand_done = types.contains(Lexer::PLUS) && types.contains(Lexer::STAR);
  if (value) {
    parts.emplace_back("a value");
    if (types.contains(Lexer::RPAREN)) parts.emplace_back("`)`");
    return joined(parts);
  }
  if (name && types.contains(Lexer::NUMBER)) return "a type";
  if (operand_done) {
    for (size_t sign : {Lexer::RPAREN, Lexer::RBRACE, Lexer::COMMA, Lexer::LBRACE, Lexer::THEN, Lexer::ELSE, Lexer::WHEN, Lexer::FOR, Lexer::BY}) {
      if (types.contains(sign)) parts.push_back(describe_type(sign));
    }
    parts.emplace_back("an operator");
    return joined(parts);
  }
  std::vector<std::string> others;
  for (size_t type : types) {
    if (type == Lexer::IDENTIFIER || (name && is_keyword(type) && !is_reserved(type))) continue;
    if (std::string text = describe_type(type); std::find(others.begin(), others.end(), text) == others.end()) others.push_back(std::move(text));
  }
  if (name) parts.emplace_back("a name");
  if (others.size() <= most) parts.insert(parts.end(), others.begin(), others.end());
  return parts.empty() ? "another word" : joined(parts);
}

// Indices of the statement that the mistake is in: to the end of its line, or to the block that it opens.
bool statement_is_troubled(const Reading& reading, const Mistake& mistake) {
  for (size_t i = mistake.first; i < reading.tokens.size(); ++i) {
    const Token& token = reading.tokens[i];
    if (token.troubled) return true;
    if (i >= mistake.found && (ends_here(token.type) || token.block)) return false;
  }
  return false;
}

std::string suggestion(const Reading& reading, const Token& token, const std::vector<std::string>& candidates) {
  constexpr size_t too_short = 2;
  const std::string word(reading.spelling(token));
  if (token.type != Lexer::IDENTIFIER || word.size() <= too_short) return "";
  return base::nearest(word, candidates);
}

void suggest(Reading& reading, diag::Diagnostic& said, const Token& token, const std::string& word) {
  if (word.empty()) return;
  said.helps.push_back(fmt::format("did you mean `{}`?", word));
  said.fixes.push_back({reading.span(token), word});
}

std::vector<std::string> words_of(const LineKind& kind) {
  std::vector<std::string> words;
  for (size_t type : kind.words) {
    const std::string quoted = describe_type(type);
    words.push_back(quoted.substr(1, quoted.size() - 2));
  }
  return words;
}

// The place where a statement ran on over a line's end although its author may not have meant it.
void label_continuation(Reading& reading, const Mistake& mistake, diag::Diagnostic& said) {
  for (size_t i = mistake.found; i > mistake.first; --i) {
    const Token& before = reading.tokens[i - 1];
    if (before.line == reading.tokens[mistake.found].line) continue;
    said.labels.push_back({reading.span(before), fmt::format("the line goes on after {}", describe_token(reading, before))});
    return;
  }
}

// The first word of the line is wrong: misspelt, or of another place. False when it is not.
bool report_first_word(Reading& reading, const Mistake& mistake) {
  const Token& first = reading.tokens[mistake.first];
  const bool at_first = mistake.found == mistake.first;
  if (!at_first && mistake.found != mistake.first + 1) return false;
  const std::string word = suggestion(reading, first, words_of(*mistake.kind));
  const LineKind* home = home_of(first.type);
  if (home != nullptr && !starts_line(*mistake.kind, first.type)) {
    diag::report(reading.sink, wrong_place, reading.span(first),
                 {{"keyword", std::string(reading.spelling(first))}, {"home", std::string(home->place)}, {"place", std::string(mistake.kind->place)}});
    return true;
  }
  if (!at_first && word.empty()) return false;
  diag::Diagnostic& said = diag::report(reading.sink, unknown_statement, reading.span(first),
                                        {{"place", std::string(mistake.kind->place)}, {"found", describe_token(reading, first)}});
  suggest(reading, said, first, word);
  const bool deeper = mistake.first > 1 && reading.tokens[mistake.first - 1].type == Lexer::NEWLINE && word.empty();
  if (deeper) said.helps.emplace_back(rule_of_lines);
  return true;
}

void report_inside(Reading& reading, const Mistake& mistake) {
  const Token& found = reading.tokens[mistake.found];
  const Token& before = reading.tokens[mistake.found == 0 ? 0 : mistake.found - 1];
  const std::string what = describe_token(reading, found);
  const std::string expected = describe_expected(mistake.expected);
  const bool name_expected = mistake.expected.contains(Lexer::IDENTIFIER);
  diag::Diagnostic* said = nullptr;
  if (mistake.expected.contains(Lexer::NEWLINE)) {
    said = &diag::report(reading.sink, statement_goes_on, reading.span(found), {{"found", what}});
    if (starts_line(*mistake.kind, found.type)) said->helps.push_back(fmt::format("start a new line before {}", what));
  } else if (name_expected && is_reserved(found.type)) {
    said = &diag::report(reading.sink, reserved_name, reading.span(found), {{"name", std::string(reading.spelling(found))}});
    said->notes.emplace_back("`and`, `or`, `not`, `in`, `where`, `when`, `if` and `missed` are the words that cannot be names");
  } else if (mistake.expected.size() == 1 && !is_keyword(found.type) == is_keyword(*mistake.expected.begin())) {
    said = &diag::report(reading.sink, word_missing, reading.span(found), {{"word", expected}, {"found", what}});
  } else {
    said = &diag::report(reading.sink, unexpected_word, reading.span(found),
                         {{"found", what}, {"expected", expected}, {"before", describe_token(reading, before)}});
  }
  if (before.type == Lexer::DATE && found.type == Lexer::TIME_LITERAL) {
    said->helps.push_back(fmt::format("write an instant as `{}T{}`", reading.spelling(before), reading.spelling(found)));
  }
  suggest(reading, *said, found, suggestion(reading, found, keywords()));
  if (said->helps.empty()) label_continuation(reading, mistake, *said);
}

}  // namespace

bool report_mistake(Reading& reading, const Mistake& mistake) {
  const Token& found = reading.tokens[mistake.found];
  const bool broke_off = ends_here(found.type);
  if (statement_is_troubled(reading, mistake)) return broke_off;
  if (report_first_word(reading, mistake)) return false;
  if (!broke_off) {
    report_inside(reading, mistake);
    return false;
  }
  diag::Diagnostic& said = diag::report(reading.sink, line_breaks_off, reading.span(found), {{"expected", describe_expected(mistake.expected)}});
  said.helps.emplace_back(rule_of_lines);
  return true;
}

}  // namespace writ::parse
