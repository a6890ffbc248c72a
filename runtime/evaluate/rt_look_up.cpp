// Look-ups in decision tables: a row whose subjects are plain numbers is decided by the tree, any other by the whole rule.
#include <algorithm>

#include "evaluate/look_up.h"
#include "evaluate/rt_values.h"

namespace {

using namespace writ::evaluate;
using writ::value::State;
using writ::value::Value;

// An operand of a row as a whole value.
Value value_of_operand(const LookUpOperand& operand, uint64_t row) {
  switch (operand.states == nullptr ? State::given : static_cast<State>(operand.states[row])) {
    case State::given: return writ::value::given(operand.numbers[row]);
    case State::not_yet: return writ::value::not_yet();
    case State::none: return writ::value::none();
    case State::unknown: return writ::value::unknown();
    case State::fault: return writ::value::fault(static_cast<writ::value::Fault>(operand.faults[row] & 0xff), operand.faults[row] >> 8);
  }
  return writ::value::unknown();
}

struct LanesOut {
  int64_t* numbers;
  uint8_t* states;
  uint32_t* faults;
  uint64_t* held;
};

void put(const LanesOut& out, uint64_t i, int64_t number, State state, uint32_t fault) {
  out.numbers[i] = number;
  if (out.states == nullptr) return;
  out.states[i] = static_cast<uint8_t>(state);
  out.faults[i] = fault;
}

void put_whole_rule(const LookUpTable& table, const LookUpOperand* operands, uint64_t i, const LanesOut& out) {
  std::vector<Value> values(table.operands);
  for (uint32_t k = 0; k < table.operands; ++k) values[k] = value_of_operand(operands[k], i);
  uint64_t held = 0;
  const Value decided = decide_by_table(table, values, held);
  put(out, i, static_cast<int64_t>(decided.lo), decided.state, writ::value::is_fault(decided) ? fault_key(decided.point, decided.fault) : 0);
  if (out.held != nullptr) out.held[i] = held;
}

void put_leaf(const LookUpTable& table, const LookUpOperand* operands, uint32_t leaf, uint64_t i, const LanesOut& out) {
  const LookUpLeaf& found = table.leaves[leaf];
  switch (found.kind) {
    case LookUpLeaf::Kind::result: {
      const LookUpResult& result = table.results[found.result];
      if (result.operand == no_index) {
        put(out, i, found.number, result.state, 0);
      } else {
        const LookUpOperand& operand = operands[result.operand];
        put(out, i, operand.numbers[i], operand.states == nullptr ? State::given : static_cast<State>(operand.states[i]),
            operand.faults == nullptr ? 0 : operand.faults[i]);
      }
      break;
    }
    case LookUpLeaf::Kind::fault: put(out, i, 0, State::fault, fault_key(table.point, found.fault)); break;
    case LookUpLeaf::Kind::unknown: put(out, i, 0, State::unknown, 0); break;
    case LookUpLeaf::Kind::open: put_whole_rule(table, operands, i, out); return;
  }
  if (out.held != nullptr) out.held[i] = table.held[leaf];
}

Value leaf_value(const LookUpTable& table, std::span<const Value> operands, uint32_t leaf, uint64_t& held) {
  const LookUpLeaf& found = table.leaves[leaf];
  held = table.held[leaf];
  switch (found.kind) {
    case LookUpLeaf::Kind::result: return result_of(table, found.result, operands);
    case LookUpLeaf::Kind::fault: return writ::value::fault(found.fault, table.point);
    case LookUpLeaf::Kind::unknown: return writ::value::unknown();
    case LookUpLeaf::Kind::open: break;
  }
  return decide_by_table(table, operands, held);
}

}  // namespace

extern "C" void writ_rt_look_up(const Frame* frame, const Operation* operation, Value* out, const Value* const* operands, uint64_t* held, uint64_t n) {
  const LookUpTable& table = frame->tables->look_ups[operation->index2];
  std::vector<Value> values(table.operands);
  std::vector<int64_t> numbers(table.operands);
  std::vector<LookUpOperand> subjects(table.operands);
  for (uint64_t i = 0; i < n; ++i) {
    bool plain = true;
    for (uint32_t k = 0; k < table.operands; ++k) {
      values[k] = operands[k][i];
      if (k >= table.subjects) continue;
      plain &= is_plain(values[k]);
      numbers[k] = static_cast<int64_t>(values[k].lo);
      subjects[k].numbers = &numbers[k];
    }
    uint64_t guards = 0;
    if (plain) {
      uint32_t leaf = 0;
      find_leaves(table, subjects.data(), 0, 1, &leaf);
      out[i] = leaf_value(table, values, leaf, guards);
    } else {
      out[i] = decide_by_table(table, values, guards);
    }
    if (held != nullptr) held[i] = guards;
  }
}

extern "C" void writ_rt_lanes_look_up(const Frame* frame, const Operation* operation, int64_t* out, uint8_t* states, uint32_t* faults, uint64_t* held,
                                      const LookUpOperand* operands, const uint8_t* odd, uint64_t n) {
  const LookUpTable& table = frame->tables->look_ups[operation->index2];
  const LanesOut outputs{out, states, faults, held};
  // Nothing but given constants can come of it, or of rows that do not count.
  const bool constants = states == nullptr && held == nullptr && table.operands == table.subjects && !table.open;
  uint32_t leaves[most_rows_a_look];
  for (uint64_t first = 0; first < n; first += most_rows_a_look) {
    const uint32_t rows = static_cast<uint32_t>(std::min<uint64_t>(n - first, most_rows_a_look));
    find_leaves(table, operands, first, rows, leaves);
    if (constants) {
      for (uint32_t i = 0; i < rows; ++i) out[first + i] = table.leaves[leaves[i]].number;
    } else {
      for (uint32_t i = 0; i < rows; ++i) put_leaf(table, operands, leaves[i], first + i, outputs);
    }
    for (uint32_t i = 0; odd != nullptr && i < rows; ++i) {
      if (odd[first + i] != 0) put_whole_rule(table, operands, first + i, outputs);
    }
  }
}
