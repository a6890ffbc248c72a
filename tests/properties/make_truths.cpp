// Random conditions, conditions over histories, and aggregates.
#include "properties/maker.h"

namespace writ::properties {

using ir::ExprId;
using ir::Kind;
using ir::Op;

namespace {

Op any_comparison(Maker& m) {
  constexpr Op all[] = {Op::eq, Op::ne, Op::lt, Op::le, Op::gt, Op::ge};
  return all[m.dice.below(6)];
}

ExprId compare_kind(Maker& m, const Site& site, Kind kind, int depth) {
  return ir::make_compare(m.a, any_comparison(m), any_of_kind(m, site, kind, depth), any_of_kind(m, site, kind, depth), nowhere);
}

// Equality takes operands that may be absent.
ExprId equal_leaves(Maker& m, const Site& site) {
  constexpr Kind kinds[] = {Kind::enumeration, Kind::text, Kind::instant, Kind::date, Kind::boolean};
  const Kind kind = kinds[m.dice.below(5)];
  const auto left_leaf = any_leaf(m, site, kind);
  const ExprId left = left_leaf ? *left_leaf : any_constant(m, kind);
  const auto right_leaf = m.dice.one_in(3) ? any_leaf(m, site, kind) : std::nullopt;
  ExprId right = right_leaf ? *right_leaf : any_constant(m, kind);
  if (m.dice.one_in(4)) right = ir::make_absence(m.a, ir::type_of(m.a, right), m.dice.one_in(2) ? value::State::none : value::State::not_yet, nowhere);
  return ir::make_compare(m.a, m.dice.one_in(2) ? Op::eq : Op::ne, left, right, nowhere);
}

ExprId given_and_small(Maker& m, const Site& site) {
  const auto leaf = any_leaf(m, site, Kind::number);
  if (!leaf) return any_constant(m, Kind::boolean);
  const ExprId known = ir::make_known_given(m.a, *leaf);
  return ir::make_and(m.a, {ir::make_is_given(m.a, *leaf, nowhere), ir::make_compare(m.a, Op::lt, known, any_constant(m, Kind::number), nowhere)}, nowhere);
}

ExprId is_given_leaf(Maker& m, const Site& site) {
  constexpr Kind kinds[] = {Kind::instant, Kind::number, Kind::date, Kind::enumeration, Kind::text, Kind::money};
  const auto leaf = any_leaf(m, site, kinds[m.dice.below(6)]);
  return leaf ? ir::make_is_given(m.a, *leaf, nowhere) : any_constant(m, Kind::boolean);
}

ExprId outcome_leaf(Maker& m, const Site& site) {
  std::vector<ExprId> outcomes;
  for (ir::DefinitionId id : site.own) {
    const ir::Type& type = m.a.definitions[id].type;
    const bool outcome = type.kind == Kind::enumeration && (type.enumeration == m.a.commitment_outcome_enum || type.enumeration == m.a.benchmark_outcome_enum);
    if (outcome) outcomes.push_back(ir::make_definition(m.a, id, nowhere));
  }
  if (outcomes.empty()) return given_and_small(m, site);
  const ExprId outcome = m.dice.pick(outcomes);
  const auto members = static_cast<int>(m.a.enums[ir::type_of(m.a, outcome).enumeration].members.size());
  return ir::make_outcome_is(m.a, outcome, m.dice.below(members), nowhere);
}

ExprId calendar_question(Maker& m, const Site& site, int depth) {
  const ir::CalendarId calendar{static_cast<uint32_t>(m.dice.below(static_cast<int>(m.a.calendars.size())))};
  if (m.dice.one_in(3)) return ir::make_business(m.a, Op::is_open, {any_instant(m, site, depth)}, calendar, nowhere);
  if (m.dice.one_in(2)) {
    const ExprId open = ir::make_business(m.a, Op::open_between, {any_instant(m, site, depth), any_instant(m, site, depth)}, calendar, nowhere);
    ir::Type type = ir::plain_type(Kind::open_time);
    type.calendar = calendar;
    return ir::make_compare(m.a, any_comparison(m), open, ir::make_constant(m.a, type, m.dice.below(100) * value::us_per_hour, nowhere), nowhere);
  }
  return ir::make_business(m.a, Op::is_business_day, {any_date(m, site, depth)}, calendar, nowhere);
}

// The state of the history at an instant, as a condition.
ExprId history_question(Maker& m, const Site& site, int depth) {
  if (site.grain.of != ir::Grain::Of::record || !m.a.records[site.grain.record].history) return given_and_small(m, site);
  const ExprId status = ir::make_history_at(m.a, site.grain.record, 1, any_instant(m, site, depth), nowhere);
  return ir::make_compare(m.a, Op::eq, status, ir::make_constant(m.a, ir::enumeration_type(m.status), m.dice.below(3), nowhere), nowhere);
}

}  // namespace

ExprId any_truth(Maker& m, const Site& site, int depth) {
  ir::Agreement& a = m.a;
  const auto leaf = [&] {
    const auto found = m.dice.one_in(6) ? std::nullopt : any_leaf(m, site, Kind::boolean);
    return found ? present(m, *found) : any_constant(m, Kind::boolean);
  };
  if (depth <= 0) return m.dice.one_in(3) ? equal_leaves(m, site) : leaf();
  const auto sub = [&] { return any_truth(m, site, depth - 1); };
  switch (m.dice.below(15)) {
    case 0: return ir::make_not(a, sub(), nowhere);
    case 1: return ir::make_and(a, {sub(), sub()}, nowhere);
    case 2: return ir::make_or(a, {sub(), sub(), leaf()}, nowhere);
    case 3: return compare_kind(m, site, Kind::money, depth - 1);
    case 4: return ir::make_compare(a, any_comparison(m), any_ratio(m, site, depth - 1), any_number(m, site, depth - 1), nowhere);
    case 5: return compare_kind(m, site, Kind::date, depth - 1);
    case 6: return compare_kind(m, site, Kind::instant, depth - 1);
    case 7: return compare_kind(m, site, Kind::duration, depth - 1);
    case 8: return equal_leaves(m, site);
    case 9: return is_given_leaf(m, site);
    case 10: return outcome_leaf(m, site);
    case 11: return calendar_question(m, site, depth - 1);
    case 12: return history_question(m, site, depth - 1);
    case 13: return given_and_small(m, site);
    default: return compare_kind(m, site, Kind::number, depth - 1);
  }
}

ExprId any_pause(Maker& m, const Site& site) {
  const ir::RecordId record = site.grain.record;
  if (site.grain.of != ir::Grain::Of::record || !m.a.records[record].history) return {};
  const ExprId status = ir::make_history_field(m.a, record, 1, nowhere);
  const ExprId waiting = ir::make_compare(m.a, Op::eq, status, ir::make_constant(m.a, ir::enumeration_type(m.status), m.dice.below(3), nowhere), nowhere);
  if (m.dice.one_in(2)) return waiting;
  const ExprId number = present(m, ir::make_history_field(m.a, record, 2, nowhere));
  const ExprId large = ir::make_compare(m.a, Op::ge, number, ir::make_param(m.a, ir::ParamId{0}, nowhere), nowhere);
  return m.dice.one_in(2) ? ir::make_and(m.a, {waiting, ir::make_not(m.a, large, nowhere)}, nowhere) : ir::make_or(m.a, {waiting, large}, nowhere);
}

namespace {

ExprId aggregated_value(Maker& m, const Site& of_record, bool numbers_only) {
  const auto whole = [&](ExprId id) { return ir::type_of(m.a, id).kind == Kind::ratio ? ir::make_round(m.a, id, 1, m.a.rounding, nowhere) : id; };
  if (!numbers_only && m.dice.one_in(2)) return whole(any_money(m, of_record, 1));
  // Half the time the bare field or definition: it may be absent, and has its declared range.
  const auto leaf = m.dice.one_in(2) ? any_leaf(m, of_record, Kind::number) : std::nullopt;
  return leaf ? *leaf : whole(any_number(m, of_record, 1));
}

}  // namespace

ExprId any_aggregate(Maker& m, const Site& site, bool numbers_only) {
  Site of_record;
  of_record.grain.of = ir::Grain::Of::record;
  of_record.grain.record = m.dice.pick(m.records);
  of_record.pass = site.pass;
  for (uint32_t id = 0; id < m.a.definitions.size(); ++id) {
    const ir::Definition& definition = m.a.definitions[ir::DefinitionId{id}];
    if (definition.grain == of_record.grain && definition.pass <= site.pass) of_record.own.push_back({id});
    if (definition.grain.of == ir::Grain::Of::agreement && definition.pass == -1) of_record.agreement.push_back({id});
  }
  ir::Aggregate made;
  made.record = of_record.grain.record;
  made.pass = site.pass;
  made.fold = static_cast<ir::Aggregate::Fold>(m.dice.below(numbers_only ? 4 : 5));
  if (!m.dice.one_in(4)) made.filter = any_truth(m, of_record, 1);
  if (made.fold != ir::Aggregate::Fold::count) made.value = aggregated_value(m, of_record, numbers_only);
  if (site.grain.of == ir::Grain::Of::period) {
    made.period = site.grain.period;
    made.placed_by = m.dice.one_in(3) ? ir::make_field(m.a, made.record, 1, nowhere) : any_event(m, of_record, 1);
  }
  return ir::make_aggregate(m.a, made, nowhere);
}

}  // namespace writ::properties
