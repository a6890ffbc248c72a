// Expressions and aggregates as one line of text.
#include <fmt/format.h>

#include "ir/print.h"

namespace writ::ir {
namespace {

std::string_view absence_text(i128 state) {
  switch (static_cast<value::State>(static_cast<int>(state))) {
    case value::State::given: return "given?";
    case value::State::not_yet: return "not yet";
    case value::State::none: return "none";
    case value::State::unknown: return "unknown";
    case value::State::fault: return "fault?";
  }
  return "?";
}

std::string_view rounding_text(value::Rounding rounding) {
  switch (rounding) {
    case value::Rounding::half_up: return "half up";
    case value::Rounding::half_even: return "half even";
    case value::Rounding::half_down: return "half down";
    case value::Rounding::up: return "up";
    case value::Rounding::down: return "down";
    case value::Rounding::floor: return "to the lower";
    case value::Rounding::ceiling: return "to the upper";
  }
  return "?";
}

std::string_view fold_text(Fold fold) {
  switch (fold) {
    case Fold::sum: return "sum";
    case Fold::minimum: return "min";
    case Fold::maximum: return "max";
    case Fold::count_true: return "count";
  }
  return "?";
}

std::string_view too_few_text(TooFew too_few) {
  switch (too_few) {
    case TooFew::not_measured: return "not measured";
    case TooFew::met: return "met";
    case TooFew::missed: return "missed";
  }
  return "?";
}

std::string definition_text(const Agreement& agreement, DefinitionId id) { return id.valid() ? agreement.definitions[id].name : "no definition"; }

std::string field_text(const Agreement& agreement, const Grain& grain, FieldIndex field) {
  if (!grain.record.valid()) return "?";
  const Record& record = agreement.records[grain.record];
  if (grain.of == Grain::Of::record) return "." + (field < record.fields.size() ? record.fields[field].name : "?");
  if (grain.of == Grain::Of::history && record.history) return "row." + (field < record.history->fields.size() ? record.history->fields[field].name : "?");
  return "?";
}

Grain history_of(const Grain& grain) {
  Grain history = grain;
  history.of = Grain::Of::history;
  return history;
}

// What the second operand of an operation counts.
std::optional<Kind> unit_of(Op op) {
  if (op == Op::deadline_elapsed) return Kind::duration;
  if (op == Op::deadline_open || op == Op::subtract_open) return Kind::open_time;
  if (op == Op::deadline_business_days || op == Op::add_business_days) return Kind::open_days;
  if (op == Op::deadline_days || op == Op::add_days || op == Op::deadline_months || op == Op::add_months) return Kind::period;
  return std::nullopt;
}

// What stands behind the operands: the calendar, the pause and the other settings of the operation.
std::string settings_text(const Agreement& agreement, const Grain& grain, const Expr& expr) {
  std::string out;
  if (expr.op == Op::at_period || expr.op == Op::over_periods) out += ", " + definition_text(agreement, expr.definition);
  if (expr.op == Op::over_periods) out += fmt::format(", {}", fold_text(expr.fold));
  if (expr.op == Op::history_at) out += ", " + field_text(agreement, history_of(grain), expr.field);
  if (expr.op == Op::rescale) out += fmt::format(", by {} digits", value::to_text(expr.number, 0));
  if (expr.op == Op::round) out += fmt::format(", {}, {} digits", rounding_text(expr.rounding), expr.type.scale);
  if (expr.op == Op::judge_benchmark) out += fmt::format(", too few: {}", too_few_text(expr.too_few));
  if (expr.op == Op::outcome_is && !expr.operands.empty()) out += ", " + print_constant(agreement, agreement.exprs[expr.operands[0]].type, expr.number);
  if (expr.calendar.valid()) out += ", on " + agreement.calendars[expr.calendar].name;
  if (expr.pause.valid()) out += (expr.op == Op::history_first ? ", where " : ", paused while ") + print_expression(agreement, history_of(grain), expr.pause);
  if (expr.strict) out += ", strict";
  return out;
}

std::string call_text(const Agreement& agreement, const Grain& grain, const Expr& expr) {
  std::string out(name_of(expr.op));
  out += "(";
  for (size_t i = 0; i < expr.operands.size(); ++i) {
    const bool counts = i == 1 && unit_of(expr.op).has_value();
    if (i > 0) out += ", ";
    out += counts ? print_count(agreement, grain, expr.op, expr.operands[i]) : print_expression(agreement, grain, expr.operands[i]);
  }
  const std::string settings = settings_text(agreement, grain, expr);
  out.append(settings, expr.operands.empty() && settings.starts_with(", ") ? 2 : 0, std::string::npos);
  return out + ")";
}

bool is_leaf(Op op) {
  return op == Op::constant || op == Op::absence || op == Op::param || op == Op::field || op == Op::definition || op == Op::as_of || op == Op::period_start ||
         op == Op::period_end || op == Op::aggregate;
}

std::string leaf_text(const Agreement& agreement, const Grain& grain, const Expr& expr) {
  if (expr.op == Op::constant) return print_constant(agreement, expr.type, expr.number);
  if (expr.op == Op::absence) return std::string(absence_text(expr.number));
  if (expr.op == Op::param) return "param " + (expr.param.valid() ? agreement.params[expr.param].name : "?");
  if (expr.op == Op::field) return field_text(agreement, grain, expr.field);
  if (expr.op == Op::definition) return definition_text(agreement, expr.definition);
  if (expr.op == Op::aggregate) return expr.aggregate.valid() ? print_aggregate(agreement, expr.aggregate) : "no aggregate";
  return std::string(name_of(expr.op));
}

}  // namespace

std::string print_count(const Agreement& agreement, const Grain& grain, Op op, ExprId count) {
  const std::optional<Kind> unit = unit_of(op);
  if (!unit || !count.valid() || agreement.exprs[count].op != Op::constant) return print_expression(agreement, grain, count);
  const bool months = op == Op::deadline_months || op == Op::add_months;
  const i128 number = agreement.exprs[count].number;
  return print_constant(agreement, {.kind = *unit}, months ? number << 32 : number);
}

std::string print_expression(const Agreement& agreement, const Grain& grain, ExprId id) {
  if (!id.valid()) return "nothing";
  const Expr& expr = agreement.exprs[id];
  return is_leaf(expr.op) ? leaf_text(agreement, grain, expr) : call_text(agreement, grain, expr);
}

std::string print_aggregate(const Agreement& agreement, AggregateId id) {
  const Aggregate& aggregate = agreement.aggregates[id];
  const Grain grain{Grain::Of::record, aggregate.record};
  std::string out = fmt::format("{}(", name_of(aggregate.fold));
  if (aggregate.value.valid()) out += print_expression(agreement, grain, aggregate.value) + " over ";
  out += aggregate.record.valid() ? agreement.records[aggregate.record].name : "?";
  if (aggregate.filter.valid()) out += " where " + print_expression(agreement, grain, aggregate.filter);
  if (aggregate.placed_by.valid()) out += " placed by " + print_expression(agreement, grain, aggregate.placed_by);
  if (aggregate.period) out += fmt::format(" per {}", name_of(*aggregate.period));
  return out + ")";
}

}  // namespace writ::ir
