// A host in C++ that runs the rule set `desk` on several threads: one evaluator, totals of their own, brought together.
#include <desk.h>
#include <cstdio>
#include <memory>
#include <thread>
#include <vector>

namespace {

template <auto release>
struct Release {
  template <class T>
  void operator()(T* handle) const {
    release(handle);
  }
};
using Evaluator = std::unique_ptr<writ_evaluator, Release<writ_evaluator_free>>;
using Totals = std::unique_ptr<writ_totals, Release<writ_totals_free>>;
using Results = std::unique_ptr<writ_results, Release<writ_results_free>>;

bool failed(const char* what) {
  std::fprintf(stderr, "%s\n", what);
  return false;
}

constexpr uint32_t rows = 5000;

writ_column column(const std::vector<int64_t>& values) {
  writ_column c{};
  c.size = sizeof c;
  c.width = 8;
  c.values = values.data();
  c.unit = 1;
  return c;
}

writ_status count(const writ_evaluator* evaluator, writ_totals* totals) {
  const std::vector<int64_t> opened(rows, 1772704800000000), answered(rows, 1772715600000000), priority(rows, DESK_CODE_PRIORITY_NORMAL), fee(rows, 30000);
  const writ_column columns[] = {column(opened), column(answered), column(priority), column(fee)};
  writ_batch batch{};
  batch.size = sizeof batch;
  batch.record = DESK_RECORD_TICKET;
  batch.rows = rows;
  batch.column_count = 4;
  batch.columns = columns;
  return writ_update(evaluator, totals, 0, &batch, nullptr, 0);
}

bool run() {
  writ_evaluator* opened = nullptr;
  const writ_status status = writ_open(desk_rules(), &opened);
  const Evaluator evaluator(opened);
  if (status != WRIT_OK) return failed(writ_status_text(status));
  const int64_t share[2] = {10, 0};
  writ_inputs inputs{};
  inputs.size = sizeof inputs;
  inputs.as_of = 1775001600000000;
  inputs.param_count = 1;
  inputs.params = share;
  std::vector<Totals> totals;
  for (int i = 0; i < 4; ++i) {
    writ_totals* made = nullptr;
    if (writ_totals_new(evaluator.get(), &inputs, &made) != WRIT_OK) return failed("totals");
    totals.emplace_back(made);
  }
  std::vector<writ_status> statuses(totals.size(), WRIT_MISTAKE);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < totals.size(); ++i) threads.emplace_back([&, i] { statuses[i] = count(evaluator.get(), totals[i].get()); });
  for (std::thread& thread : threads) thread.join();
  for (const writ_status each : statuses)
    if (each != WRIT_OK) return failed(writ_status_text(each));
  for (size_t i = 1; i < totals.size(); ++i)
    if (writ_combine(evaluator.get(), totals[0].get(), totals[i].get()) != WRIT_OK) return failed("combine");
  writ_results* finished = nullptr;
  if (writ_close_pass(evaluator.get(), totals[0].get(), 0) != WRIT_OK) return failed("close");
  if (writ_finish(evaluator.get(), totals[0].get(), nullptr, &finished) != WRIT_OK) return failed("finish");
  const Results results(finished);
  writ_value value{};
  if (writ_result_value(results.get(), DESK_DEFINITION_TOTAL, 0, &value) != WRIT_OK) return failed("value");
  return (value.state == WRIT_GIVEN && value.lo[0] == int64_t{4} * rows * 3000) || failed("another total");
}

}  // namespace

int main() {
  if (!run()) return 1;
  std::puts("in C++: done");
  return 0;
}
