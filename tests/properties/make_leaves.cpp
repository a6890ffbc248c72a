// Constants, fields, definitions and parameters: where random expressions begin.
#include <cassert>

#include "properties/maker.h"
#include "value/zone.h"

namespace writ::properties {

using ir::ExprId;
using ir::Kind;

int64_t any_moment(Maker& m) {
  const int64_t start = value::start_of_day(m.a.zone, m.a.effective), end = value::start_of_day(m.a.zone, m.a.end);
  const int64_t at = m.dice.between(start - 20 * value::us_per_day, end + 20 * value::us_per_day);
  return m.dice.one_in(3) ? at : at / value::us_per_hour * value::us_per_hour;
}

ExprId any_constant(Maker& m, Kind kind) {
  ir::Agreement& a = m.a;
  switch (kind) {
    case Kind::boolean: return ir::make_truth(a, m.dice.one_in(2), nowhere);
    case Kind::number:
      if (m.dice.one_in(40)) return ir::make_constant(a, ir::number_type(0), value::pow10(30 + m.dice.below(8)), nowhere);
      return ir::make_constant(a, ir::number_type(m.dice.below(4)), m.dice.between(-50, 200), nowhere);
    case Kind::ratio: return ir::make_div(a, any_constant(m, Kind::number), ir::make_constant(a, ir::number_type(0), 1 + m.dice.below(9), nowhere), nowhere);
    case Kind::money: return ir::make_constant(a, ir::money_type(a.currency, 2), m.dice.between(-1000, 100'000), nowhere);
    case Kind::date: return ir::make_constant(a, ir::plain_type(kind), a.effective + m.dice.between(-30, 400), nowhere);
    case Kind::time: return ir::make_constant(a, ir::plain_type(kind), m.dice.below(1440), nowhere);
    case Kind::instant: return ir::make_constant(a, ir::plain_type(kind), any_moment(m), nowhere);
    case Kind::duration: return ir::make_constant(a, ir::plain_type(kind), m.dice.between(-20, 400) * value::us_per_hour / 4, nowhere);
    case Kind::enumeration: return ir::make_constant(a, ir::enumeration_type(m.colour), m.dice.below(3), nowhere);
    case Kind::text: return ir::make_text(a, m.dice.one_in(2) ? "one" : "two", nowhere);
    case Kind::error:
    case Kind::period:
    case Kind::open_time:
    case Kind::open_days: break;
  }
  assert(false);
  return {};
}

namespace {

bool fits(const Maker& m, const ir::Type& type, Kind kind) {
  if (kind == Kind::enumeration) return type.kind == kind && type.enumeration == m.colour;
  // A quotient of money has a unit that plain ratios lack.
  return type.kind == kind && (kind != Kind::ratio || !type.currency.valid());
}

}  // namespace

std::vector<Leaf> leaves(Maker& m, const Site& site, Kind kind) {
  std::vector<Leaf> found;
  const auto add_definitions = [&](const std::vector<ir::DefinitionId>& from) {
    for (ir::DefinitionId id : from) {
      if (fits(m, m.a.definitions[id].type, kind)) found.push_back({ir::Op::definition, id.index});
    }
  };
  if (site.grain.of == ir::Grain::Of::record) {
    const std::vector<ir::Field>& fields = m.a.records[site.grain.record].fields;
    for (uint32_t i = 1; i < fields.size(); ++i) {
      if (fits(m, fields[i].type, kind)) found.push_back({ir::Op::field, i});
    }
  }
  add_definitions(site.own);
  if (site.grain.of != ir::Grain::Of::agreement) add_definitions(site.agreement);
  for (uint32_t i = 0; i < m.a.params.size(); ++i) {
    if (fits(m, m.a.params[ir::ParamId{i}].type, kind)) found.push_back({ir::Op::param, i});
  }
  for (ir::DefinitionId id : site.periods) {
    if (fits(m, m.a.definitions[id].type, kind)) found.push_back({ir::Op::at_period, id.index});
  }
  for (ir::DefinitionId id : site.folded) {
    const ir::Type& type = m.a.definitions[id].type;
    const bool adds = type.kind == Kind::number || type.kind == Kind::ratio || type.kind == Kind::money || type.kind == Kind::duration;
    const bool orders = adds || type.kind == Kind::date || type.kind == Kind::instant;
    if (fits(m, type, kind) && adds) found.push_back({ir::Op::over_periods, id.index, ir::Fold::sum});
    if (fits(m, type, kind) && orders) found.push_back({ir::Op::over_periods, id.index, m.dice.one_in(2) ? ir::Fold::minimum : ir::Fold::maximum});
    if (kind == Kind::number && type.kind == Kind::boolean) found.push_back({ir::Op::over_periods, id.index, ir::Fold::count_true});
  }
  return found;
}

ExprId make_leaf(Maker& m, const Site& site, const Leaf& leaf) {
  if (leaf.op == ir::Op::field) return ir::make_field(m.a, site.grain.record, leaf.index, nowhere);
  if (leaf.op == ir::Op::definition) return ir::make_definition(m.a, {leaf.index}, nowhere);
  if (leaf.op == ir::Op::param) return ir::make_param(m.a, {leaf.index}, nowhere);
  if (leaf.op == ir::Op::over_periods) return ir::make_over_periods(m.a, {leaf.index}, leaf.fold, nowhere);
  assert(leaf.op == ir::Op::at_period);
  // The value of a period, by an instant that may lie outside the term, and that is not itself such a value.
  Site plain = site;
  plain.periods.clear();
  return ir::make_at_period(m.a, {leaf.index}, any_event(m, plain, 1), true, nowhere);
}

std::optional<ExprId> any_leaf(Maker& m, const Site& site, Kind kind) {
  const std::vector<Leaf> found = leaves(m, site, kind);
  if (found.empty()) return std::nullopt;
  return make_leaf(m, site, m.dice.pick(found));
}

ExprId present(Maker& m, ExprId leaf) {
  const ir::Type type = ir::type_of(m.a, leaf);
  if (type.absence == ir::Absence::never) return leaf;
  ExprId instead;
  if (type.kind == Kind::number || type.kind == Kind::money) {
    ir::Type plain = type.kind == Kind::money ? ir::money_type(m.a.currency, type.scale) : ir::number_type(type.scale);
    instead = ir::make_constant(m.a, plain, m.dice.between(-9, 99), nowhere);
  } else {
    instead = any_constant(m, type.kind);
  }
  if (m.dice.one_in(2)) return ir::make_otherwise(m.a, leaf, instead, nowhere);
  return ir::make_select(m.a, ir::make_is_given(m.a, leaf, nowhere), ir::make_known_given(m.a, leaf), instead, nowhere);
}

}  // namespace writ::properties
