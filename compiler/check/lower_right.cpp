// `right Terminate of Client { when any 2 consecutive months have at least 3 misses of Acknowledgement, Resolution, with at least 1 in each
// after written notice and 30 days to cure ... }`: what runs over the ordered periods, misses and acts of the agreement.
#include <cassert>

#include "check/lower.h"

namespace writ::check {
namespace {

struct Lowering {
  Context& context;
  SymbolId id;
  const ast::Right& node;
  uint32_t file;
  ir::Right made;
};

Span span_of(const Lowering& at, ast::ExprId id) { return id.valid() ? at.context.files[at.file].exprs[id].span : at.node.name.span; }

bool lower_window(Lowering& at) {
  const std::optional<ir::PeriodKind> period = require_period(at.context, at.node.period, at.node.name.span, "a right");
  if (!period) return false;
  at.made.period = *period;
  at.made.consecutive = at.node.consecutive;
  assert(at.node.consecutive >= 1);  // parse
  return true;
}

// at least 3 misses of Acknowledgement, Resolution, with at least 1 in each
bool lower_misses(Lowering& at) {
  Context& context = at.context;
  bool sound = true;
  for (const ast::Name& name : at.node.misses) {
    const SymbolId id = require_lowered(context, at.file, name, "commitment", is_commitment);
    sound = sound && id.valid() && context.symbols[id].commitment.valid();
    if (sound) at.made.misses.push_back(context.symbols[id].commitment);
  }
  const std::optional<int64_t> total = check_whole_constant(context, at.node.at_least, at.file, "the number of misses");
  std::optional<int64_t> each = 0;
  if (at.node.each_at_least.valid()) each = check_whole_constant(context, at.node.each_at_least, at.file, "the number of misses in each period");
  if (!sound || !total || !each) return false;
  at.made.at_least = *total;
  at.made.each_at_least = *each;
  if (*total >= 1 && *each >= 0) return true;
  diag::report(context.sink, code::always_arisen, span_of(at, at.node.at_least), {{"name", at.node.name.text}})
      .helps.push_back("write how many misses give the right, from 1 on");
  return false;
}

bool is_condition(const Symbol& symbol) { return std::holds_alternative<const ast::Rule*>(symbol.node); }

// in which nps_failed holds: a yes/no of the same period
bool lower_rule_condition(Lowering& at) {
  Context& context = at.context;
  const SymbolId id = require_lowered(context, at.file, at.node.condition, "rule", is_condition);
  if (!id.valid() || !context.symbols[id].definition.valid()) return false;
  const ir::Definition& rule = context.agreement.definitions[context.symbols[id].definition];
  if (rule.type.kind == ir::Kind::error) return false;
  const ir::Grain wanted{.of = ir::Grain::Of::period, .period = at.made.period};
  if (rule.type.kind != ir::Kind::boolean || rule.grain != wanted) {
    diag::Diagnostic& report = diag::report(context.sink, code::not_a_period_condition, at.node.condition.span,
                                            {{"name", at.node.condition.text},
                                             {"found", describe(context, rule.type)},
                                             {"grain", describe(context, rule.grain)},
                                             {"wanted", describe(context, wanted)}});
    report.labels.push_back({context.symbols[id].name.span, "declared here"});
    report.helps.push_back("write a rule that is yes or no `per " + std::string(period_word(at.made.period)) + "`");
    return false;
  }
  at.made.condition = context.symbols[id].definition;
  return true;
}

// have missed Loyalty: the benchmark's outcome in each period
bool lower_benchmark_condition(Lowering& at) {
  Context& context = at.context;
  const SymbolId id = require_lowered(context, at.file, at.node.condition, "benchmark", [](const Symbol& symbol) { return is_benchmark(symbol); });
  if (!id.valid() || !context.symbols[id].benchmark.valid()) return false;
  const ir::DefinitionId outcome = context.agreement.benchmarks[context.symbols[id].benchmark].outcome;
  const ir::Grain grain = context.agreement.definitions[outcome].grain;
  if (grain.period != at.made.period) {
    diag::report(context.sink, code::window_of_other_period, at.node.condition.span,
                 {{"name", at.node.condition.text}, {"grain", describe(context, grain)}, {"period", std::string(period_word(at.made.period))}})
        .helps.push_back("write `any " + std::to_string(at.made.consecutive) + " consecutive " + std::string(period_word(grain.period)) + "s`");
    return false;
  }
  at.made.condition = add_part(context, context.symbols[at.id], "condition", grain, make_missed(context, outcome, at.node.condition.span), at.node.span, true);
  return true;
}

bool lower_condition(Lowering& at) {
  if (!at.node.misses.empty()) return lower_misses(at);
  if (at.node.condition.written()) return at.node.condition_missed ? lower_benchmark_condition(at) : lower_rule_condition(at);
  return false;  // its `when` could not be read: reported by parse
}

// after written notice and 30 days to cure; cured when no such miss falls due in the cure period
bool lower_notice(Lowering& at) {
  Context& context = at.context;
  at.made.notice = at.node.has_notice;
  if (at.node.cure_within.valid()) {
    const std::optional<int64_t> days = check_days(context, at.file, at.node.cure_within, "the time to cure");
    if (!days) return false;
    at.made.cure_days = *days;
  }
  if (!at.node.cured_when_no_miss) return true;
  at.made.cured_when_no_miss = true;
  if (at.made.cure_days > 0 && !at.node.misses.empty()) return true;
  if (at.node.damaged) return false;  // the time to cure may stand in the line that could not be read
  diag::report(context.sink, code::nothing_to_cure, at.node.name.span, {{"name", at.node.name.text}})
      .helps.push_back(at.node.misses.empty() ? "a right that arises from no misses cannot be cured by their absence: leave the line out"
                                              : "write how long the time to cure is, `after written notice and 30 days to cure`");
  return false;
}

}  // namespace

void lower_right(Context& context, SymbolId id) {
  const ast::Right& node = construct<ast::Right>(context, id);
  Lowering at{.context = context, .id = id, .node = node, .file = context.symbols[id].file};
  at.made.name = node.name.text;
  at.made.printed = node.printed.text;
  at.made.clause = context.symbols[id].clause;
  at.made.span = node.span;
  at.made.subject = subject_of(context, node.name.text);
  for (const ast::Text& then : node.then) at.made.then.push_back(then.text);
  const std::optional<uint32_t> party = require_party(context, at.file, node.of);
  const bool window = lower_window(at);
  const bool condition = window && lower_condition(at);
  const bool notice = lower_notice(at);
  if (node.exercise_within.valid()) {
    const std::optional<int64_t> days = check_days(context, at.file, node.exercise_within, "the time to use the right");
    if (!days) return;
    at.made.exercise_days = *days;
  }
  if (!condition || !notice || !party) return;
  at.made.party = *party;
  context.symbols[id].right = context.agreement.rights.add(std::move(at.made));
}

}  // namespace writ::check
