// Random dates, instants and deadlines.
#include "properties/maker.h"

namespace writ::properties {

using ir::ExprId;
using ir::Kind;
using ir::Op;

namespace {

ExprId leaf_of(Maker& m, const Site& site, Kind kind) {
  const auto leaf = m.dice.one_in(5) ? std::nullopt : any_leaf(m, site, kind);
  return leaf ? present(m, *leaf) : any_constant(m, kind);
}

ir::CalendarId any_calendar(Maker& m) { return {static_cast<uint32_t>(m.dice.below(static_cast<int>(m.a.calendars.size())))}; }

// The deadline that an instant starts; absent where it is.
ExprId deadline_from(Maker& m, const Site& site, ExprId start, int depth) {
  constexpr Op all[] = {Op::deadline_elapsed, Op::deadline_open, Op::deadline_business_days, Op::deadline_days, Op::deadline_months};
  const Op op = all[m.dice.below(5)];
  const bool clock = op == Op::deadline_elapsed || op == Op::deadline_open;
  const bool business = op == Op::deadline_open || op == Op::deadline_business_days;
  ExprId amount = any_count(m, site, depth);
  if (clock) {
    ir::Type type = ir::plain_type(op == Op::deadline_open ? Kind::open_time : Kind::duration);
    amount = ir::make_constant(m.a, type, m.dice.between(m.dice.one_in(20) ? -4 : 0, 160) * value::us_per_hour / 4, nowhere);
    if (op == Op::deadline_elapsed && m.dice.one_in(3)) amount = any_duration(m, site, depth - 1);
  }
  const bool may_pause = op != Op::deadline_days && op != Op::deadline_months && m.dice.one_in(2);
  return ir::make_deadline(m.a, op, start, amount, business ? any_calendar(m) : ir::CalendarId{}, may_pause ? any_pause(m, site) : ExprId{}, nowhere);
}

}  // namespace

ExprId any_date(Maker& m, const Site& site, int depth) {
  ir::Agreement& a = m.a;
  if (depth <= 0) return leaf_of(m, site, Kind::date);
  const auto sub = [&] { return any_date(m, site, depth - 1); };
  switch (m.dice.below(9)) {
    case 0: return ir::make_date_of(a, any_instant(m, site, depth - 1), nowhere);
    case 1: return ir::make_add_days(a, sub(), any_count(m, site, depth - 1), nowhere);
    case 2: return ir::make_add_months(a, sub(), any_count(m, site, depth - 1), nowhere);
    case 3: return ir::make_first_of_month(a, sub(), nowhere);
    case 4: return ir::make_last_of_month(a, sub(), nowhere);
    case 5: return ir::make_business(a, Op::add_business_days, {sub(), any_count(m, site, depth - 1)}, any_calendar(m), nowhere);
    case 6: return ir::make_min(a, {sub(), sub()}, nowhere);
    default: return leaf_of(m, site, Kind::date);
  }
}

ExprId any_instant(Maker& m, const Site& site, int depth) {
  ir::Agreement& a = m.a;
  if (depth <= 0) return leaf_of(m, site, Kind::instant);
  const auto sub = [&] { return any_instant(m, site, depth - 1); };
  switch (m.dice.below(13)) {
    case 0: return ir::make_as_of(a, nowhere);
    case 1: return ir::make_add_duration(a, sub(), any_duration(m, site, depth - 1), nowhere);
    case 2: return ir::make_start_of_day(a, any_date(m, site, depth - 1), nowhere);
    case 3: return ir::make_end_of_day(a, any_date(m, site, depth - 1), nowhere);
    case 4: return ir::make_earliest(a, {any_event(m, site, depth - 1), sub()}, nowhere);
    case 5: return ir::make_latest(a, {sub(), any_event(m, site, depth - 1), any_event(m, site, 0)}, nowhere);
    case 6: return ir::make_business(a, m.dice.one_in(2) ? Op::next_opening : Op::next_closing, {sub()}, any_calendar(m), nowhere);
    case 7: {
      const ExprId amount = ir::make_constant(a, ir::plain_type(Kind::open_time), m.dice.between(-2, 120) * value::us_per_hour / 4, nowhere);
      return ir::make_business(a, Op::subtract_open, {sub(), amount}, any_calendar(m), nowhere);
    }
    case 8: return deadline_from(m, site, sub(), depth - 1);
    case 9:
      if (site.grain.of == ir::Grain::Of::period) return m.dice.one_in(2) ? ir::make_period_start(a, nowhere) : ir::make_period_end(a, nowhere);
      return leaf_of(m, site, Kind::instant);
    case 10: return present(m, any_event(m, site, depth - 1));
    default: return leaf_of(m, site, Kind::instant);
  }
}

ExprId any_event(Maker& m, const Site& site, int depth) {
  if (depth <= 0 || m.dice.one_in(3)) {
    const auto leaf = any_leaf(m, site, Kind::instant);
    return leaf ? *leaf : any_constant(m, Kind::instant);
  }
  switch (m.dice.below(4)) {
    case 0: return deadline_from(m, site, any_event(m, site, depth - 1), depth - 1);
    case 1: {
      const ExprId pause = any_pause(m, site);
      if (pause.valid()) return ir::make_history_first(m.a, site.grain.record, pause, nowhere);
      return any_instant(m, site, depth - 1);
    }
    case 2: return ir::make_earliest(m.a, {any_event(m, site, depth - 1), any_event(m, site, 0)}, nowhere);
    default: return any_instant(m, site, depth - 1);
  }
}

}  // namespace writ::properties
