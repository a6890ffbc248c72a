// The mergeable state of one run of the interpreter.
#pragma once
#include <map>
#include <tuple>
#include <vector>

#include "evaluate/engine.h"
#include "interpret/tables.h"

namespace writ::interpret {

// One fold of an aggregate: its cells by period, and the records that reached no cell.
struct Folded {
  std::vector<value::AggregateCell> cells;
  int64_t outside = 0;   // placing instant outside the term
  int64_t unplaced = 0;  // placing instant not known
};

// A miss that a right may name: due instant, index in Right::misses, whether it is certain.
using Notable = std::tuple<int64_t, uint32_t, bool>;
struct Notables {
  std::map<Notable, int64_t> misses;  // how many; ordered, so that equal meaning is equal bytes
  int64_t kept = 0;                   // sum of the counts, also after the list was given up
  int64_t unplaced = 0;               // possible misses whose due instant is not known
};

// Known once a pass is closed; the same in a state and in everything that was forked from it.
struct Closed {
  std::vector<std::vector<value::Value>> values;  // [definition][period or 0]; empty at record grain
  std::vector<std::vector<uint64_t>> held;
  std::vector<Folded> aggregates;  // [aggregate]
};

// Added to by update and by combine.
struct Open {
  std::vector<Folded> aggregates;               // [aggregate], of the current pass
  std::vector<evaluate::RecordTotals> records;  // [record type]
  std::vector<Notables> notables;               // [right]
  std::vector<evaluate::FaultReport> faults;    // the first few in the order of fault_key
};

inline constexpr size_t kept_faults = 100;
inline auto fault_key(const evaluate::FaultReport& report) { return std::tuple(report.record, report.row, report.point, report.fault); }

struct RunState final : evaluate::Totals {
  evaluate::Inputs inputs;
  int pass = 0;  // the pass that is being counted
  Closed closed;
  Open open;
};

Open fresh_open(const Tables&);
RunState fresh_state(const Tables&, const evaluate::Inputs&);
void combine_open(const Tables&, Open& into, const Open& from);
void add_fault(std::vector<evaluate::FaultReport>&, const evaluate::FaultReport&);
void add_notable(Notables&, const ir::Right&, const Notable&, int64_t count);

// Little-endian bytes with a header; equal states give equal bytes, and native code gives the same.
std::vector<std::byte> save_state(const Tables&, const RunState&);
// False, with a reason, for anything that save_state of these rules did not write. Values of closed passes are not in the bytes: they stay to be made.
bool load_state(const Tables&, std::span<const std::byte>, RunState&, std::string& error);

}  // namespace writ::interpret
