// Verdicts on deadlines in open time over whole seconds: on and beside every opening, closing and deadline they are the interpreter's.
#include <random>

#include "emit/emit.h"
#include "interpret/interpret.h"
#include "plan/plan.h"
#include "unit/plan/source.h"
#include "value/civil.h"

namespace writ::emit {
namespace {

using plan::testing::agreement_of;
using plan::testing::definition_index;

std::string source(const std::string& hours, const std::string& runs_out, const std::string& word) {
  return R"(
calendar Hours default {
  )" + hours +
         R"(
  closed on 2026-05-25
  )" + runs_out +
         R"(
}
record Ticket since opened {
  opened : instant
  done   : instant or not yet
  level  : 1..3
}
clause 1 "Rules" {
  tier of Ticket {
    First  when level = 1
    Second when level = 2
    Third  otherwise
  }
  commitment Answer for Ticket by Desk {
    from opened until done
    First  : )" +
         word + R"( 15 business minutes
    Second : )" +
         word + R"( 2 business hours
    Third  : )" +
         word + R"( 31 business hours
  }
}
)";
}

constexpr uint32_t rows = 8192;
constexpr int64_t first_second = 1777593600;  // 2026-05-01

// Tickets of May and June; half of them begin or end on or a second beside a full or half hour.
struct Tickets {
  record::Batch batch;
  std::vector<int32_t> opened, done;
  std::vector<int8_t> level;
  std::vector<uint8_t> done_bits = std::vector<uint8_t>(rows / 8);

  explicit Tickets(uint32_t seed) : batch() {
    std::mt19937 dice(seed);
    const auto second = [&](int64_t from, int64_t span) {
      const int64_t any = from + static_cast<int64_t>(dice() % static_cast<uint64_t>(span));
      return dice() % 2 == 0 ? any : any / 1800 * 1800 + static_cast<int64_t>(dice() % 3) - 1;
    };
    batch.rows = rows;
    batch.columns.resize(3);
    for (uint32_t i = 0; i < rows; ++i) {
      const int64_t start = second(first_second, 60 * 86400);
      const int64_t spans[] = {1800, 3 * 3600, 4 * 86400, 8 * 86400};
      const int64_t end = std::max(start, second(start, spans[dice() % 4]));
      const bool is_done = dice() % 8 != 0;
      opened.push_back(static_cast<int32_t>(start));
      done.push_back(static_cast<int32_t>(is_done ? end : 0));
      level.push_back(static_cast<int8_t>(1 + dice() % 3));
      if (is_done) done_bits[i / 8] |= static_cast<uint8_t>(1u << (i % 8));
      batch.columns[0].values.push_back(start * value::us_per_second);
      batch.columns[1].values.push_back(end * value::us_per_second);
      batch.columns[1].states.push_back(is_done ? value::State::given : value::State::not_yet);
      batch.columns[2].values.push_back(level.back());
    }
  }
};

uint32_t record_index(const ir::Agreement& agreement) {
  for (uint32_t i = 0; i < agreement.records.size(); ++i) {
    if (agreement.records.items[i].name == "Ticket") return i;
  }
  return 0;
}

void compare(const std::string& text, uint32_t lanes, uint32_t seed) {
  const ir::Agreement agreement = agreement_of(text);
  const uint32_t answer = definition_index(agreement, "Answer");
  Tickets tickets(seed);
  tickets.batch.record = record_index(agreement);
  evaluate::Inputs inputs;
  inputs.as_of = 1800000000ll * value::us_per_second;

  const auto oracle = interpret::make_interpreter(agreement);
  evaluate::RecordOutputs expected;
  const auto totals = oracle->init(inputs);
  oracle->update(*totals, 0, tickets.batch, &expected);
  const std::vector<ir::DefinitionId> order = interpret::definitions_of(agreement, {tickets.batch.record});
  size_t place = 0;
  while (order[place].index != answer) ++place;

  EmitOptions options;
  options.lanes = lanes;
  options.columns = {answer};
  const plan::Plan plan = plan::make_plan(agreement);
  REQUIRE(plan::verify(plan) == std::vector<std::string>{});
  bool by_open_time = false;
  for (const plan::Step& step : plan.records[tickets.batch.record].facts[static_cast<size_t>(evaluate::Form::seconds)].steps) {
    by_open_time |= step.op == plan::Op::judge_open;
  }
  CHECK(by_open_time);
  const auto native = make_native(plan, options);
  evaluate::BatchView view;
  view.record = tickets.batch.record;
  view.rows = rows;
  view.columns = {{tickets.opened.data(), 4, nullptr, nullptr, 0, value::us_per_second},
                  {tickets.done.data(), 4, tickets.done_bits.data(), nullptr, 0, value::us_per_second},
                  {tickets.level.data(), 1, nullptr, nullptr, 0, 1}};
  std::vector<int8_t> numbers(rows);
  std::vector<uint8_t> states(rows);
  const evaluate::OutputColumn output{answer, 1, numbers.data(), states.data()};
  const auto state = native->init(inputs);
  REQUIRE(native->update_columns(*state, 0, view, {&output, 1}));
  size_t different = 0;
  for (uint32_t i = 0; i < rows; ++i) {
    const value::Value& v = expected.values[place][i];
    const bool same = states[i] == static_cast<uint8_t>(v.state) && (v.state != value::State::given || numbers[i] == v.lo);
    if (!same && different++ == 0) MESSAGE("opened " << tickets.opened[i] << " done " << tickets.done[i] << " level " << int{tickets.level[i]});
  }
  CHECK(different == 0);
}

TEST_CASE("a verdict by open time is that of the deadline") {
  const std::string alike = "open Mon..Fri 09:00..17:30", differing = "open Mon..Thu 08:30..18:00\n  open Fri 09:00..14:00",
                    night = "open Mon..Fri 20:00..23:00", far = "zone \"Australia/Sydney\"\n  open Mon..Fri 09:00..17:00";
  uint32_t seed = 1;
  for (const std::string& hours : {alike, differing, night, far}) {
    for (const char* runs_out : {"", "time that runs out at closing ends at the next opening"}) {
      for (const char* word : {"within", "before"}) {
        for (uint32_t lanes : {64u, 8u}) {
          CAPTURE(hours);
          CAPTURE(runs_out);
          CAPTURE(word);
          compare(source(hours, runs_out, word), lanes, seed++);
        }
      }
    }
  }
}

}  // namespace
}  // namespace writ::emit
