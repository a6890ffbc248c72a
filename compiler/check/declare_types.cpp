// Enums, metric types and parameters.
#include <algorithm>

#include "check/context.h"
#include "check/literal_numbers.h"

namespace writ::check {
namespace {

void declare_enum(Context& context, Symbol& symbol, const ast::Enum& written) {
  ir::Enum made{written.name.text, {}, {}, false};
  for (const ast::Enumerator& member : written.members) {
    const auto first = std::find(made.members.begin(), made.members.end(), member.name.text);
    if (first != made.members.end()) {
      const ast::Enumerator& earlier = written.members[static_cast<size_t>(first - made.members.begin())];
      diag::report(context.sink, code::doubled_member, member.name.span, {{"name", member.name.text}, {"what", "`" + written.name.text + "`"}})
          .labels.push_back({earlier.name.span, "the first one"});
      continue;
    }
    made.members.push_back(member.name.text);
    made.printed.push_back(member.printed.written() ? member.printed.text : member.name.text);
  }
  symbol.enumeration = context.agreement.enums.add(std::move(made));
}

void declare_metric_type(Context& context, Symbol& symbol, const ast::MetricType& written) {
  ast::TypeRef range;
  range.low = written.low;
  range.high = written.high;
  range.span = written.span;
  const ir::Type type = resolve_type(context, symbol.file, range, "the scale of `" + written.name.text + "`");
  if (type.kind == ir::Kind::error) return;
  if (type.kind != ir::Kind::number) {
    diag::report(context.sink, code::metric_not_number, written.span, {{"name", written.name.text}, {"found", describe(context, type)}})
        .helps.push_back("write the lowest and the highest figure, as in `1..7` or `0%..100%`");
    return;
  }
  ir::MetricType made{written.name.text, written.unit.text, true, type.scale, type.low, type.high};
  // A scale in percent shows its figures so; the tree of such a type has no other unit.
  if (type.percent) made.unit = "%";
  if (written.has_direction) made.higher_is_better = written.higher_is_better;
  symbol.metric_type = context.agreement.metric_types.add(std::move(made));
}

// A percentage, a figure of a metric or a unit price may be stated more finely than the type would keep it.
ir::Type widened(Context& context, ir::Type type, ir::ExprId value) {
  const ir::Type& given = type_of(context, value);
  if ((type.percent || type.metric.valid() || type.currency.valid()) && type.kind == given.kind && given.scale > type.scale) {
    const ir::i128 factor = value::pow10(given.scale - type.scale);
    if (type.has_range) type = ir::with_range(type, type.low * factor, type.high * factor);
    type.scale = given.scale;
  }
  return type;
}

std::string title_of(const ast::Param& written) { return "the parameter `" + written.name.text + "`"; }

ir::Type checked_type(Context& context, const Symbol& symbol, const ast::Param& written) {
  const ir::Type type = resolve_type(context, symbol.file, written.type, title_of(written));
  if (type.kind == ir::Kind::ratio) {
    diag::report(context.sink, code::type_not_stored, written.type.span, {{"what", title_of(written)}, {"type", "a ratio"}})
        .helps.push_back("write `percent`, or `decimal 4`");
    return ir::plain_type(ir::Kind::error);
  }
  if (type.kind == ir::Kind::error || (type.absence == ir::Absence::never && !type.may_be_unknown)) return type;
  diag::report(context.sink, code::optional_param, written.type.span, {{"name", written.name.text}})
      .helps.push_back("a parameter is a blank of the agreement that is always filled: leave `or ...` out");
  return ir::plain_type(ir::Kind::error);
}

// All parameters have their types before the first value is read: a value that reads another parameter is no constant, wherever that one stands.
void check_value(Context& context, const Symbol& symbol, const ast::Param& written) {
  const ir::Type declared = context.agreement.params[symbol.param].type;
  const ir::ExprId given = check_expression(context, written.value, agreement_scope(symbol.file), {declared});
  const Span span = context.agreement.exprs[given].span;
  ir::Type type = is_error(context, given) || declared.kind == ir::Kind::error ? ir::plain_type(ir::Kind::error) : widened(context, declared, given);
  const ir::ExprId converted = convert(context, given, type, span, title_of(written));
  const std::optional<ir::i128> value = ir::constant_of(context.agreement, converted);
  if (!value && !is_error(context, converted))
    diag::report(context.sink, code::param_not_constant, span, {{"name", written.name.text}})
        .helps.push_back("write the value itself, or make it a rule, as in `rule " + written.name.text + " = ...`");
  if (!value) type = ir::plain_type(ir::Kind::error);
  context.agreement.params[symbol.param].type = type;
  context.agreement.params[symbol.param].value = value;
}

}  // namespace

void check_enums(Context& context) {
  for (Symbol& symbol : context.symbols)
    if (const auto* written = std::get_if<const ast::Enum*>(&symbol.node)) declare_enum(context, symbol, **written);
}

void check_metric_types(Context& context) {
  for (Symbol& symbol : context.symbols)
    if (const auto* written = std::get_if<const ast::MetricType*>(&symbol.node)) declare_metric_type(context, symbol, **written);
}

void check_params(Context& context) {
  for (Symbol& symbol : context.symbols) {
    const auto* written = std::get_if<const ast::Param*>(&symbol.node);
    if (written != nullptr)
      symbol.param = context.agreement.params.add({(*written)->name.text, checked_type(context, symbol, **written), std::nullopt, (*written)->span});
  }
  for (const Symbol& symbol : context.symbols) {
    const auto* written = std::get_if<const ast::Param*>(&symbol.node);
    if (written != nullptr && (*written)->value.valid()) check_value(context, symbol, **written);
  }
}

}  // namespace writ::check
