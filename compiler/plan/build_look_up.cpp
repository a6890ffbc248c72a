// From the cases of a definition to the table of a look-up.
#include <algorithm>
#include <map>

#include "ir/build.h"
#include "plan/look_up.h"

namespace writ::plan {

namespace {

using evaluate::LookUpCase;
using evaluate::LookUpResult;
using evaluate::LookUpTable;
using evaluate::LookUpTest;
using evaluate::no_index;
using TestOp = LookUpTest::Op;

constexpr int most_rescale = 18;  // a number of 64 bits times so many tens fits 128
constexpr size_t most_tests = 1u << 22;

// What a leaf reads. A read of it never makes a fault.
using Leaf = std::pair<ir::Op, uint32_t>;

bool leaf_of(const ir::Expr& expr, Leaf& leaf) {
  if (expr.op == ir::Op::field)
    leaf = {expr.op, expr.field};
  else if (expr.op == ir::Op::param)
    leaf = {expr.op, expr.param.index};
  else if (expr.op == ir::Op::definition)
    leaf = {expr.op, expr.definition.index};
  else if (expr.op == ir::Op::as_of || expr.op == ir::Op::period_start || expr.op == ir::Op::period_end)
    leaf = {expr.op, 0};
  else
    return false;
  return true;
}

struct Recogniser {
  const ir::Agreement& agreement;
  LookUpTable& table;
  std::map<Leaf, uint32_t> subjects;
  std::vector<ir::ExprId> subject_expressions;
  std::map<std::tuple<value::State, i128, i128>, uint32_t> constants;  // results
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> others;            // results, by expression and point
  std::map<Leaf, uint32_t> leaves;                                     // results
  std::vector<std::pair<ir::ExprId, uint32_t>> other_expressions;      // their operands behind the subjects

