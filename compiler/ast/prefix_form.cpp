#include <fmt/format.h>

#include "ast/printing.h"

namespace writ::ast {

namespace {

// Every form of expression as (head part part ...): shows the structure that the reader found, without rules of precedence.
struct Prefix {
  const File& file;

  std::string at(ExprId id) const { return id.valid() ? prefix_form(file, id) : "-"; }
  std::string all(const std::vector<ExprId>& ids) const {
    std::string text;
    for (const ExprId id : ids) text += " " + at(id);
    return text;
  }
  static std::string on(const Name& calendar) { return calendar.written() ? " on " + calendar.text : ""; }

  std::string operator()(const BadExpr&) const { return "(not read)"; }
  std::string operator()(const NameExpr& e) const { return e.name.text; }
  std::string operator()(const MemberExpr& e) const { return fmt::format("(member {} {})", at(e.of), e.member.text); }
  std::string operator()(const NumberExpr& e) const { return e.digits; }
  std::string operator()(const PercentExpr& e) const { return e.digits + "%"; }
  std::string operator()(const MoneyExpr& e) const { return fmt::format("(money {} {})", e.currency.text, e.digits); }
  std::string operator()(const DateExpr& e) const { return fmt::format("(date {})", e.text); }
  std::string operator()(const MonthExpr& e) const { return fmt::format("(month {})", e.text); }
  std::string operator()(const InstantExpr& e) const { return fmt::format("(instant {})", e.text); }
  std::string operator()(const TimeExpr& e) const { return fmt::format("(time {})", e.text); }
  std::string operator()(const TextExpr& e) const { return quoted(e.text); }
  std::string operator()(const TruthExpr& e) const { return e.value ? "(true)" : "(false)"; }
  std::string operator()(const AbsenceExpr& e) const { return fmt::format("({})", word(e.which)); }
  std::string operator()(const AmountExpr& e) const { return fmt::format("(amount {} {}{})", at(e.count), word(e.unit, true), on(e.calendar)); }
  std::string operator()(const UnaryExpr& e) const { return fmt::format("({} {})", e.op == UnaryOp::not_ ? "not" : "negate", at(e.operand)); }
  std::string operator()(const BinaryExpr& e) const { return fmt::format("({} {} {})", word(e.op), at(e.left), at(e.right)); }
  std::string operator()(const GivenExpr& e) const { return fmt::format("({} {})", e.negated ? "is-not-given" : "is-given", at(e.operand)); }
  std::string operator()(const AbsentExpr& e) const { return fmt::format("({} {} ({}))", e.negated ? "is-not" : "is", at(e.operand), word(e.which)); }
  std::string operator()(const InExpr& e) const { return fmt::format("({} {}{})", e.negated ? "not-in" : "in", at(e.operand), all(e.members)); }
  std::string operator()(const BetweenExpr& e) const { return fmt::format("(between {} {} {})", at(e.operand), at(e.low), at(e.high)); }
  std::string operator()(const IfExpr& e) const { return fmt::format("(if {} {} {})", at(e.condition), at(e.then), at(e.otherwise)); }
  std::string operator()(const CallExpr& e) const { return fmt::format("(call {}{}{})", e.function.text, all(e.arguments), on(e.calendar)); }
  std::string operator()(const OutcomeExpr& e) const { return fmt::format("(outcome {} of {})", word(e.word), e.commitment.text); }
  std::string operator()(const AggregateExpr& e) const {
    return fmt::format("(aggregate {} {} over {} where {} placed-by {})", e.function.text, at(e.value), e.over.text, at(e.where), at(e.placed_by));
  }
  std::string operator()(const MissesExpr& e) const { return fmt::format("(misses ({}) placed-by {})", joined(e.commitments), at(e.placed_by)); }
  std::string operator()(const AtPeriodExpr& e) const { return fmt::format("(at-period {} {} {})", at(e.value), word(e.period), at(e.instant)); }
  std::string operator()(const StatusAtExpr& e) const { return fmt::format("(at {} {})", e.field.text, at(e.instant)); }
  std::string operator()(const FirstExpr& e) const { return fmt::format("(first {})", at(e.condition)); }
};

}  // namespace

std::string prefix_form(const File& file, ExprId id) { return std::visit(Prefix{file}, file.exprs[id].node); }

}  // namespace writ::ast
