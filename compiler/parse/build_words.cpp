#include <fmt/format.h>

#include "parse/build.h"
#include "parse/diagnostics.h"

namespace writ::parse {

const Token& token_of(const Build& build, const antlr4::Token* token) { return build.reading.tokens[token->getTokenIndex()]; }

source::Span span_of(const Build& build, const antlr4::ParserRuleContext* context) {
  if (context == nullptr || context->start == nullptr) return {};
  const Token& first = token_of(build, context->start);
  if (context->stop == nullptr || context->stop->getTokenIndex() < context->start->getTokenIndex()) return {build.reading.file, first.begin, first.begin};
  const Token* last = &token_of(build, context->stop);
  while (last->type == Lexer::NEWLINE && last > &first) --last;  // the line end is no part of a statement
  return {build.reading.file, first.begin, std::max(last->end, first.begin)};
}

source::Span span_of(const Build& build, const Node* node) {
  return node == nullptr ? source::Span{} : build.reading.span(token_of(build, const_cast<Node*>(node)->getSymbol()));
}

std::string spelling(const Build& build, const Node* node) { return std::string(build.reading.spelling(token_of(build, const_cast<Node*>(node)->getSymbol()))); }

std::string spelling(const Build& build, const antlr4::ParserRuleContext* context) {
  const source::Span span = span_of(build, context);
  return std::string(build.reading.text.substr(span.begin, span.end - span.begin));
}

ast::Name name_of(const Build& build, const antlr4::ParserRuleContext* context) {
  if (context == nullptr) return {};
  return {spelling(build, context), span_of(build, context)};
}

ast::Name declared_name(Build& build, const antlr4::ParserRuleContext* context) {
  ast::Name name = name_of(build, context);
  if (name.text == "true" || name.text == "false" || name.text == "none" || name.text == "unknown") {
    diag::report(build.reading.sink, reserved_name, name.span, {{"name", name.text}})
        .notes.push_back(fmt::format("`{}` is a value wherever it stands, so nothing else could be called by it", name.text));
  }
  return name;
}

ast::Name round_word(const Build& build, Grammar::RoundWordContext* context) {
  if (context == nullptr) return {};
  std::string word = context->HALF() != nullptr ? "half_" : "";
  word += context->UP() != nullptr ? "up" : context->DOWN() != nullptr ? "down" : "even";
  return {word, span_of(build, context)};
}

std::optional<ast::PeriodUnit> period_of(const Build& build, Grammar::GrainContext* context) {
  if (context == nullptr) return std::nullopt;
  if (context->CONTRACT() != nullptr) return ast::PeriodUnit::contract_month;
  const std::string word = spelling(build, context);
  if (word == "month") return ast::PeriodUnit::month;
  if (word == "quarter") return ast::PeriodUnit::quarter;
  if (word == "year") return ast::PeriodUnit::year;
  if (word == "term") return ast::PeriodUnit::term;
  return std::nullopt;
}

ast::PeriodUnit period_or_report(Build& build, Grammar::GrainContext* context) {
  const std::optional<ast::PeriodUnit> period = period_of(build, context);
  if (period) return *period;
  const Token& before = build.reading.tokens[context->start->getTokenIndex() - 1];
  diag::report(build.reading.sink, unexpected_word, span_of(build, context),
               {{"found", fmt::format("`{}`", spelling(build, context))},
                {"expected", "`month`, `contract month`, `quarter`, `year` or `term`"},
                {"before", fmt::format("`{}`", build.reading.spelling(before))}});
  return ast::PeriodUnit::month;
}

ast::Absence absence_of(Grammar::AbsenceContext* context) {
  return context->NOT() != nullptr ? ast::Absence::not_yet : context->NONE() != nullptr ? ast::Absence::none : ast::Absence::unknown;
}

int whole_number(Build& build, const Node* node, int low, int high) {
  const std::string digits = spelling(build, node);
  int value = 0;
  bool fits = !token_of(build, const_cast<Node*>(node)->getSymbol()).troubled;
  if (!fits) return low;  // reported
  for (const char c : digits) {
    fits = fits && c >= '0' && c <= '9' && value <= high;
    if (fits) value = value * 10 + (c - '0');
  }
  if (fits && value >= low && value <= high) return value;
  diag::report(build.reading.sink, unfit_number, span_of(build, node), {{"found", digits}, {"low", std::to_string(low)}, {"high", std::to_string(high)}});
  return low;
}

bool broken(const antlr4::ParserRuleContext* context) { return context->exception != nullptr; }

bool Once::first(Build& build, const std::string& what, source::Span span) {
  const auto [place, fresh] = seen.emplace(what, span);
  if (!fresh) {
    diag::report(build.reading.sink, stated_twice, span, {{"what", what}}).labels.push_back({place->second, "first stated here"});
  }
  return fresh;
}

void report_missing(Build& build, source::Span span, const std::string& what, const std::string& part) {
  diag::report(build.reading.sink, part_missing, span, {{"what", what}, {"part", part}});
}

ast::Unread unread(const Build& build, const antlr4::ParserRuleContext* context, bool declares_name) {
  const size_t first = context->start->getTokenIndex();
  const auto name_at = [&](size_t i) -> ast::Name {
    const Token& token = build.reading.tokens[i];
    if (token.type != Lexer::IDENTIFIER && (token.type < Lexer::A || token.type > Lexer::DECEMBER)) return {};
    return {std::string(build.reading.spelling(token)), build.reading.span(token)};
  };
  ast::Unread result;
  result.keyword = {std::string(build.reading.spelling(build.reading.tokens[first])), build.reading.span(build.reading.tokens[first])};
  if (declares_name && first + 1 < build.reading.tokens.size()) result.name = name_at(first + 1);
  result.span = span_of(build, context);
  return result;
}

}  // namespace writ::parse
