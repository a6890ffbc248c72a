#include <fmt/format.h>

#include <algorithm>

#include "ast/printing.h"

namespace writ::ast {

namespace {

std::string printed_text(const Text& printed) { return printed.written() ? " " + quoted(printed.text) : ""; }

std::string where_text(const File& file, ExprId where) { return where.valid() ? " where " + expr_text(file, where) : ""; }

std::string when_text(const File& file, ExprId when) { return when.valid() ? " when " + expr_text(file, when) : ""; }

// A number such as 5.2.1 or a name stands bare; anything else between quotes.
std::string number_text(const Text& number) {
  const auto plain = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.'; };
  const bool bare = !number.text.empty() && std::all_of(number.text.begin(), number.text.end(), plain);
  const bool digits = bare && number.text[0] >= '0' && number.text[0] <= '9';
  const bool letters = bare && !digits && number.text.find('.') == std::string::npos;
  const bool only_digits = digits && std::all_of(number.text.begin(), number.text.end(), [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
  return only_digits || letters ? number.text : quoted(number.text);
}

void print_one(Printer& printer, const Prose& prose) { printer.out += prose_lines(prose.text.text, printer.indent); }

void print_one(Printer& printer, const Define& define) {
  std::string text = fmt::format("define {}{} as {}{}", define.name.text, printed_text(define.printed), define.of.text, where_text(printer.file, define.where));
  if (define.means.written()) text += " means " + quoted(define.means.text);
  line(printer, text);
}

void print_one(Printer& printer, const OutOfScope& out) { line(printer, "out of scope " + out.of.text + where_text(printer.file, out.where)); }

void print_one(Printer& printer, const Tier& tier) {
  open(printer, fmt::format("tier {}of {}", tier.name.written() ? tier.name.text + " " : "", tier.of.text));
  for (const TierCase& row : tier.cases) line(printer, row.name.text + (row.otherwise ? " otherwise" : when_text(printer.file, row.when)));
  close(printer);
}

void print_one(Printer& printer, const Commitment& commitment) {
  const File& file = printer.file;
  open(printer, fmt::format("commitment {}{} for {}{} by {}", commitment.name.text, printed_text(commitment.printed), commitment.for_.text,
                            where_text(file, commitment.where), commitment.by.text));
  std::string until;
  for (const ExprId point : commitment.until) until += (until.empty() ? "" : " or ") + sum_text(file, point);
  line(printer, fmt::format("from {} until {}", sum_text(file, commitment.from), until));
  for (const Within& row : commitment.within) {
    const std::string tier = row.tier.written() ? row.tier.text + " : " : "";
    line(printer, row.none ? tier + "no commitment" : tier + (commitment.before ? "before " : "within ") + sum_text(file, row.amount));
  }
  if (commitment.excused.valid()) line(printer, "excused" + when_text(file, commitment.excused));
  if (commitment.paused.valid()) line(printer, "paused while " + expr_text(file, commitment.paused));
  if (commitment.calendar.written()) line(printer, "calendar " + commitment.calendar.text);
  close(printer);
}

void print_one(Printer& printer, const Metric& metric) {
  const File& file = printer.file;
  std::string text = "metric " + metric.name.text + printed_text(metric.printed);
  if (metric.type) text += " : " + type_text(file, *metric.type);
  text += " = " + metric.value.function.text;
  if (metric.value.value.valid()) text += "(" + expr_text(file, metric.value.value) + ")";
  if (metric.value.over.written()) text += " over " + metric.value.over.text;
  text += where_text(file, metric.value.where);
  if (metric.per) text += fmt::format(", per {}", word(*metric.per));
  if (metric.value.placed_by.valid()) text += " of " + sum_text(file, metric.value.placed_by);
  line(printer, text);
}

void print_one(Printer& printer, const Benchmark& benchmark) {
  const File& file = printer.file;
  open(printer,
       fmt::format("benchmark {}{}{}", benchmark.name.text, printed_text(benchmark.printed), benchmark.by.written() ? " by " + benchmark.by.text : ""));
  for (const BenchmarkTest& test : benchmark.tests) {
    const std::string_view holds = test.strict ? (test.at_least ? "above" : "below") : (test.at_least ? "at least" : "at most");
    line(printer, fmt::format("{} {} {}", test.metric.text, holds, sum_text(file, test.bound)));
  }
  std::string_view otherwise;
  switch (benchmark.too_few) {
    case Benchmark::TooFew::unstated: break;
    case Benchmark::TooFew::not_measured: otherwise = "not measured"; break;
    case Benchmark::TooFew::met: otherwise = "met"; break;
    case Benchmark::TooFew::missed: otherwise = "missed"; break;
  }
  if (!otherwise.empty()) line(printer, fmt::format("judged only with {} answers or more, otherwise {}", sum_text(file, benchmark.minimum), otherwise));
  if (!benchmark.if_missed.empty()) line(printer, "if missed: " + joined(benchmark.if_missed));
  close(printer);
}

std::string term_text(const File& file, const CreditTerm& term) {
  return fmt::format("{} for {}{} {}{}", expr_text(file, term.amount), term.each ? "each " : "", word(term.word), term.commitment.text,
                     when_text(file, term.when));
}

void print_credit(Printer& printer, const Remedy& remedy) {
  const File& file = printer.file;
  std::string combine;
  switch (remedy.combine) {
    case Remedy::Combine::unstated: break;
    case Remedy::Combine::sum: combine = "sum of"; break;
    case Remedy::Combine::largest: combine = "largest of"; break;
    case Remedy::Combine::first: combine = "first that applies of"; break;
  }
  if (remedy.amount.valid()) return line(printer, "credit " + expr_text(file, remedy.amount));
  if (combine.empty()) {
    for (const CreditTerm& term : remedy.terms) line(printer, "credit " + term_text(file, term));
    return;
  }
  line(printer, "credit " + combine + " (");
  for (size_t i = 0; i < remedy.terms.size(); ++i) line(printer, "  " + term_text(file, remedy.terms[i]) + (i + 1 < remedy.terms.size() ? "," : ""));
  line(printer, ")");
}

void print_one(Printer& printer, const Remedy& remedy) {
  const File& file = printer.file;
  open(printer, fmt::format("remedy {}{} for missed {}{}", remedy.name.text, printed_text(remedy.printed), joined(remedy.of), when_text(file, remedy.when)));
  print_credit(printer, remedy);
  if (remedy.cap.valid()) {
    line(printer,
         "cap " + expr_text(file, remedy.cap) + (remedy.cap_per ? fmt::format(" per {}", word(*remedy.cap_per)) : "") + (remedy.in_full ? ", in full" : ""));
  }
  if (remedy.per) line(printer, fmt::format("per {}", word(*remedy.per)) + (remedy.placed_by.valid() ? " of " + sum_text(file, remedy.placed_by) : ""));
  if (remedy.rounding_each.written()) line(printer, "rounded each " + rounding_words(remedy.rounding_each));
  if (remedy.claimed_by.written()) {
    std::string text = "claimed by " + remedy.claimed_by.text;
    if (remedy.claim_within.valid()) text += fmt::format(" within {} after {} end", sum_text(file, remedy.claim_within), word(*remedy.claim_after));
    line(printer, text);
  }
  if (remedy.only_money_remedy) line(printer, "the only money remedy for these misses");
  close(printer);
}

std::string test_text(const File& file, const Right& right) {
  if (right.condition.written()) return (right.condition_missed ? "missed " : "") + right.condition.text;
  std::string text = fmt::format("at least {} misses of {}", sum_text(file, right.at_least), joined(right.misses));
  if (right.each_at_least.valid()) text += fmt::format(", with at least {} in each", sum_text(file, right.each_at_least));
  return text;
}

void print_one(Printer& printer, const Right& right) {
  const File& file = printer.file;
  open(printer, fmt::format("right {}{} of {}", right.name.text, printed_text(right.printed), right.of.text));
  line(printer, fmt::format("when any {} consecutive {}s have {}", right.consecutive, word(right.period), test_text(file, right)));
  if (right.has_notice) {
    std::string text = right.notice_written ? "after written notice" : "after notice";
    if (right.cure_within.valid()) text += " and " + sum_text(file, right.cure_within) + " to cure";
    line(printer, text);
  }
  if (right.cured_when_no_miss) line(printer, "cured when no such miss falls due in the cure period");
  if (right.exercise_within.valid()) line(printer, "exercisable within " + sum_text(file, right.exercise_within));
  if (!right.then.empty()) line(printer, "then " + texts(right.then, ", "));
  close(printer);
}

void print_one(Printer& printer, const NotModelled& left_out) {
  line(printer, fmt::format("not modelled {} because {}", quoted(left_out.what.text), quoted(left_out.because.text)));
}

void print_one(Printer& printer, const Rule& rule) { print_item(printer, rule); }
void print_one(Printer& printer, const Unread& unread) { print_item(printer, unread); }
void print_one(Printer& printer, const Clause& clause) { print_item(printer, clause); }

}  // namespace

void print_item(Printer& printer, const Clause& clause) {
  open(printer, fmt::format("clause {} {}", number_text(clause.number), quoted(clause.title.text)));
  for (const ClauseItem& item : clause.items) std::visit([&](const auto& node) { print_one(printer, node); }, item);
  close(printer);
}

void print_item(Printer& printer, const Rule& rule) {
  const File& file = printer.file;
  std::string text = "rule " + rule.name.text + printed_text(rule.printed);
  if (rule.type) text += " : " + type_text(file, *rule.type);
  if (rule.per_record.written()) text += " per " + rule.per_record.text;
  if (rule.per_period) text += fmt::format(" per {}", word(*rule.per_period));
  if (rule.cases.empty() && rule.base.valid()) return line(printer, text + " = " + expr_text(file, rule.base));
  open(printer, text);
  if (rule.base.valid()) line(printer, "base " + expr_text(file, rule.base));
  for (const RuleCase& one : rule.cases) {
    const std::string overrides = one.overrides.empty() ? "" : " overrides " + joined(one.overrides);
    line(printer, fmt::format("case {}{} : {}{}", one.label.text, overrides, expr_text(file, one.value), when_text(file, one.when)));
  }
  close(printer);
}

}  // namespace writ::ast
