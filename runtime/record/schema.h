// What a reader must know of the facts: the fields of a record type, and where a file keeps each of them.
// Plain data, made by whoever knows the agreement; nothing here knows the compiler.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "record/problems.h"
#include "value/civil_text.h"
#include "value/int128.h"
#include "value/value.h"
#include "value/zone.h"

namespace writ::record {

// How a field is stored in Column::values is said at Column.
enum class FieldKind : uint8_t {
  boolean,
  number,
  money,
  date,
  time,
  instant,
  duration,
  enumeration,
  text,
  unreadable,  // of a type that has no form in a file; only a constant can fill it
};

struct Field {
  std::string name;
  FieldKind kind = FieldKind::number;
  int scale = 0;                               // number, money: digits after the point
  bool percent = false;                        // number: a share of a whole; a file writes 15% for 0.15
  std::string currency;                        // money: ISO 4217
  std::vector<std::string> members;            // enumeration: the spelling of each code; empty: not allowed here
  value::State absence = value::State::given;  // given: it must be there; not_yet or none: what its absence is called
  bool may_be_unknown = false;
  bool has_range = false;  // low..high, both included, scaled like the value
  value::i128 low = 0, high = 0;
  bool compared = false;  // text: some rule compares it, so every text gets a code
};

struct RecordSchema {
  std::string name;
  std::vector<Field> fields;
  std::optional<uint32_t> key;               // by field; without one, no two rows can be told to be the same record
  std::vector<Field> history;                // fields of its history rows; empty: it has none
  uint32_t history_at = 0;                   // by field of the history: its instant
  std::optional<uint32_t> history_order_by;  // which of two rows of one instant comes first: the smaller value
};

// How a text becomes a value, apart from codes and absences.
enum class Form : uint8_t {
  standard,  // ISO 8601 and plain decimals, see docs/language/reference/facts_files.md
  pattern,   // dates and instants: FieldSource::pattern
  percent,
  fraction,  // percentages without their sign: 15, or 0.15
  hours,
  minutes,
  seconds,
  milliseconds,
  microseconds,  // durations: a count of these
};

struct Code {
  std::string text;     // as in the file
  int64_t value = 0;    // scaled, or the code
  std::string as_text;  // for text fields
};
struct Spelling {
  std::string text;
  value::State state = value::State::none;
};  // "?" means not yet

// Where the value of one field comes from: columns, or a constant.
struct FieldSource {
  std::vector<std::string> columns;  // the first whose cell is not absent
  uint32_t occurrence = 1;           // of the column's name in the header, from 1
  Form form = Form::standard;
  value::Pattern pattern;    // Form::pattern
  std::string pattern_text;  // as it was written
  uint32_t zone = 0;         // of local times: index into Facts' zones; 0 is the agreement's
  std::vector<Code> codes;   // when there are any, no other text is read
  std::vector<Spelling> absences;
  bool is_constant = false;
  value::State constant_state = value::State::given;
  int64_t constant = 0;
  std::string constant_text;
};

enum class Repeats : uint8_t { refused, first_decides, last_decides };

// How a file's columns become the fields of a record, or of a history.
struct Mapping {
  std::vector<FieldSource> fields;           // one for each field, in order
  Repeats repeats = Repeats::refused;        // several rows with one key
  std::string repeats_by;                    // last_decides: the row with the largest number in this column, ties to the later row
  std::optional<uint32_t> repeats_by_field;  // the same by the value of a field; not a text
  FieldSource parent_key;                    // histories: where the record's key stands
  char separator = ',';
};

// Every field is read from the column of its own name, in its standard form.
Mapping default_mapping(const RecordSchema& schema);
Mapping default_history_mapping(const RecordSchema& schema);

// The form that a mapping's text names, for a field: "percent", "seconds", "d/M/yyyy HH:mm". An empty text is the standard form.
// The finding says why it cannot be used; Problem::none: all is well.
Finding set_form(FieldSource& source, const Field& field, std::string_view text);

}  // namespace writ::record
