// What the steps of `check` share: the trees, the agreement that is being built, and what every name means.
// Private to this folder. Free functions only; each is in the file that is named above its group.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ast/ast.h"
#include "check/check.h"
#include "check/diagnostics.h"
#include "diag/diagnostic.h"
#include "ir/agreement.h"
#include "ir/build.h"
#include "source/source_map.h"

namespace writ::check {

using source::Span;
using SymbolId = base::Id<struct SymbolTag>;

// Everything that a name of an agreement or a module can stand for lies in one name space, so that no sentence has a silent second reading.
// Members of enums, tiers and fields of records are found through what they belong to.
struct Symbol {
  using Node =
      std::variant<std::monostate /* a party */, const ast::Param*, const ast::Enum*, const ast::MetricType*, const ast::Record*, const ast::Calendar*,
                   const ast::Holidays*, const ast::Define*, const ast::Tier*, const ast::Commitment*, const ast::Rule*, const ast::Metric*,
                   const ast::Benchmark*, const ast::Remedy*, const ast::Right*, const ast::Unread* /* reported by the parser: whoever reads it is silent */>;
  ast::Name name;  // an unnamed tier: "tier of Ticket"
  Node node;
  uint32_t file = 0;  // index into Context::files
  ir::ClauseId clause;
  enum class Progress { waiting, lowering, done } progress = Progress::waiting;

  // What it became; those that do not apply stay invalid. A construct with a mistake may leave its own ones invalid, too: whoever
  // reads them then is silent (an error node), since the mistake was reported where it stands.
  uint32_t party = 0;
  ir::ParamId param;
  ir::EnumId enumeration;  // enum; tier: the enum of its tiers
  ir::MetricTypeId metric_type;
  ir::RecordId record;  // record; define, tier, commitment: the record that it is about
  ir::CalendarId calendar;
  ir::DefinitionId definition;  // the value that the bare name reads: rule, metric, define (yes/no), tier, commitment and benchmark (outcome), remedy (amount)
  ir::CommitmentId commitment;
  ir::BenchmarkId benchmark;
  ir::CreditId credit;
  ir::RightId right;
};

// An `out of scope` line, with its place.
struct OutOfScope {
  const ast::OutOfScope* node;
  uint32_t file;
  ir::ClauseId clause;
};
struct NotModelled {
  const ast::NotModelled* node;
  uint32_t file;
  ir::ClauseId clause;
};

struct Context {
  const source::SourceMap& sources;
  std::span<const ast::File> files;  // [0] the agreement, then its modules
  const CheckOptions& options;
  diag::Sink& sink;
  ir::Agreement& agreement;  // being built

