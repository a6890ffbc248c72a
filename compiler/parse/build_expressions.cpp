#include "parse/build.h"

namespace writ::parse {

namespace {

ast::BinaryOp compare_op(Grammar::CompareTailContext* tail) {
  if (tail->EQ() != nullptr) return ast::BinaryOp::eq;
  if (tail->NE() != nullptr) return ast::BinaryOp::ne;
  if (tail->LT() != nullptr) return ast::BinaryOp::lt;
  if (tail->LE() != nullptr) return ast::BinaryOp::le;
  if (tail->GT() != nullptr) return ast::BinaryOp::gt;
  if (tail->GE() != nullptr) return ast::BinaryOp::ge;
  return tail->LEAST() != nullptr ? ast::BinaryOp::at_least : ast::BinaryOp::at_most;
}

// A condition that ends in a word or a brace, and the `of` behind it that says which instant places a record: read as `of` is behind any other condition.
ast::ExprId with_place(Build& build, ast::ExprNode node, const Node* last, Grammar::SumContext* place, source::Span span) {
  if (place == nullptr) return add(build, std::move(node), span);
  const ast::ExprId condition = add(build, std::move(node), {span.file, span.begin, span_of(build, last).end});
  return add(build, ast::BinaryExpr{ast::BinaryOp::of, condition, sum(build, place)}, span);
}

ast::ExprId with_tail(Build& build, ast::ExprId left, Grammar::ComparisonTailContext* context, source::Span span) {
  if (auto* tail = dynamic_cast<Grammar::CompareTailContext*>(context)) {
    return add(build, ast::BinaryExpr{compare_op(tail), left, sum(build, tail->sum())}, span);
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
  if (context->firstPoint() != nullptr) return first_point(build, context->firstPoint());
  const ast::ExprId left = sum(build, context->sum());
  if (context->comparisonTail() == nullptr) return left;
  return with_tail(build, left, context->comparisonTail(), span_of(build, context));
}

ast::ExprId condition(Build& build, Grammar::ConditionContext* context) {
  const source::Span span = span_of(build, context);
  if (auto* plain = dynamic_cast<Grammar::ComparisonConditionContext*>(context)) return comparison(build, plain->comparison());
  if (auto* negation = dynamic_cast<Grammar::NotConditionContext*>(context)) {
    // `not yet` is the absence wherever it stands, never the opposite of something called `yet`.
    if (spelling(build, negation->condition()) == "yet") return add(build, ast::AbsenceExpr{ast::Absence::not_yet}, span);
    return add(build, ast::UnaryExpr{ast::UnaryOp::not_, condition(build, negation->condition())}, span);
  }
  if (auto* both = dynamic_cast<Grammar::AndConditionContext*>(context)) {
    const ast::ExprId left = condition(build, both->condition(0));
    return add(build, ast::BinaryExpr{ast::BinaryOp::and_, left, condition(build, both->condition(1))}, span);
  }
  auto* either = dynamic_cast<Grammar::OrConditionContext*>(context);
  const ast::ExprId left = condition(build, either->condition(0));
  return add(build, ast::BinaryExpr{ast::BinaryOp::or_, left, condition(build, either->condition(1))}, span);
}

ast::ExprId product(Build& build, Grammar::ProductSumContext* context) {
  const ast::ExprId left = sum(build, context->sum(0));
  const ast::ExprId right = sum(build, context->sum(1));
  const source::Span span = span_of(build, context);
  if (context->OF() == nullptr) {
    return add(build, ast::BinaryExpr{context->STAR() != nullptr ? ast::BinaryOp::multiply : ast::BinaryOp::divide, left, right}, span);
  }
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
  if (context->IF() == nullptr) return condition(build, context->condition());
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
  const source::Span span = span_of(build, context);
  if (auto* plain = dynamic_cast<Grammar::PrimarySumContext*>(context)) return primary(build, plain->primary());
  if (auto* product_sum = dynamic_cast<Grammar::ProductSumContext*>(context)) return product(build, product_sum);
  if (auto* addition = dynamic_cast<Grammar::AdditionSumContext*>(context)) {
    const ast::ExprId left = sum(build, addition->sum(0));
    const ast::BinaryOp op = addition->PLUS() != nullptr ? ast::BinaryOp::add : ast::BinaryOp::subtract;
    return add(build, ast::BinaryExpr{op, left, sum(build, addition->sum(1))}, span);
  }
  if (auto* negation = dynamic_cast<Grammar::NegateSumContext*>(context)) {
    return add(build, ast::UnaryExpr{ast::UnaryOp::negate, sum(build, negation->sum())}, span);
  }
  if (auto* placed = dynamic_cast<Grammar::OfPeriodSumContext*>(context)) {
    const ast::ExprId value = sum(build, placed->sum(0));
    const ast::PeriodUnit period = period_or_report(build, placed->grain());
    return add(build, ast::AtPeriodExpr{value, period, sum(build, placed->sum(1))}, span);
  }
  auto* fallback = dynamic_cast<Grammar::OtherwiseSumContext*>(context);
  const ast::ExprId left = sum(build, fallback->sum(0));
  return add(build, ast::BinaryExpr{ast::BinaryOp::otherwise, left, sum(build, fallback->sum(1))}, span);
}

}  // namespace writ::parse
