// The state of a run: laws of merging, and bytes that refuse what is foreign. (Random agreements: tests/properties.)
#include <doctest/doctest.h>

#include <random>

#include "unit/interpret/protocol_small.h"

namespace writ::interpret::testing {
namespace {

std::vector<Row> some_rows(std::mt19937& random, int count) {
  std::vector<Row> rows;
  for (int i = 0; i < count; ++i) {
    const value::Value due =
        random() % 9 == 0 ? value::unknown() : value::given(at("2026-01-01T00:00") + static_cast<int64_t>(random() % 200) * value::us_per_day);
    const value::Value outcome = random() % 5 == 0 ? value::unknown() : value::given(static_cast<int>(random() % 5));
    rows.push_back(fact(due, outcome, random() % 6 == 0 ? value::unknown() : value::given(static_cast<int>(random() % 100))));
  }
  return rows;
}

struct Running {
  Protocol made = make_protocol();
  std::unique_ptr<evaluate::Engine> engine = make_interpreter(made.small.agreement);
  evaluate::Inputs inputs{at("2026-08-01T00:00"), {}};

  std::unique_ptr<evaluate::Totals> counted(const std::vector<Row>& rows, uint64_t first_row) const {
    auto totals = engine->init(inputs);
    engine->update(*totals, 0, batch_of(made.small, rows, first_row), nullptr);
    return totals;
  }
};

TEST_CASE("however the rows are split and the parts are merged, the bytes are the same") {
  std::mt19937 random(3);
  const Running running;
  for (int round = 0; round < 60; ++round) {
    const std::vector<Row> rows = some_rows(random, 30);
    const auto whole = running.engine->save(*running.counted(rows, 0));
    std::vector<std::unique_ptr<evaluate::Totals>> parts;
    for (size_t at = 0; at < rows.size();) {
      const size_t take = std::min<size_t>(1 + random() % 12, rows.size() - at);
      parts.push_back(running.counted({rows.begin() + static_cast<long>(at), rows.begin() + static_cast<long>(at + take)}, at));
      at += take;
      if (random() % 4 == 0) parts.push_back(running.engine->init(running.inputs));
    }
    while (parts.size() > 1) {
      const size_t a = random() % parts.size();
      const size_t b = (a + 1 + random() % (parts.size() - 1)) % parts.size();
      running.engine->combine(*parts[a], *parts[b]);
      parts.erase(parts.begin() + static_cast<long>(b));
    }
    CHECK(running.engine->save(*parts[0]) == whole);
  }
}

TEST_CASE("a bound on misses is passed or not whatever the split") {
  std::mt19937 random(4);
  Running running;
  running.made.small.agreement.rights[running.made.right].notable_bound = 8;
  for (int round = 0; round < 40; ++round) {
    const std::vector<Row> rows = some_rows(random, 16 + static_cast<int>(random() % 20));
    const auto whole = running.engine->save(*running.counted(rows, 0));
    const size_t cut = random() % rows.size();
    const auto left = running.counted({rows.begin(), rows.begin() + static_cast<long>(cut)}, 0);
    const auto right = running.counted({rows.begin() + static_cast<long>(cut), rows.end()}, cut);
    running.engine->combine(*right, *left);
    CHECK(running.engine->save(*right) == whole);
  }
}

TEST_CASE("a saved state loads to the same bytes and goes on to the same result") {
  std::mt19937 random(5);
  const Running running;
  const auto totals = running.counted(some_rows(random, 40), 0);
  const auto bytes = running.engine->save(*totals);
  std::string error;
  const auto loaded = running.engine->load(bytes, error);
  REQUIRE(loaded != nullptr);
  CHECK(running.engine->save(*loaded) == bytes);
  running.engine->close_pass(*totals, 0);
  running.engine->close_pass(*loaded, 0);
  const auto a = running.engine->finish(*totals, {}), b = running.engine->finish(*loaded, {});
  CHECK(a.values == b.values);
  CHECK(running.engine->save(*loaded) == running.engine->save(*totals));
}

TEST_CASE("load refuses foreign, damaged, cut and over-long bytes, and those of other rules") {
  std::mt19937 random(6);
  const Running running;
  const auto bytes = running.engine->save(*running.counted(some_rows(random, 40), 0));
  std::string error;
  for (size_t length = 0; length < bytes.size(); length += 1 + length / 20) {
    const std::vector<std::byte> cut(bytes.begin(), bytes.begin() + static_cast<long>(length));
    error.clear();
    CHECK(running.engine->load(cut, error) == nullptr);
    CHECK(!error.empty());
  }
  std::vector<std::byte> longer = bytes;
  longer.push_back(std::byte{0});
  CHECK(running.engine->load(longer, error) == nullptr);
  CHECK(error == "the state has bytes behind its end");
  std::vector<std::byte> foreign = bytes;
  foreign[0] = std::byte{'X'};
  CHECK(running.engine->load(foreign, error) == nullptr);
  CHECK(error == "this is not a saved state");
  std::vector<std::byte> version = bytes;
  version[8] = std::byte{99};
  CHECK(running.engine->load(version, error) == nullptr);
  CHECK(error == "the state was saved by another version");

  Protocol other = make_protocol();
  other.small.agreement.rights[other.right].at_least = 4;
  CHECK(make_interpreter(other.small.agreement)->load(bytes, error) == nullptr);
  CHECK(error == "the state belongs to another rule set");

  // Any single damaged byte is refused or changes a number; it never crashes and never loads to the same state unnoticed.
  for (size_t i = 24; i < bytes.size(); i += 7) {
    std::vector<std::byte> damaged = bytes;
    damaged[i] ^= std::byte{0x41};
    const auto loaded = running.engine->load(damaged, error);
    if (loaded != nullptr) CHECK(running.engine->save(*loaded) == damaged);
  }
}

TEST_CASE("a fork knows what is closed and has counted nothing") {
  Running running;
  Small& small = running.made.small;
  const ir::ExprId again = node(small, ir::Op::at_period, number(), {field(small, running.made.due)});
  small.agreement.exprs[again].definition = small.agreement.credits[running.made.credit].amount;
  define(small, "again", per_ticket(small), number(), again, 1);
  small.agreement.passes = 2;
  const auto engine = make_interpreter(small.agreement);
  std::mt19937 random(9);
  const record::Batch batch = batch_of(small, some_rows(random, 20));
  const auto whole = engine->init(running.inputs);
  engine->update(*whole, 0, batch, nullptr);
  engine->close_pass(*whole, 0);
  const auto left = engine->fork(*whole), right = engine->fork(*whole);
  engine->update(*whole, 1, batch, nullptr);
  engine->update(*right, 1, batch, nullptr);
  engine->combine(*left, *right);
  CHECK(engine->save(*left) == engine->save(*whole));
  engine->close_pass(*whole, 1);
  engine->close_pass(*left, 1);
  CHECK(engine->finish(*left, {}).values == engine->finish(*whole, {}).values);
}

}  // namespace
}  // namespace writ::interpret::testing
