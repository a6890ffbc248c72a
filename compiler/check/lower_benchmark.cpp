// `benchmark Loyalty { nps_score at least nps_floor  judged only with 50 answers or more, otherwise not measured }`: met or missed per
// period of its metrics.
#include <algorithm>

#include "check/expression_parts.h"
#include "check/lower.h"

namespace writ::check {
namespace {

struct Lowering {
  Context& context;
  SymbolId id;
  const ast::Benchmark& node;
  uint32_t file;
  std::optional<ir::PeriodKind> period;
  std::vector<ir::ExprId> passed, measured, enough;
  ir::Benchmark made;
  bool sound = true;
};

bool is_figure(const Symbol& symbol) {
  return std::holds_alternative<const ast::Metric*>(symbol.node) || std::holds_alternative<const ast::Rule*>(symbol.node);
}

void fail(Lowering& at) { at.sound = false; }

// The metric behind a test: a figure per period, of the same period as the tests before it.
std::optional<SymbolId> read_metric(Lowering& at, const ast::BenchmarkTest& test) {
  Context& context = at.context;
  const SymbolId id = require_lowered(context, at.file, test.metric, "metric", is_figure);
  if (!id.valid() || !context.symbols[id].definition.valid()) return std::nullopt;
  const ir::Definition& metric = context.agreement.definitions[context.symbols[id].definition];
  if (metric.type.kind == ir::Kind::error) return std::nullopt;
  if (metric.grain.of != ir::Grain::Of::period) {
    diag::Diagnostic& report =
        diag::report(context.sink, code::metric_without_period, test.metric.span, {{"name", test.metric.text}, {"grain", describe(context, metric.grain)}});
    report.labels.push_back({context.symbols[id].name.span, "declared here"});
    report.helps.push_back("measure it per month, quarter or year: a benchmark is judged at the end of each");
    return std::nullopt;
  }
  if (at.period && *at.period != metric.grain.period) {
    diag::report(context.sink, code::mixed_periods, test.metric.span,
                 {{"name", test.metric.text}, {"grain", describe(context, metric.grain)}, {"other", "per " + std::string(period_word(*at.period))}})
        .helps.push_back("write a benchmark for each period");
    return std::nullopt;
  }
  at.period = metric.grain.period;
  return id;
}

ir::Op test_op(const ast::BenchmarkTest& test) {
  if (test.at_least) return test.strict ? ir::Op::gt : ir::Op::ge;
  return test.strict ? ir::Op::lt : ir::Op::le;
}

void lower_test(Lowering& at, const ast::BenchmarkTest& test) {
  const std::optional<SymbolId> metric_symbol = read_metric(at, test);
  if (!metric_symbol) return fail(at);
  Context& context = at.context;
  ir::Agreement& agreement = context.agreement;
  const ir::DefinitionId metric = context.symbols[*metric_symbol].definition;
  const Scope scope = period_scope(at.file, *at.period);
  const ir::ExprId read = ir::make_definition(agreement, metric, test.metric.span);
  const ir::ExprId bound = check_expression(context, test.bound, scope, {agreement.definitions[metric].type});
  const Expected nothing;
  const Place place{context, scope, nothing, test.span};
  const bool optional = type_of(context, read).absence != ir::Absence::never;
  const ir::ExprId holds = compare(place, test_op(test), optional ? ir::make_known_given(agreement, read) : read, bound);
  if (is_error(context, holds)) return fail(at);
  const ir::ExprId given = ir::make_is_given(agreement, read, test.metric.span);
  // Without a figure the test cannot hold; without this, the comparison would be an error where nothing was measured.
  at.passed.push_back(optional ? ir::make_and(agreement, {given, holds}, test.span) : holds);
  at.measured.push_back(given);
  at.made.metrics.push_back(metric);
  at.made.bounds.push_back(bound);
}

// `judged only with 50 answers or more, otherwise not measured`: each metric needs that many.
void lower_minimum(Lowering& at) {
  Context& context = at.context;
  const ast::Benchmark& node = at.node;
  if (!node.minimum.valid()) return;
  const Span span = context.files[at.file].exprs[node.minimum].span;
  if (!at.period) return fail(at);
  ir::Agreement& agreement = context.agreement;
  const ir::ExprId minimum = check_as(context, node.minimum, period_scope(at.file, *at.period), ir::number_type(0), "the number of answers");
  if (is_error(context, minimum)) return fail(at);
  at.made.minimum = minimum;
  for (const ir::DefinitionId metric : at.made.metrics) {
    const ir::DefinitionId answers = find_definition(context, agreement.definitions[metric].name + ".answers");
    if (!answers.valid()) {
      diag::report(context.sink, code::no_answers, span, {{"name", agreement.definitions[metric].name}})
          .helps.push_back("leave out the number of answers, or test a metric");
      return fail(at);
    }
    at.enough.push_back(ir::make_compare(agreement, ir::Op::ge, ir::make_definition(agreement, answers, span), minimum, span));
  }
}

ir::TooFew too_few_of(const ast::Benchmark& node) {
  switch (node.too_few) {
    case ast::Benchmark::TooFew::unstated:
    case ast::Benchmark::TooFew::not_measured: return ir::TooFew::not_measured;
    case ast::Benchmark::TooFew::met: return ir::TooFew::met;
    case ast::Benchmark::TooFew::missed: return ir::TooFew::missed;
  }
  return ir::TooFew::not_measured;
}

// What follows a miss has to exist; that it speaks of this benchmark is asked by lint.
void check_if_missed(Lowering& at) {
  for (const ast::Name& name : at.node.if_missed) require_remedy(at.context, at.file, name);
}

}  // namespace

void lower_benchmark(Context& context, SymbolId id) {
  const ast::Benchmark& node = construct<ast::Benchmark>(context, id);
  Lowering at{.context = context, .id = id, .node = node, .file = context.symbols[id].file};
  for (const ast::BenchmarkTest& test : node.tests) lower_test(at, test);
  lower_minimum(at);
  check_if_missed(at);
  if (node.by.written()) require_party(context, at.file, node.by);
  if (!at.sound || at.passed.empty()) return;
  ir::Agreement& agreement = context.agreement;
  ir::Definition outcome;
  outcome.name = node.name.text;
  outcome.printed = node.printed.text;
  outcome.grain = {.of = ir::Grain::Of::period, .period = *at.period};
  outcome.base = ir::make_judge_benchmark(agreement, ir::make_and(agreement, at.passed, node.span), ir::make_and(agreement, at.enough, node.span),
                                          ir::make_and(agreement, at.measured, node.span), too_few_of(node), node.span);
  outcome.type = type_of(context, *outcome.base);
  outcome.clause = context.symbols[id].clause;
  outcome.span = node.span;
  at.made.name = node.name.text;
  at.made.printed = node.printed.text;
  at.made.outcome = add_definition(context, std::move(outcome));
  at.made.clause = context.symbols[id].clause;
  at.made.span = node.span;
  context.symbols[id].definition = at.made.outcome;
  context.symbols[id].benchmark = context.agreement.benchmarks.add(std::move(at.made));
}

}  // namespace writ::check
