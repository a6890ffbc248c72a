#include "bench/runners.h"

#include <cstdio>
#include <cstdlib>

#include "bench/kernels.h"
#include "emit/emit.h"
#include "interpret/interpret.h"
#include "plan/plan.h"
#include "value/civil.h"

namespace writ::bench {

namespace {

using evaluate::ColumnView;
using evaluate::OutputColumn;
using value::State;

constexpr uint32_t batch_rows = 16384;

// Fields of the record Ticket, as sla_rows.writ lists them.
enum Field { severity, plan, channel, opened, acknowledged, resolved, reopened, client_caused, force_majeure, claim_delay, monthly_fee, fields };

std::string row_text(const char* what, uint32_t row, int64_t got, int64_t want) {
  return std::string(what) + " of row " + std::to_string(row) + " is " + std::to_string(got) + " and should be " + std::to_string(want);
}

std::string compare_row(const Outcomes& expected, uint32_t row, int64_t tier, int64_t a_missed, int64_t r_missed, int64_t credit) {
  if (tier != expected.tier[row]) return row_text("the tier", row, tier, expected.tier[row]);
  if (a_missed != expected.acknowledgement_missed[row]) return row_text("the acknowledgement", row, a_missed, expected.acknowledgement_missed[row]);
  if (r_missed != expected.resolution_missed[row]) return row_text("the resolution", row, r_missed, expected.resolution_missed[row]);
  if (credit != expected.credit[row]) return row_text("the credit", row, credit, expected.credit[row]);
  return {};
}

std::string compare_outcomes(const Outcomes& expected, const Outcomes& got, uint32_t rows) {
  for (uint32_t i = 0; i < rows; ++i) {
    const std::string text = compare_row(expected, i, got.tier[i], got.acknowledgement_missed[i], got.resolution_missed[i], got.credit[i]);
    if (!text.empty()) return text;
  }
  return {};
}

evaluate::Inputs inputs() {
  evaluate::Inputs in;
  in.as_of = as_of_second * value::us_per_second;
  return in;
}

uint32_t ticket(const ir::Agreement& agreement) {
  for (uint32_t i = 0; i < agreement.records.size(); ++i) {
    if (agreement.records.items[i].name == "Ticket") return i;
  }
  std::abort();
}

record::Column column_of(const Array<uint8_t>& from, uint32_t first, uint32_t count) {
  record::Column column;
  column.values.assign(from.get() + first, from.get() + first + count);
  return column;
}

record::Column instants_of(const Array<uint32_t>& from, uint32_t first, uint32_t count, bool may_be_absent) {
  record::Column column;
  for (uint32_t i = first; i < first + count; ++i) {
    column.values.push_back(from[i] * value::us_per_second);
    if (may_be_absent) column.states.push_back(from[i] == 0 ? State::not_yet : State::given);
  }
  return column;
}

}  // namespace

record::Batch as_batch(const Rows& rows, uint32_t first, uint32_t count) {
  record::Batch batch;
  batch.first_row = first;
  batch.rows = count;
  batch.columns.resize(fields);
  batch.columns[severity] = column_of(rows.severity, first, count);
  batch.columns[plan] = column_of(rows.plan, first, count);
  batch.columns[channel] = column_of(rows.channel, first, count);
  batch.columns[opened] = instants_of(rows.opened, first, count, false);
  batch.columns[acknowledged] = instants_of(rows.acknowledged, first, count, true);
  batch.columns[resolved] = instants_of(rows.resolved, first, count, true);
  batch.columns[reopened] = column_of(rows.reopened, first, count);
  batch.columns[client_caused] = column_of(rows.client_caused, first, count);
  batch.columns[force_majeure] = column_of(rows.force_majeure, first, count);
  batch.columns[claim_delay] = column_of(rows.claim_delay, first, count);
  batch.columns[monthly_fee].values.assign(rows.fee.get() + first, rows.fee.get() + first + count);
  return batch;
}

Compared find_compared(const ir::Agreement& agreement) {
  const auto find = [&](const char* name) {
    for (uint32_t i = 0; i < agreement.definitions.size(); ++i) {
      if (agreement.definitions.items[i].name == name) return i;
    }
    std::fprintf(stderr, "the agreement has no %s\n", name);
    std::exit(1);
  };
  return {find("shown_tier"), find("Acknowledgement"), find("Resolution"), find("credit")};
}

Runner scalar_runner(const Setting& s) {
  auto out = std::make_shared<Outcomes>(s.rows.count);
  return {"row by row in C++, by hand", s.rows.count, [out, &rows = s.rows] { scalar_kernel(rows, *out); },
          [out, n = s.rows.count](const Outcomes& expected) { return compare_outcomes(expected, *out, n); }};
}

Runner avx512_runner(const Setting& s) {
  auto out = std::make_shared<Outcomes>(s.rows.count);
  return {"AVX-512 kernel, by hand", s.rows.count, [out, &rows = s.rows] { avx512_kernel(rows, *out); },
          [out, n = s.rows.count](const Outcomes& expected) { return compare_outcomes(expected, *out, n); }};
}

namespace {

// What a host that keeps narrow columns with validity bits hands over: nothing is copied.
struct NativeColumns {
  std::unique_ptr<evaluate::CompiledEngine> engine;
  Outcomes out;
  std::vector<uint8_t> acknowledged_bits, resolved_bits;
  evaluate::BatchView view;
  std::vector<OutputColumn> outputs;
  evaluate::Results results;

