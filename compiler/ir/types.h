// Types, grains and typed ids of the meaning of an agreement.
#pragma once
#include <string>
#include <vector>

#include "base/store.h"
#include "source/span.h"
#include "value/int128.h"
#include "value/period.h"

namespace writ::ir {

using source::Span;
using value::i128;

using ExprId = base::Id<struct ExprTag>;
using ParamId = base::Id<struct ParamTag>;
using EnumId = base::Id<struct EnumTag>;
using MetricTypeId = base::Id<struct MetricTypeTag>;
using CurrencyId = base::Id<struct CurrencyTag>;
using RecordId = base::Id<struct RecordTag>;
using CalendarId = base::Id<struct CalendarTag>;
using DefinitionId = base::Id<struct DefinitionTag>;
using AggregateId = base::Id<struct AggregateTag>;
using CommitmentId = base::Id<struct CommitmentTag>;
using BenchmarkId = base::Id<struct BenchmarkTag>;
using CreditId = base::Id<struct CreditTag>;
using RightId = base::Id<struct RightTag>;
using ClauseId = base::Id<struct ClauseTag>;

enum class Kind {
  error,        // a mistake was reported; silent from here on
  boolean,      // 0 or 1
  number,       // exact decimal: int, decimal, percent, a metric type; scaled by 10^scale
  ratio,        // exact quotient of two scaled integers, meaning number/10^scale
  money,        // exact amount of one currency, scaled by 10^scale (scale >= its minor unit while not yet rounded)
  date,         // days since 1970-01-01
  time,         // minutes since local midnight
  instant,      // microseconds since 1970-01-01T00:00Z
  duration,     // microseconds of elapsed time
  period,       // calendar time: months * 2^32 + days; no duration before it is anchored
  open_time,    // microseconds of open time of one calendar
  open_days,    // business days of one calendar
  enumeration,  // code: index into the members
  text,         // compares for equality and prints
};

enum class Absence { never, not_yet, none };

struct Type {
  Kind kind = Kind::error;
  int scale = 0;         // number, ratio, money
  bool percent = false;  // number or ratio: a share of a whole, written and shown as a percentage (0.15 is 15%)
  CurrencyId currency;   // money; ratio: a quotient of money that has not been rounded
  EnumId enumeration;    // enumeration
  MetricTypeId metric;   // number or ratio of a metric type (NPS ...)
  CalendarId calendar;   // open_time, open_days
  Absence absence = Absence::never;
  bool may_be_unknown = false;  // `or unknown`, or made from such
  bool has_range = false;       // low..high, both included, scaled like the value
  i128 low = 0, high = 0;
};

using value::PeriodKind;

// What a value is per.
struct Grain {
  enum class Of { agreement, record, period, history } of = Of::agreement;
  RecordId record;                        // record; history (the record that carries it)
  PeriodKind period = PeriodKind::month;  // period
  friend bool operator==(const Grain&, const Grain&) = default;
};

}  // namespace writ::ir
