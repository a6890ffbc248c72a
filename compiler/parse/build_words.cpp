#include <fmt/format.h>

#include <algorithm>

#include "parse/build.h"
#include "parse/diagnostics.h"

namespace writ::parse {

size_t index_of(const Build& build, const antlr4::Token* token) { return token->getTokenIndex() + build.shift; }

const Token& token_of(const Build& build, const antlr4::Token* token) { return build.reading.tokens[index_of(build, token)]; }

size_t type_of_child(const antlr4::ParserRuleContext* context, size_t place) {
  antlr4::tree::ParseTree* const node = context->children[place];
  return typeid(*node) == typeid(antlr4::tree::TerminalNodeImpl) ? static_cast<Node*>(node)->getSymbol()->getType() : 0;
}

source::Span span_of(const Build& build, const antlr4::ParserRuleContext* context) {
  if (context == nullptr || context->start == nullptr) return {};
  const size_t begin = index_of(build, context->start);
  const size_t end = context->stop == nullptr ? begin : index_of(build, context->stop);
  const Token& first = build.reading.tokens[begin];
  if (context->stop == nullptr || end < begin) return {build.reading.file, first.begin, first.begin};
  const Token* last = &build.reading.tokens[end];
  while (last->type == Lexer::NEWLINE && last > &first) --last;  // the line end is no part of a statement
  return {build.reading.file, first.begin, std::max(last->end, first.begin)};
}

source::Span span_of(const Build& build, const Node* node) {
  return node == nullptr ? source::Span{} : build.reading.span(token_of(build, const_cast<Node*>(node)->getSymbol()));
}

std::string spelling(const Build& build, const Node* node) {
  return std::string(build.reading.spelling(token_of(build, const_cast<Node*>(node)->getSymbol())));
}

std::string spelling(const Build& build, const antlr4::ParserRuleContext* context) {
  const source::Span span = span_of(build, context);
  return std::string(build.reading.text.substr(span.begin, span.end - span.begin));
}

ast::Name name_of(const Build& build, const antlr4::ParserRuleContext* context) {
  if (context == nullptr) return {};
  const source::Span span = span_of(build, context);
  return {std::string(build.reading.text.substr(span.begin, span.end - span.begin)), span};
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
  const Token& before = build.reading.tokens[index_of(build, context->start) - 1];
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

ast::Unread unread_at(const Build& build, size_t first, bool declares_name) {
  const std::vector<Token>& tokens = build.reading.tokens;
  ast::Unread result;
  result.keyword = {std::string(build.reading.spelling(tokens[first])), build.reading.span(tokens[first])};
  result.span = result.keyword.span;
  if (!declares_name || first + 1 >= tokens.size()) return result;
  const Token& second = tokens[first + 1];
  const bool name = second.type == Lexer::IDENTIFIER || (second.type >= Lexer::A && second.type <= Lexer::DECEMBER);
  if (name) result.name = {std::string(build.reading.spelling(second)), build.reading.span(second)};
  return result;
}

ast::Unread unread(const Build& build, const antlr4::ParserRuleContext* context, bool declares_name) {
  ast::Unread result = unread_at(build, index_of(build, context->start), declares_name);
  result.span = span_of(build, context);
  return result;
}

bool lost_a_line(const Build& build, const antlr4::ParserRuleContext* context, size_t line_rule) {
  const size_t first = context->start->getTokenIndex(), last = context->stop->getTokenIndex();
  return std::ranges::any_of(build.reading.skipped, [&](const Skipped& line) { return line.rule == line_rule && line.first > first && line.first < last; });
}

std::vector<ast::Unread> skipped_before(const Build& build, size_t& next, size_t line_rule, size_t word) {
  std::vector<ast::Unread> found;
  for (; next < build.reading.skipped.size() && build.reading.skipped[next].first < word; ++next) {
    if (build.reading.skipped[next].rule == line_rule) found.push_back(unread_at(build, build.reading.skipped[next].first));
  }
  return found;
}

}  // namespace writ::parse
