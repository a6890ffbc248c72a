// What is looked up instead of being worked out is what the interpreter makes of it, for every value and every processor.
#include <string>

#include "emit/emit.h"
#include "evaluate/rules.h"
#include "interpret/interpret.h"
#include "plan/plan.h"
#include "unit/plan/source.h"

namespace writ::emit {
namespace {

using plan::testing::agreement_of;
using plan::testing::definition_index;

// Tables by one number, by two, by numbers and truths; results of 8, 16 and 32 bits, negative ones, truths; one that is only needed for
// others; a number that is far from 0.
const std::string body = R"(
enum Kind { plain, special, urgent }
record Ticket since opened {
  opened : instant
  low    : -3..4
  kind   : Kind
  count  : 0..4
  flag   : bool
  far    : 112..119
  delay  : 0..60
  fee    : money in GBP 49.00..GBP 25,000.00
}
clause 1 "Rules" {
  rule listed per Ticket {
    case a : 3 when kind = plain and count = 0
    case b : -5 when kind = plain and count > 2
    case c : 7 when kind = special and count < 3
    case d : 9 when kind = special and count = 4
    case e : 11 when kind = urgent and count = 1
    base count * 2
  }
  rule raised per Ticket {
    case a : listed + 1 when flag and kind = urgent
    case b : max(2, listed - 1) when not flag and kind = special
    base listed
  }
  rule signed per Ticket {
    case a : 1 when low < -2
    case b : -4 when low = -2 and flag
    case c : 100 when low = 3
    case d : -100 when low > 3 and not flag
    base low * 3
  }
  rule middle per Ticket {
    case a : 1000 when kind = plain and count = 0
    case b : -2000 when kind = plain and count = 1
    case c : 3000 when kind = special and count > 1
    case d : 256 when kind = urgent and count < 4
    base 12
  }
  rule large per Ticket {
    case a : 70000 when far = 112
    case b : -70001 when far = 113
    case c : 1234567 when far = 114
    case d : 255 when far = 117
    base 65536
  }
  rule wide per Ticket {
    case a : 80000 when kind = plain and count = 0
    case b : -90000 when kind = plain and count = 2
    case c : 300000 when kind = special and count = 3
    case d : 4000000 when kind = urgent and count = 4
    base 1
  }
  rule holds per Ticket = (kind = urgent and count > 2) or (kind = plain and count = 1) or (kind = special and count = 0)
  rule named per Ticket = if (kind = plain and count > 2) or (kind = urgent and count < 2) then fee else GBP 0.00
  rule share per Ticket = if flag and kind = urgent then 12.50% else if kind = special then 5.00% else 1.00%
  rule credit per Ticket {
    base rounded(share of fee, 2)
    case forfeited : GBP 0.00 when delay > 30
  }
}
)";
const char* const rules[] = {"listed", "raised", "signed", "middle", "large", "wide", "holds", "named", "share", "credit"};

constexpr uint32_t rows = 4096;
constexpr int64_t first_second = 1777593600;  // 2026-05-01

// All values with each other, by steps that have no factor in common.
struct Tickets {
  record::Batch batch;
  std::vector<int32_t> opened, fee;
  std::vector<int8_t> bytes[6];
  evaluate::BatchView view;

