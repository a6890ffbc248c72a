#include <algorithm>

#include "parse/build.h"
#include "parse/diagnostics.h"

namespace writ::parse {

namespace {

ast::Unit unit_of(Grammar::UnitContext* context) {
  struct Entry {
    size_t one, many;
    ast::Unit unit, business;
  };
  using U = ast::Unit;
  static constexpr Entry entries[] = {{Lexer::MICROSECOND, Lexer::MICROSECONDS, U::microsecond, U::microsecond},
                                      {Lexer::MILLISECOND, Lexer::MILLISECONDS, U::millisecond, U::business_millisecond},
                                      {Lexer::SECOND, Lexer::SECONDS, U::second, U::business_second},
                                      {Lexer::MINUTE, Lexer::MINUTES, U::minute, U::business_minute},
                                      {Lexer::HOUR, Lexer::HOURS, U::hour, U::business_hour},
                                      {Lexer::DAY, Lexer::DAYS, U::day, U::business_day},
                                      {Lexer::WEEK, Lexer::WEEKS, U::week, U::week},
                                      {Lexer::MONTH, Lexer::MONTHS, U::month, U::month},
                                      {Lexer::QUARTER, Lexer::QUARTERS, U::quarter, U::quarter},
                                      {Lexer::YEAR, Lexer::YEARS, U::year, U::year}};
  const size_t last = context->stop->getType();
  const auto entry = std::find_if(std::begin(entries), std::end(entries), [&](const Entry& e) { return e.one == last || e.many == last; });
  return context->BUSINESS() != nullptr ? entry->business : entry->unit;
}

// `severity = P1 of opened`: takes the `of opened` away from the right end of an aggregate's condition, where it says which instant puts a record
// into its period. `15% of fee` is a product and stays.
ast::ExprId detach_placement(Build& build, ast::ExprId id, ast::ExprId& placed_by) {
  if (build.in_parentheses.contains(id.index)) return id;
  ast::Expr copy = build.file.exprs[id];
  const auto descend = [&](ast::ExprId& child) {
    child = detach_placement(build, child, placed_by);
    if (!placed_by.valid()) return;
    copy.span.end = build.file.exprs[child].span.end;
    build.file.exprs[id] = copy;
  };
  if (auto* binary = std::get_if<ast::BinaryExpr>(&copy.node)) {
    const bool product = std::holds_alternative<ast::PercentExpr>(build.file.exprs[binary->left].node) && !build.in_parentheses.contains(binary->left.index);
    if (binary->op == ast::BinaryOp::of && !product) {
      placed_by = binary->right;
      return binary->left;
    }
    descend(binary->right);
  } else if (auto* unary = std::get_if<ast::UnaryExpr>(&copy.node)) {
    descend(unary->operand);
  } else if (auto* between = std::get_if<ast::BetweenExpr>(&copy.node)) {
    descend(between->high);
  } else if (auto* choice = std::get_if<ast::IfExpr>(&copy.node)) {
    descend(choice->otherwise);
  }
  return id;
}

ast::ExprId aggregate(Build& build, ast::AggregateExpr value, source::Span span) {
  if (value.where.valid()) value.where = detach_placement(build, value.where, value.placed_by);
  return add(build, std::move(value), span);
}

ast::ExprId call(Build& build, Grammar::CallPrimaryContext* context) {
  const source::Span span = span_of(build, context);
  ast::CallExpr call{name_of(build, context->name(0)), {}, {}};
  for (Grammar::ExprContext* argument : context->expr()) call.arguments.push_back(expression(build, argument));
  if (context->ON() != nullptr) call.calendar = name_of(build, context->name(1));
  if (call.arguments.size() != 1 || call.calendar.written()) return add(build, std::move(call), span);
  const ast::ExprId argument = call.arguments.front();
  if (call.function.text == "first") return add(build, ast::FirstExpr{argument}, span);
  if (call.function.text == "count") {  // count(Ticket), count(Ticket of opened)
    ast::ExprId over = argument, placed_by;
    if (const auto* of = std::get_if<ast::BinaryExpr>(&build.file.exprs[argument].node); of != nullptr && of->op == ast::BinaryOp::of) {
      over = of->left;
      placed_by = of->right;
    }
    if (const auto* name = std::get_if<ast::NameExpr>(&build.file.exprs[over].node)) {
      const ast::Name record = name->name;
      return add(build, ast::AggregateExpr{call.function, {}, record, {}, placed_by}, span);
    }
  }
  return add(build, std::move(call), span);
}

ast::ExprId misses(Build& build, Grammar::MissesPrimaryContext* context) {
  const source::Span span = span_of(build, context);
  ast::MissesExpr node;
  for (Grammar::NameContext* name : context->name()) node.commitments.push_back(name_of(build, name));
  if (context->LPAREN() == nullptr && node.commitments.size() > 1) {
    // Behind `misses of A` a comma could also separate two arguments. Where no bracket is open there are none.
    int depth = 0;
    for (size_t i = index_of(build, context->start); i > 0; --i) {
      const Token& token = build.reading.tokens[i - 1];
      if (token.type == Lexer::NEWLINE || token.block) break;
      depth += token.type == Lexer::LPAREN || token.type == Lexer::LBRACE ? 1 : token.type == Lexer::RPAREN || token.type == Lexer::RBRACE ? -1 : 0;
    }
    if (depth > 0) {
      diag::report(build.reading.sink, unclear_list, span, {{"found", spelling(build, context)}})
          .helps.push_back("put the names in parentheses: `misses of (A, B)`");
      return add(build, ast::BadExpr{}, span);
    }
  }
  return add(build, std::move(node), span);
}

ast::ExprId status_at(Build& build, Grammar::AtPrimaryContext* context) {
  Grammar::AtInstantContext* at = context->atInstant();
  const source::Span span = span_of(build, at);
  ast::ExprId instant;
  if (at->expr() != nullptr) {
    instant = expression(build, at->expr());
  } else if (at->IDENTIFIER() == nullptr) {
    instant = literal(build, at->INSTANT() != nullptr ? at->INSTANT() : at->DATE());
  } else {
    const source::Span first = span_of(build, at->IDENTIFIER());
    instant = named(build, {spelling(build, at->IDENTIFIER()), first});
    for (Grammar::NameContext* member : at->name()) {
      const ast::Name name = name_of(build, member);
      instant = add(build, ast::MemberExpr{instant, name}, {span.file, span.begin, name.span.end});
    }
  }
  return add(build, ast::StatusAtExpr{name_of(build, context->name()), instant}, span_of(build, context));
}

ast::ExprId parentheses(Build& build, Grammar::ParenthesesPrimaryContext* context) {
  const ast::ExprId inner = expression(build, context->expr());
  build.in_parentheses.insert(inner.index);
  if (context->unit() == nullptr) return inner;
  return add(build, ast::AmountExpr{inner, unit_of(context->unit()), name_of(build, context->name())}, span_of(build, context));
}

}  // namespace

ast::ExprId named(Build& build, const ast::Name& name) {
  if (name.text == "true" || name.text == "false") return add(build, ast::TruthExpr{name.text == "true"}, name.span);
  if (name.text == "none") return add(build, ast::AbsenceExpr{ast::Absence::none}, name.span);
  if (name.text == "unknown") return add(build, ast::AbsenceExpr{ast::Absence::unknown}, name.span);
  return add(build, ast::NameExpr{name}, name.span);
}

ast::ExprId literal(Build& build, const Node* node) {
  const Token& token = token_of(build, const_cast<Node*>(node)->getSymbol());
  const source::Span span = build.reading.span(token);
  if (token.troubled && token.type != Lexer::STRING) return add(build, ast::BadExpr{}, span);  // reported
  const std::string text = spelling(build, node);
  if (token.type == Lexer::NUMBER) return add(build, ast::NumberExpr{text}, span);
  if (token.type == Lexer::PERCENT) return add(build, ast::PercentExpr{text.substr(0, text.size() - 1)}, span);
  if (token.type == Lexer::DATE) return add(build, ast::DateExpr{text}, span);
  if (token.type == Lexer::MONTH_LITERAL) return add(build, ast::MonthExpr{text}, span);
  if (token.type == Lexer::INSTANT) return add(build, ast::InstantExpr{text}, span);
  if (token.type == Lexer::TIME_LITERAL) return add(build, ast::TimeExpr{text}, span);
  if (token.type == Lexer::MONEY_LITERAL) {
    constexpr size_t code = 3;
    std::string digits;
    std::copy_if(text.begin() + code, text.end(), std::back_inserter(digits), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
    return add(build, ast::MoneyExpr{{text.substr(0, code), {span.file, span.begin, span.begin + static_cast<uint32_t>(code)}}, digits}, span);
  }
  return add(build, ast::TextExpr{text_of(build, node).text}, span);
}

ast::OutcomeWord outcome_of(Grammar::OutcomeContext* context) {
  if (context->MISSED() != nullptr) return ast::OutcomeWord::missed;
  if (context->MET() != nullptr) return ast::OutcomeWord::met;
  if (context->PENDING() != nullptr) return ast::OutcomeWord::pending;
  if (context->EXCUSED() != nullptr) return ast::OutcomeWord::excused;
  return context->SCOPE() != nullptr ? ast::OutcomeWord::out_of_scope : ast::OutcomeWord::cannot_tell;
}

ast::ExprId primary(Build& build, Grammar::PrimaryContext* context) {
  if (auto* name = as<Grammar::NamePrimaryContext>(context)) return named(build, name_of(build, child<Grammar::NameContext>(name, 0)));
  if (context->children.size() == 1 && type_of_child(context, 0) != 0) return literal(build, child<Node>(context, 0));
  const source::Span span = span_of(build, context);
  if (auto* member = as<Grammar::MemberPrimaryContext>(context)) {
    const ast::ExprId of = primary(build, member->primary());
    return add(build, ast::MemberExpr{of, name_of(build, member->name())}, span);
  }
  if (auto* amount = as<Grammar::AmountPrimaryContext>(context)) {
    ast::ExprId count;
    if (amount->NUMBER() != nullptr) {
      count = literal(build, amount->NUMBER());
    } else {
      const source::Span name_span = span_of(build, amount->IDENTIFIER());
      count = add(build, ast::NameExpr{{spelling(build, amount->IDENTIFIER()), name_span}}, name_span);
    }
    return add(build, ast::AmountExpr{count, unit_of(amount->unit()), name_of(build, amount->name())}, span);
  }
  if (auto* inner = as<Grammar::ParenthesesPrimaryContext>(context)) return parentheses(build, inner);
  if (auto* outcome = as<Grammar::OutcomePrimaryContext>(context)) {
    return add(build, ast::OutcomeExpr{outcome_of(outcome->outcome()), name_of(build, outcome->name())}, span);
  }
  if (auto* called = as<Grammar::CallPrimaryContext>(context)) return call(build, called);
  if (auto* over = as<Grammar::OverPrimaryContext>(context)) {
    const ast::ExprId value = expression(build, over->expr(0));
    const ast::ExprId where = over->WHERE() != nullptr ? expression(build, over->expr(1)) : ast::ExprId{};
    return aggregate(build, {name_of(build, over->name(0)), value, name_of(build, over->name(1)), where, sum(build, over->sum())}, span);
  }
  if (auto* where = as<Grammar::WherePrimaryContext>(context)) {
    return aggregate(build, {name_of(build, where->name(0)), {}, name_of(build, where->name(1)), expression(build, where->expr()), {}}, span);
  }
  if (auto* at = as<Grammar::AtPrimaryContext>(context)) return status_at(build, at);
  return misses(build, static_cast<Grammar::MissesPrimaryContext*>(context));
}

}  // namespace writ::parse
