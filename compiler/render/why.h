// Why a record came out as it did: each commitment's clock, row by row, what would have met it, and the clauses that say so.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "evaluate/engine.h"
#include "ir/agreement.h"
#include "source/source_map.h"
#include "value/clock.h"

namespace writ::render {

// One record, evaluated: what an explanation is made from.
struct RecordView {
  ir::RecordId record;
  std::string key;
  evaluate::Admission admission = evaluate::Admission::admitted;
  int64_t as_of = 0;
  std::vector<value::Value> values;                  // by definition index; those of other records and grains are absent
  std::vector<uint64_t> held;                        // the same
  std::vector<value::Value> fields;                  // by field, as seen at the as-of instant
  std::vector<std::string> texts;                    // by field: the text of text fields
  std::vector<std::vector<value::Interval>> pauses;  // by commitment of the agreement
  std::vector<value::Value> params;
};

// One stretch of a clock. `used` adds up to the figure that was judged: microseconds of running time, or days that count.
struct ClockRow {
  int64_t from = 0, until = 0;
  std::string kind;
  int64_t used = 0;
};

struct CommitmentAccount {
  ir::CommitmentId commitment;
  value::Value outcome;
  std::string row;  // as written: "Critical : within 2 business hours"
  std::string tier;
  std::vector<ClockRow> rows;
  bool has_clock = false;      // it ran, so that rows and figures below mean something
  bool in_days = false;        // used and allowed are days, else microseconds
  int64_t start = 0, end = 0;  // end: the event, or the as-of instant where it has not happened
  bool ended = false;
  int64_t used = 0;
  std::optional<int64_t> allowed;
  std::optional<int64_t> due;
  std::vector<std::string> reasons;  // sentences
};

CommitmentAccount account_for(const ir::Agreement& agreement, const source::SourceMap& sources, const RecordView& view, ir::CommitmentId commitment);

std::string why_human(const ir::Agreement& agreement, const source::SourceMap& sources, const RecordView& view);
std::string why_json(const ir::Agreement& agreement, const source::SourceMap& sources, const RecordView& view);

}  // namespace writ::render
