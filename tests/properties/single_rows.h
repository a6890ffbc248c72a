// Every row of some facts by itself through the C interface, as a service asks about one record, held against what an engine gave for them.
#pragma once
#include <writ/rules.h>

#include "evaluate/compiled_engine.h"
#include "properties/generator.h"

namespace writ::properties {

// A row as a host in C holds it.
struct HostRow {
  std::vector<int64_t> numbers, history;
  std::vector<uint8_t> states, history_states;
  writ_row row{};
  HostRow(const record::Batch& batch, uint32_t at);
  HostRow(const HostRow&) = delete;
};

// An engine whose totals are those of another one, and whose definitions are asked for row by row.
std::unique_ptr<evaluate::Engine> row_by_row(std::unique_ptr<evaluate::CompiledEngine> engine);

struct SingleRows {
  std::string difference;      // the first one in words; empty: none
  size_t rows = 0, usual = 0;  // how often a row was asked about, and how often the code for one row knew the answers
};
// `oracle`: of an interpreter, for the same facts. The wanted definitions and their order are drawn from the seed.
SingleRows compare_single_rows(const writ_evaluator& evaluator, const Facts& facts, const Observed& oracle, uint64_t seed);

// The same facts, but nearly every row is usual: fields are given where they can be, in their declared ranges, and before the horizon, which lies
// late in the term. Histories are left as they are.
Facts made_usual(const ir::Agreement& agreement, Facts facts, uint64_t seed);

}  // namespace writ::properties
