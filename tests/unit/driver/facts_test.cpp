// Facts through an engine: no answer depends on how many threads there are or how the rows are cut.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>

#include "driver/evaluate_facts.h"
#include "unit/driver/support.h"

namespace writ::driver::test {

namespace {

// An engine of two passes that is easy to check: the first sums a column, the second counts what exceeds the mean. It remembers what it was given.
struct Mean : evaluate::Totals {
  int64_t sum = 0, rows = 0, above = 0;
  bool closed = false;
};
struct Counting : evaluate::Engine {
  mutable std::atomic<int> updates{0}, misplaced{0};

  static Mean& own(evaluate::Totals& totals) { return static_cast<Mean&>(totals); }
  static const Mean& own(const evaluate::Totals& totals) { return static_cast<const Mean&>(totals); }
  int passes() const override { return 2; }
  std::unique_ptr<evaluate::Totals> init(const evaluate::Inputs&) const override { return std::make_unique<Mean>(); }
  void update(evaluate::Totals& totals, int pass, const record::Batch& batch, evaluate::RecordOutputs* outputs) const override {
    ++updates;
    Mean& mean = own(totals);
    if (mean.closed != (pass == 1)) ++misplaced;
    for (uint32_t row = 0; row < batch.rows; ++row) {
      int64_t x = batch.columns[1].values[row];
      if (pass == 0)
        mean.sum += x, ++mean.rows;
      else if (x * mean.rows > mean.sum)
        ++mean.above;
    }
    // Batches finish in another order than they were read.
    if (batch.first_row % 3 == 0) std::this_thread::yield();
    if (outputs) outputs->admission.assign(batch.rows, evaluate::Admission::admitted);
  }
  void combine(evaluate::Totals& into, const evaluate::Totals& from) const override {
    Mean& a = own(into);
    const Mean& b = own(from);
    if (!a.closed) a.sum += b.sum, a.rows += b.rows;
    a.above += b.above;
  }
  void close_pass(evaluate::Totals& totals, int) const override { own(totals).closed = true; }
  std::unique_ptr<evaluate::Totals> fork(const evaluate::Totals& totals) const override {
    auto forked = std::make_unique<Mean>(own(totals));
    forked->above = 0;
    return forked;
  }
  std::vector<std::byte> save(const evaluate::Totals&) const override { return {}; }
  std::unique_ptr<evaluate::Totals> load(std::span<const std::byte>, std::string&) const override { return nullptr; }
  evaluate::Results finish(evaluate::Totals& totals, const evaluate::Acts&) const override {
    evaluate::Results results;
    results.outside_periods = {own(totals).sum, own(totals).rows, own(totals).above};
    return results;
  }
};

}  // namespace

TEST_CASE("one to four threads, batches of many sizes: one answer, and outputs in the order of the input") {
  std::string text = "id,x\n";
  std::mt19937 random(17);
  int64_t sum = 0, rows = 0;
  std::vector<int64_t> kept;
  for (int i = 0; i < 5000; ++i) {
    int64_t x = static_cast<int64_t>(random() % 1000);
    bool bad = i % 97 == 0;
    text += "T" + std::to_string(i) + "," + (bad ? "much" : std::to_string(x)) + "\n";
    if (bad) continue;
    sum += x, ++rows, kept.push_back(x);
  }
  int64_t above = std::count_if(kept.begin(), kept.end(), [&](int64_t x) { return x * rows > sum; });
  Counting engine;
  for (int workers = 1; workers <= 4; ++workers) {
    for (uint32_t batch_rows : {1 + static_cast<uint32_t>(random() % 50), 64u, 1000u, 16'384u}) {
      CAPTURE(workers);
      CAPTURE(batch_rows);
      LoadedFacts loaded = facts_of({{"Thing", text}});
      std::vector<int64_t> seen;
      uint64_t next = 0;
      EvaluateOptions options;
      options.workers = workers;
      options.batch_rows = batch_rows;
      evaluate::Results results;
      engine.updates = 0;
      REQUIRE(evaluate_facts(
          engine, {}, loaded, options,
          [&](const record::Batch& batch, const evaluate::RecordOutputs& outputs) {
            if (batch.first_row != next || outputs.admission.size() != batch.rows) ++engine.misplaced;
            next += batch.rows;
            seen.insert(seen.end(), batch.columns[1].values.begin(), batch.columns[1].values.end());
          },
          results));
      CHECK(results.outside_periods == std::vector<int64_t>{sum, rows, above});
      CHECK(seen == kept);
      CHECK(engine.updates == 2 * static_cast<int>((kept.size() + batch_rows - 1) / batch_rows));
      CHECK(engine.misplaced == 0);
      CHECK(loaded.facts.report.records[0].set_aside == 52);
    }
  }
}

TEST_CASE("keys of rows, and one record by its key") {
  std::string text = "id,x\n";
  for (int i = 0; i < 40'000; ++i) text += "T" + std::to_string(i) + "," + (i % 2 ? "1" : "one") + "\n";
  LoadedFacts loaded = facts_of({{"Thing", text}});
  CHECK(keys_of_rows(loaded, {{0, 19'999}, {0, 0}, {0, 17'000}, {1, 5}}) == std::vector<std::string>{"T39999", "T1", "T34001", ""});
  record::Batch found;
  REQUIRE(find_record(loaded, 0, "T34001", found));
  CHECK(found.rows == 1);
  CHECK(found.first_row == 17'000);
  CHECK(found.columns[0].texts == std::vector<std::string>{"T34001"});
  CHECK_FALSE(find_record(loaded, 0, "T2", found));  // set aside
  CHECK_FALSE(find_record(loaded, 0, "nobody", found));
}

TEST_CASE("a file that fails stops the run and the threads") {
  std::string text = "id,x\n";
  for (int i = 0; i < 50'000; ++i) text += std::to_string(i) + ",1\n";
  for (int workers : {1, 3}) {
    LoadedFacts loaded = facts_of({{"Thing", text}});
    loaded.facts.files[0].spooled = false;  // it is not the file that was opened
    loaded.facts.files[0].modified_ns = 1;
    Counting engine;
    EvaluateOptions options;
    options.workers = workers;
    evaluate::Results results;
    CHECK_FALSE(evaluate_facts(engine, {}, loaded, options, {}, results));
    REQUIRE(loaded.facts.report.failures.size() == 1);
    CHECK(describe(loaded.facts.report, loaded.facts.report.failures[0]) == "Thing.csv: R0109: the file changed while it was being read");
  }
}

}  // namespace writ::driver::test
