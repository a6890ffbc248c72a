// Amounts of time: `4 hours`, `2 business hours on Ireland`, `30 days`. Five kinds, and no factor between them.
#include "check/expression_parts.h"
#include "check/literals.h"
#include "check/suggest.h"
#include "value/civil.h"

namespace writ::check {
namespace {

enum class Clock { elapsed, open, business_days, days, months };

struct UnitMeaning {
  Clock clock;
  int64_t factor;  // microseconds, days or months
};

UnitMeaning meaning_of(ast::Unit unit) {
  switch (unit) {
    case ast::Unit::microsecond: return {Clock::elapsed, 1};
    case ast::Unit::millisecond: return {Clock::elapsed, 1000};
    case ast::Unit::second: return {Clock::elapsed, value::us_per_second};
    case ast::Unit::minute: return {Clock::elapsed, value::us_per_minute};
    case ast::Unit::hour: return {Clock::elapsed, value::us_per_hour};
    case ast::Unit::business_minute: return {Clock::open, value::us_per_minute};
    case ast::Unit::business_second: return {Clock::open, value::us_per_second};
    case ast::Unit::business_millisecond: return {Clock::open, 1000};
    case ast::Unit::business_hour: return {Clock::open, value::us_per_hour};
    case ast::Unit::business_day: return {Clock::business_days, 1};
    case ast::Unit::day: return {Clock::days, 1};
    case ast::Unit::week: return {Clock::days, 7};
    case ast::Unit::month: return {Clock::months, 1};
    case ast::Unit::quarter: return {Clock::months, 3};
    case ast::Unit::year: return {Clock::months, 12};
  }
  return {Clock::elapsed, 1};
}

bool is_calendar_clock(Clock clock) { return clock == Clock::open || clock == Clock::business_days; }

// A count times a factor as a whole number: `1.5 hours` is 5,400,000,000 microseconds; a finer one than a microsecond, half a day
// or a count that may not be whole is a mistake.
ir::ExprId whole_count(const Place& at, ir::ExprId count, int64_t factor) {
  Context& context = at.context;
  if (!require_given(context, count, "used as an amount of time")) return failed(at);
  const ir::Type type = type_of(context, count);
  const Span span = context.agreement.exprs[count].span;
  if (type.kind != ir::Kind::number || type.percent) {
    diag::report(context.sink, code::type_mismatch, span,
                 {{"what", "an amount of time"}, {"wanted", "a number in front of its unit"}, {"found", describe(context, type)}});
    return failed(at);
  }
  const std::optional<ir::i128> number = ir::constant_of(context.agreement, count);
  if (!number && type.scale == 0)
    return ir::make_mul(context.agreement, count, ir::make_constant(context.agreement, ir::number_type(0), factor, span), at.span);
  ir::i128 product = 0;
  const bool fits = number && !value::mul_overflows(*number, factor, product) && product % value::pow10(type.scale) == 0;
  if (!fits) {
    diag::report(context.sink, code::amount_not_whole, at.span, {{"text", shown(context, at.span)}})
        .helps.push_back(factor == 1 ? "days, months, business days and microseconds are counted whole: write a whole number"
                                     : "write a whole number of a smaller unit");
    return failed(at);
  }
  product /= value::pow10(type.scale);
  if (product >= 0 && product <= INT64_MAX) return ir::make_constant(context.agreement, ir::number_type(0), product, at.span);
  diag::Diagnostic& found =
      diag::report(context.sink, product < 0 ? code::amount_negative : code::amount_too_large, at.span, {{"text", shown(context, at.span)}});
  if (product < 0) found.helps.push_back("subtract the amount to go back, as in `opened - 2 hours`");
  return failed(at);
}

ir::ExprId checked_count(const Place& at, const ast::AmountExpr& amount, int64_t factor) {
  const ir::ExprId count = check_expression(at.context, amount.count, at.scope);
  return is_error(at.context, count) ? failed(at) : whole_count(at, count, factor);
}

void refuse_calendar(const Place& at, const ast::AmountExpr& amount) {
  if (amount.calendar.written())
    diag::report(at.context.sink, code::calendar_not_wanted, amount.calendar.span, {{"what", "`" + shown(at.context, at.span) + "`"}})
        .helps.push_back("leave `on " + amount.calendar.text + "` out, or write business hours or business days");
}

ir::Op deadline_of(Clock clock) {
  switch (clock) {
    case Clock::elapsed: return ir::Op::deadline_elapsed;
    case Clock::open: return ir::Op::deadline_open;
    case Clock::business_days: return ir::Op::deadline_business_days;
    case Clock::days: return ir::Op::deadline_days;
    case Clock::months: return ir::Op::deadline_months;
  }
  return ir::Op::deadline_elapsed;
}

bool require_month_rule(const Place& at) {
  if (at.context.agreement.month_end != value::MonthEnd::none) return true;
  diag::report(at.context.sink, code::no_month_rule, at.span, {{"text", shown(at.context, at.span)}})
      .helps.push_back(
          "add a line to the header: `a month after the 31st ends on the last day of a shorter month`, or `... ends on the first day of the next month`");
  return false;
}

}  // namespace

ir::CalendarId calendar_in_force(Context& context, uint32_t file, const ast::Name& written, ir::CalendarId other, Span span) {
  if (written.written()) {
    const SymbolId id =
        require_symbol(context, file, written, "calendar", [](const Symbol& s) { return std::holds_alternative<const ast::Calendar*>(s.node); });
    return id.valid() ? context.symbols[id].calendar : ir::CalendarId{};
  }
  if (other.valid()) return other;
  if (context.default_calendar.valid()) return context.default_calendar;
  diag::Diagnostic& found = diag::report(context.sink, code::no_calendar, span, {{"text", shown(context, span)}});
  const std::vector<std::string> calendars = visible_names(context, file, [](const Symbol& s) { return std::holds_alternative<const ast::Calendar*>(s.node); });
  if (calendars.empty())
    found.helps.push_back("declare one, as in `calendar Support default { ... }`");
  else
    found.helps.push_back("write `on " + calendars[0] + "` behind it, or `default` behind the name of the calendar that is meant everywhere");
  return {};
}

ir::ExprId check_amount_value(const Place& at, const ast::AmountExpr& amount) {
  const UnitMeaning meaning = meaning_of(amount.unit);
  if (meaning.clock != Clock::elapsed && meaning.clock != Clock::open) {
    diag::report(at.context.sink, code::calendar_time_alone, at.span, {{"text", shown(at.context, at.span)}})
        .helps.push_back("add it to a date, as in `date(opened) + " + shown(at.context, at.span) + "`, or write a number where only the count is meant");
    return failed(at);
  }
  const ir::ExprId count = checked_count(at, amount, meaning.factor);
  if (is_error(at.context, count)) return count;
  ir::Type unit = ir::plain_type(ir::Kind::duration);
  if (meaning.clock == Clock::open) {
    unit.kind = ir::Kind::open_time;
    unit.calendar = calendar_in_force(at.context, at.scope.file, amount.calendar, {}, at.span);
    if (!unit.calendar.valid()) return failed(at);
  } else {
    refuse_calendar(at, amount);
  }
  ir::Agreement& agreement = at.context.agreement;
  if (const auto number = ir::constant_of(agreement, count)) return ir::make_constant(agreement, unit, *number, at.span);
  return ir::make_mul(agreement, count, ir::make_constant(agreement, unit, 1, at.span), at.span);
}

const ast::AmountExpr* calendar_amount(const Context& context, const Scope& scope, ast::ExprId id) {
  const auto* amount = std::get_if<ast::AmountExpr>(&expr_of(context, scope.file, id).node);
  return amount != nullptr && meaning_of(amount->unit).clock != Clock::elapsed ? amount : nullptr;
}

std::optional<Amount> check_amount(Context& context, ast::ExprId id, const Scope& scope, ir::CalendarId calendar, std::string_view what) {
  if (!id.valid()) return std::nullopt;
  const ast::Expr& expr = expr_of(context, scope.file, id);
  const Expected nothing;
  const Place at{context, scope, nothing, expr.span};
  if (const auto* amount = std::get_if<ast::AmountExpr>(&expr.node)) {
    const UnitMeaning meaning = meaning_of(amount->unit);
    Amount made{deadline_of(meaning.clock), checked_count(at, *amount, meaning.factor), {}};
    if (is_calendar_clock(meaning.clock)) {
      made.calendar = calendar_in_force(context, scope.file, amount->calendar, calendar, expr.span);
      if (!made.calendar.valid()) return std::nullopt;
    } else {
      refuse_calendar(at, *amount);
    }
    if (is_error(context, made.count) || (meaning.clock == Clock::months && !require_month_rule(at))) return std::nullopt;
    return made;
  }
  const ir::ExprId value = check_expression(context, id, scope);
  if (!require_given(context, value, "used as an amount of time")) return std::nullopt;
  const ir::Type type = type_of(context, value);
  if (type.kind == ir::Kind::duration || type.kind == ir::Kind::open_time) {
    if (const auto constant = ir::constant_of(context.agreement, value); constant && *constant < 0) {
      diag::report(context.sink, code::amount_negative, expr.span, {{"text", shown(context, expr.span)}});
      return std::nullopt;
    }
    return Amount{type.kind == ir::Kind::duration ? ir::Op::deadline_elapsed : ir::Op::deadline_open, value, type.calendar};
  }
  if (type.kind == ir::Kind::number && !type.percent) {
    const std::string text = shown(context, expr.span);
    diag::report(context.sink, code::bare_number, expr.span, {{"what", std::string(what)}, {"text", text}})
        .helps.push_back("write its unit, as in `" + text + " hours`, `" + text + " business hours` or `" + text + " days`");
    return std::nullopt;
  }
  diag::report(context.sink, code::type_mismatch, expr.span,
               {{"what", std::string(what)}, {"wanted", "an amount of time"}, {"found", describe(context, type)}});
  return std::nullopt;
}

ir::ExprId check_anchored(const Place& at, ast::ExprId left, const ast::AmountExpr& amount, bool back) {
  Context& context = at.context;
  ir::Agreement& agreement = context.agreement;
  const ir::ExprId start = check_expression(context, left, at.scope);
  if (!require_given(context, start, "computed with")) return failed(at);
  const UnitMeaning meaning = meaning_of(amount.unit);
  const ir::Type type = type_of(context, start);
  const std::string start_text = shown(context, context.agreement.exprs[start].span);
  const auto refuse = [&](const diag::Kind& kind, const std::string& help) {
    diag::report(context.sink, kind, at.span, {{"text", shown(context, at.span)}, {"left", describe(context, type)}}).helps.push_back(help);
    return failed(at);
  };
  if ((type.kind == ir::Kind::open_time || type.kind == ir::Kind::duration) && meaning.clock == Clock::open) {
    const ir::ExprId right = check_amount_value(at, amount);
    if (is_error(context, right)) return right;
    const std::optional<ir::ExprId> both = time_arithmetic(at, start, right, back);
    return both ? *both : failed(at);
  }
  if (type.kind != ir::Kind::date && type.kind != ir::Kind::instant)
    return refuse(code::cannot_anchor, "an amount of calendar time or business time is added to a date or an instant");
  if (type.kind == ir::Kind::instant && (meaning.clock == Clock::days || meaning.clock == Clock::months))
    return refuse(code::days_after_instant,
                  "write `date(" + start_text + ") + ...` for a date, `end_of_day(date(" + start_text + ") + ...)` for the end of that day, or hours");
  if (type.kind == ir::Kind::date && meaning.clock == Clock::open)
    return refuse(code::hours_after_date, "write `start_of_day(" + start_text + ") + ...` for its first instant");
  if (type.kind == ir::Kind::instant && meaning.clock == Clock::business_days && back)
    return refuse(code::business_days_before_instant, "write `date(" + start_text + ") - ...` for a date");
  const Place counted{context, at.scope, at.expected, at.span};
  ir::ExprId count = checked_count(counted, amount, meaning.factor);
  ir::CalendarId calendar;
  if (is_calendar_clock(meaning.clock)) {
    calendar = calendar_in_force(context, at.scope.file, amount.calendar, {}, at.span);
    if (!calendar.valid()) return failed(at);
  } else {
    refuse_calendar(at, amount);
  }
  if (is_error(context, count) || (meaning.clock == Clock::months && !require_month_rule(at))) return failed(at);
  if (meaning.clock == Clock::open)
    return back ? ir::make_business(agreement, ir::Op::subtract_open, {start, count}, calendar, at.span)
                : ir::make_deadline(agreement, ir::Op::deadline_open, start, count, calendar, {}, at.span);
  if (type.kind == ir::Kind::instant) return ir::make_deadline(agreement, ir::Op::deadline_business_days, start, count, calendar, {}, at.span);
  if (back) count = ir::make_neg(agreement, count, at.span);
  if (meaning.clock == Clock::business_days) return ir::make_business(agreement, ir::Op::add_business_days, {start, count}, calendar, at.span);
  if (meaning.clock == Clock::days) return without_fault(at, ir::make_add_days(agreement, start, count, at.span));
  return without_fault(at, ir::make_add_months(agreement, start, count, at.span));
}

}  // namespace writ::check
