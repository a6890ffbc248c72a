// What the reader of facts must know of an agreement, without the compiler's types.
#pragma once
#include <vector>

#include "ir/agreement.h"
#include "record/schema.h"

namespace writ::driver {

// Of every record type, acts among them. A claim or a payment must say its period, and each act may name only what it can be an act of.
std::vector<record::RecordSchema> fact_schemas(const ir::Agreement& agreement);

// [0]: the agreement's zone; then Agreement::zones.
std::vector<value::Zone> fact_zones(const ir::Agreement& agreement);

// A `facts` block. Fields that it does not mention are read from the column of their own name. What cannot be used is reported.
record::Mapping fact_mapping(const ir::Agreement& agreement, const ir::FactsMapping& written, const record::RecordSchema& schema,
                             std::vector<record::Finding>& failures);

}  // namespace writ::driver
