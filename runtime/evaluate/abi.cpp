// The C interface: arguments are checked here, the work is done by the engine. No exception leaves a function.
#include "evaluate/abi.h"

#include <cstring>
#include <new>

using namespace writ::evaluate;

struct writ_evaluator {
  std::unique_ptr<CompiledEngine> engine;
  const Tables& tables() const { return engine->program().tables; }
};
struct writ_totals {
  std::unique_ptr<Totals> totals;
  uint32_t pass = 0;
};
struct writ_results {
  Results results;
};

namespace {

template <class Body>
writ_status guarded(Body body) {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return WRIT_OUT_OF_MEMORY;
  }
}

bool is_width(uint32_t width) { return width == 1 || width == 2 || width == 4 || width == 8; }

bool read_columns(const writ_column* columns, uint32_t count, uint32_t wanted, std::vector<ColumnView>& out) {
  if (count != wanted || (count > 0 && columns == nullptr)) return false;
  for (uint32_t i = 0; i < count; ++i) {
    const writ_column& c = columns[i];
    if (c.size != sizeof(writ_column) || (c.width != 0 && !is_width(c.width)) || c.values == nullptr || c.offset < 0) return false;
    if (c.width < 8 && (c.unit < INT32_MIN || c.unit > INT32_MAX)) return false;
    out.push_back({c.values, c.width, c.validity, c.states, c.offset, c.unit});
  }
  return true;
}

bool read_batch(const Tables& tables, const writ_batch& batch, BatchView& out) {
  if (batch.size != sizeof(writ_batch) || batch.record >= tables.records.size()) return false;
  const RecordTable& record = tables.records[batch.record];
  out.record = batch.record;
  out.first_row = batch.first_row;
  out.rows = batch.rows;
  if (!read_columns(batch.columns, batch.column_count, record.fields, out.columns)) return false;
  if (batch.histories == nullptr || !record.has_history) return batch.histories == nullptr;
  const writ_histories& histories = *batch.histories;
  if (histories.size != sizeof(writ_histories)) return false;
  out.history.offsets = histories.offsets;
  out.history.tied = histories.tied;
  out.history.rows = histories.offsets == nullptr ? 0 : histories.rows;
  return read_columns(histories.columns, histories.column_count, record.history_fields, out.history.columns);
}

bool read_outputs(const Tables& tables, uint32_t record, const writ_output* outputs, size_t count, std::vector<OutputColumn>& out) {
  if (count > 0 && outputs == nullptr) return false;
  for (size_t i = 0; i < count; ++i) {
    const writ_output& o = outputs[i];
    if (o.size != sizeof(writ_output) || !is_width(o.width) || o.values == nullptr || o.definition >= tables.definitions.size()) return false;
    const DefinitionTable& definition = tables.definitions[o.definition];
    if (definition.grain != GrainOf::record || definition.of != record) return false;
    out.push_back({o.definition, o.width, o.values, o.states});
  }
  return true;
}

void split(writ::value::i128 number, int64_t words[2]) {
  words[0] = static_cast<int64_t>(static_cast<uint64_t>(number));
  words[1] = static_cast<int64_t>(number >> 64);
}

writ_value to_c_value(const writ::value::Value& v) {
  writ_value out{};
  split(v.lo, out.lo);
  split(v.hi, out.hi);
  split(v.lo_den, out.lo_den);
  split(v.hi_den, out.hi_den);
  out.state = static_cast<uint32_t>(v.state);
  out.fault = static_cast<uint32_t>(v.fault);
  out.point = v.point;
  return out;
}

bool read_acts(const writ_act* acts, size_t count, std::vector<Act>& out) {
  if (count > 0 && acts == nullptr) return false;
  for (size_t i = 0; i < count; ++i) out.push_back({acts[i].at, acts[i].by, acts[i].of, acts[i].has_period != 0, acts[i].period_date});
  return true;
}

}  // namespace

writ_evaluator* writ::evaluate::to_c(std::unique_ptr<CompiledEngine> engine) { return new writ_evaluator{std::move(engine)}; }

uint32_t writ_abi_version(void) { return WRIT_ABI_VERSION; }
void writ_evaluator_free(writ_evaluator* evaluator) { delete evaluator; }

