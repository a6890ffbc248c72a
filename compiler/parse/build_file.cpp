#include <algorithm>

#include "parse/build.h"
#include "parse/diagnostics.h"

namespace writ::parse {

namespace {

ast::Name path_of(const Build& build, Grammar::PathContext* context) {
  ast::Name path{"", span_of(build, context)};
  for (Grammar::NameContext* name : context->name()) path.text += (path.text.empty() ? "" : ".") + spelling(build, name);
  return path;
}

ast::Enum enum_of(Build& build, Grammar::EnumerationContext* context) {
  ast::Enum result{declared_name(build, context->name()), {}, span_of(build, context)};
  for (Grammar::EnumeratorContext* member : context->enumerator()) {
    result.members.push_back({declared_name(build, member->name()), text_of(build, member->STRING())});
  }
  return result;
}

ast::MetricType metric_type_of(Build& build, Grammar::MetricTypeContext* context) {
  ast::MetricType type;
  type.name = declared_name(build, context->name());
  range_of(build, context->range(), type.low, type.high);
  type.has_direction = context->BETTER() != nullptr;
  type.higher_is_better = context->HIGHER() != nullptr;
  type.unit = text_of(build, context->STRING());
  type.span = span_of(build, context);
  return type;
}

ast::Record record_of(Build& build, Grammar::RecordContext* context) {
  ast::Record record{declared_name(build, context->name(0)), name_of(build, context->name(1)), {}, span_of(build, context)};
  for (Grammar::RecordLineContext* line : lines_of(build, context, context->recordLine())) {
    if (broken(line)) {
      record.fields.push_back(broken_field(build, line));
      continue;
    }
    for (ast::Field& field : fields_of(build, line->field())) record.fields.push_back(std::move(field));
  }
  return record;
}

ast::History history_of(Build& build, Grammar::HistoryContext* context) {
  ast::History history{name_of(build, context->name()), {}, {}, span_of(build, context)};
  Once once;
  for (Grammar::HistoryLineContext* line : lines_of(build, context, context->historyLine())) {
    if (broken(line)) {
      history.fields.push_back(broken_field(build, line));
    } else if (line->ORDER() != nullptr) {
      if (once.first(build, "`order by`", span_of(build, line))) history.order_by = name_of(build, line->name());
    } else {
      for (ast::Field& field : fields_of(build, line->field())) history.fields.push_back(std::move(field));
    }
  }
  return history;
}

ast::Item item_of(Build& build, Grammar::StatementContext* line) {
  const source::Span span = span_of(build, line);
  if (auto* module_line = line->moduleLine()) return ast::Module{path_of(build, module_line->path()), span};
  if (auto* use = line->useLine()) return ast::Use{path_of(build, use->path()), span};
  if (auto* param = line->param()) {
    const ast::Name name = declared_name(build, param->name());
    ast::TypeRef type = type_of(build, param->type());
    return ast::Param{name, std::move(type), expression(build, param->expr()), span};
  }
  if (auto* calendar = line->calendar()) return calendar_of(build, calendar);
  if (auto* holidays = line->holidays()) return holidays_of(build, holidays);
  if (auto* enumeration = line->enumeration()) return enum_of(build, enumeration);
  if (auto* type = line->metricType()) return metric_type_of(build, type);
  if (auto* record = line->record()) return record_of(build, record);
  if (auto* history = line->history()) return history_of(build, history);
  if (auto* facts = line->facts()) return facts_of(build, facts);
  if (auto* clause = line->clause()) return clause_of(build, clause);
  if (auto* rule = line->ruleDefinition()) return rule_of(build, rule);
  if (auto* scenario = line->scenario()) return scenario_of(build, scenario);
  const ast::Unread skipped = unread(build, line, false);
  report_unread(build, skipped);
  return skipped;
}

}  // namespace

void report_unread(Build& build, const ast::Unread& skipped) {
  diag::report(build.reading.sink, not_read_yet, skipped.keyword.span, {{"construct", "`" + skipped.keyword.text + "`"}}).helps.push_back(how_to_leave_out);
}

// A broken line where a header may stand: it may have been one of those that an agreement must have.
static void add_broken(Build& build, ast::Unread line, bool headless) {
  // Header lines without an `agreement` line: that was the broken one.
  if (headless && !build.file.header) build.file.header = ast::Header{{}, {}, {}, line.span};
  if (build.file.header && !build.header_ended.valid()) build.file.header->damaged = true;
  build.file.items.emplace_back(std::move(line));
}

void build_file(Build& build, Grammar::FileContext* context) {
  const std::vector<Grammar::StatementContext*> lines = context->statement();
  const bool headless = std::ranges::any_of(lines, [](Grammar::StatementContext* line) { return line->headerItem() != nullptr; }) &&
                        std::ranges::none_of(lines, [](Grammar::StatementContext* line) { return line->agreementLine() != nullptr && !broken(line); });
  size_t next_skipped = 0;
  const auto add_skipped = [&](size_t word) {
    for (ast::Unread& line : skipped_before(build, next_skipped, Grammar::RuleStatement, word)) add_broken(build, std::move(line), headless);
  };
  for (Grammar::StatementContext* line : lines_of(build, context, lines)) {
    add_skipped(line->start->getTokenIndex());
    const bool header = line->agreementLine() != nullptr || line->headerItem() != nullptr;
    if (broken(line)) {
      add_broken(build, unread(build, line), headless);
    } else if (header) {
      header_line(build, line);
    } else {
      if (!build.header_ended.valid()) build.header_ended = build.reading.span(token_of(build, line->start));
      build.file.items.push_back(item_of(build, line));
    }
  }
  add_skipped(build.reading.tokens.size());
}

}  // namespace writ::parse
