#include <fmt/format.h>

#include "ast/print.h"
#include "ast/printing.h"

namespace writ::ast {

namespace {

struct Printed {
  std::string text;
  Level level = tightest;
};

Level level_of(BinaryOp op) {
  switch (op) {
    case BinaryOp::or_: return either;
    case BinaryOp::and_: return both;
    case BinaryOp::eq:
    case BinaryOp::ne:
    case BinaryOp::lt:
    case BinaryOp::le:
    case BinaryOp::gt:
    case BinaryOp::ge:
    case BinaryOp::at_least:
    case BinaryOp::at_most: return comparison;
    case BinaryOp::otherwise: return fallback;
    case BinaryOp::add:
    case BinaryOp::subtract: return addition;
    case BinaryOp::multiply:
    case BinaryOp::divide:
    case BinaryOp::of: return product;
  }
  return tightest;
}

Level tighter(Level level) { return static_cast<Level>(level + 1); }

// Would the reader take an `of` at the right end of this condition as the instant that places a record?
bool ends_in_of(const File& file, ExprId id) {
  const ExprNode& node = file.exprs[id].node;
  if (const auto* binary = std::get_if<BinaryExpr>(&node)) return binary->op == BinaryOp::of || ends_in_of(file, binary->right);
  if (const auto* unary = std::get_if<UnaryExpr>(&node)) return ends_in_of(file, unary->operand);
  if (const auto* between = std::get_if<BetweenExpr>(&node)) return ends_in_of(file, between->high);
  if (const auto* choice = std::get_if<IfExpr>(&node)) return ends_in_of(file, choice->otherwise);
  if (const auto* misses = std::get_if<MissesExpr>(&node)) return misses->placed_by.valid();
  if (std::holds_alternative<AtPeriodExpr>(node)) return true;
  return false;
}

struct Writer {
  const File& file;

  std::string at(ExprId id, Level level) const { return expr_text(file, id, level); }

