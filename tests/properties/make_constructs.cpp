// Random definitions, and the constructs that are made of them.
#include <cassert>

#include "properties/maker.h"

namespace writ::properties {

using ir::ExprId;
using ir::Kind;
using ir::Op;

ir::DefinitionId add_plain_definition(Maker& m, const ir::Grain& grain, int pass, ExprId base, std::string name) {
  ir::Definition made;
  made.name = made.printed = std::move(name);
  made.type = ir::type_of(m.a, base);
  made.grain = grain;
  made.base = base;
  made.pass = pass;
  made.clause = ir::ClauseId{0};
  const ir::DefinitionId id = ir::add_definition(m.a, std::move(made));
  m.a.order.push_back(id);
  return id;
}

namespace {

// Brings a result to the definition's type; false when no type holds both.
bool join(Maker& m, ir::Type& type, ExprId result) {
  const auto common = ir::common_type(type, ir::type_of(m.a, result));
  if (common) type = *common;
  return common.has_value();
}

void add_cases(Maker& m, const Site& site, Kind kind, ir::Definition& made, int count) {
  for (int i = 0; i < count; ++i) {
    ir::Case each;
    each.label = m.name("case");
    each.guard = any_truth(m, site, count > 8 ? 0 : 2);
    each.result = any_of_kind(m, site, kind, count > 8 ? 0 : 2);
    if (!join(m, made.type, each.result)) continue;
    made.type.may_be_unknown |= ir::type_of(m.a, each.guard).may_be_unknown;
    made.cases.push_back(each);
  }
  const size_t words = (made.cases.size() + 63) / 64;
  for (size_t i = 0; i < made.cases.size(); ++i) {
    made.cases[i].overridden_by.assign(words, 0);
    // Only later cases override, so that no case overrides itself.
    for (size_t by = i + 1; by < made.cases.size(); ++by) {
      if (m.dice.one_in(3)) made.cases[i].overridden_by[by / 64] |= uint64_t{1} << (by % 64);
    }
  }
  const bool acyclic = ir::close_overrides(made.cases);
  assert(acyclic);
  (void)acyclic;
}

}  // namespace

ir::DefinitionId add_random_definition(Maker& m, const Site& site, Kind kind, const char* stem) {
  ir::Definition made;
  made.name = made.printed = m.name(stem);
  made.grain = site.grain;
  made.pass = site.pass;
  made.clause = ir::ClauseId{0};
  const ExprId base = kind == Kind::instant && m.dice.one_in(2) ? any_event(m, site, 3) : any_of_kind(m, site, kind, 3);
  made.type = ir::type_of(m.a, base);
  if (m.dice.one_in(10))
    add_table_cases(m, site, kind, made);
  else if (m.dice.one_in(2))
    add_cases(m, site, kind, made, m.dice.one_in(40) ? 70 : 1 + m.dice.below(4));
  if (made.cases.empty() || !m.dice.one_in(5)) made.base = base;
  if (ir::is_numeric(made.type)) {
    if (made.base) made.base = ir::adapt(m.a, *made.base, made.type, nowhere);
    for (ir::Case& each : made.cases) each.result = ir::adapt(m.a, each.result, made.type, nowhere);
  }
  const ir::DefinitionId id = ir::add_definition(m.a, std::move(made));
  m.a.order.push_back(id);
  return id;
}

namespace {

ExprId outcome_equals(Maker& m, ir::DefinitionId outcome, int code) {
  const ir::Type type = ir::enumeration_type(m.a.definitions[outcome].type.enumeration);
  return ir::make_compare(m.a, Op::eq, ir::make_definition(m.a, outcome, nowhere), ir::make_constant(m.a, type, code, nowhere), nowhere);
}

// One row a colour, now and then without a commitment.
ir::DefinitionId add_due(Maker& m, const Site& site, ir::DefinitionId from, const std::string& name) {
  ir::Definition made;
  made.name = made.printed = name + ".due";
  made.grain = site.grain;
  made.pass = site.pass;
  made.clause = ir::ClauseId{0};
  made.type = ir::with_absence(ir::plain_type(Kind::instant), ir::Absence::not_yet);
  made.type.may_be_unknown = true;
  const ExprId start = ir::make_definition(m.a, from, nowhere);
  const ExprId tier = any_colour(m, site, 0);
  for (int colour = 0; colour < 3; ++colour) {
    ir::Case row;
    row.label = m.a.enums[m.colour].members[static_cast<size_t>(colour)];
    row.guard = ir::make_compare(m.a, Op::eq, tier, ir::make_constant(m.a, ir::enumeration_type(m.colour), colour, nowhere), nowhere);
    const ExprId amount = ir::make_constant(m.a, ir::plain_type(Kind::open_time), m.dice.below(60) * value::us_per_hour / 2, nowhere);
    const ExprId days = ir::make_constant(m.a, ir::number_type(0), m.dice.below(20), nowhere);
    switch (m.dice.below(5)) {
      case 0: row.result = ir::make_absence(m.a, made.type, value::State::none, nowhere); break;
      case 1: row.result = ir::make_deadline(m.a, Op::deadline_open, start, amount, ir::CalendarId{0}, any_pause(m, site), nowhere); break;
      case 2: row.result = ir::make_deadline(m.a, Op::deadline_business_days, start, days, ir::CalendarId{0}, any_pause(m, site), nowhere); break;
      case 3: row.result = ir::make_deadline(m.a, Op::deadline_days, start, days, {}, {}, nowhere); break;
      default:
        row.result = ir::make_earliest(m.a, {ir::make_deadline(m.a, Op::deadline_days, start, days, {}, {}, nowhere), any_event(m, site, 2)}, nowhere);
        break;
    }
    row.overridden_by = {0};
    made.cases.push_back(row);
  }
  const ir::DefinitionId id = ir::add_definition(m.a, std::move(made));
  m.a.order.push_back(id);
  return id;
}

}  // namespace

void add_commitment(Maker& m, Site& site) {
  ir::Commitment made;
  made.name = made.printed = m.name("Commitment");
  made.record = site.grain.record;
  made.party = static_cast<uint32_t>(m.dice.below(2));
  made.strict = m.dice.one_in(4);
  made.clause = ir::ClauseId{0};
  const auto part = [&](const char* what, ExprId base) { return add_plain_definition(m, site.grain, site.pass, base, made.name + what); };
  made.applies = part(".applies", m.dice.one_in(2) ? ir::make_truth(m.a, true, nowhere) : any_truth(m, site, 2));
  made.excused = part(".excused", m.dice.one_in(2) ? ir::make_truth(m.a, false, nowhere) : any_truth(m, site, 2));
  made.from = part(".from", m.dice.one_in(2) ? ir::make_field(m.a, site.grain.record, 1, nowhere) : any_event(m, site, 1));
  made.until = part(".until", any_event(m, site, 1));
  made.due = add_due(m, site, made.from, made.name);
  const auto read = [&](ir::DefinitionId id) { return ir::make_definition(m.a, id, nowhere); };
  made.outcome = part("", ir::make_judge(m.a, read(made.applies), read(made.excused), read(made.from), read(made.until), read(made.due), made.strict, nowhere));
  made.pause = any_pause(m, site);
  made.rows.push_back({});
  for (ir::DefinitionId id : {made.applies, made.excused, made.from, made.until, made.due, made.outcome}) site.own.push_back(id);
  m.a.commitments.add(made);
}

void add_commitment_counts(Maker& m) {
  for (uint32_t id = 0; id < m.a.commitments.size(); ++id) {
    const ir::DefinitionId outcome = m.a.commitments[ir::CommitmentId{id}].outcome;
    const int pass = m.a.definitions[outcome].pass;
    for (int code = 0; code < 5; ++code) {
      ir::Aggregate count;
      count.record = m.a.commitments[ir::CommitmentId{id}].record;
      count.filter = outcome_equals(m, outcome, code);
      count.pass = pass;
      const ExprId read = ir::make_aggregate(m.a, count, nowhere);
      m.a.commitments[ir::CommitmentId{id}].counts.push_back(add_plain_definition(m, {}, pass, read, m.name("count")));
    }
  }
}

}  // namespace writ::properties
