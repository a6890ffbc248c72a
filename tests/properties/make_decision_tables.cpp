// Cases in their tens that compare a few values with constants: what a plan keeps as data and looks up.
#include <algorithm>

#include "properties/maker.h"

namespace writ::properties {

using ir::ExprId;
using ir::Kind;
using ir::Op;

namespace {

struct Subject {
  Kind kind = Kind::number;
  ExprId leaf;
};

std::vector<Leaf> plain_leaves(Maker& m, const Site& site, Kind kind) {
  std::vector<Leaf> found = leaves(m, site, kind);
  std::erase_if(found, [](const Leaf& leaf) { return leaf.op != Op::field && leaf.op != Op::definition && leaf.op != Op::param; });
  return found;
}

std::vector<Subject> any_subjects(Maker& m, const Site& site) {
  constexpr Kind kinds[] = {Kind::number, Kind::number, Kind::enumeration, Kind::text, Kind::date, Kind::money, Kind::boolean, Kind::instant};
  std::vector<Subject> subjects;
  for (int n = 1 + m.dice.below(4); n > 0; --n) {
    const Kind kind = kinds[m.dice.below(8)];
    for (const Leaf& leaf : plain_leaves(m, site, kind)) {
      if (m.dice.one_in(3)) subjects.push_back({kind, make_leaf(m, site, leaf)});
    }
  }
  if (subjects.empty()) subjects.push_back({Kind::instant, ir::make_as_of(m.a, nowhere)});
  while (subjects.size() > 5) subjects.pop_back();
  return subjects;
}

// Of a number often one of a few, so that cases meet.
ExprId any_bound(Maker& m, const Subject& subject) {
  if (subject.kind == Kind::number && m.dice.one_in(2)) return ir::make_constant(m.a, ir::number_type(m.dice.below(2)), m.dice.between(-5, 20), nowhere);
  if (subject.kind == Kind::number) return ir::make_constant(m.a, ir::number_type(m.dice.below(4)), m.dice.between(-50, 200), nowhere);
  return any_constant(m, subject.kind);
}

// What asks for a number or a truth, of a subject that may be absent only where it is there.
ExprId where_given(Maker& m, const Subject& subject, ExprId test) {
  if (ir::type_of(m.a, subject.leaf).absence == ir::Absence::never) return test;
  return ir::make_and(m.a, {ir::make_is_given(m.a, subject.leaf, nowhere), test}, nowhere);
}

ExprId any_test(Maker& m, const Subject& subject) {
  const ExprId known = ir::type_of(m.a, subject.leaf).absence == ir::Absence::never ? subject.leaf : ir::make_known_given(m.a, subject.leaf);
  if (subject.kind == Kind::boolean && m.dice.one_in(2)) return where_given(m, subject, known);
  if (m.dice.one_in(20)) return ir::make_is_given(m.a, subject.leaf, nowhere);
  const bool ordered = subject.kind != Kind::enumeration && subject.kind != Kind::text && subject.kind != Kind::boolean;
  if (!ordered || m.dice.one_in(2)) return ir::make_compare(m.a, m.dice.one_in(6) ? Op::ne : Op::eq, subject.leaf, any_bound(m, subject), nowhere);
  constexpr Op orders[] = {Op::lt, Op::le, Op::gt, Op::ge};
  const Op op = orders[m.dice.below(4)];
  const bool turned = m.dice.one_in(4);
  const ExprId bound = any_bound(m, subject);
  return where_given(m, subject, ir::make_compare(m.a, op, turned ? bound : known, turned ? known : bound, nowhere));
}

ExprId any_guard(Maker& m, const std::vector<Subject>& subjects) {
  std::vector<ExprId> parts;
  for (int n = 1 + m.dice.below(3); n > 0; --n) {
    ExprId part = any_test(m, m.dice.pick(subjects));
    if (m.dice.one_in(6)) part = ir::make_or(m.a, {part, any_test(m, m.dice.pick(subjects)), any_test(m, subjects[0])}, nowhere);
    if (m.dice.one_in(12)) part = ir::make_not(m.a, part, nowhere);
    parts.push_back(part);
  }
  return ir::make_and(m.a, std::move(parts), nowhere);
}

void add_overrides(Maker& m, ir::Definition& made) {
  const size_t words = (made.cases.size() + 63) / 64;
  const int rarely = 1 + m.dice.below(20);
  for (size_t i = 0; i < made.cases.size(); ++i) {
    made.cases[i].overridden_by.assign(words, 0);
    for (size_t by = i + 1; by < made.cases.size(); ++by) {
      if (m.dice.one_in(rarely)) made.cases[i].overridden_by[by / 64] |= uint64_t{1} << (by % 64);
    }
  }
  (void)ir::close_overrides(made.cases);  // only later cases override
}

}  // namespace

void add_table_cases(Maker& m, const Site& site, Kind kind, ir::Definition& made) {
  const std::vector<Subject> subjects = any_subjects(m, site);
  std::vector<ExprId> results;
  for (int n = 1 + m.dice.below(6); n > 0; --n) {
    const std::vector<Leaf> found = plain_leaves(m, site, kind);
    const ExprId result = !found.empty() && m.dice.one_in(6) ? make_leaf(m, site, m.dice.pick(found)) : any_constant(m, kind);
    const auto common = ir::common_type(made.type, ir::type_of(m.a, result));
    if (!common) continue;
    made.type = *common;
    results.push_back(result);
  }
  if (results.empty()) return;
  for (int n = 65 + m.dice.below(140); n > 0; --n) {
    ir::Case each;
    each.label = m.name("case");
    each.guard = any_guard(m, subjects);
    each.result = m.dice.pick(results);
    made.type.may_be_unknown |= ir::type_of(m.a, each.guard).may_be_unknown;
    made.cases.push_back(each);
  }
  if (m.dice.one_in(2)) add_overrides(m, made);
}

}  // namespace writ::properties
