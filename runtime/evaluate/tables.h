// What an evaluator knows about its rule set besides code: the layout of records, totals, periods and protocols.
// Plain data without names; made by `plan`, read by the code of this folder, never changed during evaluation.
#pragma once
#include <cstdint>
#include <vector>

#include "evaluate/look_up_table.h"
#include "value/aggregate.h"
#include "value/calendar.h"
#include "value/civil.h"
#include "value/period.h"
#include "value/value.h"
#include "value/zone.h"

namespace writ::evaluate {

inline constexpr uint32_t no_index = UINT32_MAX;

// How the values of a slot lie in memory, one a row: 0 or 1 in a byte, an integer, or a whole value::Value (intervals, fractions,
// numbers of more than 64 bits). Integer lanes hold the given value; state and fault stand beside it.
enum class Lane : uint8_t { truth, i8, i16, i32, i64, whole };
inline constexpr uint32_t lane_bytes(Lane lane) {
  switch (lane) {
    case Lane::truth:
    case Lane::i8: return 1;
    case Lane::i16: return 2;
    case Lane::i32: return 4;
    case Lane::i64: return 8;
    case Lane::whole: return sizeof(value::Value);
  }
  return 0;
}

// The trace point and the kind of a fault in one number that orders like value::first_fault: the smaller one wins. Never 0.
inline constexpr uint32_t fault_point_limit = 1u << 24;
inline constexpr uint32_t fault_key(uint32_t point, value::Fault fault) { return point << 8 | static_cast<uint32_t>(fault); }

// What reads as not yet because it lies after the horizon of observation.
enum class Horizon : uint8_t { none, instant, date };

// The forms of a stage, from the narrowest. `lean` trusts declared ranges and states, and its code tells where a row breaks them.
// `seconds` also trusts that every instant is a whole second of 32 bits, and that nothing is unusual about a row (StageTable::clean).
// `general` trusts nothing. `portfolio` is `seconds` for rows of many agreements at once: parameters are columns, too (FieldTable::param).
enum class Form : uint8_t { seconds, lean, general, portfolio };
inline constexpr size_t form_count = 4;
inline constexpr bool in_seconds(Form form) { return form == Form::seconds || form == Form::portfolio; }

// A column that a stage reads. A block with a given value outside low..high, or with a state that is not expected, is evaluated by
// the general form of the stage, which expects everything.
struct FieldTable {
  uint32_t field = 0;
  uint32_t param = no_index;      // not a field but this parameter of the row's agreement: its column stands behind those of the fields
  uint32_t aggregate = no_index;  // of a stage of PortfolioTotals: what this total came to for the agreement
  Lane lane = Lane::i64;
  int64_t low = INT64_MIN, high = INT64_MAX;
  bool not_yet = false, none = false, unknown = false;
  value::State missing = value::State::none;  // what a host that only knows `missing` means by it
  Horizon seen = Horizon::none;               // also trusted not to lie after this horizon
  int64_t unit = 1;                           // low, high and the lane count so many of the field's own steps: 1000000 for whole seconds
};
// Where only one kind of absence is expected, code reads a bit a row: given or not; with several kinds a state byte; with none nothing.
inline constexpr int absences(const FieldTable& field) { return int{field.not_yet} + int{field.none} + int{field.unknown}; }

// Memory of a stage that outlives one function of it: by row, `lane_bytes` each, with a state byte and a fault key where they can occur.
struct SlotTable {
  Lane lane = Lane::i64;
  bool states = false, faults = false;
  uint32_t column = no_index;  // code writes nothing here: it is this column of the stage's fields, where that lies
};

// A definition of the records, and how its cases came out.
struct DefinitionOut {
  uint32_t definition = 0, slot = 0;
  uint32_t held = no_index;    // index into StageTable::helds
  uint32_t reason = no_index;  // slot of at most reason_bytes: the first case that held and that no other overrode, or value::no_case
};

// Bytes of an integer that tells any of so many cases, or none.
inline uint32_t reason_bytes(uint32_t cases) { return cases <= 128 ? 1 : cases <= 32768 ? 2 : 4; }

// Rows that have something to add. The number of them in a block is known before any is looked at.
struct Mark {
  uint32_t count = no_index;  // counter of the block; no_index: there are none
  uint32_t slot = no_index;   // which rows; no_index: only the number matters, or they are all rows of a clean stage
  int8_t equals = 1;          // those whose number in the slot is this one; other than 1 only in Form::portfolio
};
// plain: rows that surely count with a known value and place. odd: rows that need the full rule.
struct AggregateIn {
  uint32_t aggregate = 0;
  Mark plain, odd;
  uint32_t filter = no_index, value = no_index, placed = no_index;
  int64_t placed_unit = 1;  // microseconds that one step of `placed` is
};
// Rows that are surely or possibly a miss that a right names; where `due` is not known, it is a miss of unknown date.
struct NotableIn {
  uint32_t right = 0, commitment = 0;
  Mark certain, possible;
  uint32_t due = 0;
  int64_t due_unit = 1;  // microseconds that one step of `due` is
};

// A clock that the history of a record may stop: of a commitment of the agreement, by a condition of the history stage.
struct ClockIn {
  uint32_t commitment = 0, predicate = 0;
};

inline constexpr uint32_t most_block_rows = 4096;

// One stage over the rows of a record type or of its histories.
struct StageTable {
  uint32_t block_rows = 1024;  // rows that are evaluated together; a multiple of 64
  std::vector<FieldTable> fields;
  std::vector<SlotTable> slots;
  uint32_t helds = 0;                      // words of 64 bits a row: which cases held
  std::vector<DefinitionOut> definitions;  // in evaluation order
  std::vector<AggregateIn> aggregates;
  std::vector<NotableIn> notables;
  uint32_t admitted = no_index;               // of a stage over records: which take part
  Mark undated, after_horizon, outside_term;  // of the others, why they do not
  Mark faulted;                               // some definition of the record is a fault
  uint32_t counters = 0;                      // numbers of rows, of 64 bits each
  bool clean = false;                         // only for whole groups of 64 rows that all take part, without a fault and without doubt
  std::vector<uint32_t> predicates;           // of a history stage: slots
  std::vector<ClockIn> clocks;                // of a stage over records in the last pass, for explanations
};

struct RecordTable {
  uint32_t since = no_index;  // field that places the record in the term; no_index: every record takes part
  bool since_is_date = false;
  uint32_t fields = 0;
  bool has_history = false;
  uint32_t history_fields = 0, history_at = 0;
  std::vector<value::State> history_missing;  // by field of the history: what a host that only knows `missing` means by it
  std::vector<uint32_t> definitions;          // in evaluation order
};

enum class GrainOf : uint8_t { agreement, record, period };
struct DefinitionTable {
  GrainOf grain = GrainOf::agreement;
  uint32_t of = no_index;            // record or grid
  uint32_t first = 0;                // first of its values among the closed ones; a record's has none
  int32_t pass = 0;                  // -1: made before the facts
  uint32_t reasons = 0;              // of a record's: cases that a reason can name; 0: it has no reasons
  std::vector<uint32_t> aggregates;  // that it reads, itself or through others; of values per period and of the agreement
};

struct AggregateTable {
  value::AggregateRule rule;
  uint32_t record = 0;
  uint32_t pass = 0;
  uint32_t grid = no_index;        // no_index: one cell, over the whole term
  uint32_t first = 0, stride = 1;  // its cell of period p is first + p * stride: the cells of one period lie together
};

struct CreditTable {
  uint32_t grid = 0, amount = 0;  // amount: definition
  bool claim = false;
  uint32_t claim_party = 0;
  int64_t claim_days = 0;
  uint32_t subject = 0;
};

struct RightTable {
  uint32_t grid = 0, party = 0, subject = 0;
  uint32_t consecutive = 1;
  uint32_t commitments = 0;  // form 1: misses of so many commitments; 0: form 2
  int64_t at_least = 0, each_at_least = 0;
  uint32_t condition = no_index;  // form 2: definition per period
  bool notice = false, cured_when_no_miss = false;
  int64_t cure_days = 0, exercise_days = 0;
  int64_t notable_bound = 0;
};

struct ParamTable {  // a parameter outside low..high makes the run use the general form of every stage
  int64_t low = INT64_MIN, high = INT64_MAX;
};

struct Tables {
  uint64_t rules[2] = {0, 0};  // hash of the rule set
  uint32_t passes = 1;
  value::Zone zone;
  value::MonthEnd month_end = value::MonthEnd::none;
  int64_t term_start = 0, term_end = 0;  // [first instant, first instant after)
  std::vector<value::PeriodGrid> grids;
  std::vector<value::CalendarTable> calendars;
  std::vector<value::CalendarRules> calendar_rules;  // by calendar: what its table is built from, and what an artefact carries
  std::vector<ParamTable> params;
  std::vector<RecordTable> records;
  std::vector<DefinitionTable> definitions;
  uint32_t closed_values = 0;  // values of all definitions that are not a record's
  std::vector<AggregateTable> aggregates;
  uint32_t cells = 0;
  std::vector<CreditTable> credits;
  std::vector<RightTable> rights;
  std::vector<LookUpTable> look_ups;
};

}  // namespace writ::evaluate
