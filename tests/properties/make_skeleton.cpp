// Header, parties, enums, calendars, parameters and record types of a random agreement.
#include <cassert>

#include "properties/maker.h"
#include "value/zone.h"

namespace writ::properties {

namespace {

value::Zone zone_of(const char* posix_rule) {
  value::Zone zone = value::utc_zone();
  value::PosixRule rule;
  const bool good = value::parse_posix_rule(posix_rule, rule);
  assert(good);
  (void)good;
  zone.rule = rule;
  return zone;
}

value::Zone any_zone(Maker& m) {
  switch (m.dice.below(5)) {
    case 0: return value::utc_zone();
    case 1: return value::fixed_zone(m.dice.below(24) * 3600 - 12 * 3600 + 1800);
    case 2: return zone_of("EST5EDT,M3.2.0,M11.1.0");
    case 3: return zone_of("<-03>3<-02>,M10.3.0/0,M2.3.0/0");  // the clock skips midnight itself
    default: return zone_of("GMT0BST,M3.5.0/1,M10.5.0");
  }
}

ir::EnumId add_enum(Maker& m, const char* name, std::vector<std::string> members, bool builtin) { return m.a.enums.add({name, members, members, builtin}); }

void make_header(Maker& m) {
  ir::Agreement& a = m.a;
  a.title = "Random";
  a.parties = {{"A", "provider", "A"}, {"B", "customer", "B"}};
  a.effective = value::days_from_civil(2025 + m.dice.below(2), 1 + m.dice.below(12), m.dice.one_in(2) ? 1 : 1 + m.dice.below(28));
  a.end = a.effective + 1 + static_cast<int32_t>(m.dice.below(m.dice.one_in(5) ? 20 : 420));
  a.currency = a.currencies.add({"GBP", 2});
  a.zone = any_zone(m);
  a.zone_name = "generated";
  a.rounding = static_cast<value::Rounding>(m.dice.below(5));
  a.month_end = static_cast<value::MonthEnd>(m.dice.below(3));
  a.party_enum = add_enum(m, "Party", {"A", "B"}, true);
  a.subject_enum = add_enum(m, "Subject", {}, true);
  a.commitment_outcome_enum = add_enum(m, "CommitmentOutcome", {"met", "missed", "pending", "excused", "out_of_scope"}, true);
  a.benchmark_outcome_enum = add_enum(m, "BenchmarkOutcome", {"met", "missed", "pending", "not_measured"}, true);
  a.credit_state_enum = add_enum(m, "CreditState", {"none", "accrued", "claimable", "claimed", "forfeited", "settled"}, true);
  a.right_state_enum = add_enum(m, "RightState", {"not_arisen", "arisen", "notice_given", "cured", "exercisable", "exercised", "lapsed"}, true);
  m.colour = add_enum(m, "Colour", {"red", "green", "blue"}, false);
  m.status = add_enum(m, "Status", {"working", "waiting", "done"}, false);
  ir::Clause clause;
  clause.number = "1";
  clause.title = "All";
  a.clauses.add(clause);
}

// Open hours of a weekday, also overnight, touching and in several parts.
std::vector<value::LocalInterval> any_hours(Maker& m) {
  std::vector<value::LocalInterval> hours;
  for (int parts = m.dice.below(3); parts >= 0; --parts) {
    const int32_t open = 900 * m.dice.below(96);
    hours.push_back({open, open + 900 * (1 + m.dice.below(m.dice.one_in(4) ? 90 : 40))});
    if (hours.back().close > 48 * 3600) hours.back().close = 48 * 3600;
  }
  return hours;
}

void add_calendar(Maker& m) {
  ir::Calendar calendar;
  calendar.name = m.name("Cal");
  value::CalendarRules& rules = calendar.rules;
  rules.zone = m.dice.one_in(2) ? m.a.zone : any_zone(m);
  for (size_t day = 0; day < 7; ++day) {
    if (day < 5 || m.dice.one_in(3)) rules.week[day] = any_hours(m);
  }
  for (int n = m.dice.below(8); n > 0; --n) rules.holidays.push_back(m.a.effective + m.dice.below(300));
  if (m.dice.one_in(2)) rules.special.push_back({m.a.effective + m.dice.below(60), any_hours(m), value::DayKind::by_rule});
  if (m.dice.one_in(2)) rules.breaks.push_back({m.a.effective + m.dice.below(60), {10 * 3600, 13 * 3600}});
  rules.business_days_stated = m.dice.one_in(3);
  rules.business_weekdays = static_cast<uint8_t>(1 + m.dice.below(127));
  rules.day_ends_same_time = m.dice.one_in(3);
  rules.runs_out_at_next_opening = m.dice.one_in(3);
  // Now and then the calendar ends before the term does: then nobody can tell.
  rules.first = m.a.effective - 40;
  rules.last = m.a.end + (m.dice.one_in(3) ? -m.dice.below(20) : 400);
  if (rules.last < rules.first) rules.last = rules.first;
  m.a.calendars.add(calendar);
}

void add_params(Maker& m) {
  const auto add = [&](ir::Type type, value::i128 number) { m.a.params.add({m.name("param"), type, number, nowhere}); };
  add(ir::with_range(ir::number_type(0), -5, 60), m.dice.below(60));
  add(ir::number_type(2), m.dice.between(-500, 500));
  add(ir::with_range(ir::money_type(m.a.currency, 2), 0, 10'000'000), m.dice.below(10'000'000));
  add(ir::plain_type(ir::Kind::duration), m.dice.between(0, 200) * value::us_per_hour / 4);
  add(ir::enumeration_type(m.colour), m.dice.below(3));
}

ir::Field any_field(Maker& m, ir::Type type, bool may_be_absent) {
  ir::Field field;
  field.name = m.name("field");
  field.type = type;
  field.compared = true;
  if (may_be_absent && m.dice.one_in(2)) field.type.absence = m.dice.one_in(2) ? ir::Absence::not_yet : ir::Absence::none;
  field.type.may_be_unknown = m.dice.one_in(4);
  return field;
}

std::vector<ir::Type> field_types(Maker& m) {
  const int64_t low = m.dice.between(-20, 5);
  return {ir::boolean_type(),
          ir::with_range(ir::number_type(0), low, low + m.dice.below(60)),
          ir::number_type(m.dice.below(4)),
          ir::with_range(ir::money_type(m.a.currency, 2), m.dice.one_in(2) ? 0 : -10'000, 500'000),
          ir::plain_type(ir::Kind::date),
          ir::plain_type(ir::Kind::time),
          ir::plain_type(ir::Kind::instant),
          ir::plain_type(ir::Kind::instant),
          ir::plain_type(ir::Kind::duration),
          ir::enumeration_type(m.colour),
          ir::plain_type(ir::Kind::text)};
}

void add_record(Maker& m) {
  ir::Record record;
  record.name = m.name("Record");
  ir::Field key = any_field(m, ir::plain_type(ir::Kind::text), false), since = any_field(m, ir::plain_type(ir::Kind::instant), false);
  key.key = true;
  key.type.may_be_unknown = false;
  record.fields = {key, since};
  record.key = 0;
  if (!m.dice.one_in(6)) record.since = 1;
  for (const ir::Type& type : field_types(m)) record.fields.push_back(any_field(m, type, true));
  record.fields.push_back(any_field(m, ir::plain_type(ir::Kind::instant), true));
  record.fields.back().type.absence = ir::Absence::not_yet;
  if (!m.dice.one_in(3)) {
    ir::History history;
    ir::Field at = any_field(m, ir::plain_type(ir::Kind::instant), false);
    at.type.may_be_unknown = false;
    history.fields = {at, any_field(m, ir::enumeration_type(m.status), false), any_field(m, ir::with_range(ir::number_type(0), 0, 9), true)};
    if (m.dice.one_in(2)) {
      ir::Field order = any_field(m, ir::number_type(0), false);
      order.type.may_be_unknown = false;
      history.fields.push_back(order);
      history.order_by = 3;
    }
    record.history = history;
  }
  m.records.push_back(m.a.records.add(record));
}

void add_act(Maker& m, const char* name, ir::RecordId& id) {
  ir::Record record;
  record.name = name;
  record.act = true;
  const auto field = [](const char* field_name, ir::Type type) {
    ir::Field made;
    made.name = field_name;
    made.type = type;
    return made;
  };
  record.fields = {field("at", ir::plain_type(ir::Kind::instant)), field("by", ir::enumeration_type(m.a.party_enum)),
                   field("of", ir::enumeration_type(m.a.subject_enum)), field("period", ir::with_absence(ir::plain_type(ir::Kind::date), ir::Absence::none))};
  id = m.a.records.add(record);
}

}  // namespace

void make_skeleton(Maker& m) {
  make_header(m);
  for (int n = 1 + m.dice.below(2); n > 0; --n) add_calendar(m);
  add_params(m);
  for (int n = 1 + m.dice.below(2); n > 0; --n) add_record(m);
  add_act(m, "Claim", m.a.claim);
  add_act(m, "Notice", m.a.notice);
  add_act(m, "Payment", m.a.payment);
  add_act(m, "Exercise", m.a.exercise);
}

}  // namespace writ::properties
