// What an agreement means: its clauses and constructs, and the core that each is lowered to.
// Made by `check`; read by interpret, plan, render, driver. `verify` says whether its promises hold.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ir/expressions.h"
#include "ir/types.h"
#include "value/calendar.h"
#include "value/civil.h"
#include "value/value.h"
#include "value/zone.h"

namespace writ::ir {

struct Currency {
  std::string code;
  int minor_digits = 2;
};  // ISO 4217
struct Enum {
  std::string name;
  std::vector<std::string> members, printed;
  bool builtin = false;
};
struct MetricType {
  std::string name, unit;
  bool higher_is_better = true;
  int scale = 0;
  i128 low = 0, high = 0;
};
struct Party {
  std::string name, role, printed;
};  // its code in the enum Party is its index
struct Param {
  std::string name;
  Type type;
  std::optional<i128> value;
  Span span;
};  // no value: must be given when run

struct Field {
  std::string name;
  Type type;
  bool key = false;
  bool compared = false;
  Span span;
};  // compared: some rule reads it
struct History {
  std::vector<Field> fields;
  FieldIndex at = 0;
  std::optional<FieldIndex> order_by;
};  // rows sorted by `at`
struct Record {
  std::string name;
  std::vector<Field> fields;
  std::optional<FieldIndex> key, since;  // since: the instant that places the record in the term
  std::optional<History> history;
  bool act = false;  // Claim, Notice, Payment, Exercise
  Span span;
};

// The act records have these fields, in this order: at (instant), by (Party), of (enum Subject: every remedy and right), period (date in it, or none).
enum class ActField : uint32_t { at, by, of, period };

struct Calendar {
  std::string name;
  value::CalendarRules rules;
  std::vector<std::string> sources;  // of its holidays
  Span span;
};

struct Clause {
  std::string number, title;
  ClauseId parent;
  std::vector<std::string> prose;
  Span span;
};

struct Case {
  std::string label;  // as written, or the tier's name
  ExprId guard, result;
  uint32_t point = 0;                   // trace point
  std::vector<uint64_t> overridden_by;  // bit set over the cases of this definition that override it, transitively; empty: none do
  Span span;
};

// A named value. When there are no cases, it is its base. Evaluated by value::decide.
struct Definition {
  std::string name;  // "Resolution", "Resolution.due", "ServiceCredit.accrued"
  std::string printed;
  Type type;
  Grain grain;
  std::optional<ExprId> base;
  std::vector<Case> cases;
  uint32_t point = 0;   // trace point
  int pass = 0;         // record and period values of pass 0 are made first; a value read from a coarser grain starts the next pass
  bool hidden = false;  // an implementation part of a construct; not printed in statements
  ClauseId clause;
  Span span;
};

// A mergeable fold over the records of one kind, per period or over the term. Records outside the term or after the horizon are never in it.
struct Aggregate {
  enum class Fold { count, sum, minimum, maximum, mean } fold = Fold::count;
  RecordId record;
  ExprId filter;     // at record grain; invalid: every record
  ExprId value;      // at record grain; invalid for count. Absent values are passed over
  ExprId placed_by;  // instant at record grain; invalid: over the whole term
  std::optional<PeriodKind> period;
  Type type;  // of the result
  int pass = 0;
  Span span;
};

struct Commitment {
  std::string name, printed;
  RecordId record;
  uint32_t party = 0;  // who bears it
  DefinitionId applies, excused, from, until, due, outcome;
  DefinitionId tier;                 // invalid when there are no tiers
  std::vector<DefinitionId> counts;  // at agreement grain: records of the term by outcome, in the order of CommitmentOutcome
  struct Row {
    std::string tier;
    ExprId amount;
    Op deadline = Op::deadline_open;
    CalendarId calendar;
    Span span;
  };
  std::vector<Row> rows;  // as written, for explanations
  ExprId pause;           // at history grain
  bool strict = false;
  ClauseId clause;
  Span span;
};

struct Benchmark {
  std::string name, printed;
  DefinitionId outcome;               // per period
  std::vector<DefinitionId> metrics;  // in the order of the tests
  std::vector<ExprId> bounds;
  std::optional<ExprId> minimum;
  ClauseId clause;
  Span span;
};

// A service credit. One amount a period: exact sum, rounded once, capped.
struct Credit {
  std::string name, printed;
  PeriodKind period = PeriodKind::month;
  DefinitionId exact, rounded, amount;  // per period: the exact sum; rounded; after the cap
  DefinitionId cap;                     // invalid without a cap
  std::vector<CommitmentId> commitments;
  std::vector<BenchmarkId> benchmarks;
  struct Claim {
    uint32_t party = 0;
    int64_t days = 0;
  };  // within `days` days after the period's last day, that day not counted
  std::optional<Claim> claim;
  bool only_money_remedy = false;
  uint32_t subject = 0;  // code in the enum Subject
  ClauseId clause;
  Span span;
};

// A right that arises when any `consecutive` periods in a row satisfy the condition.
struct Right {
  std::string name, printed;
  uint32_t party = 0;  // the holder
  int consecutive = 1;
  PeriodKind period = PeriodKind::month;
  std::vector<CommitmentId> misses;  // form 1: misses, placed by their due instant
  int64_t at_least = 0;              // ... in the whole window
  int64_t each_at_least = 0;         // ... in each period of it (0: not asked)
  DefinitionId condition;            // form 2: a yes/no definition per period
  bool notice = false;               // a written notice is needed
  int64_t cure_days = 0;             // 0: no cure period
  bool cured_when_no_miss = false;
  int64_t exercise_days = 0;  // 0: does not lapse
  std::vector<std::string> then;
  uint32_t subject = 0;           // code in the enum Subject
  int64_t notable_bound = 65536;  // most misses that the state may hold; beyond it is an error, never a truncation
  ClauseId clause;
  Span span;
};

struct Define {
  std::string name, printed, means;
  RecordId record;
  DefinitionId holds;
  ClauseId clause;
  Span span;
};
struct NotModelled {
  std::string what, because;
  ClauseId clause;
  Span span;
};

// How a foreign file maps to a record, a history or an act. Strings are as in the file.
struct FactsField {
  FieldIndex field = 0;
  std::vector<std::string> columns;
  int occurrence = 1;
  std::string pattern, zone;  // zone: a name for Agreement::zones; empty: the agreement's
  struct Code {
    std::string text;
    value::Value value;
    std::string as_text;
  };
  std::vector<Code> codes;
  std::vector<std::string> not_yet, none, unknown;
  std::optional<value::Value> constant;
  std::string constant_text;
  Span span;
};
struct FactsMapping {
  RecordId record;
  bool of_history = false;
  std::string file;
  std::vector<FactsField> fields;
  enum class Repeats { refused, last_decides, first_decides } repeats = Repeats::refused;
  std::optional<FieldIndex> repeats_by;
  std::string repeats_by_column;
  std::string parent_key_column;
  char separator = ',';
  Span span;
};

// One fact of a scenario: values in field order; a text value keeps its text in `texts`.
struct ScenarioRow {
  std::vector<value::Value> values;
  std::vector<std::string> texts;
  Span span;
};
struct ScenarioFact {
  RecordId record;
  ScenarioRow row;
  std::vector<ScenarioRow> history;
};
struct Expectation {
  enum class Of { definition, credit_state, right_state } of = Of::definition;
  DefinitionId definition;
  CreditId credit;
  RightId right;
  std::string key;                     // of a record; empty: the only one
  std::optional<int32_t> period_date;  // a date in the period
  value::Value value;                  // expected; for states: code of the state
  std::string text;                    // expected text
  bool end_of_date = false;            // an instant is expected as the end of a civil date
  Type type;
  Span span;
};
struct Scenario {
  std::string name;
  int64_t as_of = 0;
  std::vector<std::pair<ParamId, i128>> with;
  std::vector<ScenarioFact> facts;
  std::vector<Expectation> expects;
  Span span;
};

struct NamedZone {
  std::string name;
  value::Zone zone;
};

struct Agreement {
  std::string title;
  std::vector<Party> parties;
  std::optional<int64_t> signed_at;  // instant
  int32_t effective = 0, end = 0;    // civil dates: first day of the term, first day after it
  CurrencyId currency;
  std::string zone_name;
  value::Zone zone;
  std::vector<NamedZone> zones;  // every zone that a calendar or a mapping names
  value::Rounding rounding = value::Rounding::half_up;
  value::MonthEnd month_end = value::MonthEnd::none;
  std::string law;

