#include <algorithm>

#include "parse/build.h"
#include "parse/diagnostics.h"

namespace writ::parse {

namespace {

ast::Define define_of(Build& build, Grammar::DefineContext* context) {
  ast::Define define;
  define.name = declared_name(build, context->name(0));
  const std::vector<Node*> texts = context->STRING();
  // The printed name stands before `as`, the meaning at the end.
  const bool printed = texts.size() > (context->MEANS() != nullptr ? 1u : 0u);
  if (printed) define.printed = text_of(build, texts.front());
  define.of = name_of(build, context->name(1));
  define.where = expression(build, context->expr());
  if (context->MEANS() != nullptr) {
    define.means = text_of(build, texts.back());
    define.means_pieces = prose_pieces(build, define.means.text, define.means.span);
  }
  define.span = span_of(build, context);
  return define;
}

ast::ClauseItem tier_of(Build& build, Grammar::TierContext* context) {
  ast::Tier tier;
  tier.of = name_of(build, context->name());
  if (context->tierName() != nullptr) tier.name = declared_name(build, context->tierName());
  tier.span = span_of(build, context);
  bool damaged = lost_a_line(build, context, Grammar::RuleTierLine);
  for (Grammar::TierLineContext* line : lines_of(build, context, context->tierLine())) {
    damaged = damaged || broken(line);
    if (broken(line)) continue;
    tier.cases.push_back({declared_name(build, line->name()), expression(build, line->expr()), line->OTHERWISE() != nullptr, span_of(build, line)});
  }
  tier.damaged = damaged;
  if (!tier.cases.empty()) return tier;
  if (!damaged) report_missing(build, span_of(build, context->TIER()), "the tier", "which tiers there are");
  ast::Unread nothing = unread(build, context, false);
  nothing.name = tier.name;
  return nothing;
}

ast::Text clause_number(Build& build, Grammar::ClauseNumberContext* context) {
  if (context->STRING() != nullptr) return text_of(build, context->STRING());
  return {spelling(build, context), span_of(build, context)};
}

ast::ClauseItem item_of(Build& build, Grammar::ClauseLineContext* line) {
  if (type_of_child(line, 0) != 0) return prose_of(build, line->PROSE());
  auto* const item = child<antlr4::ParserRuleContext>(line, 0);
  if (auto* define = as<Grammar::DefineContext>(item)) return define_of(build, define);
  if (auto* out = as<Grammar::OutOfScopeContext>(item))
    return ast::OutOfScope{name_of(build, out->name()), expression(build, out->expr()), span_of(build, out)};
  if (auto* tier = as<Grammar::TierContext>(item)) return tier_of(build, tier);
  if (auto* commitment = as<Grammar::CommitmentContext>(item)) return commitment_of(build, commitment);
  if (auto* rule = as<Grammar::RuleDefinitionContext>(item)) return rule_of(build, rule);
  if (auto* metric = as<Grammar::MetricContext>(item)) return metric_of(build, metric);
  if (auto* benchmark = as<Grammar::BenchmarkContext>(item)) return benchmark_of(build, benchmark);
  if (auto* remedy = as<Grammar::RemedyContext>(item)) return remedy_of(build, remedy);
  if (auto* right = as<Grammar::RightContext>(item)) return right_of(build, right);
  if (auto* left_out = as<Grammar::NotModelledContext>(item)) {
    return ast::NotModelled{text_of(build, left_out->STRING(0)), text_of(build, left_out->STRING(1)), span_of(build, left_out)};
  }
  if (auto* clause = as<Grammar::ClauseContext>(item)) return clause_of(build, clause);
  const size_t keyword = line->start->getType();
  const bool declares = keyword == Lexer::DUTY || keyword == Lexer::OWNER || keyword == Lexer::ROLE || keyword == Lexer::DATA;
  const ast::Unread skipped = unread(build, line, declares);
  report_unread(build, skipped);
  return skipped;
}

}  // namespace

ast::Clause clause_of(Build& build, Grammar::ClauseContext* context) {
  ast::Clause clause;
  clause.number = clause_number(build, context->clauseNumber());
  clause.title = text_of(build, context->STRING());
  clause.span = span_of(build, context);
  const auto own = [&](const Skipped& line) { return line.first > static_cast<size_t>(context->start->getTokenIndex()); };
  size_t next_skipped = static_cast<size_t>(std::ranges::find_if(build.reading.skipped, own) - build.reading.skipped.begin());
  const auto add_skipped = [&](size_t word) {
    for (ast::Unread& line : skipped_before(build, next_skipped, Grammar::RuleClauseLine, word)) clause.items.emplace_back(std::move(line));
  };
  for (Grammar::ClauseLineContext* line : lines_of(build, context, context->clauseLine())) {
    add_skipped(line->start->getTokenIndex());
    if (broken(line)) {
      clause.items.emplace_back(unread(build, line));
    } else {
      clause.items.push_back(item_of(build, line));
    }
    // The lines of a clause inside this one were added there.
    while (next_skipped < build.reading.skipped.size() && build.reading.skipped[next_skipped].first < line->stop->getTokenIndex()) ++next_skipped;
  }
  add_skipped(context->stop->getTokenIndex());
  return clause;
}

// case N (overrides A, B)? : value when condition
static ast::RuleCase case_of(Build& build, Grammar::RuleLineContext* line) {
  ast::RuleCase rule_case{name_of(build, child<Grammar::NameContext>(line, 1)), {}, {}, {}, span_of(build, line)};
  size_t place = 2;
  for (; type_of_child(line, place) != Lexer::COLON; place += 2) rule_case.overrides.push_back(name_of(build, child<Grammar::NameContext>(line, place + 1)));
  rule_case.value = expression(build, child<Grammar::ExprContext>(line, place + 1));
  rule_case.when = expression(build, child<Grammar::ExprContext>(line, place + 3));
  return rule_case;
}

ast::Rule rule_of(Build& build, Grammar::RuleDefinitionContext* context) {
  ast::Rule rule;
  rule.name = declared_name(build, context->name());
  rule.printed = text_of(build, context->STRING());
  if (context->type() != nullptr) rule.type = type_of(build, context->type());
  Once grains, once;
  for (Grammar::GrainContext* grain : context->grain()) {
    const std::optional<ast::PeriodUnit> period = period_of(build, grain);
    const std::string word = spelling(build, grain);
    if (!grains.first(build, period || word == "agreement" ? "the period" : "the record", span_of(build, grain))) continue;
    rule.per_period = period ? period : rule.per_period;
    if (!period && word != "agreement") rule.per_record = name_of(build, grain);
  }
  rule.base = expression(build, context->expr());
  for (Grammar::RuleLineContext* line : lines_of(build, context, context->ruleLine())) {
    if (broken(line)) continue;
    if (type_of_child(line, 0) == Lexer::CASE) {
      rule.cases.push_back(case_of(build, line));
    } else if (once.first(build, "`base`", span_of(build, line))) {
      rule.base = expression(build, line->expr(0));
    }
  }
  rule.span = span_of(build, context);
  return rule;
}

}  // namespace writ::parse
