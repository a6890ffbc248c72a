// and, or; is given, is none; if, otherwise; missed Resolution.
#include <algorithm>

#include "check/expression_parts.h"
#include "check/literals.h"

namespace writ::check {
namespace {

using ir::ExprId;
using ir::Type;

std::string_view word_of(ir::Absence absence) { return absence == ir::Absence::not_yet ? "not yet" : "none"; }

// Questions about presence where there is always a value: not wrong, but surely not what was meant.
void warn_always_given(const Place& at, ExprId operand) {
  diag::report(at.context.sink, code::always_given, at.span, {{"text", shown(at.context, at.context.agreement.exprs[operand].span)}})
      .helps.push_back("leave the question out, or declare the field `or not yet` or `or none`");
}

std::optional<int64_t> code_of(ast::OutcomeWord word) {
  switch (word) {
    case ast::OutcomeWord::met: return static_cast<int64_t>(ir::CommitmentOutcome::met);
    case ast::OutcomeWord::missed: return static_cast<int64_t>(ir::CommitmentOutcome::missed);
    case ast::OutcomeWord::pending: return static_cast<int64_t>(ir::CommitmentOutcome::pending);
    case ast::OutcomeWord::excused: return static_cast<int64_t>(ir::CommitmentOutcome::excused);
    case ast::OutcomeWord::out_of_scope: return static_cast<int64_t>(ir::CommitmentOutcome::out_of_scope);
    case ast::OutcomeWord::cannot_tell: return std::nullopt;
  }
  return std::nullopt;
}

ExprId report_branches(const Place& at, const diag::Kind& kind, ExprId first, ExprId second) {
  diag::Diagnostic& found =
      diag::report(at.context.sink, kind, at.context.agreement.exprs[second].span,
                   {{"first", describe(at.context, type_of(at.context, first))}, {"second", describe(at.context, type_of(at.context, second))}});
  found.labels.push_back({at.context.agreement.exprs[first].span, "the other one"});
  found.helps.push_back("write both in one unit");
  return failed(at);
}

}  // namespace

ir::ExprId check_logic(const Place& at, const ast::BinaryExpr& binary) {
  Context& context = at.context;
  const bool both = binary.op == ast::BinaryOp::and_;
  const std::string_view what = both ? "what stands beside `and`" : "what stands beside `or`";
  const ExprId left = check_condition(context, binary.left, at.scope, what);
  // The right side counts only where the left one holds (`and`) or fails (`or`): what that says is known there.
  const Scope behind = with_known(at.scope, known_when(context, left, both));
  const ExprId right = check_condition(context, binary.right, behind, what);
  return both ? ir::make_and(context.agreement, {left, right}, at.span) : ir::make_or(context.agreement, {left, right}, at.span);
}

ir::ExprId check_given(const Place& at, const ast::GivenExpr& question) {
  const ExprId operand = check_expression(at.context, question.operand, at.scope);
  if (is_error(at.context, operand)) return failed(at);
  if (type_of(at.context, operand).absence == ir::Absence::never) warn_always_given(at, operand);
  const ExprId given = ir::make_is_given(at.context.agreement, operand, at.span);
  return question.negated ? ir::make_not(at.context.agreement, given, at.span) : given;
}

ir::ExprId check_absent(const Place& at, const ast::AbsentExpr& question) {
  Context& context = at.context;
  const ExprId operand = check_expression(context, question.operand, at.scope);
  if (is_error(context, operand)) return failed(at);
  if (question.which == ast::Absence::unknown) {
    diag::report(context.sink, code::unknown_in_rule, at.span, {})
        .notes.push_back("what is not known makes everything that reads it not known: no rule chooses by it");
    return failed(at);
  }
  const ir::Absence asked = question.which == ast::Absence::not_yet ? ir::Absence::not_yet : ir::Absence::none;
  const ir::Absence actual = type_of(context, operand).absence;
  if (actual == ir::Absence::never) {
    warn_always_given(at, operand);
  } else if (actual != asked) {
    const std::string text = shown(context, context.agreement.exprs[operand].span);
    diag::report(context.sink, code::other_absence, at.span, {{"text", text}, {"actual", std::string(word_of(actual))}, {"asked", std::string(word_of(asked))}})
        .helps.push_back("write `" + text + (question.negated ? " is given`" : " is " + std::string(word_of(actual)) + "`"));
    return failed(at);
  }
  const ExprId given = ir::make_is_given(context.agreement, operand, at.span);
  return question.negated ? given : ir::make_not(context.agreement, given, at.span);
}

ir::ExprId check_if(const Place& at, const ast::IfExpr& choice) {
  Context& context = at.context;
  const ExprId condition = check_condition(context, choice.condition, at.scope, "the condition of `if`");
  const ExprId then = check_expression(context, choice.then, with_known(at.scope, known_when(context, condition, true)), at.expected);
  const Expected like = at.expected.type ? at.expected : Expected{type_of(context, then)};
  const ExprId otherwise = check_expression(context, choice.otherwise, with_known(at.scope, known_when(context, condition, false)), like);
  if (is_error(context, condition) || is_error(context, then) || is_error(context, otherwise)) return failed(at);
  if (!ir::common_type(type_of(context, then), type_of(context, otherwise)) || mixes_percent(context, then, otherwise))
    return report_branches(at, code::branches_differ, then, otherwise);
  return ir::make_select(context.agreement, condition, then, otherwise, at.span);
}

ir::ExprId check_otherwise(const Place& at, const ast::BinaryExpr& binary) {
  Context& context = at.context;
  const ExprId first = check_expression(context, binary.left, at.scope, at.expected);
  if (is_error(context, first)) return failed(at);
  const Type type = type_of(context, first);
  const ExprId fallback = check_expression(context, binary.right, at.scope, {type});
  if (is_error(context, fallback)) return failed(at);
  if (type.absence == ir::Absence::never) warn_always_given(at, first);
  if (!ir::common_type(ir::with_absence(type, ir::Absence::never), type_of(context, fallback)) || mixes_percent(context, first, fallback))
    return report_branches(at, code::branches_differ, first, fallback);
  return ir::make_otherwise(context.agreement, first, fallback, at.span);
}

ir::ExprId check_outcome(const Place& at, const ast::OutcomeExpr& outcome) {
  Context& context = at.context;
  const auto judged = [](const Symbol& symbol) {
    return std::holds_alternative<const ast::Commitment*>(symbol.node) || std::holds_alternative<const ast::Benchmark*>(symbol.node);
  };
  const SymbolId id = require_symbol(context, at.scope.file, outcome.commitment, "commitment or benchmark", judged);
  if (!id.valid()) return failed(at);
  const std::optional<int64_t> code = code_of(outcome.word);
  if (!code) {
    diag::report(context.sink, code::unknown_in_rule, at.span, {}).notes.push_back("what cannot be told makes everything that reads it `cannot tell`, too");
    return failed(at);
  }
  const bool benchmark = std::holds_alternative<const ast::Benchmark*>(context.symbols[id].node);
  if (benchmark && *code > static_cast<int64_t>(ir::BenchmarkOutcome::pending)) {
    diag::report(context.sink, code::outcome_not_of_benchmark, at.span, {{"name", outcome.commitment.text}})
        .helps.push_back("ask for `met`, `missed` or `pending`");
    return failed(at);
  }
  ir::DefinitionId definition = find_definition(context, outcome.commitment.text);
  if (!definition.valid() && !ensure_lowered(context, id, at.span)) return failed(at);
  if (!definition.valid()) definition = context.symbols[id].definition;
  if (!definition.valid()) return failed(at);
  const ExprId value = read_definition(context, definition, outcome.commitment, at.span, at.scope);
  return is_error(context, value) ? value : ir::make_outcome_is(context.agreement, value, *code, at.span);
}

}  // namespace writ::check
