#include "bench/kernels.h"
#include "bench/terms.h"

namespace writ::bench {

void scalar_kernel(const Rows& rows, Outcomes& out) {
  for (uint32_t i = 0; i < rows.count; ++i) {
    int tier = listed_tier[rows.severity[i] * 3 + rows.plan[i]];
    if (rows.plan[i] == 2 && rows.reopened[i] >= 2 && tier > 1) --tier;
    if (rows.channel[i] == 5) tier = 0;
    const bool judged = tier != 0 && !rows.client_caused[i] && !rows.force_majeure[i];
    const auto end = [](uint32_t at) { return at == 0 ? as_of_second : int64_t{at}; };
    const int64_t opened = rows.opened[i];
    const bool acknowledge_late = judged && end(rows.acknowledged[i]) - opened > int64_t{acknowledge_minutes[tier]} * 60;
    const bool resolve_late = judged && end(rows.resolved[i]) - opened > int64_t{resolve_minutes[tier]} * 60;
    uint32_t share = (acknowledge_late ? acknowledge_share[tier] : 0u) + (resolve_late ? resolve_share[tier] : 0u);
    if (share > most_share) share = most_share;
    if (rows.claim_delay[i] > 30) share = 0;
    out.tier[i] = static_cast<uint8_t>(tier);
    out.acknowledgement_missed[i] = acknowledge_late;
    out.resolution_missed[i] = resolve_late;
    out.credit[i] = (rows.fee[i] * share + 100) / 200;  // half up
  }
}

}  // namespace writ::bench
