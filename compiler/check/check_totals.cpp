// Totals over records: count, sum, min, max, mean, share; misses and attainment of commitments.
#include "check/expression_parts.h"
#include "check/literals.h"
#include "check/suggest.h"

namespace writ::check {
namespace {

using ir::ExprId;
using ir::Kind;
using ir::Type;

// A total that is being checked: over which records, seen from where.
struct Total {
  const Place& at;
  const ast::AggregateExpr& written;
  RecordSet set;
  Scope inside;  // one of its records, with what is known there
};

bool is_timed(Kind kind) { return kind == Kind::duration || kind == Kind::open_time; }

ExprId refuse_value(const Total& total, ExprId value, std::string help) {
  Context& context = total.at.context;
  diag::report(context.sink, code::total_of_kind, context.agreement.exprs[value].span,
               {{"name", total.written.function.text}, {"found", describe(context, ir::with_absence(type_of(context, value), ir::Absence::never))}})
      .helps.push_back(std::move(help));
  return failed(total.at);
}

bool is_ordered(const Type& type) { return ir::is_numeric(type) || is_timed(type.kind) || type.kind == Kind::date || type.kind == Kind::instant; }

// What is folded; an error node after a report. Absent values are passed over, so they need no `otherwise`.
ExprId folded_value(const Total& total, ir::Aggregate::Fold fold) {
  Context& context = total.at.context;
  const ExprId value = check_expression(context, total.written.value, total.inside);
  if (is_error(context, value)) return value;
  const Type type = type_of(context, value);
  if (type.kind == Kind::boolean)
    return refuse_value(total, value, "write `count(... where ...)` for how many there are, or `share(... over ...)` for their part");
  const bool extreme = fold == ir::Aggregate::Fold::minimum || fold == ir::Aggregate::Fold::maximum;
  if (!(ir::is_numeric(type) || is_timed(type.kind) || (extreme && is_ordered(type))))
    return refuse_value(total, value, "give a number, an amount or a span of time");
  if (type.kind == Kind::ratio) return refuse_value(total, value, "round it for each record first, as in `rounded(x, 4)`");
  return value;
}

ExprId share_value(const Total& total) {
  Context& context = total.at.context;
  const ExprId condition = check_condition(context, total.written.value, total.inside, "what `share` takes");
  if (is_error(context, condition)) return condition;
  ir::Agreement& agreement = context.agreement;
  const auto whole = [&](int number) { return ir::make_constant(agreement, ir::percent_type(0), number, total.at.span); };
  return ir::make_select(agreement, condition, whole(1), whole(0), total.at.span);
}

// `count(Ticket of opened)` for `count(Ticket)`.
std::string placed_text(const Total& total, const std::string& since) {
  std::string text = shown(total.at.context, total.at.span);
  if (!text.ends_with(')')) return "... of " + since + ")";
  text.pop_back();
  return text + " of " + since + ")";
}

ExprId placing_instant(const Total& total) {
  Context& context = total.at.context;
  const ir::Grain grain = total.at.scope.grain;
  const bool per_period = grain.of == ir::Grain::Of::period;
  const ast::ExprId written = total.written.placed_by;
  if (!per_period && written.valid()) {
    diag::report(context.sink, code::place_not_wanted, span_of(context, total.at.scope.file, written), {{"here", describe(context, grain)}})
        .helps.push_back("leave it out: all records of the term are meant here");
    return failed(total.at);
  }
  if (!per_period) return {};
  if (!written.valid()) {
    const ir::Record& record = context.agreement.records[total.set.record];
    const std::string since = record.since ? record.fields[*record.since].name : "...";
    diag::report(context.sink, code::place_missing, total.at.span, {{"record", record.name}, {"period", std::string(period_word(grain.period))}})
        .helps.push_back("say which instant counts, as in `" + placed_text(total, since) + "`");
    return failed(total.at);
  }
  ExprId instant = check_expression(context, written, total.inside);
  if (is_error(context, instant)) return instant;
  Type wanted = ir::plain_type(Kind::instant);
  wanted.absence = type_of(context, instant).absence;
  if (type_of(context, instant).kind == Kind::date && wanted.absence == ir::Absence::never)
    instant = ir::make_start_of_day(context.agreement, instant, total.at.span);
  return convert(context, instant, wanted, span_of(context, total.at.scope.file, written), "what stands behind `of`");
}

std::optional<ir::Aggregate::Fold> fold_of(std::string_view name) {
  if (name == "count") return ir::Aggregate::Fold::count;
  if (name == "sum") return ir::Aggregate::Fold::sum;
  if (name == "min") return ir::Aggregate::Fold::minimum;
  if (name == "max") return ir::Aggregate::Fold::maximum;
  if (name == "mean" || name == "share") return ir::Aggregate::Fold::mean;
  return std::nullopt;
}

}  // namespace

bool total_has_place(const Place& at) {
  const ir::Grain::Of of = at.scope.grain.of;
  if (of == ir::Grain::Of::period || of == ir::Grain::Of::agreement) return true;
  diag::report(at.context.sink, code::total_in_record, at.span, {{"here", describe(at.context, at.scope.grain)}})
      .helps.push_back("give it a rule of its own: `rule total = " + shown(at.context, at.span) +
                       "` is read here as `total`, a `rule total per month = ...` as `total of the month of ...`");
  return false;
}

std::optional<RecordSet> check_record_set(Context& context, uint32_t file, const ast::Name& name) {
  const auto holds_records = [](const Symbol& symbol) {
    return std::holds_alternative<const ast::Record*>(symbol.node) || std::holds_alternative<const ast::Define*>(symbol.node) ||
           std::holds_alternative<const ast::Commitment*>(symbol.node);
  };
  const SymbolId id = require_symbol(context, file, name, "record or defined term", holds_records);
  if (!id.valid()) return std::nullopt;
  if (std::holds_alternative<const ast::Record*>(context.symbols[id].node)) {
    if (!context.symbols[id].record.valid()) return std::nullopt;
    return RecordSet{context.symbols[id].record, {}};
  }
  if (!ensure_lowered(context, id, name.span)) return std::nullopt;
  const Symbol& symbol = context.symbols[id];
  ir::DefinitionId holds = symbol.definition;
  if (symbol.commitment.valid()) holds = context.agreement.commitments[symbol.commitment].applies;
  if (!symbol.record.valid() || !holds.valid()) return std::nullopt;
  return RecordSet{symbol.record, ir::make_definition(context.agreement, holds, name.span)};
}

ir::ExprId make_fold(Context& context, ir::Aggregate aggregate, const Scope& scope, Span span) {
  ir::Agreement& agreement = context.agreement;
  const bool per_period = scope.grain.of == ir::Grain::Of::period;
  aggregate.period.reset();
  if (per_period) aggregate.period = scope.grain.period;
  if (!per_period) aggregate.placed_by = {};
  const bool timed_mean = aggregate.fold == ir::Aggregate::Fold::mean && is_timed(type_of(context, aggregate.value).kind);
  const Type unit = timed_mean ? ir::with_absence(type_of(context, aggregate.value), ir::Absence::never) : Type{};
  const ExprId total = ir::make_aggregate(agreement, std::move(aggregate), span);
  if (!timed_mean || is_error(context, total)) return total;
  // A mean of spans of time is kept to the microsecond, the resolution of time itself, and is absent when nothing was measured.
  const ExprId known = ir::make_known_given(agreement, total);
  const ExprId rounded = ir::make_round(agreement, known, 0, value::Rounding::half_up, span);
  const ExprId time = ir::make_mul(agreement, rounded, ir::make_constant(agreement, unit, 1, span), span);
  return ir::make_select(agreement, ir::make_is_given(agreement, total, span), time, ir::make_absence(agreement, unit, value::State::none, span), span);
}

ir::ExprId make_misses(Context& context, std::span<const ir::CommitmentId> commitments, ir::ExprId placed_by, const Scope& scope, Span span) {
  ir::Agreement& agreement = context.agreement;
  ExprId total;
  for (const ir::CommitmentId id : commitments) {
    const ir::Commitment commitment = agreement.commitments[id];
    ir::Aggregate missed;
    missed.record = commitment.record;
    missed.filter =
        ir::make_outcome_is(agreement, ir::make_definition(agreement, commitment.outcome, span), static_cast<int>(ir::CommitmentOutcome::missed), span);
    missed.placed_by = placed_by.valid() ? placed_by : ir::make_definition(agreement, commitment.due, span);
    const ExprId count = make_fold(context, std::move(missed), scope, span);
    total = total.valid() ? ir::make_add(agreement, total, count, span) : count;
  }
  return total.valid() ? total : ir::make_constant(agreement, ir::number_type(0), 0, span);
}

ir::ExprId make_attainment(Context& context, ir::CommitmentId id, const Scope& scope, Span span) {
  ir::Agreement& agreement = context.agreement;
  const ir::Commitment commitment = agreement.commitments[id];
  const auto is = [&](ir::CommitmentOutcome outcome) {
    return ir::make_outcome_is(agreement, ir::make_definition(agreement, commitment.outcome, span), static_cast<int>(outcome), span);
  };
  const auto whole = [&](int number) { return ir::make_constant(agreement, ir::percent_type(0), number, span); };
  ir::Aggregate share;
  share.fold = ir::Aggregate::Fold::mean;
  share.record = commitment.record;
  share.filter = ir::make_or(agreement, {is(ir::CommitmentOutcome::met), is(ir::CommitmentOutcome::missed)}, span);
  share.value = ir::make_select(agreement, is(ir::CommitmentOutcome::met), whole(1), whole(0), span);
  share.placed_by = ir::make_definition(agreement, commitment.due, span);
  return make_fold(context, std::move(share), scope, span);
}

ir::ExprId check_aggregate(const Place& at, const ast::AggregateExpr& written) {
  Context& context = at.context;
  if (const auto period = period_named(written.over.text); period && !find_symbol(context, at.scope.file, written.over.text).valid())
    return check_over_periods(at, written, *period);
  const std::optional<ir::Aggregate::Fold> fold = fold_of(written.function.text);
  if (!fold) {
    diag::Diagnostic& found = diag::report(context.sink, code::unknown_name, written.function.span, {{"what", "total"}, {"name", written.function.text}});
    const std::vector<std::string> names{"count", "sum", "min", "max", "mean", "share"};
    suggest(found, written.function, names);
    if (found.helps.empty()) found.helps.push_back("in a rule, totals are " + listed(names) + "; `nps` and `top_two` make a `metric`");
    return failed(at);
  }
  if (!total_has_place(at)) return failed(at);
  const std::optional<RecordSet> set = check_record_set(context, at.scope.file, written.over);
  if (!set) return failed(at);
  Scope inside = record_scope(at.scope.file, set->record);
  if (set->filter.valid()) inside = with_known(inside, known_when(context, set->filter, true));
  ir::Aggregate aggregate;
  aggregate.fold = *fold;
  aggregate.record = set->record;
  aggregate.filter = set->filter;
  if (written.where.valid()) {
    const ExprId where = check_condition(context, written.where, inside, "the condition behind `where`");
    inside = with_known(inside, known_when(context, where, true));
    aggregate.filter = set->filter.valid() ? ir::make_and(context.agreement, {set->filter, where}, at.span) : where;
  }
  const Total total{at, written, *set, inside};
  if (written.function.text == "share") aggregate.value = share_value(total);
  if (written.function.text != "share" && written.value.valid()) aggregate.value = folded_value(total, *fold);
  if (*fold == ir::Aggregate::Fold::count && aggregate.value.valid()) {
    // `count(x over Ticket)`: of the records that have an x.
    if (is_error(context, aggregate.value)) return failed(at);
    const ExprId given = ir::make_is_given(context.agreement, aggregate.value, at.span);
    aggregate.filter = aggregate.filter.valid() ? ir::make_and(context.agreement, {aggregate.filter, given}, at.span) : given;
    aggregate.value = {};
  }
  aggregate.placed_by = placing_instant(total);
  if (*fold != ir::Aggregate::Fold::count && !aggregate.value.valid()) {
    diag::report(context.sink, code::total_of_what, at.span, {{"name", written.function.text}})
        .helps.push_back("write `" + written.function.text + "(... over " + written.over.text + ")`");
    return failed(at);
  }
  for (const ExprId id : {aggregate.filter, aggregate.value, aggregate.placed_by})
    if (id.valid() && is_error(context, id)) return failed(at);
  return make_fold(context, std::move(aggregate), at.scope, at.span);
}

ir::ExprId check_misses(const Place& at, const ast::MissesExpr& written) {
  Context& context = at.context;
  if (!total_has_place(at)) return failed(at);
  std::vector<ExprId> counts;
  for (const ast::Name& name : written.commitments) {
    const SymbolId id =
        require_symbol(context, at.scope.file, name, "commitment", [](const Symbol& s) { return std::holds_alternative<const ast::Commitment*>(s.node); });
    if (!id.valid() || !ensure_lowered(context, id, name.span) || !context.symbols[id].commitment.valid()) return failed(at);
    const ir::CommitmentId commitment = context.symbols[id].commitment;
    ExprId placed_by;
    if (written.placed_by.valid()) {
      const Scope inside = record_scope(at.scope.file, context.agreement.commitments[commitment].record);
      Type wanted = ir::plain_type(Kind::instant);
      placed_by = check_expression(context, written.placed_by, inside);
      if (is_error(context, placed_by)) return failed(at);
      wanted.absence = type_of(context, placed_by).absence;
      placed_by = convert(context, placed_by, wanted, span_of(context, at.scope.file, written.placed_by), "what stands behind `of`");
      if (is_error(context, placed_by)) return failed(at);
    }
    counts.push_back(make_misses(context, std::span(&commitment, 1), placed_by, at.scope, at.span));
  }
  if (counts.empty()) return failed(at);
  ExprId total = counts[0];
  for (size_t i = 1; i < counts.size(); ++i) total = ir::make_add(context.agreement, total, counts[i], at.span);
  return total;
}

}  // namespace writ::check