  const ir::Expr& expr(ir::ExprId id) const { return agreement.exprs[id]; }
};

bool add_subject(Recogniser& r, ir::ExprId id, LookUpTest& test) {
  Leaf leaf;
  if (!leaf_of(r.expr(id), leaf)) return false;
  const auto [place, added] = r.subjects.emplace(leaf, static_cast<uint32_t>(r.subject_expressions.size()));
  if (added) {
    if (r.subject_expressions.size() == most_subjects) return false;
    r.subject_expressions.push_back(id);
  }
  test.subject = place->second;
  return true;
}

TestOp compared_as(ir::Op op, bool turned) {
  if (op == ir::Op::eq) return TestOp::eq;
  if (op == ir::Op::ne) return TestOp::ne;
  if (op == ir::Op::lt) return turned ? TestOp::gt : TestOp::lt;
  if (op == ir::Op::le) return turned ? TestOp::ge : TestOp::le;
  if (op == ir::Op::gt) return turned ? TestOp::lt : TestOp::gt;
  return turned ? TestOp::le : TestOp::ge;
}

bool add_comparison(Recogniser& r, const ir::Expr& expr) {
  const bool turned = r.expr(expr.operands[0]).op == ir::Op::constant;
  const ir::Expr& constant = r.expr(expr.operands[turned ? 0 : 1]);
  if (constant.op != ir::Op::constant) return false;
  ir::ExprId subject = expr.operands[turned ? 1 : 0];
  i128 rescale = 0;
  while (r.expr(subject).op == ir::Op::rescale) {
    rescale += r.expr(subject).number;
    subject = r.expr(subject).operands[0];
  }
  LookUpTest test;
  if (rescale > most_rescale || !add_subject(r, subject, test)) return false;
  test.op = compared_as(expr.op, turned);
  test.rescale = static_cast<uint8_t>(rescale);
  test.number = constant.number;
  r.table.tests.push_back(test);
  return true;
}

// False when the guard asks something else than tables can.
bool add_guard(Recogniser& r, ir::ExprId id) {
  if (r.table.tests.size() >= most_tests) return false;
  const ir::Expr& expr = r.expr(id);
  LookUpTest test;
  if (expr.op == ir::Op::constant) {
    test.op = TestOp::constant;
    test.number = expr.number;
  } else if (expr.op == ir::Op::eq || expr.op == ir::Op::ne || expr.op == ir::Op::lt || expr.op == ir::Op::le || expr.op == ir::Op::gt ||
             expr.op == ir::Op::ge) {
    return add_comparison(r, expr);
  } else if (expr.op == ir::Op::is_given) {
    if (!add_subject(r, expr.operands[0], test)) return false;
    test.op = TestOp::is_given;
  } else if (expr.op == ir::Op::not_) {
    if (!add_guard(r, expr.operands[0])) return false;
    test.op = TestOp::not_;
  } else if (expr.op == ir::Op::and_ || expr.op == ir::Op::or_) {
    if (!add_guard(r, expr.operands[0])) return false;
    test.op = expr.op == ir::Op::and_ ? TestOp::and_ : TestOp::or_;
    for (size_t i = 1; i < expr.operands.size(); ++i) {
      if (!add_guard(r, expr.operands[i])) return false;
      r.table.tests.push_back(test);
    }
    return true;
  } else {
    if (!add_subject(r, id, test)) return false;
    test.op = TestOp::truth;
  }
  r.table.tests.push_back(test);
  return true;
}

template <class Map, class Key>
uint32_t result_at(Recogniser& r, Map& made, const Key& key, const LookUpResult& result) {
  const auto [place, added] = made.emplace(key, static_cast<uint32_t>(r.table.results.size()));
  if (added) r.table.results.push_back(result);
  return place->second;
}

bool add_result(Recogniser& r, ir::ExprId id, uint32_t point, uint32_t& index) {
  const ir::Expr& expr = r.expr(id);
  LookUpResult result;
  if (const auto constant = ir::value_of(r.agreement, id); constant && !value::is_fault(*constant)) {
    result.state = constant->state;
    if (value::is_certain(*constant)) result.number = constant->lo, result.denominator = constant->lo_den;
    index = result_at(r, r.constants, std::tuple{result.state, result.number, result.denominator}, result);
    return true;
  }
  result.operand = static_cast<uint32_t>(r.other_expressions.size());
  const size_t before = r.table.results.size();
  Leaf leaf;
  if (leaf_of(expr, leaf))
    index = result_at(r, r.leaves, leaf, result);
  else
    index = result_at(r, r.others, std::pair{id.index, point}, result);
  if (r.table.results.size() > before) r.other_expressions.emplace_back(id, point);
  return r.other_expressions.size() <= most_other_results;
}

void add_overrides(LookUpTable& table, const ir::Definition& definition) {
  for (uint32_t loser = 0; loser < definition.cases.size(); ++loser) {
    const std::vector<uint64_t>& by = definition.cases[loser].overridden_by;
    for (uint32_t word = 0; word < by.size(); ++word) {
      for (uint64_t bits = by[word]; bits != 0; bits &= bits - 1) table.overrides.push_back({loser, word * 64 + static_cast<uint32_t>(__builtin_ctzll(bits))});
    }
  }
}

bool make_table(const ir::Agreement& agreement, const ir::Definition& definition, LookUpTable& table, LookUpSource& source) {
  Recogniser r{agreement, table, {}, {}, {}, {}, {}, {}};
  table.point = definition.point;
  for (const ir::Case& each : definition.cases) {
    LookUpCase one;
    one.point = each.point;
    one.first_test = static_cast<uint32_t>(table.tests.size());
    if (!add_guard(r, each.guard) || !add_result(r, each.result, each.point, one.result)) return false;
    one.tests = static_cast<uint32_t>(table.tests.size()) - one.first_test;
    table.cases.push_back(one);
  }
  if (definition.base && !add_result(r, *definition.base, definition.point, table.base)) return false;
  table.subjects = static_cast<uint32_t>(r.subject_expressions.size());
  table.operands = table.subjects + static_cast<uint32_t>(r.other_expressions.size());
  for (LookUpResult& result : table.results) {
    if (result.operand != no_index) result.operand += table.subjects;
  }
  add_overrides(table, definition);
  for (ir::ExprId subject : r.subject_expressions) source.operands.emplace_back(subject, definition.point);
  source.operands.insert(source.operands.end(), r.other_expressions.begin(), r.other_expressions.end());
  make_search(table);
  return true;
}

}  // namespace

const LookUpSource* look_up_of(PlanContext& context, ir::DefinitionId id) {
  const ir::Definition& definition = context.agreement.definitions[id];
  if (definition.cases.size() <= most_selected_cases) return nullptr;
  context.look_ups.resize(context.agreement.definitions.size());
  LookUpSource& source = context.look_ups[id.index];
  if (!source.tried) {
    source.tried = true;
    LookUpTable table;
    if (make_table(context.agreement, definition, table, source)) {
      source.table = static_cast<uint32_t>(context.plan.tables.look_ups.size());
      context.plan.tables.look_ups.push_back(std::move(table));
    }
  }
  return source.table == no_index ? nullptr : &source;
}

}  // namespace writ::plan
