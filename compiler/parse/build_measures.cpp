// Metrics and benchmarks.
#include "parse/build.h"
#include "parse/diagnostics.h"

namespace writ::parse {

ast::ClauseItem metric_of(Build& build, Grammar::MetricContext* context) {
  ast::Metric metric;
  metric.name = declared_name(build, context->name(0));
  metric.printed = text_of(build, context->STRING());
  if (context->type() != nullptr) metric.type = type_of(build, context->type());
  metric.value.function = name_of(build, context->name(1));
  const bool has_value = context->LPAREN() != nullptr && context->expr(0) != nullptr && (context->WHERE() == nullptr || context->expr().size() > 1);
  if (has_value) metric.value.value = expression(build, context->expr(0));
  if (context->OVER() != nullptr) metric.value.over = name_of(build, context->name(2));
  if (context->WHERE() != nullptr) metric.value.where = expression(build, context->expr().back());
  if (context->grain() != nullptr) metric.per = period_or_report(build, context->grain());
  metric.value.placed_by = sum(build, context->sum());
  metric.span = span_of(build, context);
  return metric;
}

namespace {

void add_test(Build& build, ast::Benchmark& benchmark, Grammar::BenchmarkLineContext* line) {
  ast::BenchmarkTest test;
  test.metric = name_of(build, line->name(0));
  test.at_least = line->LEAST() != nullptr || line->ABOVE() != nullptr;
  test.strict = line->ABOVE() != nullptr || line->BELOW() != nullptr;
  test.bound = sum(build, line->sum());
  test.span = span_of(build, line);
  benchmark.tests.push_back(std::move(test));
}

void add_line(Build& build, ast::Benchmark& benchmark, Grammar::BenchmarkLineContext* line, Once& once) {
  using TooFew = ast::Benchmark::TooFew;
  const source::Span span = span_of(build, line);
  if (line->JUDGED() != nullptr) {
    if (!once.first(build, "`judged only with`", span)) return;
    benchmark.minimum = sum(build, line->sum());
    benchmark.too_few = line->MEASURED() != nullptr ? TooFew::not_measured : line->MET() != nullptr ? TooFew::met : TooFew::missed;
  } else if (line->IF() != nullptr) {
    if (!once.first(build, "`if missed`", span)) return;
    for (Grammar::NameContext* name : line->name()) benchmark.if_missed.push_back(name_of(build, name));
  } else {
    add_test(build, benchmark, line);
  }
}

}  // namespace

ast::ClauseItem benchmark_of(Build& build, Grammar::BenchmarkContext* context) {
  ast::Benchmark benchmark;
  benchmark.name = declared_name(build, context->name(0));
  benchmark.printed = text_of(build, context->STRING());
  if (context->BY() != nullptr) benchmark.by = name_of(build, context->name(1));
  benchmark.span = span_of(build, context);
  bool damaged = lost_a_line(build, context, Grammar::RuleBenchmarkLine);
  Once once;
  for (Grammar::BenchmarkLineContext* line : lines_of(build, context, context->benchmarkLine())) {
    damaged = damaged || broken(line);
    if (!broken(line)) add_line(build, benchmark, line, once);
  }
  if (!benchmark.tests.empty()) return benchmark;
  if (!damaged) report_missing(build, benchmark.name.span, "the benchmark `" + benchmark.name.text + "`", "which metric it holds against which bound");
  return unread(build, context);
}

}  // namespace writ::parse
