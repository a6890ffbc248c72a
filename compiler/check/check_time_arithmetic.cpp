// Instants, dates and durations under + and -.
#include "check/expression_parts.h"

namespace writ::check {
namespace {

using ir::ExprId;
using ir::Kind;
using ir::Type;

bool is_moment(Kind kind) { return kind == Kind::date || kind == Kind::instant || kind == Kind::time; }
bool is_span(Kind kind) { return kind == Kind::duration || kind == Kind::open_time; }

ExprId refuse(const Place& at, const diag::Kind& kind, const Type& a, const Type& b, bool subtract, std::string help) {
  diag::Diagnostic& found = diag::report(at.context.sink, kind, at.span,
                                         {{"left", describe(at.context, a)}, {"right", describe(at.context, b)}, {"verb", subtract ? "subtracted" : "added"}});
  if (!help.empty()) found.helps.push_back(std::move(help));
  return failed(at);
}

ExprId between_moments(const Place& at, ExprId left, ExprId right) {
  const Type a = type_of(at.context, left);
  const Type b = type_of(at.context, right);
  ir::Agreement& agreement = at.context.agreement;
  if (a.kind == Kind::instant && b.kind == Kind::instant) return ir::make_between(agreement, right, left, at.span);
  if (a.kind == Kind::date && b.kind == Kind::date) return ir::make_sub(agreement, left, right, at.span);
  const bool dated = (a.kind == Kind::date && b.kind == Kind::instant) || (a.kind == Kind::instant && b.kind == Kind::date);
  if (!dated) return refuse(at, code::units_differ, a, b, true, "");
  const std::string instant = shown(at.context, agreement.exprs[a.kind == Kind::instant ? left : right].span);
  return refuse(at, code::date_with_instant, a, b, true, "write `date(" + instant + ")` for the date of the instant");
}

ExprId moment_and_span(const Place& at, ExprId moment, ExprId span, bool subtract) {
  ir::Agreement& agreement = at.context.agreement;
  const Type a = type_of(at.context, moment);
  const Type b = type_of(at.context, span);
  const std::string text = shown(at.context, agreement.exprs[span].span);
  if (b.kind == Kind::number && !b.percent)
    return refuse(at, code::units_differ, a, b, subtract, "write its unit, as in `" + text + (a.kind == Kind::date ? " days`" : " hours`"));
  if (a.kind == Kind::date && is_span(b.kind))
    return refuse(at, code::units_differ, a, b, subtract,
                  "a date has no time of day: write `start_of_day(" + shown(at.context, agreement.exprs[moment].span) + ")`");
  if (a.kind == Kind::instant && b.kind == Kind::duration)
    return without_fault(at, ir::make_add_duration(agreement, moment, subtract ? ir::make_neg(agreement, span, at.span) : span, at.span));
  if (a.kind == Kind::instant && b.kind == Kind::open_time) {
    if (subtract) return ir::make_business(agreement, ir::Op::subtract_open, {moment, span}, b.calendar, at.span);
    return ir::make_deadline(agreement, ir::Op::deadline_open, moment, span, b.calendar, {}, at.span);
  }
  return refuse(at, code::units_differ, a, b, subtract, "");
}

}  // namespace

std::optional<ir::ExprId> time_arithmetic(const Place& at, ir::ExprId left, ir::ExprId right, bool subtract) {
  const Type a = type_of(at.context, left);
  const Type b = type_of(at.context, right);
  if (is_moment(a.kind) && is_moment(b.kind))
    return subtract ? between_moments(at, left, right) : refuse(at, code::units_differ, a, b, false, "subtract them for the time between, or add a duration");
  if (is_moment(a.kind)) return moment_and_span(at, left, right, subtract);
  if (is_moment(b.kind)) {
    if (!subtract && is_span(a.kind)) return moment_and_span(at, right, left, false);
    return refuse(at, code::units_differ, a, b, subtract, "");
  }
  if (!is_span(a.kind) && !is_span(b.kind)) return std::nullopt;
  ir::Agreement& agreement = at.context.agreement;
  if (a.kind == b.kind && a.calendar == b.calendar)
    return without_fault(at, subtract ? ir::make_sub(agreement, left, right, at.span) : ir::make_add(agreement, left, right, at.span));
  std::string help;
  if (a.kind == Kind::number || b.kind == Kind::number) help = "write the unit of the number, as in `3 hours`";
  if (is_span(a.kind) && is_span(b.kind)) help = "elapsed time and open time are two things, and no factor turns one into the other";
  return refuse(at, code::units_differ, a, b, subtract, help);
}

}  // namespace writ::check
