// The C interface: arguments are checked here, the work is done by the engine. No exception leaves a function.
#include "evaluate/abi.h"

#include "evaluate/abi_handles.h"
#include "evaluate/state.h"

using namespace writ::evaluate;

namespace {

constexpr const char* missing = "a pointer is null";
constexpr const char* foreign = "the totals belong to another rule set";

bool is_of(const writ_totals& totals, const writ_evaluator& evaluator) { return std::memcmp(totals.rules, evaluator.tables().rules, sizeof totals.rules) == 0; }

writ_totals* wrap(const writ_evaluator& evaluator, std::unique_ptr<Totals> totals) {
  auto wrapped = std::make_unique<writ_totals>();
  wrapped->totals = std::move(totals);
  std::memcpy(wrapped->rules, evaluator.tables().rules, sizeof wrapped->rules);
  return wrapped.release();
}

std::string pass_words(uint32_t asked, uint32_t pass) {
  return "pass " + std::to_string(asked) + " was asked for; the totals are at pass " + std::to_string(pass);
}

bool same_inputs(const Totals& a, const Totals& b) {
  const Inputs &x = static_cast<const State&>(a).inputs, &y = static_cast<const State&>(b).inputs;
  return x.as_of == y.as_of && x.params == y.params;
}

bool is_width(uint32_t width) { return width == 1 || width == 2 || width == 4 || width == 8; }

bool read_list(const writ_act* acts, size_t count, std::vector<Act>& out) {
  if (count > 0 && acts == nullptr) return false;
  for (size_t i = 0; i < count; ++i) out.push_back({acts[i].at, acts[i].by, acts[i].of, acts[i].has_period != 0, acts[i].period_date});
  return true;
}

}  // namespace

bool writ::evaluate::read_outputs(const Tables& tables, uint32_t record, const writ_output* outputs, size_t count, std::vector<OutputColumn>& out,
                                  std::string& why) {
  const auto wrong = [&](size_t i, const char* what) {
    why = "output " + std::to_string(i) + ": " + what;
    return false;
  };
  if (count > 0 && outputs == nullptr) return wrong(0, "there are no outputs");
  for (size_t i = 0; i < count; ++i) {
    const writ_output& o = outputs[i];
    if (!is_output_size(o.size)) return wrong(i, "`size` is not that of writ_output");
    void* reasons = reasons_of(o);
    const uint32_t reason_width = reason_width_of(o);
    if (!is_width(o.width)) return wrong(i, "`width` is none of 1, 2, 4, 8");
    if (o.values == nullptr && (reasons == nullptr || o.states != nullptr)) return wrong(i, "`values` is null");
    if (o.definition >= tables.definitions.size()) return wrong(i, "the rule set has no such definition");
    const DefinitionTable& definition = tables.definitions[o.definition];
    if (definition.grain != GrainOf::record || definition.of != record) return wrong(i, "the definition is none of this record type");
    if (reasons != nullptr && definition.reasons == 0) return wrong(i, "the definition has no reasons: it has no cases");
    if (reason_width != 1 && reason_width != 2 && reason_width != 4) return wrong(i, "`reason_width` is none of 1, 2, 4");
    if (reasons != nullptr && reason_width < reason_bytes(definition.reasons)) {
      why = "output " + std::to_string(i) + ": reasons of " + std::to_string(reason_width) + " bytes cannot tell " + std::to_string(definition.reasons) +
            " cases; write `reason_width` " + std::to_string(reason_bytes(definition.reasons));
      return false;
    }
    out.push_back({o.definition, o.width, o.values, o.states, reasons, reason_width});
  }
  return true;
}

bool writ::evaluate::read_acts(const writ_acts* acts, Acts& out, std::string& why) {
  if (acts == nullptr) return true;
  if (acts->size != sizeof(writ_acts)) {
    why = "`size` of the acts is not that of writ_acts";
    return false;
  }
  const bool read = read_list(acts->claims, acts->claim_count, out.claims) && read_list(acts->notices, acts->notice_count, out.notices) &&
                    read_list(acts->payments, acts->payment_count, out.payments) && read_list(acts->exercises, acts->exercise_count, out.exercises);
  if (!read) why = missing;
  return read;
}

void writ::evaluate::read_params(const int64_t* words, size_t count, std::vector<value::Value>& out) {
  for (size_t i = 0; i < count; ++i) {
    const value::u128 high = static_cast<uint64_t>(words[2 * i + 1]);
    out.push_back(value::given(static_cast<value::i128>(high << 64 | static_cast<uint64_t>(words[2 * i]))));
  }
}

writ_evaluator* writ::evaluate::to_c(std::unique_ptr<CompiledEngine> engine) {
  auto evaluator = std::make_unique<writ_evaluator>();
  evaluator->engine = std::move(engine);
  evaluator->level = 1;
  return evaluator.release();
}

