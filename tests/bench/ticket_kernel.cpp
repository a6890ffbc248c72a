#include "bench/ticket_kernel.h"

#include <algorithm>

#include "bench/rows.h"
#include "bench/terms.h"

namespace writ::bench {

namespace {

int tier_of(const Ticket& ticket) {
  if (ticket.channel == 5) return 0;
  const int listed = listed_tier[ticket.severity * 3 + ticket.plan];
  return ticket.plan == 2 && ticket.reopened >= 2 ? std::max(1, listed - 1) : listed;
}

}  // namespace

Decision decide(const Ticket& ticket) {
  Decision decision;
  decision.tier = tier_of(ticket);
  if (decision.tier == 0) return decision;
  if (!ticket.client_caused && !ticket.force_majeure) {
    const auto late = [&](const std::optional<int64_t>& at, const uint32_t* minutes) {
      return at.value_or(as_of_second) - ticket.opened > int64_t{minutes[decision.tier]} * 60;
    };
    decision.acknowledgement_missed = late(ticket.acknowledged, acknowledge_minutes);
    decision.resolution_missed = late(ticket.resolved, resolve_minutes);
  }
  if (ticket.claim_delay > 30) return decision;
  uint32_t share = 0;
  if (decision.acknowledgement_missed) share += acknowledge_share[decision.tier];
  if (decision.resolution_missed) share += resolve_share[decision.tier];
  decision.credit = (ticket.fee * std::min(share, most_share) + 100) / 200;  // half up
  return decision;
}

}  // namespace writ::bench
