// A state as bytes, in the format of native code (runtime/evaluate/save_state.cpp), so that either reads what the other wrote: the laws of the state hold across both.
// Loading checks every size and every value before it is used, so that damaged bytes are a message and never a wrong total.
#include <algorithm>
#include <cassert>
#include <string_view>

#include "interpret/state.h"

namespace writ::interpret {

using value::Value;

namespace {

constexpr std::string_view magic = "WritStat";
constexpr uint32_t version = 2;

struct Writer {
  std::vector<std::byte> bytes;

  void u8(uint8_t n) { bytes.push_back(std::byte{n}); }
  void u32(uint32_t n) {
    for (int i = 0; i < 4; ++i) u8(static_cast<uint8_t>(n >> (8 * i)));
  }
  void u64(uint64_t n) {
    for (int i = 0; i < 8; ++i) u8(static_cast<uint8_t>(n >> (8 * i)));
  }
  void i64(int64_t n) { u64(static_cast<uint64_t>(n)); }
  void i128(value::i128 n) {
    u64(static_cast<uint64_t>(static_cast<value::u128>(n)));
    u64(static_cast<uint64_t>(static_cast<value::u128>(n) >> 64));
  }
};

// After the first mistake everything reads as zero and `reason` says what it was.
struct Reader {
  std::span<const std::byte> bytes;
  size_t at = 0;
  std::string reason;

