#include "parse/mistakes.h"

#include <antlr4-runtime.h>
#include <fmt/format.h>

#include <algorithm>

#include "WritLexer.h"
#include "base/nearest.h"
#include "parse/brackets.h"
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
  constexpr size_t too_short = 1;
  const std::string word(reading.spelling(token));
  if (token.type != Lexer::IDENTIFIER || word.size() <= too_short) return "";
  return base::nearest(word, candidates);
}

// Behind a number a unit of time may have been meant.
std::vector<std::string> unit_words() {
  std::vector<std::string> words;
  for (const size_t type : {Lexer::BUSINESS, Lexer::MILLISECONDS, Lexer::SECONDS, Lexer::MINUTES, Lexer::HOURS, Lexer::DAYS, Lexer::WEEKS, Lexer::MONTHS,
                            Lexer::QUARTERS, Lexer::YEARS}) {
    const std::string word = describe_type(type);
    words.push_back(word.substr(1, word.size() - 2));
  }
  return words;
}

bool is_month(size_t type) { return type >= Lexer::JANUARY && type <= Lexer::DECEMBER; }

std::string bare(const std::string& quoted) { return quoted.substr(1, quoted.size() - 2); }

// The keywords that would have fitted. Where the statement could have ended, any keyword may have been meant to go on with it.
std::vector<std::string> fitting_words(const std::set<size_t>& expected) {
  if (expected.contains(Lexer::NEWLINE)) return keywords();
  std::vector<std::string> words;
  for (const size_t type : expected) {
    const std::string word = describe_type(type);
    if (is_keyword(type) && word.starts_with('`')) words.push_back(bare(word));
  }
  return words;
}

void suggest(Reading& reading, diag::Diagnostic& said, const Token& token, const std::string& word) {
  if (word.empty()) return;
  said.helps.push_back(fmt::format("did you mean `{}`?", word));
  said.fixes.push_back({reading.span(token), word});
}

std::vector<std::string> words_of(const LineKind& kind) {
  std::vector<std::string> words;
  for (const size_t type : kind.words) words.push_back(bare(describe_type(type)));
  return words;
}

// Why a statement ran on over a line's end although its author may not have meant it: an open bracket, or the last word of the line.
void label_continuation(Reading& reading, const Mistake& mistake, diag::Diagnostic& said) {
  int depth = 0;
  for (size_t i = mistake.found; i > mistake.first; --i) {
    const Token& before = reading.tokens[i - 1];
    depth += is_closing(before.type) ? 1 : is_opening(before.type) ? -1 : 0;
    if (depth >= 0) continue;
    if (before.line != reading.tokens[mistake.found].line) said.labels.push_back({reading.span(before), "the statement goes on while this is open"});
    return;
  }
  for (size_t i = mistake.found; i > mistake.first; --i) {
    const Token& before = reading.tokens[i - 1];
    if (before.line == reading.tokens[mistake.found].line) continue;
    said.labels.push_back({reading.span(before), fmt::format("the line goes on after {}", describe_token(reading, before))});
    return;
  }
}

diag::Diagnostic& report_reserved(Reading& reading, const Token& word) {
  diag::Diagnostic& said = diag::report(reading.sink, reserved_name, reading.span(word), {{"name", std::string(reading.spelling(word))}});
  said.notes.emplace_back("`and`, `or`, `not`, `in`, `where`, `when`, `if`, `missed` and `misses` are the words that cannot be names");
  return said;
}