void writ_rules_hash(const writ_evaluator* evaluator, uint64_t hash[2]) { std::memcpy(hash, evaluator->tables().rules, 2 * sizeof(uint64_t)); }
uint32_t writ_passes(const writ_evaluator* evaluator) { return evaluator->tables().passes; }
uint32_t writ_param_count(const writ_evaluator* evaluator) { return static_cast<uint32_t>(evaluator->tables().params.size()); }
uint32_t writ_record_count(const writ_evaluator* evaluator) { return static_cast<uint32_t>(evaluator->tables().records.size()); }
uint32_t writ_field_count(const writ_evaluator* evaluator, uint32_t record) {
  return record < evaluator->tables().records.size() ? evaluator->tables().records[record].fields : 0;
}
uint32_t writ_history_field_count(const writ_evaluator* evaluator, uint32_t record) {
  return record < evaluator->tables().records.size() ? evaluator->tables().records[record].history_fields : 0;
}
uint32_t writ_definition_count(const writ_evaluator* evaluator) { return static_cast<uint32_t>(evaluator->tables().definitions.size()); }
uint32_t writ_period_count(const writ_evaluator* evaluator, uint32_t definition) {
  const Tables& tables = evaluator->tables();
  if (definition >= tables.definitions.size()) return 0;
  const DefinitionTable& table = tables.definitions[definition];
  switch (table.grain) {
    case GrainOf::record: return 0;
    case GrainOf::agreement: return 1;
    case GrainOf::period: return static_cast<uint32_t>(writ::value::period_count(tables.grids[table.of]));
  }
  return 0;
}

writ_status writ_totals_new(const writ_evaluator* evaluator, const writ_inputs* inputs, writ_totals** out) {
  return guarded([&] {
    if (evaluator == nullptr || inputs == nullptr || out == nullptr || inputs->size != sizeof(writ_inputs)) return WRIT_BAD_ARGUMENT;
    if (inputs->param_count != evaluator->tables().params.size() || (inputs->param_count > 0 && inputs->params == nullptr)) return WRIT_BAD_ARGUMENT;
    Inputs in;
    in.as_of = inputs->as_of;
    for (size_t i = 0; i < inputs->param_count; ++i) {
      const writ::value::u128 high = static_cast<uint64_t>(inputs->params[2 * i + 1]);
      in.params.push_back(writ::value::given(static_cast<writ::value::i128>(high << 64 | static_cast<uint64_t>(inputs->params[2 * i]))));
    }
    *out = new writ_totals{evaluator->engine->init(in)};
    return WRIT_OK;
  });
}

void writ_totals_free(writ_totals* totals) { delete totals; }

writ_status writ_update(const writ_evaluator* evaluator, writ_totals* totals, uint32_t pass, const writ_batch* batch, const writ_output* outputs,
                        size_t output_count) {
  return guarded([&] {
    if (evaluator == nullptr || totals == nullptr || batch == nullptr) return WRIT_BAD_ARGUMENT;
    if (pass != totals->pass || pass >= evaluator->tables().passes) return WRIT_WRONG_PASS;
    BatchView view;
    std::vector<OutputColumn> columns;
    if (!read_batch(evaluator->tables(), *batch, view)) return WRIT_BAD_ARGUMENT;
    if (!read_outputs(evaluator->tables(), view.record, outputs, output_count, columns)) return WRIT_BAD_ARGUMENT;
    return evaluator->engine->update_columns(*totals->totals, static_cast<int>(pass), view, columns) ? WRIT_OK : WRIT_DOES_NOT_FIT;
  });
}

writ_status writ_combine(const writ_evaluator* evaluator, writ_totals* into, const writ_totals* from) {
  return guarded([&] {
    if (evaluator == nullptr || into == nullptr || from == nullptr || into == from) return WRIT_BAD_ARGUMENT;
    if (into->pass != from->pass) return WRIT_WRONG_PASS;
    evaluator->engine->combine(*into->totals, *from->totals);
    return WRIT_OK;
  });
}

writ_status writ_close_pass(const writ_evaluator* evaluator, writ_totals* totals, uint32_t pass) {
  return guarded([&] {
    if (evaluator == nullptr || totals == nullptr) return WRIT_BAD_ARGUMENT;
    if (pass != totals->pass || pass >= evaluator->tables().passes) return WRIT_WRONG_PASS;
    evaluator->engine->close_pass(*totals->totals, static_cast<int>(pass));
    totals->pass += 1;
    return WRIT_OK;
  });
}

