// I01 every id names something, and operands stand before the node that reads them (so expressions have no cycle);
// I02 every operation has its number of operands.
#include <fmt/format.h>

#include "ir/print.h"
#include "ir/verify_parts.h"

namespace writ::ir {
namespace {

struct Count {
  size_t least, most;
};

constexpr size_t any_number = SIZE_MAX;

Count operand_count(Op op) {
  switch (op) {
    case Op::constant:
    case Op::absence:
    case Op::param:
    case Op::field:
    case Op::definition:
    case Op::as_of:
    case Op::period_start:
    case Op::period_end:
    case Op::history_first:
    case Op::aggregate:
    case Op::over_periods: return {0, 0};
    case Op::not_:
    case Op::is_given:
    case Op::neg:
    case Op::rescale:
    case Op::round:
    case Op::date_of:
    case Op::start_of_day:
    case Op::end_of_day:
    case Op::is_open:
    case Op::is_business_day:
    case Op::first_of_month:
    case Op::last_of_month:
    case Op::next_opening:
    case Op::next_closing:
    case Op::history_at:
    case Op::outcome_is:
    case Op::at_period:
    case Op::prorate: return {1, 1};
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
    case Op::sub:
    case Op::div:
    case Op::otherwise:
    case Op::add_duration:
    case Op::between:
    case Op::add_days:
    case Op::add_months:
    case Op::open_between:
    case Op::business_days_between:
    case Op::subtract_open:
    case Op::add_business_days:
    case Op::deadline_elapsed:
    case Op::deadline_open:
    case Op::deadline_business_days:
    case Op::deadline_days:
    case Op::deadline_months: return {2, 2};
    case Op::add:
    case Op::mul: return {2, 2};
    case Op::and_:
    case Op::or_:
    case Op::min:
    case Op::max: return {2, any_number};
    case Op::earliest:
    case Op::latest: return {1, any_number};
    case Op::select:
    case Op::judge_benchmark: return {3, 3};
    case Op::judge: return {5, 5};
  }
  return {0, any_number};
}

template <class Tag, class T>
bool names(const base::Store<Tag, T>& store, base::Id<Tag> id) {
  return id.index < store.size();
}

// Optional parts: invalid is fine, dangling is not.
template <class Tag, class T>
bool names_or_nothing(const base::Store<Tag, T>& store, base::Id<Tag> id) {
  return !id.valid() || names(store, id);
}

std::string node_name(uint32_t index, const Expr& expr) { return fmt::format("node {} ({})", index, name_of(expr.op)); }

bool type_is_whole(const Agreement& agreement, const Type& type) {
  return names_or_nothing(agreement.currencies, type.currency) && names_or_nothing(agreement.enums, type.enumeration) &&
         names_or_nothing(agreement.metric_types, type.metric) && names_or_nothing(agreement.calendars, type.calendar);
}

bool needs_calendar(Op op) {
  return op == Op::open_between || op == Op::is_open || op == Op::is_business_day || op == Op::business_days_between || op == Op::next_opening ||
         op == Op::next_closing || op == Op::subtract_open || op == Op::add_business_days || op == Op::deadline_open || op == Op::deadline_business_days;
}

void verify_node(Broken& broken, uint32_t index) {
  const Agreement& agreement = broken.agreement;
  const Expr& expr = agreement.exprs.items[index];
  const std::string name = node_name(index, expr);
  const Count count = operand_count(expr.op);
  if (expr.operands.size() < count.least || expr.operands.size() > count.most)
    add_broken(broken, "I02", name, fmt::format("has {} operands", expr.operands.size()));
  for (const ExprId operand : expr.operands)
    if (operand.index >= index) add_broken(broken, "I01", name, "reads an operand that does not stand before it");
  if (expr.pause.valid() && expr.pause.index >= index) add_broken(broken, "I01", name, "has a pause that does not stand before it");
  if (expr.op == Op::history_first && !expr.pause.valid()) add_broken(broken, "I02", name, "has no condition");
  if (!type_is_whole(agreement, expr.type)) add_broken(broken, "I01", name, "has a type with a dangling id");
  if (expr.op == Op::param && !names(agreement.params, expr.param)) add_broken(broken, "I01", name, "names no parameter");
  const bool reads_definition = expr.op == Op::definition || expr.op == Op::at_period || expr.op == Op::over_periods;
  if (reads_definition && !names(agreement.definitions, expr.definition)) add_broken(broken, "I01", name, "names no definition");
  if (expr.op == Op::aggregate && !names(agreement.aggregates, expr.aggregate)) add_broken(broken, "I01", name, "names no aggregate");
  if (needs_calendar(expr.op) ? !names(agreement.calendars, expr.calendar) : !names_or_nothing(agreement.calendars, expr.calendar))
    add_broken(broken, "I01", name, "names no calendar");
}

bool in_store(const Agreement& agreement, ExprId id) { return names_or_nothing(agreement.exprs, id); }

bool grain_is_whole(const Agreement& agreement, const Grain& grain) {
  const bool of_record = grain.of == Grain::Of::record || grain.of == Grain::Of::history;
  return !of_record || names(agreement.records, grain.record);
}

void verify_definition_ids(Broken& broken, const Definition& definition) {
  const Agreement& agreement = broken.agreement;
  if (!grain_is_whole(agreement, definition.grain)) add_broken(broken, "I01", definition.name, "is per a record that does not exist");
  if (!type_is_whole(agreement, definition.type)) add_broken(broken, "I01", definition.name, "has a type with a dangling id");
  if (definition.base && !names(agreement.exprs, *definition.base)) add_broken(broken, "I01", definition.name, "has a base that does not exist");
  for (const Case& one : definition.cases)
    if (!names(agreement.exprs, one.guard) || !names(agreement.exprs, one.result))
      add_broken(broken, "I01", definition.name, fmt::format("case {} has no guard or no result", one.label));
  if (!names_or_nothing(agreement.clauses, definition.clause)) add_broken(broken, "I01", definition.name, "stands in a clause that does not exist");
}

void verify_aggregate_ids(Broken& broken, const Aggregate& aggregate) {
  const Agreement& agreement = broken.agreement;
  if (!names(agreement.records, aggregate.record)) add_broken(broken, "I01", "an aggregate", "is over a record that does not exist");
  if (!in_store(agreement, aggregate.filter) || !in_store(agreement, aggregate.value) || !in_store(agreement, aggregate.placed_by))
    add_broken(broken, "I01", "an aggregate", "reads an expression that does not exist");
}

}  // namespace

bool verify_shapes(Broken& broken) {
  const Agreement& agreement = broken.agreement;
  for (uint32_t index = 0; index < agreement.exprs.size(); ++index) verify_node(broken, index);
  for (const Definition& definition : agreement.definitions) verify_definition_ids(broken, definition);
  for (const Aggregate& aggregate : agreement.aggregates) verify_aggregate_ids(broken, aggregate);
  return broken.promises.empty();
}

}  // namespace writ::ir