// The first word of the line is wrong: misspelt, or of another place. False when it is not.
bool report_first_word(Reading& reading, const Mistake& mistake) {
  const Token& first = reading.tokens[mistake.first];
  const bool at_first = mistake.found == mistake.first;
  if (!at_first && mistake.found != mistake.first + 1) return false;
  if (starts_line(*mistake.kind, first.type)) return false;
  if (!at_first && mistake.kind->words.empty()) return false;  // a field or a tier may be called by any word
  if (at_first && mistake.kind->named && is_reserved(first.type)) {
    report_reserved(reading, first);
    return true;
  }
  const LineKind* home = home_of(first.type);
  if (home != nullptr) {
    diag::report(reading.sink, wrong_place, reading.span(first),
                 {{"keyword", std::string(reading.spelling(first))}, {"home", std::string(home->place)}, {"place", std::string(mistake.kind->place)}});
    return true;
  }
  const std::string word = suggestion(reading, first, words_of(*mistake.kind));
  const bool own_name = mistake.kind->named && first.type == Lexer::IDENTIFIER;
  if (!at_first && word.empty() && own_name) return false;
  diag::Diagnostic& said = diag::report(reading.sink, unknown_statement, reading.span(first),
                                        {{"place", std::string(mistake.kind->place)}, {"found", describe_token(reading, first)}});
  suggest(reading, said, first, word);
  if (word.empty() && is_keyword(first.type)) said.helps.emplace_back(rule_of_lines);
  return true;
}

bool is_value(size_t type) {
  return type == Lexer::IDENTIFIER || type == Lexer::NUMBER || type == Lexer::STRING || type == Lexer::MONEY_LITERAL || type == Lexer::DATE ||
         type == Lexer::PERCENT || type == Lexer::INSTANT || type == Lexer::TIME_LITERAL || type == Lexer::MONTH_LITERAL;
}

bool is_comparison(size_t type) {
  return type == Lexer::EQ || type == Lexer::NE || type == Lexer::LT || type == Lexer::LE || type == Lexer::GT || type == Lexer::GE;
}

// `integer 0..1000`, `percent 0%..100%`: what a number may be is said by its bounds, without a word. The mistake is found at one of the two signs behind it.
std::string help_for_bounds(const Reading& reading, size_t found) {
  const std::vector<Token>& tokens = reading.tokens;
  const size_t range = tokens[found].type == Lexer::RANGE ? found : found + 1;
  if (range < 2 || range + 1 >= tokens.size() || tokens[range].type != Lexer::RANGE) return "";
  const Token& word = tokens[range - 2];
  if (word.type != Lexer::IDENTIFIER && !is_keyword(word.type)) return "";
  return fmt::format("bounds stand alone: write `{}..{}` without `{}`", reading.spelling(tokens[range - 1]), reading.spelling(tokens[range + 1]),
                     reading.spelling(word));
}

// What to write instead, where a pair of neighbours tells.
std::string help_for(const Reading& reading, const Mistake& mistake, const Token& before, const Token& found) {
  const bool complete = mistake.expected.contains(Lexer::NEWLINE);
  const bool number = before.type == Lexer::NUMBER || before.type == Lexer::MONEY_LITERAL;
  if ((number && is_month(found.type)) || (is_month(before.type) && found.type == Lexer::NUMBER)) return "write a date as `2026-03-02`";
  // `GBP 4.000,00`: signs of another country. Taking the comma out would make another number of it.
  if (number && found.type == Lexer::COMMA && mistake.found + 1 < reading.tokens.size() && reading.tokens[mistake.found + 1].type == Lexer::NUMBER) {
    return "a comma stands between thousands only, and a point before the decimals: `4,000.00`";
  }
  if (before.type == Lexer::DATE && found.type == Lexer::TIME_LITERAL) {
    return fmt::format("write an instant as `{}T{}`", reading.spelling(before), reading.spelling(found));
  }
  if (complete) {
    if (std::string help = help_for_bounds(reading, mistake.found); !help.empty()) return help;
  }
  const bool weekday = before.type >= Lexer::MONDAY && before.type <= Lexer::SUNDAY;
  if (weekday && (found.type == Lexer::MINUS || found.type == Lexer::TO)) return "write a span of days as `Mon..Fri`";
  if (before.type == Lexer::TIME_LITERAL && (found.type == Lexer::MINUS || found.type == Lexer::TO)) return "write a span of hours as `09:00..17:30`";
  if (before.type == Lexer::IS) return "`is` asks whether something is given, none, unknown or not yet; to compare, write `=`";
  if (complete && is_comparison(found.type)) return "comparisons do not chain: write `1 <= x and x <= 3`, or `x between 1 and 3`";
  if (complete && found.type == Lexer::COMMA) return "take the `,` out";
  if (complete && starts_line(*mistake.kind, found.type)) return fmt::format("start a new line before {}", describe_token(reading, found));
  if (complete && is_value(before.type) && is_value(found.type) && before.line == found.line) {
    return "put an operator such as `=` or `and` between the two, or start a new line";
  }
  return "";
}

