// Random benchmarks, credits and rights.
#include "properties/maker.h"

namespace writ::properties {

using ir::ExprId;
using ir::Kind;

namespace {

uint32_t add_subject(Maker& m, const std::string& name) {
  ir::Enum& subjects = m.a.enums[m.a.subject_enum];
  subjects.members.push_back(name);
  subjects.printed.push_back(name);
  return static_cast<uint32_t>(subjects.members.size() - 1);
}

}  // namespace

void add_benchmark(Maker& m, Site& site) {
  ir::Agreement& a = m.a;
  ir::Benchmark made;
  made.name = made.printed = m.name("Benchmark");
  made.clause = ir::ClauseId{0};
  const ExprId mean = any_aggregate(m, site, false);
  const ir::DefinitionId metric = add_plain_definition(m, site.grain, site.pass, mean, made.name + ".metric");
  const ExprId value = ir::make_definition(a, metric, nowhere);
  const bool money = ir::type_of(a, value).currency.valid();
  const ExprId bound = money ? any_constant(m, Kind::money) : ir::make_constant(a, ir::number_type(1), m.dice.between(-50, 300), nowhere);
  const ExprId measured = ir::make_is_given(a, value, nowhere);
  // A mean of money is no money until it is rounded.
  ExprId known = ir::make_known_given(a, value);
  if (money) known = ir::make_round(a, known, 2, a.rounding, nowhere);
  const ExprId passed = ir::make_compare(a, m.dice.one_in(2) ? ir::Op::ge : ir::Op::lt, known, bound, nowhere);
  ExprId enough = ir::make_truth(a, true, nowhere);
  if (!m.dice.one_in(3)) {
    ir::Aggregate count;
    count.record = m.dice.pick(m.records);
    count.period = site.grain.period;
    count.placed_by = ir::make_field(a, count.record, 1, nowhere);
    count.pass = site.pass;
    enough =
        ir::make_compare(a, ir::Op::ge, ir::make_aggregate(a, count, nowhere), ir::make_constant(a, ir::number_type(0), 1 + m.dice.below(3), nowhere), nowhere);
  }
  const ExprId judged = ir::make_judge_benchmark(a, passed, enough, measured, static_cast<ir::TooFew>(m.dice.below(3)), nowhere);
  made.outcome = add_plain_definition(m, site.grain, site.pass, judged, made.name);
  made.metrics = {metric};
  made.bounds = {bound};
  site.own.push_back(metric);
  site.own.push_back(made.outcome);
  a.benchmarks.add(made);
}

void add_credit(Maker& m, Site& site) {
  ir::Agreement& a = m.a;
  ir::Credit made;
  made.name = made.printed = m.name("Credit");
  made.period = site.grain.period;
  made.clause = ir::ClauseId{0};
  ExprId exact = any_money(m, site, 2);
  if (a.commitments.size() > 0) {
    const ir::CommitmentId id{static_cast<uint32_t>(m.dice.below(static_cast<int>(a.commitments.size())))};
    const ir::Commitment& commitment = a.commitments[id];
    if (a.definitions[commitment.outcome].pass <= site.pass) {
      Site of_record;
      of_record.grain = a.definitions[commitment.outcome].grain;
      ir::Aggregate sum;
      sum.fold = ir::Aggregate::Fold::sum;
      sum.record = commitment.record;
      sum.filter = ir::make_outcome_is(a, ir::make_definition(a, commitment.outcome, nowhere), 1, nowhere);
      sum.placed_by = ir::make_definition(a, commitment.due, nowhere);
      sum.value = ir::make_mul(a, ir::make_param(a, ir::ParamId{2}, nowhere), ir::make_constant(a, ir::number_type(3), m.dice.below(200), nowhere), nowhere);
      sum.period = made.period;
      sum.pass = site.pass;
      exact = ir::make_aggregate(a, sum, nowhere);
      made.commitments = {id};
    }
  }
  made.exact = add_plain_definition(m, site.grain, site.pass, exact, made.name + ".exact");
  const auto read = [&](ir::DefinitionId id) { return ir::make_definition(a, id, nowhere); };
  made.rounded = add_plain_definition(m, site.grain, site.pass, ir::make_round(a, read(made.exact), 2, a.rounding, nowhere), made.name + ".rounded");
  ExprId amount = read(made.rounded);
  if (m.dice.one_in(2)) {
    const ExprId cap = ir::make_prorate(a, ir::make_param(a, ir::ParamId{2}, nowhere), nowhere);
    made.cap = add_plain_definition(m, site.grain, site.pass, ir::make_round(a, cap, 2, value::Rounding::floor, nowhere), made.name + ".cap");
    amount = ir::make_min(a, {amount, read(made.cap)}, nowhere);
  }
  made.amount = add_plain_definition(m, site.grain, site.pass, amount, made.name);
  if (!m.dice.one_in(4)) made.claim = ir::Credit::Claim{static_cast<uint32_t>(m.dice.below(2)), m.dice.below(40)};
  made.subject = add_subject(m, made.name);
  site.own.push_back(made.amount);
  a.credits.add(made);
}

void add_right(Maker& m, const Site& site) {
  ir::Agreement& a = m.a;
  ir::Right made;
  made.name = made.printed = m.name("Right");
  made.party = static_cast<uint32_t>(m.dice.below(2));
  made.consecutive = m.dice.one_in(2) ? 1 : 1 + m.dice.below(3);
  made.period = site.grain.period;
  made.clause = ir::ClauseId{0};
  if (a.commitments.size() > 0 && !m.dice.one_in(3)) {
    for (uint32_t id = 0; id < a.commitments.size(); ++id) made.misses.push_back({id});
    made.at_least = m.dice.one_in(2) ? 1 : 1 + m.dice.below(4);
    made.each_at_least = m.dice.below(2);
  } else {
    made.condition = add_plain_definition(m, site.grain, site.pass, any_truth(m, site, 2), made.name + ".condition");
  }
  made.notice = !m.dice.one_in(5);
  made.cure_days = made.notice && !m.dice.one_in(4) ? 1 + m.dice.below(40) : 0;
  made.cured_when_no_miss = made.cure_days > 0 && !m.dice.one_in(4);
  made.exercise_days = m.dice.one_in(2) ? 1 + m.dice.below(60) : 0;
  made.notable_bound = m.dice.one_in(8) ? 3 : 65536;
  made.subject = add_subject(m, made.name);
  a.rights.add(made);
}

}  // namespace writ::properties
