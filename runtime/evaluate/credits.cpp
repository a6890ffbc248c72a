// Credits: the acts are sorted into the credit's periods once; then each period is judged alone.
#include "evaluate/codes.h"
#include "evaluate/protocols.h"
#include "value/clock.h"

namespace writ::evaluate {

namespace {

using value::Value;

constexpr int64_t no_act = INT64_MAX;
Value code(CreditCode c) { return value::given(static_cast<int>(c)); }

struct Seen {
  int64_t paid = no_act, claimed = no_act;  // earliest, in the period
};

struct Credit {
  const CreditTable& table;
  const value::PeriodGrid& grid;
  const value::Zone& zone;
  int64_t as_of = 0;
};

value::Moment claim_deadline(const Credit& credit, size_t period) {
  return value::add_days(credit.zone, credit.grid.bounds[period + 1] - 1, credit.table.claim_days);
}

// `deadline_matters`: an act after the claim deadline does not count.
void sort_in(const Credit& credit, const std::vector<Act>& acts, bool claims, std::vector<Seen>& seen) {
  for (const Act& act : acts) {
    if (act.of != credit.table.subject || !act.has_period || act.at > credit.as_of) continue;
    const int64_t period = value::index_of_date(credit.grid, act.period_date);
    if (period < 0) continue;
    Seen& slot = seen[static_cast<size_t>(period)];
    if (!claims) {
      slot.paid = std::min(slot.paid, act.at);
      continue;
    }
    const value::Moment deadline = claim_deadline(credit, static_cast<size_t>(period));
    if (act.by == credit.table.claim_party && deadline.known && act.at <= deadline.at) slot.claimed = std::min(slot.claimed, act.at);
  }
}

// -1: surely nothing is owed; 1: surely something; 0: cannot tell.
int owed(const Value& amount) {
  switch (amount.state) {
    case value::State::given: return amount.lo > 0 ? 1 : amount.hi <= 0 ? -1 : 0;
    case value::State::not_yet:
    case value::State::none: return -1;
    case value::State::unknown:
    case value::State::fault: return 0;
  }
  return 0;
}

void judge_claim(const Credit& credit, size_t period, const Seen& seen, CreditResult& result) {
  const value::Moment deadline = claim_deadline(credit, period);
  if (!deadline.known) {
    result.state = value::unknown();
    return;
  }
  result.has_deadline = true;
  result.claim_deadline = deadline.at;
  if (seen.claimed != no_act) {
    result.claimed = true;
    result.claimed_at = seen.claimed;
    result.state = code(CreditCode::claimed);
    return;
  }
  result.state = code(credit.as_of <= deadline.at ? CreditCode::claimable : CreditCode::forfeited);
}

CreditResult judge_period(const Credit& credit, size_t period, const Value& amount, const Seen& seen) {
  CreditResult result;
  if (value::is_fault(amount)) {
    result.state = amount;
    return result;
  }
  if (seen.paid != no_act) {
    result.settled = true;
    result.settled_at = seen.paid;
    result.state = code(CreditCode::settled);
    return result;
  }
  const int debt = owed(amount);
  const bool over = credit.grid.bounds[period + 1] <= credit.as_of;
  if (debt != 1) {
    result.state = over && debt == 0 ? value::unknown() : code(CreditCode::none);
  } else if (!over || !credit.table.claim) {
    result.state = code(CreditCode::accrued);
  } else {
    judge_claim(credit, period, seen, result);
  }
  return result;
}

}  // namespace

std::vector<CreditResult> credit_results(const Program& program, const State& state, const CreditTable& table, const Acts& acts) {
  const Credit credit{table, program.tables.grids[table.grid], program.tables.zone, state.inputs.as_of};
  const size_t periods = static_cast<size_t>(value::period_count(credit.grid));
  std::vector<Seen> seen(periods);
  sort_in(credit, acts.payments, false, seen);
  if (table.claim) sort_in(credit, acts.claims, true, seen);
  const Value* amounts = state.closed.data() + program.tables.definitions[table.amount].first;
  std::vector<CreditResult> results;
  for (size_t period = 0; period < periods; ++period) results.push_back(judge_period(credit, period, amounts[period], seen[period]));
  return results;
}

}  // namespace writ::evaluate
