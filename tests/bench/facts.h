// The rows as facts of the agreement: as a host with columns hands them over, and as the reader of files does.
#pragma once
#include <vector>

#include "bench/rows.h"
#include "evaluate/columns.h"
#include "evaluate/engine.h"
#include "ir/agreement.h"
#include "record/batch.h"

namespace writ::bench {

// Fields of the record Ticket, as the agreements list them.
enum Field { severity, plan, channel, opened, acknowledged, resolved, reopened, client_caused, force_majeure, claim_delay, monthly_fee, fields };

evaluate::Inputs inputs();
uint32_t find_ticket(const ir::Agreement& agreement);  // the record Ticket

// 64 bits a value, and a state byte a row where a value may be missing.
record::Batch as_batch(const ir::Agreement& agreement, const Rows& rows, uint32_t first, uint32_t count);

// Views of the rows where they lie, with validity bits for what may be missing.
struct NarrowColumns {
  std::vector<uint8_t> acknowledged_bits, resolved_bits;
  evaluate::BatchView view;
  NarrowColumns(const ir::Agreement& agreement, const Rows& rows);
};

}  // namespace writ::bench