  NativeColumns(const Setting& s, int optimise) : out(s.rows.count) {
    const Compared compared = find_compared(s.program.agreement);
    emit::EmitOptions options;
    options.optimise = optimise;
    options.lanes = s.lanes;
    options.columns = {compared.tier, compared.acknowledgement, compared.resolution, compared.credit};
    engine = emit::make_native(plan::make_plan(s.program.agreement), options);
    acknowledged_bits = bits_of(s.rows.acknowledged, s.rows.count);
    resolved_bits = bits_of(s.rows.resolved, s.rows.count);
    view.record = ticket(s.program.agreement);
    view.rows = s.rows.count;
    view.columns.resize(fields);
    view.columns[severity] = bytes(s.rows.severity);
    view.columns[plan] = bytes(s.rows.plan);
    view.columns[channel] = bytes(s.rows.channel);
    view.columns[opened] = seconds(s.rows.opened, nullptr);
    view.columns[acknowledged] = seconds(s.rows.acknowledged, acknowledged_bits.data());
    view.columns[resolved] = seconds(s.rows.resolved, resolved_bits.data());
    view.columns[reopened] = bytes(s.rows.reopened);
    view.columns[client_caused] = bytes(s.rows.client_caused);
    view.columns[force_majeure] = bytes(s.rows.force_majeure);
    view.columns[claim_delay] = bytes(s.rows.claim_delay);
    view.columns[monthly_fee].values = s.rows.fee.get();
    view.columns[monthly_fee].width = 4;
    outputs = {{compared.tier, 1, out.tier.get(), nullptr},
               {compared.acknowledgement, 1, out.acknowledgement_missed.get(), nullptr},
               {compared.resolution, 1, out.resolution_missed.get(), nullptr},
               {compared.credit, 4, out.credit.get(), nullptr}};
  }

  static std::vector<uint8_t> bits_of(const Array<uint32_t>& instants, uint32_t count) {
    std::vector<uint8_t> bits((count + 7) / 8);
    for (uint32_t i = 0; i < count; ++i) bits[i / 8] |= static_cast<uint8_t>((instants[i] != 0) << (i % 8));
    return bits;
  }
  static ColumnView bytes(const Array<uint8_t>& from) {
    ColumnView view;
    view.values = from.get();
    view.width = 1;
    return view;
  }
  static ColumnView seconds(const Array<uint32_t>& from, const uint8_t* validity) {
    ColumnView view;
    view.values = from.get();
    view.width = 4;
    view.validity = validity;
    view.unit = value::us_per_second;
    return view;
  }

