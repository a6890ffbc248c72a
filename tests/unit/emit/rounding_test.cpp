// Division by powers of ten over lanes: every way of rounding, both signs, every remainder near a tie, against value::round_to.
#include "emit/emit.h"
#include "ir/build.h"
#include "plan/plan.h"
#include "unit/plan/source.h"

namespace writ::emit {
namespace {

using value::Rounding;

constexpr Rounding all_roundings[] = {Rounding::half_up, Rounding::half_even, Rounding::half_down, Rounding::up,
                                      Rounding::down,    Rounding::floor,     Rounding::ceiling};

// One record with a number of four digits, and a definition for each way of rounding it to two, to none and to six.
struct Made {
  ir::Agreement agreement;
  ir::RecordId record;
  std::vector<std::pair<uint32_t, std::pair<Rounding, int>>> rounded;
};

Made make(int64_t most) {
  Made made;
  made.agreement = plan::testing::agreement_of("record Row since at { n : int\n at : instant }\nclause 1 \"Rules\" {\n  rule same per Row = n\n}\n");
  for (uint32_t i = 0; i < made.agreement.records.size(); ++i) {
    if (made.agreement.records.items[i].name == "Row") made.record = {i};
  }
  ir::Type type = ir::with_range(ir::number_type(4), -most, most);
  made.agreement.records[made.record].fields[0].type = type;
  for (Rounding rounding : all_roundings) {
    for (int to : {0, 2, 6}) {
      const ir::ExprId field = ir::make_field(made.agreement, made.record, 0, {});
      ir::Definition definition;
      definition.name = "rounded" + std::to_string(made.rounded.size());
      definition.grain = {ir::Grain::Of::record, made.record};
      definition.base = ir::make_round(made.agreement, field, to, rounding, {});
      definition.type = ir::type_of(made.agreement, *definition.base);
      const ir::DefinitionId id = ir::add_definition(made.agreement, definition);
      made.agreement.order.push_back(id);
      made.rounded.push_back({id.index, {rounding, to}});
    }
  }
  return made;
}

void compare(const Made& made, const std::vector<int64_t>& numbers) {
  record::Batch batch;
  batch.record = made.record.index;
  batch.rows = static_cast<uint32_t>(numbers.size());
  constexpr int64_t in_the_term = 1767225600ll * 1000000;  // 2026-01-01
  batch.columns.resize(2);
  batch.columns[0].values = numbers;
  batch.columns[1].values.assign(numbers.size(), in_the_term);
  const auto engine = make_native(plan::make_plan(made.agreement), {});
  const auto totals = engine->init({.as_of = in_the_term, .params = {}});
  evaluate::RecordOutputs outputs;
  engine->update(*totals, 0, batch, &outputs);
  REQUIRE(outputs.values.size() == made.rounded.size() + 1);
  for (size_t d = 0; d < made.rounded.size(); ++d) {
    const auto [rounding, to] = made.rounded[d].second;
    for (size_t i = 0; i < numbers.size(); ++i) {
      const value::Value expected = value::round_to(value::given(numbers[i]), 4, to, rounding, 0);
      if (outputs.values[d + 1][i] == expected) continue;
      FAIL("rounding " << static_cast<int>(rounding) << " of " << numbers[i] << " to " << to << " digits");
    }
  }
}

TEST_CASE("rounding over lanes of 16, 32 and 64 bits") {
  for (int64_t most : {int64_t{30000}, int64_t{2000000000}, int64_t{1} << 58}) {
    const Made made = make(most);
    std::vector<int64_t> numbers;
    for (int64_t around : {int64_t{0}, int64_t{10000}, int64_t{-10000}, most - 10200, -most + 10200}) {
      for (int64_t n = around - 10150; n <= around + 10150; ++n) {
        if (n >= -most && n <= most && (n % 50 == 0 || n % 100 == 1 || n % 100 == 99 || n % 100 == -1 || n % 100 == 49 || n % 100 == 51)) numbers.push_back(n);
      }
    }
    for (size_t first = 0; first < numbers.size(); first += 4096) {
      const auto last = numbers.begin() + static_cast<std::ptrdiff_t>(std::min(first + 4096, numbers.size()));
      compare(made, {numbers.begin() + static_cast<std::ptrdiff_t>(first), last});
    }
  }
}

}  // namespace
}  // namespace writ::emit