writ_status writ_fork(const writ_evaluator* evaluator, const writ_totals* totals, writ_totals** out) {
  return guarded([&] {
    if (evaluator == nullptr || totals == nullptr || out == nullptr) return WRIT_BAD_ARGUMENT;
    *out = new writ_totals{evaluator->engine->fork(*totals->totals), totals->pass};
    return WRIT_OK;
  });
}

writ_status writ_save(const writ_evaluator* evaluator, const writ_totals* totals, void* bytes, size_t capacity, size_t* size) {
  return guarded([&] {
    if (evaluator == nullptr || totals == nullptr || size == nullptr) return WRIT_BAD_ARGUMENT;
    const std::vector<std::byte> saved = evaluator->engine->save(*totals->totals);
    *size = saved.size();
    if (bytes == nullptr || capacity < saved.size()) return WRIT_BAD_ARGUMENT;
    std::memcpy(bytes, saved.data(), saved.size());
    return WRIT_OK;
  });
}

writ_status writ_load(const writ_evaluator* evaluator, const void* bytes, size_t size, writ_totals** out) {
  return guarded([&] {
    if (evaluator == nullptr || bytes == nullptr || out == nullptr) return WRIT_BAD_ARGUMENT;
    std::string error;
    std::unique_ptr<Totals> loaded = evaluator->engine->load({static_cast<const std::byte*>(bytes), size}, error);
    if (loaded == nullptr) return WRIT_FOREIGN_STATE;
    const uint32_t pass = pass_of(*loaded);
    *out = new writ_totals{std::move(loaded), pass};
    return WRIT_OK;
  });
}

writ_status writ_finish(const writ_evaluator* evaluator, writ_totals* totals, const writ_acts* acts, writ_results** out) {
  return guarded([&] {
    if (evaluator == nullptr || totals == nullptr || out == nullptr) return WRIT_BAD_ARGUMENT;
    if (totals->pass != evaluator->tables().passes) return WRIT_WRONG_PASS;
    Acts all;
    if (acts != nullptr) {
      if (acts->size != sizeof(writ_acts)) return WRIT_BAD_ARGUMENT;
      const bool read = read_acts(acts->claims, acts->claim_count, all.claims) && read_acts(acts->notices, acts->notice_count, all.notices) &&
                        read_acts(acts->payments, acts->payment_count, all.payments) && read_acts(acts->exercises, acts->exercise_count, all.exercises);
      if (!read) return WRIT_BAD_ARGUMENT;
    }
    *out = new writ_results{evaluator->engine->finish(*totals->totals, all)};
    return WRIT_OK;
  });
}

void writ_results_free(writ_results* results) { delete results; }

writ_status writ_result_value(const writ_results* results, uint32_t definition, uint32_t period, writ_value* out) {
  if (results == nullptr || out == nullptr || definition >= results->results.values.size()) return WRIT_BAD_ARGUMENT;
  if (period >= results->results.values[definition].size()) return WRIT_BAD_ARGUMENT;
  *out = to_c_value(results->results.values[definition][period]);
  return WRIT_OK;
}

writ_status writ_result_credit(const writ_results* results, uint32_t credit, uint32_t period, writ_value* out) {
  if (results == nullptr || out == nullptr || credit >= results->results.credits.size()) return WRIT_BAD_ARGUMENT;
  if (period >= results->results.credits[credit].size()) return WRIT_BAD_ARGUMENT;
  *out = to_c_value(results->results.credits[credit][period].state);
  return WRIT_OK;
}

writ_status writ_result_right(const writ_results* results, uint32_t right, writ_value* out) {
  if (results == nullptr || out == nullptr || right >= results->results.rights.size()) return WRIT_BAD_ARGUMENT;
  *out = to_c_value(results->results.rights[right].state);
  return WRIT_OK;
}

writ_status writ_result_records(const writ_results* results, uint32_t record, int64_t counts[5]) {
  if (results == nullptr || counts == nullptr || record >= results->results.records.size()) return WRIT_BAD_ARGUMENT;
  const RecordTotals& totals = results->results.records[record];
  const int64_t all[5] = {totals.admitted, totals.after_horizon, totals.outside_term, totals.undated, totals.faulted};
  std::memcpy(counts, all, sizeof all);
  return WRIT_OK;
}
