#include "parse/build.h"
#include "parse/diagnostics.h"

namespace writ::parse {

namespace {

ast::CreditTerm term_of(Build& build, Grammar::CreditTermContext* context) {
  ast::CreditTerm term;
  term.amount = expression(build, context->expr(0));
  term.word = outcome_of(context->outcome());
  term.commitment = name_of(build, context->name());
  term.each = context->EACH() != nullptr;
  term.when = expression(build, context->expr(1));
  term.span = span_of(build, context);
  return term;
}

void add_credit(Build& build, ast::Remedy& remedy, Grammar::RemedyLineContext* line) {
  using Combine = ast::Remedy::Combine;
  if (line->SUM() != nullptr) remedy.combine = Combine::sum;
  if (line->LARGEST() != nullptr) remedy.combine = Combine::largest;
  if (line->FIRST() != nullptr) remedy.combine = Combine::first;
  for (Grammar::CreditTermContext* term : line->creditTerm()) remedy.terms.push_back(term_of(build, term));
  remedy.amount = expression(build, line->expr());
}

void add_line(Build& build, ast::Remedy& remedy, Grammar::RemedyLineContext* line, Once& once) {
  const source::Span span = span_of(build, line);
  if (line->CREDIT() != nullptr) {
    // One line, so that the reader sees at once whether several amounts add up: `sum of`, `largest of` or `first that applies of`.
    if (once.first(build, "`credit`", span)) add_credit(build, remedy, line);
  } else if (line->CAP() != nullptr) {
    if (!once.first(build, "`cap`", span)) return;
    remedy.cap = expression(build, line->expr());
    if (line->grain() != nullptr) remedy.cap_per = period_or_report(build, line->grain());
    remedy.in_full = line->FULL() != nullptr;
  } else if (line->ROUNDED() != nullptr) {
    if (once.first(build, "`rounded each`", span)) remedy.rounding_each = round_word(build, line->roundWord());
  } else if (line->CLAIMED() != nullptr) {
    if (!once.first(build, "`claimed by`", span)) return;
    remedy.claimed_by = name_of(build, line->name());
    remedy.claim_within = sum(build, line->sum());
    if (line->grain() != nullptr) remedy.claim_after = period_or_report(build, line->grain());
  } else if (line->ONLY() != nullptr) {
    if (once.first(build, "`the only money remedy`", span)) remedy.only_money_remedy = true;
  } else if (once.first(build, "the period of the credit", span)) {
    remedy.per = period_or_report(build, line->grain());
    remedy.placed_by = sum(build, line->sum());
  }
}

}  // namespace

ast::ClauseItem remedy_of(Build& build, Grammar::RemedyContext* context) {
  ast::Remedy remedy;
  const std::vector<Grammar::NameContext*> names = context->name();
  remedy.name = declared_name(build, names.front());
  remedy.printed = text_of(build, context->STRING());
  for (size_t i = 1; i < names.size(); ++i) remedy.of.push_back(name_of(build, names[i]));
  remedy.when = expression(build, context->expr());
  remedy.span = span_of(build, context);
  bool damaged = lost_a_line(build, context, Grammar::RuleRemedyLine);
  bool left_out = false;
  Once once;
  for (Grammar::RemedyLineContext* line : lines_of(build, context, context->remedyLine())) {
    damaged = damaged || broken(line);
    if (broken(line)) continue;
    if (line->DELIVERS() != nullptr) {
      diag::report(build.reading.sink, not_read_yet, span_of(build, line->DELIVERS()), {{"construct", "a remedy that `delivers` something"}})
          .helps.push_back(how_to_leave_out);
      left_out = true;
      break;
    }
    add_line(build, remedy, line, once);
  }
  if (left_out) return unread(build, context);
  if (!remedy.terms.empty() || remedy.amount.valid()) return remedy;
  if (!damaged) report_missing(build, remedy.name.span, "the remedy `" + remedy.name.text + "`", "what it credits: `credit ...`");
  return unread(build, context);
}

}  // namespace writ::parse
