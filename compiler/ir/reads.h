// What a definition or an aggregate reads: the edges of the graph that evaluation follows.
#pragma once
#include <vector>

#include "ir/agreement.h"

namespace writ::ir {

struct Reads {
  std::vector<DefinitionId> values;   // of its own grain and period, or of the agreement
  std::vector<DefinitionId> periods;  // at_period, over_periods
  std::vector<AggregateId> aggregates;
};

// In the order of first reading; every id once.
Reads reads_of(const Agreement& agreement, const Definition& definition);
Reads reads_of(const Agreement& agreement, const Aggregate& aggregate);
void collect_reads(const Agreement& agreement, ExprId root, Reads& reads);

// Whether a definition looks at totals of records, itself or through others: its value of a period may change until the period is over.
bool counts_records(const Agreement& agreement, DefinitionId definition);

}  // namespace writ::ir
