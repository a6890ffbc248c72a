#include "properties/single_rows.h"

#include <algorithm>

#include "evaluate/abi.h"
#include "explain/one_case.h"
#include "properties/dice.h"
#include "value/zone.h"

namespace writ::properties {

namespace {

using value::State;

struct Comparison {
  const writ_evaluator& evaluator;
  const Facts& facts;
  const Observed& oracle;
  SingleRows out;

  const evaluate::Tables& tables() const { return evaluator.tables(); }
  void report(size_t batch, uint32_t row, uint32_t definition, const std::string& what) {
    if (!out.difference.empty()) return;
    out.difference = "batch " + std::to_string(batch) + ", row " + std::to_string(row) + ", definition " + std::to_string(definition) + ": " + what;
  }
};

void need(writ_status status) {
  if (status != WRIT_OK) throw std::logic_error("the C interface says " + std::to_string(status));
}

// The wanted definitions as numbers and states.
void decide_rows(Comparison& c, size_t b, writ_case* one, const std::vector<uint32_t>& wanted) {
  const record::Batch& batch = c.facts.batches[b];
  const std::vector<uint32_t>& order = c.tables().records[batch.record].definitions;
  need(writ_case_want(one, wanted.data(), wanted.size()));
  for (uint32_t r = 0; r < batch.rows; ++r) {
    const HostRow host(batch, r);
    std::vector<int64_t> numbers(wanted.size(), 77), bare(wanted.size(), 77);
    std::vector<uint8_t> states(wanted.size(), 77);
    need(writ_case_decide(one, &host.row, numbers.data(), states.data()));
    need(writ_case_decide(one, &host.row, bare.data(), nullptr));
    std::vector<int64_t> values(one->value_states.size());
    std::vector<uint8_t> unread(one->value_states.size());
    c.out.rows += 1;
    if (one->decide != nullptr && one->decide(&one->asking, host.numbers.data(), host.states.data(), values.data(), unread.data(), nullptr) == 0)
      c.out.usual += 1;
    for (size_t i = 0; i < wanted.size(); ++i) {
      const size_t place = static_cast<size_t>(std::find(order.begin(), order.end(), wanted[i]) - order.begin());
      const value::Value& v = c.oracle.outputs[b].values[place][r];
      const bool number = value::is_certain(v) && v.lo_den == 1 && v.lo >= INT64_MIN && v.lo <= INT64_MAX;
      const uint8_t state = v.state == State::given && !number ? uint8_t{WRIT_NO_FIT} : static_cast<uint8_t>(v.state);
      if (states[i] != state) c.report(b, r, wanted[i], "state " + std::to_string(states[i]) + ", not " + std::to_string(state));
      if (!number) continue;
      if (numbers[i] != v.lo || bare[i] != v.lo) c.report(b, r, wanted[i], std::to_string(numbers[i]) + ", not " + value::to_text(v.lo, 0));
    }
  }
}

bool same(const writ_value& a, const value::Value& b) {
  value::Value v;
  return evaluate::from_c_value(a, v) && v == b;
}

// Everything that can be asked about a row that was taken; in this order, so that both ways of finding it out are taken.
void ask_rows(Comparison& c, size_t b, writ_case* one) {
  const record::Batch& batch = c.facts.batches[b];
  const evaluate::RecordOutputs& expected = c.oracle.outputs[b];
  const std::vector<uint32_t>& order = c.tables().records[batch.record].definitions;
  for (uint32_t r = 0; r < batch.rows; ++r) {
    const HostRow host(batch, r);
    need(writ_case_row(one, &host.row));
    for (const bool again : {false, true}) {
      for (size_t place = 0; place < order.size(); ++place) {
        writ_value v{};
        need(writ_case_value(one, order[place], &v));
        if (!same(v, expected.values[place][r])) c.report(b, r, order[place], "another value when it is asked for");
        if (!again) continue;
        uint64_t held = 0;
        need(writ_case_held(one, order[place], &held));
        if (held != expected.held[place][r]) c.report(b, r, order[place], "other cases held");
      }
      if (writ_case_part(one) != static_cast<uint32_t>(expected.admission[r])) c.report(b, r, 0, "it takes part otherwise");
    }
    c.out.rows += 1;
    c.out.usual += one->last->usual ? 1 : 0;
  }
}

}  // namespace

HostRow::HostRow(const record::Batch& batch, uint32_t at) {
  bool all_given = true;
  for (const record::Column& column : batch.columns) {
    const State state = column.states.empty() ? State::given : column.states[at];
    // What is not given has whatever number was there before.
    numbers.push_back(state == State::given ? column.values[at] : 0x5a5a5a5a5a5a5a5a);
    states.push_back(static_cast<uint8_t>(state));
    all_given &= state == State::given;
  }
  row.size = sizeof row;
  row.numbers = numbers.data();
  row.states = all_given ? nullptr : states.data();
  if (batch.history.offsets.empty()) return;
  const uint32_t first = batch.history.offsets[at], last = batch.history.offsets[at + 1];
  for (uint32_t r = first; r < last; ++r) {
    for (const record::Column& column : batch.history.columns) {
      const State state = column.states.empty() ? State::given : column.states[r];
      history.push_back(state == State::given ? column.values[r] : 0);
      history_states.push_back(static_cast<uint8_t>(state));
    }
  }
  row.history_rows = last - first;
  row.history_tied = batch.history.tied.empty() ? 0 : batch.history.tied[at];
  row.history = history.data();
  row.history_states = history_states.data();
}

SingleRows compare_single_rows(const writ_evaluator& evaluator, const Facts& facts, const Observed& oracle, uint64_t seed) {
  Comparison c{evaluator, facts, oracle, {}};
  const evaluate::CompiledEngine& engine = *evaluator.engine;
  writ_totals totals;
  totals.totals = engine.init(facts.inputs);
  std::copy_n(c.tables().rules, 2, totals.rules);
  for (int pass = 0; pass + 1 < engine.passes(); ++pass) {
    for (const record::Batch& batch : facts.batches) engine.update(*totals.totals, pass, batch, nullptr);
    engine.close_pass(*totals.totals, pass);
  }
  const std::vector<std::byte> before = engine.save(*totals.totals);
  Dice dice{seed};
  for (size_t b = 0; b < facts.batches.size(); ++b) {
    writ_case* one = nullptr;
    need(writ_case_new(&evaluator, &totals, facts.batches[b].record, &one));
    std::vector<uint32_t> wanted = c.tables().records[facts.batches[b].record].definitions;
    ask_rows(c, b, one);
    decide_rows(c, b, one, wanted);
    for (size_t i = wanted.size(); i > 1; --i) std::swap(wanted[i - 1], wanted[static_cast<size_t>(dice.below(static_cast<int>(i)))]);
    const size_t part = (wanted.size() + 3) / 4;
    for (size_t first = 0; first < wanted.size(); first += part) {
      const auto from = wanted.begin() + static_cast<std::ptrdiff_t>(first);
      decide_rows(c, b, one, {from, from + static_cast<std::ptrdiff_t>(std::min(part, wanted.size() - first))});
    }
    writ_case_free(one);
  }
  if (engine.save(*totals.totals) != before) c.report(0, 0, 0, "something of a case is in the totals");
  return c.out;
}

Facts made_usual(const ir::Agreement& agreement, Facts facts, uint64_t seed) {
  Dice dice{seed};
  const int64_t start = value::start_of_day(agreement.zone, agreement.effective), end = value::start_of_day(agreement.zone, agreement.end);
  facts.inputs.as_of = end - 1 - dice.below(1000000);
  for (record::Batch& batch : facts.batches) {
    const ir::Record& record = agreement.records.items[batch.record];
    for (size_t f = 0; f < record.fields.size(); ++f) {
      const ir::Type& type = record.fields[f].type;
      record::Column& column = batch.columns[f];
      for (uint32_t r = 0; r < batch.rows; ++r) {
        if (!column.states.empty() && column.states[r] != State::given && (column.states[r] == State::unknown || dice.below(3) != 0)) {
          column.states[r] = State::given;
        }
        int64_t& number = column.values[r];
        const auto draw = [&](int64_t low, int64_t high) {
          const auto span = static_cast<uint64_t>(high) - static_cast<uint64_t>(low);
          number = static_cast<int64_t>(static_cast<uint64_t>(low) + (span == UINT64_MAX ? dice.next() : dice.next() % (span + 1)));
        };
        if (type.kind == ir::Kind::instant) draw(start, facts.inputs.as_of);
        if (type.kind == ir::Kind::date) draw(agreement.effective, agreement.end - 2);
        if (type.has_range && type.low >= INT64_MIN && type.high <= INT64_MAX) draw(static_cast<int64_t>(type.low), static_cast<int64_t>(type.high));
      }
    }
  }
  return facts;
}

namespace {

struct RowByRow final : evaluate::Engine {
  struct Free {
    void operator()(writ_evaluator* e) const { writ_evaluator_free(e); }
  };
  std::unique_ptr<writ_evaluator, Free> evaluator;

