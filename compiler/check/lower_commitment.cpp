// `commitment Resolution for CustomerService by Company { from opened until resolved or planned  Critical : within 1 business day ... }`
// becomes: which records it speaks of (applies), whether one is excused, from when, until when, by when (due), how it came out
// (Resolution), and how many came out how (count.met ...).
#include <algorithm>

#include "check/expression_parts.h"
#include "check/lower.h"
#include "check/suggest.h"

namespace writ::check {
namespace {

struct Lowering {
  Context& context;
  SymbolId id;
  const ast::Commitment& node;
  uint32_t file;
  Scope scope;              // of its record
  Scope inside;             // the same, with what its `where` and its defined term say to be given
  ir::ExprId condition;     // that condition; invalid when it says nothing
  ir::CalendarId calendar;  // in force for its amounts; invalid: the default one
  ir::ExprId pause;
  ir::Commitment made;
};

const Symbol& symbol_of(const Lowering& at) { return at.context.symbols[at.id]; }

ir::DefinitionId add(Lowering& at, std::string_view part, ir::ExprId body, bool hidden) {
  return add_part(at.context, symbol_of(at), part, at.scope.grain, body, at.node.span, hidden);
}

// CustomerService where planned is given, without what is out of scope.
bool lower_applies(Lowering& at) {
  Context& context = at.context;
  const std::optional<RecordSet> set = check_record_set(context, at.file, at.node.for_);
  if (!set) return false;
  at.made.record = set->record;
  context.symbols[at.id].record = set->record;
  at.scope = at.inside = record_scope(at.file, set->record);
  if (set->filter.valid()) at.inside = with_known(at.inside, known_when(context, set->filter, true));
  const ir::ExprId where = at.node.where.valid() ? check_condition(context, at.node.where, at.inside, "`where`") : ir::ExprId{};
  if (where.valid()) at.inside = with_known(at.inside, known_when(context, where, true));
  if (set->filter.valid() || where.valid()) at.condition = ir::make_and(context.agreement, {set->filter, where}, at.node.span);
  ir::ExprId in_scope;
  if (const ir::DefinitionId out = out_of_scope_of(context, set->record); out.valid())
    in_scope = ir::make_not(context.agreement, ir::make_definition(context.agreement, out, at.node.span), at.node.span);
  at.made.applies = add(at, "applies", ir::make_and(context.agreement, {at.condition, in_scope}, at.node.span), true);
  return true;
}

// Whether an expression relies on something being given that only the condition of the commitment guarantees.
bool relies_on_condition(const Context& context, const Scope& scope, ir::ExprId root) {
  std::vector<ir::ExprId> waiting{root};
  while (!waiting.empty()) {
    const ir::Expr& expr = context.agreement.exprs[waiting.back()];
    waiting.pop_back();
    const bool field = expr.op == ir::Op::field && context.agreement.records[scope.grain.record].fields[expr.field].type.absence != expr.type.absence;
    const bool value = expr.op == ir::Op::definition && context.agreement.definitions[expr.definition].type.absence != expr.type.absence;
    if (field || value) return true;
    waiting.insert(waiting.end(), expr.operands.begin(), expr.operands.end());
  }
  return false;
}

// An expression that is worked out for every record, also for those that the commitment does not speak of: there it is `otherwise`.
ir::ExprId guarded(Lowering& at, ir::ExprId value, ir::ExprId otherwise) {
  // Without a condition it relies on what it asks itself: `planned is given and planned < ...`.
  if (!at.condition.valid() || is_error(at.context, value) || !relies_on_condition(at.context, at.scope, value)) return value;
  return ir::make_select(at.context.agreement, at.condition, value, otherwise, at.context.agreement.exprs[value].span);
}

ir::ExprId lower_instant(Lowering& at, ast::ExprId expr, std::string_view what) {
  Context& context = at.context;
  const ast::Expr& written = context.files[at.file].exprs[expr];
  // A bare field is read as it is: where it is absent, so is the instant.
  const bool bare = std::holds_alternative<ast::NameExpr>(written.node);
  const ir::ExprId value = check_expression(context, expr, bare ? at.scope : at.inside, {ir::plain_type(ir::Kind::instant)});
  const ir::Type type = type_of(context, value);
  if (type.kind == ir::Kind::error) return value;
  if (type.kind != ir::Kind::instant) {
    diag::Diagnostic& report =
        diag::report(context.sink, code::not_an_instant, written.span, {{"what", std::string(what)}, {"found", describe(context, type)}});
    if (type.kind == ir::Kind::date) report.helps.push_back("write `start_of_day(...)` or `end_of_day(...)` of the date");
    return ir::make_error(context.agreement, written.span);
  }
  return guarded(at, value, ir::make_absence(context.agreement, ir::with_absence(type, ir::Absence::not_yet), value::State::not_yet, written.span));
}

void lower_clock(Lowering& at) {
  at.made.from = add(at, "from", lower_instant(at, at.node.from, "what stands behind `from`"), false);
  std::vector<ir::ExprId> ends;
  for (const ast::ExprId end : at.node.until) ends.push_back(lower_instant(at, end, "what stands behind `until`"));
  const bool wrong = std::any_of(ends.begin(), ends.end(), [&](ir::ExprId end) { return is_error(at.context, end); });
  // What is written behind `until`, and no more: explanations quote it.
  Span written = at.node.span;
  if (!ends.empty()) written = source::cover(at.context.agreement.exprs[ends.front()].span, at.context.agreement.exprs[ends.back()].span);
  const ir::ExprId first =
      ends.empty() || wrong ? ir::make_error(at.context.agreement, written) : ir::make_earliest(at.context.agreement, std::move(ends), written);
  at.made.until = add(at, "until", first, false);
}

void lower_excused(Lowering& at) {
  Context& context = at.context;
  const ir::ExprId excused = at.node.excused.valid() ? check_condition(context, at.node.excused, at.inside, "what stands behind `excused when`")
                                                     : ir::make_truth(context.agreement, false, at.node.span);
  at.made.excused = add(at, "excused", guarded(at, excused, ir::make_truth(context.agreement, false, at.node.span)), false);
}

void lower_pause(Lowering& at) {
  if (!at.node.paused.valid()) return;
  Context& context = at.context;
  const ir::Record& record = context.agreement.records[at.made.record];
  const Span span = context.files[at.file].exprs[at.node.paused].span;
  if (!record.history) {
    diag::report(context.sink, code::pause_without_history, span, {{"record", record.name}})
        .helps.push_back("write what is recorded over time, `history of " + record.name + " { at : instant, status : Status }`");
    return;
  }
  at.pause = check_condition(context, at.node.paused, history_scope(at.file, at.made.record), "what stands behind `paused while`");
  if (!is_error(context, at.pause)) at.made.pause = at.pause;
}

// One row: the deadline, or none where the tier has no commitment.
ir::ExprId lower_row(Lowering& at, const ast::Within& row) {
  Context& context = at.context;
  ir::Agreement& agreement = context.agreement;
  if (row.none) {
    at.made.rows.push_back({.tier = row.tier.text, .span = row.span});
    return ir::make_absence(agreement, ir::with_absence(ir::plain_type(ir::Kind::instant), ir::Absence::none), value::State::none, row.span);
  }
  const std::optional<Amount> amount = check_amount(context, row.amount, at.inside, at.calendar, "what stands behind `within`");
  if (!amount) return ir::make_error(agreement, row.span);
  const bool civil = amount->deadline == ir::Op::deadline_days || amount->deadline == ir::Op::deadline_months;
  if (civil && at.node.paused.valid()) {
    diag::Diagnostic& report = diag::report(context.sink, code::pause_of_days, row.span, {});
    report.labels.push_back({context.files[at.file].exprs[at.node.paused].span, "the pause"});
    report.helps.push_back("count in business days, business hours or hours, which can stand still, or leave out the pause");
    return ir::make_error(agreement, row.span);
  }
  at.made.rows.push_back({row.tier.text, amount->count, amount->deadline, amount->calendar, row.span});
  const ir::ExprId start = ir::make_definition(agreement, at.made.from, row.span);
  const ir::ExprId due = ir::make_deadline(agreement, amount->deadline, start, amount->count, amount->calendar, at.made.pause, row.span);
  return guarded(at, due,
                 ir::make_absence(agreement, ir::with_absence(ir::plain_type(ir::Kind::instant), ir::Absence::not_yet), value::State::not_yet, row.span));
}

// Rows by tier: all of one `tier`, each tier once, none left out.
struct TierRows {
  SymbolId tier;
  std::vector<std::pair<int64_t, const ast::Within*>> rows;
  const ast::Within* otherwise = nullptr;
};

void report_missing_tiers(Lowering& at, const TierRows& tiers) {
  if (tiers.otherwise != nullptr || at.node.damaged) return;
  std::vector<std::string> missing;
  const std::vector<ast::TierCase>& cases = construct<ast::Tier>(at.context, tiers.tier).cases;
  for (size_t code = 0; code < cases.size(); ++code) {
    const bool found = std::any_of(tiers.rows.begin(), tiers.rows.end(), [&](const auto& row) { return row.first == static_cast<int64_t>(code); });
    if (!found) missing.push_back(cases[code].name.text);
  }
  if (missing.empty()) return;
  diag::Diagnostic& report = diag::report(at.context.sink, code::missing_tier, at.node.name.span, {{"name", at.node.name.text}, {"tiers", listed(missing)}});
  report.labels.push_back({construct<ast::Tier>(at.context, tiers.tier).span, "the tiers"});
  report.helps.push_back("write a row for each, `" + missing.front() + " : within ...`, or `" + missing.front() + " : no commitment`");
}

std::vector<std::string> tier_names(const Context& context, uint32_t file, ir::RecordId record) {
  std::vector<std::string> names;
  for (const Symbol& symbol : context.symbols)
    if (const auto* tier = std::get_if<const ast::Tier*>(&symbol.node))
      for (const ast::TierCase& row : (*tier)->cases)
        if (find_tier(context, file, record, row.name.text)) names.push_back(row.name.text);
  return names;
}

// Is a line of the record's tiers one that could not be read? Then the name may stand in it.
bool tiers_are_damaged(const Context& context, ir::RecordId record) {
  return std::any_of(context.symbols.begin(), context.symbols.end(), [&](const Symbol& symbol) {
    const auto* tier = std::get_if<const ast::Tier*>(&symbol.node);
    if (tier == nullptr || !(*tier)->damaged) return false;
    const SymbolId of = find_symbol(context, symbol.file, (*tier)->of.text);
    return of.valid() && context.symbols[of].record == record;
  });
}

bool add_tier_row(Lowering& at, const ast::Within& row, TierRows& tiers) {
  Context& context = at.context;
  const std::optional<TierMember> member = find_tier(context, at.file, at.made.record, row.tier.text);
  if (!member && tiers_are_damaged(context, at.made.record)) return false;
  if (!member) {
    const std::vector<std::string> known = tier_names(context, at.file, at.made.record);
    diag::Diagnostic& report =
        diag::report(context.sink, code::unknown_tier, row.tier.span, {{"name", row.tier.text}, {"record", context.agreement.records[at.made.record].name}});
    suggest(report, row.tier, known);
    if (known.empty())
      report.helps.push_back("declare the tiers, `tier of " + context.agreement.records[at.made.record].name + " { " + row.tier.text + " when ... }`");
    return false;
  }
  if (tiers.tier.valid() && member->tier != tiers.tier) {
    diag::report(context.sink, code::mixed_tiers, row.tier.span, {{"name", row.tier.text}})
        .labels.push_back({tiers.rows.front().second->tier.span, "a tier of another kind"});
    return false;
  }
  tiers.tier = member->tier;
  tiers.rows.push_back({member->code, &row});
  return true;
}

std::optional<TierRows> read_tiers(Lowering& at) {
  TierRows tiers;
  bool sound = true;
  for (const ast::Within& row : at.node.within) {
    if (row.otherwise) {
      if (tiers.otherwise != nullptr)
        diag::report(at.context.sink, code::two_otherwise, row.span, {}).labels.push_back({tiers.otherwise->span, "`otherwise` stands here already"});
      tiers.otherwise = &row;
    } else if (!row.tier.written()) {
      diag::report(at.context.sink, code::row_without_tier, row.span, {})
          .helps.push_back("write one row for all records, or begin each row with its tier, `Critical : within ...`");
      sound = false;
    } else if (!add_tier_row(at, row, tiers)) {
      sound = false;
    }
  }
  if (sound && !tiers.tier.valid() && tiers.otherwise != nullptr && !at.node.damaged)
    diag::report(at.context.sink, code::otherwise_alone, tiers.otherwise->span, {{"name", at.node.name.text}})
        .helps.push_back("leave `otherwise :` out for all records, or write a row for a tier before it, `Critical : within ...`");
  if (!sound || !tiers.tier.valid() || !ensure_lowered(at.context, tiers.tier, at.node.span)) return std::nullopt;
  if (!at.context.symbols[tiers.tier].definition.valid()) return std::nullopt;
  report_missing_tiers(at, tiers);
  return tiers;
}

// The type of the deadline: absent where there is no commitment (none), or the clock has not started (not yet).
ir::Type due_type(const Context& context, const std::vector<ir::ExprId>& deadlines) {
  ir::Type type = ir::plain_type(ir::Kind::instant);
  for (const ir::ExprId deadline : deadlines) {
    const ir::Type& each = type_of(context, deadline);
    if (each.kind == ir::Kind::error) return each;
    type.may_be_unknown = type.may_be_unknown || each.may_be_unknown;
    if (each.absence == ir::Absence::none || type.absence == ir::Absence::never) type.absence = each.absence;
  }
  return type;
}

void lower_due(Lowering& at) {
  Context& context = at.context;
  const bool single = at.node.within.size() == 1 && !at.node.within[0].tier.written() && !at.node.within[0].otherwise;
  if (single) {
    at.made.due = add(at, "due", lower_row(at, at.node.within[0]), false);
    return;
  }
  const std::optional<TierRows> tiers = read_tiers(at);
  if (!tiers) {
    at.made.due = add(at, "due", ir::make_error(context.agreement, at.node.span), false);
    return;
  }
  const Symbol& tier = context.symbols[tiers->tier];
  at.made.tier = tier.definition;
  ir::Definition due;
  due.name = part_name(symbol_of(at), "due");
  due.grain = at.scope.grain;
  due.clause = symbol_of(at).clause;
  due.span = at.node.span;
  std::vector<ir::ExprId> deadlines;
  for (const auto& [code, row] : tiers->rows) {
    const ir::ExprId which = ir::make_definition(context.agreement, at.made.tier, row->tier.span);
    const ir::ExprId guard = ir::make_compare(context.agreement, ir::Op::eq, which, make_code(context, tier.enumeration, code, row->tier.span), row->tier.span);
    deadlines.push_back(lower_row(at, *row));
    due.cases.push_back({.label = row->tier.text, .guard = guard, .result = deadlines.back(), .span = row->span});
  }
  if (tiers->otherwise != nullptr) {
    deadlines.push_back(lower_row(at, *tiers->otherwise));
    due.base = deadlines.back();
  }
  due.type = due_type(context, deadlines);
  ir::close_overrides(due.cases);
  at.made.due = add_definition(context, std::move(due));
}

// How each record came out, and how many records of the term came out how.
void lower_outcome(Lowering& at) {
  Context& context = at.context;
  ir::Agreement& agreement = context.agreement;
  const Span span = at.node.span;
  const auto read = [&](ir::DefinitionId id) { return ir::make_definition(agreement, id, span); };
  ir::Definition outcome;
  outcome.name = at.node.name.text;
  outcome.printed = at.node.printed.text;
  outcome.base =
      ir::make_judge(agreement, read(at.made.applies), read(at.made.excused), read(at.made.from), read(at.made.until), read(at.made.due), at.node.before, span);
  outcome.type = type_of(context, *outcome.base);
  outcome.grain = at.scope.grain;
  outcome.clause = symbol_of(at).clause;
  outcome.span = span;
  at.made.outcome = add_definition(context, std::move(outcome));
  const ir::EnumId outcomes = agreement.commitment_outcome_enum;
  for (size_t code = 0; code < agreement.enums[outcomes].members.size(); ++code) {
    ir::Aggregate count{.fold = ir::Aggregate::Fold::count, .record = at.made.record, .span = span};
    count.filter = ir::make_compare(agreement, ir::Op::eq, read(at.made.outcome), make_code(context, outcomes, static_cast<int64_t>(code), span), span);
    const std::string part = "count." + agreement.enums[outcomes].members[code];
    at.made.counts.push_back(add_part(context, symbol_of(at), part, {}, ir::make_aggregate(agreement, std::move(count), span), span, true));
  }
}

}  // namespace

void lower_commitment(Context& context, SymbolId id) {
  const ast::Commitment& node = construct<ast::Commitment>(context, id);
  Lowering at{.context = context, .id = id, .node = node, .file = context.symbols[id].file};
  at.made.name = node.name.text;
  at.made.printed = node.printed.text;
  at.made.strict = node.before;
  at.made.clause = context.symbols[id].clause;
  at.made.span = node.span;
  if (const std::optional<uint32_t> party = require_party(context, at.file, node.by)) at.made.party = *party;
  if (node.calendar.written()) at.calendar = calendar_in_force(context, at.file, node.calendar, {}, node.calendar.span);
  if (!lower_applies(at)) return;
  lower_clock(at);
  lower_pause(at);
  lower_due(at);
  lower_excused(at);
  lower_outcome(at);
  // With a mistake inside, what could be made stays readable, and every reader of it is silent.
  context.symbols[id].definition = at.made.outcome;
  context.symbols[id].commitment = context.agreement.commitments.add(std::move(at.made));
}

}  // namespace writ::check