void report_inside(Reading& reading, const Mistake& mistake) {
  const Token& found = reading.tokens[mistake.found];
  const Token& before = reading.tokens[mistake.found == 0 ? 0 : mistake.found - 1];
  const std::string what = describe_token(reading, found);
  const std::string expected = describe_expected(mistake.expected);
  std::string meant = suggestion(reading, found, fitting_words(mistake.expected));
  if (meant.empty() && before.type == Lexer::NUMBER) meant = suggestion(reading, found, unit_words());
  const bool only_a_name = mistake.expected.contains(Lexer::IDENTIFIER) && !mistake.expected.contains(Lexer::MONEY_LITERAL);
  const bool one_word = mistake.expected.size() == 1 && is_keyword(*mistake.expected.begin());
  diag::Diagnostic* said = nullptr;
  if (mistake.expected.contains(Lexer::NEWLINE)) {
    said = &diag::report(reading.sink, statement_goes_on, reading.span(found), {{"found", what}});
  } else if (only_a_name && is_reserved(found.type)) {
    said = &report_reserved(reading, found);
  } else if (one_word && before.type == *mistake.expected.begin()) {
    // The word was taken for the name that should stand before it.
    said = &diag::report(reading.sink, word_missing, reading.span(before), {{"word", "a name"}, {"found", describe_token(reading, before)}});
  } else if (one_word && (is_value(found.type) || is_keyword(found.type)) && meant.empty()) {
    said = &diag::report(reading.sink, word_missing, reading.span(found), {{"word", expected}, {"found", what}});
  } else {
    said = &diag::report(reading.sink, unexpected_word, reading.span(found),
                         {{"found", what}, {"expected", expected}, {"before", describe_token(reading, before)}});
  }
  suggest(reading, *said, found, meant);
  if (said->helps.empty()) {
    if (std::string help = help_for(reading, mistake, before, found); !help.empty()) said->helps.push_back(std::move(help));
  }
  label_continuation(reading, mistake, *said);
}

// `excused` could also be the name of a tier; behind a keyword that starts a line here, that reading is not worth a word.
void drop_reading_as_name(const Reading& reading, Mistake& mistake) {
  if (mistake.found != mistake.first + 1 || !starts_line(*mistake.kind, reading.tokens[mistake.first].type)) return;
  for (const size_t sign : {Lexer::COLON, Lexer::EQ, Lexer::LBRACE}) {
    if (mistake.expected.size() > 1) mistake.expected.erase(sign);
  }
}

}  // namespace

bool report_mistake(Reading& reading, Mistake mistake) {
  const Token& found = reading.tokens[mistake.found];
  const bool broke_off = ends_here(found.type);
  if (statement_is_troubled(reading, mistake)) return broke_off;
  if (report_first_word(reading, mistake)) return false;
  drop_reading_as_name(reading, mistake);
  if (!broke_off) {
    report_inside(reading, mistake);
    return false;
  }
  diag::Diagnostic& said = diag::report(reading.sink, line_breaks_off, reading.span(found), {{"expected", describe_expected(mistake.expected)}});
  said.helps.emplace_back(rule_of_lines);
  return true;
}

}  // namespace writ::parse
