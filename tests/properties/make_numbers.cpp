// Random numbers, ratios, money and durations, with scales kept in bounds.
#include "properties/maker.h"

namespace writ::properties {

using ir::ExprId;
using ir::Kind;

namespace {

// Products add up their digits; beyond a few they are rounded, so that nothing needs more than 38.
ExprId rounded(Maker& m, ExprId id, int most_digits) {
  if (ir::type_of(m.a, id).kind != Kind::ratio && ir::type_of(m.a, id).scale <= most_digits) return id;
  return ir::make_round(m.a, id, m.dice.below(most_digits + 1), static_cast<value::Rounding>(m.dice.below(7)), nowhere);
}

ExprId leaf_of(Maker& m, const Site& site, Kind kind) {
  const auto leaf = m.dice.one_in(4) ? std::nullopt : any_leaf(m, site, kind);
  return leaf ? present(m, *leaf) : any_constant(m, kind);
}

}  // namespace

ExprId any_number(Maker& m, const Site& site, int depth) {
  ir::Agreement& a = m.a;
  if (depth <= 0) return leaf_of(m, site, Kind::number);
  const auto sub = [&] { return any_number(m, site, depth - 1); };
  switch (m.dice.below(site.totals ? 15 : 13)) {
    case 0: return ir::make_add(a, sub(), sub(), nowhere);
    case 1: return ir::make_sub(a, sub(), sub(), nowhere);
    case 2: return rounded(m, ir::make_mul(a, sub(), sub(), nowhere), 6);
    case 3: return ir::make_neg(a, sub(), nowhere);
    case 4: return ir::make_min(a, {sub(), sub(), leaf_of(m, site, Kind::number)}, nowhere);
    case 5: return ir::make_max(a, {sub(), sub()}, nowhere);
    case 6: return ir::make_round(a, any_ratio(m, site, depth - 1), m.dice.below(4), static_cast<value::Rounding>(m.dice.below(7)), nowhere);
    case 7: return ir::make_sub(a, any_date(m, site, depth - 1), any_date(m, site, depth - 1), nowhere);
    case 8: {
      const ir::CalendarId calendar{static_cast<uint32_t>(m.dice.below(static_cast<int>(a.calendars.size())))};
      return ir::make_business(a, ir::Op::business_days_between, {any_date(m, site, depth - 1), any_date(m, site, depth - 1)}, calendar, nowhere);
    }
    case 9: return ir::make_select(a, any_truth(m, site, depth - 1), sub(), sub(), nowhere);
    case 10: return rounded(m, ir::make_of(a, sub(), sub(), nowhere), 6);
    case 13:
    case 14: return present(m, any_aggregate(m, site, true));
    default: return leaf_of(m, site, Kind::number);
  }
}

ExprId any_count(Maker& m, const Site& site, int depth) {
  if (depth <= 0 || m.dice.one_in(2)) return ir::make_constant(m.a, ir::number_type(0), m.dice.between(m.dice.one_in(6) ? -40 : 0, 40), nowhere);
  return ir::make_round(m.a, any_number(m, site, depth - 1), 0, m.a.rounding, nowhere);
}

ExprId any_ratio(Maker& m, const Site& site, int depth) {
  ir::Agreement& a = m.a;
  if (depth <= 0) return leaf_of(m, site, Kind::ratio);
  switch (m.dice.below(6)) {
    case 0: return ir::make_div(a, any_money(m, site, depth - 1), any_money(m, site, depth - 1), nowhere);
    case 1: return ir::make_div(a, any_duration(m, site, depth - 1), any_duration(m, site, depth - 1), nowhere);
    case 2: return leaf_of(m, site, Kind::ratio);
    case 3:
      if (site.grain.of == ir::Grain::Of::period) return ir::make_prorate(a, any_number(m, site, depth - 1), nowhere);
      break;
    default: break;
  }
  // The divisor is rounded, so that the scale of the quotient stays near that of the dividend.
  return ir::make_div(a, any_number(m, site, depth - 1), rounded(m, any_number(m, site, depth - 1), 2), nowhere);
}

ExprId any_money(Maker& m, const Site& site, int depth) {
  ir::Agreement& a = m.a;
  if (depth <= 0) return leaf_of(m, site, Kind::money);
  const auto sub = [&] { return any_money(m, site, depth - 1); };
  switch (m.dice.below(9)) {
    case 0: return ir::make_add(a, sub(), sub(), nowhere);
    case 1: return ir::make_sub(a, sub(), sub(), nowhere);
    case 2: return rounded(m, ir::make_mul(a, sub(), any_number(m, site, depth - 1), nowhere), 4);
    case 3: return ir::make_min(a, {sub(), sub()}, nowhere);
    case 4: return rounded(m, ir::make_div(a, sub(), any_number(m, site, depth - 1), nowhere), 2);
    case 5: return rounded(m, ir::make_mul(a, any_ratio(m, site, depth - 1), sub(), nowhere), 2);
    case 6: return ir::make_neg(a, sub(), nowhere);
    case 7: return ir::make_select(a, any_truth(m, site, depth - 1), sub(), sub(), nowhere);
    default: return leaf_of(m, site, Kind::money);
  }
}

ExprId any_duration(Maker& m, const Site& site, int depth) {
  ir::Agreement& a = m.a;
  if (depth <= 0) return leaf_of(m, site, Kind::duration);
  switch (m.dice.below(6)) {
    case 0: return ir::make_between(a, any_instant(m, site, depth - 1), any_instant(m, site, depth - 1), nowhere);
    case 1: return ir::make_add(a, any_duration(m, site, depth - 1), any_duration(m, site, depth - 1), nowhere);
    case 2: return ir::make_mul(a, any_duration(m, site, depth - 1), any_count(m, site, depth - 1), nowhere);
    case 3: return ir::make_max(a, {any_duration(m, site, depth - 1), any_duration(m, site, depth - 1)}, nowhere);
    default: return leaf_of(m, site, Kind::duration);
  }
}

ExprId any_colour(Maker& m, const Site& site, int depth) {
  if (depth <= 0 || m.dice.one_in(2)) return leaf_of(m, site, Kind::enumeration);
  return ir::make_select(m.a, any_truth(m, site, depth - 1), any_colour(m, site, depth - 1), any_colour(m, site, depth - 1), nowhere);
}

ExprId any_of_kind(Maker& m, const Site& site, Kind kind, int depth) {
  switch (kind) {
    case Kind::boolean: return any_truth(m, site, depth);
    case Kind::number: return any_number(m, site, depth);
    case Kind::ratio: return any_ratio(m, site, depth);
    case Kind::money: return any_money(m, site, depth);
    case Kind::date: return any_date(m, site, depth);
    case Kind::instant: return any_instant(m, site, depth);
    case Kind::duration: return any_duration(m, site, depth);
    case Kind::enumeration: return any_colour(m, site, depth);
    case Kind::error:
    case Kind::time:
    case Kind::period:
    case Kind::open_time:
    case Kind::open_days:
    case Kind::text: return leaf_of(m, site, kind);
  }
  return leaf_of(m, site, kind);
}

}  // namespace writ::properties
