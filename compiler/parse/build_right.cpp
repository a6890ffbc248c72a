#include "parse/build.h"
#include "parse/diagnostics.h"

namespace writ::parse {

namespace {

// What follows, as written: a text in quotes, or free words up to a comma or the end of the statement.
void add_consequences(Build& build, ast::Right& right, Grammar::ThenContext* context) {
  if (context == nullptr) return;
  for (Grammar::FreeTextContext* words : context->freeText()) {
    auto* only = words->children.size() == 1 ? dynamic_cast<Node*>(words->children.front()) : nullptr;
    if (only != nullptr && only->getSymbol()->getType() == Lexer::STRING) {
      right.then.push_back(text_of(build, only));
    } else {
      right.then.push_back({spelling(build, words), span_of(build, words)});
    }
  }
}

void add_test(Build& build, ast::Right& right, Grammar::RightTestContext* context) {
  if (context->MISSES() == nullptr) {
    right.condition = name_of(build, context->name(0));
    right.condition_missed = context->MISSED() != nullptr;
    return;
  }
  right.at_least = sum(build, context->sum(0));
  right.each_at_least = sum(build, context->sum(1));
  for (Grammar::NameContext* name : context->name()) right.misses.push_back(name_of(build, name));
}

void add_line(Build& build, ast::Right& right, Grammar::RightLineContext* line, Once& once) {
  constexpr int most_periods = 1'000;
  const source::Span span = span_of(build, line);
  if (line->WHEN() != nullptr && line->CONSECUTIVE() != nullptr) {
    if (!once.first(build, "`when any`", span)) return;
    right.consecutive = whole_number(build, line->NUMBER(), 1, most_periods);
    right.period = line->CONTRACT() != nullptr   ? ast::PeriodUnit::contract_month
                   : line->MONTHS() != nullptr   ? ast::PeriodUnit::month
                   : line->QUARTERS() != nullptr ? ast::PeriodUnit::quarter
                                                 : ast::PeriodUnit::year;
    add_test(build, right, line->rightTest());
  } else if (line->NOTICE() != nullptr) {
    if (!once.first(build, "`after notice`", span)) return;
    right.has_notice = true;
    right.notice_written = line->WRITTEN() != nullptr;
    right.cure_within = sum(build, line->sum());
  } else if (line->CURED() != nullptr) {
    if (once.first(build, "`cured when`", span)) right.cured_when_no_miss = true;
  } else if (line->EXERCISABLE() != nullptr) {
    if (once.first(build, "`exercisable`", span)) right.exercise_within = sum(build, line->sum());
  }
  if (line->then() != nullptr && once.first(build, "`then`", span_of(build, line->then()))) add_consequences(build, right, line->then());
}

}  // namespace

ast::ClauseItem right_of(Build& build, Grammar::RightContext* context) {
  ast::Right right;
  right.name = declared_name(build, context->name(0));
  right.printed = text_of(build, context->STRING());
  right.of = name_of(build, context->name(1));
  right.span = span_of(build, context);
  bool damaged = lost_a_line(build, context, Grammar::RuleRightLine);
  bool left_out = false;
  Once once;
  for (Grammar::RightLineContext* line : lines_of(build, context, context->rightLine())) {
    damaged = damaged || broken(line);
    if (broken(line)) continue;
    if (line->ONCE() != nullptr) {
      diag::report(build.reading.sink, not_read_yet, span_of(build, line), {{"construct", "a right that may be used `at most once` in a period"}})
          .helps.push_back(how_to_leave_out);
      left_out = true;
      break;
    }
    add_line(build, right, line, once);
  }
  if (left_out) return unread(build, context);
  right.damaged = damaged;
  if (right.consecutive > 0) return right;
  if (!damaged) report_missing(build, right.name.span, "the right `" + right.name.text + "`", "when it arises: `when any ... consecutive months have ...`");
  return unread(build, context);
}

}  // namespace writ::parse
