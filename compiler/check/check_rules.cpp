// `rule`: a base and labelled cases, of which some override others, at any grain.
#include <algorithm>
#include <unordered_map>

#include "check/expression_parts.h"
#include "check/literals.h"
#include "check/suggest.h"

namespace writ::check {
namespace {

using ir::ExprId;
using ir::Type;

struct Rule {
  Context& context;
  const ast::Rule& written;
  uint32_t file;
  Scope scope;
  std::optional<Type> declared;
};

struct Value {
  ast::ExprId written;
  Scope scope;
  std::string what;
  ExprId checked;
};

std::optional<ir::Grain> grain_of(Context& context, uint32_t file, const ast::Rule& written) {
  if (written.per_record.written() && written.per_period) {
    diag::report(context.sink, code::two_grains, written.per_record.span, {{"name", written.name.text}})
        .helps.push_back("write two rules: one per record, and one per period that adds it up");
    return std::nullopt;
  }
  if (written.per_period) return *written.per_period == ast::PeriodUnit::term ? ir::Grain{} : period_scope(file, period_kind(*written.per_period)).grain;
  if (!written.per_record.written()) return ir::Grain{};
  const SymbolId id =
      require_symbol(context, file, written.per_record, "record", [](const Symbol& s) { return std::holds_alternative<const ast::Record*>(s.node); });
  if (!id.valid() || !context.symbols[id].record.valid()) return std::nullopt;
  return record_scope(file, context.symbols[id].record).grain;
}

// ---- which case gives way to which ------------------------------------------------------------------------------------

// The first case of each label.
using CasesByLabel = std::unordered_map<std::string_view, size_t>;

CasesByLabel cases_by_label(const ast::Rule& rule) {
  CasesByLabel cases;
  for (size_t i = 0; i < rule.cases.size(); ++i) cases.emplace(rule.cases[i].label.text, i);
  return cases;
}

void report_unknown_label(const Rule& rule, const ast::Name& label) {
  std::vector<std::string> labels;
  for (const ast::RuleCase& each : rule.written.cases) labels.push_back(each.label.text);
  diag::Diagnostic& found = diag::report(rule.context.sink, code::unknown_name, label.span, {{"what", "case of this rule"}, {"name", label.text}});
  if (label.text == "base") found.helps.push_back("every case goes before the base: leave `overrides base` out");
  suggest(found, label, labels);
}

void report_doubled_labels(const Rule& rule, const CasesByLabel& by_label) {
  for (size_t i = 0; i < rule.written.cases.size(); ++i) {
    const ast::Name& label = rule.written.cases[i].label;
    const size_t first = by_label.at(label.text);
    if (!label.written() || first == i) continue;
    diag::report(rule.context.sink, code::doubled_member, label.span, {{"name", label.text}, {"what", "`" + rule.written.name.text + "`"}})
        .labels.push_back({rule.written.cases[first].label.span, "the first one"});
  }
}

void close_overriding(const Rule& rule, const CasesByLabel& by_label, std::vector<ir::Case>& cases) {
  const size_t words = (cases.size() + 63) / 64;
  for (size_t by = 0; by < cases.size(); ++by) {
    for (const ast::Name& label : rule.written.cases[by].overrides) {
      const auto target = by_label.find(label.text);
      if (target == by_label.end()) {
        report_unknown_label(rule, label);
        continue;
      }
      std::vector<uint64_t>& overridden_by = cases[target->second].overridden_by;
      overridden_by.resize(words, 0);
      overridden_by[by / 64] |= uint64_t{1} << (by % 64);
    }
  }
  if (ir::close_overrides(cases)) return;
  for (size_t i = 0; i < cases.size(); ++i) {
    if ((cases[i].overridden_by[i / 64] >> (i % 64) & 1) == 0) continue;
    diag::report(rule.context.sink, code::override_cycle, rule.written.cases[i].label.span, {{"label", rule.written.cases[i].label.text}})
        .helps.push_back("let one of the two give way: a case cannot go before itself");
    break;
  }
  for (ir::Case& each : cases) each.overridden_by.assign(words, 0);
}

// ---- one type for all values --------------------------------------------------------------------------------------------

bool is_absence(const Rule& rule, ast::ExprId id) { return id.valid() && std::holds_alternative<ast::AbsenceExpr>(expr_of(rule.context, rule.file, id).node); }

// A bare `none` takes the type of the others, so those are read first.
void check_values(const Rule& rule, std::vector<Value>& values) {
  std::optional<Type> like = rule.declared;
  for (const bool absences : {false, true}) {
    for (Value& value : values) {
      if (is_absence(rule, value.written) != absences) continue;
      value.checked = check_expression(rule.context, value.written, value.scope, {like});
      if (!like && !is_error(rule.context, value.checked)) like = type_of(rule.context, value.checked);
      if (rule.declared) value.checked = convert(rule.context, value.checked, *rule.declared, span_of(rule.context, rule.file, value.written), value.what);
    }
  }
}

std::optional<Type> common_of(const Rule& rule, const std::vector<Value>& values) {
  std::optional<Type> common;
  const Value* first = nullptr;
  Measure measure = Measure::any;  // of the values so far
  for (const Value& value : values) {
    if (is_error(rule.context, value.checked)) return std::nullopt;
    const Type type = type_of(rule.context, value.checked);
    const std::optional<Type> next = common ? ir::common_type(*common, type) : type;
    const Measure its = measure_of(rule.context, value.checked);
    const bool mixed = its != Measure::any && measure != Measure::any && its != measure;
    if (!next || mixed) {
      diag::Diagnostic& found =
          diag::report(rule.context.sink, code::cases_differ, rule.context.agreement.exprs[value.checked].span,
                       {{"name", rule.written.name.text}, {"first", describe(rule.context, *common)}, {"second", describe(rule.context, type)}});
      found.labels.push_back({rule.context.agreement.exprs[first->checked].span, "this is " + describe(rule.context, *common)});
      found.helps.push_back("write all values in one unit");
      return std::nullopt;
    }
    if (!first) first = &value;
    if (measure == Measure::any) measure = its;
    common = next;
  }
  return common;
}

// What readers may rely on: the declared type where there is one, exact money being finer than its minor unit until it is rounded.
Type type_of_rule(const Rule& rule, const Type& common, bool unknown) {
  Type type = common;
  if (rule.declared) {
    type = *rule.declared;
    type.scale = std::max(common.scale, type.scale);
    if (type.scale != rule.declared->scale && type.has_range) {
      const ir::i128 factor = value::pow10(type.scale - rule.declared->scale);
      type = ir::with_range(type, type.low * factor, type.high * factor);
    }
    if (!type.has_range && common.has_range && common.scale == type.scale) type = ir::with_range(type, common.low, common.high);
  }
  type.may_be_unknown = common.may_be_unknown || unknown;
  return type;
}

void add_rule(const Rule& rule, SymbolId id, ir::Definition definition) {
  Symbol& symbol = rule.context.symbols[id];
  definition.name = rule.written.name.text;
  definition.printed = rule.written.printed.text;
  definition.grain = rule.scope.grain;
  definition.clause = symbol.clause;
  definition.span = rule.written.name.span;
  const ir::DefinitionId made = add_definition(rule.context, std::move(definition));
  rule.context.symbols[id].definition = made;
  rule.context.symbols[id].record = rule.scope.grain.record;
}

}  // namespace

void check_rule(Context& context, SymbolId id) {
  const ast::Rule& written = *std::get<const ast::Rule*>(context.symbols[id].node);
  const uint32_t file = context.symbols[id].file;
  const std::optional<ir::Grain> grain = grain_of(context, file, written);
  std::optional<Type> declared;
  if (written.type) declared = resolve_type(context, file, *written.type, "the rule `" + written.name.text + "`");
  if (!grain || (declared && declared->kind == ir::Kind::error)) return;
  const Rule rule{context, written, file, {file, *grain, {}}, declared};
  const CasesByLabel by_label = cases_by_label(written);
  report_doubled_labels(rule, by_label);
  if (!written.base.valid() && written.cases.empty()) {
    diag::report(context.sink, code::rule_without_value, written.name.span, {{"name", written.name.text}})
        .helps.push_back("write `= ...` behind it, or a block with `base ...` and `case ...` lines");
    return;
  }

  ir::Definition definition;
  std::vector<Value> values;
  Scope otherwise = rule.scope;  // where every guard fails
  bool unknown = false;
  values.reserve(written.cases.size() + 1);
  definition.cases.reserve(written.cases.size());
  for (const ast::RuleCase& each : written.cases) {
    const ExprId guard = check_condition(context, each.when, rule.scope, "the condition behind `when`");
    unknown = unknown || type_of(context, guard).may_be_unknown;
    otherwise = with_known(std::move(otherwise), known_when(context, guard, false));
    values.push_back({each.value, with_known(rule.scope, known_when(context, guard, true)), "the value of `" + each.label.text + "`", {}});
    definition.cases.push_back({each.label.text, guard, {}, 0, {}, each.span});
  }
  if (written.base.valid()) values.push_back({written.base, otherwise, "the value of `" + written.name.text + "`", {}});
  close_overriding(rule, by_label, definition.cases);
  check_values(rule, values);
  for (const ir::Case& each : definition.cases)
    if (is_error(context, each.guard)) return;
  const std::optional<Type> common = common_of(rule, values);
  if (!common) return;
  definition.type = type_of_rule(rule, *common, unknown);
  for (size_t i = 0; i < values.size(); ++i) {
    const ExprId value = ir::adapt(context.agreement, values[i].checked, definition.type, written.span);
    if (i < definition.cases.size()) definition.cases[i].result = value;
    if (i == definition.cases.size()) definition.base = value;
  }
  add_rule(rule, id, std::move(definition));
}

}  // namespace writ::check
