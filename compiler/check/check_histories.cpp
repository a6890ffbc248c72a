// A record's own events: `status at opened`, `first status = done`.
#include "check/expression_parts.h"
#include "check/literals.h"
#include "check/suggest.h"

namespace writ::check {
namespace {

using ir::ExprId;

// The record at hand, when it has a history; else reports.
ir::RecordId history_here(const Place& at) {
  Context& context = at.context;
  const ir::RecordId record = at.scope.grain.of == ir::Grain::Of::record ? at.scope.grain.record : ir::RecordId{};
  if (record.valid() && context.agreement.records[record].history) return record;
  diag::Diagnostic& found =
      diag::report(context.sink, code::no_history, at.span,
                   {{"here", record.valid() ? "`" + context.agreement.records[record].name + "`" : "a rule " + describe(context, at.scope.grain)}});
  if (record.valid()) found.helps.push_back("declare one, as in `history of " + context.agreement.records[record].name + " { at : instant, ... }`");
  if (!record.valid()) found.helps.push_back("ask it in a rule per record");
  return {};
}

}  // namespace

ir::ExprId check_status_at(const Place& at, const ast::StatusAtExpr& written) {
  Context& context = at.context;
  const ir::RecordId record = history_here(at);
  if (!record.valid()) return failed(at);
  const std::vector<ir::Field>& fields = context.agreement.records[record].history->fields;
  std::vector<std::string> names;
  for (ir::FieldIndex i = 0; i < fields.size(); ++i) {
    names.push_back(fields[i].name);
    if (fields[i].name != written.field.text) continue;
    ExprId instant = check_expression(context, written.instant, at.scope);
    if (is_error(context, instant)) return failed(at);
    instant = convert(context, instant, ir::plain_type(ir::Kind::instant), span_of(context, at.scope.file, written.instant), "the instant behind `at`");
    return ir::make_history_at(context.agreement, record, i, instant, at.span);
  }
  diag::Diagnostic& found = diag::report(context.sink, code::unknown_part, written.field.span,
                                         {{"of", "the history of " + context.agreement.records[record].name}, {"name", written.field.text}});
  suggest(found, written.field, names);
  return failed(at);
}

ir::ExprId check_first(const Place& at, const ast::FirstExpr& written) {
  Context& context = at.context;
  const ir::RecordId record = history_here(at);
  if (!record.valid()) return failed(at);
  const ExprId condition = check_condition(context, written.condition, history_scope(at.scope.file, record), "the condition behind `first`");
  return ir::make_history_first(context.agreement, record, condition, at.span);
}

}  // namespace writ::check