  explicit Tickets(uint32_t record) : batch() {
    constexpr int64_t lowest[] = {-3, 0, 0, 0, 112, 0}, values[] = {8, 3, 5, 2, 8, 61};
    batch.record = view.record = record;
    batch.rows = view.rows = rows;
    batch.columns.resize(8);
    for (int64_t i = 0; i < rows; ++i) {
      opened.push_back(static_cast<int32_t>(first_second + i));
      batch.columns[0].values.push_back(int64_t{opened.back()} * 1000000);
      int64_t rest = i * 97;
      for (size_t k = 0; k < 6; ++k) {
        bytes[k].push_back(static_cast<int8_t>(lowest[k] + rest % values[k]));
        batch.columns[k + 1].values.push_back(bytes[k].back());
        rest /= values[k];
      }
      fee.push_back(static_cast<int32_t>(4900 + i * 609));
      batch.columns[7].values.push_back(fee.back());
    }
    view.columns.push_back({opened.data(), 4, nullptr, nullptr, 0, 1000000});
    for (const std::vector<int8_t>& column : bytes) view.columns.push_back({column.data(), 1, nullptr, nullptr, 0, 1});
    view.columns.push_back({fee.data(), 4, nullptr, nullptr, 0, 1});
  }
};

uint32_t record_index(const ir::Agreement& agreement) {
  for (uint32_t i = 0; i < agreement.records.size(); ++i) {
    if (agreement.records.items[i].name == "Ticket") return i;
  }
  FAIL("no record");
  return 0;
}

struct Expected {
  std::vector<uint32_t> definitions;
  std::vector<std::vector<value::Value>> values;  // [definition][row]
};

Expected expected_of(const ir::Agreement& agreement, const Tickets& tickets, const evaluate::Inputs& inputs) {
  Expected expected;
  const auto oracle = interpret::make_interpreter(agreement);
  evaluate::RecordOutputs outputs;
  const auto totals = oracle->init(inputs);
  oracle->update(*totals, 0, tickets.batch, &outputs);
  const std::vector<ir::DefinitionId> order = interpret::definitions_of(agreement, {tickets.batch.record});
  for (const char* rule : rules) {
    expected.definitions.push_back(definition_index(agreement, rule));
    for (size_t place = 0; place < order.size(); ++place) {
      if (order[place].index == expected.definitions.back()) expected.values.push_back(outputs.values[place]);
    }
  }
  REQUIRE(expected.values.size() == std::size(rules));
  return expected;
}

void compare(const ir::Agreement& agreement, const Tickets& tickets, const evaluate::Inputs& inputs, const Expected& expected, const EmitOptions& options) {
  const auto native = make_native(plan::make_plan(agreement), options);
  std::vector<std::vector<int64_t>> numbers(expected.definitions.size(), std::vector<int64_t>(rows));
  std::vector<std::vector<uint8_t>> states(expected.definitions.size(), std::vector<uint8_t>(rows));
  std::vector<evaluate::OutputColumn> outputs;
  for (size_t i = 0; i < expected.definitions.size(); ++i) outputs.push_back({expected.definitions[i], 8, numbers[i].data(), states[i].data()});
  const auto state = native->init(inputs);
  REQUIRE(native->update_columns(*state, 0, tickets.view, outputs));
  for (size_t i = 0; i < expected.definitions.size(); ++i) {
    CAPTURE(rules[i]);
    size_t different = 0;
    for (uint32_t row = 0; row < rows; ++row) {
      const value::Value& v = expected.values[i][row];
      const bool same = states[i][row] == static_cast<uint8_t>(v.state) && numbers[i][row] == v.lo;
      if (!same && different++ == 0) MESSAGE("row " << row << " is " << numbers[i][row] << ", not " << static_cast<int64_t>(v.lo));
    }
    CHECK(different == 0);
  }
}

TEST_CASE("a table holds what its step makes of every value") {
  const ir::Agreement agreement = agreement_of(body);
  const Tickets tickets(record_index(agreement));
  evaluate::Inputs inputs;
  inputs.as_of = 1800000000ll * 1000000;
  const Expected expected = expected_of(agreement, tickets, inputs);
  std::vector<std::string> processors = {""};
  if (evaluate::processor_level() >= 3) processors = {"", "x86-64-v3", "x86-64-v2", "x86-64"};
  for (const std::string& processor : processors) {
    for (uint32_t lanes : {0u, 16u, 64u}) {
      for (int optimise : {0, 2}) {
        CAPTURE(processor);
        CAPTURE(lanes);
        CAPTURE(optimise);
        EmitOptions options;
        options.processor = processor;
        options.lanes = lanes;
        options.optimise = optimise;
        options.columns = expected.definitions;
        compare(agreement, tickets, inputs, expected, options);
      }
    }
  }
}

#if defined(__x86_64__)
TEST_CASE("tables are used where the processor has an instruction for them") {
  const ir::Agreement agreement = agreement_of(body);
  ArtefactOptions options;
  options.name = "desk";
  for (const char* rule : rules) options.columns.push_back(definition_index(agreement, rule));
  const std::string code = print_artefact(plan::make_plan(agreement), options);
  const auto uses = [&](const std::string& what, const std::string& level) {
    // At the lowest level the code that also keeps reasons serves columns, too.
    const size_t start = code.find("@" + level + "_record0_pass0_form0_facts" + (level == "level1" ? "2" : "1") + "_0(");
    REQUIRE(start != std::string::npos);
    const std::string function = code.substr(start, code.find("\n}\n", start) - start);
    size_t count = 0;
    for (size_t at = function.find(what); at != std::string::npos; at = function.find(what, at + 1)) ++count;
    return count;
  };
  CHECK(uses("@llvm.x86.", "level1") == 0);
  CHECK(uses("@llvm.x86.ssse3.pshuf.b.128", "level2") >= 16);
  CHECK(uses("@llvm.x86.avx2.pshuf.b", "level3") >= 8);
  CHECK(uses("@llvm.x86.avx2.permd", "level3") > 0);
  CHECK(uses("@llvm.x86.avx512.pshuf.b.512", "level4") >= 4);
}
#endif

}  // namespace
}  // namespace writ::emit