  bool bad() const { return !reason.empty(); }
  void refuse(std::string_view why) {
    if (reason.empty()) reason = why;
  }
  uint8_t u8() {
    if (bad()) return 0;
    if (at >= bytes.size()) {
      refuse("the state is cut short");
      return 0;
    }
    return static_cast<uint8_t>(bytes[at++]);
  }
  uint64_t number(int size) {
    uint64_t n = 0;
    for (int i = 0; i < size; ++i) n |= static_cast<uint64_t>(u8()) << (8 * i);
    return n;
  }
  uint32_t u32() { return static_cast<uint32_t>(number(4)); }
  uint64_t u64() { return number(8); }
  int64_t i64() { return static_cast<int64_t>(u64()); }
  value::i128 i128() {
    const uint64_t low = u64();
    return static_cast<value::i128>(static_cast<value::u128>(u64()) << 64 | low);
  }
  // A number of things of at least `each` bytes: no more than there are bytes left, so that damaged bytes cannot ask for memory.
  uint64_t size(size_t each) {
    const uint64_t n = u64();
    if (n > (bytes.size() - at) / each) refuse("the state is cut short");
    return bad() ? 0 : n;
  }
  int64_t count() {
    const int64_t n = i64();
    if (n < 0) refuse("the state is damaged: a count is negative");
    return n;
  }
};

void write(Writer& out, const value::AggregateCell& cell) {
  for (int64_t n : {cell.n, cell.uncertain, cell.unbounded, cell.faults}) out.i64(n);
  out.i128(cell.lo);
  out.i128(cell.hi);
}

value::AggregateCell read_cell(Reader& in) {
  value::AggregateCell cell;
  for (int64_t* n : {&cell.n, &cell.uncertain, &cell.unbounded, &cell.faults}) *n = in.count();
  cell.lo = in.i128();
  cell.hi = in.i128();
  if (cell.lo > cell.hi) in.refuse("the state is damaged: a total is above its own bound");
  return cell;
}

void write(Writer& out, const Notables& notables) {
  out.i64(notables.kept);
  out.i64(notables.unplaced);
  out.u64(notables.misses.size());
  for (const auto& [notable, times] : notables.misses) {
    out.i64(std::get<0>(notable));
    out.u32(std::get<1>(notable));
    out.u8(std::get<2>(notable));
    out.i64(times);
  }
}

void read(Reader& in, Notables& notables, const Tables& tables, const ir::Right& right) {
  notables.kept = in.count();
  notables.unplaced = in.count();
  int64_t listed = 0;
  for (uint64_t left = in.size(21); left > 0 && !in.bad(); --left) {
    const int64_t due = in.i64();
    const uint32_t index = in.u32();
    const uint8_t certain = in.u8();
    const int64_t times = in.count();
    const Notable notable{due, index, certain != 0};
    const bool in_order = notables.misses.empty() || notables.misses.rbegin()->first < notable;
    const bool in_term = value::index_of(grid_of(tables, right.period), due) >= 0;
    if (index >= right.misses.size() || certain > 1 || times == 0 || !in_order || !in_term || __builtin_add_overflow(listed, times, &listed)) {
      in.refuse("the state is damaged: its misses are not in order");
      return;
    }
    notables.misses[notable] = times;
  }
  const bool given_up = notables.kept > right.notable_bound;
  if (given_up ? listed != 0 : listed != notables.kept) in.refuse("the state is damaged: its misses do not add up");
}

void write(Writer& out, const evaluate::FaultReport& report) {
  out.u32(report.record);
  out.u64(report.row);
  out.u32(report.point);
  out.u8(static_cast<uint8_t>(report.fault));
}

void read_faults(Reader& in, size_t records, std::vector<evaluate::FaultReport>& faults) {
  uint64_t count = in.size(17);
  if (count > kept_faults) in.refuse("the state is damaged: it has too many faults");
  for (; count > 0 && !in.bad(); --count) {
    evaluate::FaultReport report;
    report.record = in.u32();
    report.row = in.u64();
    report.point = in.u32();
    const uint8_t fault = in.u8();
    report.fault = static_cast<value::Fault>(fault);
    const bool known = fault > 0 && fault <= static_cast<uint8_t>(value::Fault::order) && report.record < records;
    if (!known || (!faults.empty() && fault_key(report) < fault_key(faults.back()))) in.refuse("the state is damaged: its faults are not in order");
    faults.push_back(report);
  }
}

// What is counted of an aggregate stands among the closed ones once its pass is over.
template <class State>
auto& folded_of(const Tables& tables, State& state, uint32_t id) {
  const bool closed = tables.agreement->aggregates[ir::AggregateId{id}].pass < state.pass;
  return closed ? state.closed.aggregates[id] : state.open.aggregates[id];
}

bool read_inputs(Reader& in, const Tables& tables, evaluate::Inputs& inputs, uint32_t& pass) {
  bool ours = true;
  for (char c : magic) ours = in.u8() == static_cast<uint8_t>(c) && ours;
  if (!in.bad() && !ours) in.refuse("this is not a saved state");
  if (in.u32() != version) in.refuse("the state was saved by another version");
  for (uint64_t word : tables.rule_hash) {
    if (in.u64() != word) in.refuse("the state belongs to another rule set");
  }
  const size_t params = tables.agreement->params.size();
  inputs.as_of = in.i64();
  if (in.size(sizeof(value::i128)) != params) in.refuse("the state does not fit these rules");
  for (size_t i = 0; i < params && !in.bad(); ++i) inputs.params.push_back(value::given(in.i128()));
  pass = in.u32();
  if (pass > static_cast<uint32_t>(std::max(tables.agreement->passes, 1))) in.refuse("the state is damaged: it has passes that the rules have not");
  return !in.bad();
}

}  // namespace

std::vector<std::byte> save_state(const Tables& tables, const RunState& state) {
  Writer out;
  for (char c : magic) out.u8(static_cast<uint8_t>(c));
  out.u32(version);
  for (uint64_t word : tables.rule_hash) out.u64(word);
  out.i64(state.inputs.as_of);
  out.u64(state.inputs.params.size());
  for (const Value& param : state.inputs.params) {
    assert(value::is_certain(param) && param.lo_den == 1);
    out.i128(param.lo);
  }
  out.u32(static_cast<uint32_t>(state.pass));
  const uint32_t aggregates = static_cast<uint32_t>(tables.agreement->aggregates.size());
  for (uint32_t id = 0; id < aggregates; ++id) {
    for (const value::AggregateCell& cell : folded_of(tables, state, id).cells) write(out, cell);
  }
  for (uint32_t id = 0; id < aggregates; ++id) out.i64(folded_of(tables, state, id).outside);
  for (uint32_t id = 0; id < aggregates; ++id) out.i64(folded_of(tables, state, id).unplaced);
  for (const evaluate::RecordTotals& totals : state.open.records) {
    for (int64_t n : {totals.admitted, totals.after_horizon, totals.outside_term, totals.undated, totals.faulted}) out.i64(n);
  }
  for (const Notables& notables : state.open.notables) write(out, notables);
  out.u64(state.open.faults.size());
  for (const evaluate::FaultReport& report : state.open.faults) write(out, report);
  return std::move(out.bytes);
}

bool load_state(const Tables& tables, std::span<const std::byte> bytes, RunState& state, std::string& error) {
  const ir::Agreement& agreement = *tables.agreement;
  Reader in{bytes, 0, {}};
  evaluate::Inputs inputs;
  uint32_t pass = 0;
  if (read_inputs(in, tables, inputs, pass)) {
    state = fresh_state(tables, inputs);
    state.pass = static_cast<int>(pass);
    const uint32_t aggregates = static_cast<uint32_t>(agreement.aggregates.size());
    for (uint32_t id = 0; id < aggregates; ++id) {
      for (value::AggregateCell& cell : folded_of(tables, state, id).cells) cell = read_cell(in);
    }
    for (uint32_t id = 0; id < aggregates; ++id) folded_of(tables, state, id).outside = in.count();
    for (uint32_t id = 0; id < aggregates; ++id) folded_of(tables, state, id).unplaced = in.count();
    for (evaluate::RecordTotals& totals : state.open.records) {
      for (int64_t* n : {&totals.admitted, &totals.after_horizon, &totals.outside_term, &totals.undated, &totals.faulted}) *n = in.count();
    }
    for (uint32_t id = 0; id < agreement.rights.size(); ++id) read(in, state.open.notables[id], tables, agreement.rights[ir::RightId{id}]);
    read_faults(in, agreement.records.size(), state.open.faults);
    if (!in.bad() && in.at != bytes.size()) in.refuse("the state has bytes behind its end");
  }
  error = in.reason;
  return !in.bad();
}

}  // namespace writ::interpret
