// The parts of every node by name, once, for whoever walks over all of them: `fields(visit, node)` calls visit(name, part) for each.
// Spans are left out. Expressions, types, hours, pieces of prose and variants are walked by the visitor itself.
#pragma once
#include "ast/ast.h"

namespace writ::ast {

template <class V>
void fields(V& v, const Party& n) {
  v("name", n.name), v("role", n.role), v("printed", n.printed);
}
template <class V>
void fields(V& v, const HeaderItem& n) {
  v("kind", n.kind), v("value", n.value), v("word", n.word), v("texts", n.texts), v("until", n.term_until), v("to minor unit", n.to_minor_unit);
}
template <class V>
void fields(V& v, const Header& n) {
  v("title", n.title), v("party", n.parties), v("item", n.items);
}
template <class V>
void fields(V& v, const Module& n) {
  v("path", n.path);
}
template <class V>
void fields(V& v, const Use& n) {
  v("path", n.path);
}
template <class V>
void fields(V& v, const Param& n) {
  v("name", n.name), v("type", n.type), v("value", n.value);
}
template <class V>
void fields(V& v, const OpenRow& n) {
  v("days", n.days), v("hours", n.ranges);
}
template <class V>
void fields(V& v, const DateHours& n) {
  v("dates", n.dates), v("hours", n.ranges);
}
template <class V>
void fields(V& v, const Calendar& n) {
  v("name", n.name), v("default", n.is_default), v("zone", n.zone), v("open", n.open), v("open on", n.open_on), v("closed on", n.closed_on);
  v("closed", n.closed), v("closed never", n.no_holidays), v("business days", n.business_days), v("years from", n.year_first);
  v("years to", n.year_last), v("merged with", n.merged_with), v("day end", n.day_end), v("runs out at next opening", n.runs_out_at_next_opening);
}
template <class V>
void fields(V& v, const HolidayRow& n) {
  v("kind", n.kind), v("printed", n.printed), v("day", n.day), v("month", n.month), v("nth", n.nth);
  if (n.kind == HolidayRow::Kind::nth_weekday) v("weekday", n.weekday);
  v("offset", n.offset), v("dates", n.dates), v("move", n.move), v("from", n.from_year), v("until", n.to_year), v("except", n.except);
}
template <class V>
void fields(V& v, const Holidays& n) {
  v("name", n.name), v("printed", n.printed), v("source", n.sources), v("years from", n.year_first), v("years to", n.year_last), v("row", n.rows);
}
template <class V>
void fields(V& v, const Enumerator& n) {
  v("name", n.name), v("printed", n.printed);
}
template <class V>
void fields(V& v, const Enum& n) {
  v("name", n.name), v("member", n.members);
}
template <class V>
void fields(V& v, const MetricType& n) {
  v("name", n.name), v("low", n.low), v("high", n.high), v("has direction", n.has_direction), v("higher is better", n.higher_is_better), v("unit", n.unit);
}
template <class V>
void fields(V& v, const Field& n) {
  v("name", n.name), v("type", n.type), v("key", n.key);
}
template <class V>
void fields(V& v, const Record& n) {
  v("name", n.name), v("since", n.since), v("field", n.fields);
}
template <class V>
void fields(V& v, const History& n) {
  v("record", n.record), v("field", n.fields), v("order by", n.order_by);
}
template <class V>
void fields(V& v, const FactField::Code& n) {
  v("text", n.text), v("value", n.value);
}
template <class V>
void fields(V& v, const FactField& n) {
  v("field", n.field), v("column", n.columns);
  if (n.occurrence != 1) v("number", n.occurrence);
  v("pattern", n.pattern), v("zone", n.zone), v("code", n.codes), v("not yet", n.not_yet), v("none", n.none), v("unknown", n.unknown);
  v("constant", n.constant);
}
template <class V>
void fields(V& v, const Facts& n) {
  v("of", n.of), v("of history", n.of_history), v("file", n.file), v("field", n.fields), v("repeats", n.repeats), v("by largest", n.repeats_by);
  v("parent key", n.parent_key_column), v("separator", n.separator);
}
template <class V>
void fields(V& v, const Prose& n) {
  v("text", n.text), v("piece", n.pieces);
}
template <class V>
void fields(V& v, const Define& n) {
  v("name", n.name), v("printed", n.printed), v("of", n.of), v("where", n.where), v("means", n.means), v("piece", n.means_pieces);
}
template <class V>
void fields(V& v, const OutOfScope& n) {
  v("of", n.of), v("where", n.where);
}
template <class V>
void fields(V& v, const TierCase& n) {
  v("name", n.name), v("when", n.when), v("otherwise", n.otherwise);
}
template <class V>
void fields(V& v, const Tier& n) {
  v("of", n.of), v("name", n.name), v("case", n.cases);
}
template <class V>
void fields(V& v, const Within& n) {
  v("tier", n.tier), v("otherwise", n.otherwise), v("amount", n.amount), v("no commitment", n.none);
}
template <class V>
void fields(V& v, const Commitment& n) {
  v("name", n.name), v("printed", n.printed), v("for", n.for_), v("where", n.where), v("by", n.by), v("from", n.from), v("until", n.until);
  v("within", n.within), v("before", n.before), v("excused", n.excused), v("paused", n.paused), v("calendar", n.calendar);
}
template <class V>
void fields(V& v, const RuleCase& n) {
  v("label", n.label), v("overrides", n.overrides), v("value", n.value), v("when", n.when);
}
template <class V>
void fields(V& v, const Rule& n) {
  v("name", n.name), v("printed", n.printed), v("type", n.type), v("per record", n.per_record), v("per period", n.per_period), v("base", n.base);
  v("case", n.cases);
}
template <class V>
void fields(V& v, const AggregateExpr& n) {
  v("function", n.function), v("value", n.value), v("over", n.over), v("where", n.where), v("placed by", n.placed_by);
}
template <class V>
void fields(V& v, const Metric& n) {
  v("name", n.name), v("printed", n.printed), v("value", n.value), v("per", n.per), v("type", n.type);
}
template <class V>
void fields(V& v, const BenchmarkTest& n) {
  v("metric", n.metric), v("at least", n.at_least), v("strict", n.strict), v("bound", n.bound);
}
template <class V>
void fields(V& v, const Benchmark& n) {
  v("name", n.name), v("printed", n.printed), v("by", n.by), v("test", n.tests), v("minimum", n.minimum), v("too few", n.too_few);
  v("if missed", n.if_missed);
}
template <class V>
void fields(V& v, const CreditTerm& n) {
  v("amount", n.amount), v("word", n.word), v("commitment", n.commitment), v("each", n.each), v("when", n.when);
}
template <class V>
void fields(V& v, const Remedy& n) {
  v("name", n.name), v("printed", n.printed), v("of", n.of), v("when", n.when), v("combine", n.combine), v("term", n.terms), v("amount", n.amount);
  v("cap", n.cap), v("cap per", n.cap_per), v("in full", n.in_full), v("per", n.per), v("placed by", n.placed_by), v("rounded each", n.rounding_each);
  v("claimed by", n.claimed_by), v("claim within", n.claim_within), v("claim after", n.claim_after), v("only money remedy", n.only_money_remedy);
}
template <class V>
void fields(V& v, const Right& n) {
  v("name", n.name), v("printed", n.printed), v("of", n.of), v("consecutive", n.consecutive), v("period", n.period), v("at least", n.at_least);
  v("misses", n.misses), v("in each", n.each_at_least), v("condition", n.condition), v("missed", n.condition_missed), v("notice", n.has_notice);
  v("written", n.notice_written), v("cure within", n.cure_within), v("cured when no miss", n.cured_when_no_miss);
  v("exercisable within", n.exercise_within), v("then", n.then);
}
template <class V>
void fields(V& v, const NotModelled& n) {
  v("what", n.what), v("because", n.because);
}
template <class V>
void fields(V& v, const Unread& n) {
  v("name", n.name), v("keyword", n.keyword);
}
template <class V>
void fields(V& v, const Clause& n) {
  v("number", n.number), v("title", n.title), v("item", n.items);
}
template <class V>
void fields(V& v, const FactLiteralField& n) {
  v("name", n.name), v("value", n.value);
}
template <class V>
void fields(V& v, const FactLiteral::Row& n) {
  v("field", n.fields);
}
template <class V>
void fields(V& v, const FactLiteral& n) {
  v("record", n.record), v("field", n.fields), v("history", n.history);
}
template <class V>
void fields(V& v, const Expect& n) {
  v("subject", n.subject), v("member", n.member), v("of", n.of_key), v("in", n.period), v("unit", n.period_unit), v("value", n.value), v("word", n.word);
}
template <class V>
void fields(V& v, const ScenarioSet& n) {
  v("param", n.param), v("value", n.value);
}
template <class V>
void fields(V& v, const Scenario& n) {
  v("name", n.name), v("as of", n.as_of), v("with", n.with), v("fact", n.facts), v("expect", n.expects);
}

}  // namespace writ::ast