writ_value writ::evaluate::to_c_value(const value::Value& v) {
  writ_value out{};
  const auto split = [](value::i128 number, int64_t words[2]) {
    words[0] = static_cast<int64_t>(static_cast<uint64_t>(number));
    words[1] = static_cast<int64_t>(number >> 64);
  };
  split(v.lo, out.lo);
  split(v.hi, out.hi);
  split(v.lo_den, out.lo_den);
  split(v.hi_den, out.hi_den);
  out.state = static_cast<uint32_t>(v.state);
  out.fault = static_cast<uint32_t>(v.fault);
  out.point = v.point;
  return out;
}

bool writ::evaluate::from_c_value(const writ_value& v, value::Value& out) {
  const auto join = [](const int64_t words[2]) {
    return static_cast<value::i128>(static_cast<value::u128>(static_cast<uint64_t>(words[1])) << 64 | static_cast<uint64_t>(words[0]));
  };
  if (v.state > WRIT_FAULT || v.fault > static_cast<uint32_t>(value::Fault::order)) return false;
  out = {};
  out.state = static_cast<value::State>(v.state);
  out.fault = static_cast<value::Fault>(v.fault);
  out.point = v.point;
  if (out.state != value::State::given) return true;
  out.lo = join(v.lo);
  out.hi = join(v.hi);
  out.lo_den = join(v.lo_den);
  out.hi_den = join(v.hi_den);
  return out.lo_den > 0 && out.hi_den > 0;
}

uint32_t writ_abi_version(void) { return WRIT_ABI_VERSION; }
void writ_evaluator_free(writ_evaluator* evaluator) { delete evaluator; }

void writ_rules_hash(const writ_evaluator* evaluator, uint64_t hash[2]) {
  if (is_open(evaluator)) std::memcpy(hash, evaluator->tables().rules, 2 * sizeof(uint64_t));
}
uint32_t writ_passes(const writ_evaluator* evaluator) { return is_open(evaluator) ? evaluator->tables().passes : 0; }
uint32_t writ_param_count(const writ_evaluator* evaluator) { return is_open(evaluator) ? static_cast<uint32_t>(evaluator->tables().params.size()) : 0; }
uint32_t writ_record_count(const writ_evaluator* evaluator) { return is_open(evaluator) ? static_cast<uint32_t>(evaluator->tables().records.size()) : 0; }
uint32_t writ_field_count(const writ_evaluator* evaluator, uint32_t record) {
  return record < writ_record_count(evaluator) ? evaluator->tables().records[record].fields : 0;
}
uint32_t writ_history_field_count(const writ_evaluator* evaluator, uint32_t record) {
  return record < writ_record_count(evaluator) ? evaluator->tables().records[record].history_fields : 0;
}
uint32_t writ_definition_count(const writ_evaluator* evaluator) {
  return is_open(evaluator) ? static_cast<uint32_t>(evaluator->tables().definitions.size()) : 0;
}
uint32_t writ_period_count(const writ_evaluator* evaluator, uint32_t definition) {
  if (definition >= writ_definition_count(evaluator)) return 0;
  const Tables& tables = evaluator->tables();
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
    if (!is_open(evaluator) || inputs == nullptr || out == nullptr) return fail(evaluator, WRIT_BAD_ARGUMENT, missing);
    if (inputs->size != sizeof(writ_inputs)) return fail(evaluator, WRIT_BAD_ARGUMENT, "`size` of the inputs is not that of writ_inputs");
    if (inputs->param_count != evaluator->tables().params.size() || (inputs->param_count > 0 && inputs->params == nullptr)) {
      return fail(evaluator, WRIT_BAD_ARGUMENT, "the rule set has " + std::to_string(evaluator->tables().params.size()) + " parameters");
    }
    Inputs in;
    in.as_of = inputs->as_of;
    read_params(inputs->params, inputs->param_count, in.params);
    *out = wrap(*evaluator, evaluator->engine->init(in));
    return WRIT_OK;
  });
}

void writ_totals_free(writ_totals* totals) { delete totals; }

writ_status writ_update(const writ_evaluator* evaluator, writ_totals* totals, uint32_t pass, const writ_batch* batch, const writ_output* outputs,
                        size_t output_count) {
  return guarded([&] {
    if (!is_open(evaluator) || totals == nullptr || batch == nullptr) return fail(totals, WRIT_BAD_ARGUMENT, missing);
    if (!is_of(*totals, *evaluator)) return fail(totals, WRIT_FOREIGN_STATE, foreign);
    const uint32_t at = pass_of(*totals->totals);
    if (pass != at || pass >= evaluator->tables().passes) return fail(totals, WRIT_WRONG_PASS, pass_words(pass, at));
    BatchView& view = totals->batch;
    std::vector<OutputColumn>& columns = totals->outputs;
    columns.clear();
    std::string why;
    if (!read_batch(evaluator->tables(), *batch, view, why)) return fail(totals, WRIT_BAD_ARGUMENT, why);
    if (!read_outputs(evaluator->tables(), view.record, outputs, output_count, columns, why)) return fail(totals, WRIT_BAD_ARGUMENT, why);
    if (evaluator->engine->update_columns(*totals->totals, static_cast<int>(pass), view, columns)) return WRIT_OK;
    return fail(totals, WRIT_DOES_NOT_FIT, "a number of a column does not fit 64 bits in its field's unit; the totals are spoilt");
  });
}

