#include "parse/build.h"

namespace writ::parse {

namespace {

ast::BinaryOp compare_op(size_t sign, size_t word_behind) {
  if (sign == Lexer::EQ) return ast::BinaryOp::eq;
  if (sign == Lexer::NE) return ast::BinaryOp::ne;
  if (sign == Lexer::LT) return ast::BinaryOp::lt;
  if (sign == Lexer::LE) return ast::BinaryOp::le;
  if (sign == Lexer::GT) return ast::BinaryOp::gt;
  if (sign == Lexer::GE) return ast::BinaryOp::ge;
  return word_behind == Lexer::LEAST ? ast::BinaryOp::at_least : ast::BinaryOp::at_most;
}

// A condition that ends in a word or a brace, and the `of` behind it that says which instant places a record: read as `of` is behind any other condition.
ast::ExprId with_place(Build& build, ast::ExprNode node, const Node* last, Grammar::SumContext* place, source::Span span) {
  if (place == nullptr) return add(build, std::move(node), span);
  const ast::ExprId condition = add(build, std::move(node), {span.file, span.begin, span_of(build, last).end});
  return add(build, ast::BinaryExpr{ast::BinaryOp::of, condition, sum(build, place)}, span);
}

ast::ExprId with_tail(Build& build, ast::ExprId left, Grammar::ComparisonTailContext* context, source::Span span) {
  if (auto* tail = as<Grammar::CompareTailContext>(context)) {
    const ast::BinaryOp op = compare_op(type_of_child(tail, 0), type_of_child(tail, 1));
    return add(build, ast::BinaryExpr{op, left, sum(build, child<Grammar::SumContext>(tail, tail->children.size() - 1))}, span);
  }
  if (auto* tail = dynamic_cast<Grammar::IsTailContext*>(context)) {
    const bool negated = tail->NOT() != nullptr;
    if (tail->GIVEN() != nullptr) return with_place(build, ast::GivenExpr{left, negated}, tail->GIVEN(), tail->place, span);
    if (tail->NONE() != nullptr) return with_place(build, ast::AbsentExpr{left, ast::Absence::none, negated}, tail->NONE(), tail->place, span);
    return with_place(build, ast::AbsentExpr{left, ast::Absence::unknown, negated}, tail->UNKNOWN(), tail->place, span);
  }
  if (auto* tail = dynamic_cast<Grammar::IsNotYetTailContext*>(context)) {
    return with_place(build, ast::AbsentExpr{left, ast::Absence::not_yet, false}, tail->YET(), tail->place, span);
  }
  if (auto* tail = dynamic_cast<Grammar::InTailContext*>(context)) {
    ast::InExpr in{left, {}, tail->NOT() != nullptr};
    for (Grammar::SumContext* member : tail->members) in.members.push_back(sum(build, member));
    return with_place(build, std::move(in), tail->RBRACE(), tail->place, span);
  }
  auto* tail = dynamic_cast<Grammar::BetweenTailContext*>(context);
  const ast::ExprId low = sum(build, tail->sum(0));
  return add(build, ast::BetweenExpr{left, low, sum(build, tail->sum(1))}, span);
}

ast::ExprId comparison(Build& build, Grammar::ComparisonContext* context) {
  if (auto* point = as<Grammar::FirstPointContext>(child<antlr4::ParserRuleContext>(context, 0))) return first_point(build, point);
  const ast::ExprId left = sum(build, child<Grammar::SumContext>(context, 0));
  if (context->children.size() == 1) return left;
  return with_tail(build, left, child<Grammar::ComparisonTailContext>(context, 1), span_of(build, context));
}

ast::ExprId condition(Build& build, Grammar::ConditionContext* context) {
  if (auto* plain = as<Grammar::ComparisonConditionContext>(context)) return comparison(build, child<Grammar::ComparisonContext>(plain, 0));
  const source::Span span = span_of(build, context);
  if (auto* negation = as<Grammar::NotConditionContext>(context)) {
    // `not yet` is the absence wherever it stands, never the opposite of something called `yet`.
    if (spelling(build, negation->condition()) == "yet") return add(build, ast::AbsenceExpr{ast::Absence::not_yet}, span);
    return add(build, ast::UnaryExpr{ast::UnaryOp::not_, condition(build, negation->condition())}, span);
  }
  const ast::BinaryOp op = type_of_child(context, 1) == Lexer::AND ? ast::BinaryOp::and_ : ast::BinaryOp::or_;
  const ast::ExprId left = condition(build, child<Grammar::ConditionContext>(context, 0));
  return add(build, ast::BinaryExpr{op, left, condition(build, child<Grammar::ConditionContext>(context, 2))}, span);
}

ast::ExprId product(Build& build, Grammar::ProductSumContext* context) {
  const ast::ExprId left = sum(build, child<Grammar::SumContext>(context, 0));
  const ast::ExprId right = sum(build, child<Grammar::SumContext>(context, 2));
  const source::Span span = span_of(build, context);
  const size_t sign = type_of_child(context, 1);
  if (sign != Lexer::OF) return add(build, ast::BinaryExpr{sign == Lexer::STAR ? ast::BinaryOp::multiply : ast::BinaryOp::divide, left, right}, span);
  // `misses of Resolution of opened`: the second `of` says which instant puts a miss into its period.
  if (const auto* misses = std::get_if<ast::MissesExpr>(&build.file.exprs[left].node);
      misses != nullptr && !misses->placed_by.valid() && !build.in_parentheses.contains(left.index)) {
    ast::MissesExpr placed = *misses;
    placed.placed_by = right;
    return add(build, std::move(placed), span);
  }
  return add(build, ast::BinaryExpr{ast::BinaryOp::of, left, right}, span);
}

}  // namespace

ast::ExprId add(Build& build, ast::ExprNode node, source::Span span) { return build.file.exprs.add({std::move(node), span}); }

ast::ExprId expression(Build& build, Grammar::ExprContext* context) {
  if (context == nullptr) return {};
  if (context->children.size() == 1) return condition(build, child<Grammar::ConditionContext>(context, 0));
  const ast::ExprId chosen_when = expression(build, context->expr(0));
  const ast::ExprId then = expression(build, context->expr(1));
  return add(build, ast::IfExpr{chosen_when, then, expression(build, context->expr(2))}, span_of(build, context));
}

ast::ExprId first_point(Build& build, Grammar::FirstPointContext* context) {
  const source::Span name_span = span_of(build, context->IDENTIFIER());
  const ast::ExprId field = named(build, {spelling(build, context->IDENTIFIER()), name_span});
  const source::Span span = span_of(build, context);
  const ast::ExprId test = with_tail(build, field, context->comparisonTail(), {span.file, name_span.begin, span.end});
  return add(build, ast::FirstExpr{test}, span);
}

ast::ExprId clock_point(Build& build, Grammar::ClockPointContext* context) {
  return context->firstPoint() != nullptr ? first_point(build, context->firstPoint()) : sum(build, context->sum());
}

ast::ExprId sum(Build& build, Grammar::SumContext* context) {
  if (context == nullptr) return {};
  if (auto* plain = as<Grammar::PrimarySumContext>(context)) return primary(build, child<Grammar::PrimaryContext>(plain, 0));
  const source::Span span = span_of(build, context);
  if (auto* product_sum = as<Grammar::ProductSumContext>(context)) return product(build, product_sum);
  if (auto* addition = as<Grammar::AdditionSumContext>(context)) {
    const ast::ExprId left = sum(build, addition->sum(0));
    const ast::BinaryOp op = addition->PLUS() != nullptr ? ast::BinaryOp::add : ast::BinaryOp::subtract;
    return add(build, ast::BinaryExpr{op, left, sum(build, addition->sum(1))}, span);
  }
  if (auto* negation = as<Grammar::NegateSumContext>(context)) {
    return add(build, ast::UnaryExpr{ast::UnaryOp::negate, sum(build, negation->sum())}, span);
  }
  if (auto* placed = as<Grammar::OfPeriodSumContext>(context)) {
    const ast::ExprId value = sum(build, placed->sum(0));
    const ast::PeriodUnit period = period_or_report(build, placed->grain());
    return add(build, ast::AtPeriodExpr{value, period, sum(build, placed->sum(1))}, span);
  }
  auto* fallback = static_cast<Grammar::OtherwiseSumContext*>(context);
  const ast::ExprId left = sum(build, fallback->sum(0));
  return add(build, ast::BinaryExpr{ast::BinaryOp::otherwise, left, sum(build, fallback->sum(1))}, span);
}

}  // namespace writ::parse
