#include "wasm/job.h"

#include <writ/rules.h>

#include <algorithm>
#include <stdexcept>

namespace writ::testing {

namespace {

using nlohmann::json;

std::string hex(const void* bytes, size_t size) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (size_t i = 0; i < size; ++i) {
    const uint8_t byte = static_cast<const uint8_t*>(bytes)[i];
    text += {digits[byte >> 4], digits[byte & 15]};
  }
  return text;
}
std::string hex(const std::string& bytes) { return hex(bytes.data(), bytes.size()); }
json hex_or_null(const void* bytes, size_t size) { return bytes == nullptr ? json(nullptr) : json(hex(bytes, size)); }

void need(writ_status status, const char* what) {
  if (status != WRIT_OK) throw std::runtime_error(std::string(what) + ": " + writ_status_text(status));
}

writ_column c_column(const evaluate::ColumnView& view) {
  return {sizeof(writ_column), view.width, 0, view.values, view.validity, view.states, view.offset, view.unit};
}

json column_json(const writ_column& column, size_t rows) {
  return {{"width", column.width},
          {"values", hex(column.values, rows * column.width)},
          {"validity", hex_or_null(column.validity, (rows + 7) / 8)},
          {"states", hex_or_null(column.states, rows)},
          {"unit", std::to_string(column.unit)}};
}

json columns_json(const std::vector<writ_column>& columns, size_t rows) {
  json list = json::array();
  for (const writ_column& column : columns) list.push_back(column_json(column, rows));
  return list;
}

std::vector<writ_act> c_acts(const std::vector<evaluate::Act>& acts) {
  std::vector<writ_act> list;
  for (const evaluate::Act& act : acts) list.push_back({act.at, act.by, act.of, act.has_period ? 1u : 0u, act.period_date});
  return list;
}

std::string saved(const writ_evaluator* evaluator, const writ_totals* totals) {
  size_t size = 0;
  writ_save(evaluator, totals, nullptr, 0, &size);
  std::string bytes(size, '\0');
  need(writ_save(evaluator, totals, bytes.data(), bytes.size(), &size), "save");
  return bytes;
}

json update(const writ_evaluator* evaluator, writ_totals* totals, uint32_t pass, const HostBatch& batch) {
  const uint32_t rows = batch.batch.rows;
  std::vector<std::vector<int64_t>> numbers(batch.outputs.size(), std::vector<int64_t>(rows));
  std::vector<std::vector<uint8_t>> states(batch.outputs.size(), std::vector<uint8_t>(rows));
  std::vector<writ_output> outputs;
  for (size_t i = 0; i < batch.outputs.size(); ++i) outputs.push_back({sizeof(writ_output), batch.outputs[i], 8, numbers[i].data(), states[i].data()});
  need(writ_update(evaluator, totals, pass, &batch.batch, outputs.data(), outputs.size()), "update");
  json list = json::array();
  for (size_t i = 0; i < outputs.size(); ++i) {
    for (uint32_t row = 0; row < rows; ++row) {
      if (states[i][row] != WRIT_GIVEN) numbers[i][row] = 0;  // means nothing
    }
    list.push_back({{"numbers", hex(numbers[i].data(), 8 * rows)}, {"states", hex(states[i].data(), rows)}});
  }
  return list;
}

// Values as long as there are any.
template <class Get>
json values(Get get) {
  json list = json::array();
  writ_value value;
  for (uint32_t i = 0; get(i, &value) == WRIT_OK; ++i) list.push_back(hex(&value, sizeof value));
  return list;
}

json results_json(const writ_evaluator* evaluator, const writ_results* results) {
  json out = {{"values", json::array()}, {"credits", json::array()}, {"records", json::array()}};
  for (uint32_t d = 0; d < writ_definition_count(evaluator); ++d) {
    out["values"].push_back(values([&](uint32_t period, writ_value* value) { return writ_result_value(results, d, period, value); }));
  }
  writ_value first;
  for (uint32_t c = 0; writ_result_credit(results, c, 0, &first) == WRIT_OK; ++c) {
    out["credits"].push_back(values([&](uint32_t period, writ_value* value) { return writ_result_credit(results, c, period, value); }));
  }
  out["rights"] = values([&](uint32_t right, writ_value* value) { return writ_result_right(results, right, value); });
  int64_t counts[5];
  for (uint32_t r = 0; writ_result_records(results, r, counts) == WRIT_OK; ++r) out["records"].push_back(hex(counts, sizeof counts));
  return out;
}

}  // namespace

