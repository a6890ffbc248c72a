#include <antlr4-runtime.h>
#include <fmt/format.h>

#include <algorithm>

#include "WritLexer.h"
#include "parse/diagnostics.h"
#include "parse/words.h"

namespace writ::parse {

namespace {

using Lexer = writ_grammar::WritLexer;

struct Foreign {
  std::string_view found, instead;
  size_t type;  // what it is read as
};

// Signs of other languages and of word processors that have one clear meaning.
constexpr Foreign foreign_signs[] = {
    {"==", "=", Lexer::EQ},        {"===", "=", Lexer::EQ},       {":=", "=", Lexer::EQ},       {"<>", "!=", Lexer::NE},     {"\u2260", "!=", Lexer::NE},
    {"=<", "<=", Lexer::LE},       {"\u2264", "<=", Lexer::LE},   {"=>", ">=", Lexer::GE},      {"\u2265", ">=", Lexer::GE}, {"&&", "and", Lexer::AND},
    {"&", "and", Lexer::AND},      {"||", "or", Lexer::OR},       {"|", "or", Lexer::OR},       {"!", "not", Lexer::NOT},    {"\u2013", "-", Lexer::MINUS},
    {"\u2014", "-", Lexer::MINUS}, {"\u2212", "-", Lexer::MINUS}, {"\u00D7", "*", Lexer::STAR}, {"...", "..", Lexer::RANGE},
};

void correct_foreign(Reading& reading, Token& token) {
  const std::string_view found = reading.spelling(token);
  for (const Foreign& sign : foreign_signs) {
    if (sign.found != found) continue;
    diag::Diagnostic& said =
        diag::report(reading.sink, foreign_sign, reading.span(token), {{"found", std::string(found)}, {"instead", std::string(sign.instead)}});
    said.fixes.push_back({reading.span(token), std::string(sign.instead)});
    token.type = sign.type;
    return;
  }
  diag::Diagnostic& said = diag::report(reading.sink, meaningless_sign, reading.span(token), {{"found", std::string(found)}});
  token.type = Lexer::UNKNOWN_CHARACTER;  // taken out
  if (found == ";") {
    said.helps.push_back("a statement ends with its line; leave the `;` out");
    token.type = Lexer::NEWLINE;
  } else if (found == "%") {
    said.helps.push_back("write the percent sign directly behind the number: `15%`");
  }
}

std::string_view help_for(std::string_view character) {
  if (character == "$" || character == "\u00A3" || character == "\u20AC" || character == "\u00A5") {
    return "write money with the code of its currency: `GBP 12,000.00`";
  }
  if (character == "'" || character == "`" || character == "\u2018" || character == "\u2019") return "a text stands between double quotes: `\"...\"`";
  if (character == "#") return "a comment starts with `//`";
  return "";
}

void correct(Reading& reading, Token& token, const diag::Kind& kind, size_t type, std::string_view help) {
  diag::Diagnostic& said = diag::report(reading.sink, kind, reading.span(token));
  if (kind.message.find("{found}") != std::string_view::npos) said.arguments.push_back({"found", std::string(reading.spelling(token))});
  said.helps.emplace_back(help);
  token.type = type;
}

// True when the token stays.
bool correct_one(Reading& reading, Token& token, uint32_t& line_of_unknown) {
  const size_t type = token.type;
  if (type == Lexer::MONEY_BADLY_GROUPED) {
    correct(reading, token, badly_grouped_money, Lexer::MONEY_LITERAL,
            "group digits in threes (`GBP 12,000.00`) or not at all; between two values put a space behind the comma");
  } else if (type == Lexer::DATE_BADLY_WRITTEN) {
    correct(reading, token, badly_written_date, Lexer::DATE,
            "write a date as `2026-03-02`, a month as `2026-03`, an instant as `2026-03-02T11:00`; put spaces around a minus or a division sign");
  } else if (type == Lexer::TIME_BADLY_WRITTEN) {
    correct(reading, token, badly_written_time, Lexer::TIME_LITERAL, "write the hour with two digits, from 00 to 24: `09:00`, `17:30`");
  } else if (type == Lexer::STRING_LEFT_OPEN) {
    correct(reading, token, text_left_open, Lexer::STRING, "close it with `\"`; a text of several lines stands between `\"\"\"`");
  } else if (type == Lexer::STRING_IN_TYPOGRAPHIC_QUOTES) {
    correct(reading, token, typographic_quotes, Lexer::STRING, "write `\"...\"`");
  } else if (type == Lexer::FOREIGN) {
    correct_foreign(reading, token);
  } else if (type == Lexer::UNKNOWN_CHARACTER) {
    if (line_of_unknown != token.line) {  // a quote has a partner, a foreign word has many letters: one message a line
      const std::string found(reading.spelling(token));
      diag::Diagnostic& said = diag::report(reading.sink, unknown_character, reading.span(token), {{"character", found}});
      if (const std::string_view help = help_for(found); !help.empty()) said.helps.emplace_back(help);
    }
    line_of_unknown = token.line;
  } else {
    return true;
  }
  token.troubled = true;
  return token.type != Lexer::UNKNOWN_CHARACTER;
}

bool is_word(size_t type) { return type == Lexer::IDENTIFIER || (is_keyword(type) && !is_reserved(type)); }

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Does `,200` stand directly behind the token?
bool group_follows(const Reading& reading, size_t at) {
  if (at + 2 >= reading.tokens.size()) return false;
  const Token& token = reading.tokens[at];
  const Token& comma = reading.tokens[at + 1];
  const Token& group = reading.tokens[at + 2];
  if (comma.type != Lexer::COMMA || comma.begin != token.end || group.begin != comma.end) return false;
  if (group.type != Lexer::NUMBER && group.type != Lexer::PERCENT) return false;
  const std::string_view digits = reading.spelling(group).substr(0, reading.spelling(group).find_first_of(".%"));
  return digits.size() == 3 && is_digits(digits);
}

}  // namespace

void correct_words(Reading& reading) {
  size_t kept = 0;
  uint32_t line_of_unknown = 0;
  bool trouble = false;
  for (Token token : reading.tokens) {
    if (correct_one(reading, token, line_of_unknown)) {
      token.troubled = token.troubled || trouble;
      trouble = false;
      reading.tokens[kept++] = token;
    } else {
      trouble = true;  // the neighbour keeps its statement silent
    }
  }
  reading.tokens.resize(kept);
}

void correct_grouped_digits(Reading& reading) {
  size_t kept = 0;
  std::vector<bool> commas_separate;  // for each open bracket: a call's or a list's
  for (size_t at = 0; at < reading.tokens.size(); ++at) {
    Token token = reading.tokens[at];
    const bool opens = token.type == Lexer::LPAREN || token.type == Lexer::LBRACE || token.type == Lexer::LBRACKET;
    const bool closes = token.type == Lexer::RPAREN || token.type == Lexer::RBRACE || token.type == Lexer::RBRACKET;
    if (opens) {
      const bool behind_word = kept > 0 && is_word(reading.tokens[kept - 1].type);
      commas_separate.push_back(token.type == Lexer::LPAREN ? behind_word : !token.block);
    } else if (closes && !commas_separate.empty()) {
      commas_separate.pop_back();
    } else if (token.type == Lexer::NUMBER && reading.spelling(token).size() <= 3 && is_digits(reading.spelling(token)) &&
               (commas_separate.empty() || !commas_separate.back()) && group_follows(reading, at)) {
      const std::string first(reading.spelling(token));
      const bool reported = token.troubled;
      while (group_follows(reading, at)) at += 2;
      token.end = reading.tokens[at].end;
      token.type = reading.tokens[at].type;
      token.troubled = true;
      if (reported) {
        reading.tokens[kept++] = token;
        continue;
      }
      const std::string found(reading.spelling(token));
      std::string joined;
      std::copy_if(found.begin(), found.end(), std::back_inserter(joined), [](char c) { return c != ','; });
      diag::Diagnostic& said = diag::report(reading.sink, grouped_digits, reading.span(token),
                                            {{"found", found}, {"joined", joined}, {"first", first}, {"rest", found.substr(first.size() + 1)}});
      said.helps.push_back(
          fmt::format("write `{}`, or put a space behind the comma; digits are grouped only behind a currency, as in `GBP 12,000.00`", joined));
    }
    reading.tokens[kept++] = token;
  }
  reading.tokens.resize(kept);
}

}  // namespace writ::parse
