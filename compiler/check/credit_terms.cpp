// The terms of a credit: `2% of monthly_fee for each missed Acknowledgement`. How several of them combine is written, never guessed.
#include "check/credit_terms.h"

#include <algorithm>
#include <cassert>

#include "check/header.h"
#include "check/lower.h"
#include "ir/reads.h"

namespace writ::check {
namespace {

using ir::ExprId;
using Combine = ast::Remedy::Combine;

// A term whose commitment or benchmark is known.
struct Term {
  const ast::CreditTerm* written = nullptr;
  SymbolId of;
};

template <class T>
void add_once(std::vector<T>& list, T item) {
  if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
}

std::optional<int> code_of(ast::OutcomeWord word) {
  switch (word) {
    case ast::OutcomeWord::met: return static_cast<int>(ir::CommitmentOutcome::met);
    case ast::OutcomeWord::missed: return static_cast<int>(ir::CommitmentOutcome::missed);
    case ast::OutcomeWord::pending:
    case ast::OutcomeWord::excused:
    case ast::OutcomeWord::out_of_scope:
    case ast::OutcomeWord::cannot_tell: return std::nullopt;
  }
  return std::nullopt;
}

bool check_listed(CreditLowering& at, const ast::CreditTerm& term, SymbolId of) {
  if (at.of.empty() || std::find(at.of.begin(), at.of.end(), of) != at.of.end()) return true;
  diag::Diagnostic& report =
      diag::report(at.context.sink, code::term_outside_remedy, term.commitment.span, {{"name", term.commitment.text}, {"remedy", at.node.name.text}});
  report.labels.push_back({at.node.of.front().span, "what the remedy is for"});
  report.helps.push_back("add it behind `for missed`, or take the term away");
  return false;
}

std::optional<Term> read_term(CreditLowering& at, const ast::CreditTerm& term) {
  Context& context = at.context;
  const SymbolId id = require_lowered(context, at.file, term.commitment, "commitment or benchmark",
                                      [](const Symbol& symbol) { return is_commitment(symbol) || is_benchmark(symbol); });
  if (!id.valid() || (!context.symbols[id].commitment.valid() && !context.symbols[id].benchmark.valid())) return std::nullopt;
  if (!check_listed(at, term, id)) return std::nullopt;
  if (!code_of(term.word)) {
    diag::report(context.sink, code::credit_for_outcome, term.span, {}).helps.push_back("write `for each missed " + term.commitment.text + "`");
    return std::nullopt;
  }
  if (context.symbols[id].commitment.valid() && !term.each) {
    diag::report(context.sink, code::each_unstated, term.span, {{"name", term.commitment.text}})
        .helps.push_back("write `for each missed " + term.commitment.text + "`, or one amount per " + std::string(period_word(at.period)) +
                         " that counts the misses");
    return std::nullopt;
  }
  if (context.symbols[id].commitment.valid()) add_once(at.made.commitments, context.symbols[id].commitment);
  if (context.symbols[id].benchmark.valid()) add_once(at.made.benchmarks, context.symbols[id].benchmark);
  return Term{&term, id};
}

std::optional<std::vector<Term>> read_terms(CreditLowering& at) {
  std::vector<Term> terms;
  bool sound = true;
  for (const ast::CreditTerm& written : at.node.terms) {
    const std::optional<Term> term = read_term(at, written);
    sound = sound && term;
    if (term) terms.push_back(*term);
  }
  return sound ? std::optional(terms) : std::nullopt;
}

// The remedy promises something for each miss that it names.
bool check_covered(CreditLowering& at, const std::vector<Term>& terms) {
  for (size_t i = 0; i < at.of.size(); ++i) {
    if (std::any_of(terms.begin(), terms.end(), [&](const Term& term) { return term.of == at.of[i]; })) continue;
    diag::report(at.context.sink, code::missed_without_credit, at.node.of[i].span, {{"name", at.node.of[i].text}, {"remedy", at.node.name.text}})
        .helps.push_back("add a term, `... for each missed " + at.node.of[i].text + "`, or take it away behind `for missed`");
    return false;
  }
  return true;
}

// ---- at record grain: terms about commitments ---------------------------------------------------------------------------

// When a term is owed for a record: its outcome, what the remedy says, what the term says. The scope learns what that says to be given.
ExprId lower_condition(CreditLowering& at, const Term& term, Scope& scope) {
  Context& context = at.context;
  const ir::Commitment& commitment = context.agreement.commitments[context.symbols[term.of].commitment];
  const ExprId outcome = ir::make_definition(context.agreement, commitment.outcome, term.written->commitment.span);
  std::vector<ExprId> all{ir::make_outcome_is(context.agreement, outcome, *code_of(term.written->word), term.written->span)};
  for (const ast::ExprId when : {at.node.when, term.written->when}) {
    if (!when.valid()) continue;
    all.push_back(check_condition(context, when, scope, "`when`"));
    at.bad_when = at.bad_when || (when == at.node.when && is_error(context, all.back()));
    scope = with_known(scope, known_when(context, all.back(), true));
  }
  return ir::make_and(context.agreement, std::move(all), term.written->span);
}

// What is owed for a record, when it is.
ExprId lower_record_amount(CreditLowering& at, const Term& term, const Scope& scope) {
  Context& context = at.context;
  const Span span = span_of(at, term.written->amount);
  const ExprId amount = check_money(at, term.written->amount, scope, "what is credited");
  if (is_error(context, amount)) return amount;
  const ir::Type type = type_of(context, amount);
  if (at.node.rounding_each.written()) {
    const std::optional<value::Rounding> rounding = rounding_of(at.node.rounding_each);
    const int digits = context.agreement.currencies[type.currency].minor_digits;
    return rounding ? ir::make_round(context.agreement, amount, digits, *rounding, span) : ir::make_error(context.agreement, span);
  }
  if (type.kind != ir::Kind::ratio) return amount;
  diag::report(context.sink, code::quotient_each, span, {})
      .helps.push_back("add `rounded each half up` to the remedy: each amount is then rounded before they are added up");
  return ir::make_error(context.agreement, span);
}

// The instant that puts a record into a period: what the remedy says behind `of`, else when the commitment was due.
ExprId lower_place(CreditLowering& at, ir::CommitmentId id) {
  Context& context = at.context;
  const ir::Commitment& commitment = context.agreement.commitments[id];
  if (!at.node.placed_by.valid()) return ir::make_definition(context.agreement, commitment.due, at.node.name.span);
  const Scope scope = record_scope(at.file, commitment.record);
  const ExprId place = check_expression(context, at.node.placed_by, scope, {ir::plain_type(ir::Kind::instant)});
  const ir::Type& type = type_of(context, place);
  if (type.kind == ir::Kind::error || type.kind == ir::Kind::instant) return place;
  diag::report(context.sink, code::not_an_instant, span_of(at, at.node.placed_by),
               {{"what", "what puts a record into a period"}, {"found", describe(context, type)}});
  return ir::make_error(context.agreement, span_of(at, at.node.placed_by));
}

ExprId total(CreditLowering& at, ir::RecordId record, ExprId filter, ExprId value, ExprId place, Span span) {
  ir::Aggregate sum{
      .fold = ir::Aggregate::Fold::sum, .record = record, .filter = filter, .value = value, .placed_by = place, .period = at.period, .span = span};
  return ir::make_aggregate(at.context.agreement, std::move(sum), span);
}

ExprId lower_commitment_term(CreditLowering& at, const Term& term) {
  const ir::CommitmentId id = at.context.symbols[term.of].commitment;
  const ir::RecordId record = at.context.agreement.commitments[id].record;
  Scope scope = record_scope(at.file, record);
  const ExprId filter = lower_condition(at, term, scope);
  const ExprId amount = at.bad_when ? filter : lower_record_amount(at, term, scope);
  if (is_error(at.context, filter)) return filter;
  if (is_error(at.context, amount)) return amount;
  return total(at, record, filter, amount, lower_place(at, id), term.written->span);
}

// ---- at period grain: terms about benchmarks ----------------------------------------------------------------------------

ExprId zero_of(CreditLowering& at, ExprId amount) {
  return ir::make_constant(at.context.agreement, ir::money_type(type_of(at.context, amount).currency, type_of(at.context, amount).scale), 0, at.node.span);
}

// The amount in a period in which the benchmark came out so, else nothing.
ExprId lower_benchmark_amount(CreditLowering& at, SymbolId of, int outcome_code, ast::ExprId when, ast::ExprId written, Span span) {
  Context& context = at.context;
  ir::Agreement& agreement = context.agreement;
  const ir::DefinitionId outcome = agreement.benchmarks[context.symbols[of].benchmark].outcome;
  if (agreement.definitions[outcome].grain.period != at.period) {
    diag::report(context.sink, code::benchmark_of_other_period, span,
                 {{"name", context.symbols[of].name.text},
                  {"grain", describe(context, agreement.definitions[outcome].grain)},
                  {"credit", "per " + std::string(period_word(at.period))}})
        .helps.push_back("credit it per " + std::string(period_word(agreement.definitions[outcome].grain.period)) + ", in a remedy of its own if need be");
    return ir::make_error(agreement, span);
  }
  const Scope scope = period_scope(at.file, at.period);
  std::vector<ExprId> all{ir::make_outcome_is(agreement, ir::make_definition(agreement, outcome, span), outcome_code, span)};
  for (const ast::ExprId condition : {at.node.when, when})
    if (condition.valid()) {
      all.push_back(check_condition(context, condition, scope, "`when`"));
      at.bad_when = at.bad_when || (condition == at.node.when && is_error(context, all.back()));
    }
  const ExprId holds = ir::make_and(agreement, std::move(all), span);
  const ExprId amount = check_money(at, written, with_known(scope, known_when(context, holds, true)), "what is credited");
  if (is_error(context, amount) || is_error(context, holds)) return ir::make_error(agreement, span);
  return ir::make_select(agreement, holds, amount, zero_of(at, amount), span);
}

ExprId lower_benchmark_term(CreditLowering& at, const Term& term) {
  return lower_benchmark_amount(at, term.of, *code_of(term.written->word), term.written->when, term.written->amount, term.written->span);
}

// ---- how terms combine ----------------------------------------------------------------------------------------------------

bool same_currency(CreditLowering& at, const std::vector<ExprId>& amounts, const std::vector<Term>& terms) {
  for (size_t i = 1; i < amounts.size(); ++i) {
    const ir::Type& first = type_of(at.context, amounts[0]);
    const ir::Type& other = type_of(at.context, amounts[i]);
    if (first.currency == other.currency) continue;
    diag::report(at.context.sink, code::cap_currency, terms[i].written->span, {{"cap", describe(at.context, other)}, {"credit", describe(at.context, first)}});
    return false;
  }
  return true;
}

// Each term's total by itself, so that a statement can show it, then their sum.
ExprId lower_sum(CreditLowering& at, const std::vector<Term>& terms) {
  Context& context = at.context;
  std::vector<ExprId> amounts;
  bool sound = true;
  for (const Term& term : terms) {
    const bool commitment = context.symbols[term.of].commitment.valid();
    const ExprId amount = commitment ? lower_commitment_term(at, term) : lower_benchmark_term(at, term);
    sound = sound && !is_error(context, amount);
    if (at.bad_when) break;
    if (!sound) continue;
    std::string part = term.written->commitment.text;
    for (int again = 2; find_definition(context, part_name(context.symbols[at.id], part)).valid(); ++again)
      part = term.written->commitment.text + "." + std::to_string(again);
    const ir::DefinitionId made = add_part(context, context.symbols[at.id], part, at.grain(), amount, term.written->span, true);
    amounts.push_back(ir::make_definition(context.agreement, made, term.written->span));
  }
  if (!sound || !same_currency(at, amounts, terms)) return {};
  ExprId sum = amounts.front();
  for (size_t i = 1; i < amounts.size(); ++i) sum = ir::make_add(context.agreement, sum, amounts[i], at.node.span);
  return sum;
}

// One amount out of several: the largest, or that of the first condition that holds.
ExprId choose(CreditLowering& at, const std::vector<ExprId>& conditions, const std::vector<ExprId>& amounts) {
  ir::Agreement& agreement = at.context.agreement;
  if (at.node.combine == Combine::largest) {
    std::vector<ExprId> all;
    for (size_t i = 0; i < amounts.size(); ++i) all.push_back(ir::make_select(agreement, conditions[i], amounts[i], zero_of(at, amounts[i]), at.node.span));
    return ir::make_max(agreement, std::move(all), at.node.span);
  }
  ExprId chosen = zero_of(at, amounts.back());
  for (size_t i = amounts.size(); i-- > 0;) chosen = ir::make_select(agreement, conditions[i], amounts[i], chosen, at.node.span);
  return chosen;
}

std::string_view combine_words(Combine combine) { return combine == Combine::largest ? "largest of" : "first that applies of"; }

// Per record, then summed: the terms are about the commitments of one kind of record, which a written instant puts into a period.
ExprId lower_record_choice(CreditLowering& at, const std::vector<Term>& terms) {
  Context& context = at.context;
  ir::Agreement& agreement = context.agreement;
  const ir::RecordId record = agreement.commitments[context.symbols[terms[0].of].commitment].record;
  std::vector<ExprId> conditions, amounts;
  for (const Term& term : terms) {
    const ir::CommitmentId id = context.symbols[term.of].commitment;
    if (!id.valid() || agreement.commitments[id].record != record) {
      diag::report(context.sink, code::mixed_choice, term.written->commitment.span, {{"words", std::string(combine_words(at.node.combine))}})
          .helps.push_back("choose among terms about one kind of record, or write `sum of`");
      return {};
    }
    Scope scope = record_scope(at.file, record);
    conditions.push_back(lower_condition(at, term, scope));
    amounts.push_back(lower_record_amount(at, term, scope));
    if (is_error(context, conditions.back()) || is_error(context, amounts.back())) return {};
  }
  if (!same_currency(at, amounts, terms)) return {};
  if (!at.node.placed_by.valid()) {
    diag::report(context.sink, code::choice_without_place, at.node.name.span, {{"words", std::string(combine_words(at.node.combine))}})
        .helps.push_back("write which instant puts a record into a " + std::string(period_word(at.period)) + ", `per " + std::string(period_word(at.period)) +
                         " of ...`: the commitments fall due at different ones");
    return {};
  }
  const ExprId any = ir::make_or(agreement, conditions, at.node.span);
  const ExprId chosen = choose(at, conditions, amounts);
  const ir::Grain grain{.of = ir::Grain::Of::record, .record = record};
  const ir::DefinitionId each = add_part(context, context.symbols[at.id], "each", grain, chosen, at.node.span, true);
  const ExprId place = lower_place(at, context.symbols[terms[0].of].commitment);
  return total(at, record, any, ir::make_definition(agreement, each, at.node.span), place, at.node.span);
}

// Per period, among benchmarks.
ExprId lower_period_choice(CreditLowering& at, const std::vector<Term>& terms) {
  Context& context = at.context;
  ir::Agreement& agreement = context.agreement;
  const Scope scope = period_scope(at.file, at.period);
  std::vector<ExprId> conditions, amounts;
  for (const Term& term : terms) {
    if (!context.symbols[term.of].benchmark.valid()) {
      diag::report(context.sink, code::mixed_choice, term.written->commitment.span, {{"words", std::string(combine_words(at.node.combine))}})
          .helps.push_back("choose among commitments or among benchmarks, or write `sum of`");
      return {};
    }
    const ExprId amount = lower_benchmark_term(at, term);
    if (is_error(context, amount)) return {};
    // The select that a benchmark's term is: its condition and its amount.
    const std::vector<ExprId> parts = agreement.exprs[amount].operands;
    const bool chosen_already = agreement.exprs[amount].op == ir::Op::select;
    conditions.push_back(chosen_already ? parts[0] : ir::make_truth(agreement, true, term.written->span));
    amounts.push_back(chosen_already ? parts[1] : amount);
  }
  return same_currency(at, amounts, terms) ? choose(at, conditions, amounts) : ExprId{};
}

// Whether an amount is worked out, at whatever remove, from the outcome of a commitment or benchmark.
bool reads(const Context& context, ExprId amount, ir::DefinitionId outcome) {
  const ir::Agreement& agreement = context.agreement;
  std::vector<bool> seen(agreement.definitions.size(), false);
  ir::Reads waiting;
  ir::collect_reads(agreement, amount, waiting);
  const auto enter = [&](const ir::Reads& more, std::vector<ir::DefinitionId>& all) {
    all.insert(all.end(), more.values.begin(), more.values.end());
    all.insert(all.end(), more.periods.begin(), more.periods.end());
    for (const ir::AggregateId id : more.aggregates) {
      const ir::Reads of = ir::reads_of(agreement, agreement.aggregates[id]);
      all.insert(all.end(), of.values.begin(), of.values.end());
      all.insert(all.end(), of.periods.begin(), of.periods.end());
    }
  };
  std::vector<ir::DefinitionId> open;
  enter(waiting, open);
  while (!open.empty()) {
    const ir::DefinitionId id = open.back();
    open.pop_back();
    if (id == outcome) return true;
    if (seen[id.index]) continue;
    seen[id.index] = true;
    enter(ir::reads_of(agreement, agreement.definitions[id]), open);
  }
  return false;
}

ir::DefinitionId outcome_of(const Context& context, SymbolId id) { return context.symbols[id].definition; }

// `remedy X for missed Loyalty { credit 5% of fee }`: the amount in each period with such a miss.
// `remedy X for missed Resolution { credit credit_by_misses }`: an amount a period that counts the misses itself. One that does not
// would be owed whether or not anything was missed, and is refused.
ExprId lower_single_amount(CreditLowering& at) {
  Context& context = at.context;
  for (const SymbolId of : at.of) {
    if (context.symbols[of].commitment.valid()) add_once(at.made.commitments, context.symbols[of].commitment);
    if (context.symbols[of].benchmark.valid()) add_once(at.made.benchmarks, context.symbols[of].benchmark);
  }
  const ExprId amount = check_money(at, at.node.amount, period_scope(at.file, at.period), "what is credited");
  if (is_error(context, amount)) return amount;
  const bool counts = std::all_of(at.of.begin(), at.of.end(), [&](SymbolId of) { return reads(context, amount, outcome_of(context, of)); });
  if (counts && !at.node.when.valid()) return amount;
  if (counts) {
    const ExprId when = check_condition(context, at.node.when, period_scope(at.file, at.period), "`when`");
    return ir::make_select(context.agreement, when, amount, zero_of(at, amount), at.node.name.span);
  }
  if (at.of.size() == 1 && context.symbols[at.of[0]].benchmark.valid())
    return lower_benchmark_amount(at, at.of[0], static_cast<int>(ir::BenchmarkOutcome::missed), {}, at.node.amount, span_of(at, at.node.amount));
  const auto uncounted = std::find_if(at.of.begin(), at.of.end(), [&](SymbolId of) { return !reads(context, amount, outcome_of(context, of)); });
  const std::string& name = context.symbols[*uncounted].name.text;
  diag::report(context.sink, code::each_unstated, span_of(at, at.node.amount), {{"name", name}})
      .helps.push_back("write for which miss it is owed, `credit ... for each missed " + name + "`, or an amount per " + std::string(period_word(at.period)) +
                       " that counts the misses, as `misses of " + name + "` does");
  return {};
}

}  // namespace

ExprId lower_terms(CreditLowering& at) {
  if (at.node.amount.valid()) return lower_single_amount(at);
  const std::optional<std::vector<Term>> terms = read_terms(at);
  if (!terms || terms->empty() || !check_covered(at, *terms)) return {};
  assert(terms->size() == 1 || at.node.combine != Combine::unstated);  // several terms stand in one line that says how they combine
  const bool choice = at.node.combine == Combine::largest || at.node.combine == Combine::first;
  if (!choice) return lower_sum(at, *terms);
  return at.context.symbols[(*terms)[0].of].commitment.valid() ? lower_record_choice(at, *terms) : lower_period_choice(at, *terms);
}

}  // namespace writ::check