  explicit RowByRow(std::unique_ptr<evaluate::CompiledEngine> engine) : evaluator(evaluate::to_c(std::move(engine))) {}
  const evaluate::CompiledEngine& whole() const { return *evaluator->engine; }
  int passes() const override { return whole().passes(); }
  std::unique_ptr<evaluate::Totals> init(const evaluate::Inputs& inputs) const override { return whole().init(inputs); }
  void update(evaluate::Totals& totals, int pass, const record::Batch& batch, evaluate::RecordOutputs* outputs) const override {
    whole().update(totals, pass, batch, outputs);
    if (outputs == nullptr || pass + 1 < passes()) return;
    writ_totals known;
    known.totals = whole().fork(totals);
    std::copy_n(whole().program().tables.rules, 2, known.rules);
    writ_case* one = nullptr;
    need(writ_case_new(evaluator.get(), &known, batch.record, &one));
    const std::vector<uint32_t>& order = whole().program().tables.records[batch.record].definitions;
    for (uint32_t r = 0; r < batch.rows; ++r) {
      const HostRow host(batch, r);
      need(writ_case_row(one, &host.row));
      outputs->admission[r] = static_cast<evaluate::Admission>(writ_case_part(one));
      for (size_t place = 0; place < order.size(); ++place) {
        writ_value v{};
        need(writ_case_value(one, order[place], &v));
        if (!evaluate::from_c_value(v, outputs->values[place][r])) throw std::logic_error("this is no value");
      }
    }
    writ_case_free(one);
  }
  void combine(evaluate::Totals& into, const evaluate::Totals& from) const override { whole().combine(into, from); }
  void close_pass(evaluate::Totals& totals, int pass) const override { whole().close_pass(totals, pass); }
  std::unique_ptr<evaluate::Totals> fork(const evaluate::Totals& totals) const override { return whole().fork(totals); }
  std::vector<std::byte> save(const evaluate::Totals& totals) const override { return whole().save(totals); }
  std::unique_ptr<evaluate::Totals> load(std::span<const std::byte> bytes, std::string& error) const override { return whole().load(bytes, error); }
  evaluate::Results finish(evaluate::Totals& totals, const evaluate::Acts& acts) const override { return whole().finish(totals, acts); }
};

}  // namespace

std::unique_ptr<evaluate::Engine> row_by_row(std::unique_ptr<evaluate::CompiledEngine> engine) { return std::make_unique<RowByRow>(std::move(engine)); }

}  // namespace writ::properties
