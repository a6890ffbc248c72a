// From one period to another grain: `nps_score of the quarter of opened`, `sum(ServiceCredit over months)`.
#include "check/expression_parts.h"
#include "check/literals.h"

namespace writ::check {
namespace {

using ir::ExprId;
using ir::Kind;
using ir::Type;

// The definition that a name stands for when it is read per period; what is no name becomes a definition of its own.
ir::DefinitionId period_definition(const Place& at, ast::ExprId written, ir::PeriodKind period) {
  Context& context = at.context;
  const Scope inside = period_scope(at.scope.file, period);
  const ExprId value = check_expression(context, written, inside);
  if (is_error(context, value)) return {};
  const ir::Expr& expr = context.agreement.exprs[value];
  if (expr.op == ir::Op::definition && context.agreement.definitions[expr.definition].grain == inside.grain) return expr.definition;
  const std::string name = "part " + std::to_string(context.agreement.definitions.size() + 1);
  const SymbolId reader = context.lowering.empty() ? SymbolId{} : context.lowering.back();
  const ir::ClauseId clause = reader.valid() ? context.symbols[reader].clause : ir::ClauseId{};
  return add_definition(context, name, inside.grain, value, clause, span_of(context, at.scope.file, written), true);
}

// A record takes part only inside the term, so its own `since` always has a period.
bool always_in_term(const Place& at, ExprId instant) {
  const ir::RecordId record = at.scope.grain.of == ir::Grain::Of::record ? at.scope.grain.record : ir::RecordId{};
  const ir::Expr& expr = at.context.agreement.exprs[instant];
  if (record.valid() && expr.op == ir::Op::field) return at.context.agreement.records[record].since == expr.field;
  return expr.op == ir::Op::period_start;
}

std::optional<ir::Fold> fold_of(std::string_view name) {
  if (name == "sum") return ir::Fold::sum;
  if (name == "min") return ir::Fold::minimum;
  if (name == "max") return ir::Fold::maximum;
  if (name == "count") return ir::Fold::count_true;
  return std::nullopt;
}

// The value of a period that the fold takes: where the condition fails there is none, and absent values are passed over.
ir::DefinitionId folded_definition(const Place& at, const ast::AggregateExpr& written, ir::PeriodKind period, ir::Fold fold) {
  Context& context = at.context;
  const ast::ExprId value = fold == ir::Fold::count_true && !written.value.valid() ? written.where : written.value;
  const ir::DefinitionId id = period_definition(at, value, period);
  if (!id.valid() || !written.where.valid() || value == written.where) return id;
  const Scope inside = period_scope(at.scope.file, period);
  const ExprId condition = check_condition(context, written.where, inside, "the condition behind `where`");
  if (is_error(context, condition)) return {};
  const Type type = context.agreement.definitions[id].type;
  const ExprId read = ir::make_definition(context.agreement, id, at.span);
  const bool counted = fold == ir::Fold::count_true;
  const ExprId chosen =
      counted
          ? ir::make_and(context.agreement, {condition, read}, at.span)
          : ir::make_select(
                context.agreement, condition, read,
                ir::make_absence(context.agreement, type, type.absence == ir::Absence::not_yet ? value::State::not_yet : value::State::none, at.span), at.span);
  const std::string name = "part " + std::to_string(context.agreement.definitions.size() + 1);
  return add_definition(context, name, inside.grain, chosen, context.agreement.definitions[id].clause, at.span, true);
}

}  // namespace

std::optional<ir::PeriodKind> period_named(std::string_view word) {
  if (word == "month" || word == "months") return ir::PeriodKind::month;
  if (word == "quarter" || word == "quarters") return ir::PeriodKind::quarter;
  if (word == "year" || word == "years") return ir::PeriodKind::year;
  return std::nullopt;
}

ir::ExprId check_at_period(const Place& at, const ast::AtPeriodExpr& written) {
  Context& context = at.context;
  if (written.period == ast::PeriodUnit::term) {
    diag::report(context.sink, code::no_such_period, at.span, {}).helps.push_back("a value of the whole term is read by its name alone");
    return failed(at);
  }
  if (at.scope.grain.of == ir::Grain::Of::history) {
    diag::report(context.sink, code::total_in_record, at.span, {{"here", describe(context, at.scope.grain)}}).helps.push_back("read it in a rule per record");
    return failed(at);
  }
  const ir::PeriodKind period = period_kind(written.period);
  const ir::DefinitionId definition = period_definition(at, written.value, period);
  ExprId instant = check_expression(context, written.instant, at.scope);
  if (!definition.valid() || is_error(context, instant)) return failed(at);
  if (type_of(context, instant).kind == Kind::date && type_of(context, instant).absence == ir::Absence::never)
    instant = ir::make_start_of_day(context.agreement, instant, at.span);
  Type wanted = ir::plain_type(Kind::instant);
  wanted.absence = type_of(context, instant).absence;
  const bool inside = always_in_term(at, instant);
  instant = convert(context, instant, wanted, span_of(context, at.scope.file, written.instant), "the instant behind `of`");
  return ir::make_at_period(context.agreement, definition, instant, !inside, at.span);
}

ir::ExprId check_over_periods(const Place& at, const ast::AggregateExpr& written, ir::PeriodKind period) {
  Context& context = at.context;
  const std::optional<ir::Fold> fold = fold_of(written.function.text);
  if (!fold) {
    diag::report(context.sink, code::unknown_name, written.function.span, {{"what", "total of periods"}, {"name", written.function.text}})
        .helps.push_back("totals of periods are `sum`, `min`, `max` and `count`; shares and means do not add up: make them from the records of the whole term");
    return failed(at);
  }
  if (at.scope.grain.of != ir::Grain::Of::agreement) {
    diag::report(context.sink, code::periods_in_part, at.span, {{"here", describe(context, at.scope.grain)}})
        .helps.push_back("name it first in a rule without `per`, as in `rule total = " + shown(context, at.span) + "`, and read `total` here");
    return failed(at);
  }
  if (written.placed_by.valid()) {
    diag::report(context.sink, code::place_not_wanted, span_of(context, at.scope.file, written.placed_by), {{"here", describe(context, at.scope.grain)}});
    return failed(at);
  }
  if (!written.value.valid() && !(written.where.valid() && *fold == ir::Fold::count_true)) {
    diag::report(context.sink, code::total_of_what, at.span, {{"name", written.function.text}})
        .helps.push_back("write `" + written.function.text + "(... over " + written.over.text + ")`, or `count(" + written.over.text + " where ...)`");
    return failed(at);
  }
  const ir::DefinitionId definition = folded_definition(at, written, period, *fold);
  if (!definition.valid()) return failed(at);
  const Type type = context.agreement.definitions[definition].type;
  if (*fold == ir::Fold::sum && type.kind == Kind::ratio) {
    diag::report(context.sink, code::total_of_kind, at.span, {{"name", written.function.text}, {"found", describe(context, type)}})
        .helps.push_back("shares and means do not add up: make them from the records of the whole term, or round each with `rounded(..., 2)`");
    return failed(at);
  }
  const bool fits =
      *fold == ir::Fold::count_true ? type.kind == Kind::boolean : ir::is_numeric(type) || type.kind == Kind::duration || type.kind == Kind::open_time;
  if (fits) return ir::make_over_periods(context.agreement, definition, *fold, at.span);
  diag::report(context.sink, code::total_of_kind, at.span, {{"name", written.function.text}, {"found", describe(context, type)}})
      .helps.push_back(*fold == ir::Fold::count_true ? "count the periods in which a condition holds" : "give a number or an amount for each period");
  return failed(at);
}

}  // namespace writ::check