  Printed operator()(const BadExpr&) const { return {"/* not read */"}; }
  Printed operator()(const NameExpr& e) const { return {e.name.text}; }
  Printed operator()(const MemberExpr& e) const { return {at(e.of, tightest) + "." + e.member.text}; }
  Printed operator()(const NumberExpr& e) const { return {e.digits}; }
  Printed operator()(const PercentExpr& e) const { return {e.digits + "%"}; }
  Printed operator()(const MoneyExpr& e) const { return {e.currency.text + " " + e.digits}; }
  Printed operator()(const DateExpr& e) const { return {e.text}; }
  Printed operator()(const MonthExpr& e) const { return {e.text}; }
  Printed operator()(const InstantExpr& e) const { return {e.text}; }
  Printed operator()(const TimeExpr& e) const { return {e.text}; }
  Printed operator()(const TextExpr& e) const { return {quoted(e.text)}; }
  Printed operator()(const TruthExpr& e) const { return {e.value ? "true" : "false"}; }
  Printed operator()(const AbsenceExpr& e) const { return {std::string(word(e.which)), e.which == Absence::not_yet ? negation : tightest}; }
  Printed operator()(const AmountExpr& e) const {
    const auto* number = std::get_if<NumberExpr>(&file.exprs[e.count].node);
    const std::string count = number != nullptr ? number->digits : "(" + at(e.count, loosest) + ")";
    return {fmt::format("{} {}{}", count, word(e.unit, count == "1"), e.calendar.written() ? " on " + e.calendar.text : "")};
  }
  Printed operator()(const UnaryExpr& e) const {
    if (e.op == UnaryOp::not_) return {"not " + at(e.operand, negation), negation};
    return {"-" + at(e.operand, sign), sign};
  }
  Printed operator()(const BinaryExpr& e) const {
    const Level level = level_of(e.op);
    // Comparisons do not chain; the others are read from the left.
    std::string left = at(e.left, level == comparison ? fallback : level);
    const auto* misses = std::get_if<MissesExpr>(&file.exprs[e.left].node);
    if (e.op == BinaryOp::of && misses != nullptr && !misses->placed_by.valid()) left = "(" + left + ")";  // else the `of` would place the misses
    return {fmt::format("{} {} {}", left, word(e.op), at(e.right, tighter(level))), level};
  }
  Printed operator()(const GivenExpr& e) const { return {at(e.operand, fallback) + (e.negated ? " is not given" : " is given"), comparison}; }
  Printed operator()(const AbsentExpr& e) const {
    return {fmt::format("{} is {}{}", at(e.operand, fallback), e.negated ? "not " : "", word(e.which)), comparison};
  }
  Printed operator()(const InExpr& e) const {
    std::string members;
    for (const ExprId member : e.members) members += (members.empty() ? "" : ", ") + at(member, fallback);
    return {fmt::format("{} {}in {{{}}}", at(e.operand, fallback), e.negated ? "not " : "", members), comparison};
  }
  Printed operator()(const BetweenExpr& e) const {
    return {fmt::format("{} between {} and {}", at(e.operand, fallback), at(e.low, fallback), at(e.high, fallback)), comparison};
  }
  Printed operator()(const IfExpr& e) const {
    return {fmt::format("if {} then {} else {}", at(e.condition, either), at(e.then, either), at(e.otherwise, loosest)), loosest};
  }
  Printed operator()(const CallExpr& e) const {
    std::string arguments;
    for (const ExprId argument : e.arguments) arguments += (arguments.empty() ? "" : ", ") + at(argument, loosest);
    return {fmt::format("{}({}){}", e.function.text, arguments, e.calendar.written() ? " on " + e.calendar.text : "")};
  }
  Printed operator()(const OutcomeExpr& e) const { return {fmt::format("{} {}", word(e.word), e.commitment.text)}; }
  Printed operator()(const AggregateExpr& e) const {
    std::string text = e.function.text + "(";
    if (e.value.valid()) text += at(e.value, loosest) + " over ";
    text += e.over.text;
    if (e.where.valid()) {
      const bool apart = e.placed_by.valid() || ends_in_of(file, e.where);
      text += apart ? " where (" + at(e.where, loosest) + ")" : " where " + at(e.where, loosest);
    }
    if (e.placed_by.valid()) text += " of " + at(e.placed_by, sign);
    return {text + ")"};
  }
  Printed operator()(const MissesExpr& e) const {
    const std::string names = joined(e.commitments);
    const std::string text = e.commitments.size() == 1 ? "misses of " + names : "misses of (" + names + ")";
    if (!e.placed_by.valid()) return {text};
    return {text + " of " + at(e.placed_by, of_period), product};
  }
  Printed operator()(const AtPeriodExpr& e) const {
    return {fmt::format("{} of the {} of {}", at(e.value, of_period), word(e.period), at(e.instant, sign)), of_period};
  }
  Printed operator()(const StatusAtExpr& e) const { return {fmt::format("{} at ({})", e.field.text, at(e.instant, loosest))}; }
  Printed operator()(const FirstExpr& e) const { return {"first(" + at(e.condition, loosest) + ")"}; }
};

}  // namespace

std::string expr_text(const File& file, ExprId id, Level at_least) {
  const Printed printed = std::visit(Writer{file}, file.exprs[id].node);
  return printed.level < at_least ? "(" + printed.text + ")" : printed.text;
}

std::string sum_text(const File& file, ExprId id) { return expr_text(file, id, fallback); }

std::string type_text(const File& file, const TypeRef& type) {
  std::string text = type.name.text;
  if (type.digits) text += " " + *type.digits;
  if (type.currency.written()) text += " " + type.currency.text;
  if (type.low.valid()) text += (text.empty() ? "" : " in ") + sum_text(file, type.low) + ".." + sum_text(file, type.high);
  if (type.or_not_yet) text += " or not yet";
  if (type.or_none) text += " or none";
  if (type.or_unknown) text += " or unknown";
  return text;
}

std::string print(const File& file, ExprId expr) { return expr.valid() ? expr_text(file, expr, loosest) : ""; }

}  // namespace writ::ast