void prepare(const ir::Agreement& agreement, const properties::Facts& facts, HostRun& run) {
  for (const record::Batch& batch : facts.batches) run.views.push_back(properties::batch_view(run.host, agreement, batch));
  run.batches.resize(run.views.size());
  for (size_t i = 0; i < run.views.size(); ++i) {
    const evaluate::BatchView& view = run.views[i];
    HostBatch& to = run.batches[i];
    for (const evaluate::ColumnView& column : view.columns) to.columns.push_back(c_column(column));
    for (const evaluate::ColumnView& column : view.history.columns) to.history_columns.push_back(c_column(column));
    to.histories = {sizeof(writ_histories), view.history.rows, static_cast<uint32_t>(to.history_columns.size()),
                    view.history.offsets,   view.history.tied, to.history_columns.data()};
    const bool has_history = agreement.records.items[view.record].history.has_value();
    to.batch = {sizeof(writ_batch),
                view.record,
                view.rows,
                view.first_row,
                static_cast<uint32_t>(to.columns.size()),
                0,
                to.columns.data(),
                has_history ? &to.histories : nullptr};
    for (uint32_t d = 0; d < agreement.definitions.size(); ++d) {
      const ir::Grain& grain = agreement.definitions.items[d].grain;
      if (grain.of == ir::Grain::Of::record && grain.record.index == view.record) to.outputs.push_back(d);
    }
  }
  for (const value::Value& param : facts.inputs.params) {
    run.params.push_back(static_cast<int64_t>(param.lo));
    run.params.push_back(static_cast<int64_t>(param.lo >> 64));
  }
  run.inputs = {sizeof(writ_inputs), facts.inputs.as_of, run.params.size() / 2, run.params.data()};
  const std::vector<evaluate::Act>* lists[4] = {&facts.acts.claims, &facts.acts.notices, &facts.acts.payments, &facts.acts.exercises};
  for (size_t i = 0; i < 4; ++i) run.acts[i] = c_acts(*lists[i]);
  run.all_acts = {sizeof(writ_acts),  run.acts[0].size(), run.acts[1].size(), run.acts[2].size(), run.acts[3].size(),
                  run.acts[0].data(), run.acts[1].data(), run.acts[2].data(), run.acts[3].data()};
}

json run_native(const writ_evaluator* evaluator, const HostRun& run, std::vector<std::string>& states) {
  writ_totals* totals = nullptr;
  need(writ_totals_new(evaluator, &run.inputs, &totals), "totals");
  json out = {{"passes", json::array()}};
  for (uint32_t pass = 0; pass < writ_passes(evaluator); ++pass) {
    json outputs = json::array();
    for (const HostBatch& batch : run.batches) outputs.push_back(update(evaluator, totals, pass, batch));
    states.push_back(saved(evaluator, totals));
    out["passes"].push_back({{"outputs", std::move(outputs)}, {"state", hex(states.back())}});
    need(writ_close_pass(evaluator, totals, pass), "close");
  }
  out["closed"] = hex(saved(evaluator, totals));
  writ_results* results = nullptr;
  need(writ_finish(evaluator, totals, &run.all_acts, &results), "finish");
  out["results"] = results_json(evaluator, results);
  writ_results_free(results);
  writ_totals_free(totals);
  return out;
}

json answers_to_states(const writ_evaluator* evaluator, const std::vector<std::string>& states) {
  json list = json::array();
  for (const std::string& state : states) {
    writ_totals *first = nullptr, *second = nullptr;
    need(writ_load(evaluator, state.data(), state.size(), &first), "load");
    need(writ_load(evaluator, state.data(), state.size(), &second), "load");
    const std::string again = saved(evaluator, first);
    need(writ_combine(evaluator, first, second), "combine");
    list.push_back({{"again", hex(again)}, {"added", hex(saved(evaluator, first))}});
    writ_totals_free(first);
    writ_totals_free(second);
  }
  return list;
}

