// A program in C++ that learns what its rule set is by asking it: names are looked up when it runs, as a host of many rule sets does.
#include <parcels.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

// Handles of C that free themselves.
template <auto release>
struct Release {
  template <class Handle>
  void operator()(Handle* handle) const {
    release(handle);
  }
};
using Evaluator = std::unique_ptr<writ_evaluator, Release<writ_evaluator_free>>;
using Totals = std::unique_ptr<writ_totals, Release<writ_totals_free>>;
using Results = std::unique_ptr<writ_results, Release<writ_results_free>>;
using Case = std::unique_ptr<writ_case, Release<writ_case_free>>;

// A text that is written into memory of ours: asked for its size first.
template <class Ask>
std::string text_of(Ask ask) {
  size_t size = 0;
  ask(nullptr, size_t{0}, &size);
  std::string text(size, '\0');
  if (ask(text.data(), text.size(), &size) != WRIT_OK) throw std::runtime_error("no text");
  text.resize(size - 1);
  return text;
}

void need(writ_status status, const std::string& what) {
  if (status != WRIT_OK) throw std::runtime_error(what + ": " + writ_status_text(status));
}

Evaluator open(const writ_rules* rules) {
  writ_evaluator* opened = nullptr;
  const writ_status status = writ_open(rules, &opened);
  Evaluator evaluator(opened);
  if (status != WRIT_OK) throw std::runtime_error(text_of([&](char* to, size_t room, size_t* size) { return writ_error(opened, to, room, size); }));
  return evaluator;
}

// The values that the agreement gives its parameters.
std::vector<int64_t> default_params(const writ_evaluator* evaluator) {
  std::vector<int64_t> params;
  for (uint32_t i = 0; i < writ_param_count(evaluator); ++i) {
    writ_about about{};
    about.size = sizeof about;
    need(writ_about_param(evaluator, i, &about), "parameter");
    params.insert(params.end(), about.value, about.value + 2);
  }
  return params;
}

Totals begin(const writ_evaluator* evaluator, int64_t as_of) {
  const std::vector<int64_t> params = default_params(evaluator);
  writ_inputs inputs{};
  inputs.size = sizeof inputs;
  inputs.as_of = as_of;
  inputs.param_count = params.size() / 2;
  inputs.params = params.data();
  writ_totals* made = nullptr;
  need(writ_totals_new(evaluator, &inputs, &made), "totals");
  return Totals(made);
}

writ_column column(const std::vector<int64_t>& values) {
  writ_column c{};
  c.size = sizeof c;
  c.width = 8;
  c.values = values.data();
  c.unit = 1;
  return c;
}

constexpr int64_t hour = INT64_C(3600000000);
constexpr int64_t monday = INT64_C(1777280400000000);  // Mon 2026-04-27 10:00 in Dublin

void run() {
  const Evaluator rules = open(parcels_rules());
  const uint32_t parcel = writ_find_record(rules.get(), "Parcel");
  const uint32_t refunded = writ_find_definition(rules.get(), "refunded");
  const uint32_t in_all = writ_find_definition(rules.get(), "refunded_in_all");
  std::printf("%s: %u fields, %u definitions\n", writ_title(rules.get()), writ_field_count(rules.get(), parcel), writ_definition_count(rules.get()));

  // By field, in the order of the record: handed over, delivered, weight in kilos, postage in cents, damaged.
  const std::vector<std::vector<int64_t>> facts{
      {monday, monday, monday}, {monday + 20 * hour, monday + 50 * hour, monday + 30 * hour}, {2, 5, 1}, {1000, 1999, 450}, {0, 0, 1}};
  std::vector<writ_column> columns;
  for (const std::vector<int64_t>& values : facts) columns.push_back(column(values));
  writ_batch batch{};
  batch.size = sizeof batch;
  batch.record = parcel;
  batch.rows = 3;
  batch.column_count = static_cast<uint32_t>(columns.size());
  batch.columns = columns.data();
  std::vector<int64_t> cents(batch.rows);
  writ_output output{};
  output.size = sizeof output;
  output.definition = refunded;
  output.width = 8;
  output.values = cents.data();

  const Totals totals = begin(rules.get(), monday + 24 * 7 * hour);
  need(writ_update(rules.get(), totals.get(), 0, &batch, &output, 1), "update");
  for (size_t i = 0; i < cents.size(); ++i) std::printf("parcel %zu: %lld cents back\n", i + 1, static_cast<long long>(cents[i]));

  writ_results* finished = nullptr;
  need(writ_close_pass(rules.get(), totals.get(), 0), "close");
  need(writ_finish(rules.get(), totals.get(), nullptr, &finished), "finish");
  const Results results(finished);
  writ_value value{};
  need(writ_result_value(results.get(), in_all, 0, &value), "result");
  const auto words = [&](char* to, size_t room, size_t* size) { return writ_words(rules.get(), in_all, &value, to, room, size); };
  std::printf("in all: %s\n", text_of(words).c_str());

  // Why did the second one come out so? A row of the batch is a case, too.
  writ_case* made = nullptr;
  need(writ_case_new(rules.get(), totals.get(), parcel, &made), "case");
  const Case one(made);
  need(writ_case_of_batch(one.get(), &batch, 1), "evaluate");
  const auto explain = [&](char* to, size_t room, size_t* size) { return writ_case_explain(one.get(), WRIT_TEXT, to, room, size); };
  std::printf("\n%s", text_of(explain).c_str());
}

}  // namespace

int main() {
  try {
    run();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
