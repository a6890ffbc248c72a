// Leaves, truth and choice.
#include <cassert>

#include "ir/build_parts.h"

namespace writ::ir {

Expr node(Op op, Type type, std::vector<ExprId> operands, Span span) {
  Expr expr;
  expr.op = op;
  expr.type = std::move(type);
  expr.operands = std::move(operands);
  expr.span = span;
  return expr;
}

bool any_error(const Agreement& agreement, std::initializer_list<ExprId> ids) {
  for (const ExprId id : ids)
    if (is_error(agreement, id)) return true;
  return false;
}

bool any_error(const Agreement& agreement, const std::vector<ExprId>& ids) {
  for (const ExprId id : ids)
    if (is_error(agreement, id)) return true;
  return false;
}

bool any_unknown(const Agreement& agreement, const std::vector<ExprId>& ids) {
  for (const ExprId id : ids)
    if (type_of(agreement, id).may_be_unknown) return true;
  return false;
}

Type certain_type(const Type& type) { return with_absence(type, Absence::never); }

ExprId make_error(Agreement& agreement, Span span) { return agreement.exprs.add(node(Op::constant, plain_type(Kind::error), {}, span)); }

ExprId make_constant(Agreement& agreement, Type type, i128 number, Span span) {
  type.absence = Absence::never;
  type.may_be_unknown = false;
  if (is_numeric(type) || type.kind == Kind::duration || type.kind == Kind::open_time) type = with_range(type, number, number);
  Expr expr = node(Op::constant, type, {}, span);
  expr.number = number;
  return agreement.exprs.add(std::move(expr));
}

ExprId make_truth(Agreement& agreement, bool truth, Span span) { return make_constant(agreement, boolean_type(), truth ? 1 : 0, span); }

ExprId make_text(Agreement& agreement, const std::string& text, Span span) {
  size_t index = 0;
  while (index < agreement.texts.size() && agreement.texts[index] != text) ++index;
  if (index == agreement.texts.size()) agreement.texts.push_back(text);
  return make_constant(agreement, plain_type(Kind::text), static_cast<i128>(index), span);
}

ExprId make_absence(Agreement& agreement, Type type, value::State state, Span span) {
  assert(state == value::State::not_yet || state == value::State::none || state == value::State::unknown);
  type = without_range(type);
  if (state == value::State::not_yet) type.absence = Absence::not_yet;
  if (state == value::State::none) type.absence = Absence::none;
  if (state == value::State::unknown) type.may_be_unknown = true;
  Expr expr = node(Op::absence, type, {}, span);
  expr.number = static_cast<int>(state);
  return agreement.exprs.add(std::move(expr));
}

ExprId make_param(Agreement& agreement, ParamId param, Span span) {
  Expr expr = node(Op::param, agreement.params[param].type, {}, span);
  expr.param = param;
  return agreement.exprs.add(std::move(expr));
}

ExprId make_field(Agreement& agreement, RecordId record, FieldIndex field, Span span) {
  assert(field < agreement.records[record].fields.size());
  Expr expr = node(Op::field, agreement.records[record].fields[field].type, {}, span);
  expr.field = field;
  return agreement.exprs.add(std::move(expr));
}

ExprId make_history_field(Agreement& agreement, RecordId record, FieldIndex field, Span span) {
  assert(agreement.records[record].history && field < agreement.records[record].history->fields.size());
  Expr expr = node(Op::field, agreement.records[record].history->fields[field].type, {}, span);
  expr.field = field;
  return agreement.exprs.add(std::move(expr));
}

ExprId make_definition(Agreement& agreement, DefinitionId definition, Span span) {
  Expr expr = node(Op::definition, agreement.definitions[definition].type, {}, span);
  expr.definition = definition;
  return agreement.exprs.add(std::move(expr));
}

ExprId make_as_of(Agreement& agreement, Span span) { return agreement.exprs.add(node(Op::as_of, plain_type(Kind::instant), {}, span)); }
ExprId make_period_start(Agreement& agreement, Span span) { return agreement.exprs.add(node(Op::period_start, plain_type(Kind::instant), {}, span)); }
ExprId make_period_end(Agreement& agreement, Span span) { return agreement.exprs.add(node(Op::period_end, plain_type(Kind::instant), {}, span)); }

ExprId make_known_given(Agreement& agreement, ExprId id) {
  Expr copy = agreement.exprs[id];
  if (copy.type.absence == Absence::never) return id;
  copy.type.absence = Absence::never;
  return agreement.exprs.add(std::move(copy));
}

// ---- truth ------------------------------------------------------------------------------------------------------------

namespace {

ExprId make_chain(Agreement& agreement, Op op, std::vector<ExprId> operands, Span span) {
  std::erase_if(operands, [](ExprId id) { return !id.valid(); });
  if (any_error(agreement, operands)) return make_error(agreement, span);
  // A constant that cannot change the answer is left out; one that decides it is the answer (land and lor say so whatever the others are).
  const bool decides = op == Op::or_;
  for (const ExprId id : operands)
    if (const auto constant = constant_of(agreement, id); constant && (*constant != 0) == decides) return make_truth(agreement, decides, span);
  std::erase_if(operands, [&](ExprId id) { return constant_of(agreement, id).has_value(); });
  if (operands.empty()) return make_truth(agreement, !decides, span);
  if (operands.size() == 1) return operands[0];
  Type type = boolean_type();
  type.may_be_unknown = any_unknown(agreement, operands);
  return add_node(agreement, node(op, type, std::move(operands), span));
}

// Both at the finer scale, where they have one.
void align(Agreement& agreement, ExprId& left, ExprId& right, Span span) {
  if (!is_numeric(type_of(agreement, left)) || !is_numeric(type_of(agreement, right))) return;
  const int scale = std::max(type_of(agreement, left).scale, type_of(agreement, right).scale);
  left = make_rescale(agreement, left, scale, span);
  right = make_rescale(agreement, right, scale, span);
}

}  // namespace

ExprId make_not(Agreement& agreement, ExprId operand, Span span) {
  if (is_error(agreement, operand)) return make_error(agreement, span);
  Type type = boolean_type();
  type.may_be_unknown = type_of(agreement, operand).may_be_unknown;
  return add_node(agreement, node(Op::not_, type, {operand}, span));
}

ExprId make_and(Agreement& agreement, std::vector<ExprId> operands, Span span) { return make_chain(agreement, Op::and_, std::move(operands), span); }
ExprId make_or(Agreement& agreement, std::vector<ExprId> operands, Span span) { return make_chain(agreement, Op::or_, std::move(operands), span); }

ExprId make_compare(Agreement& agreement, Op op, ExprId left, ExprId right, Span span) {
  assert(op == Op::eq || op == Op::ne || op == Op::lt || op == Op::le || op == Op::gt || op == Op::ge);
  if (any_error(agreement, {left, right})) return make_error(agreement, span);
  align(agreement, left, right, span);
  Type type = boolean_type();
  type.may_be_unknown = any_unknown(agreement, {left, right});
  return add_node(agreement, node(op, type, {left, right}, span));
}

ExprId make_is_given(Agreement& agreement, ExprId operand, Span span) {
  if (is_error(agreement, operand)) return make_error(agreement, span);
  Type type = boolean_type();
  type.may_be_unknown = type_of(agreement, operand).may_be_unknown;
  return add_node(agreement, node(Op::is_given, type, {operand}, span));
}

// ---- default and choice -------------------------------------------------------------------------------------------------

ExprId adapt(Agreement& agreement, ExprId id, const Type& common, Span span) {
  if (!is_numeric(common) || !is_numeric(type_of(agreement, id))) return id;
  return make_rescale(agreement, id, common.scale, span);
}

ExprId make_otherwise(Agreement& agreement, ExprId first, ExprId fallback, Span span) {
  if (any_error(agreement, {first, fallback})) return make_error(agreement, span);
  const Type fallback_type = type_of(agreement, fallback);
  const std::optional<Type> common = common_type(certain_type(type_of(agreement, first)), fallback_type);
  assert(common);
  first = adapt(agreement, first, *common, span);
  fallback = adapt(agreement, fallback, *common, span);
  return add_node(agreement, node(Op::otherwise, *common, {first, fallback}, span));
}

ExprId make_select(Agreement& agreement, ExprId condition, ExprId then, ExprId otherwise, Span span) {
  if (any_error(agreement, {condition, then, otherwise})) return make_error(agreement, span);
  std::optional<Type> common = common_type(type_of(agreement, then), type_of(agreement, otherwise));
  assert(common);
  common->may_be_unknown = any_unknown(agreement, {condition, then, otherwise});
  then = adapt(agreement, then, *common, span);
  otherwise = adapt(agreement, otherwise, *common, span);
  return add_node(agreement, node(Op::select, *common, {condition, then, otherwise}, span));
}

}  // namespace writ::ir