json answers_to_hostile(const writ_evaluator* evaluator, const std::vector<std::string>& hostile) {
  json list = json::array();
  for (const std::string& bytes : hostile) {
    writ_totals* totals = nullptr;
    const writ_status status = writ_load(evaluator, bytes.data(), bytes.size(), &totals);
    char reason[400] = "";
    if (status != WRIT_OK) need(writ_error(evaluator, reason, sizeof reason, nullptr), "error");
    list.push_back({{"status", status}, {"reason", reason}});
    writ_totals_free(totals);
  }
  return list;
}

json words_of(const writ_evaluator* evaluator, const HostRun& run) {
  const auto text_of = [](auto write) {
    size_t size = 0;
    need(write(nullptr, 0, &size), "text");
    std::string text(size, '\0');
    need(write(text.data(), size, &size), "text");
    text.pop_back();
    return text;
  };
  json out = {{"cases", json::array()}};
  out["about"] = text_of([&](char* text, size_t capacity, size_t* size) { return writ_describe(evaluator, text, capacity, size); });
  writ_totals* totals = nullptr;
  need(writ_totals_new(evaluator, &run.inputs, &totals), "totals");
  for (uint32_t pass = 0; pass + 1 < writ_passes(evaluator); ++pass) {
    for (const HostBatch& batch : run.batches) update(evaluator, totals, pass, batch);
    need(writ_close_pass(evaluator, totals, pass), "close");
  }
  for (const HostBatch& batch : run.batches) {
    writ_case* one = nullptr;
    need(writ_case_new(evaluator, totals, batch.batch.record, &one), "case");
    for (uint32_t row = 0; row < std::min(batch.batch.rows, explained_rows); ++row) {
      need(writ_case_of_batch(one, &batch.batch, row), "row");
      out["cases"].push_back(text_of([&](char* text, size_t capacity, size_t* size) { return writ_case_explain(one, WRIT_TEXT, text, capacity, size); }));
    }
    writ_case_free(one);
  }
  writ_totals_free(totals);
  return out;
}

json job_for(const std::string& module, const HostRun& run, const writ_evaluator* evaluator, const std::vector<std::string>& states,
             const std::vector<std::string>& hostile) {
  json job = {
      {"module", module}, {"as_of", std::to_string(run.inputs.as_of)}, {"passes", writ_passes(evaluator)}, {"definitions", writ_definition_count(evaluator)}};
  job["params"] = hex(run.params.data(), 8 * run.params.size());
  job["batches"] = json::array();
  for (const HostBatch& batch : run.batches) {
    const uint32_t rows = batch.batch.rows;
    json one = {{"record", batch.batch.record}, {"rows", rows}, {"first_row", std::to_string(batch.batch.first_row)}, {"outputs", batch.outputs}};
    one["columns"] = columns_json(batch.columns, rows);
    if (batch.batch.histories != nullptr) {
      const writ_histories& histories = batch.histories;
      one["histories"] = {{"rows", histories.rows},
                          {"offsets", hex_or_null(histories.offsets, 4 * (size_t{rows} + 1))},
                          {"tied", hex_or_null(histories.tied, rows)},
                          {"columns", columns_json(batch.history_columns, histories.rows)}};
    }
    job["batches"].push_back(std::move(one));
  }
  static constexpr const char* names[4] = {"claims", "notices", "payments", "exercises"};
  for (size_t i = 0; i < 4; ++i) {
    json list = json::array();
    for (const writ_act& act : run.acts[i]) {
      json one = {{"at", std::to_string(act.at)}, {"by", act.by}, {"of", act.of}};
      if (act.has_period != 0) one["periodDate"] = act.period_date;
      list.push_back(std::move(one));
    }
    job["acts"][names[i]] = std::move(list);
  }
  job["states"] = json::array();
  for (const std::string& state : states) job["states"].push_back(hex(state));
  job["hostile"] = json::array();
  for (const std::string& bytes : hostile) job["hostile"].push_back(hex(bytes));
  return job;
}

}  // namespace writ::testing
