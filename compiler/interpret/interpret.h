// The oracle: evaluates facts by the plainest reading of the meaning of an agreement.
//
// In:        ir::Agreement that `check` made without errors and that outlives the engine; facts as batches; acts.
// Out:       an evaluate::Engine (see runtime/evaluate/engine.h for its laws); the trace of one record.
// Promises:  results, faults and traces are the ones by which native code is judged, to the byte. Slow and obvious.
// Does not:  read files, look at a clock, share anything with plan and emit but the value functions.
// Reports:   nothing; a fault of a record is part of its values.
// See:       docs/phases/interpret.md, docs/language/reference/{outcomes,aggregates,knowledge}.md
#pragma once
#include <memory>
#include <vector>

#include "evaluate/engine.h"
#include "ir/agreement.h"
#include "value/calendar.h"

namespace writ::interpret {

std::unique_ptr<evaluate::Engine> make_interpreter(const ir::Agreement&);

// The definitions of one record type, in evaluation order: the rows of RecordOutputs::values.
std::vector<ir::DefinitionId> definitions_of(const ir::Agreement&, ir::RecordId);

struct DefinitionTrace {
  ir::DefinitionId definition;
  uint32_t point = 0;
  value::Value value;
  uint64_t held = 0;  // which cases held, as value::holds reads it
};
// Why a commitment's clock stood still.
struct ClockTrace {
  ir::CommitmentId commitment;
  value::State state = value::State::given;  // unknown or fault: the pauses cannot be told
  std::vector<value::Interval> pauses;       // half-open, ascending, apart; microseconds UTC
};
struct RecordTrace {
  evaluate::Admission admission = evaluate::Admission::admitted;
  std::vector<DefinitionTrace> definitions;  // in evaluation order; empty when the record is not admitted
  std::vector<ClockTrace> clocks;            // one a commitment of this record type that may be paused; empty likewise
};

// Everything about one row of a batch. The engine must be one of make_interpreter, the totals its own and closed for all
// passes but the last (a fresh `init` will do when there is one pass).
RecordTrace trace_record(const evaluate::Engine& interpreter, const evaluate::Totals&, const record::Batch&, uint32_t row);

}  // namespace writ::interpret
