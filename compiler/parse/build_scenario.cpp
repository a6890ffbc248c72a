#include <algorithm>

#include "parse/build.h"
#include "parse/diagnostics.h"

namespace writ::parse {

namespace {

// Outcomes of one word (language reference, outcomes). Words of an enumeration may be the same: then the value is kept beside the word.
constexpr std::string_view outcome_words[] = {"met",     "missed",    "pending",     "excused",   "none",    "accrued", "claimable",
                                              "claimed", "forfeited", "settled",     "waived",    "overdue", "due",     "done",
                                              "arisen",  "cured",     "exercisable", "exercised", "lapsed"};

ast::FactLiteralField field_of(Build& build, Grammar::FactValueContext* context) {
  return {name_of(build, context->name()), expression(build, context->expr())};
}

ast::FactLiteral fact_of(Build& build, Grammar::FactLiteralContext* context) {
  ast::FactLiteral fact{name_of(build, context->name()), {}, {}, span_of(build, context)};
  for (Grammar::FactPartContext* part : context->factPart()) {
    if (part->HISTORY() == nullptr) {
      fact.fields.push_back(field_of(build, part->factValue(0)));
      continue;
    }
    ast::FactLiteral::Row row{{}, span_of(build, part)};
    for (Grammar::FactValueContext* value : part->factValue()) row.fields.push_back(field_of(build, value));
    fact.history.push_back(std::move(row));
  }
  return fact;
}

// `not measured`, `out of scope`, `missed`: outcomes that read like expressions are told apart by their words.
void set_value(Build& build, ast::Expect& expect, Grammar::ExpectContext* context) {
  const antlr4::ParserRuleContext* value = context->expr() != nullptr ? static_cast<antlr4::ParserRuleContext*>(context->expr()) : context->outcomePhrase();
  const source::Span span = span_of(build, value);
  std::string words;
  for (size_t i = index_of(build, value->start); i <= index_of(build, value->stop); ++i) {
    words += (words.empty() ? "" : "_") + std::string(build.reading.spelling(build.reading.tokens[i]));
  }
  const bool phrase =
      context->outcomePhrase() != nullptr || words == "not_measured" || words == "not_arisen" || words == "not_reached" || words == "out_of_scope";
  const bool word = std::find(std::begin(outcome_words), std::end(outcome_words), words) != std::end(outcome_words);
  if (phrase || word) expect.word = {words, span};
  if (!phrase) expect.value = expression(build, context->expr());
}

ast::Expect expect_of(Build& build, Grammar::ExpectContext* context) {
  ast::Expect expect;
  expect.subject = name_of(build, context->name(0));
  if (context->DOT() != nullptr) expect.member = name_of(build, context->name(1));
  expect.of_key = text_of(build, context->STRING());
  if (context->IN() != nullptr) {
    const bool month = context->MONTH_LITERAL() != nullptr;
    expect.period = literal(build, month ? context->MONTH_LITERAL() : context->NUMBER());
    expect.period_unit = context->QUARTER() != nullptr          ? ast::PeriodUnit::quarter
                         : context->YEAR() != nullptr || !month ? ast::PeriodUnit::year
                                                                : ast::PeriodUnit::month;
  }
  set_value(build, expect, context);
  expect.span = span_of(build, context);
  return expect;
}

}  // namespace

ast::Item scenario_of(Build& build, Grammar::ScenarioContext* context) {
  ast::Scenario scenario;
  scenario.name = text_of(build, context->STRING());
  scenario.as_of = sum(build, context->sum());
  for (Grammar::SettingContext* setting : context->setting()) scenario.with.push_back({name_of(build, setting->name()), sum(build, setting->sum())});
  scenario.span = span_of(build, context);
  bool damaged = lost_a_line(build, context, Grammar::RuleScenarioLine);
  for (Grammar::ScenarioLineContext* line : lines_of(build, context, context->scenarioLine())) {
    damaged = damaged || broken(line);
    if (broken(line)) continue;
    if (line->expect() != nullptr) {
      scenario.expects.push_back(expect_of(build, line->expect()));
    } else {
      scenario.facts.push_back(fact_of(build, line->factLiteral()));
    }
  }
  // What a scenario without its broken lines would say is not what its author wrote.
  if (damaged) return unread(build, context, false);
  return scenario;
}

}  // namespace writ::parse
