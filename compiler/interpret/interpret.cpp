// The engine: what happens to a state, in the order of its life.
#include "interpret/interpret.h"

#include <algorithm>
#include <cassert>

#include "interpret/protocols.h"
#include "interpret/records.h"

namespace writ::interpret {

namespace {

Place place_in(const Tables& tables, const RunState& state) {
  Place place;
  place.tables = &tables;
  place.inputs = &state.inputs;
  place.closed = &state.closed;
  return place;
}

RunState& own(evaluate::Totals& totals) { return static_cast<RunState&>(totals); }
const RunState& own(const evaluate::Totals& totals) { return static_cast<const RunState&>(totals); }

int passes_of(const Tables& tables) { return std::max(tables.agreement->passes, 1); }

void prepare_outputs(evaluate::RecordOutputs& outputs, size_t definitions, uint32_t rows) {
  outputs.admission.assign(rows, evaluate::Admission::admitted);
  outputs.values.assign(definitions, std::vector<value::Value>(rows));
  outputs.held.assign(definitions, std::vector<uint64_t>(rows, 0));
}

void update(const Tables& tables, RunState& state, int pass, const record::Batch& batch, evaluate::RecordOutputs* outputs) {
  assert(pass == state.pass && pass < passes_of(tables));
  Place place = place_in(tables, state);
  place.batch = &batch;
  const size_t definitions = tables.of_record[batch.record].size();
  if (outputs != nullptr) prepare_outputs(*outputs, definitions, batch.rows);
  for (place.row = 0; place.row < batch.rows; ++place.row) {
    const EvaluatedRecord record = evaluate_record(place, pass);
    Place of_record = place;
    of_record.slots = &record.values;
    count_record(of_record, record, pass, state.open);
    if (outputs == nullptr) continue;
    outputs->admission[place.row] = record.admission;
    for (size_t slot = 0; slot < definitions; ++slot) {
      outputs->values[slot][place.row] = record.values[slot];
      outputs->held[slot][place.row] = record.held[slot];
    }
  }
}

void close_aggregates(const Tables& tables, RunState& state, int pass) {
  for (uint32_t id = 0; id < tables.agreement->aggregates.size(); ++id) {
    if (tables.agreement->aggregates[ir::AggregateId{id}].pass != pass) continue;
    Folded& open = state.open.aggregates[id];
    const size_t cells = open.cells.size();
    state.closed.aggregates[id] = std::move(open);
    open = {};
    open.cells.resize(cells);
  }
}

// The values of one definition, period by period, or the one of the agreement.
void make_values(const Tables& tables, RunState& state, ir::DefinitionId id) {
  const ir::Definition& definition = tables.agreement->definitions[id];
  Place place = place_in(tables, state);
  if (definition.grain.of == ir::Grain::Of::period) place.period_kind = definition.grain.period;
  for (place.period = 0; place.period < count_of(tables, definition.grain); ++place.period) {
    const Decided decided = decide_definition(place, definition);
    state.closed.values[id.index][place.period] = decided.value;
    state.closed.held[id.index][place.period] = decided.held;
  }
}

void make_pass_values(const Tables& tables, RunState& state, int pass) {
  for (ir::DefinitionId id : tables.agreement->order) {
    const ir::Definition& definition = tables.agreement->definitions[id];
    if (definition.pass == pass && definition.grain.of != ir::Grain::Of::record) make_values(tables, state, id);
  }
}

// Values that depend on no fact stand in pass -1: records of the first pass may read them.
RunState start(const Tables& tables, const evaluate::Inputs& inputs) {
  RunState state = fresh_state(tables, inputs);
  make_pass_values(tables, state, -1);
  return state;
}

void close_pass(const Tables& tables, RunState& state, int pass) {
  assert(pass == state.pass && pass < passes_of(tables));
  close_aggregates(tables, state, pass);
  make_pass_values(tables, state, pass);
  state.pass = pass + 1;
}

evaluate::Results finish(const Tables& tables, const RunState& state, const evaluate::Acts& acts) {
  assert(state.pass == passes_of(tables));  // every pass is closed
  const ir::Agreement& agreement = *tables.agreement;
  evaluate::Results results;
  results.values = state.closed.values;
  results.held = state.closed.held;
  for (const ir::Credit& credit : agreement.credits) {
    std::vector<evaluate::CreditResult>& of_credit = results.credits.emplace_back();
    const size_t periods = static_cast<size_t>(value::period_count(grid_of(tables, credit.period)));
    for (size_t period = 0; period < periods; ++period) of_credit.push_back(credit_result(tables, state, credit, period, acts));
  }
  for (uint32_t id = 0; id < agreement.rights.size(); ++id) results.rights.push_back(right_result(tables, state, {id}, acts));
  results.records = state.open.records;
  for (const Folded& folded : state.closed.aggregates) results.outside_periods.push_back(folded.outside);
  results.faults = state.open.faults;
  return results;
}

struct Interpreter final : evaluate::Engine {
  Tables tables;

