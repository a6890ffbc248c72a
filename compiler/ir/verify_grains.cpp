// I05 an expression reads only what there is where it stands: fields of its record, values of its own grain or of the agreement;
// I06 aggregates have the period, the record and the kinds that their readers need.
#include <fmt/format.h>

#include "ir/print.h"
#include "ir/verify_parts.h"

namespace writ::ir {
namespace {

struct Place {
  Broken& broken;
  Grain grain;
  std::string name;
};

void wrong(const Place& place, std::string_view rule, const std::string& what) { add_broken(place.broken, rule, place.name, what); }

const std::vector<Field>* fields_of(const Place& place, Grain::Of of) {
  if (!place.grain.record.valid()) return nullptr;
  const Record& record = place.broken.agreement.records[place.grain.record];
  if (of == Grain::Of::record) return &record.fields;
  return record.history ? &record.history->fields : nullptr;
}

void verify_field(const Place& place, const Expr& expr, Grain::Of of) {
  const std::vector<Field>* fields = of == place.grain.of || expr.op == Op::history_at ? fields_of(place, of) : nullptr;
  if (fields == nullptr || expr.field >= fields->size())
    return wrong(place, "I05", fmt::format("reads a field, but stands {}", print_grain(place.broken.agreement, place.grain)));
  const Type& field = (*fields)[expr.field].type;
  if (field.kind != expr.type.kind || field.scale != expr.type.scale) wrong(place, "I03", "reads the field " + (*fields)[expr.field].name + " as another type");
}

void verify_aggregate_reader(const Place& place, const Expr& expr) {
  const Aggregate& aggregate = place.broken.agreement.aggregates[expr.aggregate];
  const bool fits = place.grain.of == Grain::Of::period ? aggregate.period == place.grain.period : place.grain.of == Grain::Of::agreement && !aggregate.period;
  if (!fits) wrong(place, "I06", "reads an aggregate of another grain");
}

void verify_definition_reader(const Place& place, const Expr& expr) {
  const Agreement& agreement = place.broken.agreement;
  const Definition& read = agreement.definitions[expr.definition];
  if (expr.op == Op::definition) {
    // A condition over history rows may read the agreement's values only: the row does not know its record's.
    if (read.grain != place.grain && read.grain.of != Grain::Of::agreement)
      wrong(place, "I05",
            fmt::format("reads {}, which is {}, but stands {}", read.name, print_grain(agreement, read.grain), print_grain(agreement, place.grain)));
    return;
  }
  if (read.grain.of != Grain::Of::period) wrong(place, "I05", fmt::format("reads {} as if it were per period", read.name));
  if (expr.op == Op::over_periods && place.grain.of != Grain::Of::agreement) wrong(place, "I05", "folds periods, but is not per agreement");
}

void verify_reader(const Place& place, const Expr& expr) {
  if (expr.op == Op::field) verify_field(place, expr, place.grain.of);
  if (expr.op == Op::history_at) verify_field(place, expr, Grain::Of::history);
  if (expr.op == Op::aggregate) verify_aggregate_reader(place, expr);
  if (expr.op == Op::definition || expr.op == Op::at_period || expr.op == Op::over_periods) verify_definition_reader(place, expr);
  const bool in_period = place.grain.of == Grain::Of::period;
  if ((expr.op == Op::period_start || expr.op == Op::period_end || expr.op == Op::prorate || expr.op == Op::judge_benchmark) && !in_period)
    wrong(place, "I05", fmt::format("{} stands outside a period", name_of(expr.op)));
  if (expr.op == Op::judge && place.grain.of != Grain::Of::record) wrong(place, "I05", "judges, but is per no record");
  if ((expr.pause.valid() || expr.op == Op::history_at) && fields_of(place, Grain::Of::history) == nullptr)
    wrong(place, "I05", "reads a history that its record has not");
}

void verify_expression(const Place& place, ExprId root, Kind kind) {
  if (!root.valid()) return;
  const Agreement& agreement = place.broken.agreement;
  if (agreement.exprs[root].type.kind != kind && kind != Kind::error) wrong(place, "I03", "is of another kind than its place asks");
  std::vector<ExprId> waiting{root};
  std::vector<bool> seen(agreement.exprs.size(), false);
  while (!waiting.empty()) {
    const ExprId id = waiting.back();
    waiting.pop_back();
    if (seen[id.index]) continue;
    seen[id.index] = true;
    const Expr& expr = agreement.exprs[id];
    verify_reader(place, expr);
    waiting.insert(waiting.end(), expr.operands.begin(), expr.operands.end());
    if (expr.pause.valid()) {
      const Place history{place.broken, {Grain::Of::history, place.grain.record}, place.name + " (pause)"};
      verify_expression(history, expr.pause, Kind::boolean);
    }
  }
}

constexpr Kind any_kind = Kind::error;

void verify_aggregate(Broken& broken, uint32_t index) {
  const Agreement& agreement = broken.agreement;
  const Aggregate& aggregate = agreement.aggregates.items[index];
  const Place place{broken, {Grain::Of::record, aggregate.record}, print_aggregate(agreement, {index})};
  verify_expression(place, aggregate.filter, Kind::boolean);
  verify_expression(place, aggregate.value, any_kind);
  verify_expression(place, aggregate.placed_by, Kind::instant);
  if (aggregate.period.has_value() != aggregate.placed_by.valid()) wrong(place, "I06", "has a period without a placing instant, or the reverse");
  if ((aggregate.fold == Aggregate::Fold::count) == aggregate.value.valid()) wrong(place, "I06", "counts a value, or folds none");
  if (!aggregate.value.valid()) return;
  const Type& value = agreement.exprs[aggregate.value].type;
  if (value.kind == Kind::ratio) wrong(place, "I06", "folds ratios, which have no common denominator: round them first");
  if (aggregate.type.scale != value.scale) wrong(place, "I06", "has another scale than its values");
  if (aggregate.fold == Aggregate::Fold::mean && aggregate.type.kind != Kind::ratio) wrong(place, "I06", "is a mean, but no ratio");
}

}  // namespace

void verify_grains(Broken& broken) {
  const Agreement& agreement = broken.agreement;
  for (const Definition& definition : agreement.definitions) {
    const Place place{broken, definition.grain, definition.name};
    if (definition.base) verify_expression(place, *definition.base, any_kind);
    for (const Case& one : definition.cases) {
      verify_expression({broken, definition.grain, definition.name + ", guard of case " + one.label}, one.guard, Kind::boolean);
      verify_expression({broken, definition.grain, definition.name + ", case " + one.label}, one.result, any_kind);
    }
  }
  for (uint32_t index = 0; index < agreement.aggregates.size(); ++index) verify_aggregate(broken, index);
}

}  // namespace writ::ir
