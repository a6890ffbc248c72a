// Once everything is made, evaluating allocates nothing: neither a row by itself nor a batch.
#include <writ/rules.h>

#include <cstdlib>
#include <new>

#include "emit/emit.h"
#include "evaluate/abi.h"
#include "plan/plan.h"
#include "unit/plan/source.h"

namespace {

size_t allocations = 0;

void* counted(size_t size, size_t alignment) {
  ++allocations;
  void* memory = std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

void* operator new(size_t size) { return counted(size, alignof(std::max_align_t)); }
void* operator new[](size_t size) { return counted(size, alignof(std::max_align_t)); }
void* operator new(size_t size, std::align_val_t alignment) { return counted(size, static_cast<size_t>(alignment)); }
void* operator new[](size_t size, std::align_val_t alignment) { return counted(size, static_cast<size_t>(alignment)); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, size_t, std::align_val_t) noexcept { std::free(memory); }

namespace writ::emit {
namespace {

using plan::testing::agreement_of;
using plan::testing::definition_index;

const std::string body = R"(
enum Kind { small, large }
record Item since at {
  at    : instant
  kind  : Kind
  many  : 0..9 or none
  price : money in GBP 0.00..GBP 100.00
  done  : instant or not yet
}
clause 1 "Rules" {
  commitment Delivery for Item by Desk {
    from at until done
    within 2 hours
  }
  rule paid per Item {
    base price
    case many : rounded(90% of price, 2) when (many otherwise 0) at least 3 and kind = large
  }
  rule each per Item = rounded(price / (many otherwise 1), 2)
  metric total = sum(paid) over Item, per month of at
}
)";

constexpr int64_t first = 1767312000000000;  // 2026-01-02

// Rows of every kind: usual ones, absent numbers, numbers out of range, a division by zero, outside the term, unknown.
struct Row {
  int64_t numbers[5];
  uint8_t states[5];
};
const std::vector<Row> kinds = {
    {{first, 0, 3, 1000, first + 1}, {}},
    {{first + 5, 1, 3, 9999, first + 1000000000000}, {}},
    {{first, 1, 0, 1000, 0}, {0, 0, WRIT_NONE, 0, WRIT_NOT_YET}},
    {{first, 1, 12, 20000, first + 1}, {}},
    {{first, 0, 0, 1000, first + 1}, {}},
    {{0, 0, 3, 1000, first + 1}, {}},
    {{first, 0, 3, 1000, 0}, {WRIT_UNKNOWN, 0, 0, 0, WRIT_NOT_YET}},
};

struct Host {
  ir::Agreement agreement = agreement_of(body);
  writ_evaluator* evaluator = nullptr;
  writ_totals* totals = nullptr;
  std::vector<uint32_t> definitions;

  Host() {
    definitions = {definition_index(agreement, "paid"), definition_index(agreement, "Delivery"), definition_index(agreement, "each")};
    EmitOptions options;
    options.columns = definitions;
    evaluator = evaluate::to_c(make_native(plan::make_plan(agreement), options));
    const writ_inputs inputs{sizeof inputs, first + int64_t{86400} * 1000000 * 30, 0, nullptr};
    REQUIRE(writ_totals_new(evaluator, &inputs, &totals) == WRIT_OK);
  }
  ~Host() {
    writ_totals_free(totals);
    writ_evaluator_free(evaluator);
  }
};

// How often memory was asked for when it is done again.
template <class Work>
size_t allocations_of(const Work& work) {
  for (int i = 0; i < 3; ++i) work();
  const size_t before = allocations;
  for (int i = 0; i < 200; ++i) work();
  return allocations - before;
}

TEST_CASE("a row by itself allocates nothing") {
  const Host host;
  writ_case* one = nullptr;
  REQUIRE(writ_case_new(host.evaluator, host.totals, 0, &one) == WRIT_OK);
  REQUIRE(writ_case_want(one, host.definitions.data(), host.definitions.size()) == WRIT_OK);
  for (const Row& kind : kinds) {
    writ_row row{};
    row.size = sizeof row;
    row.numbers = kind.numbers;
    row.states = kind.states;
    int64_t values[3];
    uint8_t states[3];
    bool fine = true;
    CHECK(allocations_of([&] { fine &= writ_case_decide(one, &row, values, states) == WRIT_OK; }) == 0);
    CHECK(allocations_of([&] {
            fine &= writ_case_row(one, &row) == WRIT_OK;
            writ_value value{};
            uint64_t held = 0;
            for (uint32_t definition : host.definitions) fine &= writ_case_value(one, definition, &value) == WRIT_OK;
            fine &= writ_case_part(one) <= WRIT_UNDATED && writ_case_held(one, host.definitions[0], &held) == WRIT_OK;
          }) == 0);
    CHECK(fine);
  }
  writ_case_free(one);
}

// The first hundred faults are listed, and a period has its cells from the start.
TEST_CASE("a batch allocates nothing once batches as large have been there") {
  const Host host;
  for (const uint32_t rows : {1u, 7u, 64u, 1000u}) {
    std::vector<int64_t> numbers[5], values[3];
    std::vector<uint8_t> states[5], value_states[3];
    for (int f = 0; f < 5; ++f) {
      for (uint32_t r = 0; r < rows; ++r) {
        numbers[f].push_back(kinds[r % kinds.size()].numbers[f]);
        states[f].push_back(kinds[r % kinds.size()].states[f]);
      }
    }
    writ_column columns[5];
    writ_output outputs[3];
    for (int f = 0; f < 5; ++f) columns[f] = {sizeof(writ_column), 8, 0, numbers[f].data(), nullptr, states[f].data(), 0, 1};
    for (int i = 0; i < 3; ++i) {
      values[i].resize(rows);
      value_states[i].resize(rows);
      outputs[i] = {sizeof(writ_output), host.definitions[static_cast<size_t>(i)], 8, values[i].data(), value_states[i].data()};
    }
    const writ_batch batch{sizeof(writ_batch), 0, rows, 0, 5, 0, columns, nullptr};
    bool fine = true;
    const auto update = [&] { fine &= writ_update(host.evaluator, host.totals, 0, &batch, outputs, 3) == WRIT_OK; };
    for (int i = 0; i < 101; ++i) update();  // until the list of faults is full
    CHECK(allocations_of(update) == 0);
    CHECK(fine);
  }
}

}  // namespace
}  // namespace writ::emit