  explicit Interpreter(const ir::Agreement& agreement) : tables(make_tables(agreement)) {}

  int passes() const override { return passes_of(tables); }
  std::unique_ptr<evaluate::Totals> init(const evaluate::Inputs& inputs) const override { return std::make_unique<RunState>(start(tables, inputs)); }
  void update(evaluate::Totals& totals, int pass, const record::Batch& batch, evaluate::RecordOutputs* outputs) const override {
    interpret::update(tables, own(totals), pass, batch, outputs);
  }
  void combine(evaluate::Totals& into, const evaluate::Totals& from) const override {
    assert(own(into).pass == own(from).pass && own(into).inputs.as_of == own(from).inputs.as_of);
    combine_open(tables, own(into).open, own(from).open);
  }
  void close_pass(evaluate::Totals& totals, int pass) const override { interpret::close_pass(tables, own(totals), pass); }
  std::unique_ptr<evaluate::Totals> fork(const evaluate::Totals& totals) const override {
    auto forked = std::make_unique<RunState>(own(totals));
    forked->open = fresh_open(tables);
    return forked;
  }
  std::vector<std::byte> save(const evaluate::Totals& totals) const override { return save_state(tables, own(totals)); }
  std::unique_ptr<evaluate::Totals> load(std::span<const std::byte> bytes, std::string& error) const override {
    auto state = std::make_unique<RunState>();
    if (!load_state(tables, bytes, *state, error)) return nullptr;
    for (int pass = -1; pass < state->pass; ++pass) make_pass_values(tables, *state, pass);
    return state;
  }
  evaluate::Results finish(evaluate::Totals& totals, const evaluate::Acts& acts) const override { return interpret::finish(tables, own(totals), acts); }
};

// The clock of a commitment stands still for the reasons that its due instant gives.
ClockTrace trace_clock(Place place, ir::CommitmentId id) {
  const ir::Commitment& commitment = agreement_of(place).commitments[id];
  place.point = agreement_of(place).definitions[commitment.due].point;
  const Pauses pauses = pauses_of(place, commitment.pause);
  ClockTrace trace;
  trace.commitment = id;
  trace.state = pauses.instead ? pauses.instead->state : value::State::given;
  trace.pauses = pauses.intervals;
  return trace;
}

}  // namespace

std::unique_ptr<evaluate::Engine> make_interpreter(const ir::Agreement& agreement) { return std::make_unique<Interpreter>(agreement); }

RecordTrace trace_record(const evaluate::Engine& interpreter, const evaluate::Totals& totals, const record::Batch& batch, uint32_t row) {
  const Tables& tables = static_cast<const Interpreter&>(interpreter).tables;
  const ir::Agreement& agreement = *tables.agreement;
  Place place = place_in(tables, own(totals));
  place.batch = &batch;
  place.row = row;
  const EvaluatedRecord record = evaluate_record(place, passes_of(tables) - 1);
  RecordTrace trace;
  trace.admission = record.admission;
  if (record.admission != evaluate::Admission::admitted) return trace;
  const std::vector<ir::DefinitionId>& list = tables.of_record[batch.record];
  for (size_t slot = 0; slot < list.size(); ++slot) {
    trace.definitions.push_back({list[slot], agreement.definitions[list[slot]].point, record.values[slot], record.held[slot]});
  }
  place.slots = &record.values;
  for (uint32_t id = 0; id < agreement.commitments.size(); ++id) {
    const ir::Commitment& commitment = agreement.commitments[ir::CommitmentId{id}];
    if (commitment.record.index == batch.record && commitment.pause.valid()) trace.clocks.push_back(trace_clock(place, {id}));
  }
  return trace;
}

}  // namespace writ::interpret
