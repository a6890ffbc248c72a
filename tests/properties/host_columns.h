// The facts of a property test as a host keeps them: narrow columns, bits, instants in whole seconds, nothing copied.
#pragma once
#include <deque>

#include "evaluate/compiled_engine.h"
#include "properties/generator.h"

namespace writ::properties {

// The same facts with every instant of a record, and the horizon, in whole seconds, and every row `times` times over, so that there are
// blocks of nothing but usual rows. Records with a history keep one of each row.
Facts repeated_in_seconds(const ir::Agreement&, const Facts&, uint32_t times);

// The same facts with microseconds here and there: the horizon has some, so do the instants of single rows, of stretches of rows, or of none.
Facts with_microseconds(const ir::Agreement&, const Facts&, uint64_t seed);

// How a host keeps its columns.
struct HostForm {
  bool wide = false;         // 64 bits a number and something where there is none, as data frames have them; else as narrow as the numbers are
  int64_t instant_unit = 1;  // microseconds of one step of a wide column of instants, where all of them are multiples of it
  uint32_t skipped = 0;      // rows in front of those of the batch; in wide columns
};
HostForm some_form(uint64_t seed);

// Memory of a host that must outlive the run, and a batch over it.
struct Host {
  std::deque<std::vector<int64_t>> wide;
  std::deque<std::vector<int32_t>> numbers;
  std::deque<std::vector<int8_t>> small;
  std::deque<std::vector<uint8_t>> bits;
};
evaluate::BatchView batch_view(Host&, const ir::Agreement&, const record::Batch&, const HostForm& = {});

// Reasons as a host takes them: integers of `width` bytes.
struct ReasonColumn {
  uint32_t width = 1;
  std::vector<std::byte> bytes;
};
ReasonColumn reason_column(uint32_t cases, bool wide, size_t rows);
size_t rows_of(const ReasonColumn&);
int reason_at(const ReasonColumn&, size_t row);

// What an engine gives for them over a host's columns, as far as columns can say it: in Observed::outputs numbers of 64 bits and states.
struct ObservedColumns {
  evaluate::Results results;
  std::vector<std::vector<ir::DefinitionId>> definitions;  // [batch]: of the record, in evaluation order
  std::vector<std::vector<std::vector<int64_t>>> numbers;  // [batch][definition of the record, in evaluation order][row]
  std::vector<std::vector<std::vector<uint8_t>>> states;
  std::vector<std::vector<ReasonColumn>> reasons;  // the same; without rows for definitions that have none, or where they were not asked for
};
ObservedColumns observe_columns(const evaluate::CompiledEngine&, const ir::Agreement&, const Facts&, bool reasons, const HostForm& = {});

// The first difference between them and what another engine gives for the same facts.
std::string difference(const ir::Agreement&, const Observed&, const ObservedColumns&);

}  // namespace writ::properties
