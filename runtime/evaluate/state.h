// The mergeable state of one run of a compiled evaluator.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "evaluate/block.h"
#include "evaluate/engine.h"
#include "evaluate/program.h"

namespace writ::evaluate {

// A miss that a right may name: due instant, which of its commitments, whether it is certain.
using Notable = std::tuple<int64_t, uint32_t, bool>;
struct Notables {
  std::map<Notable, int64_t> misses;  // how many of each; ordered, so that equal meaning is equal bytes
  int64_t kept = 0;                   // how many in all; beyond the right's bound they are counted and no longer listed
  int64_t unplaced = 0;               // misses, certain or possible, whose due instant is not known
};

inline constexpr size_t kept_faults = 100;

// The cells of passes that are closed are the same in a state and in all that was forked from it; those of later passes are empty.
struct State final : Totals {
  Inputs inputs;
  uint32_t pass = 0;     // that is being counted; earlier ones are closed
  bool general = false;  // a parameter is outside its declared range: no lean stage may run
  std::vector<value::AggregateCell> cells;
  std::vector<int64_t> outside, unplaced;  // by aggregate: placed outside the term; place not known
  std::vector<RecordTotals> records;
  std::vector<Notables> notables;    // by right
  std::vector<FaultReport> faults;   // the first ones in the order of fault_order
  std::vector<value::Value> closed;  // by DefinitionTable::first and period
  std::vector<uint64_t> closed_held;
  Scratch scratch;  // memory between blocks; not part of the meaning
};

inline std::tuple<uint32_t, uint64_t, uint32_t, value::Fault> fault_order(const FaultReport& r) { return {r.record, r.row, r.point, r.fault}; }

// How many cells an aggregate has.
uint32_t cells_of(const Tables& tables, const AggregateTable& aggregate);
std::unique_ptr<State> make_state(const Program& program, const Inputs& inputs);
// The same inputs and the same closed values, with nothing counted.
std::unique_ptr<State> fork_state(const Program& program, const State& state);
void combine_states(const Program& program, State& into, const State& from);
void add_notable(Notables& notables, const RightTable& right, const Notable& notable, int64_t count);
void add_fault(State& state, const FaultReport& report);

// What every stage of the run is called with; rows, columns and slots are the caller's.
Frame frame_of(const Program& program, State& state);
// Evaluates the stages of totals of one pass (-1: before the facts) into the closed values.
void run_totals(const Program& program, State& state, int pass);

std::vector<std::byte> save_state(const Program& program, const State& state);
// Null, with a reason, for anything that save_state of this rule set did not write.
std::unique_ptr<State> load_state(const Program& program, std::span<const std::byte> bytes, std::string& error);

}  // namespace writ::evaluate
