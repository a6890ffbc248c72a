// What was written: one tree a file, with spans, names as text, and no meaning. Made by `parse`, read by `check`.
// Nodes are plain structs; an optional part that was not written is an invalid id, an empty vector or a Name with no text.
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/store.h"
#include "source/span.h"

namespace writ::ast {

using source::Span;

struct Name {
  std::string text;
  Span span;
  bool written() const { return !text.empty(); }
};

struct Text {  // a string literal, without its quotes, escapes resolved
  std::string text;
  Span span;
  bool written() const { return span.valid(); }
};

// ---- expressions ------------------------------------------------------------------------------------------------

using ExprId = base::Id<struct ExprTag>;

enum class Unit {
  microsecond,
  millisecond,
  second,
  minute,
  hour,
  day,
  week,
  month,
  quarter,
  year,  // clock time up to hours; calendar time from days
  business_hour,
  business_minute,
  business_second,
  business_millisecond,
  business_day,
};
enum class PeriodUnit { month, quarter, year, contract_month, term };
enum class BinaryOp { add, subtract, multiply, divide, eq, ne, lt, le, gt, ge, and_, or_, of /* 15% of fee */, otherwise, at_least, at_most };
enum class UnaryOp { negate, not_ };
enum class Absence { not_yet, none, unknown };
enum class OutcomeWord { met, missed, pending, excused, out_of_scope, cannot_tell };  // of a commitment

struct BadExpr {};  // stands where the text could not be read; silent from here on
struct NameExpr {
  Name name;
};  // severity
struct MemberExpr {
  ExprId of;
  Name member;
};  // Acknowledgement.due
struct NumberExpr {
  std::string digits;
};  // 3.0 (sign is a Unary)
struct PercentExpr {
  std::string digits;
};  // 15%
struct MoneyExpr {
  Name currency;
  std::string digits;
};  // GBP 12,000.00: digits without the commas
struct DateExpr {
  std::string text;
};  // 2026-03-02
struct MonthExpr {
  std::string text;
};  // 2026-03
struct InstantExpr {
  std::string text;
};  // 2026-03-02T11:00, with offset or Z if written
struct TimeExpr {
  std::string text;
};  // 09:00
struct TextExpr {
  std::string text;
};  // "Pothole"
struct TruthExpr {
  bool value;
};
struct AbsenceExpr {
  Absence which;
};  // the value `none`, `not yet`
struct AmountExpr {
  ExprId count;
  Unit unit;
  Name calendar;
};  // 2 business hours on Ireland
struct UnaryExpr {
  UnaryOp op;
  ExprId operand;
};
struct BinaryExpr {
  BinaryOp op;
  ExprId left, right;
};
struct GivenExpr {
  ExprId operand;
  bool negated;
};  // planned is given; planned is not given
struct AbsentExpr {
  ExprId operand;
  Absence which;
  bool negated;
};  // resolved is not yet; caused_by is none
struct InExpr {
  ExprId operand;
  std::vector<ExprId> members;
  bool negated;
};  // channel in {email, phone}
struct BetweenExpr {
  ExprId operand, low, high;
};  // x between 1 and 5, both ends included
struct IfExpr {
  ExprId condition, then, otherwise;
};  // if c then a else b
struct CallExpr {
  Name function;
  std::vector<ExprId> arguments;
  Name calendar;
};  // rounded(x, 2), open_time(a, b) on Support
struct OutcomeExpr {
  OutcomeWord word;
  Name commitment;
};  // missed Resolution
// count(Ticket where severity = P1 of opened); sum(credit over Ticket where c of opened). `value` is invalid for count.
struct AggregateExpr {
  Name function;
  ExprId value;
  Name over;
  ExprId where;
  ExprId placed_by;
};
struct MissesExpr {
  std::vector<Name> commitments;
  ExprId placed_by;
};  // misses of Acknowledgement, Resolution
struct AtPeriodExpr {
  ExprId value;
  PeriodUnit period;
  ExprId instant;
};  // nps_score of the quarter of opened
struct StatusAtExpr {
  Name field;
  ExprId instant;
};  // status at opened
struct FirstExpr {
  ExprId condition;
};  // first status = done : instant or not yet

using ExprNode = std::variant<BadExpr, NameExpr, MemberExpr, NumberExpr, PercentExpr, MoneyExpr, DateExpr, MonthExpr, InstantExpr, TimeExpr, TextExpr,
                              TruthExpr, AbsenceExpr, AmountExpr, UnaryExpr, BinaryExpr, GivenExpr, AbsentExpr, InExpr, BetweenExpr, IfExpr, CallExpr,
                              OutcomeExpr, AggregateExpr, MissesExpr, AtPeriodExpr, StatusAtExpr, FirstExpr>;
struct Expr {
  ExprNode node;
  Span span;
};

// ---- types ------------------------------------------------------------------------------------------------------

// `int`, `decimal 2`, `percent`, `money`, `money USD`, `instant`, `date`, `time`, `duration`, `text`, `bool`, `ratio`, a name (enum, Party, metric type), or a range `0..10`, `0.00..99.99`.
struct TypeRef {
  Name name;                          // empty for a bare range
  std::optional<std::string> digits;  // decimal N
  Name currency;                      // money USD
  ExprId low, high;                   // range; may also follow a name: `money in GBP 0.00..GBP 99.00`, `int in 0..5`
  bool or_not_yet = false, or_none = false, or_unknown = false;
  Span span;
};

// ---- declarations -----------------------------------------------------------------------------------------------

struct Party {
  Name name;
  Name role;
  Text printed;
};                   // Company as provider "Northwind Support Ltd"
struct HeaderItem {  // the lines below `agreement`; each at most once
  enum class Kind { signed_, effective, term, currency, time_zone, law, delivered, round, month_end } kind;
  Span span;
  ExprId value;                // signed (instant or date), effective (date), term (amount or `until` date)
  Name word;                   // currency code; rounding word `half up`, ... as "half_up"; month end "last_day" or "next_first"
  std::vector<Text> texts;     // time zone, law, places
  bool term_until = false;     // term until 2027-12-31 (that day included)
  bool to_minor_unit = false;  // round ..., to the minor unit
  bool half_day = false;       // unused by the header; kept false
};
// damaged: a line could not be read (reported); what nothing says may have stood there. The title is not written when it was the first line.
struct Header {
  Text title;
  std::vector<Party> parties;
  std::vector<HeaderItem> items;
  Span span;
  bool damaged = false;
};

struct Module {
  Name path;
  Span span;
};  // module std.cx
struct Use {
  Name path;
  Span span;
};  // use std.holidays.england_and_wales
struct Param {
  Name name;
  TypeRef type;
  ExprId value;
  Span span;
};

enum class Weekday { monday, tuesday, wednesday, thursday, friday, saturday, sunday };
struct TimeRange {
  std::string from, to;
  Span span;
};  // 09:00..17:30; `to` may be 24:00 or, overnight, earlier than `from`
struct OpenRow {
  std::vector<Weekday> days;
  std::vector<TimeRange> ranges;
  Span span;
};  // open Mon..Fri 09:00..12:00, 13:00..17:30
struct DateHours {
  std::vector<ExprId> dates;
  std::vector<TimeRange> ranges;
  Span span;
};  // open on 2026-12-24 09:00..12:00 ; closed on 2026-05-04 12:00..13:00 (a break)
struct Calendar {
  Name name;
  bool is_default = false;
  Text zone;  // zone "Europe/London"; the agreement's when not written
  std::vector<OpenRow> open;
  std::vector<DateHours> open_on;      // replaces the hours of these days
  std::vector<DateHours> closed_on;    // ranges empty: closed all day; else a break
  std::vector<Name> closed;            // holiday sets and single names
  bool no_holidays = false;            // closed never
  std::vector<Weekday> business_days;  // business days Mon..Sat
  ExprId year_first, year_last;        // years 2010..2040: where the calendar is known
  Name merged_with;                    // merged with Ireland: open where both are open
  enum class DayEnd { unstated, at_close, same_time } day_end = DayEnd::unstated;
  bool runs_out_at_next_opening = false;  // time that runs out at closing ends at the next opening
  bool damaged = false;                   // a line could not be read (reported); what nothing says may have stood there
  Span span;
};

// holidays england_and_wales "Bank holidays in England and Wales" { source "..." years 1978..2100  rows }
struct HolidayRow {
  enum class Kind { fixed, nth_weekday, easter, dates } kind;
  Text printed;
  int day = 0, month = 0;  // fixed 25 December
  int nth = 0;             // 1..5 or -1 = last; nth_weekday: first Monday of May
  Weekday weekday = Weekday::monday;
  int offset = 0;             // easter - 2 days
  std::vector<ExprId> dates;  // on 2012-06-05, 2022-06-03
  enum class Move {
    none,
    next_weekday,
    nearest_weekday
  } move = Move::none;         // next_weekday: to the next weekday that is no other holiday of the set; nearest: Saturday to Friday, Sunday to Monday
  ExprId from_year, to_year;   // from 1978, until 2019 (both included)
  std::vector<ExprId> except;  // except in 2020, 2022 (years)
  Span span;
};
struct Holidays {
  Name name;
  Text printed;
  std::vector<Text> sources;
  ExprId year_first, year_last;
  std::vector<HolidayRow> rows;
  Span span;
};

struct Enumerator {
  Name name;
  Text printed;
};
struct Enum {
  Name name;
  std::vector<Enumerator> members;
  Span span;
};
// type NPS = -100..100, higher is better, "points"
struct MetricType {
  Name name;
  ExprId low, high;
  bool has_direction = false, higher_is_better = false;
  Text unit;
  Span span;
};
struct Field {
  Name name;
  TypeRef type;
  bool key = false;
  Span span;
};
struct Record {
  Name name;
  Name since;
  std::vector<Field> fields;
  Span span;
};
struct History {
  Name record;
  std::vector<Field> fields;
  Name order_by;
  Span span;
};  // history of Ticket { at : instant, status : Status }

// facts Ticket from "incidents.csv" { ... }: how a foreign file maps to a record. Never guesses.
struct FactField {
  Name field;
  std::vector<Text> columns;  // column "opened_at"; several: the first that is not absent
  int occurrence = 1;         // column "category" number 2, where a header repeats a name
  Text pattern;               // as "d/M/yyyy HH:mm"
  Text zone;                  // in "Europe/Lisbon"
  struct Code {
    Text text;
    ExprId value;
  };
  std::vector<Code> codes;                   // { "1" = P1, "2" = P2 }
  std::vector<Text> not_yet, none, unknown;  // "?" means not yet
  ExprId constant;                           // caused_by = none
  Span span;
};
struct Facts {
  Name of;  // record, history (written `history of Ticket`) or act
  bool of_history = false;
  Text file;  // default file name, beside the agreement; may be overridden when run
  std::vector<FactField> fields;
  enum class Repeats { refused, last_decides, first_decides } repeats = Repeats::refused;  // rows with the same id: the last decides
  Name repeats_by;         // the last by sys_mod_count: largest value of that column decides (field name)
  Text parent_key_column;  // history: column that holds the record's key
  Text separator;          // separator ";"
  Span span;
};

// ---- clauses ----------------------------------------------------------------------------------------------------

struct ProsePiece {
  std::string text;
  ExprId value;
  Span span;
};  // plain text, or (value valid) a hole {Resolution.Critical}: a NameExpr or MemberExpr
struct Prose {
  Text text;
  std::vector<ProsePiece> pieces;
};  // """ ... """ with {holes}; indentation removed, lines joined by \n; {{ and }} are braces
struct Define {
  Name name;
  Text printed;
  Name of;
  ExprId where;
  Text means;
  std::vector<ProsePiece> means_pieces;
  Span span;
};
struct OutOfScope {
  Name of;
  ExprId where;
  Span span;
};
struct TierCase {
  Name name;
  ExprId when;
  bool otherwise = false;
  Span span;
};
struct Tier {
  Name of;
  Name name;
  std::vector<TierCase> cases;
  bool damaged = false;  // as of a calendar; so below
  Span span;
};  // name: optional, `tier Grade of Ticket`
struct Within {
  Name tier;
  bool otherwise = false;
  ExprId amount;
  bool none = false;
  Span span;
};  // Critical : within 2 business hours ; Standard : no commitment (none)
struct Commitment {
  Name name;
  Text printed;
  Name for_;  // a record or a defined term
  ExprId where;
  Name by;  // party
  ExprId from;
  std::vector<ExprId> until;   // until resolved or planned: the earliest that is given
  std::vector<Within> within;  // one row without tier, or a row for each tier
  bool before = false;         // `before` instead of `within`: the deadline itself is too late
  ExprId excused;
  ExprId paused;
  Name calendar;  // calendar Ireland: instead of the default one
  bool damaged = false;
  Span span;
};
struct RuleCase {
  Name label;
  std::vector<Name> overrides;
  ExprId value;
  ExprId when;
  Span span;
};
struct Rule {
  Name name;
  Text printed;
  std::optional<TypeRef> type;
  Name per_record;                       // per Ticket
  std::optional<PeriodUnit> per_period;  // per month; neither: per agreement
  ExprId base;
  std::vector<RuleCase> cases;
  Span span;
};
struct Metric {
  Name name;
  Text printed;
  AggregateExpr value;
  std::optional<PeriodUnit> per;
  std::optional<TypeRef> type;
  Span span;
};
struct BenchmarkTest {
  Name metric;
  bool at_least = true;
  bool strict = false;
  ExprId bound;
  Span span;
};  // nps_score at least nps_floor
struct Benchmark {
  Name name;
  Text printed;
  std::vector<BenchmarkTest> tests;  // all must hold
  ExprId minimum;                    // judged only with 50 answers or more
  enum class TooFew { unstated, not_measured, met, missed } too_few = TooFew::unstated;
  std::vector<Name> if_missed;
  Name by;
  Span span;
};
struct CreditTerm {
  ExprId amount;
  OutcomeWord word = OutcomeWord::missed;
  Name commitment;
  bool each = true;
  ExprId when;
  Span span;
};
struct Remedy {
  Name name;
  Text printed;
  std::vector<Name> of;  // for missed Acknowledgement, Resolution (commitments or benchmarks)
  ExprId when;           // when Critical
  enum class Combine { unstated, sum, largest, first } combine = Combine::unstated;
  std::vector<CreditTerm> terms;  // credit ...
  ExprId amount;                  // credit <expr>: one amount a period, when no `for each` is used
  ExprId cap;
  std::optional<PeriodUnit> cap_per;
  bool in_full = false;
  std::optional<PeriodUnit> per;  // credited per month (default: the cap's period, else month)
  ExprId placed_by;               // of opened
  Name rounding_each;             // rounded each half up: every record's amount is rounded by itself ("half_up")
  Name claimed_by;
  ExprId claim_within;                    // claimed by Client within 30 days after month end
  std::optional<PeriodUnit> claim_after;  // after the end of which period
  bool only_money_remedy = false;
  Span span;
};
struct Right {
  Name name;
  Text printed;
  Name of;  // right Terminate of Client
  int consecutive = 0;
  PeriodUnit period = PeriodUnit::month;  // any 2 consecutive months
  ExprId at_least;
  std::vector<Name> misses;
  ExprId each_at_least;           // have at least 3 misses of A, R, with at least 1 in each
  Name condition;                 // or: in which nps_failed holds (a yes/no rule per that period), or `missed Loyalty`
  bool condition_missed = false;  // the condition names a benchmark: missed Loyalty
  bool notice_written = false;
  bool has_notice = false;
  ExprId cure_within;               // 30 days to cure
  bool cured_when_no_miss = false;  // cured when no such miss falls due in the cure period
  ExprId exercise_within;           // exercisable within 90 days
  std::vector<Text> then;           // what follows, as written
  bool damaged = false;
  Span span;
};
struct NotModelled {
  Text what;
  Text because;
  Span span;
};
// What stands in the source but not in the tree: a construct that this version does not read (`duty`, reported by the parser), or a
// broken one (reported too). The name, if one could be read, is declared for all that follows: silent, like BadExpr.
struct Unread {
  Name keyword;
  Name name;
  Span span;
};
struct Clause;
using ClauseItem = std::variant<Prose, Define, OutOfScope, Tier, Commitment, Rule, Metric, Benchmark, Remedy, Right, NotModelled, Unread, Clause>;
struct Clause {
  Text number;
  Text title;
  std::vector<ClauseItem> items;
  Span span;
};

// ---- scenarios --------------------------------------------------------------------------------------------------

struct FactLiteralField {
  Name name;
  ExprId value;
};
struct FactLiteral {  // Ticket { id: "T1", severity: P1, ... } with nested history rows
  Name record;
  std::vector<FactLiteralField> fields;
  struct Row {
    std::vector<FactLiteralField> fields;
    Span span;
  };
  std::vector<Row> history;  // history { at: ..., status: working }
  Span span;
};
struct Expect {  // expect Acknowledgement of "T1" = missed ; expect ServiceCredit in 2026-03 = GBP 600.00
  Name subject;
  Name member;                            // member: due, state, ...
  Text of_key;                            // of "T1"; may be left out when there is one record
  ExprId period;                          // in 2026-03 (MonthExpr), in 2026 (NumberExpr, a year), in quarter 2026-04 (MonthExpr: the quarter that holds it)
  std::optional<PeriodUnit> period_unit;  // month, year or quarter, as above
  ExprId value;
  Name word;  // the outcome word when the value is one (met, missed, not_measured, not_arisen ...)
              // `= met`, `= done`: a bare name may also be an enum's member, then `value` (NameExpr, AbsenceExpr) is valid too
  Span span;
};
struct ScenarioSet {
  Name param;
  ExprId value;
};
struct Scenario {
  Text name;
  ExprId as_of;
  std::vector<ScenarioSet> with;
  std::vector<FactLiteral> facts;
  std::vector<Expect> expects;
  Span span;
};

using Item = std::variant<Module, Use, Param, Calendar, Holidays, Enum, MetricType, Record, History, Facts, Clause, Rule, Scenario, Unread>;

struct File {
  source::FileId id;
  std::optional<Header> header;  // none in a module
  std::vector<Item> items;
  base::Store<ExprTag, Expr> exprs;
};

}  // namespace writ::ast
