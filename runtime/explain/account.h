// The account of a commitment for one record: which row of it applied, how its clock ran, and what would have met it. The command line and deployed rule sets
// explain with it. In: recorded values, never an evaluation of its own. Out: figures, and the words for them.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "explain/description.h"
#include "value/calendar.h"
#include "value/value.h"
#include "value/zone.h"

namespace writ::explain {

// One record, evaluated: what an account is made from.
struct Evaluated {
  const Description* description = nullptr;
  const value::Zone* zone = nullptr;
  int64_t as_of = 0;
  std::span<const value::CalendarTable> calendars;
  std::span<const value::Value> values;                  // by definition; those that are not of the record are none
  std::span<const value::Value> params;                  // by parameter
  std::span<const std::vector<value::Interval>> pauses;  // by commitment
};

// One stretch of a clock. `used` adds up to the figure that was judged: microseconds of running time, or days that count.
struct ClockRow {
  int64_t from = 0, until = 0;
  std::string kind;
  int64_t used = 0;
};

struct Account {
  uint32_t commitment = 0;
  value::Value outcome;
  std::string row;  // as written: "Critical : within 2 business hours"
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

Account account_for(const Evaluated& evaluated, uint32_t commitment);

// A few lines for people; and an object of JSON.
std::string account_text(const Evaluated& evaluated, const Account& account);
std::string account_json(const Evaluated& evaluated, const Account& account);

// `clause 1 "Answers"`, or nothing.
std::string clause_words(const Description& description, uint32_t clause);

}  // namespace writ::explain
