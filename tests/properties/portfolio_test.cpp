// Many agreements evaluated together come to what each of them comes to alone: values, credits, rights, counts and faults, and the columns
// that are taken out on the way; however their facts were split.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "emit/emit.h"
#include "evaluate/portfolio.h"
#include "interpret/interpret.h"
#include "plan/plan.h"
#include "properties/host_columns.h"
#include "properties/plain_agreement.h"

namespace writ::properties {
namespace {

// The parameters of the last one are anything, also outside their ranges; it has few facts.
constexpr uint32_t agreements = 5;

struct Case {
  ir::Agreement agreement;
  Facts facts;
  evaluate::PortfolioInputs inputs;
  std::vector<std::vector<uint32_t>> whose;  // by batch, by row
};

// The parameters of each agreement: of all but the last one in their ranges.
std::vector<value::Value> some_params(const ir::Agreement& agreement, uint64_t seed) {
  std::vector<value::Value> all;
  for (uint32_t a = 0; a < agreements; ++a) {
    std::vector<value::Value> params = random_facts(agreement, seed * agreements + a, 1).inputs.params;
    for (size_t p = 0; p < params.size() && a + 1 < agreements; ++p) {
      const ir::Type& type = agreement.params.items[p].type;
      params[p] = value::given(type.has_range ? std::clamp(params[p].lo, type.low, type.high) : 0);
    }
    all.insert(all.end(), params.begin(), params.end());
  }
  return all;
}

Case make_case(const ir::Agreement& agreement, Facts facts, uint64_t seed) {
  Case made{agreement, std::move(facts), {}, {}};
  made.inputs = {made.facts.inputs.as_of, agreements, some_params(agreement, seed)};
  Dice dice{seed};
  for (const record::Batch& batch : made.facts.batches) {
    std::vector<uint32_t>& whose = made.whose.emplace_back();
    const int stretch = dice.one_in(3) ? 90 : 1;
    while (whose.size() < batch.rows) {
      const uint32_t one = static_cast<uint32_t>(dice.below(dice.one_in(500) ? agreements : agreements - 1));
      whose.insert(whose.end(), static_cast<size_t>(dice.between(1, stretch)), one);
    }
    whose.resize(batch.rows);
  }
  return made;
}

struct Columns {
  std::vector<std::vector<int64_t>> numbers;  // by definition of the record, by row
  std::vector<std::vector<uint8_t>> states;
  std::vector<ReasonColumn> reasons;  // without rows for definitions that have none
};

// Over two portfolios that are brought together, each with a part of the rows.
std::unique_ptr<evaluate::Portfolio> evaluate_together(const evaluate::Program& program, const Case& c, std::vector<Columns>& columns, Dice& dice,
                                                       const HostForm& form) {
  std::unique_ptr<evaluate::Portfolio> parts[] = {evaluate::make_portfolio(program, c.inputs), evaluate::make_portfolio(program, c.inputs)};
  Host host;
  columns.resize(c.facts.batches.size());
  for (size_t i = 0; i < c.facts.batches.size(); ++i) {
    const record::Batch& batch = c.facts.batches[i];
    const std::vector<ir::DefinitionId> definitions = interpret::definitions_of(c.agreement, {batch.record});
    columns[i].numbers.assign(definitions.size(), std::vector<int64_t>(batch.rows));
    columns[i].states.assign(definitions.size(), std::vector<uint8_t>(batch.rows));
    columns[i].reasons.assign(definitions.size(), {});
    for (size_t d = 0; d < definitions.size(); ++d) {
      const uint32_t cases = program.tables.definitions[definitions[d].index].reasons;
      if (cases != 0) columns[i].reasons[d] = reason_column(cases, d % 3 == 2, batch.rows);
    }
    const uint32_t cut = static_cast<uint32_t>(dice.between(0, batch.rows));
    for (const auto& [part, from, until] : {std::tuple{0, 0u, cut}, std::tuple{1, cut, batch.rows}}) {
      if (from == until) continue;
      const record::Batch some = slice(batch, from, until);
      std::vector<evaluate::OutputColumn> outputs;
      for (size_t d = 0; d < definitions.size(); ++d) {
        ReasonColumn& reasons = columns[i].reasons[d];
        outputs.push_back({definitions[d].index, 8, columns[i].numbers[d].data() + from, columns[i].states[d].data() + from,
                           reasons.bytes.empty() ? nullptr : reasons.bytes.data() + size_t{from} * reasons.width, reasons.width});
      }
      const std::span<const uint32_t> whose = std::span(c.whose[i]).subspan(from, until - from);
      REQUIRE(evaluate::update_portfolio(program, *parts[part], batch_view(host, c.agreement, some, form), whose, outputs));
    }
  }
  evaluate::combine_portfolios(program, *parts[0], *parts[1]);
  evaluate::close_portfolio(*parts[0]);
  return std::move(parts[0]);
}

// The facts of one agreement, a batch a row.
Facts facts_of(const Case& c, const evaluate::Program& program, uint32_t agreement) {
  Facts own;
  own.inputs = evaluate::inputs_of(program, c.inputs, agreement);
  own.acts = c.facts.acts;
  for (size_t i = 0; i < c.facts.batches.size(); ++i) {
    for (uint32_t row = 0; row < c.facts.batches[i].rows; ++row) {
      if (c.whose[i][row] == agreement) own.batches.push_back(slice(c.facts.batches[i], row, row + 1));
    }
  }
  return own;
}

std::string column_difference(const Case& c, uint32_t agreement, const Observed& alone, const std::vector<Columns>& columns) {
  size_t at = 0;
  for (size_t i = 0; i < c.facts.batches.size(); ++i) {
    for (uint32_t row = 0; row < c.facts.batches[i].rows; ++row) {
      if (c.whose[i][row] != agreement) continue;
      ObservedColumns seen;
      seen.results = alone.results;
      std::vector<std::vector<int64_t>>& numbers = seen.numbers.emplace_back();
      std::vector<std::vector<uint8_t>>& states = seen.states.emplace_back();
      std::vector<ReasonColumn>& reasons = seen.reasons.emplace_back();
      seen.definitions.push_back(interpret::definitions_of(c.agreement, {c.facts.batches[i].record}));
      for (size_t d = 0; d < columns[i].numbers.size(); ++d) {
        numbers.push_back({columns[i].numbers[d][row]});
        states.push_back({columns[i].states[d][row]});
        const ReasonColumn& all = columns[i].reasons[d];
        const std::byte* from = all.bytes.data() + row * all.width;
        reasons.push_back({all.width, all.bytes.empty() ? std::vector<std::byte>() : std::vector(from, from + all.width)});
      }
      const std::string d = difference(c.agreement, Observed{alone.results, {alone.outputs[at++]}}, seen);
      if (!d.empty()) return fmt::format("record {} row {}: {}", c.facts.batches[i].record, row, d);
    }
  }
  return {};
}

Facts without(Facts facts) {
  facts.acts = {};
  return facts;
}

std::vector<uint32_t> totals_of(const ir::Agreement& agreement) {
  std::vector<uint32_t> all;
  for (uint32_t i = 0; i < agreement.definitions.size(); ++i) {
    if (agreement.definitions.items[i].grain.of != ir::Grain::Of::record) all.push_back(i);
  }
  return all;
}

// Values of all agreements at once against those of one.
std::string totals_difference(const ir::Agreement& agreement, const std::vector<uint32_t>& definitions, const std::vector<evaluate::PortfolioColumn>& columns,
                              uint32_t a, const evaluate::Results& alone) {
  for (size_t d = 0; d < definitions.size(); ++d) {
    const std::vector<value::Value>& values = alone.values[definitions[d]];
    if (values.size() != columns[d].periods) return fmt::format("{}: {} periods", agreement.definitions.items[definitions[d]].name, columns[d].periods);
    for (size_t p = 0; p < values.size(); ++p) {
      const size_t at = p * columns[d].stride + a;
      const value::Value& v = values[p];
      const bool number = value::is_certain(v) && v.lo_den == 1 && v.lo >= INT64_MIN && v.lo <= INT64_MAX;
      const uint8_t state = v.state == value::State::given && !number ? evaluate::does_not_fit : static_cast<uint8_t>(v.state);
      const uint8_t seen = columns[d].states.empty() ? 0 : columns[d].states[at];
      if (seen == state && (!number || evaluate::number_at(columns[d], at) == v.lo)) continue;
      return fmt::format("{} in period {}: state {} number {} against state {} number {}", agreement.definitions.items[definitions[d]].name, p, state,
                         value::to_text(v.lo, 0), seen, evaluate::number_at(columns[d], at));
    }
  }
  return {};
}

// How many rows were evaluated together.
uint64_t compare(const ir::Agreement& agreement, const Facts& facts, uint64_t seed, const HostForm& form = {}) {
  emit::EmitOptions options;
  options.optimise = seed % 3 == 0 ? 2 : 0;
  for (uint32_t i = 0; i < agreement.definitions.size(); ++i) {
    if (agreement.definitions.items[i].grain.of == ir::Grain::Of::record) options.columns.push_back(i);
  }
  options.block_rows = 64;
  const plan::Plan plan = plan::make_plan(agreement);
  REQUIRE(plan::verify(plan) == std::vector<std::string>{});
  const auto native = emit::make_native(plan, options);
  Case c = make_case(agreement, facts, seed);
  Dice dice{seed};
  std::vector<Columns> columns;
  const auto portfolio = evaluate_together(native->program(), c, columns, dice, form);
  const std::vector<uint32_t> totals = totals_of(agreement);
  const std::vector<evaluate::PortfolioColumn> all = evaluate::portfolio_columns(native->program(), *portfolio, totals);
  std::vector<evaluate::PortfolioRight> rights;
  for (uint32_t right = 0; right < agreement.rights.size(); ++right) rights.push_back(evaluate::portfolio_rights(native->program(), *portfolio, right));
  std::vector<uint32_t> few;
  for (uint32_t definition : totals) {
    if (dice.one_in(3)) few.push_back(definition);
  }
  c.inputs.only.assign(agreement.definitions.size(), false);
  for (uint32_t definition : few) c.inputs.only[definition] = true;
  std::vector<Columns> unused;
  const auto asked_for = evaluate_together(native->program(), c, unused, dice, form);
  const std::vector<evaluate::PortfolioColumn> some = evaluate::portfolio_columns(native->program(), *asked_for, few);
  const auto oracle = interpret::make_interpreter(agreement);
  for (uint32_t a = 0; a < agreements; ++a) {
    CAPTURE(a);
    const Observed alone = observe(*oracle, facts_of(c, native->program(), a));
    const Observed together{evaluate::portfolio_results(native->program(), *portfolio, a, c.facts.acts), {}};
    REQUIRE(difference(agreement, Observed{alone.results, {}}, together) == "");
    REQUIRE(column_difference(c, a, alone, columns) == "");
    Observed without_acts = alone;
    without_acts.results.rights = observe(*oracle, without(facts_of(c, native->program(), a))).results.rights;
    Observed rights_of_all = without_acts;
    for (size_t right = 0; right < rights.size(); ++right) rights_of_all.results.rights[right] = evaluate::right_of(rights[right], a);
    REQUIRE(difference(agreement, Observed{without_acts.results, {}}, Observed{rights_of_all.results, {}}) == "");
    REQUIRE(totals_difference(agreement, totals, all, a, alone.results) == "");
    REQUIRE(totals_difference(agreement, few, some, a, alone.results) == "");
  }
  return portfolio->dense_rows;
}

TEST_CASE("agreements evaluated together come to what each comes to alone") {
  uint64_t tried = 0;
  for (uint64_t seed = 1; tried < 20; ++seed) {
    CAPTURE(seed);
    const ir::Agreement agreement = random_agreement(seed);
    if (agreement.passes > 1) continue;
    tried += 1;
    const Facts facts = repeated_in_seconds(agreement, random_facts(agreement, seed), 20);
    compare(agreement, facts, seed);
    compare(agreement, with_microseconds(agreement, facts, seed), seed, some_form(seed));
  }
}

TEST_CASE("usual facts of several agreements are evaluated together, to the same end") {
  uint64_t together = 0;
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    const ir::Agreement agreement = plain_agreement(seed);
    together += compare(agreement, plain_facts(agreement, seed, 3000, 400), seed);
  }
  CHECK(together > 30'000);
}

TEST_CASE("facts of several agreements in microseconds are evaluated together where they are whole seconds, to the same end") {
  uint64_t together = 0;
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    const ir::Agreement agreement = plain_agreement(seed);
    together += compare(agreement, with_microseconds(agreement, plain_facts(agreement, seed, 3000, 400), seed), seed, some_form(seed));
  }
  CHECK(together > 15'000);
}

}  // namespace
}  // namespace writ::properties
