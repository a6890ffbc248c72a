// The makers of nodes: types, scales, ranges, constants.
#include "ir/build.h"

#include <doctest/doctest.h>

#include <random>

namespace writ::ir {
namespace {

struct Made {
  Agreement agreement;
  CurrencyId gbp = agreement.currencies.add({"GBP", 2});

  ExprId number(i128 value, int scale = 0) { return make_constant(agreement, number_type(scale), value, {}); }
  ExprId money(i128 value, int scale = 2) { return make_constant(agreement, money_type(gbp, scale), value, {}); }
  // A value that is not known before the run.
  ExprId blank(Type type) { return make_param(agreement, agreement.params.add({"p", type, std::nullopt, {}}), {}); }
  const Expr& at(ExprId id) const { return agreement.exprs[id]; }
  i128 value(ExprId id) const { return constant_of(agreement, id).value_or(-999999); }
};

}  // namespace

TEST_CASE("constants are folded by the value functions") {
  Made m;
  CHECK(m.value(make_add(m.agreement, m.number(250, 2), m.number(1), {})) == 350);
  CHECK(m.value(make_mul(m.agreement, m.number(15, 2), m.money(1200000), {})) == 18000000);
  CHECK(m.at(make_mul(m.agreement, m.number(15, 2), m.money(1200000), {})).type.scale == 4);
  CHECK(m.value(make_round(m.agreement, m.number(25, 1), 0, value::Rounding::half_even, {})) == 2);
  CHECK(m.value(make_round(m.agreement, m.number(25, 1), 0, value::Rounding::half_up, {})) == 3);
  CHECK(m.value(make_compare(m.agreement, Op::lt, m.number(1), m.number(150, 2), {})) == 1);
  CHECK(m.value(make_min(m.agreement, {m.number(3), m.number(15, 1), m.number(2)}, {})) == 15);
  CHECK(m.value(make_neg(m.agreement, m.number(3), {})) == -3);
}

TEST_CASE("a fraction stays a quotient, and a fault stays what it is") {
  Made m;
  const ExprId third = make_div(m.agreement, m.number(1), m.number(3), {});
  CHECK(!constant_of(m.agreement, third));
  CHECK(m.at(third).type.kind == Kind::ratio);
  CHECK(*value_of(m.agreement, third) == value::ratio(1, 3, 0));
  CHECK(m.value(make_div(m.agreement, m.number(8), m.number(2), {})) == 4);
  const ExprId nothing = make_div(m.agreement, m.number(1), m.number(0), {});
  CHECK(constant_fault(m.agreement, nothing) == value::Fault::division_by_zero);
  CHECK(!constant_fault(m.agreement, third));
  const ExprId large = make_mul(m.agreement, m.number(value::i128_max), m.number(2), {});
  CHECK(constant_fault(m.agreement, large) == value::Fault::overflow);
}

TEST_CASE("operands are brought to one scale") {
  Made m;
  const ExprId sum = make_add(m.agreement, m.blank(number_type(2)), m.blank(number_type(5)), {});
  CHECK(m.at(sum).type.scale == 5);
  for (const ExprId operand : m.at(sum).operands) CHECK(m.at(operand).type.scale == 5);
  const ExprId quotient = make_div(m.agreement, m.blank(number_type(1)), m.blank(number_type(4)), {});
  CHECK(m.at(quotient).type.scale == 0);
  const ExprId finer = make_div(m.agreement, m.blank(money_type(m.gbp, 2)), m.blank(number_type(0)), {});
  CHECK(m.at(finer).type.scale == 2);
  CHECK(m.at(finer).type.currency == m.gbp);
  const ExprId choice = make_select(m.agreement, m.blank(boolean_type()), m.blank(number_type(0)), m.blank(number_type(3)), {});
  CHECK(m.at(choice).type.scale == 3);
}

TEST_CASE("logic leaves out what cannot change the answer") {
  Made m;
  const ExprId x = m.blank(boolean_type());
  CHECK(make_and(m.agreement, {x, make_truth(m.agreement, true, {})}, {}) == x);
  CHECK(m.value(make_and(m.agreement, {x, make_truth(m.agreement, false, {})}, {})) == 0);
  CHECK(make_or(m.agreement, {make_truth(m.agreement, false, {}), x, ExprId{}}, {}) == x);
  CHECK(m.value(make_or(m.agreement, {x, make_truth(m.agreement, true, {})}, {})) == 1);
  CHECK(m.value(make_and(m.agreement, {}, {})) == 1);
  CHECK(m.value(make_or(m.agreement, {}, {})) == 0);
}

TEST_CASE("errors make errors") {
  Made m;
  const ExprId error = make_error(m.agreement, {});
  CHECK(is_error(m.agreement, make_add(m.agreement, error, m.number(1), {})));
  CHECK(is_error(m.agreement, make_and(m.agreement, {m.blank(boolean_type()), error}, {})));
  CHECK(is_error(m.agreement, make_select(m.agreement, error, m.number(1), m.number(2), {})));
  CHECK(!constant_of(m.agreement, error));
}

TEST_CASE("what two values have in common") {
  const CurrencyId gbp{0}, usd{1};
  CHECK(common_type(number_type(1), number_type(3))->scale == 3);
  CHECK(common_type(number_type(1), plain_type(Kind::ratio))->kind == Kind::ratio);
  CHECK(!common_type(number_type(1), money_type(gbp, 2)));
  CHECK(!common_type(money_type(usd, 2), money_type(gbp, 2)));
  CHECK(!common_type(plain_type(Kind::date), plain_type(Kind::instant)));
  CHECK(common_type(with_absence(number_type(0), Absence::none), number_type(0))->absence == Absence::none);
  CHECK(!common_type(with_absence(number_type(0), Absence::none), with_absence(number_type(0), Absence::not_yet)));
  const Type both = *common_type(with_range(number_type(0), 1, 5), with_range(number_type(1), 0, 95));
  CHECK(both.low == 0);
  CHECK(both.high == 95);
  CHECK(!common_type(with_range(number_type(0), 1, 5), number_type(0))->has_range);
}

TEST_CASE("absence passes through choice and stops at `otherwise`") {
  Made m;
  const ExprId maybe = m.blank(with_absence(number_type(0), Absence::none));
  CHECK(m.at(make_otherwise(m.agreement, maybe, m.number(1), {})).type.absence == Absence::never);
  CHECK(m.at(make_otherwise(m.agreement, maybe, maybe, {})).type.absence == Absence::none);
  CHECK(m.at(make_select(m.agreement, m.blank(boolean_type()), maybe, m.number(1), {})).type.absence == Absence::none);
  CHECK(m.at(make_known_given(m.agreement, maybe)).type.absence == Absence::never);
  CHECK(m.at(maybe).type.absence == Absence::none);
  const Type event = with_absence(plain_type(Kind::instant), Absence::not_yet);
  CHECK(m.at(make_earliest(m.agreement, {m.blank(event), m.blank(event)}, {})).type.absence == Absence::not_yet);
  CHECK(m.at(make_earliest(m.agreement, {m.blank(event), m.blank(plain_type(Kind::instant))}, {})).type.absence == Absence::never);
  CHECK(m.at(make_deadline(m.agreement, Op::deadline_days, m.blank(event), m.number(3), {}, {}, {})).type.absence == Absence::not_yet);
}

// The range of a result must hold the result of every pair of values in the ranges of its operands.
TEST_CASE("ranges hold every value") {
  std::mt19937_64 random(7);
  const auto pick = [&](i128 low, i128 high) { return low + static_cast<i128>(random() % static_cast<uint64_t>(high - low + 1)); };
  for (int round = 0; round < 2000; ++round) {
    Made m;
    const auto range = [&](int scale) {
      const i128 low = pick(-50, 50);
      return with_range(number_type(scale), low, low + pick(0, 40));
    };
    const Type a = range(static_cast<int>(random() % 2)), b = range(static_cast<int>(random() % 3));
    const ExprId x = m.blank(a), y = m.blank(b);
    const ExprId results[] = {make_add(m.agreement, x, y, {}),   make_sub(m.agreement, x, y, {}),   make_mul(m.agreement, x, y, {}),
                              make_min(m.agreement, {x, y}, {}), make_max(m.agreement, {x, y}, {}), make_neg(m.agreement, x, {})};
    const i128 p = pick(a.low, a.high), q = pick(b.low, b.high);
    const int finer = std::max(a.scale, b.scale);
    const i128 ps = p * value::pow10(finer - a.scale), qs = q * value::pow10(finer - b.scale);
    const i128 exact[] = {ps + qs, ps - qs, p * q, std::min(ps, qs), std::max(ps, qs), -p};
    for (size_t i = 0; i < 6; ++i) {
      const Type& type = m.at(results[i]).type;
      REQUIRE(type.has_range);
      CHECK(type.low <= exact[i]);
      CHECK(exact[i] <= type.high);
    }
  }
}

TEST_CASE("equal aggregates are one, whatever their spans") {
  Made m;
  const RecordId record = m.agreement.records.add({});
  m.agreement.records[record].fields.push_back({.name = "cost", .type = number_type(0)});
  const auto sum = [&](i128 over) {
    Aggregate aggregate;
    aggregate.fold = Aggregate::Fold::sum;
    aggregate.record = record;
    aggregate.value = make_field(m.agreement, record, 0, {});
    aggregate.filter = make_compare(m.agreement, Op::gt, make_field(m.agreement, record, 0, {}), m.number(over), {});
    return m.at(make_aggregate(m.agreement, aggregate, {})).aggregate;
  };
  CHECK(sum(3) == sum(3));
  CHECK(sum(3) != sum(4));
  CHECK(m.agreement.aggregates.size() == 2);
}

TEST_CASE("trace points follow each other") {
  Made m;
  Definition first;
  first.cases.resize(2);
  const DefinitionId a = add_definition(m.agreement, first);
  const DefinitionId b = add_definition(m.agreement, {});
  CHECK(m.agreement.definitions[a].point == 1);
  CHECK(m.agreement.definitions[a].cases[1].point == 3);
  CHECK(m.agreement.definitions[b].point == 4);
}

TEST_CASE("overriding is closed transitively, and never overrides itself") {
  std::vector<Case> chain(3);
  chain[0].overridden_by = {0b010};
  chain[1].overridden_by = {0b100};
  CHECK(close_overrides(chain));
  CHECK(chain[0].overridden_by[0] == 0b110);
  chain[2].overridden_by = {0b001};
  CHECK(!close_overrides(chain));
}

}  // namespace writ::ir
