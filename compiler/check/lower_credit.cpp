// `remedy ServiceCredit for missed Acknowledgement, Resolution { credit sum of ( 2% of monthly_fee for each missed Acknowledgement, ... )
// cap 15% of monthly_fee per month  claimed by Client within 30 days after month end }`: an exact amount a period, rounded once, capped.
#include <algorithm>

#include "check/credit_terms.h"
#include "check/header.h"
#include "check/lower.h"

namespace writ::check {
namespace {

using ir::ExprId;

const Symbol& symbol_of(const CreditLowering& at) { return at.context.symbols[at.id]; }

// What `for missed A, B` names, and what the terms name, is one list.
bool read_subjects(CreditLowering& at) {
  Context& context = at.context;
  bool sound = true;
  for (const ast::Name& name : at.node.of) {
    const SymbolId id =
        require_lowered(context, at.file, name, "commitment or benchmark", [](const Symbol& symbol) { return is_commitment(symbol) || is_benchmark(symbol); });
    if (!id.valid() || (!context.symbols[id].commitment.valid() && !context.symbols[id].benchmark.valid())) {
      sound = false;
    } else {
      at.of.push_back(id);
    }
  }
  if (!sound) at.of.clear();  // nothing is compared with a list that is not whole
  return sound;
}

// The periods of the benchmarks that are named decide where nothing else is written.
std::optional<ir::PeriodKind> period_of_benchmarks(const CreditLowering& at) {
  for (const SymbolId id : at.of) {
    const ir::BenchmarkId benchmark = at.context.symbols[id].benchmark;
    if (!benchmark.valid()) return std::nullopt;
    return at.context.agreement.definitions[at.context.agreement.benchmarks[benchmark].outcome].grain.period;
  }
  return std::nullopt;
}

bool read_period(CreditLowering& at) {
  Context& context = at.context;
  const Span span = at.node.name.span;
  std::optional<ir::PeriodKind> cap;
  if (at.node.cap_per) {
    cap = require_period(context, *at.node.cap_per, span, "the cap of a credit");
    if (!cap) return false;
  }
  std::optional<ir::PeriodKind> own;
  if (at.node.per) {
    own = require_period(context, *at.node.per, span, "a credit");
    if (!own) return false;
  }
  at.period = own ? *own : cap ? *cap : period_of_benchmarks(at).value_or(ir::PeriodKind::month);
  if (!cap || *cap == at.period) return true;
  diag::report(context.sink, code::cap_of_other_period, span_of(at, at.node.cap),
               {{"cap", "per " + std::string(period_word(*cap))}, {"credit", "per " + std::string(period_word(at.period))}})
      .helps.push_back("write both for the same period");
  return false;
}

ir::DefinitionId add(CreditLowering& at, std::string_view part, ExprId body, bool hidden) {
  return add_part(at.context, symbol_of(at), part, at.grain(), body, at.node.span, hidden);
}

int minor_digits(const CreditLowering& at, const ir::Type& type) {
  return type.currency.valid() ? at.context.agreement.currencies[type.currency].minor_digits : 2;
}

// Exact until here; the one rounding as the header says.
bool lower_rounded(CreditLowering& at) {
  Context& context = at.context;
  const ir::Type type = context.agreement.definitions[at.made.exact].type;
  const int digits = minor_digits(at, type);
  ExprId amount = ir::make_definition(context.agreement, at.made.exact, at.node.span);
  if (type.kind == ir::Kind::ratio || type.scale > digits) {
    if (!rounding_written(context)) {
      diag::report(context.sink, code::no_rounding, at.node.name.span, {{"name", at.node.name.text}})
          .helps.push_back("add a line to the header: `round half up, to the minor unit`");
      return false;
    }
    amount = ir::make_round(context.agreement, amount, digits, context.agreement.rounding, at.node.span);
  } else {
    amount = ir::make_rescale(context.agreement, amount, digits, at.node.span);
  }
  at.made.rounded = add(at, "rounded", amount, true);
  return true;
}

// The cap: prorated in a period that lies partly outside the term, unless it holds in full, and rounded down to the minor unit.
bool lower_cap(CreditLowering& at) {
  if (!at.node.cap.valid()) return true;
  Context& context = at.context;
  ir::Agreement& agreement = context.agreement;
  const Span span = span_of(at, at.node.cap);
  const ExprId written = check_money(at, at.node.cap, period_scope(at.file, at.period), "the cap");
  if (is_error(context, written)) return false;
  const ir::Type credit = agreement.definitions[at.made.rounded].type;
  if (type_of(context, written).currency != credit.currency) {
    diag::report(context.sink, code::cap_currency, span, {{"cap", describe(context, type_of(context, written))}, {"credit", describe(context, credit)}});
    return false;
  }
  const ExprId part = at.node.in_full ? written : ir::make_prorate(agreement, written, span);
  at.made.cap = add(at, "cap", ir::make_round(agreement, part, minor_digits(at, credit), value::Rounding::floor, span), true);
  return true;
}

void lower_amount(CreditLowering& at) {
  Context& context = at.context;
  ir::Agreement& agreement = context.agreement;
  ir::Definition amount;
  amount.name = at.node.name.text;
  amount.printed = at.node.printed.text;
  amount.grain = at.grain();
  const ExprId rounded = ir::make_definition(agreement, at.made.rounded, at.node.span);
  amount.base = at.made.cap.valid() ? ir::make_min(agreement, {rounded, ir::make_definition(agreement, at.made.cap, at.node.span)}, at.node.span) : rounded;
  amount.type = type_of(context, *amount.base);
  amount.clause = symbol_of(at).clause;
  amount.span = at.node.span;
  at.made.amount = add_definition(context, std::move(amount));
  context.symbols[at.id].definition = at.made.amount;
}

// claimed by Client within 30 days after month end
bool lower_claim(CreditLowering& at) {
  if (!at.node.claimed_by.written()) return true;
  Context& context = at.context;
  const std::optional<uint32_t> party = require_party(context, at.file, at.node.claimed_by);
  if (!at.node.claim_within.valid()) {
    diag::report(context.sink, code::claim_without_days, at.node.claimed_by.span, {})
        .helps.push_back("write how long it can be claimed, `claimed by Client within 30 days after month end`");
    return false;
  }
  const std::optional<int64_t> days = check_days(context, at.file, at.node.claim_within, "the time for a claim");
  if (at.node.claim_after && *at.node.claim_after != ast::PeriodUnit::term && period_kind(*at.node.claim_after) != at.period) {
    diag::report(context.sink, code::claim_of_other_period, span_of(at, at.node.claim_within), {{"credit", "per " + std::string(period_word(at.period))}})
        .helps.push_back("write `after " + std::string(period_word(at.period)) + " end`");
    return false;
  }
  if (!party || !days) return false;
  at.made.claim = ir::Credit::Claim{*party, *days};
  return true;
}

// Several money remedies for one miss must say which of them counts; within one remedy they can.
void report_second_remedy(CreditLowering& at) {
  for (uint32_t i = 0; i < at.context.symbols.size(); ++i) {
    const Symbol& other = at.context.symbols.items[i];
    if (!other.credit.valid()) continue;
    const ir::Credit& credit = at.context.agreement.credits[other.credit];
    const auto shares = [](const auto& mine, const auto& theirs) { return std::find_first_of(mine.begin(), mine.end(), theirs.begin(), theirs.end()); };
    const auto commitment = shares(at.made.commitments, credit.commitments);
    const auto benchmark = shares(at.made.benchmarks, credit.benchmarks);
    if (commitment == at.made.commitments.end() && benchmark == at.made.benchmarks.end()) continue;
    const std::string missed =
        commitment != at.made.commitments.end() ? at.context.agreement.commitments[*commitment].name : at.context.agreement.benchmarks[*benchmark].name;
    diag::Diagnostic& report = diag::report(at.context.sink, code::two_money_remedies, at.node.name.span, {{"missed", missed}});
    report.labels.push_back({other.name.span, credit.only_money_remedy ? "this is said to be the only one" : "the other one"});
    report.helps.push_back("put them into one remedy that says which counts: `credit sum of ( ... )`, `largest of` or `first that applies of`");
    return;
  }
}

}  // namespace

Span span_of(const CreditLowering& at, ast::ExprId id) { return id.valid() ? at.context.files[at.file].exprs[id].span : Span{}; }

ExprId check_money(CreditLowering& at, ast::ExprId expr, const Scope& scope, std::string_view what) {
  Context& context = at.context;
  const Span span = span_of(at, expr);
  const ExprId amount = check_expression(context, expr, scope);
  const ir::Type type = type_of(context, amount);
  if (type.kind == ir::Kind::error) return amount;
  const bool money = type.kind == ir::Kind::money || (type.kind == ir::Kind::ratio && type.currency.valid());
  if (!money) {
    diag::Diagnostic& report = diag::report(context.sink, code::not_money, span, {{"what", std::string(what)}, {"found", describe(context, type)}});
    report.helps.push_back(type.percent ? "a percentage is not money: write of what, `5% of monthly_fee`"
                                        : "write an amount, `GBP 50.00` or `5% of monthly_fee`");
  } else if (type.absence != ir::Absence::never) {
    diag::report(context.sink, code::absent_money, span, {{"what", std::string(what)}}).helps.push_back("say what it is then: `... otherwise GBP 0.00`");
  } else {
    return amount;
  }
  return ir::make_error(context.agreement, span);
}

void lower_credit(Context& context, SymbolId id) {
  const ast::Remedy& node = construct<ast::Remedy>(context, id);
  CreditLowering at{.context = context, .id = id, .node = node, .file = context.symbols[id].file};
  at.made.name = node.name.text;
  at.made.printed = node.printed.text;
  at.made.clause = context.symbols[id].clause;
  at.made.span = node.span;
  at.made.only_money_remedy = node.only_money_remedy;
  at.made.subject = subject_of(context, node.name.text);
  const bool named = read_subjects(at);
  if (!read_period(at)) return;
  at.made.period = at.period;
  const ExprId exact = lower_terms(at);
  if (!named || !exact.valid() || is_error(context, exact)) return;
  at.made.exact = add(at, "exact", exact, true);
  if (!lower_rounded(at) || !lower_cap(at)) return;
  lower_amount(at);
  if (!lower_claim(at)) return;
  report_second_remedy(at);
  context.symbols[id].credit = context.agreement.credits.add(std::move(at.made));
}

}  // namespace writ::check
