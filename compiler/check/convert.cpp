// Exact conversion of a value to the type that its place wants, or one message that says what to write instead.
#include "check/expression_parts.h"
#include "check/literal_numbers.h"
#include "check/literals.h"
#include "check/suggest.h"

namespace writ::check {
namespace {

using ir::ExprId;
using ir::Kind;
using ir::Type;

struct Converting {
  Context& context;
  ExprId value;
  const Type& wanted;
  Span span;
  std::string what;
};

ExprId refuse(const Converting& at, const diag::Kind& kind, std::string help) {
  const Type type = type_of(at.context, at.value);
  diag::Diagnostic& found = diag::report(at.context.sink, kind, at.span,
                                         {{"what", at.what},
                                          {"wanted", describe(at.context, ir::with_absence(at.wanted, ir::Absence::never))},
                                          {"found", describe(at.context, ir::with_absence(type, ir::Absence::never))}});
  if (!help.empty()) found.helps.push_back(std::move(help));
  return ir::make_error(at.context.agreement, at.span);
}

std::string text(const Converting& at) { return shown(at.context, at.span); }

bool absence_fits(const Converting& at) {
  const ir::Absence actual = type_of(at.context, at.value).absence;
  if (actual == ir::Absence::never || actual == at.wanted.absence) return true;
  const std::string word = actual == ir::Absence::not_yet ? "not yet" : "none";
  diag::Diagnostic& found = diag::report(at.context.sink, code::absence_not_wanted, at.span, {{"text", text(at)}, {"absence", word}, {"what", at.what}});
  const std::string declared = at.wanted.absence == ir::Absence::never ? "" : ", or declare it `or " + word + "`";
  found.helps.push_back("say what holds then, as in `" + text(at) + " otherwise ...`" + declared);
  return false;
}

// Digits are counted as they are shown: behind a percentage, two fewer than the scale has.
std::string rounding_help(const Converting& at, const Type& type) {
  const int digits = type.percent ? std::max(at.wanted.scale - 2, 0) : at.wanted.scale;
  return "write `rounded(" + text(at) + ", " + std::to_string(digits) + ")`";
}

// A number that is written out needs no rounding: it is written with fewer digits, or its place keeps more of them.
std::string digits_help(const Converting& at, const Type& type) {
  if (!ir::constant_of(at.context.agreement, at.value)) return rounding_help(at, type);
  const int kept = type.percent ? std::max(at.wanted.scale - 2, 0) : at.wanted.scale;
  std::string help = kept == 0 ? "write a whole number" : "write at most " + std::to_string(kept) + (kept == 1 ? " digit" : " digits") + " after the point";
  const bool plain = !type.percent && !type.currency.valid() && !type.metric.valid() && !at.wanted.metric.valid();
  if (plain) help += ", or declare more digits, as in `decimal " + std::to_string(type.scale) + "`";
  return help;
}

// The same number with fewer digits after the point, where those left out are zeros.
std::optional<ExprId> shortened(const Converting& at) {
  const auto number = ir::constant_of(at.context.agreement, at.value);
  const Type type = type_of(at.context, at.value);
  if (!number || type.kind == Kind::ratio) return std::nullopt;
  const ir::i128 factor = value::pow10(type.scale - at.wanted.scale);
  if (*number % factor != 0) return std::nullopt;
  Type exact = type;
  exact.scale = at.wanted.scale;
  return ir::make_constant(at.context.agreement, exact, *number / factor, at.span);
}

bool in_range(const Converting& at, ExprId value) {
  if (!at.wanted.has_range) return true;
  const Type type = type_of(at.context, value);
  const int scale = std::max(type.scale, at.wanted.scale);
  const auto at_scale = [&](ir::i128 number, int from) { return value::rescale(value::given(number), scale - from, 0); };
  const value::Value low = at_scale(at.wanted.low, at.wanted.scale);
  const value::Value high = at_scale(at.wanted.high, at.wanted.scale);
  std::string written = number_text(at.context, at.wanted, at.wanted.low) + " to " + number_text(at.context, at.wanted, at.wanted.high);
  if (const auto number = ir::constant_of(at.context.agreement, value)) {
    const value::Value given = at_scale(*number, type.scale);
    if (value::is_true(value::ge(given, low, 0)) && value::is_true(value::le(given, high, 0))) return true;
    diag::report(at.context.sink, code::constant_outside, at.span, {{"text", text(at)}, {"what", at.what}, {"range", written}});
    return false;
  }
  if (type.has_range && value::is_true(value::ge(at_scale(type.low, type.scale), low, 0)) &&
      value::is_true(value::le(at_scale(type.high, type.scale), high, 0)))
    return true;
  diag::report(at.context.sink, code::range_not_proved, at.span, {{"text", text(at)}, {"what", at.what}, {"range", written}})
      .helps.push_back("bound it, as in `min(max(" + text(at) + ", " + number_text(at.context, at.wanted, at.wanted.low) + "), " +
                       number_text(at.context, at.wanted, at.wanted.high) + ")`");
  return false;
}

ExprId convert_number(const Converting& at) {
  const Type type = type_of(at.context, at.value);
  if (type.currency != at.wanted.currency) {
    if (type.currency.valid() && at.wanted.currency.valid())
      return refuse(at, code::currency_not_wanted,
                    "write it in " + at.context.agreement.currencies[at.wanted.currency].code + ": a rate counts only where the agreement states one");
    if (at.wanted.currency.valid())
      return refuse(at, code::type_mismatch,
                    type.percent ? "a percentage is not money: write `" + text(at) + " of` an amount"
                                 : "write `" + at.context.agreement.currencies[at.wanted.currency].code + " " + text(at) + "` if it is an amount");
    return refuse(at, code::type_mismatch, "");
  }
  const std::optional<ir::i128> number = ir::constant_of(at.context.agreement, at.value);
  const bool bare = number && *number != 0 && type.kind == Kind::number && at.wanted.kind == Kind::number;
  if (bare && at.wanted.percent && !type.percent)
    return refuse(at, code::type_mismatch, "write it as a percentage, as in `" + value::to_text(*number, type.scale) + "%`");
  if (bare && !at.wanted.percent && type.percent)
    return refuse(at, code::type_mismatch, "write it without a percent sign, as in `" + value::to_text(*number, type.scale) + "`");
  const Measure measure = type.kind == Kind::number && at.wanted.kind == Kind::number ? measure_of(at.context, at.value) : Measure::any;
  if (measure == Measure::units && at.wanted.percent)
    return refuse(at, code::type_mismatch, "5 could be 5% or 500%: write `" + text(at) + " * 1%` for so many per cent");
  if (measure == Measure::percent && !at.wanted.percent) return refuse(at, code::type_mismatch, "declare it as `percent`");
  if (type.metric.valid() && at.wanted.metric.valid() && type.metric != at.wanted.metric)
    return refuse(at, code::type_mismatch, "the two are measured on different scales");
  if (type.kind == Kind::ratio && at.wanted.kind != Kind::ratio) {
    return refuse(at, code::needs_rounding, rounding_help(at, type));
  }
  ExprId value = at.value;
  if (type.scale > at.wanted.scale && at.wanted.kind == Kind::number) {
    const std::optional<ExprId> exact = shortened(at);
    if (!exact) return refuse(at, code::too_precise, digits_help(at, type));
    value = *exact;
  }
  if (!in_range(at, value)) return ir::make_error(at.context.agreement, at.span);
  if (type_of(at.context, value).scale < at.wanted.scale) value = ir::make_rescale(at.context.agreement, value, at.wanted.scale, at.span);
  return value;
}

ExprId refuse_kind(const Converting& at) {
  const Type type = type_of(at.context, at.value);
  std::string help;
  if (at.wanted.kind == Kind::date && type.kind == Kind::instant) help = "write `date(" + text(at) + ")` for its date";
  if (at.wanted.kind == Kind::instant && type.kind == Kind::date) help = "write `start_of_day(" + text(at) + ")` or `end_of_day(" + text(at) + ")`";
  if ((at.wanted.kind == Kind::duration || at.wanted.kind == Kind::open_time) && type.kind == Kind::number)
    help = "write its unit, as in `" + text(at) + " hours`";
  if (at.wanted.kind == Kind::boolean) help = "write a condition, as in `" + text(at) + " = ...`";
  return refuse(at, code::type_mismatch, help);
}

}  // namespace

ir::ExprId convert(Context& context, ir::ExprId value, const ir::Type& wanted_type, Span span, std::string_view what) {
  const Type wanted = wanted_type;  // the caller's may live in a store that grows
  if (is_error(context, value) || wanted.kind == Kind::error) return ir::make_error(context.agreement, span);
  const Converting at{context, value, wanted, span.valid() ? span : context.agreement.exprs[value].span, std::string(what)};
  const Type type = type_of(context, value);
  // An absence that is written out (`none`) has the type of its place already.
  const bool absent = context.agreement.exprs[value].op == ir::Op::absence;
  const bool numeric = ir::is_numeric(type) && ir::is_numeric(wanted);
  if (!numeric && type.kind != wanted.kind) return refuse_kind(at);
  if (!absence_fits(at)) return ir::make_error(context.agreement, span);
  if (absent) return value;
  if (numeric) return convert_number(at);
  if (type.kind == Kind::enumeration && type.enumeration != wanted.enumeration) return refuse(at, code::type_mismatch, "");
  if (type.kind == Kind::open_time && type.calendar != wanted.calendar) return refuse(at, code::type_mismatch, "open time of two calendars is never the same");
  const bool ranged_time = wanted.has_range && (type.kind == Kind::date || type.kind == Kind::time);
  if (ranged_time && !in_range(at, value)) return ir::make_error(context.agreement, span);
  return value;
}

std::optional<int64_t> check_whole_constant(Context& context, ast::ExprId id, uint32_t file, std::string_view what) {
  if (!id.valid()) return std::nullopt;
  const ExprId value = check_as(context, id, agreement_scope(file), ir::number_type(0), what);
  if (is_error(context, value)) return std::nullopt;
  const auto number = ir::constant_of(context.agreement, value);
  if (number && *number >= 0 && *number <= INT32_MAX) return static_cast<int64_t>(*number);
  const Span span = span_of(context, file, id);
  diag::report(context.sink, code::constant_wanted, span, {{"what", std::string(what)}}).helps.push_back("write the number itself, as in `3`");
  return std::nullopt;
}

}  // namespace writ::check
