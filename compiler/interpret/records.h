// One record, evaluated.
#pragma once
#include "interpret/place.h"

namespace writ::interpret {

struct EvaluatedRecord {
  evaluate::Admission admission = evaluate::Admission::admitted;
  std::vector<value::Value> values;  // by slot; of later passes and of records not admitted: none
  std::vector<uint64_t> held;
};

evaluate::Admission admission_of(const Place&);
// All definitions up to the pass. The place must stand at a row of a batch.
EvaluatedRecord evaluate_record(Place, int pass);

// Adds the record to the aggregates of the pass and, in the last one, to the totals, the misses and the faults.
void count_record(const Place&, const EvaluatedRecord&, int pass, Open&);

}  // namespace writ::interpret