writ_status writ_combine(const writ_evaluator* evaluator, writ_totals* into, const writ_totals* from) {
  return guarded([&] {
    if (!is_open(evaluator) || into == nullptr || from == nullptr) return fail(into, WRIT_BAD_ARGUMENT, missing);
    if (into == from) return fail(into, WRIT_BAD_ARGUMENT, "totals cannot be added to themselves");
    if (!is_of(*into, *evaluator) || !is_of(*from, *evaluator)) return fail(into, WRIT_FOREIGN_STATE, foreign);
    if (pass_of(*into->totals) != pass_of(*from->totals)) return fail(into, WRIT_WRONG_PASS, "the totals are at different passes");
    if (!same_inputs(*into->totals, *from->totals)) {
      return fail(into, WRIT_BAD_ARGUMENT, "the totals were begun with different parameters or as-of instants");
    }
    evaluator->engine->combine(*into->totals, *from->totals);
    return WRIT_OK;
  });
}

writ_status writ_close_pass(const writ_evaluator* evaluator, writ_totals* totals, uint32_t pass) {
  return guarded([&] {
    if (!is_open(evaluator) || totals == nullptr) return fail(totals, WRIT_BAD_ARGUMENT, missing);
    if (!is_of(*totals, *evaluator)) return fail(totals, WRIT_FOREIGN_STATE, foreign);
    const uint32_t at = pass_of(*totals->totals);
    if (pass != at || pass >= evaluator->tables().passes) return fail(totals, WRIT_WRONG_PASS, pass_words(pass, at));
    evaluator->engine->close_pass(*totals->totals, static_cast<int>(pass));
    return WRIT_OK;
  });
}

writ_status writ_fork(const writ_evaluator* evaluator, const writ_totals* totals, writ_totals** out) {
  return guarded([&] {
    if (!is_open(evaluator) || totals == nullptr || out == nullptr) return fail(totals, WRIT_BAD_ARGUMENT, missing);
    if (!is_of(*totals, *evaluator)) return fail(totals, WRIT_FOREIGN_STATE, foreign);
    *out = wrap(*evaluator, evaluator->engine->fork(*totals->totals));
    return WRIT_OK;
  });
}

writ_status writ_save(const writ_evaluator* evaluator, const writ_totals* totals, void* bytes, size_t capacity, size_t* size) {
  return guarded([&] {
    if (!is_open(evaluator) || totals == nullptr || size == nullptr) return fail(totals, WRIT_BAD_ARGUMENT, missing);
    if (!is_of(*totals, *evaluator)) return fail(totals, WRIT_FOREIGN_STATE, foreign);
    const std::vector<std::byte> saved = evaluator->engine->save(*totals->totals);
    *size = saved.size();
    if (bytes == nullptr || capacity < saved.size()) {
      return fail(totals, WRIT_BAD_ARGUMENT, "there is no room; " + std::to_string(saved.size()) + " bytes are needed");
    }
    std::memcpy(bytes, saved.data(), saved.size());
    return WRIT_OK;
  });
}

writ_status writ_load(const writ_evaluator* evaluator, const void* bytes, size_t size, writ_totals** out) {
  return guarded([&] {
    if (!is_open(evaluator) || bytes == nullptr || out == nullptr) return fail(evaluator, WRIT_BAD_ARGUMENT, missing);
    std::string error;
    std::unique_ptr<Totals> loaded = evaluator->engine->load({static_cast<const std::byte*>(bytes), size}, error);
    if (loaded == nullptr) return fail(evaluator, WRIT_FOREIGN_STATE, error);
    *out = wrap(*evaluator, std::move(loaded));
    return WRIT_OK;
  });
}

writ_status writ_finish(const writ_evaluator* evaluator, writ_totals* totals, const writ_acts* acts, writ_results** out) {
  return guarded([&] {
    if (!is_open(evaluator) || totals == nullptr || out == nullptr) return fail(totals, WRIT_BAD_ARGUMENT, missing);
    if (!is_of(*totals, *evaluator)) return fail(totals, WRIT_FOREIGN_STATE, foreign);
    if (pass_of(*totals->totals) != evaluator->tables().passes) {
      return fail(totals, WRIT_WRONG_PASS, "not every pass is closed: the totals are at pass " + std::to_string(pass_of(*totals->totals)));
    }
    Acts all;
    std::string why;
    if (!read_acts(acts, all, why)) return fail(totals, WRIT_BAD_ARGUMENT, why);
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
