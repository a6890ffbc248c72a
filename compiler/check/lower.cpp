#include "check/lower.h"

#include <algorithm>

#include "check/suggest.h"
#include "check/unread.h"

namespace writ::check {

std::string part_name(const Symbol& symbol, std::string_view part) { return symbol.name.text + "." + std::string(part); }

ir::DefinitionId add_part(Context& context, const Symbol& symbol, std::string_view part, ir::Grain grain, ir::ExprId body, Span span, bool hidden) {
  return add_definition(context, part_name(symbol, part), grain, body, symbol.clause, span, hidden);
}

ir::ExprId make_code(Context& context, ir::EnumId enumeration, int64_t code, Span span) {
  return ir::make_constant(context.agreement, ir::enumeration_type(enumeration), code, span);
}

ir::ExprId make_missed(Context& context, ir::DefinitionId outcome, Span span) {
  // The codes of both outcome enums begin with met and missed.
  static_assert(static_cast<int>(ir::CommitmentOutcome::missed) == static_cast<int>(ir::BenchmarkOutcome::missed));
  return ir::make_outcome_is(context.agreement, ir::make_definition(context.agreement, outcome, span), static_cast<int>(ir::CommitmentOutcome::missed), span);
}

std::optional<uint32_t> require_party(Context& context, uint32_t file, const ast::Name& name) {
  const SymbolId id = require_symbol(context, file, name, "party", [](const Symbol& symbol) { return noun_of(symbol) == "party"; });
  return id.valid() ? std::optional(context.symbols[id].party) : std::nullopt;
}

std::optional<int64_t> check_days(Context& context, uint32_t file, ast::ExprId expr, std::string_view what) {
  const std::optional<Amount> amount = check_amount(context, expr, agreement_scope(file), {}, what);
  if (!amount || is_error(context, amount->count)) return std::nullopt;
  const Span span = context.files[file].exprs[expr].span;
  const std::optional<value::i128> count = ir::constant_of(context.agreement, amount->count);
  if (amount->deadline == ir::Op::deadline_days && count && *count >= 1 && *count <= 36500) return static_cast<int64_t>(*count);
  diag::report(context.sink, code::not_days, span, {{"what", std::string(what)}}).helps.push_back("write a number of days or weeks from 1 day on, `30 days`");
  return std::nullopt;
}

std::optional<ir::PeriodKind> require_period(Context& context, ast::PeriodUnit unit, Span span, std::string_view what) {
  if (unit != ast::PeriodUnit::term) return period_kind(unit);
  diag::report(context.sink, code::per_term, span, {{"what", std::string(what)}}).helps.push_back("write `per month`, `per quarter` or `per year`");
  return std::nullopt;
}

uint32_t subject_of(const Context& context, const std::string& name) {
  const std::vector<std::string>& subjects = context.agreement.enums[context.agreement.subject_enum].members;
  return static_cast<uint32_t>(std::find(subjects.begin(), subjects.end(), name) - subjects.begin());
}

SymbolId require_lowered(Context& context, uint32_t file, const ast::Name& name, std::string_view what, const std::function<bool(const Symbol&)>& fits) {
  const SymbolId id = require_symbol(context, file, name, what, fits);
  return id.valid() && ensure_lowered(context, id, name.span) ? id : SymbolId{};
}

void require_remedy(Context& context, uint32_t file, const ast::Name& name) {
  const auto fits = [](const Symbol& symbol) {
    return std::holds_alternative<const ast::Remedy*>(symbol.node) || std::holds_alternative<const ast::Right*>(symbol.node);
  };
  const SymbolId id = find_symbol(context, file, name.text);
  if (id.valid() && fits(context.symbols[id])) return;
  if (!id.valid() && is_unread(context, file, name.text)) return;
  require_symbol(context, file, name, "remedy", fits);
}

bool is_commitment(const Symbol& symbol) { return std::holds_alternative<const ast::Commitment*>(symbol.node); }
bool is_benchmark(const Symbol& symbol) { return std::holds_alternative<const ast::Benchmark*>(symbol.node); }

}  // namespace writ::check
