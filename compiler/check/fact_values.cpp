#include "check/fact_values.h"

#include <algorithm>

#include "check/expression_parts.h"
#include "check/literals.h"
#include "check/suggest.h"
#include "value/civil.h"

namespace writ::check {
namespace {

std::string_view word_of(ast::Absence absence) {
  switch (absence) {
    case ast::Absence::not_yet: return "not yet";
    case ast::Absence::none: return "none";
    case ast::Absence::unknown: return "unknown";
  }
  return "?";
}

std::optional<FactValue> absent_value(Context& context, const ast::AbsenceExpr& absence, const ir::Type& type, Span span, const std::string& what) {
  const bool fits = (absence.which == ast::Absence::not_yet && type.absence == ir::Absence::not_yet) ||
                    (absence.which == ast::Absence::none && type.absence == ir::Absence::none) ||
                    (absence.which == ast::Absence::unknown && type.may_be_unknown);
  if (fits && absence.which == ast::Absence::not_yet) return FactValue{value::not_yet(), {}};
  if (fits && absence.which == ast::Absence::none) return FactValue{value::none(), {}};
  if (fits) return FactValue{value::unknown(), {}};
  diag::Diagnostic& found = diag::report(context.sink, code::absence_not_declared, span, {{"what", what}, {"word", std::string(word_of(absence.which))}});
  found.helps.push_back("declare the field `or " + std::string(word_of(absence.which)) + "` if facts may be so");
  return std::nullopt;
}

// `period: 2026-03` of an act: any date of that month would do.
std::optional<FactValue> month_value(Context& context, const ast::MonthExpr& month, Span span) {
  const std::optional<ir::i128> first = [&]() -> std::optional<ir::i128> {
    const value::Parsed<value::Date> parsed = value::parse_date(month.text + "-01");
    if (parsed.ok()) return parsed.value;
    diag::report(context.sink, code::bad_literal, span, {{"text", month.text}, {"why", std::string(value::describe(parsed.error))}});
    return std::nullopt;
  }();
  if (!first) return std::nullopt;
  const value::Civil civil = value::civil_from_days(static_cast<value::Date>(*first));
  return FactValue{value::given(date_in_period(context, ir::PeriodKind::month, civil.year, civil.month)), {}};
}

}  // namespace

value::Date date_in_period(const Context& context, ir::PeriodKind kind, int year, int month) {
  const int months = kind == ir::PeriodKind::year ? 12 : kind == ir::PeriodKind::quarter ? 3 : 1;
  if (kind == ir::PeriodKind::quarter) month -= (month - 1) % 3;
  if (kind == ir::PeriodKind::year) month = 1;
  const value::Date first = value::days_from_civil(year, month, 1);
  const value::Civil last_month = {year + (month + months - 2) / 12, (month + months - 2) % 12 + 1, 1};
  const value::Date last = value::last_of_month(value::days_from_civil(last_month.year, last_month.month, 1));
  // A contract month that begins in a month holds the last day of that month, whatever day it begins on.
  if (kind == ir::PeriodKind::contract_month) return last;
  // The first period may begin with the term, in the midst of a month.
  return std::clamp(context.agreement.effective, first, last);
}

std::optional<FactValue> fact_value(Context& context, uint32_t file, ast::ExprId id, const ir::Type& field_type, const std::string& what) {
  if (!id.valid() || field_type.kind == ir::Kind::error) return std::nullopt;
  const ir::Type type = field_type;
  const ast::Expr& expr = expr_of(context, file, id);
  if (const auto* absence = std::get_if<ast::AbsenceExpr>(&expr.node)) return absent_value(context, *absence, type, expr.span, what);
  const auto* month = std::get_if<ast::MonthExpr>(&expr.node);
  if (month != nullptr && type.kind == ir::Kind::date) return month_value(context, *month, expr.span);
  const ir::ExprId value = check_as(context, id, agreement_scope(file), ir::with_absence(type, ir::Absence::never), what);
  if (is_error(context, value)) return std::nullopt;
  const std::optional<ir::i128> number = ir::constant_of(context.agreement, value);
  if (!number) {
    diag::report(context.sink, code::fact_not_constant, expr.span, {{"what", what}})
        .helps.push_back("write the value itself: facts come from outside, and are not worked out");
    return std::nullopt;
  }
  if (type.kind == ir::Kind::text) return FactValue{value::given(*number), context.agreement.texts[static_cast<size_t>(*number)]};
  if (type_of(context, value).scale == type.scale) return FactValue{value::given(*number), {}};
  diag::report(context.sink, code::too_precise, expr.span, {{"what", what}, {"wanted", describe(context, type) + " to its minor unit"}, {"found", "finer"}});
  return std::nullopt;
}

std::optional<FactValue> unstated_value(const ir::Type& type) {
  if (type.absence == ir::Absence::not_yet) return FactValue{value::not_yet(), {}};
  if (type.absence == ir::Absence::none) return FactValue{value::none(), {}};
  if (type.may_be_unknown) return FactValue{value::unknown(), {}};
  return std::nullopt;
}

ir::RecordId require_fact_record(Context& context, uint32_t file, const ast::Name& name) {
  const ir::Agreement& agreement = context.agreement;
  for (const ir::RecordId act : {agreement.claim, agreement.notice, agreement.payment, agreement.exercise})
    if (act.valid() && agreement.records[act].name == name.text) return act;
  const SymbolId id = require_symbol(context, file, name, "record", [](const Symbol& s) { return std::holds_alternative<const ast::Record*>(s.node); });
  return id.valid() ? context.symbols[id].record : ir::RecordId{};
}

std::optional<ir::FieldIndex> field_called(const std::vector<ir::Field>& fields, std::string_view name) {
  for (ir::FieldIndex i = 0; i < fields.size(); ++i)
    if (fields[i].name == name) return i;
  return std::nullopt;
}

void report_no_field(Context& context, const std::string& of, const std::vector<ir::Field>& fields, const ast::Name& name) {
  std::vector<std::string> names;
  for (const ir::Field& field : fields) names.push_back(field.name);
  diag::Diagnostic& found = diag::report(context.sink, code::unknown_part, name.span, {{"of", of}, {"name", name.text}});
  suggest(found, name, names);
  if (found.helps.empty() && !names.empty()) found.notes.push_back("its fields are " + listed(names));
}

}  // namespace writ::check