  void round() {
    const auto totals = engine->init(inputs());
    engine->update_columns(*totals, 0, view, outputs);
    engine->close_pass(*totals, 0);
    results = engine->finish(*totals, {});
  }
  std::string differs(const Outcomes& expected) const {
    if (results.records[view.record].faulted != 0) return "some record is at fault";
    for (uint32_t i = 0; i < view.rows; ++i) {
      const std::string text = compare_row(expected, i, out.tier[i], out.acknowledgement_missed[i] == 1, out.resolution_missed[i] == 1, out.credit[i]);
      if (!text.empty()) return text;
    }
    return {};
  }
};

// Outcomes by count, as totals tell them.
std::string compare_counts(const ir::Agreement& agreement, const evaluate::Results& results, const Outcomes& expected, uint32_t rows) {
  int64_t want[2] = {};
  for (uint32_t i = 0; i < rows; ++i) want[0] += expected.acknowledgement_missed[i], want[1] += expected.resolution_missed[i];
  for (size_t c = 0; c < 2; ++c) {
    const value::Value& missed = results.values[agreement.commitments.items[c].counts[1].index][0];
    if (!(missed == value::given(want[c]))) return row_text("the number of misses", static_cast<uint32_t>(c), static_cast<int64_t>(missed.lo), want[c]);
  }
  return {};
}

}  // namespace

Runner native_columns_runner(const Setting& s, int optimise) {
  auto native = std::make_shared<NativeColumns>(s, optimise);
  const std::string name = optimise > 0 ? "native, columns in and out" : "native unoptimised, columns in and out";
  return {name, s.rows.count, [native] { native->round(); }, [native](const Outcomes& expected) { return native->differs(expected); }};
}

Runner native_totals_runner(const Setting& s) {
  struct Run {
    std::unique_ptr<evaluate::Engine> engine;
    std::vector<record::Batch> batches;
    evaluate::Results results;
  };
  auto run = std::make_shared<Run>();
  run->engine = emit::make_native(plan::make_plan(s.program.agreement), {});
  for (uint32_t first = 0; first < s.rows.count; first += batch_rows) {
    run->batches.push_back(as_batch(s.rows, first, std::min(batch_rows, s.rows.count - first)));
    run->batches.back().record = ticket(s.program.agreement);
  }
  const auto round = [run] {
    const auto totals = run->engine->init(inputs());
    for (const record::Batch& batch : run->batches) run->engine->update(*totals, 0, batch, nullptr);
    run->engine->close_pass(*totals, 0);
    run->results = run->engine->finish(*totals, {});
  };
  return {"native, the reader's batches in, totals out", s.rows.count, round,
          [run, &agreement = s.program.agreement, n = s.rows.count](const Outcomes& expected) { return compare_counts(agreement, run->results, expected, n); }};
}

Runner interpreter_runner(const Setting& s) {
  struct Run {
    std::unique_ptr<evaluate::Engine> engine;
    record::Batch batch;
    evaluate::RecordOutputs outputs;
    std::vector<uint32_t> places;  // of the compared definitions among the outputs
  };
  auto run = std::make_shared<Run>();
  run->engine = interpret::make_interpreter(s.program.agreement);
  run->batch = as_batch(s.rows, 0, s.interpreted_rows);
  run->batch.record = ticket(s.program.agreement);
  const Compared compared = find_compared(s.program.agreement);
  const std::vector<ir::DefinitionId> order = interpret::definitions_of(s.program.agreement, {run->batch.record});
  for (uint32_t definition : {compared.tier, compared.acknowledgement, compared.resolution, compared.credit}) {
    for (uint32_t place = 0; place < order.size(); ++place) {
      if (order[place].index == definition) run->places.push_back(place);
    }
  }
  const auto round = [run] {
    const auto totals = run->engine->init(inputs());
    run->engine->update(*totals, 0, run->batch, &run->outputs);
    run->engine->close_pass(*totals, 0);
    run->engine->finish(*totals, {});
  };
  const auto differs = [run](const Outcomes& expected) {
    const auto at = [&](size_t which, uint32_t row) { return static_cast<int64_t>(run->outputs.values[run->places[which]][row].lo); };
    for (uint32_t i = 0; i < run->batch.rows; ++i) {
      const std::string text = compare_row(expected, i, at(0, i), at(1, i) == 1, at(2, i) == 1, at(3, i));
      if (!text.empty()) return text;
    }
    return std::string();
  };
  return {"interpreter", s.interpreted_rows, round, differs};
}

}  // namespace writ::bench
