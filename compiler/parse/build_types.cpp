#include "parse/build.h"

namespace writ::parse {

static ast::ExprId bound_of(Build& build, Grammar::BoundContext* context) {
  const ast::ExprId value = literal(build, dynamic_cast<Node*>(context->children.back()));
  if (context->MINUS() == nullptr) return value;
  return add(build, ast::UnaryExpr{ast::UnaryOp::negate, value}, span_of(build, context));
}

void range_of(Build& build, Grammar::RangeContext* context, ast::ExprId& low, ast::ExprId& high) {
  low = bound_of(build, context->bound(0));
  high = bound_of(build, context->bound(1));
}

ast::TypeRef type_of(Build& build, Grammar::TypeContext* context) {
  ast::TypeRef type;
  type.span = span_of(build, context);
  type.name = name_of(build, context->name());
  if (context->NUMBER() != nullptr) type.digits = spelling(build, context->NUMBER());
  if (context->IDENTIFIER() != nullptr) type.currency = {spelling(build, context->IDENTIFIER()), span_of(build, context->IDENTIFIER())};
  if (context->range() != nullptr) range_of(build, context->range(), type.low, type.high);
  Once once;
  for (Grammar::AbsenceContext* absent : context->absence()) {
    if (!once.first(build, "`or " + spelling(build, absent) + "`", span_of(build, absent))) continue;
    switch (absence_of(absent)) {
      case ast::Absence::not_yet: type.or_not_yet = true; break;
      case ast::Absence::none: type.or_none = true; break;
      case ast::Absence::unknown: type.or_unknown = true; break;
    }
  }
  return type;
}

std::vector<ast::Field> fields_of(Build& build, const std::vector<Grammar::FieldContext*>& contexts) {
  std::vector<ast::Field> fields;
  for (Grammar::FieldContext* context : contexts) {
    fields.push_back({declared_name(build, context->name()), type_of(build, context->type()), context->KEY() != nullptr, span_of(build, context)});
  }
  return fields;
}

// Keeps the name of a field whose line could not be read, so that its readers get no second message.
ast::Field broken_field(const Build& build, const antlr4::ParserRuleContext* line) {
  const Token& first = token_of(build, line->start);
  ast::Field field;
  field.name = {std::string(build.reading.spelling(first)), build.reading.span(first)};
  field.span = field.type.span = field.name.span;
  return field;
}

}  // namespace writ::parse