  std::vector<std::vector<uint32_t>> visible;                               // by file: itself, then the modules that it uses (check_modules)
  base::Store<SymbolTag, Symbol> symbols;                                   // in order of declaration: the agreement first, then its modules
  std::map<std::pair<uint32_t, std::string>, SymbolId, std::less<>> names;  // (file, name)
  std::map<std::string, ir::DefinitionId, std::less<>> definitions;         // "Resolution.due"
  std::vector<OutOfScope> out_of_scope;
  std::vector<NotModelled> not_modelled;
  std::vector<SymbolId> lowering;   // constructs under way, outermost first: a name that is met again is a cycle
  ir::CalendarId default_calendar;  // check_calendars; invalid when there is none
};

// A field or a definition that is known to be given where an expression stands (`planned is given and ...`).
struct KnownGiven {
  ir::Op op = ir::Op::field;  // field or definition
  uint32_t index = 0;
  friend bool operator==(const KnownGiven&, const KnownGiven&) = default;
};

// Where an expression stands: whose names it sees, what it is per, and what is known there.
struct Scope {
  uint32_t file = 0;  // index into Context::files: its expressions, its visible names
  ir::Grain grain;
  std::vector<KnownGiven> known;
};
Scope agreement_scope(uint32_t file);
Scope record_scope(uint32_t file, ir::RecordId record);
Scope history_scope(uint32_t file, ir::RecordId record);
Scope period_scope(uint32_t file, ir::PeriodKind period);

// ---- names: declare_names.cpp -----------------------------------------------------------------------------------------

// Fills symbols, names, out_of_scope, not_modelled and the agreement's clauses (with their prose as written). Reports doubled names.
void declare_names(Context&);
// The symbol that a name stands for in a file, or invalid; silent.
SymbolId find_symbol(const Context&, uint32_t file, std::string_view name);
// The same, but reports an unknown name with the nearest one among those that `fits`. `what` is the noun: "commitment", "record".
SymbolId require_symbol(Context&, uint32_t file, const ast::Name&, std::string_view what, const std::function<bool(const Symbol&)>& fits);
// Lowers what a symbol declares, once. Meeting a construct that is under way is a cycle: reported with all names on the way, and false.
// Definitions that such a construct has already added may still be read: ask find_definition first.
bool ensure_lowered(Context&, SymbolId, Span use);
bool is_unread(const Symbol&);
std::string_view noun_of(const Symbol&);  // "commitment", "rule", "party" ...

// ---- definitions: definitions.cpp ---------------------------------------------------------------------------------------

// By full name ("Resolution.due"); invalid when there is none.
ir::DefinitionId find_definition(const Context&, std::string_view name);
// Adds it under its name (which must be new: asserted) and numbers its trace points.
ir::DefinitionId add_definition(Context&, ir::Definition);
// The short form for a definition that is one expression; its type is the expression's.
ir::DefinitionId add_definition(Context&, std::string name, ir::Grain, ir::ExprId body, ir::ClauseId, Span, bool hidden);

// ---- types: resolve_types.cpp, describe_types.cpp ---------------------------------------------------------------------------

// Parties, enums, metric types and parameters of all files, in this order. After check_header (currency, parties).
void check_enums(Context&);
void check_metric_types(Context&);
void check_params(Context&);
// A written type. Mistakes are reported and give Kind::error. `what` is for messages: "the field `opened`".
ir::Type resolve_type(Context&, uint32_t file, const ast::TypeRef&, std::string_view what);
ir::CurrencyId find_or_add_currency(Context&, const ast::Name&);  // check_header.cpp; reports an unknown code; invalid then
std::string describe(const Context&, const ir::Type&);            // "an amount of GBP", "an instant or not yet", "a Severity"
std::string describe(const Context&, const ir::Grain&);           // "per Ticket", "per month"
ir::PeriodKind period_kind(ast::PeriodUnit);                      // not for `term` (asserted)
std::string_view period_word(ir::PeriodKind);                     // "month"
std::vector<std::string> member_names(const Context&, ir::EnumId);

// ---- expressions: check_expressions*.cpp --------------------------------------------------------------------------------

// A hint for what cannot be typed alone (a bare `P1`, `none`). It enforces nothing: `convert` does.
struct Expected {
  std::optional<ir::Type> type;
};
// Types an expression of scope.file. Never invalid: after a report it is an error node (Kind::error), silent from there on.
ir::ExprId check_expression(Context&, ast::ExprId, const Scope&, const Expected& = {});
// check_expression, then convert. `what` is for messages and starts small: "the cap", "`from`".
ir::ExprId check_as(Context&, ast::ExprId, const Scope&, const ir::Type& wanted, std::string_view what);
// A yes/no that is never absent.
ir::ExprId check_condition(Context&, ast::ExprId, const Scope&, std::string_view what);
// Exact conversion to the wanted type: finer scale, absence that is allowed, range that is proved. Money keeps a finer scale than
// wanted (only named steps round it). Everything else is reported at `span`.
ir::ExprId convert(Context&, ir::ExprId, const ir::Type& wanted, Span, std::string_view what);
// What is known to be given where the condition holds (when true) or fails (when false); add it to a scope's `known`.
std::vector<KnownGiven> known_when(const Context&, ir::ExprId condition, bool holds);
Scope with_known(Scope, const std::vector<KnownGiven>&);
bool is_error(const Context&, ir::ExprId);
const ir::Type& type_of(const Context&, ir::ExprId);
// A whole number that is known when compiling; reports anything else. `what`: "the number of misses".
std::optional<int64_t> check_whole_constant(Context&, ast::ExprId, uint32_t file, std::string_view what);

// `2 business hours on Ireland`, `30 days`, `4 hours`: which deadline it makes, and the count in that deadline's unit (weeks are days,
// quarters and years are months). `calendar` is in force where the amount names none; invalid: the default one.
struct Amount {
  ir::Op deadline = ir::Op::deadline_elapsed;
  ir::ExprId count;         // a whole number: microseconds, days or months
  ir::CalendarId calendar;  // open time and business days
};
std::optional<Amount> check_amount(Context&, ast::ExprId, const Scope&, ir::CalendarId calendar, std::string_view what);

// The records that a name means: all of a record type, or those of a defined term or a commitment.
struct RecordSet {
  ir::RecordId record;
  ir::ExprId filter;  // at record grain; invalid: every record
};
std::optional<RecordSet> check_record_set(Context&, uint32_t file, const ast::Name&);
// The fold as an expression of the scope: per period (placed_by is needed) or over the term. Folds of one shape are made once.
ir::ExprId make_fold(Context&, ir::Aggregate, const Scope&, Span);
// Counts of missed records, placed by their due instant unless another is given (an instant at record grain).
ir::ExprId make_misses(Context&, std::span<const ir::CommitmentId>, ir::ExprId placed_by, const Scope&, Span);
// Share of met among met and missed, placed by the due instant: a ratio from 0 to 1, shown as a percentage.
ir::ExprId make_attainment(Context&, ir::CommitmentId, const Scope&, Span);
// A tier of a record by the tier's name: the definition that says which tier a record has, and the code.
struct TierMember {
  SymbolId tier;
  int64_t code = 0;
};
std::optional<TierMember> find_tier(const Context&, uint32_t file, ir::RecordId, std::string_view name);

// ---- the steps ----------------------------------------------------------------------------------------------------------

void check_modules(Context&);        // check_modules.cpp: visible
void check_header(Context&);         // check_header.cpp: parties and their enum, term, currency, zone, rounding
void check_builtin_enums(Context&);  // lower_acts.cpp: outcomes, states, subjects (every remedy and right by name)
void check_records(Context&);        // check_records.cpp: records, histories
void lower_acts(Context&);           // lower_acts.cpp: the act records
void check_calendars(Context&);      // check_calendars.cpp, check_holidays.cpp
void lower_define(Context&, SymbolId);
void lower_tier(Context&, SymbolId);
void lower_commitment(Context&, SymbolId);
void lower_metric(Context&, SymbolId);
void lower_benchmark(Context&, SymbolId);
void lower_credit(Context&, SymbolId);
void lower_right(Context&, SymbolId);
void check_rule(Context&, SymbolId);  // check_rules.cpp
void lower_not_modelled(Context&);    // lower_define.cpp
void check_prose(Context&);           // check_prose.cpp: every hole names something
void check_facts(Context&);           // check_facts.cpp
void check_scenarios(Context&);       // check_scenarios.cpp
void order_definitions(Context&);     // order_definitions.cpp: order, passes

}  // namespace writ::check
