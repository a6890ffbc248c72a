// Columns as hosts keep them: widths, validity bits, offsets, units; and definitions taken back as columns.
#include <algorithm>

#include "emit/emit.h"
#include "evaluate/abi_handles.h"
#include "plan/plan.h"
#include "unit/plan/source.h"

namespace writ::emit {
namespace {

using evaluate::BatchView;
using evaluate::ColumnView;
using evaluate::OutputColumn;
using plan::testing::agreement_of;
using plan::testing::definition_index;
using value::State;

const std::string body = R"(
record Ticket since opened {
  opened : instant
  score  : 0..5 or none
  urgent : bool
}
clause 1 "Rules" {
  rule points per Ticket = if urgent then (score otherwise 0) * 1000 else (score otherwise 0)
  rule share per Ticket = (score otherwise 0) / 3
  rule strict per Ticket = score
  metric total = sum(points) over Ticket, per month of opened
}
)";

constexpr uint32_t rows = 130;

// Seconds, scores as validity bits, urgency as bits; all from the third row on.
struct Host {
  std::vector<int32_t> seconds;
  std::vector<int8_t> scores;
  std::vector<uint8_t> score_bits, urgent_bits;
  BatchView view;

  explicit Host(const ir::Agreement& agreement) : score_bits(32), urgent_bits(32) {
    for (uint32_t i = 0; i < rows + 3; ++i) {
      seconds.push_back(static_cast<int32_t>(1767225600 + i * 3600));
      scores.push_back(static_cast<int8_t>(i % 6));
      if (i % 7 != 0) score_bits[i / 8] |= static_cast<uint8_t>(1 << (i % 8));
      if (i % 3 == 0) urgent_bits[i / 8] |= static_cast<uint8_t>(1 << (i % 8));
    }
    for (uint32_t i = 0; i < agreement.records.size(); ++i) {
      if (agreement.records.items[i].name == "Ticket") view.record = i;
    }
    view.rows = rows;
    view.columns = {{seconds.data(), 4, nullptr, nullptr, 3, 1000000},
                    {scores.data(), 1, score_bits.data(), nullptr, 3, 1},
                    {urgent_bits.data(), 0, nullptr, nullptr, 3, 1}};
  }
  bool given(uint32_t row) const { return (row + 3) % 7 != 0; }
  int64_t score(uint32_t row) const { return given(row) ? (row + 3) % 6 : 0; }
  int64_t points(uint32_t row) const { return score(row) * ((row + 3) % 3 == 0 ? 1000 : 1); }
};

struct Fixture {
  ir::Agreement agreement = agreement_of(body);
  Host host{agreement};
  std::unique_ptr<evaluate::CompiledEngine> engine;
  evaluate::Inputs inputs;
  explicit Fixture(std::vector<uint32_t> columns) {
    EmitOptions options;
    options.columns = std::move(columns);
    engine = make_native(plan::make_plan(agreement), options);
    inputs.as_of = 1800000000ll * 1000000;
  }
  uint32_t index(const char* name) const { return definition_index(agreement, name); }
  void update(std::span<const OutputColumn> outputs, evaluate::Results* results = nullptr) {
    const auto totals = engine->init(inputs);
    REQUIRE(engine->update_columns(*totals, 0, host.view, outputs));
    engine->close_pass(*totals, 0);
    evaluate::Results all = engine->finish(*totals, {});
    if (results != nullptr) *results = std::move(all);
  }
};

TEST_CASE("columns of any width, bits, offsets and units are read without a copy by the caller") {
  Fixture f({});
  evaluate::Results results;
  f.update({}, &results);
  int64_t sum = 0;
  for (uint32_t i = 0; i < rows; ++i) sum += f.host.points(i);
  CHECK(results.values[f.index("total")][0] == value::given(sum));
}

TEST_CASE("definitions are given back at the width that the host asks for") {
  for (bool chosen : {true, false}) {
    Fixture f({});
    if (chosen) f = Fixture({f.index("points"), f.index("strict")});
    for (uint32_t width : {2u, 4u, 8u}) {
      CAPTURE(width);
      std::vector<int64_t> values(rows);
      std::vector<uint8_t> states(rows);
      const OutputColumn out{f.index("points"), width, values.data(), states.data()};
      f.update({&out, 1});
      for (uint32_t i = 0; i < rows; ++i) {
        const int64_t got = width == 2   ? reinterpret_cast<const int16_t*>(values.data())[i]
                            : width == 4 ? reinterpret_cast<const int32_t*>(values.data())[i]
                                         : values[i];
        CHECK(got == f.host.points(i));
        CHECK(states[i] == static_cast<uint8_t>(State::given));
      }
    }
  }
}

TEST_CASE("absent values have their state; what is no whole number, or too large, says that it does not fit") {
  Fixture f({});
  std::vector<int8_t> narrow(rows), strict(rows);
  std::vector<int64_t> shares(rows);
  std::vector<uint8_t> narrow_states(rows), strict_states(rows), share_states(rows);
  const OutputColumn outs[] = {{f.index("points"), 1, narrow.data(), narrow_states.data()},
                               {f.index("strict"), 1, strict.data(), strict_states.data()},
                               {f.index("share"), 8, shares.data(), share_states.data()}};
  f.update(outs);
  for (uint32_t i = 0; i < rows; ++i) {
    CHECK(narrow_states[i] == (f.host.points(i) > 127 ? evaluate::does_not_fit : 0));
    CHECK(strict_states[i] == static_cast<uint8_t>(f.host.given(i) ? State::given : State::none));
    if (f.host.given(i)) CHECK(strict[i] == f.host.score(i));
    CHECK(share_states[i] == (f.host.score(i) % 3 == 0 ? 0 : evaluate::does_not_fit));
    if (share_states[i] == 0) CHECK(shares[i] == f.host.score(i) / 3);
  }
}

TEST_CASE("rows that are not admitted are none") {
  Fixture f({});
  f.inputs.as_of = (1767225600ll + 20 * 3600) * 1000000;
  std::vector<int64_t> values(rows);
  std::vector<uint8_t> states(rows);
  const OutputColumn out{f.index("points"), 8, values.data(), states.data()};
  f.update({&out, 1});
  for (uint32_t i = 0; i < rows; ++i) CHECK(states[i] == static_cast<uint8_t>(i + 3 <= 20 ? State::given : State::none));
}

TEST_CASE("a number that no 64 bits hold in the field's unit is refused") {
  Fixture f({});
  std::vector<int64_t> seconds(rows, INT64_MAX / 2);
  f.host.view.columns[0] = {seconds.data(), 8, nullptr, nullptr, 0, 1000000};
  const auto totals = f.engine->init(f.inputs);
  CHECK_FALSE(f.engine->update_columns(*totals, 0, f.host.view, {}));
}

// Such a value is never in lanes, and the fault arises before there are rows.
TEST_CASE("a value of the agreement that is at fault makes every record that reads it faulty") {
  const ir::Agreement agreement = agreement_of(R"(
param nought : 0..5
param amount : int
record Ticket since opened {
  opened : instant
  score  : 0..5
}
clause 1 "Rules" {
  rule huge = rounded(amount * amount * amount / nought, 0)
  rule portion per Ticket = if score > 5 then huge else 1 / 3
  rule scaled per Ticket = huge + score
}
)");
  std::vector<int32_t> seconds(rows, 1767225600);
  const std::vector<int8_t> scores(rows, 3);
  BatchView view;
  for (uint32_t i = 0; i < agreement.records.size(); ++i) {
    if (agreement.records.items[i].name == "Ticket") view.record = i;
  }
  view.rows = rows;
  view.columns = {{seconds.data(), 4, nullptr, nullptr, 0, 1000000}, {scores.data(), 1, nullptr, nullptr, 0, 1}};
  evaluate::Inputs inputs;
  inputs.as_of = 1800000000ll * 1000000;
  for (int64_t nought : {0, 2}) {
    inputs.params = {value::given(nought), value::given(7)};
    EmitOptions options;
    options.columns = {definition_index(agreement, "portion")};
    std::vector<int64_t> values(rows);
    std::vector<uint8_t> states(rows);
    const OutputColumn out{options.columns[0], 8, values.data(), states.data()};
    const auto engine = make_native(plan::make_plan(agreement), options);
    const auto totals = engine->init(inputs);
    REQUIRE(engine->update_columns(*totals, 0, view, {&out, 1}));
    engine->close_pass(*totals, 0);
    CHECK(engine->finish(*totals, {}).records[view.record].faulted == (nought == 0 ? rows : 0));
  }
}

// Blocks that lie in one month, blocks in which a month ends, and rows in no order.
TEST_CASE("totals of each month are those of its rows, in whatever order they come") {
  const ir::Agreement agreement = agreement_of(R"(
record Ticket since opened {
  opened : instant
  score  : -50..70
}
clause 1 "Rules" {
  rule total per month = sum(score over Ticket of opened)
  rule some per month = count(Ticket where score > 20 of opened)
  rule best per month = max(score over Ticket where score < 60 of opened)
}
)");
  constexpr uint32_t many = 11000;
  constexpr int64_t start = 1767225600;  // 2026-01-01, and the starts of the next months in London
  const int64_t ends[] = {1769904000, 1772323200, 1774998000, INT64_MAX};
  for (uint32_t stride : {1u, 4001u}) {
    CAPTURE(stride);
    std::vector<int32_t> seconds;
    std::vector<int8_t> scores;
    int64_t total[4] = {}, some[4] = {}, best[4] = {-50, -50, -50, -50};
    for (uint32_t i = 0; i < many; ++i) {
      const int64_t at = start + int64_t{i * stride % many} * 801;
      const int64_t score = int64_t{i * 7919 % 121} - 50;
      const size_t month = static_cast<size_t>(std::upper_bound(ends, ends + 4, at) - ends);
      total[month] += score;
      some[month] += score > 20 ? 1 : 0;
      if (score < 60) best[month] = std::max(best[month], score);
      seconds.push_back(static_cast<int32_t>(at));
      scores.push_back(static_cast<int8_t>(score));
    }
    BatchView view;
    for (uint32_t i = 0; i < agreement.records.size(); ++i) {
      if (agreement.records.items[i].name == "Ticket") view.record = i;
    }
    view.rows = many;
    view.columns = {{seconds.data(), 4, nullptr, nullptr, 0, 1000000}, {scores.data(), 1, nullptr, nullptr, 0, 1}};
    evaluate::Inputs inputs;
    inputs.as_of = 1800000000ll * 1000000;
    const auto engine = make_native(plan::make_plan(agreement), {});
    const auto totals = engine->init(inputs);
    REQUIRE(engine->update_columns(*totals, 0, view, {}));
    engine->close_pass(*totals, 0);
    const evaluate::Results results = engine->finish(*totals, {});
    for (size_t month = 0; month < 4; ++month) {
      CAPTURE(month);
      CHECK(results.values[definition_index(agreement, "total")][month] == value::given(total[month]));
      CHECK(results.values[definition_index(agreement, "some")][month] == value::given(some[month]));
      CHECK(results.values[definition_index(agreement, "best")][month] == value::given(best[month]));
    }
  }
}

// Whether a record takes part is asked of a column that nothing else may read.
TEST_CASE("records outside the term do not take part, also where no rule reads their instant") {
  const ir::Agreement agreement = agreement_of(R"(
record Ticket since opened {
  opened : instant
  score  : 0..5
}
clause 1 "Rules" {
  rule raised per Ticket = score + 1
  rule total = sum(raised over Ticket)
}
)");
  constexpr uint32_t many = 640;
  std::vector<int32_t> seconds(many, 1767225600);
  const std::vector<int8_t> scores(many, 3);
  seconds[70] = 1767225599;   // before the term
  seconds[200] = 1798761600;  // after it, and after the horizon
  seconds[600] = 1790000001;  // after the horizon
  BatchView view;
  for (uint32_t i = 0; i < agreement.records.size(); ++i) {
    if (agreement.records.items[i].name == "Ticket") view.record = i;
  }
  view.rows = many;
  view.columns = {{seconds.data(), 4, nullptr, nullptr, 0, 1000000}, {scores.data(), 1, nullptr, nullptr, 0, 1}};
  EmitOptions options;
  options.columns = {definition_index(agreement, "raised")};
  evaluate::Inputs inputs;
  inputs.as_of = 1790000000ll * 1000000;
  std::vector<int64_t> values(many);
  std::vector<uint8_t> states(many);
  const OutputColumn out{options.columns[0], 8, values.data(), states.data()};
  const auto engine = make_native(plan::make_plan(agreement), options);
  const auto totals = engine->init(inputs);
  REQUIRE(engine->update_columns(*totals, 0, view, {&out, 1}));
  engine->close_pass(*totals, 0);
  const evaluate::Results results = engine->finish(*totals, {});
  CHECK(results.records[view.record].admitted == many - 3);
  CHECK(results.records[view.record].outside_term == 1);
  CHECK(results.records[view.record].after_horizon == 2);
  CHECK(results.values[definition_index(agreement, "total")][0] == value::given((many - 3) * 4));
  for (uint32_t row : {70u, 200u, 600u}) CHECK(states[row] == static_cast<uint8_t>(State::none));
}

// Reasons of a rule of 200 cases: two bytes a row into the host's memory, four by way of a copy; rows that do not count have none.
TEST_CASE("which of many cases decided") {
  std::string cases;
  for (int i = 0; i < 200; ++i) cases += "    case c" + std::to_string(i) + " : " + std::to_string(i % 9) + " when product = " + std::to_string(i) + "\n";
  const ir::Agreement agreement = agreement_of(
      "record Sale since at {\n  at : instant\n  product : 0..1000 or none\n}\nclause 1 \"Rules\" {\n"
      "  rule discount per Sale {\n    base 9\n" +
      cases + "    case odd : 8 when product is none\n  }\n}\n");
  constexpr uint32_t many = 500;
  std::vector<int32_t> seconds(many, 1767225600);
  seconds[70] = 1767225599;  // before the term
  std::vector<int16_t> products(many);
  std::vector<uint8_t> given(many / 8 + 1, 0xff);
  for (uint32_t i = 0; i < many; ++i) products[i] = static_cast<int16_t>(i);
  given[0] = 0xfe;
  BatchView view;
  for (uint32_t i = 0; i < agreement.records.size(); ++i) {
    if (agreement.records.items[i].name == "Sale") view.record = i;
  }
  view.rows = many;
  view.columns = {{seconds.data(), 4, nullptr, nullptr, 0, 1000000}, {products.data(), 2, given.data(), nullptr, 0, 1}};
  EmitOptions options;
  options.columns = {definition_index(agreement, "discount")};
  evaluate::Inputs inputs;
  inputs.as_of = 1790000000ll * 1000000;
  const auto engine = make_native(plan::make_plan(agreement), options);
  CHECK(engine->program().tables.definitions[options.columns[0]].reasons == 201);
  std::vector<int64_t> values(many);
  std::vector<uint8_t> states(many);
  std::vector<int16_t> two(many, 99);
  std::vector<int32_t> four(many, 99);
  for (const auto& [reasons, width] : {std::pair<void*, uint32_t>{two.data(), 2}, {four.data(), 4}}) {
    const OutputColumn out{options.columns[0], 8, values.data(), states.data(), reasons, width};
    const auto totals = engine->init(inputs);
    REQUIRE(engine->update_columns(*totals, 0, view, {&out, 1}));
  }
  writ_output narrow{sizeof(writ_output), options.columns[0], 8, values.data(), states.data(), two.data(), 1, 0};
  std::vector<OutputColumn> read;
  std::string why;
  CHECK(!evaluate::read_outputs(engine->program().tables, view.record, &narrow, 1, read, why));
  CHECK(why == "output 0: reasons of 1 bytes cannot tell 201 cases; write `reason_width` 2");
  narrow.size = offsetof(writ_output, reason_width);  // of a program that was built when reasons were bytes
  narrow.reason_width = 2;
  CHECK(!evaluate::read_outputs(engine->program().tables, view.record, &narrow, 1, read, why));
  narrow.size = sizeof narrow;
  CHECK(evaluate::read_outputs(engine->program().tables, view.record, &narrow, 1, read, why));
  for (uint32_t i = 0; i < many; ++i) {
    const int expected = i == 0 ? 200 : i == 70 || i >= 200 ? -1 : static_cast<int>(i);
    CHECK(two[i] == expected);
    CHECK(four[i] == expected);
  }
}

// No definition and no total reads the instant: whether a row takes part hangs on it all the same.
TEST_CASE("rows outside the term do not take part though nothing else reads when they were") {
  const ir::Agreement agreement = agreement_of(R"(
record Item since at {
  at : instant
  n  : 0..100
}
clause 1 "Rules" {
  rule twice per Item = n * 2
  rule all per agreement = sum(twice over Item)
}
)");
  EmitOptions options;
  options.columns = {definition_index(agreement, "twice")};
  const auto engine = make_native(plan::make_plan(agreement), options);
  evaluate::Inputs inputs;
  inputs.as_of = 1800000000ll * 1000000;
  constexpr uint32_t many = 512;
  std::vector<int32_t> seconds(many, 1767225600 + 86400);
  seconds[300] = 1500000000;
  const std::vector<int8_t> numbers(many, 1);
  BatchView view;
  view.rows = many;
  view.columns = {{seconds.data(), 4, nullptr, nullptr, 0, 1000000}, {numbers.data(), 1, nullptr, nullptr, 0, 1}};
  std::vector<int64_t> values(many);
  std::vector<uint8_t> states(many);
  const OutputColumn output{options.columns[0], 8, values.data(), states.data()};
  for (const bool columns : {false, true}) {
    const auto totals = engine->init(inputs);
    REQUIRE(engine->update_columns(*totals, 0, view, {&output, columns ? 1u : 0u}));
    engine->close_pass(*totals, 0);
    const evaluate::Results results = engine->finish(*totals, {});
    CHECK(results.records[0].admitted == many - 1);
    CHECK(results.records[0].outside_term == 1);
    CHECK(results.values[definition_index(agreement, "all")][0] == value::given(2 * (many - 1)));
  }
  CHECK(states[299] == static_cast<uint8_t>(State::given));
  CHECK(states[300] == static_cast<uint8_t>(State::none));
}

// Of blocks in which all rows are usual, too: a value that no 64 bits hold is a whole value, and brings its fault along.
TEST_CASE("the fault of a wide value that all records read is theirs") {
  const ir::Agreement agreement = agreement_of(R"(
param size : int
record Item since at {
  at : instant
  n  : 0..100
}
clause 1 "Rules" {
  rule wide per agreement = size * size * size
  rule kind per Item = if wide < 38 then n else n + 1
}
)");
  EmitOptions options;
  options.columns = {definition_index(agreement, "kind")};
  const auto engine = make_native(plan::make_plan(agreement), options);
  constexpr uint32_t many = 512;
  const std::vector<int32_t> seconds(many, 1767225600 + 86400);
  const std::vector<int8_t> numbers(many, 1);
  BatchView view;
  view.rows = many;
  view.columns = {{seconds.data(), 4, nullptr, nullptr, 0, 1000000}, {numbers.data(), 1, nullptr, nullptr, 0, 1}};
  for (const int64_t size : {int64_t{3}, int64_t{5}, int64_t{1} << 50}) {
    evaluate::Inputs inputs;
    inputs.as_of = 1800000000ll * 1000000;
    inputs.params = {value::given(size)};
    std::vector<int64_t> values(many);
    std::vector<uint8_t> states(many);
    const OutputColumn output{options.columns[0], 8, values.data(), states.data()};
    const auto totals = engine->init(inputs);
    REQUIRE(engine->update_columns(*totals, 0, view, {&output, 1}));
    engine->close_pass(*totals, 0);
    const bool overflows = size > 5;
    CHECK(engine->finish(*totals, {}).records[0].faulted == (overflows ? many : 0));
    CHECK(states[7] == static_cast<uint8_t>(overflows ? State::fault : State::given));
    if (!overflows) CHECK(values[7] == (size == 3 ? 1 : 2));
  }
}

}  // namespace
}  // namespace writ::emit
