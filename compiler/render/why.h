// Why a record came out as it did: each commitment's clock, row by row, what would have met it, and the clauses that say so.
#pragma once
#include <string>
#include <vector>

#include "evaluate/engine.h"
#include "explain/description.h"
#include "ir/agreement.h"
#include "value/calendar.h"

namespace writ::render {

// One record, evaluated: what an explanation is made from.
struct RecordView {
  ir::RecordId record;
  std::string key;
  std::string agreement_key_name, agreement_key;  // of many agreements: what the key is called, and which one the record is of
  evaluate::Admission admission = evaluate::Admission::admitted;
  int64_t as_of = 0;
  std::vector<value::Value> values;                  // by definition index; those of other records and grains are absent
  std::vector<uint64_t> held;                        // the same
  std::vector<value::Value> fields;                  // by field, as seen at the as-of instant
  std::vector<std::string> texts;                    // by field: the text of text fields
  std::vector<std::vector<value::Interval>> pauses;  // by commitment of the agreement
  std::vector<value::Value> params;
  explain::Description description;  // what a deployed rule set would know: accounts of commitments are made from it
};

std::string why_human(const ir::Agreement& agreement, const RecordView& view);
std::string why_json(const ir::Agreement& agreement, const RecordView& view);

}  // namespace writ::render
