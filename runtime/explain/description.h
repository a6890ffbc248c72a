// What a rule set says about itself once the compiler is gone: names, types, words, clauses, and what was written where. Plain data, made
// by the compiler, carried by the artefact, read by hosts and by explanations. Indices are those of evaluate::Tables.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "value/int128.h"
#include "value/period.h"

namespace writ::explain {

using value::i128;

inline constexpr uint32_t nowhere = UINT32_MAX;

// What the integers of a value mean. The same kinds as the language has; see the comments of each for what one stands for.
enum class Kind : uint8_t {
  boolean,      // 0 or 1
  number,       // scaled by 10^scale
  ratio,        // quotient of two integers, over 10^scale
  money,        // scaled by 10^scale, of a currency
  date,         // days since 1970-01-01
  time,         // minutes since local midnight
  instant,      // microseconds since 1970-01-01T00:00Z
  duration,     // microseconds
  period,       // months * 2^32 + days
  open_time,    // microseconds of open time
  open_days,    // business days
  enumeration,  // code: index of a word
  text,         // code: index of a text that the rules name; any other code is a text that they do not name
};

enum class Absence : uint8_t { never, not_yet, none };

struct Type {
  Kind kind = Kind::boolean;
  int32_t scale = 0;
  bool percent = false;  // shown as a percentage: 0.15 is 15%
  uint32_t currency = nowhere, enumeration = nowhere;
  uint32_t unit = nowhere;  // of a metric: index into Description::units
  Absence absence = Absence::never;
  bool may_be_unknown = false;
  bool has_range = false;
  i128 low = 0, high = 0;  // both included, scaled like the value
};

struct Currency {
  std::string code;
  int32_t minor_digits = 2;
};
struct Enum {
  std::string name;
  std::vector<std::string> words;  // as in the language
  std::vector<std::string> printed;
};
struct Field {
  std::string name;
  Type type;
};
struct Record {
  std::string name;
  std::vector<Field> fields;
  std::vector<Field> history;
  uint32_t key = nowhere;  // field
  uint32_t since = nowhere;
  uint32_t history_at = nowhere;
  bool act = false;  // a claim, notice, payment or exercise: handed over as acts, not as facts
};
struct Param {
  std::string name;
  Type type;
  bool has_value = false;  // else a run must give one
  i128 value = 0;
};
struct Clause {
  std::string number, title;
};
struct Case {
  std::string label;
  std::string quote;  // as written
  uint32_t point = 0;
  std::vector<uint64_t> overridden_by;  // bit set over the cases of the definition
};
enum class Per : uint8_t { agreement, record, period };
struct Definition {
  std::string name, printed;
  Type type;
  Per per = Per::agreement;
  uint32_t record = nowhere;                            // per record
  value::PeriodKind period = value::PeriodKind::month;  // per period
  bool hidden = false;                                  // a part of a construct that statements do not show
  uint32_t clause = nowhere;
  std::string quote;
  uint32_t point = 0;
  std::vector<Case> cases;
};
// What runs between the start of a commitment and its due instant. `days`: of the civil calendar, also counted in months.
enum class Clock : uint8_t { open_time, business_days, elapsed, days };
enum class Amount : uint8_t { none, constant, param, computed };
struct CommitmentRow {
  std::string tier;   // empty: of all that have no row of their own
  std::string quote;  // as written
  Clock clock = Clock::elapsed;
  uint32_t calendar = nowhere;
  Amount amount = Amount::none;
  i128 constant = 0;         // of Amount::constant
  uint32_t param = nowhere;  // of Amount::param
};
struct Commitment {
  std::string name, printed;
  uint32_t record = nowhere, party = 0, clause = nowhere;
  uint32_t applies = nowhere, excused = nowhere, from = nowhere, until = nowhere, due = nowhere, outcome = nowhere, tier = nowhere;  // definitions
  bool strict = false;                                                                                                               // before, not by
  std::string event;                                                                                                                 // what ends it, as written
  std::vector<CommitmentRow> rows;                                                                                                   // as written
};
struct Credit {
  std::string name, printed;
  value::PeriodKind period = value::PeriodKind::month;
  uint32_t amount = nowhere, clause = nowhere;
};
struct Right {
  std::string name, printed;
  uint32_t party = 0, clause = nowhere;
};
struct Party {
  std::string name, role, printed;
};
struct Source {
  std::string name;  // of the file, without its folder; a module's name
  std::string sha256;
};

struct Description {
  std::string compiler;  // its version
  std::string title;
  std::vector<Source> sources;  // the agreement first, then what it uses
  std::vector<Party> parties;
  std::string zone;
  int32_t effective = 0, end = 0;  // dates: first day of the term, first day after it
  uint32_t currency = nowhere;
  std::vector<Currency> currencies;
  std::vector<std::string> units;
  std::vector<Enum> enums;
  std::vector<std::string> texts;
  std::vector<Param> params;
  std::vector<Record> records;
  std::vector<Clause> clauses;
  std::vector<Definition> definitions;
  std::vector<uint32_t> order;  // of evaluation
  std::vector<Commitment> commitments;
  std::vector<Credit> credits;
  std::vector<Right> rights;
  uint32_t credit_states = nowhere, right_states = nowhere, subjects = nowhere, party_words = nowhere;  // enums
};

std::vector<std::byte> save_description(const Description& description);
// False, with the reason, for anything that save_description of this version did not write.
bool load_description(std::span<const std::byte> image, Description& description, std::string& error);

}  // namespace writ::explain
