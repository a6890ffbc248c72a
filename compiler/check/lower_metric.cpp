// `metric nps_score = nps(recommend) over Survey, per quarter of answered`: one total a period (or over the term), and beside it how many
// answers it comes from.
#include <algorithm>
#include <array>

#include "check/expression_parts.h"
#include "check/lower.h"
#include "check/suggest.h"

namespace writ::check {
namespace {

using Fold = ir::Aggregate::Fold;

struct Lowering {
  Context& context;
  SymbolId id;
  const ast::Metric& node;
  uint32_t file;
  ir::Grain grain;  // of the metric
  ir::RecordId record;
  Scope scope;           // of its records, with what its conditions say to be given
  ir::ExprId filter;     // which records count; invalid: all
  ir::ExprId placed_by;  // invalid over the whole term
};

// What the function makes of one record: the value that is folded, and the condition under which there is an answer.
struct Answer {
  Fold fold = Fold::mean;
  ir::ExprId value;
  ir::ExprId given;      // invalid: always
  bool percent = false;  // shown as a percentage
};

constexpr std::array<std::string_view, 9> functions = {"count", "sum", "mean", "min", "max", "share", "nps", "top_two", "attainment"};

Span value_span(const Lowering& at) {
  return at.node.value.value.valid() ? at.context.files[at.file].exprs[at.node.value.value].span : at.node.value.function.span;
}

ir::ExprId whole(Lowering& at, int number) { return ir::make_constant(at.context.agreement, ir::number_type(0), number, value_span(at)); }

void report_answer(Lowering& at, const diag::Kind& kind, std::vector<diag::Argument> arguments, std::string help) {
  diag::report(at.context.sink, kind, value_span(at), std::move(arguments)).helps.push_back(std::move(help));
}

// An answer of the records: its absence means that there is none. From here on it is known to be given.
struct Asked {
  ir::ExprId value, given;
};

std::optional<Asked> ask(Lowering& at) {
  Context& context = at.context;
  const ir::ExprId read = check_expression(context, at.node.value.value, at.scope);
  if (is_error(context, read)) return std::nullopt;
  const ir::Type type = type_of(context, read);  // a copy: nodes are added below
  if (!ir::is_numeric(type) && type.kind != ir::Kind::duration && type.kind != ir::Kind::open_time) {
    report_answer(at, code::not_a_measure, {{"function", at.node.value.function.text}, {"found", describe(context, type)}},
                  "write a number, an amount of money or a duration of the record");
    return std::nullopt;
  }
  if (type.kind == ir::Kind::ratio) {
    report_answer(at, code::fold_of_ratio, {{"function", at.node.value.function.text}}, "round each value first, as in `rounded(x, 4)`");
    return std::nullopt;
  }
  const bool certain = type.absence == ir::Absence::never && !type.may_be_unknown;
  const ir::ExprId given = certain ? ir::ExprId{} : ir::make_is_given(context.agreement, read, value_span(at));
  return Asked{type.absence == ir::Absence::never ? read : ir::make_known_given(context.agreement, read), given};
}

// The declared range of a whole-numbered scale.
struct Points {
  ir::i128 low, high;
};

std::optional<Points> points_of(Lowering& at, ir::ExprId asked) {
  const ir::Type& type = type_of(at.context, asked);
  if (type.kind == ir::Kind::number && type.scale == 0 && type.has_range && type.high > type.low) return Points{type.low, type.high};
  return std::nullopt;
}

// Promoters (9, 10) count 100, detractors (0 to 6) -100: their mean is the score. F. Reichheld, "The One Number You Need to Grow",
// Harvard Business Review, December 2003.
std::optional<Answer> nps(Lowering& at) {
  const std::optional<Asked> asked = ask(at);
  if (!asked) return std::nullopt;
  const std::optional<Points> points = points_of(at, asked->value);
  if (!points || points->low != 0 || points->high != 10) {
    report_answer(at, code::nps_scale, {{"found", describe(at.context, type_of(at.context, asked->value))}},
                  "declare the field as `0..10`, the scale of the question \"how likely are you to recommend us\"");
    return std::nullopt;
  }
  ir::Agreement& agreement = at.context.agreement;
  const Span span = value_span(at);
  const ir::ExprId promoter = ir::make_compare(agreement, ir::Op::ge, asked->value, whole(at, 9), span);
  const ir::ExprId detractor = ir::make_compare(agreement, ir::Op::le, asked->value, whole(at, 6), span);
  const ir::ExprId rest = ir::make_select(agreement, detractor, whole(at, -100), whole(at, 0), span);
  return Answer{Fold::mean, ir::make_select(agreement, promoter, whole(at, 100), rest, span), asked->given, false};
}

// The share of the two highest points of the declared scale.
std::optional<Answer> top_two(Lowering& at) {
  const std::optional<Asked> asked = ask(at);
  if (!asked) return std::nullopt;
  const std::optional<Points> points = points_of(at, asked->value);
  if (!points || points->high - points->low < 2) {
    report_answer(at, code::top_two_scale, {{"found", describe(at.context, type_of(at.context, asked->value))}},
                  "declare the field with its scale of three points or more, `1..5`");
    return std::nullopt;
  }
  ir::Agreement& agreement = at.context.agreement;
  const Span span = value_span(at);
  const ir::ExprId bound = ir::make_constant(agreement, ir::number_type(0), points->high - 1, span);
  const ir::ExprId high = ir::make_compare(agreement, ir::Op::ge, asked->value, bound, span);
  return Answer{Fold::mean, ir::make_select(agreement, high, whole(at, 1), whole(at, 0), span), asked->given, true};
}

std::optional<Answer> share(Lowering& at) {
  const ir::ExprId condition = check_condition(at.context, at.node.value.value, at.scope, "what stands in `share`");
  if (is_error(at.context, condition)) return std::nullopt;
  return Answer{Fold::mean, ir::make_select(at.context.agreement, condition, whole(at, 1), whole(at, 0), value_span(at)), {}, true};
}

std::optional<Answer> plain(Lowering& at, Fold fold) {
  if (fold == Fold::count) return Answer{fold, {}, {}, false};
  const std::optional<Asked> asked = ask(at);
  if (!asked) return std::nullopt;
  const bool percent = type_of(at.context, asked->value).percent;
  return Answer{fold, asked->value, asked->given, percent};
}

std::optional<Answer> answer_of(Lowering& at) {
  const std::string& function = at.node.value.function.text;
  const bool needs_value = function != "count";
  if (needs_value != at.node.value.value.valid()) {
    const std::string help =
        needs_value ? "write what is measured, `" + function + "(...) over ...`" : "write `count over ...`, with a condition behind `where`";
    report_answer(at, needs_value ? code::nothing_measured : code::count_of_value, {{"function", function}}, help);
    return std::nullopt;
  }
  if (function == "nps") return nps(at);
  if (function == "top_two") return top_two(at);
  if (function == "share") return share(at);
  if (function == "sum") return plain(at, Fold::sum);
  if (function == "min") return plain(at, Fold::minimum);
  if (function == "max") return plain(at, Fold::maximum);
  return plain(at, function == "mean" ? Fold::mean : Fold::count);
}

// Survey where c, without what is out of scope.
bool lower_records(Lowering& at) {
  Context& context = at.context;
  if (!at.node.value.over.written()) {
    report_answer(at, code::metric_over_nothing, {{"name", at.node.name.text}}, "write which records it measures, `over Survey`");
    return false;
  }
  const std::optional<RecordSet> set = check_record_set(context, at.file, at.node.value.over);
  if (!set) return false;
  at.record = set->record;
  at.scope = record_scope(at.file, set->record);
  if (set->filter.valid()) at.scope = with_known(at.scope, known_when(context, set->filter, true));
  const ir::ExprId where = at.node.value.where.valid() ? check_condition(context, at.node.value.where, at.scope, "`where`") : ir::ExprId{};
  if (where.valid()) at.scope = with_known(at.scope, known_when(context, where, true));
  ir::ExprId in_scope;
  if (const ir::DefinitionId out = out_of_scope_of(context, set->record); out.valid())
    in_scope = ir::make_not(context.agreement, ir::make_definition(context.agreement, out, at.node.span), at.node.span);
  if (set->filter.valid() || where.valid() || in_scope.valid()) at.filter = ir::make_and(context.agreement, {set->filter, where, in_scope}, at.node.span);
  return !at.filter.valid() || !is_error(context, at.filter);
}

// The instant that puts a record into a period: `per quarter of answered`.
bool lower_place(Lowering& at) {
  Context& context = at.context;
  if (at.grain.of != ir::Grain::Of::period) return true;
  if (!at.node.value.placed_by.valid()) {
    const ir::Record& record = context.agreement.records[at.record];
    const std::string since = record.since ? record.fields[*record.since].name : "...";
    diag::report(context.sink, code::no_placing_instant, at.node.name.span,
                 {{"name", at.node.name.text}, {"period", std::string(period_word(at.grain.period))}})
        .helps.push_back("write `per " + std::string(period_word(at.grain.period)) + " of " + since + "`");
    return false;
  }
  at.placed_by = check_expression(context, at.node.value.placed_by, at.scope, {ir::plain_type(ir::Kind::instant)});
  const ir::Type& type = type_of(context, at.placed_by);
  if (type.kind == ir::Kind::error) return false;
  if (type.kind == ir::Kind::instant) return true;
  diag::report(context.sink, code::not_an_instant, context.files[at.file].exprs[at.node.value.placed_by].span,
               {{"what", "what puts a record into a period"}, {"found", describe(context, type)}});
  return false;
}

// Share of met among those that came out: met or missed. A pending one may still become either.
std::optional<Answer> attainment(Lowering& at) {
  Context& context = at.context;
  const ast::Expr* written = at.node.value.value.valid() ? &context.files[at.file].exprs[at.node.value.value] : nullptr;
  const auto* name = written == nullptr ? nullptr : std::get_if<ast::NameExpr>(&written->node);
  if (name == nullptr) {
    report_answer(at, code::nothing_measured, {{"function", "attainment"}}, "write the name of a commitment, `attainment(Resolution)`");
    return std::nullopt;
  }
  const SymbolId id = require_lowered(context, at.file, name->name, "commitment", is_commitment);
  if (!id.valid() || !context.symbols[id].commitment.valid()) return std::nullopt;
  const ir::Commitment& commitment = context.agreement.commitments[context.symbols[id].commitment];
  at.record = commitment.record;
  at.scope = record_scope(at.file, commitment.record);
  ir::Agreement& agreement = context.agreement;
  const Span span = value_span(at);
  const ir::ExprId outcome = ir::make_definition(agreement, commitment.outcome, span);
  const auto is = [&](ir::CommitmentOutcome code) { return ir::make_outcome_is(agreement, outcome, static_cast<int>(code), span); };
  const ir::ExprId met = is(ir::CommitmentOutcome::met);
  at.filter = ir::make_or(agreement, {met, is(ir::CommitmentOutcome::missed)}, span);
  if (!at.node.value.placed_by.valid() && at.grain.of == ir::Grain::Of::period) at.placed_by = ir::make_definition(agreement, commitment.due, span);
  return Answer{Fold::mean, ir::make_select(agreement, met, whole(at, 1), whole(at, 0), span), {}, true};
}

bool fits_range(const ir::Type& made, const ir::Type& declared) {
  if (!made.has_range || !declared.has_range) return true;
  const auto at_scale = [](ir::i128 number, int scale) { return value::ratio(number, value::pow10(scale), 0); };
  return !value::is_true(value::lt(at_scale(made.low, made.scale), at_scale(declared.low, declared.scale), 0)) &&
         !value::is_true(value::gt(at_scale(made.high, made.scale), at_scale(declared.high, declared.scale), 0));
}

// The declared type names the scale that the figure is on; it changes no number.
bool take_declared_type(Lowering& at, ir::Type& type) {
  if (!at.node.type) return true;
  const ir::Type declared = resolve_type(at.context, at.file, *at.node.type, "the metric `" + at.node.name.text + "`");
  if (declared.kind == ir::Kind::error) return false;
  const bool number = (declared.kind == ir::Kind::number || declared.kind == ir::Kind::ratio) &&
                      (type.kind == ir::Kind::number || type.kind == ir::Kind::ratio) && !type.currency.valid();
  const bool money = declared.kind == ir::Kind::money && type.kind == ir::Kind::money && declared.currency == type.currency;
  if ((!number && !money && declared.kind != type.kind) || !fits_range(type, declared)) {
    diag::report(at.context.sink, code::metric_type, at.node.type->span, {{"declared", describe(at.context, declared)}, {"found", describe(at.context, type)}})
        .helps.push_back("declare another type, or leave it out: it follows from what is measured");
    return false;
  }
  type.metric = declared.metric;
  type.percent = type.percent || declared.percent;
  return true;
}

void add_metric(Lowering& at, const Answer& answer) {
  Context& context = at.context;
  ir::Agreement& agreement = context.agreement;
  ir::Aggregate total{.fold = answer.fold, .record = at.record, .value = answer.value, .placed_by = at.placed_by, .span = at.node.span};
  if (at.filter.valid() || answer.given.valid()) total.filter = ir::make_and(agreement, {at.filter, answer.given}, at.node.span);
  if (at.grain.of == ir::Grain::Of::period) total.period = at.grain.period;
  ir::Aggregate answers = total;
  answers.fold = Fold::count;
  answers.value = {};

  ir::Definition metric;
  metric.name = at.node.name.text;
  metric.printed = at.node.printed.text;
  metric.grain = at.grain;
  metric.base = ir::make_aggregate(agreement, std::move(total), at.node.span);
  metric.type = type_of(context, *metric.base);
  metric.type.percent = metric.type.percent || answer.percent;
  metric.clause = context.symbols[at.id].clause;
  metric.span = at.node.span;
  if (!take_declared_type(at, metric.type)) return;
  const ir::DefinitionId made = add_definition(context, std::move(metric));
  context.symbols[at.id].definition = made;
  add_part(context, context.symbols[at.id], "answers", at.grain, ir::make_aggregate(agreement, std::move(answers), at.node.span), at.node.span, true);
}

}  // namespace

void lower_metric(Context& context, SymbolId id) {
  const ast::Metric& node = construct<ast::Metric>(context, id);
  Lowering at{.context = context, .id = id, .node = node, .file = context.symbols[id].file};
  if (node.per) {
    const std::optional<ir::PeriodKind> period = require_period(context, *node.per, node.name.span, "a metric");
    if (!period) return;
    at.grain = {.of = ir::Grain::Of::period, .period = *period};
  }
  const ast::Name& function = node.value.function;
  if (std::find(functions.begin(), functions.end(), function.text) == functions.end()) {
    const std::vector<std::string> known(functions.begin(), functions.end());
    diag::Diagnostic& report = diag::report(context.sink, code::unknown_measure, function.span, {{"name", function.text}});
    suggest(report, function, known);
    report.notes.push_back("a metric is one of " + listed(known));
    return;
  }
  const bool of_commitment = function.text == "attainment";
  if (!of_commitment && !lower_records(at)) return;
  const std::optional<Answer> answer = of_commitment ? attainment(at) : answer_of(at);
  if (!answer || (!at.placed_by.valid() && !lower_place(at))) return;
  add_metric(at, *answer);
}

}  // namespace writ::check
