// What has become of the credit of one period: accrued, claimed, lost, paid. docs/language/reference/outcomes.md, "Credits".
#include "interpret/protocols.h"
#include "value/clock.h"

namespace writ::interpret {

using ir::CreditState;
using value::Value;

namespace {

Value state_of(CreditState state) { return value::given(static_cast<int>(state)); }

// The earliest act of the list that is seen and that concerns this credit in this period.
template <class Accept>
std::optional<int64_t> earliest_act(const std::vector<evaluate::Act>& acts, const ir::Credit& credit, const value::PeriodGrid& grid, size_t period,
                                    Accept accept) {
  std::optional<int64_t> earliest;
  for (const evaluate::Act& act : acts) {
    if (act.of != credit.subject || !act.has_period || !accept(act)) continue;
    if (value::index_of_date(grid, act.period_date) != static_cast<int64_t>(period)) continue;
    if (!earliest || act.at < *earliest) earliest = act.at;
  }
  return earliest;
}

enum class Owed { nothing, something, cannot_tell };

Owed owed(const Value& amount) {
  if (value::is_absent(amount)) return Owed::nothing;
  if (amount.state != value::State::given) return Owed::cannot_tell;
  if (amount.lo > 0) return Owed::something;
  return amount.hi <= 0 ? Owed::nothing : Owed::cannot_tell;
}

}  // namespace

evaluate::CreditResult credit_result(const Tables& tables, const RunState& state, const ir::Credit& credit, size_t period, const evaluate::Acts& acts) {
  const int64_t as_of = state.inputs.as_of;
  const value::PeriodGrid& grid = grid_of(tables, credit.period);
  const value::Instant period_end = grid.bounds[period + 1];
  const Value& amount = state.closed.values[credit.amount.index][period];
  evaluate::CreditResult result;

  if (value::is_fault(amount)) {
    result.state = amount;
    return result;
  }
  const auto seen = [&](const evaluate::Act& act) { return act.at <= as_of; };
  if (const auto paid = earliest_act(acts.payments, credit, grid, period, seen)) {
    result.state = state_of(CreditState::settled);
    result.settled = true;
    result.settled_at = *paid;
    return result;
  }
  const Owed debt = owed(amount);
  if (period_end > as_of) {  // the month is still running: what it owes so far
    result.state = state_of(debt == Owed::something ? CreditState::accrued : CreditState::none);
    return result;
  }
  if (debt != Owed::something) {
    result.state = debt == Owed::nothing ? state_of(CreditState::none) : value::unknown();
    return result;
  }
  if (!credit.claim) {
    result.state = state_of(CreditState::accrued);
    return result;
  }
  const value::Moment deadline = value::add_days(tables.agreement->zone, period_end - 1, credit.claim->days);
  if (!deadline.known) {
    result.state = value::unknown();
    return result;
  }
  result.has_deadline = true;
  result.claim_deadline = deadline.at;
  const auto in_time = [&](const evaluate::Act& act) { return act.at <= as_of && act.at <= deadline.at && act.by == credit.claim->party; };
  if (const auto claim = earliest_act(acts.claims, credit, grid, period, in_time)) {
    result.state = state_of(CreditState::claimed);
    result.claimed = true;
    result.claimed_at = *claim;
    return result;
  }
  result.state = state_of(as_of <= deadline.at ? CreditState::claimable : CreditState::forfeited);
  return result;
}

}  // namespace writ::interpret
