// Calls of the functions in builtins.def. Each checks its arguments and makes its node.
#include <algorithm>

#include "builtins/builtins.h"
#include "check/expression_parts.h"
#include "check/header.h"
#include "check/literal_numbers.h"
#include "check/literals.h"
#include "check/suggest.h"

namespace writ::check {
namespace {

using builtins::Builtin;
using ir::ExprId;
using ir::Kind;
using ir::Op;
using ir::Type;

struct Call {
  const Place& at;
  const ast::CallExpr& written;
  const builtins::Row& row;
  ir::CalendarId calendar;
};

ExprId argument(const Call& call, size_t i, Kind kind, bool absent_too = false) {
  Context& context = call.at.context;
  Type wanted = ir::plain_type(kind);
  const ExprId value = check_expression(context, call.written.arguments[i], call.at.scope, {wanted});
  if (is_error(context, value)) return value;
  if (absent_too) wanted.absence = type_of(context, value).absence;
  return convert(context, value, wanted, span_of(context, call.at.scope.file, call.written.arguments[i]), "what `" + std::string(call.row.name) + "` takes");
}

std::vector<ExprId> arguments(const Call& call, Kind kind, bool absent_too = false) {
  std::vector<ExprId> values;
  for (size_t i = 0; i < call.written.arguments.size(); ++i) values.push_back(argument(call, i, kind, absent_too));
  return values;
}

bool any_failed(const Call& call, const std::vector<ExprId>& values) {
  for (const ExprId id : values)
    if (is_error(call.at.context, id)) return true;
  return false;
}

bool is_orderable(const Type& type) {
  return ir::is_numeric(type) || type.kind == Kind::date || type.kind == Kind::instant || type.kind == Kind::time || type.kind == Kind::duration ||
         type.kind == Kind::open_time;
}

// The smallest or the largest: all of one kind, all there.
ExprId extreme(const Call& call, bool smallest) {
  Context& context = call.at.context;
  std::vector<ExprId> values;
  bool failing = false;
  for (const ast::ExprId id : call.written.arguments) {
    const ExprId value = check_expression(context, id, call.at.scope, values.empty() ? call.at.expected : Expected{type_of(context, values[0])});
    values.push_back(value);
    failing = !require_given(context, value, "compared by size") || failing;
  }
  if (failing) return failed(call.at);
  const Place& at = call.at;
  Type common = type_of(context, values[0]);
  for (const ExprId id : values) {
    const Type type = type_of(context, id);
    const std::optional<Type> next = ir::common_type(common, type);
    const bool mixed =
        std::any_of(values.begin(), std::find(values.begin(), values.end(), id), [&](ExprId other) { return mixes_percent(context, other, id); });
    if (!next || !is_orderable(type) || mixed) {
      diag::report(context.sink, code::units_differ, context.agreement.exprs[id].span,
                   {{"left", describe(context, common)}, {"right", describe(context, type)}, {"verb", "compared"}});
      return failed(at);
    }
    common = *next;
  }
  return smallest ? ir::make_min(context.agreement, std::move(values), at.span) : ir::make_max(context.agreement, std::move(values), at.span);
}

ExprId rounded(const Call& call) {
  Context& context = call.at.context;
  const ExprId value = check_expression(context, call.written.arguments[0], call.at.scope);
  const auto digits = check_whole_constant(context, call.written.arguments[1], call.at.scope.file, "the number of digits");
  if (!require_given(context, value, "rounded") || !digits) return failed(call.at);
  const Type type = type_of(context, value);
  if (!ir::is_numeric(type)) {
    diag::report(context.sink, code::type_mismatch, call.at.span,
                 {{"what", "what `rounded` takes"}, {"wanted", "a number or an amount"}, {"found", describe(context, type)}});
    return failed(call.at);
  }
  const int64_t scale = *digits + (type.percent ? 2 : 0);
  if (scale > most_digits) {
    diag::report(context.sink, code::too_many_digits, call.at.span, {{"digits", std::to_string(*digits)}});
    return failed(call.at);
  }
  if (!rounding_written(context) && (type.kind == Kind::ratio || type.scale > scale)) {
    diag::report(context.sink, code::rounding_not_stated, call.at.span, {})
        .helps.push_back("add a line to the header, as in `round half up, to the minor unit`");
    return failed(call.at);
  }
  return ir::make_round(context.agreement, value, static_cast<int>(scale), context.agreement.rounding, call.at.span);
}

ExprId prorated(const Call& call) {
  Context& context = call.at.context;
  const ExprId value = check_expression(context, call.written.arguments[0], call.at.scope);
  if (!require_given(context, value, "computed with")) return failed(call.at);
  const Type type = type_of(context, value);
  if (!ir::is_numeric(type)) {
    diag::report(context.sink, code::type_mismatch, call.at.span,
                 {{"what", "what `prorated` takes"}, {"wanted", "a number or an amount"}, {"found", describe(context, type)}});
    return failed(call.at);
  }
  if (call.at.scope.grain.of != ir::Grain::Of::period) {
    diag::report(context.sink, code::no_period_here, call.at.span, {{"name", "prorated"}, {"here", describe(context, call.at.scope.grain)}})
        .helps.push_back("use it in a rule `per month`, `per quarter` or `per year`");
    return failed(call.at);
  }
  return ir::make_prorate(context.agreement, value, call.at.span);
}

ExprId attainment(const Call& call) {
  Context& context = call.at.context;
  const ast::Expr& written = expr_of(context, call.at.scope.file, call.written.arguments[0]);
  const auto* name = std::get_if<ast::NameExpr>(&written.node);
  if (name == nullptr) {
    diag::report(context.sink, code::commitment_wanted, written.span, {}).helps.push_back("write its name, as in `attainment(Resolution)`");
    return failed(call.at);
  }
  const SymbolId id = require_symbol(context, call.at.scope.file, name->name, "commitment",
                                     [](const Symbol& symbol) { return std::holds_alternative<const ast::Commitment*>(symbol.node); });
  if (!id.valid() || !total_has_place(call.at) || !ensure_lowered(context, id, call.at.span) || !context.symbols[id].commitment.valid()) return failed(call.at);
  return make_attainment(context, context.symbols[id].commitment, call.at.scope, call.at.span);
}

ExprId event(const Call& call, bool first) {
  std::vector<ExprId> values = arguments(call, Kind::instant, true);
  if (any_failed(call, values)) return failed(call.at);
  ir::Agreement& agreement = call.at.context.agreement;
  return first ? ir::make_earliest(agreement, std::move(values), call.at.span) : ir::make_latest(agreement, std::move(values), call.at.span);
}

ExprId business(const Call& call, Op op, Kind kind) {
  std::vector<ExprId> values = arguments(call, kind);
  if (any_failed(call, values) || !call.calendar.valid()) return failed(call.at);
  return ir::make_business(call.at.context.agreement, op, std::move(values), call.calendar, call.at.span);
}

ExprId shifted_business_day(const Call& call, int days) {
  std::vector<ExprId> values = arguments(call, Kind::date);
  if (any_failed(call, values) || !call.calendar.valid()) return failed(call.at);
  values.push_back(ir::make_constant(call.at.context.agreement, ir::number_type(0), days, call.at.span));
  return ir::make_business(call.at.context.agreement, Op::add_business_days, std::move(values), call.calendar, call.at.span);
}

ExprId date_of(const Call& call) {
  Context& context = call.at.context;
  const ExprId value = check_expression(context, call.written.arguments[0], call.at.scope);
  const Span span = span_of(context, call.at.scope.file, call.written.arguments[0]);
  if (type_of(context, value).kind == Kind::date) {
    diag::report(context.sink, code::type_mismatch, span,
                 {{"what", "what `date` takes"}, {"wanted", "an instant"}, {"found", describe(context, type_of(context, value))}})
        .helps.push_back("it is a date already: leave `date( )` out");
    return failed(call.at);
  }
  return ir::make_date_of(context.agreement, convert(context, value, ir::plain_type(Kind::instant), span, "what `date` takes"), call.at.span);
}

ExprId dispatch(const Call& call) {
  ir::Agreement& agreement = call.at.context.agreement;
  const Span span = call.at.span;
  switch (call.row.builtin) {
    case Builtin::min: return extreme(call, true);
    case Builtin::max: return extreme(call, false);
    case Builtin::rounded: return rounded(call);
    case Builtin::prorated: return prorated(call);
    case Builtin::attainment: return attainment(call);
    case Builtin::date: return date_of(call);
    case Builtin::start_of_day: return ir::make_start_of_day(agreement, argument(call, 0, Kind::date), span);
    case Builtin::end_of_day: return ir::make_end_of_day(agreement, argument(call, 0, Kind::date), span);
    case Builtin::first_of_month: return ir::make_first_of_month(agreement, argument(call, 0, Kind::date), span);
    case Builtin::last_of_month: return ir::make_last_of_month(agreement, argument(call, 0, Kind::date), span);
    case Builtin::earliest: return event(call, true);
    case Builtin::latest: return event(call, false);
    case Builtin::elapsed: {
      const std::vector<ExprId> values = arguments(call, Kind::instant);
      return ir::make_between(agreement, values[0], values[1], span);
    }
    case Builtin::open_time: return business(call, Op::open_between, Kind::instant);
    case Builtin::business_days: return business(call, Op::business_days_between, Kind::date);
    case Builtin::is_open: return business(call, Op::is_open, Kind::instant);
    case Builtin::is_business_day: return business(call, Op::is_business_day, Kind::date);
    case Builtin::next_opening: return business(call, Op::next_opening, Kind::instant);
    case Builtin::next_closing: return business(call, Op::next_closing, Kind::instant);
    case Builtin::next_business_day: return shifted_business_day(call, 1);
    case Builtin::previous_business_day: return shifted_business_day(call, -1);
  }
  return failed(call.at);
}

bool arguments_fit(const Place& at, const ast::CallExpr& call, const builtins::Row& row) {
  const int count = static_cast<int>(call.arguments.size());
  if (call.calendar.written() && !row.takes_calendar)
    diag::report(at.context.sink, code::calendar_not_wanted, call.calendar.span, {{"what", "`" + call.function.text + "`"}})
        .helps.push_back("leave `on " + call.calendar.text + "` out");
  if (count >= row.least_arguments && count <= row.most_arguments) return true;
  diag::report(at.context.sink, code::wrong_arguments, at.span,
               {{"name", call.function.text}, {"count", count == 1 ? "1 value" : std::to_string(count) + " values"}})
      .helps.push_back("write `" + std::string(row.written) + "`: " + std::string(row.gives));
  return false;
}

// `count(Ticket)` reads like a call and is a total of all records.
bool is_total(std::string_view name) { return name == "count" || name == "sum" || name == "mean" || name == "share"; }

ExprId total_of_all(const Place& at, const ast::CallExpr& call) {
  const auto* over = call.arguments.size() == 1 ? std::get_if<ast::NameExpr>(&expr_of(at.context, at.scope.file, call.arguments[0]).node) : nullptr;
  if (over != nullptr && call.function.text == "count") return check_aggregate(at, ast::AggregateExpr{call.function, {}, over->name, {}, {}});
  diag::report(at.context.sink, code::total_of_what, at.span, {{"name", call.function.text}})
      .helps.push_back(call.function.text == "count" ? "write `count(Ticket where ...)`" : "write `" + call.function.text + "(... over Ticket)`");
  return failed(at);
}

}  // namespace

ir::ExprId check_call(const Place& at, const ast::CallExpr& call) {
  if (is_total(call.function.text)) return total_of_all(at, call);
  const builtins::Row* row = builtins::find(call.function.text);
  if (row == nullptr) {
    diag::Diagnostic& found = diag::report(at.context.sink, code::unknown_name, call.function.span, {{"what", "function"}, {"name", call.function.text}});
    std::vector<std::string> names{"count", "sum", "mean", "share"};
    for (const builtins::Row& each : builtins::rows()) names.emplace_back(each.name);
    suggest(found, call.function, names);
    return failed(at);
  }
  if (!arguments_fit(at, call, *row)) return failed(at);
  ir::CalendarId calendar;
  if (row->takes_calendar) calendar = calendar_in_force(at.context, at.scope.file, call.calendar, {}, at.span);
  return dispatch({at, call, *row, calendar});
}

}  // namespace writ::check