  base::Store<CurrencyTag, Currency> currencies;
  base::Store<EnumTag, Enum> enums;
  base::Store<MetricTypeTag, MetricType> metric_types;
  base::Store<ParamTag, Param> params;
  base::Store<RecordTag, Record> records;
  base::Store<CalendarTag, Calendar> calendars;
  base::Store<ClauseTag, Clause> clauses;
  base::Store<ExprTag, Expr> exprs;
  base::Store<DefinitionTag, Definition> definitions;
  base::Store<AggregateTag, Aggregate> aggregates;
  base::Store<CommitmentTag, Commitment> commitments;
  base::Store<BenchmarkTag, Benchmark> benchmarks;
  base::Store<CreditTag, Credit> credits;
  base::Store<RightTag, Right> rights;
  std::vector<Define> defines;
  std::vector<NotModelled> not_modelled;
  std::vector<FactsMapping> facts;
  std::vector<Scenario> scenarios;
  std::vector<std::string> texts;  // text constants

  std::vector<DefinitionId> order;  // evaluation order: pass, then records, then periods, then agreement; dependencies first
  int passes = 1;

  EnumId party_enum, subject_enum, commitment_outcome_enum, benchmark_outcome_enum, credit_state_enum, right_state_enum;
  RecordId claim, notice, payment, exercise;  // the act records
};

// Codes of the built-in enums, in the order of their members.
enum class CommitmentOutcome { met, missed, pending, excused, out_of_scope };  // cannot tell: value::State::unknown
enum class BenchmarkOutcome { met, missed, pending, not_measured };
enum class CreditState { none, accrued, claimable, claimed, forfeited, settled };
enum class RightState { not_arisen, arisen, notice_given, cured, exercisable, exercised, lapsed };

}  // namespace writ::ir
